/**
 * A machine that goes by the virtual clock: ksmd, the script, and its threads,
 * each an actor.
 *
 * @module
 */
import { assert } from "../engine/lib/assert.ts";
import { keepAll, keepList, type Kept } from "../engine/lib/kept.ts";
import type { Suspends } from "../engine/lib/step.ts";
import type { Actor, Simulation, Turn } from "../sim/mod.ts";
import type {
  KnobOp,
  Op,
  OpSource,
  RecordedEvent,
  ThreadOp,
  WorkloadOp,
} from "../workload/mod.ts";
import type { ActorView } from "./actor_view.ts";
import { KsmdThread } from "./ksmd_thread.ts";
import type { Machine } from "./machine.ts";
import { opText } from "./op_text.ts";
import { type InstantOp, performOp, type ScanOp } from "./ops.ts";
import { ProcessCalls } from "./process_calls.ts";
import { balance, compact } from "./page_movers.ts";
import { readStats } from "./read_stats.ts";
import { RefusedOp } from "./refused_op.ts";
import { ksmdOf, scriptOf } from "./timed.ts";
import { WorkloadThread } from "./workload_thread.ts";

/** What the script waits for while it scans. */
interface ScanWait {
  readonly op: ScanOp;
  readonly fromBatches: number;
  readonly fromScans: number;
}

/** What the driver is told of a script that goes by the clock. */
export interface LiveEvents {
  /** The script goes on to its next operation; answers its index. */
  next(): number;
  /** The script takes a sample. */
  sample(op: Extract<Op, { op: "sample" }>): void;
  /** A scan of the script has ended; `idle`: because ksmd has nothing to do, nor has anybody else. */
  scanned(op: ScanOp, batches: number, passes: number, idle: boolean): void;
  /** An operation of the script that has an answer has ended. */
  performed(event: RecordedEvent): void;
}

/** The actors of one machine, and how far they are. */
export class Live {
  /** ksmd. */
  readonly ksmd: KsmdThread;
  /** Whether the script has ended. */
  hasEnded = false;

