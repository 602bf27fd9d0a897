/**
 * The history of a machine, recorded while it comes to be.
 *
 * @module
 */
import { compareMoments, type Moment } from "../../machine/history/mod.ts";
import type { Snapshot } from "../snapshot.ts";
import type { TimelineWatcher } from "../timeline.ts";
import { type SampleNotes, SessionWriter } from "./session_writer.ts";

/** Records a timeline: what is played of it is the way that things went in the end. */
export class SessionRecorder implements TimelineWatcher {
  readonly #write: (text: string) => void;
  readonly #writer: SessionWriter;
  /** When each sample was taken that still counts. */
  readonly #moments: Moment[] = [];

  /** Hands the lines of the session to `write`; `caption` is what to watch in it. */
  constructor(write: (text: string) => void, caption?: string) {
    this.#write = write;
    this.#writer = new SessionWriter(caption);
  }

  /** See {@linkcode TimelineWatcher}. */
  sampled(snapshot: Snapshot, notes: SampleNotes, moment: Moment): void {
    this.#moments.push(moment);
    this.#write(this.#writer.sample(snapshot, notes));
  }

  /** See {@linkcode TimelineWatcher}. */
  branched(moment: Moment): void {
    const moments = this.#moments;
    const { length } = moments;
    while (
      moments.length > 0 &&
      compareMoments(moments[moments.length - 1], moment) > 0
    ) moments.pop();
    if (moments.length < length) {
      this.#write(this.#writer.branch(moments.length));
    }
  }
}
