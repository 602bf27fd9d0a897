/**
 * Runs a workload on a machine, as far at a time as one likes.
 *
 * @module
 */
import { type Batch, counterRow } from "../engine/ksm/mod.ts";
import {
  isTimedOp,
  type KnobOp,
  type Op,
  type OpSource,
  type RecordedEvent,
  type TimedOp,
  type WorkloadOp,
} from "../workload/mod.ts";
import { keepAll, type Kept } from "../engine/lib/kept.ts";
import { KnobWrite } from "./knob_write.ts";
import { Live } from "./live.ts";
import { LiveStride } from "./live_stride.ts";
import type { Machine } from "./machine.ts";
import { performOp, type ScanOp } from "./ops.ts";
import { RefusedOp } from "./refused_op.ts";
import { sampleProcesses } from "./sample.ts";
import { knobTexts } from "./ksm_view.ts";
import { ScanProgress } from "./scan_op.ts";
import type { Leg, Stop, Stride } from "./stride.ts";

/** What {@linkcode Driver} needs to know besides machine and workload. */
export interface DriverOptions {
  /** Gets the event of each operation that has one, when the operation has ended. */
  readonly record?: (event: RecordedEvent) => void;
}

interface ScanInProgress {
  readonly op: ScanOp;
  readonly progress: ScanProgress;
}

/** A workload on its way through a machine. */
export class Driver {
  /** The machine. */
  readonly machine: Machine;
  /** Label of the sample at which the driver stopped last. */
  label: string | undefined;

  readonly #source: OpSource;
  readonly #record: ((event: RecordedEvent) => void) | undefined;
  /** Index of the operation at hand. */
  #index = -1;
  #scan: ScanInProgress | undefined;
  #live: Live | undefined;

  /** At the beginning of `source`; nothing is done yet. */
  constructor(machine: Machine, source: OpSource, options: DriverOptions = {}) {
    this.machine = machine;
    this.#source = source;
    this.#record = options.record;
  }

  /**
   * Goes on by one stride, or to the next sample, or to the workload's end.
   *
   * @throws {RefusedOp} The workload asks for something that is not modelled.
   */
  advance(stride: Stride): Stop {
    const leg = this.begin(stride);
    for (;;) {
      const stop = leg.tick();
      if (stop !== undefined) return stop;
    }
  }

  /** The same tick by tick; whoever begins another stride before the end has this one end there. */
  begin(stride: Stride): Leg {
    let goal: LiveStride | undefined;
    const tick = () => {
      if (this.#live === undefined) return this.#tick(stride);
      goal ??= new LiveStride(this.machine, this.#live, stride);
      return goal.advance();
    };
    const keep = () => {
      const keptGoal = goal;
      return keepAll([
        ...(keptGoal === undefined ? [] : [keptGoal.keep()]),
        { bytes: 0, restore: () => goal = keptGoal },
      ]);
    };
    return { tick, keep };
  }

  /** The actors, once the workload goes by the virtual clock. */
  get live(): Live | undefined {
    return this.#live;
  }

  /** The batch of ksmd that is under way, if one is. */
  get batch(): Readonly<Batch> | undefined {
    return this.#live?.ksmd.batch ?? this.#scan?.progress.batch;
  }

  /** Writes a knob as one more program would, between two strides. */
  write(op: KnobOp, done: (event: RecordedEvent) => void): Leg {
    return new KnobWrite(this.machine, this.#live, op, {
      done,
      endBatch: () => this.#endBatch(),
    });
  }

  /** Lets all come to rest between two computations, as if their processors were taken away for a moment; some may have to wait, and then it ends all the same. */
  settle(): Leg {
    const tick = () => this.#live?.settle() ? undefined : "done";
    return { tick, keep: () => ({ bytes: 0, restore: () => {} }) };
  }

  /** Whether nobody is in the middle of a computation. */
  get isQuiet(): boolean {
    return this.machine.simulation?.isQuiet ?? true;
  }

  /** Machine and workload, but neither the workload's operations nor the stride that is under way, while it is quiet. */
  keep(): Kept {
    const { label } = this;
    const index = this.#index;
    const scan = this.#scan;
    const live = this.#live;
    const restore = () => {
      this.label = label;
      this.#index = index;
      this.#scan = scan;
      this.#live = live;
    };
    return keepAll([
      this.machine.keep(),
      ...(scan === undefined ? [] : [scan.progress.keep()]),
      ...(live === undefined ? [] : [live.keep()]),
      { bytes: 0, restore },
    ]);
  }

  /** While script and ksmd take turns: the next operation, or part of a scan. */
  #tick(stride: Stride): Stop | undefined {
    if (this.#scan !== undefined) {
      return this.#step(this.#scan, stride) ? "done" : undefined;
    }
    const counters = { ...this.machine.counters() };
    const op = this.#source.next({ counters });
    if (op === undefined) return "end";
    this.#index++;
    return this.#start(op) ? "sample" : undefined;
  }

