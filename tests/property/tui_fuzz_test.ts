/**
 * Noise on the keyboard and screens of all sizes: the example app neither throws
 * nor hangs, shows what it should, and gives the terminal back.
 */
import fc from "fast-check";
import { example } from "../../src/tui/example.tsx";
import type { Size } from "../../src/tui/screen.ts";
import { mount } from "../../src/tui/testing/mod.ts";
import { chunksOf, letLoose, sizesOf } from "./noise.ts";

const RUNS = 100;
/** Chunks of bytes in a run: 10 000 in all. */
const CHUNKS = 100;
/** Screens in a run: 1 000 in all. */
const SIZES = 10;

/** Keys that do something in the example. */
const KEYS = [..."?123nbstS hjkl/05q"];

/** The example that nobody can leave by its own key. */
const endless = { ...example, ended: () => false };

function live(
  chunks: readonly Uint8Array[],
  sizes: readonly Size[],
): Promise<void> {
  const screen = mount(endless, sizes[0]);
  return letLoose(screen, chunks, sizes, (events, index) => {
    for (const event of events) screen.terminal.tell(event);
    screen.advance(index % 7 === 0 ? 1000 : 20);
  });
}

Deno.test("the example lives through 10 000 chunks of noise and 1 000 resizes", async () => {
  const noise = fc.asyncProperty(chunksOf(KEYS, CHUNKS), sizesOf(SIZES), live);
  await fc.assert(noise, { numRuns: RUNS, seed: 1 });
});
