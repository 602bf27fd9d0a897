/**
 * How far a live machine goes at a time.
 *
 * @module
 */
import type { Kept } from "../engine/lib/kept.ts";
import type { Live } from "./live.ts";
import type { Machine } from "./machine.ts";
import type { Stop, Stride } from "./stride.ts";

/** Virtual time after which a stride stops while ksmd rests. */
const REST_NANOS = 20e6;

/** Such times in a row after which a scan ends that ksmd, switched off or without anything to scan, does not do: a virtual minute. */
const VAIN_RESTS = 3000;

/** One stride of a live machine, from its first step to its last. */
export class LiveStride {
  readonly #machine: Machine;
  readonly #live: Live;
  readonly #stride: Stride;
  readonly #from: { turns: number; batches: number; fullScans: number };
  #limitNanos: number;
  #vainRests = 0;

  /** About to begin. */
  constructor(machine: Machine, live: Live, stride: Stride) {
    this.#machine = machine;
    this.#live = live;
    this.#stride = stride;
    this.#from = { ...live.ksmd.progress, fullScans: machine.ksm.seqnr };
    this.#limitNanos = live.nowNanos + REST_NANOS;
    live.ksmd.stopAtEachVisit(stride === "page");
  }

  /** Lets one actor go on; answers why the stride has ended, if it has. */
  advance(): Stop | undefined {
    const live = this.#live;
    const ran = live.advance(this.#limitNanos);
    if (live.takeSample()) return "sample";
    if (!live.isBusy) return "end";
    if (ran) return this.#isDone() ? "done" : undefined;
    if (!live.canGoOn) {
      live.giveUpScan();
      if (!live.canGoOn) return this.#restingStop;
      // A script that scans on for ever, though in vain, must not hold up the caller.
      return this.#stride === "end" ? undefined : "done";
    }
    this.#limitNanos += REST_NANOS;
    this.#endVainScan();
    if (this.#stride === "end" || live.isScanning) return undefined;
    return live.ksmd.sleepsMillis === undefined ? "done" : "rest";
  }

  /** How far it is. */
  keep(): Kept {
    const limitNanos = this.#limitNanos;
    const vainRests = this.#vainRests;
    const restore = () => {
      this.#limitNanos = limitNanos;
      this.#vainRests = vainRests;
    };
    return { bytes: 0, restore };
  }

  /** Threads go on, and one may start ksmd; but the script does not wait for that for ever. */
  #endVainScan(): void {
    this.#vainRests = this.#live.isScanVain ? this.#vainRests + 1 : 0;
    if (this.#vainRests < VAIN_RESTS) return;
    this.#vainRests = 0;
    this.#live.giveUpScan();
  }

  /** Nobody has anything to do, and a script that never ends has no more to say. */
  get #restingStop(): Stop {
    return this.#live.hasEnded ? "end" : "done";
  }

  #isDone(): boolean {
    const { turns, batches } = this.#live.ksmd.progress;
    switch (this.#stride) {
      case "page":
        return turns > this.#from.turns;
      case "batch":
        return batches > this.#from.batches;
      case "pass":
        return this.#machine.ksm.seqnr !== this.#from.fullScans;
      case "end":
        return false;
    }
  }
}
