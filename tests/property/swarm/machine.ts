/** Runs one random machine, from its seed to its end. */
import assert from "node:assert/strict";
import { KernelDefect } from "../../../src/engine/lib/kernel_defect.ts";
import {
  checkAfterStep,
  checkAtRest,
  Driver,
  Machine,
  RefusedOp,
  type TimedOptions,
} from "../../../src/machine/mod.ts";
import {
  type Actor,
  RandomScheduler,
  RoundRobinScheduler,
  type Scheduler,
  SeededRandom,
} from "../../../src/sim/mod.ts";
import {
  isTimedOp,
  type Op,
  type RecordedEvent,
  type WorkloadOp,
} from "../../../src/workload/mod.ts";
import { checkNothingLeft } from "../nothing_left.ts";
import { LiveMemory } from "./live_memory.ts";
import { drawOptions, type SwarmOptions } from "./options.ts";
import { PASSES, sharedSet, sharedSetAlone, unshared } from "./shared_set.ts";
import { Turns } from "./turns.ts";

/** More steps than any machine takes that comes to an end. */
const STEPS_MAX = 3_000_000;

/** How many steps of a watched machine are checked one by one. */
const STEPS_WATCHED = 800;

/** Steps after which all memory is read. */
const STEPS_BETWEEN_READS = 2000;

/** What a machine came to. */
export interface SwarmResult {
  /** `converged`: to the end; else why the machine came to its end before. */
  readonly end: "converged" | "kernel defect" | "offline is stuck";
  /** Steps of all actors. */
  readonly steps: number;
  /** How often somebody waited for a lock. */
  readonly contentions: number;
  /** Most pages that were saved at once. */
  readonly mostSharing: number;
}

/**
 * Runs the machine of `seed`: threads that act as they like, then rest.
 *
 * @throws Whatever goes wrong: memory that reads as nobody has written it, a broken
 * invariant, a deadlock, an actor that nobody wakes, pages that do not merge.
 */
export function runSwarmMachine(seed: number): SwarmResult {
  const run = new SwarmRun(drawOptions(seed));
  let end: SwarmResult["end"] = "converged";
  try {
    run.toEnd();
  } catch (error) {
    if (error instanceof KernelDefect) end = "kernel defect";
    else if (isStuckOffline(error) || run.isEndlesslyOffline(error)) {
      end = "offline is stuck";
    } else throw error;
  }
  return { ...run.result, end };
}

function isStuckOffline(error: unknown): boolean {
  return error instanceof RefusedOp && error.message.includes("try for ever");
}

/** Somebody acts, and nobody gets on. */
class Endless extends Error {}

/** A run of one machine. */
class SwarmRun {
  readonly #options: SwarmOptions;
  readonly #machine: Machine;
  readonly #memory: LiveMemory;
  readonly #turns: Turns;
  readonly #running = new Set<string>();
  /** What each thread has still to do in its turn, after the operation at hand. */
  readonly #rest = new Map<string, Op[]>();
  /** Whether several may act at once. */
  #isLive = false;
  #steps = 0;
  #mostSharing = 0;
  #scan: RecordedEvent | undefined;

  constructor(options: SwarmOptions) {
    this.#options = options;
    const { seed, delays, nodes } = options;
    const scheduler = schedulerOf(options);
    const timed: TimedOptions = {
      seed,
      delays,
      ...(scheduler === undefined ? {} : { scheduler }),
      afterStep: (actor) => this.#afterStep(actor),
    };
    this.#machine = new Machine({ timed, nodes });
    this.#memory = new LiveMemory(this.#machine);
    const random = new SeededRandom(seed + 1);
    this.#turns = new Turns(options, this.#memory, random);
  }

