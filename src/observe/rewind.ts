/**
 * Sources with a past: what was to be seen can be looked at again.
 *
 * Each snapshot that is taken at the end is a sample, and one goes back and
 * forward from sample to sample, or from event to event. A source whose past is
 * that of a machine is a {@linkcode Timeline}: there one can also go on from the
 * past in another way. A recorded session has a past only.
 *
 * @module
 */
import type { EventSearch, Happened } from "../machine/history/mod.ts";
import type { History } from "./history.ts";
import type { Snapshot, Source } from "./snapshot.ts";

export type {
  EventSearch,
  Happened,
  Happening,
} from "../machine/history/mod.ts";
export { KNOB_MEANINGS, type KnobMeaning } from "../machine/ksm_view.ts";

/** Where one is among the samples. */
export interface HistoryPlace {
  /** Number of the sample that is seen, or of the last one before; 0 is the oldest there is. */
  readonly sample: number;
  /** How many samples there are. */
  readonly samples: number;
  /** Milliseconds of the oldest sample. */
  readonly oldestMillis: number;
  /** Milliseconds up to which things are known. */
  readonly newestMillis: number;
}

/** A source whose past can be seen again. */
export interface RewindSource extends Source {
  /** How often what has happened so far that one can look for. */
  readonly happened: Happened;
  /** Where one is. */
  readonly place: HistoryPlace;
  /** Whether one is where things go on: nothing is known of what comes next, or nothing comes. */
  readonly atEnd: boolean;
  /** Goes back by so many samples, not beyond the oldest; from between two, the first step leads to the one before. */
  back(samples: number): Snapshot;
  /** Goes forward by so many samples, not beyond the end. */
  forward(samples: number): Snapshot;
  /** Goes to the last sample that is not later than a time; to the oldest if all are. */
  toTime(millis: number): Snapshot;
  /** Goes to the end. */
  toEnd(): Snapshot;
  /**
   * Goes on to just after the next event; beyond the end, as the machine goes on.
   * Stops where it is as soon as `mayGoOn`, which is asked often, says no.
   */
  toNextEvent(mayGoOn?: () => boolean): EventSearch;
  /** Goes back to just after the last event before; where there is none, nothing has moved. */
  toPreviousEvent(): EventSearch;
}

/** A source that plays what was recorded: there is nothing that goes on, and nothing to be asked that was not recorded. */
export interface RecordedSource extends RewindSource {
  /** What graphs are drawn from: the figures of all samples, whichever of them were looked at. */
  readonly readings: History;
}

/** What a write to a knob came to. */
export interface KnobAnswer {
  /** Linux's number of the error; 0 where there was none. */
  readonly errno: number;
  /** What the knob reads now. */
  readonly now: string;
  /** What the knob takes, in words. */
  readonly valid: string;
}

/** A source whose machine can go on from the past in another way. */
export interface BranchingSource extends RewindSource {
  /** Bytes that checkpoints take. */
  readonly checkpointBytes: number;
  /** Whether things can go another way from here; not after a defect, nor in a past so long ago that what the script was asked up to there is forgotten. */
  readonly isBranchable: boolean;
  /** Forgets all that comes after what is seen now: things go on from here. Only where that {@linkcode isBranchable}. */
  branch(): void;
  /**
   * Writes a knob as a program of the machine would, and lets the machine go on
   * until the write is done: some writes wait for the end of a batch. In the past
   * that branches; but where the write is refused, nothing has changed. Only where
   * the source {@linkcode isBranchable}.
   *
   * @throws {RangeError} There is no such knob.
   */
  setKnob(name: string, text: string): KnobAnswer;
}

/** Whether a source's past can be seen again. */
export function canRewind(source: Source): source is RewindSource {
  return "toPreviousEvent" in source;
}

/** Whether a source plays what was recorded. */
export function isRecorded(source: Source): source is RecordedSource {
  return canRewind(source) && "readings" in source;
}

/** Whether a source's machine can go on from its past in another way. */
export function canBranch(source: Source): source is BranchingSource {
  return canRewind(source) && "branch" in source;
}
