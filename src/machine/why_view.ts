/**
 * Why a page of a process is not merged, by names instead of numbers.
 *
 * @module
 */
import {
  type Batch,
  type Reason,
  type Why,
  whyNotMerged,
} from "../engine/ksm/mod.ts";
import { LOCK_CLASS } from "../engine/lib/lock.ts";
import type { Mapping } from "../engine/mm/mod.ts";
import type { Machine } from "./machine.ts";
import { type PagePlace, pagePlace } from "./page_place.ts";

/** The answer to "why is this page not merged?". */
export interface PageWhy extends Why<PagePlace> {
  /** The page asked about. */
  readonly place: PagePlace;
}

/**
 * Why a page is not merged, or how it is; missing if there is no such process, region or page. Changes nothing.
 * `batch` is that of ksmd which is under way, if one is.
 */
export function pageWhy(
  machine: Machine,
  { process, region, page }: Required<PagePlace>,
  batch?: Readonly<Batch>,
): PageWhy | undefined {
  const found = machine.processes.find(process);
  const part = found?.regions.get(region);
  if (found === undefined || part === undefined) return undefined;
  if (!Number.isInteger(page) || page < 0 || page >= part.pages) {
    return undefined;
  }
  const why = whyNotMerged(machine.ksm, found.mm, part.start + page, batch);
  return {
    ...why,
    place: { process, region, page },
    first: named(machine, why.first),
    further: why.further.map((reason) => named(machine, reason)),
  };
}

/** The reason with names for its places. */
function named(machine: Machine, reason: Reason<Mapping>): Reason<PagePlace> {
  const name = ({ mm, vpn }: Mapping) => pagePlace(machine, mm.id, vpn);
  switch (reason.reason) {
    case "merged":
      return { ...reason, others: reason.others.map(name) };
    case "fork-shared":
      return { ...reason, with: name(reason.with) };
    case "node-full": {
      const { with: place, ...rest } = reason;
      return { ...rest, ...(place && { with: name(place) }) };
    }
    case "other-node":
      return { ...reason, twin: name(reason.twin) };
    case "unique": {
      const { unoffered, ...rest } = reason;
      return { ...rest, ...(unoffered && { unoffered: name(unoffered) }) };
    }
    case "tree-rotten": {
      const { entry, ...rest } = reason;
      return { ...rest, ...(entry && { entry: name(entry) }) };
    }
    case "waits-for-twin": {
      const { twin } = reason;
      return { ...reason, twin: { ...twin, place: name(twin.place) } };
    }
    case "due": {
      const { twin, ...rest } = reason;
      return { ...rest, ...(twin && { twin: name(twin) }) };
    }
    case "page-locked": {
      const holder = lockHolder(machine, reason.frame);
      return { ...reason, ...(holder !== undefined && { holder }) };
    }
    default:
      return reason;
  }
}

/** The actor that holds the lock of a page. */
function lockHolder(
  { simulation }: Machine,
  frame: number,
): string | undefined {
  const lock = { lockClass: LOCK_CLASS.folioLock, instance: frame };
  const holder = simulation?.actors.findIndex((_, number) =>
    simulation.locks.holds(number, lock)
  );
  return holder === undefined ? undefined : simulation?.actors[holder]?.name;
}
