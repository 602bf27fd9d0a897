/**
 * A knob that is written from outside, while a workload runs.
 *
 * @module
 */
import type { Kept } from "../engine/lib/kept.ts";
import type { KnobOp, RecordedEvent } from "../workload/mod.ts";
import type { Live } from "./live.ts";
import type { Machine } from "./machine.ts";
import { performOp } from "./ops.ts";
import type { Leg, Stop } from "./stride.ts";

/** What a write asks its driver. */
export interface KnobWriteHost {
  /** Gets the event of the write when it is done. */
  done(event: RecordedEvent): void;
  /** Ends the batch that is under way while script and ksmd take turns. */
  endBatch(): void;
}

/**
 * One write, from the beginning to its end. While script and ksmd take turns, it
 * comes after the present batch; in a live machine it is an actor of its own,
 * which may wait for ksmd.
 */
export class KnobWrite implements Leg {
  readonly #machine: Machine;
  readonly #live: Live | undefined;
  readonly #op: KnobOp;
  readonly #host: KnobWriteHost;
  #hasBegun = false;
  #isDone = false;

  /** About to begin. */
  constructor(
    machine: Machine,
    live: Live | undefined,
    op: KnobOp,
    host: KnobWriteHost,
  ) {
    this.#machine = machine;
    this.#live = live;
    this.#op = op;
    this.#host = host;
  }

  /** See {@linkcode Leg}. */
  tick(): Stop | undefined {
    if (this.#live === undefined) this.#writeBetween();
    else this.#goOn(this.#live);
    return this.#isDone ? "done" : undefined;
  }

  /** See {@linkcode Leg}. */
  keep(): Kept {
    const hasBegun = this.#hasBegun;
    const isDone = this.#isDone;
    const restore = () => {
      this.#hasBegun = hasBegun;
      this.#isDone = isDone;
    };
    return { bytes: 0, restore };
  }

  #writeBetween(): void {
    this.#host.endBatch();
    const machine = this.#machine;
    const event = machine.run(performOp(machine, this.#op, 0));
    if (event !== undefined) this.#end(event);
  }

  #goOn(live: Live): void {
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      live.write(this.#op, (event) => this.#end(event));
    }
    live.advance(Infinity);
  }

  #end(event: RecordedEvent): void {
    this.#isDone = true;
    this.#host.done(event);
  }
}
