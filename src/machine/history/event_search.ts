/**
 * From one event of a history to the next, and to the one before.
 *
 * @module
 */
import { happenedIn, type Happening, happeningBetween } from "./happened.ts";
import { compareMoments, type Moment } from "./inputs.ts";
import type { MachineHistory } from "./machine_history.ts";

/** What came of looking for an event. */
export type EventSearch =
  /** It is just over. */
  | { readonly kind: "found"; readonly event: Happening }
  /** There is none: the history begins here, or nothing ever happens again. */
  | { readonly kind: "none" }
  /** The caller has stopped the search. */
  | { readonly kind: "unfinished" };

/** Virtual milliseconds after which a search beyond the end is stopped. */
const SEARCH_MILLIS = 60_000;

/** Ticks after which the caller is asked whether to go on. */
const TICKS_BETWEEN_QUESTIONS = 256;

/** Goes on to just after the next event, beyond the end as the machine goes on; stops where it is when `mayGoOn` says no. */
export function toNextEvent(
  history: MachineHistory,
  mayGoOn: () => boolean,
): EventSearch {
  const asks = asking(mayGoOn);
  while (!history.atEnd) {
    const event = tickThrough(history);
    if (event !== undefined) return { kind: "found", event };
    if (!asks()) return { kind: "unfinished" };
  }
  return beyondEnd(history, mayGoOn);
}

/** Strides in a row without a visit, in which no time passes, after which nothing is taken to happen ever again. */
const STANDING_MAX = 100;

/** Page by page; a stride is always gone to its end, and from there back to the event in it. */
function beyondEnd(
  history: MachineHistory,
  mayGoOn: () => boolean,
): EventSearch {
  const { machine } = history;
  const until = machine.timeMillis + SEARCH_MILLIS;
  let standing = 0;
  while (machine.timeMillis < until) {
    const begin = history.now;
    const before = happenedIn(machine);
    const { timeMillis } = machine;
    const { pagesScanned } = machine.ksm;
    const stop = history.advance("page");
    if (happeningBetween(before, happenedIn(machine)) !== undefined) {
      history.goTo(begin);
      return toNextEvent(history, () => true);
    }
    const stands = machine.timeMillis === timeMillis &&
      machine.ksm.pagesScanned === pagesScanned;
    standing = stands ? standing + 1 : 0;
    if (stop === "end" || standing === STANDING_MAX) return { kind: "none" };
    if (!mayGoOn()) break;
  }
  return { kind: "unfinished" };
}

/**
 * Goes back to just after the last event before; does not move where there is
 * none. Goes through what is between two checkpoints twice at most: where nothing
 * has happened from one to the next, it need not look.
 */
export function toPreviousEvent(history: MachineHistory): EventSearch {
  const origin = history.now;
  let until = origin;
  let happened = happenedIn(history.machine);
  for (;;) {
    const checkpoint = history.checkpointBefore(until);
    if (checkpoint === undefined) {
      history.goTo(origin);
      return { kind: "none" };
    }
    if (happeningBetween(checkpoint.happened, happened) !== undefined) {
      history.goTo(checkpoint.moment);
      const last = lastEventBefore(history, until, origin);
      if (last !== undefined) {
        history.goTo(last.moment);
        return { kind: "found", event: last.event };
      }
    }
    ({ happened, moment: until } = checkpoint);
  }
}

/** Goes through all up to a moment; the last event on the way that is over before `origin`. */
function lastEventBefore(
  history: MachineHistory,
  until: Moment,
  origin: Moment,
): { moment: Moment; event: Happening } | undefined {
  let last: { moment: Moment; event: Happening } | undefined;
  while (compareMoments(history.now, until) < 0) {
    const event = tickThrough(history);
    const isBefore = compareMoments(history.now, origin) < 0;
    if (event !== undefined && isBefore) last = { moment: history.now, event };
  }
  return last;
}

/** One tick, and what has happened in it. */
function tickThrough(history: MachineHistory): Happening | undefined {
  const before = happenedIn(history.machine);
  history.tick();
  return happeningBetween(before, happenedIn(history.machine));
}

/** Asks now and then only, since that may cost more than a tick. */
function asking(mayGoOn: () => boolean): () => boolean {
  let ticks = 0;
  return () => ++ticks % TICKS_BETWEEN_QUESTIONS !== 0 || mayGoOn();
}
