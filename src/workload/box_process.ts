/**
 * A process, as scripts see it.
 *
 * @module
 */
import { BoxRegion, slotEnd } from "./box_region.ts";
import type { RegionPlace } from "./box_region.ts";
import { didYouMean, quote } from "./nearest.ts";
import type { NodeId } from "./numa_op.ts";
import type { Prot } from "./op.ts";
import type { OpQueue } from "./op_queue.ts";
import type { EveryOptions, ThreadBody } from "./threads.ts";

/** Process id of a workload's first process; each further one has the next number. */
export const FIRST_PID = 1000;

/** How {@linkcode BoxProcess.mmap} maps. */
export interface MmapOptions {
  /** Whether to give the advice `mergeable` for all of it at once. */
  readonly mergeable?: boolean;
  /** What may be done with the pages; `rw` when missing. */
  readonly prot?: Prot;
  /** Where to; the next free slot when missing. */
  readonly at?: RegionPlace;
}

/** Gives the next process id. */
export type NextPid = () => number;

/** Starts a thread of a process. */
export type StartThread = (
  proc: string,
  millis: number,
  name: string,
  body: ThreadBody,
  options: EveryOptions,
) => void;

/** A process. */
export class BoxProcess {
  /** Its name; no other process ever has it. */
  readonly name: string;
  /** Its process id, the same in each run. */
  readonly pid: number;
  readonly #queue: OpQueue;
  readonly #nextPid: NextPid;
  readonly #startThread: StartThread;
  readonly #regions = new Map<string, BoxRegion>();

  /** @internal Scripts get processes from {@linkcode Box.process} and {@linkcode BoxProcess.fork}. */
  constructor(
    name: string,
    queue: OpQueue,
    nextPid: NextPid,
    startThread: StartThread,
  ) {
    this.name = name;
    this.pid = nextPid();
    this.#queue = queue;
    this.#nextPid = nextPid;
    this.#startThread = startThread;
  }

  /** Maps a new region of so many pages. */
  mmap(name: string, pages: number, options: MmapOptions = {}): BoxRegion {
    const { mergeable = false, prot } = options;
    const at = options.at ?? this.freePlace(pages);
    this.#queue.add({
      op: "mmap",
      proc: this.name,
      region: name,
      slot: at.slot,
      pages,
      ...(at.off === undefined ? {} : { off: at.off }),
      ...(prot === undefined ? {} : { prot }),
    });
    const region = new BoxRegion(this, name, this.#queue, at, pages);
    this.#regions.set(name, region);
    if (mergeable) region.madvise("mergeable");
    return region;
  }

  /** The region of this name. */
  region(name: string): BoxRegion {
    return this.#regions.get(name) ?? this.#queue.refuse(
      `Cannot find region ${quote(name)}: process ${quote(this.name)} has ` +
        "none of that name" + didYouMean(name, this.#regions.keys()),
    );
  }

  /** Starts a copy of this process: all regions under the same names and addresses. */
  fork(name: string): BoxProcess {
    this.#queue.add({ op: "fork", proc: this.name, child: name });
    const child = new BoxProcess(
      name,
      this.#queue,
      this.#nextPid,
      this.#startThread,
    );
    for (const [name, { place, pages }] of this.#regions) {
      const region = new BoxRegion(child, name, this.#queue, place, pages);
      child.#regions.set(name, region);
    }
    return child;
  }

  /**
   * Starts a thread, which has a turn every `millis` milliseconds until the
   * process ends. From then on everything goes by the virtual clock, as after
   * {@linkcode Box.live}.
   *
   * What a thread asks for in its turn is done one after the other, while others
   * act. What it does to memory that another one has unmapped meanwhile, or not
   * mapped yet, comes to nothing, as if its fault had been handled; so does an
   * mmap of a place that is not free yet, and all else that an exiting process
   * is asked for.
   */
  every(
    millis: number,
    name: string,
    body: ThreadBody,
    options: EveryOptions = {},
  ): void {
    this.#startThread(this.name, millis, name, body, options);
  }

  /** Starts a thread whose next turn begins as soon as the last has ended. */
  forever(name: string, body: ThreadBody): void {
    this.every(0, name, body);
  }

  /** Ends the process; its memory is gone. */
  exit(): void {
    this.#queue.add({ op: "exit", proc: this.name });
  }

  /** Makes all present and later regions mergeable (prctl), or ends that. */
  mergeAny(on: boolean): void {
    this.#queue.add({ op: "prctl", proc: this.name, mergeAny: on });
  }

  /**
   * Allocates on a NUMA node from now on, at first 0; pages that are there stay.
   *
   * @example
   * ```ts
   * import { opsOf, runWorkload, traceOf, workload } from "ksmscope";
   * import assert from "node:assert/strict";
   *
   * const twoNodes = workload("two nodes", function* (box) {
   *   box.knob("merge_across_nodes", 0);
   *   for (const node of [0, 1] as const) {
   *     const vm = box.process(`vm-${node}`);
   *     vm.bind(node);
   *     vm.mmap("ram", 8, { mergeable: true }).fill({ kind: "seq", base: 1 });
   *   }
   *   yield* box.scanPasses(3);
   * }, { nodes: 2 });
   * assert.equal(runWorkload(twoNodes).counters().pagesSharing, 0);
   * const trace = traceOf(twoNodes, opsOf(twoNodes, 1), () => {
   *   throw new Error("no file here");
   * });
   * assert.equal(trace.format, "ksm-trace-numa/1");
   * ```
   */
  bind(node: NodeId): void {
    this.#queue.add({ op: "bind", proc: this.name, node });
  }

  /** The first place where so many pages share no slot with a region, be it unmapped. */
  freePlace(pages: number): RegionPlace {
    let slot = 0;
    const taken = [...this.#regions.values()]
      .sort((a, b) => a.place.slot - b.place.slot);
    for (const region of taken) {
      if (slotEnd({ slot }, pages) <= region.place.slot) break;
      slot = Math.max(slot, region.slotEnd);
    }
    return { slot };
  }
}
