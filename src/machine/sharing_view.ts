/**
 * Who shares with whom, and whether it pays.
 *
 * @module
 */
import { PAGE_BYTES } from "../engine/lib/page_size.ts";
import { type ProcessCounters, RMAP_ITEM_BYTES } from "../engine/ksm/mod.ts";
import { pteFrame } from "../engine/mm/mod.ts";
import type { Machine } from "./machine.ts";
import type { Process } from "./process_table.ts";

/**
 * Whether it pays for one process that KSM looks at its pages, by the rule of
 * thumb in the kernel's own documentation (admin-guide/mm/ksm.rst).
 *
 * `profit`: bytes saved less bytes of rmap items, `ksm_process_profit`. `ratio`:
 * rmap items for each merged page or zero page; above `breakEven`, bytes of a page
 * over bytes of an rmap item, it costs more than it saves, and the process had
 * better offer less memory or none.
 */
export type ProcessVerdict =
  /** Offers no memory to ksmd. */
  | { readonly verdict: "not-offered" }
  /** ksmd remembers nothing of it yet. */
  | { readonly verdict: "not-scanned" }
  /** Saves at least what it costs. */
  | {
    readonly verdict: "pays";
    /** Bytes. */
    readonly profit: number;
    /** rmap items for each merged page. */
    readonly ratio: number;
    /** Where it neither costs nor saves. */
    readonly breakEven: number;
  }
  /** Costs more than it saves. */
  | {
    readonly verdict: "costs";
    /** Bytes; negative. */
    readonly profit: number;
    /** rmap items for each merged page. */
    readonly ratio: number;
    /** Where it neither costs nor saves. */
    readonly breakEven: number;
  }
  /** Remembered, and nothing is merged: all cost. */
  | {
    readonly verdict: "nothing-merged";
    /** Bytes; negative. */
    readonly profit: number;
  };

/** What one process shares. */
export interface ProcessSharing {
  /** Its name. */
  readonly name: string;
  /** Its process id. */
  readonly pid: number;
  /** What `/proc/PID/ksm_stat` says. */
  readonly stat: Readonly<ProcessCounters>;
  /** Whether it pays. */
  readonly verdict: ProcessVerdict;
  /** Pages of it that map a KSM page now. */
  readonly mergedPages: number;
  /** KSM pages that it maps. */
  readonly ksmPages: number;
  /** Its part of these KSM pages, each of them divided evenly among its mappings. In pages. */
  readonly proportionalPages: number;
}

/** Processes by processes. */
export interface SharingMatrix {
  /** The processes, in the order of their creation: rows and columns. */
  readonly processes: readonly ProcessSharing[];
  /**
   * `shared[i][j]`: KSM pages that both map. On the diagonal: pages that the process
   * shares within itself, its mappings of KSM pages less the KSM pages.
   */
  readonly shared: readonly (readonly number[])[];
  /** KSM pages in all that somebody maps. */
  readonly ksmPages: number;
  /** KSM pages that only one process maps. */
  readonly withinOne: number;
}

/** Rmap items for one merged page at which a process neither saves nor costs anything. */
const BREAK_EVEN = PAGE_BYTES / RMAP_ITEM_BYTES;

/** What the figures of one process come to. */
export function processVerdict(
  stat: Readonly<ProcessCounters>,
): ProcessVerdict {
  const { mergeable, mergingPages, processProfit: profit, rmapItems } = stat;
  const merged = mergingPages + stat.zeroPages;
  if (merged === 0 && rmapItems === 0) {
    return { verdict: mergeable ? "not-scanned" : "not-offered" };
  }
  if (merged === 0) return { verdict: "nothing-merged", profit };
  return {
    verdict: profit < 0 ? "costs" : "pays",
    profit,
    ratio: rmapItems / merged,
    breakEven: BREAK_EVEN,
  };
}

/** How often each process maps each KSM page: chains of entries, one for each pair, that begin at the page's frame. */
class Mappings {
  /** Newest entry of each frame; 0 is none. */
  readonly #newest: Int32Array;
  readonly #older: number[] = [0];
  readonly #process: number[] = [-1];
  readonly #count: number[] = [0];

  constructor(frames: number) {
    this.#newest = new Int32Array(frames);
  }

  /** Counts one mapping. Processes come one after the other. */
  add(frame: number, process: number): void {
    const newest = this.#newest[frame];
    if (this.#process[newest] === process) {
      this.#count[newest]++;
      return;
    }
    this.#newest[frame] = this.#process.push(process) - 1;
    this.#older.push(newest);
    this.#count.push(1);
  }

  /** Goes to each KSM page with the processes that map it, and how often each does. */
  each(visit: (processes: number[], counts: number[]) => void): void {
    for (const newest of this.#newest) {
      if (newest === 0) continue;
      const processes: number[] = [];
      const counts: number[] = [];
      for (let entry = newest; entry !== 0; entry = this.#older[entry]) {
        processes.push(this.#process[entry]);
        counts.push(this.#count[entry]);
      }
      visit(processes, counts);
    }
  }
}

/** Sums for one process, as they grow. */
interface Sums {
  mergedPages: number;
  ksmPages: number;
  proportionalPages: number;
}

/**
 * Who shares with whom now. Goes once over all page tables, and then once over the
 * KSM pages; for each of these over the pairs of processes that map it.
 */
export function sharingMatrix(machine: Machine): SharingMatrix {
  const processes = [...machine.processes.all()];
  const mappings = mappingsOf(machine, processes);
  const shared = processes.map(() =>
    new Array<number>(processes.length).fill(0)
  );
  const sums = processes.map((): Sums => ({
    mergedPages: 0,
    ksmPages: 0,
    proportionalPages: 0,
  }));
  let ksmPages = 0;
  let withinOne = 0;
  mappings.each((sharers, counts) => {
    ksmPages++;
    if (sharers.length === 1) withinOne++;
    const total = counts.reduce((sum, count) => sum + count, 0);
    for (const [n, i] of sharers.entries()) {
      sums[i].mergedPages += counts[n];
      sums[i].ksmPages++;
      sums[i].proportionalPages += counts[n] / total;
      shared[i][i] += counts[n] - 1;
      for (const j of sharers.slice(n + 1)) {
        shared[i][j]++;
        shared[j][i]++;
      }
    }
  });
  return {
    processes: processes.map(({ name, mm }, i) => {
      const stat = machine.ksm.processCounters(mm);
      const verdict = processVerdict(stat);
      return { name, pid: mm.pid, stat, verdict, ...sums[i] };
    }),
    shared,
    ksmPages,
    withinOne,
  };
}

function mappingsOf(
  { memory: { frames } }: Machine,
  processes: readonly Process[],
): Mappings {
  const mappings = new Mappings(frames.capacity);
  processes.forEach(({ mm }, process) => {
    for (const { start, end } of mm.vmas) {
      let vpn = mm.pages.nextFrame(start, end);
      for (; vpn !== -1; vpn = mm.pages.nextFrame(vpn + 1, end)) {
        const frame = pteFrame(mm.pages.get(vpn));
        if (frame !== 0 && frames.isKsm(frame)) mappings.add(frame, process);
      }
    }
  });
  return mappings;
}
