/**
 * A simulated machine whose past can be seen again, and changed.
 *
 * @module
 */
import {
  compareMoments,
  type EventSearch,
  type Happened,
  happenedIn,
  KNOB_MEANINGS,
  type MachineHistory,
  type Moment,
  toNextEvent,
  toPreviousEvent,
} from "../machine/mod.ts";
import type { DetailAnswers, DetailKind, DetailQuestions } from "./detail.ts";
import { MachineSource } from "./machine_source.ts";
import type { BranchingSource, HistoryPlace, KnobAnswer } from "./rewind.ts";
import { recordedDetails, type SampleNotes } from "./session/session_writer.ts";
import type { Snapshot, Stop, Stride } from "./snapshot.ts";

/** Samples that are remembered at most. */
const SAMPLES_MAX = 1 << 16;

/** Is told of a timeline as it comes to be. */
export interface TimelineWatcher {
  /** A sample has been taken at the end. */
  sampled(snapshot: Snapshot, notes: SampleNotes, moment: Moment): void;
  /** All that came after a moment is forgotten. */
  branched(moment: Moment): void;
}

/** A sample: when it was taken. */
interface Mark {
  readonly moment: Moment;
  readonly timeMillis: number;
}

/**
 * A source over a machine with its history. Each snapshot that is taken at the
 * end is a sample to which one can come back; when there are 65 536 of them,
 * every second one of the older half is given up.
 *
 * In the past {@linkcode Timeline.advance} goes through what happened there, in
 * the strides of then.
 */
export class Timeline implements BranchingSource {
  readonly #history: MachineHistory;
  readonly #view: MachineSource;
  /** Oldest first. */
  #marks: Mark[] = [];
  #newestMillis: number;
  /** Whether the workload has taken a sample since the last one here. */
  #isLabelled = false;
  readonly #watcher: TimelineWatcher | undefined;

  /** Shows the machine of `history` under a title, and tells `watcher` of it. */
  constructor(
    title: string,
    history: MachineHistory,
    watcher?: TimelineWatcher,
  ) {
    this.#history = history;
    this.#watcher = watcher;
    this.#view = new MachineSource(title, history.driver);
    this.#newestMillis = this.timeMillis;
  }

  /** See {@linkcode Source}. */
  get label(): string | undefined {
    return this.#view.label;
  }

  /** See {@linkcode Source}. */
  get timeMillis(): number {
    return this.#view.timeMillis;
  }

  /** See {@linkcode Source}. */
  get fullScans(): number {
    return this.#view.fullScans;
  }

  /** See {@linkcode Source}. */
  get defect(): Error | undefined {
    return this.#history.defect;
  }

  /** See {@linkcode BranchingSource}. */
  get checkpointBytes(): number {
    return this.#history.checkpointBytes;
  }

  /** See {@linkcode BranchingSource}. */
  get isBranchable(): boolean {
    return this.#history.isBranchable;
  }

  /** See {@linkcode RewindSource}. */
  get atEnd(): boolean {
    return this.#history.atEnd;
  }

