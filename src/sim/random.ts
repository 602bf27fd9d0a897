/**
 * Random numbers from a seed.
 *
 * @module
 */

/**
 * A stream of random numbers: the same seed gives the same ones. Its state is
 * one number, so that it can be kept and set again.
 */
export class SeededRandom {
  /** Where the stream is. */
  state: number;

  /** At the start of the stream of `seed`, a whole number from 0; all its bits count. */
  constructor(seed: number) {
    this.state = (seed ^ Math.imul(seed / 2 ** 32, 0x21f0aaad)) >>> 0;
  }

  /** A whole number, at least 0 and below `bound`. */
  below(bound: number): number {
    return Math.floor(this.next() * bound);
  }

  /** A number, at least 0 and below 1. A Weyl sequence, scrambled by multiplying and shifting. */
  next(): number {
    this.state = (this.state + 0x9e3779b9) >>> 0;
    let bits = this.state;
    bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
    bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
    return ((bits ^ (bits >>> 15)) >>> 0) / 2 ** 32;
  }
}
