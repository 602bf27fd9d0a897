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
  /** What the knob `run` reads. */
  readonly run?: string;
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
      run: "1",
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
    const { pagesToScan, sleepMillisecs, run } = this.#options;
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
        run,
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

/** A machine whose ksmd visits no page while 100 ms of its time pass with each stride; `run` can be written meanwhile. */
export class IdleSource extends CountingSource {
  run: string;

  constructor(run: string) {
    super();
    this.run = run;
  }

  override advance(stride: Stride): Stop {
    if (this.run === "1") return super.advance(stride);
    this.timeMillis += 100;
    return "done";
  }

  override snapshot(): Snapshot {
    const seen = super.snapshot();
    return { ...seen, knobs: { ...seen.knobs, run: this.run } };
  }
}
