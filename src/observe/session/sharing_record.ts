/**
 * Who shares with whom, as it stands in a session: what the processes of the
 * sample do not tell.
 *
 * @module
 */
import { processVerdict } from "../../machine/mod.ts";
import type { ProcessSharing, SharingMatrix } from "../detail.ts";
import type { ProcessView } from "../snapshot.ts";
import {
  checked,
  type Codec,
  listOf,
  numberFrom,
  object,
  ShapeError,
  text,
  whole,
} from "./codec.ts";

/** One process. */
export interface SharerRecord {
  /** Its name. */
  readonly name: string;
  /** Its merged pages, KSM pages, and its part of these. */
  readonly pages: readonly number[];
  /** What it shares within itself, and with each process behind it. */
  readonly shared: readonly number[];
}

/** All processes of the sample, in their order. */
export interface SharingRecord {
  /** The processes. */
  readonly processes: readonly SharerRecord[];
  /** KSM pages that somebody maps. */
  readonly ksmPages: number;
  /** KSM pages that only one process maps. */
  readonly withinOne: number;
}

/** What is written of who shares with whom. */
export function sharingRecord(matrix: SharingMatrix): SharingRecord {
  const { processes, shared, ksmPages, withinOne } = matrix;
  return {
    processes: processes.map((process, i) => ({
      name: process.name,
      pages: [process.mergedPages, process.ksmPages, process.proportionalPages],
      shared: shared[i].slice(i),
    })),
    ksmPages,
    withinOne,
  };
}

function sharingOf(
  process: ProcessView,
  { pages: [mergedPages, ksmPages, proportionalPages] }: SharerRecord,
): ProcessSharing {
  const { name, pid, residentPages: _, regions: __, ...stat } = process;
  const verdict = processVerdict(stat);
  const pages = { mergedPages, ksmPages, proportionalPages };
  return { name, pid, stat, verdict, ...pages };
}

/** Who shared with whom, among these processes. */
export function matrixOf(
  { processes: records, ksmPages, withinOne }: SharingRecord,
  processes: readonly ProcessView[],
): SharingMatrix {
  return {
    processes: processes.map((process, i) => sharingOf(process, records[i])),
    shared: records.map((_, i) =>
      records.map((_, j) => records[Math.min(i, j)].shared[Math.abs(i - j)])
    ),
    ksmPages,
    withinOne,
  };
}

const count = whole();

/** Each process has a figure for itself and for each one behind it. */
function checkShared(processes: readonly SharerRecord[], path: string): void {
  processes.forEach(({ shared, pages }, i) => {
    const figures = processes.length - i;
    if (shared.length !== figures) {
      const problem = `must have ${figures} figures, not ${shared.length}`;
      throw new ShapeError(`${path}[${i}].shared`, problem);
    }
    if (pages.length !== 3) {
      throw new ShapeError(`${path}[${i}].pages`, "must have 3 figures");
    }
  });
}

/** Between who shares with whom and JSON. */
export const SHARING: Codec<SharingRecord> = object<SharingRecord>({
  processes: checked(
    listOf(
      object<SharerRecord>({
        name: text,
        pages: listOf(numberFrom(0)),
        shared: listOf(count),
      }),
    ),
    checkShared,
  ),
  ksmPages: count,
  withinOne: count,
});
