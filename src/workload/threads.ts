/**
 * Threads, as scripts see them.
 *
 * @module
 */
import type { ThreadKind, WorkloadOp } from "./live_op.ts";
import { quote } from "./nearest.ts";
import type { OpQueue } from "./op_queue.ts";
import { Random } from "./random.ts";
import { scriptError } from "./script_error.ts";

/** One turn of a thread. */
export interface ThreadTurn {
  /** Its number, from 0. */
  readonly number: number;
  /** A random number, at least 0 and below 1; the same ones in the same turn of each run of a seed. */
  random(): number;
  /** A random whole number, at least 0 and below `below`, which is a whole number from 1. */
  randomInt(below: number): number;
}

/**
 * What a thread does in one turn: the calls that it makes on processes, regions
 * and the box. Called anew for each turn; what it decides must follow from the
 * turn alone, so that a run can be repeated.
 */
export type ThreadBody = (turn: ThreadTurn) => void;

/** How {@linkcode Box.every} starts a thread. */
export interface EveryOptions {
  /** How many turns it has; without end when missing. */
  readonly times?: number;
}

/** The longest pause between two turns, in milliseconds: a day. */
const PAUSE_MAX = 86_400_000;

/** Seeds that differ for the turns of threads: as many as leave a turn's own seed a safe integer. */
const SEEDS = 1_000_000_007;

/** Starts threads of one script. */
export class Threads {
  readonly #queue: OpQueue;
  readonly #seed: number;
  readonly #names = new Set<string>();

  /** For a script with this seed, whose operations go to `queue`. */
  constructor(queue: OpQueue, seed: number) {
    this.#queue = queue;
    this.#seed = seed;
  }

  /** Starts one that has a turn every `millis` milliseconds. */
  start(
    thread: { name: string; kind: ThreadKind; proc?: string },
    millis: number,
    body: ThreadBody,
    { times }: EveryOptions,
  ): void {
    const queue = this.#queue;
    const { name } = thread;
    const refuse = (problem: string): never =>
      queue.refuse(`Cannot start thread ${quote(name)}: ${problem}`);
    if (this.#names.has(name)) refuse("another thread has that name");
    if (!(millis >= 0 && millis <= PAUSE_MAX)) {
      refuse(
        `its pause is ${quote(millis)}: ` +
          `it must be a number of milliseconds from 0 to ${PAUSE_MAX}`,
      );
    }
    if (times !== undefined && !(Number.isSafeInteger(times) && times >= 1)) {
      refuse(`its turns are ${quote(times)}: it must be a whole number from 1`);
    }
    if (typeof body !== "function") {
      refuse(`it does ${quote(body)}: it must be a function (turn) => {...}`);
    }
    const index = this.#names.size;
    this.#names.add(name);
    queue.addTimed({
      op: "thread",
      ...thread,
      everyMillis: millis,
      ...(times === undefined ? {} : { times }),
      turn: (number) => {
        // Another thread may have asked for the exit, which is on its way.
        const { proc } = thread;
        if (proc !== undefined && queue.hasExited(proc)) return [];
        return this.#turn(index, number, body);
      },
    });
  }

  #turn(
    index: number,
    number: number,
    body: ThreadBody,
  ): readonly WorkloadOp[] {
    const queue = this.#queue;
    const random = new Random(
      (this.#seed % SEEDS) * 1_000_003 + index * 8_191 + number,
    );
    try {
      return queue.collect(() =>
        body({
          number,
          random: () => random.next(),
          randomInt: (below) => randomInt(queue, random, below),
        })
      );
    } catch (thrown) {
      throw scriptError(thrown, queue.name, queue.count);
    }
  }
}

/** A random whole number, at least 0 and below `below`. */
export function randomInt(
  queue: OpQueue,
  random: Random,
  below: number,
): number {
  if (!Number.isSafeInteger(below) || below < 1) {
    queue.refuse(
      `Cannot take a random number below ${quote(below)}: ` +
        "it must be a whole number from 1",
    );
  }
  return Math.floor(random.next() * below);
}
