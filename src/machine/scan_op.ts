/**
 * A scan operation in progress.
 *
 * It can stop after any page, and is plain data, so that a dashboard can go
 * through it in steps of its own.
 *
 * @module
 */
import {
  type Batch,
  continueBatch,
  counterRow,
  ksmdShouldRun,
  startBatch,
} from "../engine/ksm/mod.ts";
import {
  keepAll,
  keepFields,
  keepList,
  type Kept,
} from "../engine/lib/kept.ts";
import type { Machine } from "./machine.ts";
import type { ScanOp } from "./ops.ts";

/** What a step of a scan came to. */
export type ScanStep =
  /** Some pages of the batch are done. */
  | "page"
  /** A batch has ended. */
  | "batch"
  /** A batch has ended, and with it a full scan. */
  | "pass"
  /** ksmd has nothing to do, so that the operation has ended early. */
  | "idle";

/** Batches that `scanPasses` does at most when it names no limit. */
const BATCH_LIMIT = 1_000_000;

/** One scan operation, from its first batch to its last. */
export class ScanProgress {
  /** Batches done. */
  batches = 0;
  /** Full scans ended. */
  passes = 0;
  /** Counters, after each batch or full scan as the operation asks; empty where nobody records. */
  readonly rows: number[][] = [];
  /** Whether ksmd ran out of work. */
  idle = false;

  readonly #machine: Machine;
  readonly #op: ScanOp;
  readonly #recorded: boolean;
  #batch: Batch | undefined;

  /** At its beginning. Only where it is `recorded` are rows kept, since a scan may have millions of them. */
  constructor(machine: Machine, op: ScanOp, recorded: boolean) {
    this.#machine = machine;
    this.#op = op;
    this.#recorded = recorded;
  }

  /** Whether the operation has ended. */
  get done(): boolean {
    const op = this.#op;
    if (this.idle || this.#batch !== undefined) return this.idle;
    if (op.op === "scanBatches") return this.batches >= op.n;
    return this.passes >= op.n || this.batches >= (op.limit ?? BATCH_LIMIT);
  }

  /** The batch that is under way, if one is. */
  get batch(): Readonly<Batch> | undefined {
    return this.#batch;
  }

  /** Goes on by at most `visits` pages, not beyond the end of a batch. */
  advance(visits: number): ScanStep {
    const machine = this.#machine;
    const { ksm } = machine;
    if (this.#batch === undefined) {
      // With no pages to scan ksmd sleeps on either way, and the batch counts.
      if (!ksmdShouldRun(ksm) && ksm.knobs.pagesToScan > 0) {
        this.idle = true;
        return "idle";
      }
      this.#batch = machine.runKsmd(startBatch(ksm));
    }
    const fullScans = ksm.seqnr;
    if (!machine.runKsmd(continueBatch(ksm, this.#batch, visits))) {
      return "page";
    }
    return this.#endBatch(ksm.seqnr > fullScans);
  }

  /** How far it is. */
  keep(): Kept {
    const batch = this.#batch;
    return keepAll([
      keepFields(this),
      keepList(this.rows),
      ...(batch === undefined ? [] : [keepFields(batch)]),
      { bytes: 0, restore: () => this.#batch = batch },
    ]);
  }

  #endBatch(passEnded: boolean): ScanStep {
    const machine = this.#machine;
    this.#batch = undefined;
    this.batches++;
    machine.batches++;
    machine.clock.endBatch(machine.ksm.knobs.sleepMillisecs);
    if (passEnded) this.passes++;
    if (this.#recorded) this.#addRow(passEnded);
    return passEnded ? "pass" : "batch";
  }

  #addRow(passEnded: boolean): void {
    const each = this.#op.each ??
      (this.#op.op === "scanBatches" ? "batch" : "pass");
    if (each === "batch" || passEnded) {
      this.rows.push(counterRow(this.#machine.counters()));
    }
  }
}