  /** See {@linkcode RewindSource}. */
  get place(): HistoryPlace {
    this.#forget();
    return {
      sample: Math.max(0, this.#markUpTo(this.#history.now)),
      samples: this.#marks.length,
      oldestMillis: this.#marks.at(0)?.timeMillis ?? this.timeMillis,
      newestMillis: this.#newestMillis,
    };
  }

  /** How often what has happened so far that one can look for. */
  get happened(): Happened {
    return happenedIn(this.#history.machine);
  }

  /** See {@linkcode Source}. */
  advance(stride: Stride): Stop {
    const isNew = this.atEnd;
    const stop = this.#history.advance(stride);
    if (isNew && stop === "sample") this.#isLabelled = true;
    this.#noteEnd();
    return stop;
  }

  /** See {@linkcode Source}; at the end it is a sample. */
  snapshot(): Snapshot {
    const snapshot = this.#view.snapshot();
    if (this.atEnd && this.#mark()) {
      const { happened } = this;
      const { now } = this.#history;
      const label = this.#isLabelled ? this.label : undefined;
      this.#isLabelled = false;
      this.#watcher?.sampled(
        snapshot,
        { happened, label, ...recordedDetails(this.#view) },
        now,
      );
    }
    return snapshot;
  }

  /** See {@linkcode Source}. */
  detail<K extends DetailKind>(
    kind: K,
    question: DetailQuestions[K],
  ): DetailAnswers[K] | undefined {
    return this.#view.detail(kind, question);
  }

  /** See {@linkcode RewindSource}. */
  back(samples: number): Snapshot {
    this.#forget();
    const { now } = this.#history;
    const at = this.#markUpTo(now);
    const isBetween = at >= 0 &&
      compareMoments(this.#marks[at].moment, now) < 0;
    return this.#toMark(at - samples + (isBetween ? 1 : 0));
  }

  /** See {@linkcode RewindSource}. */
  forward(samples: number): Snapshot {
    this.#forget();
    const to = this.#markUpTo(this.#history.now) + samples;
    return to < this.#marks.length ? this.#toMark(to) : this.toEnd();
  }

  /** See {@linkcode RewindSource}. */
  toTime(millis: number): Snapshot {
    this.#forget();
    const later = this.#marks.findIndex(({ timeMillis }) =>
      timeMillis > millis
    );
    return this.#toMark((later < 0 ? this.#marks.length : later) - 1);
  }

  /** See {@linkcode RewindSource}. */
  toEnd(): Snapshot {
    this.#history.goTo(this.#history.end);
    return this.snapshot();
  }

  /** See {@linkcode RewindSource}. */
  toNextEvent(mayGoOn: () => boolean = () => true): EventSearch {
    const found = toNextEvent(this.#history, mayGoOn);
    this.#noteEnd();
    return found;
  }

  /** See {@linkcode RewindSource}. */
  toPreviousEvent(): EventSearch {
    return toPreviousEvent(this.#history);
  }

  /** See {@linkcode BranchingSource}. */
  branch(): void {
    const { now } = this.#history;
    this.#history.branch();
    this.#cut(now);
  }

  /** See {@linkcode BranchingSource}. */
  setKnob(name: string, text: string): KnobAnswer {
    const valid = KNOB_MEANINGS.find((each) => each.name === name)?.valid;
    if (valid === undefined) {
      const names = KNOB_MEANINGS.map((each) => each.name);
      throw new RangeError(
        `Cannot write knob "${name}": the knobs are ${names.join(", ")}`,
      );
    }
    const { atEnd: wasAtEnd } = this;
    const { now: moment } = this.#history;
    const undo = this.#history.branch();
    const { errno, now } = this.#history.write(name, text);
    if (errno !== 0 && !wasAtEnd) undo();
    else this.#cut(moment);
    return { errno, now, valid };
  }

  /** Notes a sample, unless there is one of this moment; says whether it is new. */
  #mark(): boolean {
    const { now: moment } = this.#history;
    const last = this.#marks.at(-1)?.moment;
    if (last !== undefined && compareMoments(last, moment) >= 0) return false;
    this.#marks.push({ moment, timeMillis: this.timeMillis });
    if (this.#marks.length === SAMPLES_MAX) {
      this.#marks = this.#marks.filter((_, i) =>
        i % 2 === 0 || i >= SAMPLES_MAX / 2
      );
    }
    return true;
  }

  #toMark(index: number): Snapshot {
    const mark = this.#marks.at(Math.max(0, index));
    if (mark !== undefined) this.#history.goTo(mark.moment);
    return this.snapshot();
  }

  /** Number of the last sample that is not later than a moment; -1 if there is none. */
  #markUpTo(moment: Moment): number {
    return this.#marks.findLastIndex((mark) =>
      compareMoments(mark.moment, moment) <= 0
    );
  }

  /** Gives up samples to which one cannot come back any more. */
  #forget(): void {
    const { first } = this.#history;
    const isLost = ({ moment }: Mark) => compareMoments(moment, first) < 0;
    if (this.#marks.length === 0 || !isLost(this.#marks[0])) return;
    this.#marks = this.#marks.filter((mark) => !isLost(mark));
  }

  /** Gives up samples of what comes no more after a moment. */
  #cut(after: Moment): void {
    this.#marks = this.#marks.filter(({ moment }) =>
      compareMoments(moment, after) <= 0
    );
    this.#newestMillis = this.timeMillis;
    this.#watcher?.branched(after);
  }

  #noteEnd(): void {
    if (this.atEnd) this.#newestMillis = this.timeMillis;
  }
}
