// Reference generator for the page contents of the trace format, and the hash of the hash op.
const M = (1n << 64n) - 1n;
const WORDS =
  ("the of and to in a is that for it as was with be by on not he page his are at this have from or had an they which one you " +
    "memory her all she there would their kernel been has when who will more no if out so said what up its about into than them can only other time new merge")
    .split(" ");
export function* splitmix64(s) {
  for (;;) {
    s = (s + 0x9E3779B97F4A7C15n) & M;
    let z = s;
    z = ((z ^ (z >> 30n)) * 0xBF58476D1CE4E5B9n) & M;
    z = ((z ^ (z >> 27n)) * 0x94D049BB133111EBn) & M;
    yield z ^ (z >> 31n);
  }
}
export function page(pattern, i) {
  const p = new Uint8Array(4096), d = new DataView(p.buffer);
  const num = (x, dflt = 0) => BigInt.asUintN(64, BigInt(x ?? dflt));
  const m = Number(pattern.m ?? 0), k = BigInt(m ? i % m : i);
  const at = (byte, off, base) => {
    p.fill(byte);
    d.setBigUint64(off, (base + k) & M, true);
  };
  switch (pattern.kind) {
    case "zero":
      break;
    case "const":
      p.fill(pattern.byte);
      break;
    case "seq":
      d.setBigUint64(0, (num(pattern.base) + BigInt(i)) & M, true);
      break;
    case "mod":
      at(0, 0, num(pattern.base));
      break;
    case "tail":
      at(pattern.byte ?? 0x5a, 4088, num(pattern.base));
      break;
    case "at":
      at(pattern.byte, pattern.offset, num(pattern.base));
      break;
    case "prng": {
      const g = splitmix64((num(pattern.seed) + k * 0xD1342543DE82EF95n) & M);
      for (let w = 0; w < 512; w++) d.setBigUint64(8 * w, g.next().value, true);
      break;
    }
    case "text": {
      const g = splitmix64((num(pattern.seed) + k * 0xD1342543DE82EF95n) & M);
      let n = 0;
      while (n < 4096) {
        const t = WORDS[Number(g.next().value >> 58n)] + " ";
        for (let j = 0; j < t.length && n < 4096; j++) p[n++] = t.charCodeAt(j);
      }
      break;
    }
    default:
      throw new Error(pattern.kind);
  }
  return p;
}
export function fnv1a64(...pages) {
  let h = 0xcbf29ce484222325n;
  for (const p of pages) {
    for (const b of p) h = ((h ^ BigInt(b)) * 0x100000001b3n) & M;
  }
  return h.toString(16).padStart(16, "0");
}
