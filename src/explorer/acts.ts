/**
 * What actors do on a stage, besides looking pages up.
 *
 * @module
 */
import {
  continueBatch,
  knobNamed,
  startBatch,
  writeKnob,
} from "../engine/ksm/mod.ts";
import {
  lockThreadMutex,
  unlockThreadMutex,
  waitWhileOfflining,
} from "../engine/ksm/thread_mutex.ts";
import { cmpAndMergePage } from "../engine/ksm/visit.ts";
import { assert } from "../engine/lib/assert.ts";
import type { Suspends } from "../engine/lib/step.ts";
import {
  type Content,
  contentAt,
  discardPages,
  exitMm,
  forkMm,
  type Frame,
  migratePages,
  type Mm,
  type NodeId,
  offlineBlock,
  readPage,
  writePage,
} from "../engine/mm/mod.ts";
import { slotVpn } from "../machine/mod.ts";
import { Violation } from "../sim/explore/mod.ts";
import { SAFETY } from "./safety.ts";
import type { Stage } from "./stage.ts";

const FIRST = slotVpn(0, 0);

/** Batches of ksmd, each from ksm_thread_mutex to ksm_thread_mutex. */
export function* scan({ ksm }: Stage, batches = 1): Suspends<string> {
  for (let i = 0; i < batches; i++) {
    const batch = yield* startBatch(ksm);
    while (!(yield* continueBatch(ksm, batch, batch.budget)));
  }
  return "";
}

/**
 * What ksmd does with the first page of a process, once it has come there. The
 * process has been visited before.
 */
export function* visit(stage: Stage, proc: string): Suspends<string> {
  const { frames, ksm } = stage;
  const item = stage.itemAt(proc);
  yield* lockThreadMutex(ksm, "visit:mutex");
  yield* waitWhileOfflining(ksm, "visit:mutex");
  const page = stage.frameAt(proc);
  if (page !== 0) {
    frames.get(page);
    yield* cmpAndMergePage(ksm, page, item);
    frames.put(page);
  }
  yield* unlockThreadMutex(ksm, "visit:mutex");
  return "";
}

/** An administrator writes a knob; answers the errno. */
export function* setKnob(
  { ksm }: Stage,
  name: string,
  text: string,
): Suspends<string> {
  const knob = knobNamed(name);
  assert(knob !== undefined, `There is no knob ${name}`);
  return `errno ${yield* writeKnob(ksm, knob, text)}`;
}

/** A process writes its first page, with the caller's reference on `content`; what it reads there afterwards must be that. */
export function* write(
  stage: Stage,
  proc: string,
  content: Content,
): Suspends<string> {
  const { memory } = stage.machine;
  const mm = stage.mm(proc);
  yield* writePage(memory, mm, FIRST, content);
  checkRead(proc, yield* readPage(memory, mm, FIRST), content);
  return "";
}

function checkRead(proc: string, found: Content | 0, wanted: Content): void {
  if (found === wanted) return;
  throw new Violation(
    SAFETY.ownBytes,
    `${proc} reads something else`,
  );
}

/** At the end: a process must read this on its first page. */
export function checkContent(
  { machine: { memory } }: Stage,
  proc: string,
  mm: Mm,
  wanted: Content,
): void {
  checkRead(proc, contentAt(memory, mm, FIRST), wanted);
}

/** A process gives its first page back, as with MADV_DONTNEED. */
export function* discard(
  { machine: { memory } }: Stage,
  mm: Mm,
): Suspends<string> {
  yield* discardPages(memory, mm, FIRST, FIRST + 1);
  return "";
}

/** A process exits. */
export function* exit(
  { machine: { memory, processes } }: Stage,
  proc: string,
): Suspends<string> {
  const process = processes.named(proc);
  yield* exitMm(memory, process.mm);
  processes.remove(process);
  return "";
}

/** A process forks. */
export function* fork(
  { machine: { memory, processes } }: Stage,
  mm: Mm,
): Suspends<string> {
  yield* forkMm(memory, mm, processes.newPid());
  return "";
}

/**
 * How often compaction tries to move a page. The kernel tries ten times; after
 * the second time nothing is new.
 */
const ATTEMPTS = 2;

/** Compaction moves a page to a NUMA node; says whether it has. */
export function* migrate(
  stage: Stage,
  page: Frame,
  node: NodeId = 1,
): Suspends<string> {
  const { frames, machine: { memory } } = stage;
  if (!frames.isLive(page) || frames.refcount[page] === 0) return "freed";
  if (!frames.isolate(page)) return "isolated";
  const stay = yield* migratePages(memory, [page], node, ATTEMPTS);
  return stay === 0 ? "moved" : "stays";
}

/** The memory block of a page goes offline. */
export function* takeOffline(stage: Stage, page: Frame): Suspends<string> {
  const { frames, machine: { memory } } = stage;
  const block = frames.blocks[frames.block[page]];
  const outcome = yield* offlineBlock(memory, block);
  return typeof outcome === "string" ? outcome : "stuck";
}

/**
 * Reclaim takes a page that nobody maps out of the swap cache, and so frees it. Its
 * count is frozen meanwhile. A page that turns out to be dirty by then stays where
 * it is.
 */
export function* reclaim(
  stage: Stage,
  page: Frame,
  isDirty: boolean,
): Suspends<string> {
  const { frames, machine: { memory: { steps } } } = stage;
  // The swap cache's reference, and its own.
  const expected = 2;
  if (!frames.tryGet(page)) return "gone";
  yield* frames.lock(page, "shrink_folio_list:folio");
  if (frames.refcount[page] === expected) {
    frames.freeze(page, expected);
    if (steps.race("__remove_mapping:frozen")) yield steps.stop;
    if (isDirty) frames.unfreeze(page, expected);
    else {
      frames.swapCache[page] = 0;
      frames.unfreeze(page, 1);
    }
    if (steps.race("__remove_mapping:unfrozen")) yield steps.stop;
  }
  const isFreed = frames.swapCache[page] === 0;
  yield* frames.unlock(page, "shrink_folio_list:folio");
  frames.put(page);
  return isFreed ? "freed" : "stays";
}
