/**
 * Actors that wait for each other.
 *
 * @module
 */
import { Bug } from "../../engine/lib/assert.ts";
import { labelOf, lockOf, type LockState } from "./lock_state.ts";

/** A bug of the engine or the machine: actors wait for each other in a cycle, which the message names. */
export class Deadlock extends Bug {}

/** An actor that waits, and one who holds what it waits for. */
interface Wait {
  readonly waiter: number;
  readonly holder: number;
}

/** Throws a {@linkcode Deadlock} if the actor, which has begun to wait, waits for itself. */
export function assertNoDeadlock(
  state: LockState,
  actor: number,
  actorName: (actor: number) => string,
): void {
  const { held, queues } = state;
  const isWaitedFor = held.entries(actor).some((at) =>
    queues.has(held.keys[at])
  );
  if (!isWaitedFor) return;
  const cycle = cycleOf(state, actor);
  if (cycle.length === 0) return;
  const waits = cycle.map(({ waiter, holder }) => {
    const key = queues.of(waiter)?.key ?? 0;
    const site = state.siteOfHolder(holder, key);
    const lock = labelOf(lockOf(key));
    return `waits for ${lock} held by ${actorName(holder)} at ${site}`;
  });
  throw new Deadlock(`${actorName(actor)} ${waits.join(", which ")}`);
}

/**
 * The shortest way of waits from `actor` back to itself; empty if there is none.
 *
 * Those who are ahead of it in its queue need not be looked at: they wait for the
 * same holders.
 */
function cycleOf(state: LockState, actor: number): Wait[] {
  const cameFrom = new Map<number, number>();
  const reached = [actor];
  for (const waiter of reached) {
    const wait = state.queues.of(waiter);
    for (const holder of wait === undefined ? [] : state.holders(wait.key)) {
      if (holder === actor) return pathTo(waiter, actor, cameFrom);
      if (cameFrom.has(holder)) continue;
      cameFrom.set(holder, waiter);
      reached.push(holder);
    }
  }
  return [];
}

/** The waits from `actor` to `last`, and from there back to `actor`. */
function pathTo(
  last: number,
  actor: number,
  cameFrom: ReadonlyMap<number, number>,
): Wait[] {
  const waits: Wait[] = [{ waiter: last, holder: actor }];
  for (let waiter = cameFrom.get(last); waiter !== undefined;) {
    waits.unshift({ waiter, holder: last });
    last = waiter;
    waiter = cameFrom.get(last);
  }
  return waits;
}
