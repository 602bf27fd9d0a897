/**
 * The edge between frames and a source: how far the source goes each frame.
 *
 * @module
 */
import {
  canBranch,
  canRewind,
  isRecorded,
  type KnobAnswer,
} from "../observe/rewind.ts";
import type { Snapshot, Source, Stop } from "../observe/snapshot.ts";
import { runText } from "./idle_words.ts";
import type { Stretch } from "./pace.ts";
import type { KeyStride, Work } from "./state.ts";
import { momentOf, type Travel, travel } from "./travel.ts";
import type { Seen } from "./update.ts";

/** Milliseconds that the source may work for one frame, so that keys are answered at once. */
export const WORK_MILLIS = 20;

/** Time on the wall that counts at most for one frame: after a stop of the process, virtual time does not leap. */
const FRAME_MILLIS_MAX = 250;

/** Virtual milliseconds without a visit of ksmd after which a full scan is not waited for any longer. */
const IDLE_MILLIS_MAX = 60_000;

/** Batches of more pages are done page by page, since one of them could hold up a frame. */
const BATCH_PAGES_MAX = 1000;

/** A stride that may take several frames, and what was counted when it began. */
interface Beginning {
  readonly stride: KeyStride;
  readonly fullScans: number;
  readonly pagesScanned: number;
}

/**
 * A source that is moved in slices of time.
 *
 * Pace: each frame owes the virtual time that has passed on the wall, times the
 * speed. A batch pays with the virtual time that it took. Where one goes page
 * by page, a page pays its part of a batch in advance, and gets it back when
 * its batch ends, so that what is owed never drifts from the source's clock.
 */
export class Live {
  readonly #source: Source;
  readonly #now: () => number;
  #snapshot: Snapshot;
  #lastFrame: number;
  #owedMillis = 0;
  #prepaidMillis = 0;
  /** How the stride that is under way began. */
  #stepFrom: Beginning | undefined;
  /** The last visit that was seen in the full scan that is being stepped over. */
  #lastVisit = { pagesScanned: -1, timeMillis: 0 };
  /** When the journey began that is under way. */
  #travelFrom: number | undefined;
  /** Whether the end of what is known is one after which nothing comes. */
  #isFinal = false;

  /** Moves `source` by a clock of milliseconds that never goes back. */
  constructor(source: Source, now: () => number) {
    this.#source = source;
    this.#now = now;
    this.#snapshot = source.snapshot();
    this.#lastFrame = now();
  }