  readonly #machine: Machine;
  readonly #simulation: Simulation;
  readonly #source: OpSource;
  readonly #events: LiveEvents;
  readonly #ksmdActor: Actor;
  readonly #scriptActor: Actor;
  readonly #threads: {
    readonly actor: Actor;
    readonly thread: WorkloadThread;
  }[] = [];
  readonly #calls: ProcessCalls;
  #scan: ScanWait | undefined;
  #hasSample = false;
  #doing: WorkloadOp | undefined;

  /** From now on `machine` goes by the clock of `simulation`, and the script by `source`. */
  constructor(
    machine: Machine,
    simulation: Simulation,
    source: OpSource,
    events: LiveEvents,
  ) {
    this.#machine = machine;
    this.#simulation = simulation;
    this.#source = source;
    this.#events = events;
    this.ksmd = new KsmdThread(machine);
    this.#calls = new ProcessCalls(machine);
    this.#ksmdActor = ksmdOf(simulation);
    this.#scriptActor = scriptOf(simulation);
    machine.clock.goLive(simulation, this.#ksmdActor);
    simulation.begin(this.#ksmdActor, () => this.ksmd.next());
    simulation.begin(this.#scriptActor, () => this.#scriptTurn());
  }

  /** Lets the next actor go on, but nobody beyond `limitNanos`. Says whether anybody could. */
  advance(limitNanos: number): boolean {
    return this.#hasGoneOn(this.#simulation.advance(limitNanos));
  }

  /** Lets the next actor go on that is in the middle of something; see {@linkcode Simulation.settle}. */
  settle(): boolean {
    return this.#hasGoneOn(this.#simulation.settle());
  }

  #hasGoneOn(actor: Actor | undefined): boolean {
    if (actor === undefined) return false;
    const { work, state } = actor;
    if (state === "done") this.#forget(actor);
    else if (work === undefined && state === "ready") this.#afterTurn(actor);
    return true;
  }

  /** Whether anybody but endless threads has anything left to do; always so in a workload that never ends. */
  get isBusy(): boolean {
    return !this.hasEnded || this.#source.endless || this.hasFiniteThreads;
  }

  /** Whether a thread goes on. */
  get hasThreads(): boolean {
    return this.#threads.length > 0;
  }

  /** Whether a thread goes on that will end by itself. */
  get hasFiniteThreads(): boolean {
    return this.#threads.some(({ thread }) => thread.op.times !== undefined);
  }

  /** Whether anybody has anything to do, now or later. */
  get canGoOn(): boolean {
    return this.#simulation.actors.some(({ state }) =>
      state === "ready" || state === "sleeping"
    );
  }

  /** Whether ksmd is in the middle of a batch. */
  get isScanning(): boolean {
    return this.ksmd.batch !== undefined;
  }

  /** The virtual time in nanoseconds. */
  get nowNanos(): number {
    return this.#simulation.now;
  }

  /** Whether the script has taken a sample since the last call. */
  takeSample(): boolean {
    const had = this.#hasSample;
    this.#hasSample = false;
    return had;
  }

  /** Whether the script waits for a scan, and ksmd has nothing to do. */
  get isScanVain(): boolean {
    return this.#scan !== undefined && this.#ksmdActor.state === "idle";
  }

  /** Lets the script go on though its scan can never end. */
  giveUpScan(): void {
    if (this.#scan === undefined) return;
    this.#endScan(true);
    this.#simulation.wake(this.#scriptActor);
  }

  /** Starts a thread. */
  start(op: ThreadOp): void {
    const thread = new WorkloadThread(op, {
      isAlive: (proc) => this.#calls.isAlive(proc),
      turnOf: (each) => this.#turnOf(each, op.name),
      yieldCpu: () => ({ kind: "work", work: yieldCpu(this.#machine) }),
    });
    const actor = this.#simulation.add(op.name);
    this.#simulation.begin(actor, () => thread.next());
    this.#threads.push({ actor, thread });
  }

  /** Writes a knob as one more program would, and tells when that is done. */
  write(op: KnobOp, done: (event: RecordedEvent) => void): void {
    const actor = this.#simulation.add("user");
    this.#simulation.begin(actor, () => {
      // A field of the actor, so that it is put back with it.
      actor.next = () => ({ kind: "done" });
      const work = performOp(this.#machine, op, 0);
      return { kind: "work", work: reported(work, done) };
    });
  }

  /** How far the actors are, while nobody is in the middle of a computation. */
  keep(): Kept {
    const { hasEnded } = this;
    const scan = this.#scan;
    const hasSample = this.#hasSample;
    const doing = this.#doing;
    const restore = () => {
      this.hasEnded = hasEnded;
      this.#scan = scan;
      this.#hasSample = hasSample;
      this.#doing = doing;
    };
    return keepAll([
      keepList(this.#threads),
      ...this.#threads.map(({ thread }) => thread.keep()),
      this.#calls.keep(),
      this.ksmd.keep(),
      { bytes: 0, restore },
    ]);
  }

  /** What can be seen of the actors, ksmd first. */
  views(): ActorView[] {
    return [
      this.#view(this.#ksmdActor, "ksmd", this.#ksmdDoing()),
      ...(this.hasEnded ? [] : [
        this.#view(this.#scriptActor, "admin", opText(this.#doing)),
      ]),
      ...this.#threads.map(({ actor, thread }) =>
        this.#view(actor, thread.op.kind, opText(thread.doing))
      ),
    ];
  }

  #ksmdDoing(): string {
    const { knobs } = this.#machine.ksm;
    if (knobs.run !== 1) return `run is ${knobs.run}`;
    if (this.ksmd.sleepsMillis !== undefined) return "until the next batch";
    if (this.#ksmdActor.state === "idle") return "nothing to scan";
    return this.isScanning ? "scanning" : "begins a batch";
  }

  #view(
    { name, state, cpuNanos }: Actor,
    kind: ActorView["kind"],
    doing: string,
  ): ActorView {
    return {
      name,
      kind,
      state: state === "ready" ? "running" : state,
      doing,
      cpuNanos,
    };
  }

  /** What an actor's turn may have changed for those who wait for it. */
  #afterTurn(actor: Actor): void {
    const ksmd = this.#ksmdActor;
    if (actor !== ksmd && isResting(ksmd) && this.ksmd.shouldWake) {
      this.#simulation.wake(ksmd, actor.clock);
    }
    if (this.#scan !== undefined && this.#isScanned(this.#scan)) {
      this.#simulation.wake(this.#scriptActor, actor.clock);
    }
  }

  #forget(actor: Actor): void {
    const at = this.#threads.findIndex((each) => each.actor === actor);
    if (at >= 0) this.#threads.splice(at, 1);
  }

  #isScanned({ op, fromBatches, fromScans }: ScanWait): boolean {
    const batches = this.ksmd.progress.batches - fromBatches;
    if (op.op === "scanBatches") return batches >= op.n;
    // run 2 sets the count back.
    const scans = this.#machine.ksm.seqnr;
    return scans < fromScans || scans - fromScans >= op.n ||
      batches >= (op.limit ?? Infinity);
  }

  /** What the script does next. */
  #scriptTurn(): Turn {
    this.#doing = undefined;
    this.#endScan(false);
    for (;;) {
      const counters = { ...this.#machine.counters() };
      const op = this.#source.next({ counters });
      if (op === undefined) {
        this.hasEnded = true;
        // Its CPU stays its own, for what is done later as the script.
        return { kind: "idle" };
      }
      this.#doing = op;
      const turn = this.#turnOf(op, this.#events.next());
      if (turn !== undefined) return turn;
    }
  }

  #endScan(idle: boolean): void {
    if (this.#scan === undefined) return;
    const { op, fromBatches, fromScans } = this.#scan;
    this.#scan = undefined;
    this.#events.scanned(
      op,
      this.ksmd.progress.batches - fromBatches,
      Math.max(0, this.#machine.ksm.seqnr - fromScans),
      idle,
    );
  }

  /** What an operation comes to, by its index in the script or the name of its thread. */
  #turnOf(op: WorkloadOp, place: number | string): Turn | undefined {
    switch (op.op) {
      case "live":
        return undefined;
      case "thread":
        this.start(op);
        return undefined;
      case "sleep":
        return { kind: "sleep", nanos: op.ms * 1e6 };
      case "sample":
        this.#events.sample(op);
        this.#hasSample = true;
        return { kind: "work", work: nothing() };
      case "scanBatches":
      case "scanPasses":
        return this.#waitForScan(op);
      case "compact":
        return { kind: "work", work: compact(this.#machine, op.pages) };
      case "balance":
        return { kind: "work", work: balance(this.#machine, op.pages) };
      case "readStats":
        return { kind: "work", work: readStats(this.#machine) };
      default:
        return this.#call(op, place);
    }
  }

  /** Only what the script does is recorded: an operation of a thread has no index. */
  #call(op: InstantOp, place: number | string): Turn | undefined {
    const isScripts = typeof place === "number";
    const work = this.#calls.begin(op, isScripts ? place : 0);
    if (work === undefined) return undefined;
    return {
      kind: "work",
      work: isScripts
        ? reported(work, (event) => this.#events.performed(event))
        : inThread(place, work),
    };
  }

  #waitForScan(op: ScanOp): Turn | undefined {
    const wait = {
      op,
      fromBatches: this.ksmd.progress.batches,
      fromScans: this.#machine.ksm.seqnr,
    };
    if (this.#isScanned(wait)) return undefined;
    assert(this.#scan === undefined, "The script waits for two scans");
    this.#scan = wait;
    return { kind: "idle" };
  }
}

function isResting({ state }: Actor): boolean {
  return state === "idle" || state === "sleeping";
}

/** Work whose answer is told when it is done. */
function* reported(
  work: Suspends<RecordedEvent | undefined>,
  done: (event: RecordedEvent) => void,
): Suspends<void> {
  const event = yield* work;
  if (event !== undefined) done(event);
}

/** A turn that takes no time, so that others look before the next one. */
function* nothing(): Suspends<void> {}

/** Work of a thread, which names it when it is refused. */
function* inThread(name: string, work: Suspends<unknown>): Suspends<void> {
  try {
    yield* work;
  } catch (thrown) {
    throw thrown instanceof RefusedOp ? thrown.inThread(name) : thrown;
  }
}

/** A thread that goes on at once, in between two turns. */
function* yieldCpu({ memory: { steps } }: Machine): Suspends<void> {
  if (
    steps.mayInterleave && steps.spend("schedule", 1, "sched_yield:schedule")
  ) {
    yield steps.stop;
  }
}
