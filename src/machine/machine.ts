/**
 * A Linux box in a module: processes, memory, and KSM, driven by operations.
 *
 * @module
 */
import { alone } from "../engine/lib/alone.ts";
import { keepAll, keepFields, type Kept } from "../engine/lib/kept.ts";
import type { Interpreter, Suspends } from "../engine/lib/step.ts";
import {
  type Counters,
  Ksm,
  ksmHooks,
  type Tracepoint,
} from "../engine/ksm/mod.ts";
import {
  mappingsOf,
  Memory,
  type MemoryEvent,
  type Mm,
  type PageMoved,
} from "../engine/mm/mod.ts";
import { PAGE_BYTES } from "../engine/lib/page_size.ts";
import { DEFAULT_SEED, type FileBytes } from "../workload/mod.ts";
import { type LocksView, SeededRandom, type Simulation } from "../sim/mod.ts";
import { MachineClock } from "./clock.ts";
import { EventLog } from "./event_log.ts";
import { PageSource } from "./page_source.ts";
import { ProcessTable } from "./process_table.ts";
import { ksmdOf, newSimulation, scriptOf, type TimedOptions } from "./timed.ts";

/** Bytes of a page of the modelled machine. */
export const MACHINE_PAGE_BYTES: number = PAGE_BYTES;

/** Events that a machine remembers. */
const LOG_ENTRIES = 200;

/** What a machine may need from outside. */
export interface MachineOptions {
  /** Reads the files that a workload's patterns name; without it such a workload fails. */
  readonly files?: FileBytes;
  /** NUMA nodes; 1 when missing. */
  readonly nodes?: number;
  /** Runs the engine; `alone` when missing. */
  readonly interpreter?: Interpreter;
  /** Runs the engine by a virtual clock, on which actors wait for each other; stands in for an interpreter. */
  readonly timed?: TimedOptions;
}

/** One machine. Nothing in it reads a clock or a random number: the same operations give the same counters. */
export class Machine {
  /** Its memory. */
  readonly memory: Memory;
  /** Its KSM. */
  readonly ksm: Ksm;
  /** Its processes. */
  readonly processes: ProcessTable = new ProcessTable();
  /** What happened lately. */
  readonly log: EventLog = new EventLog(LOG_ENTRIES);
  /** Makes page contents. */
  readonly pages: PageSource;
  /** Its time. */
  readonly clock: MachineClock = new MachineClock();
  /** Its actors and their locks, where it goes by a virtual clock. */
  readonly simulation: Simulation | undefined;
  /** Batches that ksmd has done. */
  batches = 0;
  /** Full scans that have ended; unlike the counter, nothing ever sets it back. */
  passes = 0;
  /** Pages that have been put on KSM pages or on the zero page. */
  merges = 0;
  /** Writes that have taken a page off them. */
  cowBreaks = 0;

  /** What is left to chance, by the seed. */
  readonly random: SeededRandom;

  readonly #interpreter: Interpreter;
  #visitsBeforePass = 0;

