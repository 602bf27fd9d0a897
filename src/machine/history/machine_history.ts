/**
 * The history of a machine.
 *
 * What a machine does follows from its state and from what it is told. So its
 * past is some states that are kept, all that it was told, and what its workload
 * answered; to see a moment again, the machine is put back to the last state
 * before and goes from there once more.
 *
 * ```
 *   inputs   | batch | batch | batch | knob | batch | batch | ...
 *   kept     #               #              #
 *   seen                 ^ from the first # one tick after the other
 * ```
 *
 * A state can be kept only while no actor is inside a function of the engine: a
 * generator cannot be copied. In all built-in workloads such moments come every few
 * virtual milliseconds. Where several threads never pause they are rare; then the
 * history makes one every half virtual second, by letting nobody begin anything
 * new until all are between two things. That is one more input, and the same
 * whenever it is done again; only a machine without a history goes on a little
 * otherwise.
 *
 * @module
 */
import { assert } from "../../engine/lib/assert.ts";
import { keepAll } from "../../engine/lib/kept.ts";
import { KernelDefect } from "../../engine/lib/kernel_defect.ts";
import {
  type KnobEvent,
  type OpSource,
  RememberedSource,
} from "../../workload/mod.ts";
import { Driver } from "../driver.ts";
import type { Machine } from "../machine.ts";
import type { Leg, Stop, Stride } from "../stride.ts";
import { type Checkpoint, Checkpoints } from "./checkpoints.ts";
import { happenedIn } from "./happened.ts";
import { compareMoments, type Input, Inputs, type Moment } from "./inputs.ts";

/** Bytes of all checkpoints together, unless told otherwise. */
const CHECKPOINT_BYTES = 256 << 20;

/** Virtual milliseconds from one checkpoint to the next, unless told otherwise. */
const INTERVAL_MILLIS = 100;

/** Virtual milliseconds without a moment for a checkpoint, after which one is made. */
const UNQUIET_MILLIS = 500;

/** Such moments are looked for so many times in the interval of checkpoints. */
const LOOKS = 10;

/** In the past checkpoints are so much further apart: on long ways they would take more time than they save, and the room of others. */
const PAST_FACTOR = 10;

/** Visits of ksmd that count as a virtual millisecond of effort, for machines whose time stands still. */
const VISITS_PER_MILLI = 500;

/** How much of a history is kept. */
export interface HistoryLimits {
  /** Bytes of all checkpoints together. */
  readonly checkpointBytes?: number;
  /** Bytes of what the workload has answered. */
  readonly answerBytes?: number;
  /** Virtual milliseconds from one checkpoint to the next, while they are small. */
  readonly intervalMillis?: number;
}

/** A workload on its way through a machine that can go back. */
export class MachineHistory {
  /** The machine, as it is at the moment that is seen. */
  readonly machine: Machine;
  /** Moves the machine; to be looked at only. */
  readonly driver: Driver;

  readonly #source: RememberedSource;
  readonly #inputs: Inputs = new Inputs();
  readonly #checkpoints: Checkpoints;
  /** Inputs that are done. */
  #done = 0;
  /** Ticks of the next one that are done. */
  #ticks = 0;
  #leg: Leg | undefined;
  #defect: KernelDefect | undefined;
  #written: KnobEvent | undefined;
  readonly #lookMillis: number;
  /** The effort at the last moment for a checkpoint that was looked at; nothing but what the machine did decides about it. */
  #quietEffort = 0;

