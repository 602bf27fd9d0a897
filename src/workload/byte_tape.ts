/**
 * A long list of bytes that is written at its end and read anywhere.
 *
 * @module
 */

const CHUNK_BITS = 16;
const CHUNK = 1 << CHUNK_BITS;

/** Bytes in chunks, so that it grows without being copied, and can forget its beginning. A place is the number of bytes ever written before it. */
export class ByteTape {
  /** The place behind the last byte. */
  end = 0;
  readonly #chunks: Uint8Array[] = [];
  /** Chunks that are forgotten. */
  #forgotten = 0;
  readonly #float = new Float64Array(1);
  readonly #floatBytes = new Uint8Array(this.#float.buffer);

  /** The first place that is not forgotten. */
  get start(): number {
    return this.#forgotten * CHUNK;
  }

  /** Bytes that it takes. */
  get bytes(): number {
    return this.#chunks.length * CHUNK;
  }

  /** Forgets the oldest bytes, so that about `bytes` are left at most; the last ones always are. */
  shorten(bytes: number): void {
    while (this.bytes > bytes && this.#chunks.length > 1) {
      this.#chunks.shift();
      this.#forgotten++;
    }
  }

  /** Takes off what was written from a place on that is not forgotten. What it answers puts that back, whatever has been written since. */
  cut(end: number): () => void {
    const first = Math.floor(end / CHUNK) - this.#forgotten;
    const behind = this.end;
    const tail = this.#chunks.slice(first);
    // More is written into the chunk that is cut through.
    if (tail.length > 0) this.#chunks[first] = tail[0].slice();
    this.#chunks.length = Math.min(this.#chunks.length, first + 1);
    this.end = end;
    return () => {
      const at = Math.floor(end / CHUNK) - this.#forgotten;
      this.#chunks.splice(at, Infinity, ...tail);
      this.end = behind;
    };
  }

  /** Takes off all. */
  clear(): void {
    this.#chunks.length = 0;
    this.#forgotten = 0;
    this.end = 0;
  }

  /** Writes one byte. */
  writeByte(byte: number): void {
    const chunk = Math.floor(this.end / CHUNK) - this.#forgotten;
    if (chunk === this.#chunks.length) this.#chunks.push(new Uint8Array(CHUNK));
    this.#chunks[chunk][this.end % CHUNK] = byte;
    this.end++;
  }

  /** Writes a whole number from 0: seven bits a byte, the lowest first. */
  writeWhole(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.writeByte(128 + rest % 128);
      rest = Math.floor(rest / 128);
    }
    this.writeByte(rest);
  }

  /** Writes any number. */
  writeNumber(value: number): void {
    this.#float[0] = value;
    for (const byte of this.#floatBytes) this.writeByte(byte);
  }

  /** Writes a text. */
  writeText(text: string): void {
    this.writeWhole(text.length);
    for (let i = 0; i < text.length; i++) this.writeWhole(text.charCodeAt(i));
  }

  /** A reader that begins at a place. */
  readerAt(place: number): TapeReader {
    return new TapeReader(this, place);
  }

  /** The checksum of the bytes from one place to another, behind those whose checksum is `before`: 32 bits of FNV-1a. */
  sum(from: number, to: number, before: number): number {
    let sum = before;
    for (let place = from; place < to; place++) {
      sum = Math.imul(sum ^ this.byteAt(place), 0x01000193) >>> 0;
    }
    return sum;
  }

  /** The byte at a place that is not forgotten. */
  byteAt(place: number): number {
    return this.#chunks[Math.floor(place / CHUNK) - this.#forgotten][
      place % CHUNK
    ];
  }
}

/** Reads a tape from some place on. */
export class TapeReader {
  /** Where it is. */
  place: number;
  readonly #tape: ByteTape;
  readonly #float = new Float64Array(1);
  readonly #floatBytes = new Uint8Array(this.#float.buffer);

  /** At `place` of `tape`. */
  constructor(tape: ByteTape, place: number) {
    this.#tape = tape;
    this.place = place;
  }

  /** Reads what {@linkcode ByteTape.writeByte} wrote. */
  readByte(): number {
    return this.#tape.byteAt(this.place++);
  }

  /** Reads what {@linkcode ByteTape.writeWhole} wrote. */
  readWhole(): number {
    let value = 0;
    for (let unit = 1;; unit *= 128) {
      const byte = this.readByte();
      if (byte < 128) return value + byte * unit;
      value += (byte - 128) * unit;
    }
  }

  /** Reads what {@linkcode ByteTape.writeNumber} wrote. */
  readNumber(): number {
    for (let i = 0; i < 8; i++) this.#floatBytes[i] = this.readByte();
    return this.#float[0];
  }

  /** Reads what {@linkcode ByteTape.writeText} wrote. */
  readText(): string {
    let text = "";
    for (let left = this.readWhole(); left > 0; left--) {
      text += String.fromCharCode(this.readWhole());
    }
    return text;
  }
}