  /** A machine without processes, with KSM stopped. */
  constructor(options: MachineOptions = {}) {
    const { interpreter, timed } = options;
    this.random = new SeededRandom(timed?.seed ?? DEFAULT_SEED);
    if (timed !== undefined) this.simulation = newSimulation(this, timed);
    this.#interpreter = this.simulation ?? interpreter ?? alone;
    this.memory = new Memory(this.#interpreter.steps, options.nodes);
    this.ksm = new Ksm(this.memory, this.clock);
    this.pages = new PageSource(this.memory.contents, options.files ?? noFiles);
    this.memory.ksm = ksmHooks(this.ksm);
    this.memory.observer = (event) => this.#onMemoryEvent(event);
    this.ksm.observer = (event) => this.#onTracepoint(event);
  }

  /** Virtual milliseconds since the start. */
  get timeMillis(): number {
    return this.clock.timeMillis;
  }

  /**
   * All of its state, to be put back when something has happened since. Only
   * between two computations: what is in the middle of one cannot be kept.
   */
  keep(): Kept {
    const visitsBeforePass = this.#visitsBeforePass;
    const restore = () => {
      this.#visitsBeforePass = visitsBeforePass;
    };
    return keepAll([
      this.memory.keep(),
      this.ksm.keep(),
      this.processes.keep(),
      this.log.keep(),
      this.clock.keep(),
      keepFields(this.random),
      keepFields(this),
      { bytes: 0, restore },
      ...(this.simulation === undefined ? [] : [this.simulation.keep()]),
    ]);
  }

  /** Runs a computation of the engine while nobody else does anything. */
  run<T>(work: Suspends<T>): T {
    return this.simulation === undefined
      ? this.#interpreter.run(work)
      : this.simulation.runAs(scriptOf(this.simulation), work);
  }

  /** The same for what ksmd does. */
  runKsmd<T>(work: Suspends<T>): T {
    return this.simulation === undefined
      ? this.#interpreter.run(work)
      : this.simulation.runAs(ksmdOf(this.simulation), work);
  }

  /** Visits of the present pass so far, those left out by smart scan included. */
  get visitsInPass(): number {
    const { pagesScanned, pagesSkipped } = this.ksm;
    return pagesScanned + pagesSkipped - this.#visitsBeforePass;
  }

  /** A reading of the global counters. */
  counters(): Counters {
    return this.ksm.counters();
  }

  /** What lock_stat counts, and who waits now; undefined where the machine does not go by a virtual clock. */
  locks(): LocksView | undefined {
    const { simulation } = this;
    return simulation?.locks.view(simulation.now);
  }

  /** A page as people read it: process, region and page number. */
  pageName(mm: Mm, vpn: number): string {
    const process = this.processes.owning(mm);
    if (process === undefined) return `exited pid ${mm.pid}`;
    const place = process.regions.at(vpn);
    if (place === undefined) return process.name;
    return `${process.name} ${place.region}+${place.page}`;
  }

  /** Notes that an actor begins to wait for a lock. */
  noteWait(text: string): void {
    this.#log("wait", text);
  }

  #onMemoryEvent(event: MemoryEvent): void {
    if (event.kind === "migrated") return this.#onMigration(event);
    const { kind, mm, vpn, frame } = event;
    const page = this.pageName(mm, vpn);
    if (kind === "cow") {
      this.cowBreaks++;
      this.#log("cow", `${page} written, leaves KSM page ${frame}`);
    } else this.#log("unmerge", `${page} taken off ${ksmPageName(frame)}`);
  }

  #onMigration({ old, frame }: PageMoved): void {
    const { frames } = this.memory;
    const [place] = mappingsOf(this.memory, frame);
    const page = frames.isKsm(frame)
      ? ksmPageName(old)
      : place === undefined
      ? `page ${old}`
      : this.pageName(place.mm, place.vpn);
    const to = `frame ${frame} of node ${frames.nid[frame]}`;
    this.#log("migration", `${page} moved to ${to}`);
  }

  #onTracepoint(point: Tracepoint): void {
    switch (point.event) {
      case "ksm_merge_one_page":
      case "ksm_merge_with_ksm_page": {
        if (point.err !== 0) return;
        this.merges++;
        const page = this.pageName(
          point.mm,
          this.ksm.items.vpn[point.rmapItem],
        );
        return this.#log("merge", `${page} on ${ksmPageName(point.pfn)}`);
      }
      case "ksm_remove_ksm_page":
        return this.#log("stale", `KSM page ${point.pfn} is gone`);
      case "ksm_start_scan":
        this.#visitsBeforePass += this.visitsInPass;
        return;
      case "ksm_stop_scan":
        this.passes++;
        return this.#log("pass", `full scan ${point.seqnr + 1} ended`);
    }
  }

  #log(kind: Parameters<EventLog["add"]>[1], text: string): void {
    this.log.add(this.timeMillis, kind, text);
  }
}

/** The zero page has no frame number here. */
function ksmPageName(frame: number): string {
  return frame === 0 ? "the zero page" : `KSM page ${frame}`;
}

function noFiles(path: string): never {
  throw new RangeError(
    `Cannot read "${path}": this machine has no files; option "files" gives it some`,
  );
}
