/**
 * Locks as one would write them without a thought of speed: lists of who holds
 * and who waits, and a list of all that was counted.
 *
 * @module
 */
import type { Lock, LockMode } from "../../src/engine/lib/lock.ts";
import type { LockFigures, LockPoint } from "../../src/sim/mod.ts";

/** An actor at a lock, who holds it or waits for it since a moment. */
interface Stay {
  readonly actor: number;
  readonly mode: LockMode;
  readonly site: string;
  readonly since: number;
}

/** Something that lock_stat counts. */
interface Counted {
  readonly what: "wait" | "hold" | "con-bounce" | "acq-bounce";
  readonly lock: Lock;
  readonly mode: LockMode;
  readonly site: string;
  readonly nanos: number;
  /** Whether somebody had waited for the lock by then. */
  readonly waitedFor: boolean;
}

/** One lock. */
interface NaiveLock {
  readonly lock: Lock;
  holders: Stay[];
  queue: Stay[];
  lastTaker: number | undefined;
  waitedFor: boolean;
}

/** A slow twin of the lock table. */
export class NaiveLocks {
  /** All that was counted. */
  readonly counted: Counted[] = [];
  /** Class, place where a wait began, and that of the holder, of each contention. */
  readonly contentions: {
    readonly lock: Lock;
    readonly site: string;
    readonly holder: string;
  }[] = [];
  readonly #locks: NaiveLock[];
  readonly #handoffNanos: (lock: Lock) => number;

  /** All are free. */
  constructor(locks: readonly Lock[], handoffNanos: (lock: Lock) => number) {
    this.#locks = locks.map((lock) => ({
      lock,
      holders: [],
      queue: [],
      lastTaker: undefined,
      waitedFor: false,
    }));
    this.#handoffNanos = handoffNanos;
  }

  /** Who holds the lock. */
  holders(lock: Lock): readonly Stay[] {
    return this.#of(lock).holders;
  }

  /** Who waits for it. */
  queue(lock: Lock): readonly Stay[] {
    return this.#of(lock).queue;
  }

  /** Whether somebody has ever waited for it. */
  wasWaitedFor(lock: Lock): boolean {
    return this.#of(lock).waitedFor;
  }

  /** Whether the actor waits for any. */
  isWaiting(actor: number): boolean {
    return this.#locks.some(({ queue }) =>
      queue.some((stay) => stay.actor === actor)
    );
  }

  /** Takes the lock if it needs no wait. */
  take(lock: Lock, stay: Stay): boolean {
    const naive = this.#of(lock);
    const { holders, queue } = naive;
    const joinsReaders = stay.mode === "shared" && queue.length === 0 &&
      holders.every(({ mode }) => mode === "shared");
    if (holders.length > 0 && !joinsReaders) return false;
    this.#hold(naive, stay);
    return true;
  }

  /** Whether the actor would wait for itself if it waited for the lock. */
  wouldDeadlock(actor: number, lock: Lock): boolean {
    const seen = new Set<number>();
    const reach = (wanted: NaiveLock): void => {
      for (const holder of wanted.holders) {
        if (seen.has(holder.actor)) continue;
        seen.add(holder.actor);
        this.#locks.filter(({ queue }) =>
          queue.some((stay) => stay.actor === holder.actor)
        ).forEach(reach);
      }
    };
    reach(this.#of(lock));
    return seen.has(actor);
  }

  /** Waits for the lock. */
  enqueue(lock: Lock, stay: Stay): void {
    const naive = this.#of(lock);
    naive.waitedFor = true;
    if (naive.lastTaker !== stay.actor) this.#count(naive, "con-bounce", stay);
    const byTime = naive.holders.toSorted((a, b) =>
      a.since - b.since || a.actor - b.actor
    );
    const holder = byTime[byTime.length - 1].site;
    this.contentions.push({ lock, site: stay.site, holder });
    naive.queue.push(stay);
  }

  /** Lets the lock go; answers who gets it, and from when on. */
  release(lock: Lock, actor: number, now: number): [number[], number] {
    const naive = this.#of(lock);
    const held = naive.holders.filter((stay) => stay.actor === actor);
    for (const stay of held) this.#count(naive, "hold", stay, now - stay.since);
    naive.holders = naive.holders.filter((stay) => stay.actor !== actor);
    const since = now + this.#handoffNanos(lock);
    if (naive.holders.length > 0 || naive.queue.length === 0) {
      return [[], since];
    }
    const [first] = naive.queue;
    const next = first.mode === "exclusive"
      ? [first]
      : naive.queue.filter(({ mode }) => mode === "shared");
    naive.queue = naive.queue.filter((stay) => !next.includes(stay));
    for (const stay of next) {
      this.#count(naive, "wait", stay, since - stay.since);
      this.#hold(naive, { ...stay, since });
    }
    return [next.map((stay) => stay.actor), since];
  }

  #hold(naive: NaiveLock, stay: Stay): void {
    naive.holders.push(stay);
    const { lastTaker } = naive;
    naive.lastTaker = stay.actor;
    if (lastTaker !== undefined && lastTaker !== stay.actor) {
      this.#count(naive, "acq-bounce", stay);
    }
  }

  #count(
    { lock, waitedFor }: NaiveLock,
    what: Counted["what"],
    { mode, site }: Stay,
    nanos = 0,
  ): void {
    this.counted.push({ what, lock, mode, site, nanos, waitedFor });
  }

  #of(wanted: Lock): NaiveLock {
    const found = this.#locks.find(({ lock }) => lock === wanted);
    if (found === undefined) throw new Error("no such lock");
    return found;
  }
}

/** The columns of lock_stat for what was counted. */
export function figuresOf(counted: readonly Counted[]): LockFigures {
  const times = (wanted: Counted["what"]): number[] =>
    counted.filter(({ what }) => what === wanted).map(({ nanos }) => nanos);
  const sum = (nanos: number[]): number => nanos.reduce((a, b) => a + b, 0);
  const least = (nanos: number[]): number =>
    nanos.length === 0 ? 0 : Math.min(...nanos);
  const waits = times("wait");
  const holds = times("hold");
  return {
    conBounces: times("con-bounce").length,
    contentions: waits.length,
    waitMinNanos: least(waits),
    waitMaxNanos: Math.max(0, ...waits),
    waitTotalNanos: sum(waits),
    acqBounces: times("acq-bounce").length,
    acquisitions: holds.length,
    holdMinNanos: least(holds),
    holdMaxNanos: Math.max(0, ...holds),
    holdTotalNanos: sum(holds),
  };
}

/** The first four places, each with how often it occurs; most frequent first. */
export function pointsOf(sites: readonly string[]): LockPoint[] {
  const points = [...new Set(sites)].slice(0, 4).map((site) => ({
    site,
    count: sites.filter((other) => other === site).length,
  }));
  return points.sort((a, b) => b.count - a.count);
}
