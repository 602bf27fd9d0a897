/**
 * A workload run from sample to sample, and on until a given moment.
 *
 * @module
 */
import { Driver, type Machine } from "../machine/mod.ts";
import type { Sample } from "../observe/mod.ts";
import type { OpSource, ScanReply, WorkloadOp } from "../workload/mod.ts";
import { UserError } from "./user_error.ts";
import type { Until } from "./values.ts";

/** Times in a row that an endless workload finds ksmd idle before it is taken to stay so. */
const IDLE_LIMIT = 1000;

/**
 * Runs a workload on a machine, and gives a sample after each full scan and at
 * each `sample` operation.
 *
 * It ends when the workload has ended and `until` is reached; up to there ksmd
 * goes on alone. An endless workload ends when `until` is reached.
 *
 * @throws {UserError} `until` can never be reached.
 */
export function* samplesOf(
  machine: Machine,
  workload: OpSource,
  until?: Until,
): Generator<Sample> {
  let scans = 0;
  let idle = 0;
  const isReached = () => until !== undefined && reached(until, machine, scans);
  const source = new ContinuedSource(
    workload,
    () => until !== undefined && !isReached(),
  );
  const driver = new Driver(machine, source);
  for (;;) {
    const { batches } = machine;
    const stop = driver.advance("batch");
    if (stop === "end") return;
    if (stop === "sample") {
      yield { ...reading(machine), label: driver.label ?? "sample" };
      continue;
    }
    const { fullScans } = machine.counters();
    if (fullScans > source.fullScans) {
      source.fullScans = fullScans;
      scans++;
      yield reading(machine);
    }
    if (until === undefined) continue;
    if (!source.isContinued && !workload.endless) continue;
    if (isReached()) return;
    idle = machine.batches === batches ? idle + 1 : 0;
    const isStuck = idle === (source.isContinued ? 1 : IDLE_LIMIT);
    requireReachable(until, machine, isStuck);
  }
}

/** Lets ksmd scan on after the end of a workload. */
class ContinuedSource implements OpSource {
  readonly name: string;
  readonly title: string;
  readonly endless: boolean;
  /** Whether the workload itself has ended. */
  isContinued = false;
  /** The counter when the operation at hand began or its last full scan ended; `run` 2 sets it back. */
  fullScans = 0;
  readonly #workload: OpSource;
  readonly #goesOn: () => boolean;

  constructor(workload: OpSource, goesOn: () => boolean) {
    this.name = workload.name;
    this.title = workload.title;
    this.endless = workload.endless;
    this.#workload = workload;
    this.#goesOn = goesOn;
  }

  next(reply?: ScanReply): WorkloadOp | undefined {
    if (reply !== undefined) this.fullScans = reply.counters.fullScans;
    if (!this.isContinued) {
      const op = this.#workload.next(reply);
      if (op !== undefined) return op;
      this.isContinued = true;
    }
    return this.#goesOn() ? { op: "scanBatches", n: 1 } : undefined;
  }
}

function reading(machine: Machine): Sample {
  return { timeMillis: machine.timeMillis, counters: machine.counters() };
}

function reached(until: Until, machine: Machine, scans: number): boolean {
  return "scans" in until
    ? scans >= until.scans
    : machine.timeMillis >= until.millis;
}

function requireReachable(
  until: Until,
  machine: Machine,
  isStuck: boolean,
): void {
  const { pagesToScan, run, sleepMillisecs } = machine.ksm.knobs;
  const isTime = "millis" in until;
  const goal = isTime ? `${until.millis / 1000}s` : `${until.scans}scans`;
  const refuse = (reason: string): never => {
    throw new UserError(`Cannot reach --until ${goal}: ${reason}`);
  };
  if (isStuck) {
    refuse(
      run === 1
        ? "no process has mergeable memory, so that ksmd has nothing to do"
        : `ksmd does not scan, since run is ${run}`,
    );
  }
  if (isTime && sleepMillisecs === 0) {
    refuse("virtual time stands still while sleep_millisecs is 0");
  }
  if (!isTime && pagesToScan === 0) {
    refuse("no full scan ever ends while pages_to_scan is 0");
  }
}
