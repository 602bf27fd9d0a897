/**
 * Numbers for scripts, the same in each run with the same seed.
 *
 * @module
 */
import { Splitmix64 } from "./splitmix64.ts";
import { smallU64 } from "./u64.ts";

/** A stream of random numbers. */
export class Random {
  readonly #source: Splitmix64;

  /** Equal seeds give equal streams. */
  constructor(seed: number) {
    this.#source = new Splitmix64(smallU64(seed));
  }

  /** The next number, at least 0 and below 1, with 53 random bits. */
  next(): number {
    this.#source.step();
    const high = this.#source.high >>> 5;
    const low = this.#source.low >>> 6;
    return (high * 0x400_0000 + low) / 0x20_0000_0000_0000;
  }
}
