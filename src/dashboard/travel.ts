/**
 * Journeys through a source's past: where the user wants to go, and how the
 * source gets there.
 *
 * @module
 */
import {
  canBranch,
  canRewind,
  type HistoryPlace,
  isRecorded,
  type RewindSource,
} from "../observe/rewind.ts";
import type { Source } from "../observe/snapshot.ts";

/** Where to go. */
export type Travel =
  /** By so many samples; back when negative. */
  | { readonly kind: "samples"; readonly by: number }
  /** To the next event, or to the one before. */
  | { readonly kind: "event"; readonly direction: "next" | "previous" }
  /** To where things go on. */
  | { readonly kind: "end" };

/** What came of a journey, or of a part of it. */
interface Arrival {
  /** Whether it is over. */
  readonly done: boolean;
  /** Something that the user has to know; missing when all is as they wished. */
  readonly notice?: string;
}

/** Where one is in a source's past. */
export interface Moment extends HistoryPlace {
  /** Whether things go on from here. */
  readonly atEnd: boolean;
  /** Whether knobs can be written, also in the past, from where things then go on in another way. */
  readonly branches: boolean;
  /** Whether it is a recording that is played. */
  readonly isRecorded: boolean;
}

/** The place of a source; missing where it has no past. */
export function momentOf(source: Source): Moment | undefined {
  if (!canRewind(source)) return undefined;
  const { place, atEnd } = source;
  return {
    ...place,
    atEnd,
    branches: canBranch(source) && source.isBranchable,
    isRecorded: isRecorded(source),
  };
}

/** Virtual milliseconds beyond the end of what is known in which an event is looked for. */
const SEARCH_MILLIS = 60_000;

/** Goes on a journey for as long as it may; it began at `fromMillis`. */
export function travel(
  source: Source,
  to: Travel,
  mayGoOn: () => boolean,
  fromMillis: number = source.timeMillis,
): Arrival {
  if (!canRewind(source)) {
    return { done: true, notice: "This source has no past" };
  }
  switch (to.kind) {
    case "samples":
      return travelSamples(source, to.by);
    case "end":
      source.toEnd();
      return { done: true };
    case "event":
      return travelToEvent(source, to.direction, mayGoOn, fromMillis);
  }
}

function travelSamples(source: RewindSource, by: number): Arrival {
  const before = source.place.sample;
  if (by < 0) source.back(-by);
  else source.forward(by);
  if (source.place.sample !== before) return { done: true };
  return by < 0
    ? { done: true, notice: "Nothing older is kept" }
    : { done: true, notice: newestText(source) };
}

/** What is said at the end of a recording. */
export const END_TEXT = "The recording ends here: space plays it again";

/** Why one cannot go forward. */
function newestText(source: RewindSource): string {
  return isRecorded(source)
    ? END_TEXT
    : "Nothing newer is known: space goes on";
}

/** Kinds of events in words. */
const EVENT_NAMES = {
  merge: "a merge",
  cow: "a COW break",
  wait: "a wait for a lock",
  migration: "a migration",
} as const;

function travelToEvent(
  source: RewindSource,
  direction: "next" | "previous",
  mayGoOn: () => boolean,
  fromMillis: number,
): Arrival {
  const search = direction === "next"
    ? source.toNextEvent(mayGoOn)
    : source.toPreviousEvent();
  switch (search.kind) {
    case "found":
      return { done: true, notice: `Just after ${EVENT_NAMES[search.event]}` };
    case "unfinished":
      return searchedSoFar(source, source.timeMillis - fromMillis);
    case "none":
      return {
        done: true,
        notice: noneText(source, direction),
      };
  }
}

/** A search goes on from frame to frame, but not for ever. */
function searchedSoFar(source: RewindSource, millis: number): Arrival {
  if (!source.atEnd || millis < SEARCH_MILLIS) {
    return {
      done: false,
      notice: "Looking for the next event: space stops the search",
    };
  }
  const seconds = Math.floor(millis / 1000);
  return {
    done: true,
    notice: `No event in ${seconds} s of virtual time: n looks on from here`,
  };
}

/** That there is no event, in words. */
function noneText(
  source: RewindSource,
  direction: "next" | "previous",
): string {
  if (direction === "previous") return "No event before";
  return isRecorded(source)
    ? "No event is recorded from here on"
    : "No event comes";
}
