/**
 * A workload run from sample to sample, and on until a given moment.
 *
 * @module
 */
import { Driver, type Machine } from "../machine/mod.ts";
import type { Sample } from "../observe/mod.ts";
import {
  isTimedOp,
  type OpSource,
  type ScanReply,
  type WorkloadOp,
} from "../workload/mod.ts";
import { Patience } from "./patience.ts";
import type { Until } from "./values.ts";

/** Virtual milliseconds after which one looks again whether a live machine has reached the end. */
const LOOK_MILLIS = 20;

/**
 * Runs a workload on a machine, and gives a sample after each full scan and at
 * each `sample` operation.
 *
 * It ends when the workload has ended and `until` is reached; up to there ksmd
 * goes on alone, or with the threads that the workload has left. An endless
 * workload ends when `until` is reached.
 *
 * `onSample` gets each sample first, and the driver as it is then.
 *
 * @throws {UserError} `until` can never be reached.
 */
export function* samplesOf(
  machine: Machine,
  workload: OpSource,
  until?: Until,
  onSample: (driver: Driver, sample: Sample) => void = () => {},
): Generator<Sample> {
  const goal = new Goal(machine, until);
  const source = new ContinuedSource(workload, goal);
  const driver = new Driver(machine, source);
  const isOver = () =>
    goal.isReached && (workload.endless || source.isContinued) &&
    !driver.live?.hasFiniteThreads;
  const patience = new Patience(driver, source, until);
  const sampled = (sample: Sample) => {
    onSample(driver, sample);
    return sample;
  };
  for (let { passes } = machine;;) {
    const { batches } = machine;
    const stop = driver.advance("batch");
    if (source.isLive && goal.isPast && isOver()) return;
    if (machine.passes > passes) {
      passes = machine.passes;
      yield sampled(reading(machine));
    }
    if (stop === "end") return;
    if (stop === "sample") {
      yield sampled({ ...reading(machine), label: driver.label ?? "sample" });
      continue;
    }
    if (isOver()) return;
    patience.check(machine.batches > batches);
  }
}

/** What `until` asks of a machine, counted from now. */
class Goal {
  /** The virtual time to reach; undefined if there is none. */
  readonly millis: number | undefined;
  readonly #machine: Machine;
  readonly #passes: number;
  readonly #until: Until | undefined;

  constructor(machine: Machine, until: Until | undefined) {
    this.#machine = machine;
    this.#passes = machine.passes;
    this.#until = until;
    this.millis = until && "millis" in until ? until.millis : undefined;
  }

  /** Whether it is reached; never without `until`. */
  get isReached(): boolean {
    const until = this.#until;
    if (until === undefined) return false;
    return "scans" in until
      ? this.#machine.passes - this.#passes >= until.scans
      : this.#machine.timeMillis >= until.millis;
  }

  /** Whether the workload may go on alone until it is reached. */
  get isAhead(): boolean {
    return this.#until !== undefined && !this.isReached;
  }

  /** Whether its time is over. */
  get isPast(): boolean {
    return this.millis !== undefined && this.#machine.timeMillis > this.millis;
  }

  /** Virtual milliseconds until one has to look again. */
  get lookMillis(): number {
    if (this.millis === undefined) return LOOK_MILLIS;
    return Math.min(LOOK_MILLIS, this.millis - this.#machine.timeMillis);
  }
}

/** Lets ksmd scan on after the end of a workload. */
class ContinuedSource implements OpSource {
  readonly name: string;
  readonly title: string;
  readonly endless: boolean;
  /** Whether the workload itself has ended. */
  isContinued = false;
  /** Whether the workload's script waits for a scan. */
  isScanning = false;
  /** Whether the workload goes by the virtual clock. */
  isLive = false;
  readonly #workload: OpSource;
  readonly #goal: Goal;

  constructor(workload: OpSource, goal: Goal) {
    this.name = workload.name;
    this.title = workload.title;
    this.endless = workload.endless;
    this.#workload = workload;
    this.#goal = goal;
  }

  next(reply?: ScanReply): WorkloadOp | undefined {
    if (!this.isContinued) {
      const op = this.#workload.next(reply);
      this.isScanning = op?.op === "scanBatches" || op?.op === "scanPasses";
      this.isLive ||= op !== undefined && isTimedOp(op);
      if (op !== undefined) return op;
      this.isContinued = true;
    }
    if (!this.#goal.isAhead) return undefined;
    return this.isLive
      ? { op: "sleep", ms: this.#goal.lookMillis }
      : { op: "scanBatches", n: 1 };
  }
}

function reading(machine: Machine): Sample {
  const locks = machine.locks();
  return {
    timeMillis: machine.timeMillis,
    counters: machine.counters(),
    ...(locks && { locks }),
  };
}
