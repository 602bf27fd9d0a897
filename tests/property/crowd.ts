/**
 * Address spaces that several threads change at once, wherever they like: what no
 * script can say, since of two threads that move memory neither can tell which
 * place the other one means. ksmd, pages that migrate and enter the swap cache,
 * and a memory block that comes and goes overtake them, in any order.
 */
import assert from "node:assert/strict";
import {
  continueBatch,
  knobNamed,
  ksmdShouldRun,
  startBatch,
  writeKnob,
} from "../../src/engine/ksm/mod.ts";
import type { Suspends } from "../../src/engine/lib/step.ts";
import {
  execMm,
  exitMm,
  forkMm,
  migratePages,
  type Mm,
  offlineBlock,
  onlineBlock,
  pteFrame,
} from "../../src/engine/mm/mod.ts";
import { checkAfterStep, checkAtRest, Machine } from "../../src/machine/mod.ts";
import {
  RandomScheduler,
  SeededRandom,
  Simulation,
} from "../../src/sim/mod.ts";
import { type Call, CALLS, PAGES, PLACES } from "./crowd_calls.ts";
import { checkNothingLeft } from "./nothing_left.ts";

const LATENCIES = {
  wakeNanos: 1,
  timerSlackNanos: 0,
  sleepingHandoffNanos: 0,
  spinningHandoffNanos: 0,
  relaxNanos: 1,
};

const SPACES_MAX = 5;
const STEPS_MAX = 300_000;

/** What an administrator writes, each as often as it stands here. */
const KNOBS: readonly (readonly [name: string, value: string])[] = [
  ...new Array(6).fill(["run", "1"]),
  ["run", "0"],
  ["run", "2"],
  ["pages_to_scan", "3"],
  ["pages_to_scan", "50"],
  ["use_zero_pages", "0"],
  ["use_zero_pages", "1"],
  ["smart_scan", "0"],
  ["smart_scan", "1"],
  ["max_page_sharing", "2"],
  ["merge_across_nodes", "0"],
  ["merge_across_nodes", "1"],
];

/** They act, and memory does not get offline: a page of it cannot be moved, as in the kernel. */
export class EndlesslyOffline extends Error {}

/** One process. */
interface Space {
  readonly mm: Mm;
  /** Threads in the middle of a call. */
  calls: number;
  /** Whether it exits, so that no thread begins another call. */
  isLeaving: boolean;
}

/** A machine whose processes have threads that do anything. */
export class Crowd {
  readonly machine: Machine;
  /** Steps of all actors so far. */
  steps = 0;
  /** Most items on KSM pages at once. */
  mostMerged = 0;

  readonly #random: SeededRandom;
  readonly #simulation: Simulation;
  readonly #spaces: Space[] = [];
  /** What threads do here: each is left out of some crowds. */
  readonly #calls: readonly Call[];
  /** Turns that may still begin. */
  #turns: number;
  #pid = 1;
  #isWatched = false;

