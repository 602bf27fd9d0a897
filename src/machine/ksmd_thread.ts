/**
 * ksmd as an actor: batches, and the sleep between them.
 *
 * @module
 */
import {
  type Batch,
  continueBatch,
  ksmdShouldRun,
  startBatch,
} from "../engine/ksm/mod.ts";
import { keepAll, keepFields, type Kept } from "../engine/lib/kept.ts";
import type { Suspends } from "../engine/lib/step.ts";
import type { Turn } from "../sim/mod.ts";
import type { Machine } from "./machine.ts";

/** What ksmd has done, for those who wait for it. */
export interface KsmdProgress {
  /** Turns with visits that have ended. */
  turns: number;
  /** Batches that have ended. */
  batches: number;
}

/** Visits of one turn; few, so that a machine is often between two turns, yet more than one, since a turn has its price. */
const VISITS_PER_TURN = 32;

/** ksmd's life by the virtual clock. A turn is a few visits, so that a batch is plain data in between. */
export class KsmdThread {
  /** What it has done. */
  readonly progress: KsmdProgress = { turns: 0, batches: 0 };
  /** The knob's value with which it went to sleep; undefined while it is awake. */
  sleepsMillis: number | undefined;

  readonly #machine: Machine;
  /** Makes no difference but to who watches. */
  #visitsPerTurn = VISITS_PER_TURN;
  #batch: Batch | undefined;
  #hasSlept = true;

  /** ksmd of `machine`, about to begin a batch. */
  constructor(machine: Machine) {
    this.#machine = machine;
  }

  /**
   * What it does next.
   *
   * Models: ksm_scan_thread(), mm/ksm.c
   */
  next(): Turn {
    const { ksm } = this.#machine;
    this.sleepsMillis = undefined;
    if (this.#batch !== undefined) {
      return { kind: "work", work: this.#visit(this.#batch) };
    }
    if (!ksmdShouldRun(ksm)) {
      this.#hasSlept = true;
      return { kind: "idle" };
    }
    if (!this.#hasSlept) {
      this.#hasSlept = true;
      const millis = ksm.knobs.sleepMillisecs;
      if (millis > 0) {
        this.sleepsMillis = millis;
        return { kind: "sleep", nanos: millis * 1e6 };
      }
    }
    return { kind: "work", work: this.#begin() };
  }

  /** Stops after each visit from now on, or no longer. */
  stopAtEachVisit(stops: boolean): void {
    this.#visitsPerTurn = stops ? 1 : VISITS_PER_TURN;
  }

  /** How far it is, between two turns. */
  keep(): Kept {
    const visitsPerTurn = this.#visitsPerTurn;
    const batch = this.#batch;
    const hasSlept = this.#hasSlept;
    const sleepsMillis = this.sleepsMillis;
    const restore = () => {
      this.#visitsPerTurn = visitsPerTurn;
      this.#batch = batch;
      this.#hasSlept = hasSlept;
      this.sleepsMillis = sleepsMillis;
    };
    return keepAll([
      keepFields(this.progress),
      ...(batch === undefined ? [] : [keepFields(batch)]),
      { bytes: 0, restore },
    ]);
  }

  /** The batch that is under way, if one is. */
  get batch(): Readonly<Batch> | undefined {
    return this.#batch;
  }

  /** Whether something has happened that ends its sleep: another value of the knob, or something to do at last. */
  get shouldWake(): boolean {
    const { knobs } = this.#machine.ksm;
    return this.sleepsMillis === undefined
      ? ksmdShouldRun(this.#machine.ksm)
      : this.sleepsMillis !== knobs.sleepMillisecs;
  }

  *#begin(): Suspends<void> {
    const { ksm } = this.#machine;
    const { steps } = ksm;
    if (
      steps.mayInterleave &&
      steps.spend("schedule", 1, "ksm_scan_thread:schedule")
    ) yield steps.stop;
    const batch = yield* startBatch(ksm);
    this.#batch = batch;
    yield* this.#visit(batch);
  }

  *#visit(batch: Batch): Suspends<void> {
    const visits = this.#visitsPerTurn;
    const isOver = yield* continueBatch(this.#machine.ksm, batch, visits);
    this.progress.turns++;
    if (!isOver) return;
    this.#batch = undefined;
    this.#hasSlept = false;
    this.progress.batches++;
    this.#machine.batches++;
  }
}
