/**
 * Invariants of page frames: what is counted on each, and who knows it.
 *
 * @module
 */
import { type Frame, MAPPING } from "../../engine/mm/mod.ts";
import type { Machine } from "../machine.ts";
import type { Entry } from "./entries.ts";
import { broken, requireEqual } from "./invariant.ts";

/** References on frames that somebody outside of the engine holds, as a driver that reads or writes memory by itself. */
export type Pins = ReadonlyMap<Frame, number>;

/**
 * What holds of frames after every step. An actor at work on a page holds a
 * reference for its own, and nobody knows how many do; so references are counted
 * from below only.
 */
export function checkFrames(
  machine: Machine,
  mapped: ReadonlyMap<Frame, Entry[]>,
  pins: Pins,
): void {
  const { memory: { frames }, ksm } = machine;
  const { page } = ksm.cursor;
  for (const frame of frames.each()) {
    const subject = `frame ${frame}`;
    const mappings = mapped.get(frame)?.length ?? 0;
    const refcount = frames.refcount[frame];
    requireEqual("frame mapcount", subject, frames.mapcount[frame], mappings);
    const known = mappings + (pins.get(frame) ?? 0) + (frame === page ? 1 : 0);
    if (isFrozen(machine, frame)) {
      requireEqual("frozen frame", subject, mappings, 0);
    } else if (refcount < Math.max(1, known)) {
      broken(
        "frame refcount",
        `${subject} has ${refcount}, known are ${known}`,
      );
    }
    if (
      frames.locked[frame] !== 0 && refcount <= mappings &&
      !isFrozen(machine, frame)
    ) {
      broken(
        "frame lock",
        `${subject} has ${refcount} for ${mappings} mappings`,
      );
    }
    // The new page of a migration is nothing yet, and mapped nowhere.
    if (frames.mappingKind[frame] === MAPPING.none && mappings > 0) {
      broken("frame mapping", `${subject} is neither`);
    }
    checkNode(machine, frame);
  }
  if (page !== 0 && !frames.isLive(page)) {
    broken("cursor page", `frame ${page} is free`);
  }
  checkFreeFrames(machine);
}

/** What holds of frames where no actor is inside an operation. */
export function checkFramesAtRest(
  { memory: { frames }, ksm }: Machine,
  mapped: ReadonlyMap<Frame, Entry[]>,
  pins: Pins,
): void {
  const { page } = ksm.cursor;
  if (page !== 0) broken("cursor page at rest", `frame ${page}`);
  for (const frame of frames.each()) {
    const subject = `frame ${frame}`;
    const expected = (mapped.get(frame)?.length ?? 0) + (pins.get(frame) ?? 0);
    const refcount = frames.refcount[frame];
    requireEqual("frame refcount at rest", subject, refcount, expected);
    if (frames.locked[frame] !== 0) broken("frame lock at rest", subject);
    if (frames.isolated[frame] !== 0) broken("isolated frame at rest", subject);
    if (frames.mappingKind[frame] === MAPPING.none) {
      broken("frame mapping at rest", subject);
    }
  }
}

/** Whether a migration has frozen the count of a page in the swap cache. */
function isFrozen({ memory: { frames } }: Machine, frame: Frame): boolean {
  return frames.refcount[frame] === 0 && frames.swapCache[frame] === 1 &&
    frames.locked[frame] === 1;
}

/**
 * While a page migrates, its old and its new frame both point at the node for a
 * moment, and the node knows one of them. Both are locked then.
 */
function isMigrating(
  { memory: { frames } }: Machine,
  a: Frame,
  b: Frame,
): boolean {
  return frames.locked[a] === 1 && frames.locked[b] === 1 &&
    frames.isKsm(b) && frames.stableNode.get(a) === frames.stableNode.get(b);
}

/** A page may be a KSM page of no node: while its merge is half done, or when a forked child has kept it of a merge that failed. */
function checkNode(machine: Machine, frame: Frame): void {
  const { memory: { frames }, ksm } = machine;
  if (!frames.isKsm(frame)) return;
  const node = frames.stableNode.get(frame);
  if (node === 0) return;
  if (!ksm.nodes.isLive(node)) {
    broken("frame node", `frame ${frame} has dead stable node ${node}`);
  }
  const kpfn = ksm.nodes.kpfn.get(node);
  if (kpfn !== frame && (kpfn === 0 || !isMigrating(machine, frame, kpfn))) {
    broken(
      "frame node",
      `frame ${frame} has stable node ${node}, which knows frame ${kpfn}`,
    );
  }
}

/** Stable nodes look at free frames too, and tell them by this. */
function checkFreeFrames({ memory: { frames } }: Machine): void {
  const { mapcount, refcount, locked, mappingKind } = frames;
  const live = new Set<number>(frames.each());
  for (let index = 1; index < frames.capacity; index++) {
    if (
      refcount[index] === 0 && mapcount[index] === 0 && locked[index] === 0 &&
      mappingKind[index] === MAPPING.none
    ) continue;
    if (live.has(index)) continue;
    broken(
      "free frame",
      `frame ${index} has refcount ${refcount[index]}, mapcount ${
        mapcount[index]
      }, lock ${locked[index]}, mapping ${mappingKind[index]}`,
    );
  }
}
