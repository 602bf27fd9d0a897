/**
 * What can be seen of the locks.
 *
 * @module
 */
import {
  type Lock,
  LOCK_CLASSES,
  type LockClass,
} from "../../engine/lib/lock.ts";
import type {
  LockClassView,
  LockHolderView,
  LockInstanceView,
  LockPoint,
  LockSiteView,
  LocksView,
  LockWaitView,
} from "../lock_view.ts";
import type { LockPoints } from "./lock_points.ts";
import { lockOf, type LockState } from "./lock_state.ts";
import type { Waiter } from "./wait_queues.ts";

/** How people know actors and locks. */
export interface LockNames {
  /** How people know an actor. */
  readonly actorName: (actor: number) => string;
  /** How people know a lock; empty if they do not. */
  readonly lockName?: (lock: Lock) => string;
}

/** All locks at time `now`. */
export function locksView(
  state: LockState,
  names: LockNames,
  now: number,
): LocksView {
  const waiting = Array.from(
    state.queues.all(),
    (waiter) => waitView(state, names, waiter, now),
  );
  return {
    classes: LOCK_CLASSES.map((lockClass) =>
      classView(state, names, lockClass)
    ),
    waiting: waiting.sort((a, b) => b.waitedNanos - a.waitedNanos),
  };
}

function classView(
  state: LockState,
  names: LockNames,
  lockClass: LockClass,
): LockClassView {
  const { sites } = state;
  const { index, name, kind, inLockStat } = lockClass;
  const { contentionPoints, holderPoints } = state.classes[index];
  return {
    name,
    kind,
    isOurs: !inLockStat,
    exclusive: sites.figures.sum(sites.of(index, "exclusive")),
    ...(kind === "rwsem" &&
      { shared: sites.figures.sum(sites.of(index, "shared")) }),
    contentionPoints: mostFrequentFirst(contentionPoints),
    holderPoints: mostFrequentFirst(holderPoints),
    sites: sites.of(index).map((site): LockSiteView => ({
      site: sites.names[site],
      mode: sites.modes[site],
      figures: sites.figures.sum([site]),
    })),
    instances: instanceViews(state, names, lockClass),
  };
}

function instanceViews(
  state: LockState,
  names: LockNames,
  lockClass: LockClass,
): LockInstanceView[] {
  const { contended } = state.classes[lockClass.index];
  const places = contended.instances.map((instance, place) => ({
    instance,
    place,
    waitTotal: contended.waitTotal(place),
  }));
  places.sort((a, b) => b.waitTotal - a.waitTotal || a.instance - b.instance);
  return places.map(({ instance, place }) => ({
    instance,
    name: names.lockName?.({ lockClass, instance }) ?? "",
    exclusive: contended.figures.sum([place * 2]),
    ...(lockClass.kind === "rwsem" &&
      { shared: contended.figures.sum([place * 2 + 1]) }),
  }));
}

function waitView(
  state: LockState,
  names: LockNames,
  { actor, key, mode, site, since }: Waiter,
  now: number,
): LockWaitView {
  const lock = lockOf(key);
  return {
    actor: names.actorName(actor),
    lockClass: lock.lockClass.name,
    instance: lock.instance,
    name: names.lockName?.(lock) ?? "",
    mode,
    site: state.sites.names[site],
    waitedNanos: Math.max(0, now - since),
    holders: state.holders(key).map((holder): LockHolderView => ({
      actor: names.actorName(holder),
      site: state.siteOfHolder(holder, key),
    })),
  };
}

function mostFrequentFirst(points: LockPoints): LockPoint[] {
  return points.view().sort((a, b) => b.count - a.count);
}
