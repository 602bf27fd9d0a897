/**
 * Programs of the kernel that move pages by their own choice: compaction, and
 * the NUMA balancer. What they choose is left to chance.
 *
 * @module
 */
import type { Suspends } from "../engine/lib/step.ts";
import {
  type Frame,
  migratePages,
  type Mm,
  pteFrame,
} from "../engine/mm/mod.ts";
import type { Machine } from "./machine.ts";

/** How often a page is looked for that can be moved. */
const TRIES = 8;

/**
 * Moves so many pages to other frames of their nodes, whatever they are.
 *
 * Takes what migration takes: the locks of pages, and what the walks of their
 * reverse maps take.
 *
 * Models: compact_zone(), mm/compaction.c
 * Differs: takes pages by chance, because the frames of a zone have no order here.
 */
export function* compact(machine: Machine, pages: number): Suspends<void> {
  const { memory } = machine;
  for (let moved = 0; moved < pages; moved++) {
    const page = isolateAny(machine, () => true);
    if (page === 0) return;
    yield* migratePages(memory, [page], memory.frames.nid[page]);
  }
}

/**
 * Moves so many pages to another node, as if a task there had touched them: those
 * of one process only, and no KSM pages.
 *
 * Locks as {@linkcode compact}.
 *
 * Models: migrate_misplaced_folio(), mm/migrate.c
 * Differs: takes pages by chance and makes no hinting faults, because nobody's accesses are modelled.
 */
export function* balance(machine: Machine, pages: number): Suspends<void> {
  const { memory } = machine;
  const { frames, nodes } = memory;
  if (nodes === 1) return;
  const isPrivate = (frame: Frame) =>
    frames.mapcount[frame] === 1 && !frames.isKsm(frame);
  for (let moved = 0; moved < pages; moved++) {
    const page = isolateAny(machine, isPrivate);
    if (page === 0) return;
    const away = 1 + machine.random.below(nodes - 1);
    yield* migratePages(memory, [page], (frames.nid[page] + away) % nodes);
  }
}

/** Takes a page by chance off the lists of those that nobody moves; 0 if none was met. */
function isolateAny(
  machine: Machine,
  isWanted: (frame: Frame) => boolean,
): Frame | 0 {
  const { frames } = machine.memory;
  const mms = Array.from(machine.processes.all(), ({ mm }) => mm)
    .filter(({ vmas }) => vmas.length > 0);
  if (mms.length === 0) return 0;
  for (let tries = 0; tries < TRIES; tries++) {
    const frame = anyFrame(machine, mms[machine.random.below(mms.length)]);
    if (frame !== 0 && isWanted(frame) && frames.isolate(frame)) return frame;
  }
  return 0;
}

function anyFrame(machine: Machine, { vmas, pages }: Mm): Frame | 0 {
  const { start, end } = vmas[machine.random.below(vmas.length)];
  const vpn = start + machine.random.below(end - start);
  return pteFrame(pages.get(vpn));
}