  /** The crowd of a seed, which makes so many turns. */
  constructor(seed: number, turns: number) {
    this.#random = new SeededRandom(seed);
    this.#turns = turns;
    this.#calls = CALLS.filter((_, at) => at < 2 || this.#chance(0.7));
    this.#simulation = new Simulation({
      price: () => 1,
      latencies: LATENCIES,
      seed,
      scheduler: new RandomScheduler(seed),
      afterStep: () => this.#afterStep(),
    });
    this.#simulation.add("main");
    const nodes = 1 + this.#random.below(2);
    this.machine = new Machine({ interpreter: this.#simulation, nodes });
    const { memory } = this.machine;
    for (let i = 0; i < 3; i++) {
      const mm = memory.mms.create(this.#pid++);
      this.#join(mm);
      for (const call of CALLS.slice(0, 2)) {
        const range = { start: PLACES[0], end: PLACES[0] + PAGES };
        const place = PLACES[0];
        this.machine.run(
          call(this.machine, mm, { ...range, place }, this.#random),
        );
      }
    }
  }

  /**
   * Lets all act, then all go.
   *
   * @throws {EndlesslyOffline} Some cannot go on.
   * @throws {KernelDefect} The kernel would go wrong for good.
   */
  run(): void {
    const { ksm } = this.machine;
    const isAcross = this.machine.memory.nodes === 1;
    this.machine.run(this.#write("merge_across_nodes", isAcross ? "1" : "0"));
    this.machine.run(this.#write("run", "1"));
    for (const name of ["a", "b", "c"]) {
      this.#add(`thread ${name}`, 60, () => this.#call());
    }
    this.#add("mover", 40, () => this.#migrate());
    this.#add("swapper", 60, () => this.#swap());
    this.#add("block", 400, () => this.#plug());
    this.#add("admin", 300, () => this.#write(...this.#pick(KNOBS)));
    this.#simulation.begin(this.#simulation.add("ksmd"), () => {
      if (this.#turns <= 0) return { kind: "done" };
      return ksmdShouldRun(ksm)
        ? { kind: "work", work: this.#scan() }
        : { kind: "work", work: this.#linger(20) };
    });
    this.#isWatched = true;
    while (this.#simulation.advance(Number.MAX_SAFE_INTEGER) !== undefined);
    this.#isWatched = false;
    this.#end();
  }

  #end(): void {
    const { memory } = this.machine;
    const { frames } = memory;
    for (const frame of [...frames.each()]) {
      if (frames.swapCache[frame] === 0) continue;
      frames.swapCache[frame] = 0;
      frames.put(frame);
    }
    checkAtRest(this.machine);
    for (const { mm } of this.#spaces) this.machine.run(exitMm(memory, mm));
    for (const value of ["0", "2"]) {
      this.machine.run(this.#write("run", value));
    }
    checkAtRest(this.machine);
    checkNothingLeft(this.machine);
  }

  #afterStep(): void {
    if (!this.#isWatched) return;
    if (++this.steps === STEPS_MAX) {
      assert.ok(this.machine.ksm.knobs.offlining, "They never end");
      throw new EndlesslyOffline();
    }
    if (this.steps % 4 === 0) checkAfterStep(this.machine);
    const { pagesShared, pagesSharing } = this.machine.ksm;
    this.mostMerged = Math.max(this.mostMerged, pagesShared + pagesSharing);
  }

  /** An actor that does something again and again, after a while each time. */
  #add(name: string, pause: number, turn: () => Suspends<unknown>): void {
    const work = function* (crowd: Crowd): Suspends<void> {
      yield* crowd.#linger(pause);
      yield* turn();
    };
    this.#simulation.begin(this.#simulation.add(name), () => {
      if (this.#turns-- <= 0) return { kind: "done" };
      return { kind: "work", work: work(this) };
    });
  }

  /** Lets others go on for up to so many steps. */
  *#linger(most: number): Suspends<void> {
    const { steps } = this.machine.memory;
    for (let left = 1 + this.#random.below(most); left > 0; left--) {
      if (steps.reschedule("crowd:linger")) yield steps.stop;
    }
  }

  #join(mm: Mm): void {
    this.#spaces.push({ mm, calls: 0, isLeaving: false });
  }

  #leave(space: Space): void {
    this.#spaces.splice(this.#spaces.indexOf(space), 1);
  }

  /** One call of a thread of some process. */
  *#call(): Suspends<void> {
    const staying = this.#spaces.filter(({ isLeaving }) => !isLeaving);
    if (staying.length === 0) return;
    const space = this.#pick(staying);
    const { memory } = this.machine;
    if (this.#chance(0.05)) {
      if (space.calls > 0 || staying.length === 1) return;
      space.isLeaving = true;
      if (this.#chance(0.5)) this.#join(yield* execMm(memory, space.mm));
      else yield* exitMm(memory, space.mm);
      return this.#leave(space);
    }
    space.calls++;
    if (this.#chance(0.08) && this.#spaces.length < SPACES_MAX) {
      this.#join(yield* forkMm(memory, space.mm, this.#pid++));
    } else {
      const place = this.#pick(PLACES);
      const start = place + this.#random.below(PAGES);
      const end = start + 1 + this.#random.below(place + PAGES - start);
      const call = this.#pick(this.#calls);
      yield* call(this.machine, space.mm, { start, end, place }, this.#random);
    }
    space.calls--;
  }

  *#scan(): Suspends<void> {
    const { ksm } = this.machine;
    const batch = yield* startBatch(ksm);
    while (!(yield* continueBatch(ksm, batch, 1)));
    yield* this.#linger(5);
  }

  *#migrate(): Suspends<void> {
    const { memory } = this.machine;
    const { frames } = memory;
    const mapped = this.#spaces.filter(({ mm }) => mm.vmas.length > 0);
    if (mapped.length === 0) return;
    const { mm } = this.#pick(mapped);
    const { start, end } = this.#pick(mm.vmas);
    const vpn = start + this.#random.below(end - start);
    const frame = pteFrame(mm.pages.get(vpn));
    if (frame === 0 || !frames.isolate(frame)) return;
    yield* migratePages(memory, [frame], this.#random.below(memory.nodes));
  }

  /** Puts a page into the swap cache, or takes one out. */
  *#swap(): Suspends<void> {
    const { frames } = this.machine.memory;
    const usable = [...frames.each()].filter((frame) =>
      frames.refcount[frame] > 0 && frames.mapcount[frame] > 0
    );
    if (usable.length === 0) return;
    const frame = this.#pick(usable);
    frames.get(frame);
    yield* frames.lock(frame, "crowd:swap");
    if (frames.swapCache[frame] === 1) {
      frames.swapCache[frame] = 0;
      frames.put(frame);
    } else if (frames.mapcount[frame] > 0) {
      frames.swapCache[frame] = 1;
      frames.get(frame);
    }
    yield* frames.unlock(frame, "crowd:swap");
    frames.put(frame);
  }

  /** Takes a memory block away, or brings it back. */
  *#plug(): Suspends<void> {
    const { memory } = this.machine;
    const block = memory.frames.blocks.find(({ movable }) => movable);
    if (block === undefined) return;
    if (block.online) yield* offlineBlock(memory, block);
    else yield* onlineBlock(memory, block);
  }

  *#write(name: string, value: string): Suspends<void> {
    const knob = knobNamed(name);
    assert.ok(knob !== undefined);
    yield* writeKnob(this.machine.ksm, knob, value);
  }

  #chance(part: number): boolean {
    return this.#random.next() < part;
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#random.below(from.length)];
  }
}