  /** Ends the batch that is under way, if there is one. */
  #endBatch(): void {
    if (this.#scan?.progress.batch) this.#step(this.#scan, "batch");
  }

  /** Begins an operation, and ends it if it does not scan. Says whether it was a sample. */
  #start(op: WorkloadOp): boolean {
    const machine = this.machine;
    if (isTimedOp(op)) {
      this.#live = this.#goLive(op);
      return false;
    }
    if (op.op === "scanBatches" || op.op === "scanPasses") {
      const recorded = this.#record !== undefined;
      const progress = new ScanProgress(machine, op, recorded);
      this.#scan = { op, progress };
      if (progress.done) this.#endScan(op, progress);
      return false;
    }
    if (op.op === "sample") {
      this.#sample(op);
      return true;
    }
    const event = machine.run(performOp(machine, op, this.#index));
    if (event !== undefined) this.#record?.(event);
    return false;
  }

  /** Goes on with a scan; says whether the stride is done. */
  #step({ op, progress }: ScanInProgress, stride: Stride): boolean {
    const step = progress.advance(stride === "page" ? 1 : Infinity);
    if (progress.done) this.#endScan(op, progress);
    if (step === "idle") return stride !== "end";
    if (stride === "page") return true;
    if (stride === "batch") return step !== "page";
    return stride === "pass" && step === "pass";
  }

  /** From here on the actors take the operations. */
  #goLive(op: TimedOp): Live {
    const { simulation } = this.machine;
    if (simulation === undefined) {
      const reason =
        "the machine has no virtual clock; make it with { timed: {} }";
      throw new RefusedOp(this.#index, op.op, reason);
    }
    const live = new Live(this.machine, simulation, this.#source, {
      sample: (sample) => this.#sample(sample),
      scanned: (scan, batches, passes, idle) => {
        const event = {
          i: this.#index,
          op: scan.op,
          batches,
          passes,
          rows: [],
        };
        this.#record?.(idle ? { ...event, stop: "idle" } : event);
      },
      performed: (event) => this.#record?.(event),
      next: () => ++this.#index,
    });
    if (op.op === "thread") live.start(op);
    return live;
  }

  #endScan(op: ScanOp, progress: ScanProgress): void {
    this.#scan = undefined;
    const { batches, passes, rows, idle } = progress;
    const event = { i: this.#index, op: op.op, batches, passes, rows };
    this.#record?.(idle ? { ...event, stop: "idle" } : event);
  }

  #sample(op: Extract<Op, { op: "sample" }>): void {
    const machine = this.machine;
    this.label = op.label;
    machine.log.add(machine.timeMillis, "label", op.label ?? "sample");
    this.#record?.({
      i: this.#index,
      op: op.op,
      ...(op.label === undefined ? {} : { label: op.label }),
      ksm: counterRow(machine.counters()),
      procs: sampleProcesses(machine),
      ...(op.knobs ? { knobs: knobTexts(machine.ksm) } : {}),
    });
  }
}
