/**
 * The box that a script works on: a Linux machine, as far as KSM is concerned.
 *
 * @module
 */
import { BoxProcess, FIRST_PID } from "./box_process.ts";
import type { NextPid, StartThread } from "./box_process.ts";
import type { NodeId } from "./numa_op.ts";
import type { BalanceOp, CompactOp, ReadStatsOp } from "./live_op.ts";
import { quote } from "./nearest.ts";
import type { Op, ScanBatchesOp, ScanPassesOp } from "./op.ts";
import type { OpQueue } from "./op_queue.ts";
import type { ScanReply } from "./op_source.ts";
import { Random } from "./random.ts";
import {
  type EveryOptions,
  randomInt,
  type ThreadBody,
  Threads,
} from "./threads.ts";

/** What a script yields: the scan that it waits for. Scripts never make one; `yield*` hands it on. */
export interface Pause {
  /** The scan. */
  readonly scan: ScanBatchesOp | ScanPassesOp;
}

/** A scan on its way; run it with `yield*`. */
export type Scan = Generator<Pause, ScanReply, ScanReply>;

/** How {@linkcode Box.scanPasses} scans. */
export interface ScanPassesOptions {
  /** Most batches to do, at least 1. */
  readonly limit?: number;
}

/** What {@linkcode Box.sample} records. */
export interface SampleOptions {
  /** Whether the knobs are recorded too. */
  readonly knobs?: boolean;
}

/**
 * A machine with no process yet, and every knob at its default.
 *
 * Calls queue operations; the machine does them when the script next scans, or
 * ends. ksmd scans only there.
 */
export class Box {
  /** The seed of this run: a whole number from 0. */
  readonly seed: number;
  readonly #queue: OpQueue;
  readonly #random: Random;
  readonly #nextPid: NextPid;
  readonly #threads: Threads;
  #switched = false;
  #live = false;

  /** @internal Scripts get their box as an argument. */
  constructor(queue: OpQueue, seed: number) {
    this.seed = seed;
    this.#queue = queue;
    this.#random = new Random(seed);
    this.#threads = new Threads(queue, seed);
    let pid = FIRST_PID;
    this.#nextPid = () => pid++;
  }

