/**
 * What can be seen of KSM as a whole.
 *
 * @module
 */
import { KNOBS, type Ksm } from "../engine/ksm/mod.ts";
import type { Machine } from "./machine.ts";

/** Nodes and height (levels; 0 when empty) of one red-black tree. */
export interface TreeShape {
  /** Nodes in the tree. */
  readonly nodes: number;
  /** Levels from the root to the deepest leaf. */
  readonly height: number;
}

/** The shape of a tree. */
export function treeShape(
  tree: { readonly size: number; height(): number },
): TreeShape {
  return { nodes: tree.size, height: tree.height() };
}

/** Where ksmd's cursor is. */
export interface CursorView {
  /** Name of the process. */
  readonly process: string;
  /** Name of the region in it. */
  readonly region: string;
  /** Page of the region, from 0. */
  readonly page: number;
}

/** What ksmd is doing. */
export interface KsmdView {
  /** `scanning` a pass; `idle`: run is 1 and no process is registered; `stopped`: run is 0; `unmerged`: run is 2. */
  readonly state: "scanning" | "idle" | "stopped" | "unmerged";
  /** Part of the present pass that is done, 0 to 1: pages visited or skipped, of those present in mergeable areas; 0 between two passes. */
  readonly passProgress: number;
  /** Batches done since the start. */
  readonly batches: number;
  /** Missing between two passes, and in a process that has exited. */
  readonly cursor?: CursorView;
}

/** The knobs in use, by their sysfs names, as text. */
export type KnobValues = Readonly<Record<string, string>>;

/** What ksmd is doing now. */
export function ksmdView(machine: Machine): KsmdView {
  const cursor = cursorView(machine);
  const pages = mergeablePages(machine);
  const part = pages === 0 ? 0 : machine.visitsInPass / pages;
  return {
    state: ksmdState(machine.ksm),
    passProgress: machine.ksm.cursor.slot === 0 ? 0 : Math.min(1, part),
    batches: machine.batches,
    ...(cursor === undefined ? {} : { cursor }),
  };
}

function ksmdState(ksm: Ksm): KsmdView["state"] {
  if (ksm.knobs.run === 2) return "unmerged";
  if (ksm.knobs.run === 0) return "stopped";
  return ksm.slots.list.empty ? "idle" : "scanning";
}

/** The page before the cursor: the one that was visited last. */
function cursorView(machine: Machine): CursorView | undefined {
  const { cursor } = machine.ksm;
  if (cursor.slot === 0) return undefined;
  const process = machine.processes.owning(machine.ksm.mmOfSlot(cursor.slot));
  if (process === undefined) return undefined;
  const place = process.regions.at(cursor.vpn - 1);
  if (place === undefined) return undefined;
  return { process: process.name, ...place };
}

/** What people have to know of a knob to write it. */
export interface KnobMeaning {
  /** Its name in sysfs. */
  readonly name: string;
  /** What it sets, in a line. */
  readonly meaning: string;
  /** What it takes, in words. */
  readonly valid: string;
}

/** All knobs that can be written, in the order of {@linkcode KnobValues}. */
export const KNOB_MEANINGS: readonly KnobMeaning[] = KNOBS.map(
  ({ sysfs: name, meaning, valid }) => ({ name, meaning, valid }),
);

/** The knobs' values. */
export function knobTexts(ksm: Ksm): KnobValues {
  return Object.fromEntries(
    KNOBS.map(({ sysfs, read }) => [sysfs, read(ksm.knobs)]),
  );
}

/** Pages that a pass meets. */
function mergeablePages(machine: Machine): number {
  let pages = 0;
  for (const { mm } of machine.processes.all()) {
    for (const { mergeable, start, end } of mm.vmas) {
      if (mergeable) pages += mm.pages.framesIn(start, end);
    }
  }
  return pages;
}
