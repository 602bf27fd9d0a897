/**
 * Random traces: a few processes that do all that a trace can say, with much
 * equal memory, while ksmd works and its knobs change.
 *
 * Every trace can be done from its first operation to its last, and its answer
 * depends on nothing but the trace: chains are pruned always or never, and the
 * advisor is switched on between two passes only.
 *
 * @module
 */
import {
  CLOCK_TAG,
  type Op,
  OpChecker,
  type Trace,
  TraceError,
} from "../../src/workload/mod.ts";
import { RefusedOp, replay } from "../../src/machine/mod.ts";
import { Dice } from "./dice.ts";
import {
  advisorKnob,
  advisorSwitch,
  firstKnobs,
  oddKnob,
  ordinaryKnob,
} from "./random_knobs.ts";
import { RandomMemory } from "./random_memory.ts";
import { type Profile, PROFILES } from "./random_profiles.ts";

/** Longer than any interval of pruning between 0 and very long, by far. */
const LONG_MILLIS = 6000;

/** A part of a pass, in which some tenths of a second more or less do not make another whole second. */
const SHORT_MILLIS = 1400;

/** A trace of a kind; equal seeds give equal traces. */
export function randomTrace(
  seed: number,
  profile: Profile = PROFILES[seed % PROFILES.length],
): Trace {
  const name = `random-${profile.name}-${seed}`;
  const ops = new Maker(new Dice(seed), profile).make();
  return traceOf(name, doable(ops));
}

/** A trace of these operations. */
export function traceOf(name: string, ops: readonly Op[]): Trace {
  const title = "random operations";
  const clock = ops.some(({ op }) => op === "sleep") ? [CLOCK_TAG] : [];
  const tags = ["fuzz", ...clock];
  return { format: "ksm-trace/1", name, title, tags, ops };
}

/** The operations without those that cannot be done where they stand. */
export function possible(ops: readonly Op[]): Op[] {
  const checker = new OpChecker("random");
  return ops.filter((op, index) => accepts(checker, op, index));
}

function accepts(checker: OpChecker, op: Op, index: number): boolean {
  try {
    checker.check(op, index);
    return true;
  } catch (error) {
    if (error instanceof TraceError) return false;
    throw error;
  }
}

/** The operations without those that cannot be done, or are beyond the model. */
export function doable(ops: readonly Op[]): Op[] {
  for (let left = possible(ops);;) {
    const refused = refusedIndex(left);
    if (refused === undefined) return left;
    left = possible(left.filter((_, index) => index !== refused));
  }
}

function refusedIndex(ops: readonly Op[]): number | undefined {
  try {
    replay(traceOf("random", ops));
  } catch (error) {
    if (error instanceof RefusedOp) return error.index;
  }
  return undefined;
}

class Maker {
  readonly #dice: Dice;
  readonly #profile: Profile;
  readonly #memory: RandomMemory;
  readonly #checker = new OpChecker("random");
  readonly #ops: Op[] = [];

  constructor(dice: Dice, profile: Profile) {
    this.#dice = dice;
    this.#profile = profile;
    this.#memory = new RandomMemory(dice, profile);
  }

  make(): Op[] {
    const dice = this.#dice;
    const { length, weights } = this.#profile;
    this.#add(this.#memory.process());
    this.#add(...firstKnobs(dice, this.#profile));
    this.#add({ op: "run", value: 1 });
    const end = dice.between(length[0], length[1]);
    while (this.#ops.length < end) this.#turn(dice.weighted(weights));
    this.#add(
      { op: "run", value: 1 },
      { op: "knob", name: "pages_to_scan", value: "50" },
      { op: "scanPasses", n: 3, each: "batch", limit: 200 },
      { op: "sample", knobs: true },
    );
    return this.#ops;
  }

  /** Adds the operations that can be done. */
  #add(...ops: readonly Op[]): void {
    for (const op of ops) {
      if (!accepts(this.#checker, op, this.#ops.length)) continue;
      this.#ops.push(op);
      this.#memory.follow(op);
    }
  }

  #turn(kind: keyof Profile["weights"]): void {
    const dice = this.#dice;
    switch (kind) {
      case "run":
        this.#add({ op: "run", value: dice.pick([0, 1, 2]) });
        if (dice.percent(80)) this.#add({ op: "run", value: 1 });
        return;
      case "knob":
        return this.#add(ordinaryKnob(dice));
      case "oddKnob":
        return this.#add(...oddKnob(dice));
      case "scan":
        return this.#add(this.#scan());
      case "sample":
        return this.#add({ op: "sample", knobs: dice.percent(30) });
      case "advisor":
        return this.#advise();
      case "sleep":
        return this.#add({ op: "sleep", ms: LONG_MILLIS });
      default:
        return this.#add(...this.#memory.turn(kind));
    }
  }

  #scan(): Op {
    const dice = this.#dice;
    const { passes } = this.#profile;
    const each = dice.pick(["batch", "pass"] as const);
    return dice.percent(50)
      ? { op: "scanBatches", n: dice.between(1, 6), each }
      : { op: "scanPasses", n: dice.between(1, passes), each, limit: 60 };
  }

  /**
   * A time with the advisor on. It begins between two passes, and has nothing
   * that wakes ksmd, which would then scan on its own.
   */
  #advise(): void {
    const dice = this.#dice;
    this.#add(
      { op: "run", value: 1 },
      { op: "knob", name: "pages_to_scan", value: "5000" },
      { op: "scanPasses", n: 1, limit: 400 },
      ...advisorSwitch(dice),
    );
    const sleeps = this.#profile.weights.sleep > 0;
    for (let turns = dice.between(1, 8); turns > 0; turns--) {
      if (sleeps && dice.percent(25)) {
        this.#add({ op: "sleep", ms: SHORT_MILLIS });
      }
      switch (dice.pick(["knob", "scan", "fill", "sample"] as const)) {
        case "knob":
          this.#add(advisorKnob(dice));
          break;
        case "fill":
          this.#add(
            ...this.#memory.turn("fill").filter(({ op }) => op === "fill"),
          );
          break;
        case "scan":
          this.#add(this.#scan());
          break;
        case "sample":
          this.#add({ op: "sample", knobs: true });
      }
    }
    this.#add({ op: "knob", name: "advisor_mode", value: "none" });
  }
}
