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
import { chunksOf, sizesOf } from "./noise.ts";

const RUNS = 100;
/** Chunks of bytes in a run: 10 000 in all. */
const CHUNKS = 100;
/** Screens in a run: 1 000 in all. */
const SIZES = 10;

/** Keys that do something in the example. */
const KEYS = [..."?123nbstS hjkl/05q"];

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
  const noise = fc.asyncProperty(chunksOf(KEYS, CHUNKS), sizesOf(SIZES), live);
  await fc.assert(noise, { numRuns: RUNS, seed: 1 });
});
