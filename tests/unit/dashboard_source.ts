/**
 * A source that does nothing but count, for tests of pace.
 *
 * @module
 */
import type {
  Snapshot,
  Source,
  Stop,
  Stride,
} from "../../src/observe/snapshot.ts";
import { SMALL } from "./dashboard_snapshots.ts";

/** How the source counts. */
export interface CountingOptions {
  /** Pages of a batch. */
  readonly pagesToScan?: number;
  /** Virtual milliseconds of a batch. */
  readonly sleepMillisecs?: number;
  /** Pages of a full scan, whose end also ends a batch. */
  readonly passPages?: number;
  /** Visits after which the workload ends. */
  readonly endAfter?: number;
  /** Strides of rest before each batch's first page. */
  readonly rests?: number;
  /** Called for each page that is visited. */
  readonly onVisit?: () => void;
}

/** Visits pages that are not there. */
export class CountingSource implements Source {
  readonly defect = undefined;
  readonly label = undefined;
  timeMillis = 0;
  fullScans = 0;
  batches = 0;
  visits = 0;
  /** The strides asked for. */
  readonly strides: Stride[] = [];

  readonly #options: Required<CountingOptions>;
  #inBatch = 0;
  #rested = 0;

  constructor(options: CountingOptions = {}) {
    this.#options = {
      pagesToScan: 100,
      sleepMillisecs: 20,
      passPages: 10_000,
      endAfter: Infinity,
      rests: 0,
      onVisit: () => {},
      ...options,
    };
  }

  advance(stride: Stride): Stop {
    this.strides.push(stride);
    const { batches, fullScans } = this;
    for (;;) {
      if (this.visits >= this.#options.endAfter) return "end";
      if (this.#inBatch === 0 && this.#rested < this.#options.rests) {
        this.#rested++;
        return "rest";
      }
      this.#visit();
      if (stride === "page") return "done";
      if (stride === "batch" && this.batches > batches) return "done";
      if (stride === "pass" && this.fullScans > fullScans) return "done";
    }
  }

  detail(): undefined {
    return undefined;
  }

  snapshot(): Snapshot {
    const { pagesToScan, sleepMillisecs } = this.#options;
    return {
      ...SMALL,
      timeMillis: this.timeMillis,
      counters: {
        ...SMALL.counters,
        pagesScanned: this.visits,
        fullScans: this.fullScans,
      },
      ksmd: { ...SMALL.ksmd, batches: this.batches },
      knobs: {
        ...SMALL.knobs,
        pages_to_scan: String(pagesToScan),
        sleep_millisecs: String(sleepMillisecs),
      },
    };
  }

  #visit(): void {
    const { pagesToScan, sleepMillisecs, passPages, onVisit } = this.#options;
    onVisit();
    this.visits++;
    this.#inBatch++;
    const passEnds = this.visits % passPages === 0;
    if (passEnds) this.fullScans++;
    if (!passEnds && this.#inBatch < pagesToScan) return;
    this.#inBatch = 0;
    this.#rested = 0;
    this.batches++;
    this.timeMillis += sleepMillisecs;
  }
}
