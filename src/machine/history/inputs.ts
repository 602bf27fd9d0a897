/**
 * What a machine was told to do: strides, and knobs written from outside. The
 * same once more leads to the same state.
 *
 * @module
 */
import type { Stride } from "../stride.ts";

/** A knob that was written from outside. */
interface KnobInput {
  /** Its name in sysfs. */
  readonly knob: string;
  /** The text that was written. */
  readonly value: string;
}

/** What a machine was told. `settle`: nobody begins anything new until all are between two things. */
export type Input = Stride | KnobInput | "settle";

/** A moment of a history: so many inputs have been done, and so many ticks of the next one. */
export interface Moment {
  /** Inputs that are done. */
  readonly inputs: number;
  /** Ticks of the next one that are done. */
  readonly ticks: number;
}

/** Negative if `a` comes before `b`, 0 if they are the same. */
export function compareMoments(a: Moment, b: Moment): number {
  return a.inputs - b.inputs || a.ticks - b.ticks;
}

/** Equal inputs in a row. */
interface Run {
  /** Number of the first one. */
  readonly first: number;
  readonly input: Input;
  /** Ticks after which it ended, because things went another way from there on; to its own end where missing. */
  readonly ticks: number | undefined;
}

/** All inputs so far. Equal ones in a row take no place, and most are. */
export class Inputs {
  /** How many there are. */
  count = 0;
  #runs: Run[] = [];

  /** Adds one that has come to its end. */
  add(input: Input): void {
    const last = this.#runs.at(-1);
    if (last?.input !== input || last.ticks !== undefined) {
      this.#runs.push({ first: this.count, input, ticks: undefined });
    }
    this.count++;
  }

  /** The one of this number. */
  at(number: number): Input {
    return this.#run(number).input;
  }

  /** After how many ticks the one of this number was ended; undefined where it came to its own end. */
  ticksOf(number: number): number | undefined {
    return this.#run(number).ticks;
  }

  /** Forgets what comes after a moment. What it answers puts that back. */
  cut({ inputs, ticks }: Moment): () => void {
    const { count } = this;
    const runs = this.#runs;
    const halved = ticks > 0 ? this.at(inputs) : undefined;
    this.#runs = runs.filter(({ first }) => first < inputs);
    this.count = inputs;
    if (halved !== undefined) {
      this.#runs.push({ first: inputs, input: halved, ticks });
      this.count++;
    }
    return () => {
      this.#runs = runs;
      this.count = count;
    };
  }

  #run(number: number): Run {
    let low = 0;
    let high = this.#runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#runs[middle].first <= number) low = middle;
      else high = middle - 1;
    }
    return this.#runs[low];
  }
}
