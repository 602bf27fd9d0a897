/**
 * The generator splitmix64, in 32-bit halves.
 *
 * @module
 */
import { mulHigh } from "./u64.ts";
import type { Halves } from "./u64.ts";

/** Added to the state at each step: 0x9E3779B97F4A7C15. */
const GAMMA_LOW = 0x7f4a7c15;
const GAMMA_HIGH = 0x9e3779b9;
/** The first multiplier: 0xBF58476D1CE4E5B9. */
const FIRST_LOW = 0x1ce4e5b9;
const FIRST_HIGH = 0xbf58476d;
/** The second multiplier: 0x94D049BB133111EB. */
const SECOND_LOW = 0x133111eb;
const SECOND_HIGH = 0x94d049bb;

/** A sequence of 64-bit numbers, the same for the same start state. */
export class Splitmix64 {
  /** Lower half of the last number, as a signed 32-bit integer. */
  low = 0;
  /** Upper half of the last number, as a signed 32-bit integer. */
  high = 0;
  #stateLow: number;
  #stateHigh: number;

  /** Starts before the first number. */
  constructor(state: Halves) {
    this.#stateLow = state.low | 0;
    this.#stateHigh = state.high | 0;
  }

  /** Moves to the next number; read it from `low` and `high`. */
  step(): void {
    const sum = (this.#stateLow >>> 0) + GAMMA_LOW;
    const carry = sum > 0xffffffff ? 1 : 0;
    let low = this.#stateLow = sum | 0;
    let high = this.#stateHigh = (this.#stateHigh + GAMMA_HIGH + carry) | 0;

    low ^= low >>> 30 | high << 2;
    high ^= high >>> 30;
    high = (mulHigh(low, FIRST_LOW) + Math.imul(low, FIRST_HIGH) +
      Math.imul(high, FIRST_LOW)) | 0;
    low = Math.imul(low, FIRST_LOW);

    low ^= low >>> 27 | high << 5;
    high ^= high >>> 27;
    high = (mulHigh(low, SECOND_LOW) + Math.imul(low, SECOND_HIGH) +
      Math.imul(high, SECOND_LOW)) | 0;
    low = Math.imul(low, SECOND_LOW);

    this.low = low ^ (low >>> 31 | high << 1);
    this.high = high ^ high >>> 31;
  }
}
