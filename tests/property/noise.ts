/**
 * Noise as a keyboard, a mouse and a window make it, for apps of the toolkit.
 *
 * @module
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { InputDecoder } from "../../src/tui/decoder.ts";
import type { InputEvent } from "../../src/tui/input_event.ts";
import type { Size } from "../../src/tui/screen.ts";
import type { Mounted } from "../../src/tui/testing/mod.ts";
import { Emulator } from "../golden/emulator.ts";

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

/** All but ctrl-c, by which a user always gets out. */
const anyBytes = fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 6 })
  .map((bytes) => bytes.filter((byte) => byte !== 3));

/**
 * Chunks of bytes, cut anywhere: within sequences and within characters. `keys` do
 * something in the app, so that noise gets everywhere.
 */
export function chunksOf(
  keys: readonly string[],
  count: number,
): fc.Arbitrary<Uint8Array[]> {
  const text = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...keys) },
    { weight: 3, arbitrary: fc.constantFrom(...SEQUENCES) },
    { weight: 3, arbitrary: report },
    { weight: 2, arbitrary: fc.constantFrom(...CHARACTERS) },
  );
  const piece = fc.oneof(
    { weight: 9, arbitrary: text.map((text) => [...encoder.encode(text)]) },
    { weight: 1, arbitrary: anyBytes },
  );
  return fc
    .tuple(
      fc.array(piece, { minLength: count, maxLength: count }),
      fc.array(fc.nat(), { minLength: count - 1, maxLength: count - 1 }),
    )
    .map(([pieces, cuts]) => {
      const bytes = pieces.flat();
      const places = cuts.map((cut) => cut % (bytes.length + 1))
        .toSorted((a, b) => a - b);
      return [0, ...places].map((from, index) =>
        new Uint8Array(bytes.slice(from, places.at(index)))
      );
    });
}

/** Screens of all sizes. */
export function sizesOf(count: number): fc.Arbitrary<Size[]> {
  const size = fc.record({
    columns: fc.integer({ min: 1, max: 130 }),
    rows: fc.integer({ min: 1, max: 50 }),
  });
  return fc.array(size, { minLength: count, maxLength: count });
}

/** Draws, and holds the emulator against it. */
async function compare<State, Message>(
  screen: Mounted<State, Message>,
  emulator: Emulator,
): Promise<void> {
  const frame = screen.frame();
  await emulator.write(screen.terminal.written.splice(0).join(""));
  assert.equal(emulator.text(), frame);
  assert.equal(emulator.scrolled, 0);
}

/**
 * Lets noise loose on an app that is mounted on a screen of the first size, one
 * size for each so many chunks. `live` lets the app have what a chunk comes to, and
 * time pass. What an emulator shows is held against the frames, and in the end the
 * terminal must be given back.
 */
export async function letLoose<State, Message>(
  screen: Mounted<State, Message>,
  chunks: readonly Uint8Array[],
  sizes: readonly Size[],
  live: (events: readonly InputEvent[], index: number) => void,
): Promise<void> {
  const decoder = new InputDecoder();
  const emulator = new Emulator(sizes[0]);
  const chunksForSize = chunks.length / sizes.length;
  assert(Number.isInteger(chunksForSize), "not as many chunks for each size");
  await emulator.write("\x1b[?1049h");
  for (const [index, chunk] of chunks.entries()) {
    const ready = decoder.feed(chunk);
    // Now and then nothing comes for so long that what was begun is at its end.
    const late = index % 3 === 0 ? decoder.flush() : [];
    live([...ready, ...late], index);
    if (index % chunksForSize > 0) continue;
    const size = sizes[index / chunksForSize];
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
