/**
 * Runs a workload on a machine, as far at a time as one likes.
 *
 * @module
 */
import { counterRow } from "../engine/ksm/mod.ts";
import type { Op, OpSource, RecordedEvent } from "../workload/mod.ts";
import type { Machine } from "./machine.ts";
import { performOp, type ScanOp } from "./ops.ts";
import { sampleProcesses } from "./sample.ts";
import { knobTexts } from "./ksm_view.ts";
import { ScanProgress } from "./scan_op.ts";

/** How far to go: to the end of a page's visit, of a batch, of a full scan, of the workload. */
export type Stride = "page" | "batch" | "pass" | "end";

/** Why the driver came back. */
export type Stop =
  /** The stride is done; or ksmd has nothing to do, and the workload waits for it. */
  | "done"
  /** The workload has taken a sample; `label` names it. */
  | "sample"
  /** The workload has ended. */
  | "end";

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
    for (;;) {
      if (this.#scan === undefined) {
        const op = this.#source.next({
          counters: { ...this.machine.counters() },
        });
        if (op === undefined) return "end";
        this.#index++;
        if (this.#start(op)) return "sample";
      } else if (this.#step(this.#scan, stride)) {
        return "done";
      }
    }
  }

  /** Begins an operation, and ends it if it does not scan. Says whether it was a sample. */
  #start(op: Op): boolean {
    const machine = this.machine;
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