  /** At the beginning of the workload that `open` starts. */
  constructor(
    machine: Machine,
    open: () => OpSource,
    limits: HistoryLimits = {},
  ) {
    const {
      checkpointBytes = CHECKPOINT_BYTES,
      intervalMillis = INTERVAL_MILLIS,
      ...rest
    } = limits;
    this.machine = machine;
    this.#source = new RememberedSource(open, rest);
    this.driver = new Driver(machine, this.#source);
    this.#checkpoints = new Checkpoints(checkpointBytes, intervalMillis);
    this.#lookMillis = intervalMillis / LOOKS;
    this.#keep();
  }

  /** The moment that is seen. */
  get now(): Moment {
    return { inputs: this.#done, ticks: this.#ticks };
  }

  /** The last moment that is known. */
  get end(): Moment {
    return { inputs: this.#inputs.count, ticks: 0 };
  }

  /** The first moment that one can go to. */
  get first(): Moment {
    return this.#checkpoints.first.moment;
  }

  /** Whether one is at the end. */
  get atEnd(): boolean {
    return this.#done === this.#inputs.count;
  }

  /** Why the machine cannot go on: what the modelled kernel does from here on cannot be told. */
  get defect(): KernelDefect | undefined {
    return this.#defect;
  }

  /** Bytes that the checkpoints take. */
  get checkpointBytes(): number {
    return this.#checkpoints.bytes;
  }

  /** How many checkpoints there are. */
  get checkpointCount(): number {
    return this.#checkpoints.count;
  }

  /** The checkpoint before a moment, if there is one. */
  checkpointBefore(moment: Moment): Checkpoint | undefined {
    return this.#checkpoints.before(moment);
  }

  /**
   * Moves one stride on. In the past that is the stride that was made there,
   * whatever is asked for.
   *
   * @throws {RefusedOp} The workload asks for something that is not modelled.
   */
  advance(stride: Stride): Stop {
    if (this.#defect !== undefined) return "end";
    const isNew = this.atEnd;
    if (isNew) this.#inputs.add(stride);
    const stop = this.#finish();
    if (isNew) this.#settleIfUnquiet();
    return stop;
  }

  /** Goes on a little in the past; answers why an input has ended there, if one has. */
  tick(): Stop | undefined {
    this.#leg ??= this.#begin(this.#inputs.at(this.#done));
    const stop = this.#tickOf(this.#leg);
    this.#ticks++;
    const isEnded = stop !== undefined ||
      this.#inputs.ticksOf(this.#done) === this.#ticks;
    if (isEnded) {
      // Whether it came to rest or not, the next attempt is to be much later.
      if (this.#inputs.at(this.#done) === "settle") {
        this.#quietEffort = this.#effort;
      }
      this.#leg = undefined;
      this.#done++;
      this.#ticks = 0;
    }
    if (this.#effort >= this.#quietEffort + this.#lookMillis) this.#look();
    return isEnded ? stop ?? "done" : undefined;
  }

  /** Goes to a moment that is known. */
  goTo(moment: Moment): void {
    assert(compareMoments(moment, this.end) <= 0, "The moment is not known");
    const checkpoint = this.#checkpoints.upTo(moment);
    const isAhead = compareMoments(this.now, moment) <= 0 &&
      compareMoments(this.now, checkpoint.moment) >= 0;
    if (!isAhead) this.#restore(checkpoint);
    while (compareMoments(this.now, moment) < 0) this.tick();
  }

  /** Whether things can go another way from here on. */
  get isBranchable(): boolean {
    return this.#defect === undefined && this.#source.isBranchable;
  }

  /**
   * Forgets all that comes after now: things go on from here. What it answers
   * undoes that, whatever has been done since, and leads back to this moment.
   *
   * @throws {UnrepeatableScript} The workload's script does not do the same again.
   */
  branch(): () => void {
    const { now } = this;
    const undoSource = this.#source.branch();
    const undoInputs = this.#inputs.cut(now);
    const undoCheckpoints = this.#checkpoints.cut(now);
    this.#leg = undefined;
    this.#done = this.#inputs.count;
    this.#ticks = 0;
    return () => {
      undoSource();
      undoInputs();
      undoCheckpoints();
      this.#restore(this.#checkpoints.upTo(now));
      this.goTo(now);
    };
  }

  /** Writes a knob as one more program would, at the end and where it can go on; lets the machine go on until that is done. */
  write(knob: string, value: string): KnobEvent {
    assert(this.atEnd && this.isBranchable, "The machine cannot go on");
    this.#inputs.add({ knob, value });
    this.#written = undefined;
    this.#finish();
    const written: KnobEvent | undefined = this.#written;
    assert(written !== undefined, `Knob ${knob} has not been written`);
    return written;
  }

  /** To the end of the input that is next. */
  #finish(): Stop {
    for (;;) {
      const stop = this.tick();
      if (stop !== undefined) return stop;
    }
  }

  /** Makes a moment for a checkpoint where none has come for long. */
  #settleIfUnquiet(): void {
    const isUnquiet = this.#effort >= this.#quietEffort + UNQUIET_MILLIS;
    if (!isUnquiet || this.#defect !== undefined) return;
    this.#inputs.add("settle");
    this.#finish();
  }

  #begin(input: Input): Leg {
    if (input === "settle") return this.driver.settle();
    if (typeof input === "string") return this.driver.begin(input);
    const { knob, value } = input;
    return this.driver.write({ op: "knob", name: knob, value }, (event) => {
      if (event.op === "knob") this.#written = event;
    });
  }

  /** A defect of the kernel ends everything, so that what led to it can be looked at. */
  #tickOf(leg: Leg): Stop | undefined {
    try {
      return leg.tick();
    } catch (thrown) {
      if (!(thrown instanceof KernelDefect)) throw thrown;
      this.#defect = thrown;
      return "end";
    }
  }

  #restore({ effort, kept, leg, moment, place }: Checkpoint): void {
    kept.restore();
    this.#source.goTo(place);
    this.#leg = leg;
    this.#defect = undefined;
    this.#quietEffort = effort;
    this.#done = moment.inputs;
    this.#ticks = moment.ticks;
  }

  /** Virtual milliseconds, and visits of ksmd in the place of them. */
  get #effort(): number {
    const { ksm, timeMillis } = this.machine;
    const visits = ksm.pagesScanned + ksm.pagesSkipped;
    return timeMillis + visits / VISITS_PER_MILLI;
  }

  /**
   * Keeps the state where that can be done, unless a checkpoint is near; and
   * forgets what is too long ago, which needs a state that is kept since then.
   */
  #look(): void {
    if (this.#defect !== undefined || !this.driver.isQuiet) return;
    this.#quietEffort = this.#effort;
    const { isTooLong } = this.#source;
    const isPast = this.#done < this.#inputs.count - 1;
    const due = this.#checkpoints.dueAfter(this.now, isPast ? PAST_FACTOR : 1);
    if (!isTooLong && this.#effort < due) return;
    this.#keep();
    if (!isTooLong) return;
    this.#source.forget();
    this.#checkpoints.forgetBefore(this.#source.firstAnswer);
  }

  #keep(): void {
    const leg = this.#leg;
    this.#checkpoints.add({
      moment: this.now,
      effort: this.#effort,
      happened: happenedIn(this.machine),
      place: this.#source.place,
      leg,
      kept: keepAll([
        this.driver.keep(),
        ...(leg === undefined ? [] : [leg.keep()]),
      ]),
    });
  }
}
