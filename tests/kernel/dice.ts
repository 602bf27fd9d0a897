/**
 * Random choices, the same in each run with the same seed.
 *
 * @module
 */
import { Random } from "../../src/workload/random.ts";

/** Draws numbers and things. */
export class Dice {
  readonly #random: Random;

  /** Equal seeds give equal draws. */
  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  /** A whole number from 0 on, below `end`. */
  below(end: number): number {
    return Math.floor(this.#random.next() * end);
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** True so many times out of a hundred. */
  percent(share: number): boolean {
    return this.below(100) < share;
  }

  /** One of a list that is not empty. */
  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)];
  }

  /** One of the names, each as often as its weight says. */
  weighted<Name extends string>(
    weights: Readonly<Record<Name, number>>,
  ): Name {
    const names = Object.keys(weights) as Name[];
    const sum = names.reduce((all, name) => all + weights[name], 0);
    let left = this.below(sum);
    const drawn = names.find((name) => (left -= weights[name]) < 0);
    return drawn ?? names[0];
  }
}
