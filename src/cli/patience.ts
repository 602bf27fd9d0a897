/**
 * Runs that would never end, told instead of run.
 *
 * @module
 */
import { ksmdShouldRun } from "../engine/ksm/mod.ts";
import type { Driver } from "../machine/mod.ts";
import { UserError } from "./user_error.ts";
import type { Until } from "./values.ts";

/** Times in a row that an endless workload finds ksmd idle before it is taken to stay so. */
const IDLE_LIMIT = 1000;

/**
 * The same where threads go on that could change it. While ksmd rests, each time
 * takes 20 virtual milliseconds: a minute of them.
 */
const LIVE_IDLE_LIMIT = 3000;

/** What is known of the script. */
export interface ScriptState {
  /** Whether the script never ends by itself. */
  readonly endless: boolean;
  /** Whether it has ended, and the machine goes on without it. */
  readonly isContinued: boolean;
  /** Whether it waits for a scan. */
  readonly isScanning: boolean;
}

/** Looks after each stride of a run whether it can end. */
export class Patience {
  readonly #driver: Driver;
  readonly #script: ScriptState;
  readonly #until: Until | undefined;
  #idle = 0;

  /** For a run of `driver` up to `until`. */
  constructor(driver: Driver, script: ScriptState, until: Until | undefined) {
    this.#driver = driver;
    this.#script = script;
    this.#until = until;
  }

  /**
   * A stride is done, in which a batch has ended or not.
   *
   * @throws {UserError} The run can never end.
   */
  check(hasScanned: boolean): void {
    if (this.#driver.live !== undefined) {
      this.#checkLive(this.#driver.live.hasThreads);
    } else this.#checkStepped(hasScanned);
  }

  #checkStepped(hasScanned: boolean): void {
    const { endless, isContinued } = this.#script;
    const { pagesToScan, sleepMillisecs } = this.#driver.machine.ksm.knobs;
    const until = this.#until;
    if (until === undefined || !(isContinued || endless)) return;
    this.#idle = hasScanned ? 0 : this.#idle + 1;
    if (this.#idle === (isContinued ? 1 : IDLE_LIMIT)) {
      this.#refuse(this.#whyIdle ?? "ksmd does not scan");
    }
    if ("millis" in until && sleepMillisecs === 0) {
      this.#refuse("virtual time stands still while sleep_millisecs is 0");
    }
    if ("scans" in until && pagesToScan === 0) {
      this.#refuse("no full scan ever ends while pages_to_scan is 0");
    }
  }

  /** Time goes on by itself in a live machine; but scans may not. */
  #checkLive(hasThreads: boolean): void {
    const { endless, isContinued, isScanning } = this.#script;
    const isForScans = this.#until !== undefined && "scans" in this.#until &&
      (isContinued || endless);
    const reason = isScanning || isForScans ? this.#whyIdle : undefined;
    this.#idle = reason === undefined ? 0 : this.#idle + 1;
    if (reason === undefined) return;
    if (isContinued && !hasThreads) this.#refuse(reason);
    if (this.#idle < LIVE_IDLE_LIMIT) return;
    this.#refuse(`${reason}, and nobody changes that`);
  }

  /** Why no full scan can end as things are; undefined if one can. */
  get #whyIdle(): string | undefined {
    const { ksm } = this.#driver.machine;
    const { pagesToScan, run } = ksm.knobs;
    if (run !== 1) return `ksmd does not scan, since run is ${run}`;
    if (!ksmdShouldRun(ksm)) {
      return "no process has mergeable memory, so that ksmd has nothing to do";
    }
    return pagesToScan > 0
      ? undefined
      : "no full scan ever ends while pages_to_scan is 0";
  }

  #refuse(reason: string): never {
    const until = this.#until;
    const goal = until === undefined
      ? "the end of the script"
      : `--until ${
        "scans" in until ? `${until.scans}scans` : `${until.millis / 1000}s`
      }`;
    throw new UserError(`Cannot reach ${goal}: ${reason}`);
  }
}