  /** Starts a process under a name that no process had before. */
  process(name: string): BoxProcess {
    this.#queue.add({ op: "proc", proc: name });
    return new BoxProcess(name, this.#queue, this.#nextPid, this.#startThread);
  }

  /** Writes a knob, by its name in sysfs. */
  knob(name: string, value: string | number): void {
    if (name === "run") this.#switched = true;
    this.#queue.add({ op: "knob", name, value: String(value) });
  }

  /**
   * Stops ksmd (0), starts it (1), or stops it and undoes all merging (2).
   *
   * A script that never called this starts ksmd with its first scan.
   */
  run(value: 0 | 1 | 2): void {
    this.#switched = true;
    this.#queue.add({ op: "run", value });
  }

  /** Lets ksmd do so many full scans; fewer when it has nothing to do, or at the limit of batches. */
  scanPasses(n: number, options: ScanPassesOptions = {}): Scan {
    const { limit } = options;
    return this.#scan({
      op: "scanPasses",
      n,
      ...(limit === undefined ? {} : { limit }),
    });
  }

  /** Lets ksmd do so many batches of `pages_to_scan` pages; fewer when it has nothing to do. */
  scanBatches(n: number): Scan {
    return this.#scan({ op: "scanBatches", n });
  }

  /** Records all counters under a name. */
  sample(label?: string, options: SampleOptions = {}): void {
    const { knobs } = options;
    this.#queue.add({
      op: "sample",
      ...(label === undefined ? {} : { label }),
      ...(knobs === undefined ? {} : { knobs }),
    });
  }

  /**
   * Lets the clock run on by so many milliseconds. In a thread, the thread
   * sleeps; in a script that is live, the script does, and all others go on.
   */
  sleep(ms: number): void {
    this.#queue.add({ op: "sleep", ms });
  }

  /**
   * Sets the NUMA node of the process that writes sysfs: `run(2)` copies shared
   * pages to it, but in regions with a node of their own.
   */
  bind(node: NodeId): void {
    this.#queue.add({ op: "bind", node });
  }

  /** Takes the movable memory of node 1 offline: what is there moves to node 0. */
  offline(node: NodeId): void {
    this.#queue.add({ op: "offline", node });
  }

  /** Brings the movable memory of node 1 online again, empty. */
  online(node: NodeId): void {
    this.#queue.add({ op: "online", node });
  }

  /**
   * From here on everything goes by the virtual clock: ksmd scans by itself, as
   * `pages_to_scan` and `sleep_millisecs` say, while the script acts and sleeps.
   * Starting a thread does the same.
   */
  live(): void {
    if (this.#live) return;
    this.#live = true;
    for (const op of this.#switchOn()) this.#queue.add(op);
    this.#queue.addTimed({ op: "live" });
  }

  /**
   * Starts a thread of the system, which has a turn every `millis` milliseconds:
   * an administrator who writes knobs, a program that moves memory.
   */
  every(
    millis: number,
    name: string,
    body: ThreadBody,
    options: EveryOptions = {},
  ): void {
    this.live();
    this.#threads.start({ name, kind: "admin" }, millis, body, options);
  }

  /** Starts a reader of all counters in sysfs and in `ksm_stat` of each process, every `millis` milliseconds. */
  reader(millis: number): void {
    this.#system("reader", millis, { op: "readStats" });
  }

  /** Starts compaction: every `millis` milliseconds so many pages, chosen by chance, move to other frames of their nodes. */
  compaction(millis: number, pages: number): void {
    this.#system("compaction", millis, { op: "compact", pages });
  }

  /**
   * Starts the NUMA balancer: every `millis` milliseconds so many pages, chosen
   * by chance, move to another node. It leaves pages alone that more than one
   * process maps, and KSM pages.
   */
  balancer(millis: number, pages: number): void {
    this.#system("balancer", millis, { op: "balance", pages });
  }

  /** Starts memory hotplug: every `millis` milliseconds the movable memory of node 1 goes offline, or comes back. */
  hotplug(millis: number): void {
    this.live();
    const thread = { name: "hotplug", kind: "hotplug" } as const;
    this.#threads.start(thread, millis, ({ number }) => {
      if (number % 2 === 0) this.offline(1);
      else this.online(1);
    }, {});
  }

  #system(
    kind: "balancer" | "compaction" | "reader",
    millis: number,
    op: BalanceOp | CompactOp | ReadStatsOp,
  ): void {
    this.live();
    if (op.op !== "readStats") requirePages(this.#queue, kind, op.pages);
    const body = () => this.#queue.addTimed(op);
    this.#threads.start({ name: kind, kind }, millis, body, {});
  }

  readonly #startThread: StartThread = (proc, millis, name, body, options) => {
    this.live();
    const thread = { name: `${proc}/${name}`, kind: "thread", proc } as const;
    this.#threads.start(thread, millis, body, options);
  };

  /** A random number, at least 0 and below 1; the same ones in each run of a seed. */
  random(): number {
    return this.#random.next();
  }

  /** A random whole number, at least 0 and below `below`, which is a whole number from 1. */
  randomInt(below: number): number {
    return randomInt(this.#queue, this.#random, below);
  }

  /** What starts ksmd, once, unless the script has said what ksmd shall do. */
  #switchOn(): Op[] {
    if (this.#switched) return [];
    this.#switched = true;
    return [{ op: "run", value: 1 }];
  }

  /** Notes that a scan is wanted, and gives the generator that does it once it is run. */
  #scan(op: ScanBatchesOp | ScanPassesOp): Scan {
    const queue = this.#queue;
    queue.announce(op.op);
    const switchOn = this.#switchOn();
    return (function* () {
      queue.begin();
      for (const each of [...switchOn, op]) queue.add(each);
      return yield { scan: op };
    })();
  }
}

function requirePages(queue: OpQueue, kind: string, pages: number): void {
  if (Number.isSafeInteger(pages) && pages >= 1) return;
  queue.refuse(
    `Cannot start ${kind} of ${quote(pages)} pages a turn: ` +
      "it must be a whole number from 1",
  );
}
