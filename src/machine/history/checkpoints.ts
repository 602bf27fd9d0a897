/**
 * States of a machine that are kept, from which it goes once more.
 *
 * @module
 */
import type { Kept } from "../../engine/lib/kept.ts";
import type { WorkloadPlace } from "../../workload/mod.ts";
import type { Leg } from "../stride.ts";
import type { Happened } from "./happened.ts";
import { compareMoments, type Moment } from "./inputs.ts";
import { SharedBlocks } from "./shared_blocks.ts";

/** One kept state. */
export interface Checkpoint {
  /** When it was. */
  readonly moment: Moment;
  /** How much the machine had done by then, see {@linkcode Checkpoints.dueAfter}. */
  readonly effort: number;
  /** What had happened by then. */
  readonly happened: Happened;
  /** How far the workload was. */
  readonly place: WorkloadPlace;
  /** What the machine was in the middle of. */
  readonly leg: Leg | undefined;
  /** All else. */
  readonly kept: Kept;
}

/** What is added to the interval for each byte of a checkpoint, since larger ones take longer to make. */
const INTERVAL_MILLIS_PER_BYTE = 10 / (1 << 20);

/** Effort, in virtual milliseconds, beyond which one place is as far away as another. */
const FAR_MILLIS = 20_000;

/**
 * The checkpoints of one history, in the order of time. Together they stay under
 * a number of bytes: when there are too many, one goes that is close to its
 * neighbours for its distance from where one is. So they stand close together
 * there, ever less so up to 20 seconds away, and evenly beyond: most ways are short,
 * and the longest is as short as it can be.
 */
export class Checkpoints {
  readonly #limitBytes: number;
  readonly #all: Checkpoint[] = [];
  /** What they take, but for what they share. */
  #ownBytes = 0;
  readonly #shared = new SharedBlocks();
  readonly #leastMillis: number;
  #intervalMillis: number;

  /** None yet, and never more than `limitBytes`, but for the first one. Small ones are `intervalMillis` of effort apart. */
  constructor(limitBytes: number, intervalMillis: number) {
    this.#limitBytes = limitBytes;
    this.#leastMillis = intervalMillis;
    this.#intervalMillis = intervalMillis;
  }

  /** What they take together. */
  get bytes(): number {
    return this.#ownBytes + this.#shared.bytes;
  }

  /** The first one. */
  get first(): Checkpoint {
    return this.#all[0];
  }

  /** How many there are. */
  get count(): number {
    return this.#all.length;
  }

  /** The last one that is not later than a moment. */
  upTo(moment: Moment): Checkpoint {
    return this.#all[this.#indexUpTo(moment)];
  }

  /** The last one before a moment; undefined where there is none. */
  before(moment: Moment): Checkpoint | undefined {
    const index = this.#indexUpTo(moment);
    const isSame = compareMoments(this.#all[index].moment, moment) === 0;
    return this.#all[isSame ? index - 1 : index];
  }

  /** From which effort on, in virtual milliseconds since the start, a machine that goes on from a moment is far enough from its last checkpoint: so many intervals. */
  dueAfter(moment: Moment, intervals: number): number {
    return this.upTo(moment).effort + this.#intervalMillis * intervals;
  }

  /** Adds one, and lets others go if there are too many. */
  add(checkpoint: Checkpoint): void {
    const { kept, moment, effort } = checkpoint;
    this.#intervalMillis = this.#leastMillis +
      copiedBytes(kept) * INTERVAL_MILLIS_PER_BYTE;
    const index = this.count === 0 ? 0 : this.#indexUpTo(moment) + 1;
    this.#all.splice(index, 0, checkpoint);
    this.#hold(kept);
    while (this.bytes > this.#limitBytes && this.count > 1) {
      this.#remove(this.#leastWanted(effort));
    }
  }

  /** Lets those go that are later than a moment. What it answers puts them back. */
  cut(moment: Moment): () => void {
    const all = [...this.#all];
    while (compareMoments(this.#all[this.count - 1].moment, moment) > 0) {
      this.#remove(this.count - 1);
    }
    return () => {
      for (const { kept } of all) this.#hold(kept);
      while (this.count > 0) this.#remove(this.count - 1);
      this.#all.push(...all);
    };
  }

  /** Lets those go whose workload's answers are forgotten, so that nobody can go on from there. */
  forgetBefore(answer: number): void {
    while (this.count > 1 && this.first.place.answer < answer) this.#remove(0);
  }

  /** The one that is closest to its neighbours, for its distance from where one is; never the first, which always stays. */
  #leastWanted(effort: number): number {
    const all = this.#all;
    let least = all.length - 1;
    let leastGap = Infinity;
    for (let i = 1; i < all.length - 1; i++) {
      const away = Math.min(Math.abs(all[i].effort - effort), FAR_MILLIS);
      const distance = away + this.#intervalMillis;
      const gap = (all[i + 1].effort - all[i - 1].effort) / distance;
      if (gap < leastGap) {
        least = i;
        leastGap = gap;
      }
    }
    return least;
  }

  #remove(index: number): void {
    const [{ kept: { bytes, blocks = [], held = [] } }] = this.#all.splice(
      index,
      1,
    );
    this.#ownBytes -= bytes;
    for (const each of blocks) {
      for (const block of each) this.#shared.release(block);
    }
    for (const page of held) this.#shared.release(page);
  }

  #hold({ bytes, blocks = [], held = [] }: Kept): void {
    this.#ownBytes += bytes;
    for (const each of blocks) this.#shared.share(each);
    for (const page of held) this.#shared.hold(page);
  }

  #indexUpTo(moment: Moment): number {
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (compareMoments(this.#all[middle].moment, moment) <= 0) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** How much had to be copied. */
function copiedBytes({ bytes, blocks = [] }: Kept): number {
  let copied = bytes;
  for (const each of blocks) {
    for (const { byteLength } of each) copied += byteLength;
  }
  return copied;
}