  /** What was to be seen after the last work. */
  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /** Does one frame's work, and says what came of it; nothing where there is none to do. */
  frame(work: Work | undefined): Seen | undefined {
    const now = this.#now();
    const passedMillis = Math.min(now - this.#lastFrame, FRAME_MILLIS_MAX);
    this.#lastFrame = now;
    if (work?.kind === "step") return this.step(work.stride);
    if (work?.kind === "travel") return this.travel(work.to);
    this.#stepFrom = undefined;
    this.#travelFrom = undefined;
    if (work === undefined) {
      this.#owedMillis = 0;
      return undefined;
    }
    const pace = this.#play(passedMillis, work.speed);
    return { ...this.#seen(false), pace };
  }

  /** Does one frame's part of a stride that a key has asked for. */
  step(stride: KeyStride): Seen {
    this.#owedMillis = 0;
    this.#prepaidMillis = 0;
    const from = this.#begun(stride);
    const isOver = stride === "pass"
      ? this.#stepPass(from.fullScans)
      : this.#stepOver(stride);
    const seen = this.#seenOfStep(from, isOver);
    if (seen.stepped) this.#stepFrom = undefined;
    return seen;
  }

  /** Does one frame's part of a journey through the past. */
  travel(to: Travel): Seen {
    this.#owedMillis = 0;
    this.#prepaidMillis = 0;
    this.#stepFrom = undefined;
    const until = this.#now() + WORK_MILLIS;
    const mayGoOn = () => this.#now() < until;
    this.#travelFrom ??= this.#source.timeMillis;
    const from = this.#travelFrom;
    const { done, notice } = travel(this.#source, to, mayGoOn, from);
    if (done) this.#travelFrom = undefined;
    return this.#seen(done, notice);
  }

  /** Writes a knob, and says what came of it and what is to be seen then. */
  setKnob(knob: string, text: string): { answer: KnobAnswer; seen: Seen } {
    if (!canBranch(this.#source)) {
      throw new Error(`a write to ${knob} of a source that takes none`);
    }
    this.#owedMillis = 0;
    this.#prepaidMillis = 0;
    const answer = this.#source.setKnob(knob, text);
    if (answer.errno === 0) this.#isFinal = false;
    return { answer, seen: this.#seen(false) };
  }

  /** Whether nothing comes any more; before the end of what is known there is always something. */
  get #ended(): boolean {
    const source = this.#source;
    if (!canRewind(source)) return this.#isFinal;
    return source.atEnd && (this.#isFinal || isRecorded(source));
  }

  #seen(stepped: boolean, notice?: string): Seen {
    this.#snapshot = this.#source.snapshot();
    return {
      kind: "seen",
      snapshot: this.#snapshot,
      moment: momentOf(this.#source),
      stepped,
      ended: this.#ended,
      defect: this.#source.defect?.message,
      notice,
    };
  }

  /** Works off what a frame owes, as far as there is time, and says how far that was. */
  #play(passedMillis: number, speed: number): Stretch {
    const before = this.#source.timeMillis;
    const asked = passedMillis * speed;
    this.#owedMillis = speed === Infinity ? Infinity : this.#owedMillis + asked;
    this.#work(this.#stride(speed));
    const isBehind = this.#owedMillis > 0;
    const givenUp = isBehind && !this.#ended ? this.#owedMillis : 0;
    if (isBehind) this.#owedMillis = 0;
    const virtualMillis = speed === Infinity
      ? this.#source.timeMillis - before
      : Math.max(0, asked - givenUp);
    return { wallMillis: passedMillis, virtualMillis };
  }

  #work(stride: KeyStride): void {
    const until = this.#now() + WORK_MILLIS;
    while (this.#owedMillis > 0 && !this.#ended && this.#now() < until) {
      this.#pay(stride);
    }
  }

  /** Page by page where a batch takes long: on the wall for the user to see, or for the computer. */
  #stride(speed: number): KeyStride {
    const slow = speed < 1 || this.#batchPages > BATCH_PAGES_MAX;
    return slow ? "page" : "batch";
  }

  get #batchPages(): number {
    return Math.max(1, Number(this.#snapshot.knobs["pages_to_scan"] ?? 1));
  }

  get #batchMillis(): number {
    return Number(this.#snapshot.knobs["sleep_millisecs"] ?? 0);
  }

  /** One stride, and what it costs of the time that is owed. */
  #pay(stride: KeyStride): void {
    const before = this.#source.timeMillis;
    this.#goOn(stride);
    const took = this.#source.timeMillis - before;
    if (took > 0) {
      this.#owedMillis -= took - this.#prepaidMillis;
      this.#prepaidMillis = 0;
    } else if (stride === "page") {
      const price = this.#batchMillis / this.#batchPages;
      this.#owedMillis -= price;
      this.#prepaidMillis += price;
    }
  }

  /** Through ksmd's sleep to the end of a page's visit or of a batch; says whether it is reached. */
  #stepOver(stride: KeyStride): boolean {
    const until = this.#now() + WORK_MILLIS;
    while (this.#goOn(stride) === "rest") {
      if (this.#now() >= until) return false;
    }
    return true;
  }

  /** How a stride began; another one than before begins now. */
  #begun(stride: KeyStride): Beginning {
    if (this.#stepFrom?.stride !== stride) {
      const { counters: { pagesScanned } } = this.#snapshot;
      const { fullScans } = this.#source;
      this.#stepFrom = { stride, fullScans, pagesScanned };
      this.#lastVisit = { pagesScanned: -1, timeMillis: 0 };
    }
    return this.#stepFrom;
  }

  /** What is seen after a stride or a frame's part of it, and why no page was visited if that is so. */
  #seenOfStep(from: Beginning, isOver: boolean): Seen {
    const seen = this.#seen(isOver);
    if (!isOver) return from.stride === "pass" ? this.#seenOfPass(seen) : seen;
    const isVain = seen.snapshot.counters.pagesScanned === from.pagesScanned;
    if (!isVain || seen.ended || isRecorded(this.#source)) return seen;
    const why = runText(seen.snapshot);
    return { ...seen, notice: why && `${why}: no page visited` };
  }

  /** What is seen on the way through a full scan, which is given up where ksmd visits nothing. */
  #seenOfPass(seen: Seen): Seen {
    const { counters: { pagesScanned }, timeMillis } = seen.snapshot;
    if (pagesScanned !== this.#lastVisit.pagesScanned) {
      this.#lastVisit = { pagesScanned, timeMillis };
    }
    const idleMillis = timeMillis - this.#lastVisit.timeMillis;
    if (idleMillis < IDLE_MILLIS_MAX) return seen;
    const why = runText(seen.snapshot);
    const seconds = Math.floor(idleMillis / 1000);
    const idle = `no page visited in ${seconds} s of virtual time`;
    const notice = why === undefined ? idle : `${why}: ${idle}`;
    return { ...seen, stepped: true, notice };
  }

  /** Batch by batch to the end of a full scan; says whether it is reached. */
  #stepPass(fromScans: number): boolean {
    const stride = this.#stride(1);
    const until = this.#now() + WORK_MILLIS;
    while (this.#source.fullScans === fromScans && !this.#ended) {
      if (this.#now() >= until) return false;
      this.#goOn(stride);
    }
    return true;
  }

  #goOn(stride: KeyStride): Stop {
    const stop = this.#source.advance(stride);
    if (stop === "end") this.#isFinal = true;
    return stop;
  }
}