  get result(): Omit<SwarmResult, "end"> {
    const { simulation } = this.#machine;
    const classes = simulation?.locks.view(simulation.now).classes ?? [];
    const contentions = classes.reduce(
      (sum, { exclusive, shared }) =>
        sum + exclusive.contentions + (shared?.contentions ?? 0),
      0,
    );
    return { steps: this.#steps, contentions, mostSharing: this.#mostSharing };
  }

  /** Whether it is memory that does not get offline, as in the kernel where a page cannot be moved, and nothing else. */
  isEndlesslyOffline(error: unknown): boolean {
    return error instanceof Endless && this.#machine.ksm.knobs.offlining;
  }

  /** Runs everything. */
  toEnd(): void {
    const ops = this.#script();
    const driver = new Driver(this.#machine, {
      name: "swarm",
      title: "swarm",
      endless: false,
      next: () => {
        if (this.#memory.isUnderway("script")) this.#memory.end("script");
        const { done, value } = ops.next();
        if (done) return undefined;
        if (!isTimedOp(value)) this.#begin("script", value);
        return value;
      },
    }, { record: (event) => this.#scan = event });
    while (driver.advance("end") !== "end");
  }

  #begin(actor: string, op: Op): void {
    if (op.op !== "scanPasses") this.#memory.begin(actor, op);
  }

  *#script(): Generator<WorkloadOp, void, void> {
    yield* this.#turns.beginning();
    yield { op: "live" };
    this.#isLive = true;
    for (const op of this.#turns.threads()) yield this.#followed(op);
    for (const op of this.#turns.movers()) yield this.#followed(op);
    while (this.#running.size > 0) yield { op: "sleep", ms: 1 };
    yield* this.#comeToRest();
    yield* this.#endAll();
  }

  /** The thread, which tells of its turns. */
  #followed(op: WorkloadOp): WorkloadOp {
    if (op.op !== "thread") return op;
    this.#running.add(op.name);
    return {
      ...op,
      turn: (number) => {
        const ops = op.turn(number);
        const rest: Op[] = [];
        for (const each of ops) if (!isTimedOp(each)) rest.push(each);
        this.#rest.set(op.name, rest);
        this.#beginNext(op.name);
        return ops.map((each) => this.#followed(each));
      },
    };
  }

  #beginNext(actor: string): void {
    const op = this.#rest.get(actor)?.shift();
    if (op !== undefined) this.#begin(actor, op);
  }

  #afterStep(actor: Actor): void {
    const memory = this.#memory;
    if (!this.#isLive) return;
    if (++this.#steps > STEPS_MAX) throw new Endless("It never ends");
    if (actor.state === "done") {
      this.#running.delete(actor.name);
      memory.forget(actor.name);
    } else if (actor.work === undefined && memory.isUnderway(actor.name)) {
      memory.end(actor.name);
      this.#beginNext(actor.name);
    }
    if (this.#options.watched && this.#steps < STEPS_WATCHED) {
      checkAfterStep(this.#machine);
      memory.check();
    } else if (this.#steps % STEPS_BETWEEN_READS === 0) memory.check();
    const { pagesSharing } = this.#machine.ksm;
    this.#mostSharing = Math.max(this.#mostSharing, pagesSharing);
  }

  *#comeToRest(): Generator<Op, void, void> {
    const { quiet, nodes } = this.#options;
    this.#checkAtRest();
    if (nodes === 2) yield { op: "online", node: 1 };
    yield knob("smart_scan", 0);
    yield knob("pages_to_scan", 1000);
    yield knob("sleep_millisecs", 1);
    if (quiet === "rewrite") yield* this.#rewrite();
    if (quiet === "unmerge") yield { op: "run", value: 2 };
    yield { op: "run", value: 1 };
    yield* this.#scanPasses(PASSES);
    yield { op: "run", value: 0 };
    this.#checkAtRest();
    if (quiet === "leave") {
      assert.deepEqual(unshared(this.#machine), []);
      assert.equal(this.#machine.counters().pagesVolatile, 0);
      return;
    }
    const alone = sharedSetAlone(this.#machine);
    assert.deepEqual(sharedSet(this.#machine), alone);
  }

  *#scanPasses(n: number): Generator<Op, void, void> {
    yield { op: "scanPasses", n };
    const { slots } = this.#machine.ksm;
    const isIdle = this.#scan?.op === "scanPasses" &&
      this.#scan.stop === "idle";
    assert.ok(!isIdle || slots.list.empty, "nobody has woken ksmd");
  }

  /** Makes every page private, by a write of what is there already. */
  *#rewrite(): Generator<Op, void, void> {
    yield { op: "run", value: 0 };
    const { memory } = this.#memory;
    for (const [proc, { regions, pages }] of memory.processes) {
      for (const [region, { base, pages: count }] of regions) {
        for (let page = 0; page < count; page++) {
          const mapped = pages.get(base + page);
          if (mapped === undefined) continue;
          if (mapped.prot !== "rw") {
            yield {
              op: "mprotect",
              proc,
              region,
              start: page,
              count: 1,
              prot: "rw",
            };
          }
          const bytes = mapped.bytes[0].toString(16).padStart(2, "0");
          yield { op: "write", proc, region, page, offset: 0, bytes };
        }
      }
    }
  }

  *#endAll(): Generator<Op, void, void> {
    for (const proc of [...this.#memory.memory.processes.keys()]) {
      yield { op: "exit", proc };
    }
    yield { op: "run", value: 1 };
    yield* this.#scanPasses(2);
    yield { op: "run", value: 0 };
    this.#checkAtRest();
    checkNothingLeft(this.#machine);
  }

  #checkAtRest(): void {
    this.#memory.check();
    const { simulation } = this.#machine;
    const inWork = simulation?.actors.filter(({ work, name }) =>
      work !== undefined && name !== "script"
    );
    if (inWork?.length === 0) checkAtRest(this.#machine);
    else checkAfterStep(this.#machine);
  }
}

function knob(name: string, value: number): Op {
  return { op: "knob", name, value: String(value) };
}

function schedulerOf({ scheduler, seed }: SwarmOptions): Scheduler | undefined {
  switch (scheduler) {
    case "timed":
      return undefined;
    case "random":
      return new RandomScheduler(seed);
    case "round robin":
      return new RoundRobinScheduler();
  }
}
