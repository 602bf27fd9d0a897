/**
 * Noise on the keyboard and screens of all sizes: the example app neither throws
 * nor hangs, shows what it should, and gives the terminal back.
 */
import fc from "fast-check";
import assert from "node:assert/strict";
import { InputDecoder } from "../../src/tui/decoder.ts";
import { example } from "../../src/tui/example.tsx";
import type { Size } from "../../src/tui/screen.ts";
import { mount } from "../../src/tui/testing/mod.ts";
import { Emulator } from "../golden/emulator.ts";

const RUNS = 100;
/** Chunks of bytes in a run: 10 000 in all. */
const CHUNKS = 100;
/** Screens in a run: 1 000 in all. */
const SIZES = 10;

const encoder = new TextEncoder();

const SEQUENCES = [
  "\x1b[A",
  "\x1b[B",
  "\x1b[1;5C",
  "\x1bOD",
  "\x1b[5~",
  "\x1b[6~",
  "\x1b[H",
  "\x1b[F",
  "\x1b[Z",
  "\x1b[[A",
  "\x1b[?1;2c",
  "\x1bP1$r0m\x1b\\",
  "\x1b]0;title\x07",
  "\x1b[M !!",
  "\x1b[200~",
  "\x1b[201~",
  "\x1b",
  "\t",
  "\r",
  "\x7f",
];

const report = fc
  .tuple(
    fc.constantFrom(0, 0, 0, 1, 2, 35, 64, 65, 65, 200),
    fc.integer({ min: 0, max: 130 }),
    fc.integer({ min: 0, max: 50 }),
    fc.constantFrom("M", "m"),
  )
  .map(([bits, x, y, final]) => `\x1b[<${bits};${x};${y}${final}`);

/** Keys that do something in the example, so that noise gets everywhere. */
const key = fc.constantFrom(..."?123nbstS hjkl/05q");

/** Characters of all kinds; those whose width the emulator's Unicode does not know yet are not among them. */
const CHARACTERS = [
  ..."aZ~é¿Жאعก字한ア◆█⣿😀",
  "e\u0301",
  "\u0301",
  "👩‍💻",
  "👍🏽",
  "❤\ufe0f",
  "🇩🇪",
  "\u200b",
  "\u202e",
  "\u0085",
  "\ufeff",
];

const text = fc.oneof(
  { weight: 4, arbitrary: key },
  { weight: 3, arbitrary: fc.constantFrom(...SEQUENCES) },
  { weight: 3, arbitrary: report },
  { weight: 2, arbitrary: fc.constantFrom(...CHARACTERS) },
);

/** All but ctrl-c, by which a user always gets out. */
const noise = fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 6 })
  .map((bytes) => bytes.filter((byte) => byte !== 3));

const piece = fc.oneof(
  { weight: 9, arbitrary: text.map((text) => [...encoder.encode(text)]) },
  { weight: 1, arbitrary: noise },
);

/** Bytes cut anywhere: within sequences and within characters. */
const chunks: fc.Arbitrary<Uint8Array[]> = fc
  .tuple(
    fc.array(piece, { minLength: CHUNKS, maxLength: CHUNKS }),
    fc.array(fc.nat(), { minLength: CHUNKS - 1, maxLength: CHUNKS - 1 }),
  )
  .map(([pieces, cuts]) => {
    const bytes = pieces.flat();
    const places = cuts.map((cut) => cut % (bytes.length + 1))
      .toSorted((a, b) => a - b);
    return [0, ...places].map((from, index) =>
      new Uint8Array(bytes.slice(from, places.at(index)))
    );
  });

const sizes = fc.array(
  fc.record({
    columns: fc.integer({ min: 1, max: 130 }),
    rows: fc.integer({ min: 1, max: 50 }),
  }),
  { minLength: SIZES, maxLength: SIZES },
);

/** The example that nobody can leave by its own key. */
const endless = { ...example, ended: () => false };

/** Draws, and holds the emulator against it. */
async function compare(
  screen: ReturnType<typeof mount>,
  emulator: Emulator,
): Promise<void> {
  const frame = screen.frame();
  await emulator.write(screen.terminal.written.splice(0).join(""));
  assert.equal(emulator.text(), frame);
}

async function live(
  chunks: readonly Uint8Array[],
  sizes: readonly Size[],
): Promise<void> {
  const decoder = new InputDecoder();
  const screen = mount(endless, sizes[0]);
  const emulator = new Emulator(sizes[0]);
  await emulator.write("\x1b[?1049h");
  for (const [index, chunk] of chunks.entries()) {
    for (const event of decoder.feed(chunk)) screen.terminal.tell(event);
    if (index % 3 === 0) {
      for (const event of decoder.flush()) screen.terminal.tell(event);
    }
    screen.advance(index % 7 === 0 ? 1000 : 20);
    if (index % (CHUNKS / SIZES) > 0) continue;
    const size = sizes[index / (CHUNKS / SIZES)];
    emulator.resize(size);
    screen.resize(size.columns, size.rows);
    await compare(screen, emulator);
  }
  await compare(screen, emulator);
  screen.press("ctrl+c");
  assert.deepEqual(screen.ending, { kind: "quit" });
  assert(!screen.terminal.isOpen);
  assert.equal(screen.terminal.pendingTimers, 0);
}

Deno.test("the example lives through 10 000 chunks of noise and 1 000 resizes", async () => {
  await fc.assert(fc.asyncProperty(chunks, sizes, live), {
    numRuns: RUNS,
    seed: 1,
  });
});
