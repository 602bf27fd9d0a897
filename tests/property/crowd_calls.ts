/** What the threads of a crowd do. */
import {
  ksmMadvise,
  readKsmStat,
  setMergeAny,
} from "../../src/engine/ksm/mod.ts";
import type { Suspends } from "../../src/engine/lib/step.ts";
import {
  bindArea,
  discardPages,
  mapArea,
  type Memory,
  type Mm,
  moveArea,
  movePages,
  protectArea,
  readPage,
  unmapArea,
  writePage,
} from "../../src/engine/mm/mod.ts";
import type { Machine } from "../../src/machine/mod.ts";
import type { SeededRandom } from "../../src/sim/mod.ts";

/** Pages of a place. */
export const PAGES = 6;

/** Where memory may be: two places side by side, across the border of a page table, and one far away. */
export const PLACES: readonly number[] = [508, 508 + PAGES, 3000];

/** Pages from `start` up to `end` of a place, whether anything is mapped there or not. */
interface Range {
  readonly start: number;
  readonly end: number;
  readonly place: number;
}

/** A call of a thread of `mm`. */
export type Call = (
  machine: Machine,
  mm: Mm,
  range: Range,
  random: SeededRandom,
) => Suspends<unknown>;

/** All of them; without the first two there would be nothing to merge. */
export const CALLS: readonly Call[] = [
  (machine, mm, range) => begin(machine, mm, range),
  ({ memory }, mm, range, random) => fill(memory, mm, range, random),
  ({ memory }, mm, range, random) => fill(memory, mm, range, random),
  ({ memory }, mm, { start }) => readPage(memory, mm, start),
  ({ memory }, mm, { start, end }) => discardPages(memory, mm, start, end),
  ({ ksm }, mm, { start, end }) =>
    ksmMadvise(ksm, mm, start, end, "unmergeable"),
  ({ ksm }, mm, _, random) => setMergeAny(ksm, mm, random.next() < 0.5),
  ({ memory }, mm, range, random) => move(memory, mm, range, random),
  ({ memory }, mm, range, random) => move(memory, mm, range, random),
  ({ memory }, mm, { start, end }) => protectArea(memory, mm, start, end, "r"),
  ({ memory }, mm, { place }) =>
    protectArea(memory, mm, place, place + PAGES, "rw"),
  ({ memory }, mm, { start, end }) => unmapArea(memory, mm, start, end),
  ({ memory }, mm, { start, end }, random) =>
    bindArea(memory, mm, start, end, random.below(memory.nodes)),
  ({ memory }, mm, { start, end }, random) => {
    const node = random.below(memory.nodes);
    const all = random.next() < 0.5;
    return movePages(memory, mm, { start, end, node, all });
  },
  ({ ksm }, mm) => readKsmStat(ksm, mm),
];

/** Maps a whole place, if it is free, and offers it to ksmd. */
function* begin(
  { ksm, memory }: Machine,
  mm: Mm,
  { place }: Range,
): Suspends<void> {
  const end = place + PAGES;
  yield* mapArea(memory, mm, place, end, "rw");
  yield* ksmMadvise(ksm, mm, place, end, "mergeable");
}

/** Writes whole pages, most of them equal. */
function* fill(
  memory: Memory,
  mm: Mm,
  { start, end }: Range,
  random: SeededRandom,
): Suspends<void> {
  for (let vpn = start; vpn < end; vpn++) {
    const byte = random.next() < 0.7 ? 1 : random.below(3);
    const content = memory.contents.ofRun(byte, 0, 0, 0);
    if (!(yield* writePage(memory, mm, vpn, content))) return;
  }
}

/** Moves pages to another place, or to a part of it. */
function* move(
  memory: Memory,
  mm: Mm,
  { start, end }: Range,
  random: SeededRandom,
): Suspends<void> {
  const free = PLACES.filter((place) => place >= end || place + PAGES <= start);
  const to = free[random.below(free.length)];
  const pages = random.next() < 0.7 ? end - start : 1 + random.below(PAGES);
  yield* moveArea(memory, mm, start, end, to, pages);
}
