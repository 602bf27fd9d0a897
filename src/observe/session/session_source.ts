/**
 * A recorded session as a source.
 *
 * @module
 */
import { happeningBetween } from "../../machine/history/mod.ts";
import type { DetailAnswers, DetailKind, DetailQuestions } from "../detail.ts";
import type {
  EventSearch,
  Happened,
  Happening,
  HistoryPlace,
  RecordedSource,
} from "../rewind.ts";
import { type History, historyOf } from "../history.ts";
import type { Snapshot, Stop, Stride } from "../snapshot.ts";
import type { Session } from "./session_reader.ts";
import { matrixOf } from "./sharing_record.ts";
import { treesOf } from "./trees_record.ts";
import type { SessionSample } from "./snapshot_codec.ts";

/**
 * Plays a session, from its first sample on. There is nothing between two
 * samples: page and batch lead to the next one, and an event is found at the
 * first sample that has it.
 */
export class SessionSource implements RecordedSource {
  /** See {@linkcode Source}. A session has none: it ends where the machine did. */
  readonly defect: undefined = undefined;
  /** See {@linkcode RecordedSource}. */
  readonly readings: History;
  readonly #session: Session;
  #at = 0;
  /** The sample at which one is, as it was seen last: the same for as long as one stays there. */
  #seen: { readonly at: number; readonly snapshot: Snapshot } | undefined;

  /** At the first sample of `session`. */
  constructor(session: Session) {
    this.#session = session;
    this.readings = readingsOf(session);
  }

  /** See {@linkcode Source}. */
  get label(): string | undefined {
    const { samples } = this.#session;
    return samples.findLast(({ label }, i) =>
      i <= this.#at && label !== undefined
    )?.label;
  }

  /** See {@linkcode Source}. */
  get timeMillis(): number {
    return this.#sample.timeMillis;
  }

  /** See {@linkcode Source}. */
  get fullScans(): number {
    return this.#sample.counters.fullScans;
  }

  /** See {@linkcode RewindSource}. */
  get happened(): Happened {
    return this.#sample.happened;
  }

  /** See {@linkcode RewindSource}. */
  get atEnd(): boolean {
    return this.#at === this.#last;
  }

  /** See {@linkcode RewindSource}. */
  get place(): HistoryPlace {
    const { samples } = this.#session;
    return {
      sample: this.#at,
      samples: samples.length,
      oldestMillis: samples[0].timeMillis,
      newestMillis: samples[this.#last].timeMillis,
    };
  }

  /** See {@linkcode Source}. */
  advance(stride: Stride): Stop {
    const { fullScans } = this;
    do {
      if (this.atEnd) return "end";
      this.#at++;
    } while (
      stride === "end" || (stride === "pass" && this.fullScans === fullScans)
    );
    return "done";
  }

  /** See {@linkcode Source}. */
  snapshot(): Snapshot {
    if (this.#seen?.at !== this.#at) {
      const snapshot = snapshotOf(this.#session, this.#sample);
      this.#seen = { at: this.#at, snapshot };
    }
    return this.#seen.snapshot;
  }

  /** See {@linkcode Source}: what was recorded is known, and no more. */
  detail<K extends DetailKind>(
    kind: K,
    question: DetailQuestions[K],
  ): DetailAnswers[K] | undefined {
    return ANSWERS[kind]?.(this.#sample, question);
  }

  /** See {@linkcode RewindSource}. */
  back(samples: number): Snapshot {
    return this.#goTo(this.#at - samples);
  }

  /** See {@linkcode RewindSource}. */
  forward(samples: number): Snapshot {
    return this.#goTo(this.#at + samples);
  }

  /** See {@linkcode RewindSource}. */
  toTime(millis: number): Snapshot {
    const { samples } = this.#session;
    return this.#goTo(
      samples.findLastIndex(({ timeMillis }) => timeMillis <= millis),
    );
  }

  /** See {@linkcode RewindSource}. */
  toEnd(): Snapshot {
    return this.#goTo(this.#last);
  }

  /** See {@linkcode RewindSource}. */
  toNextEvent(): EventSearch {
    for (let to = this.#at + 1; to <= this.#last; to++) {
      const event = this.#eventAt(to);
      if (event !== undefined) return this.#found(event, to);
    }
    return { kind: "none" };
  }

  /** See {@linkcode RewindSource}. */
  toPreviousEvent(): EventSearch {
    for (let to = this.#at - 1; to > 0; to--) {
      const event = this.#eventAt(to);
      if (event !== undefined) return this.#found(event, to);
    }
    return { kind: "none" };
  }

  get #sample(): SessionSample {
    return this.#session.samples[this.#at];
  }

  get #last(): number {
    return this.#session.samples.length - 1;
  }

  #goTo(at: number): Snapshot {
    this.#at = Math.max(0, Math.min(this.#last, at));
    return this.snapshot();
  }

  /** What has happened between a sample and the one before. */
  #eventAt(at: number): Happening | undefined {
    const { samples } = this.#session;
    return happeningBetween(samples[at - 1].happened, samples[at].happened);
  }

  #found(event: Happening, at: number): EventSearch {
    this.#at = at;
    return { kind: "found", event };
  }
}

/** The questions that are answered by what was recorded. */
const ANSWERS: {
  readonly [K in DetailKind]?: (
    sample: SessionSample,
    question: DetailQuestions[K],
  ) => DetailAnswers[K] | undefined;
} = {
  trees: ({ trees }, { levels }) => trees && treesOf(trees, levels),
  sharing: ({ sharing, processes }) => sharing && matrixOf(sharing, processes),
};

/** A sample as it was seen. */
function snapshotOf({ header }: Session, recorded: SessionSample): Snapshot {
  const { title, model, pageBytes } = header;
  const { happened: _, label: __, trees: ___, sharing: ____, ...sample } =
    recorded;
  return { title, model, pageBytes, ...sample };
}

/** The figures of all samples. */
function readingsOf(session: Session): History {
  return historyOf(
    session.samples.map((sample) => snapshotOf(session, sample)),
  );
}
