/**
 * The search: a program is run again and again, each time by another schedule.
 *
 * @module
 */
import { dfs } from "./dfs.ts";
import type { Program } from "./program.ts";
import { pct, randomWalk } from "./sampling.ts";

/** How schedules are chosen. */
export type Strategy =
  /** Every one that could make a difference. */
  | "dfs"
  /** By chance, with few changes of who goes first: finds a bug of depth d with a known probability. */
  | "pct"
  /** By chance, at every step. */
  | "random";

/** What to search, and how far. */
export interface SearchOptions {
  /** See {@linkcode Strategy}; `dfs` when missing. */
  readonly strategy?: Strategy;
  /** Pre-emptions that a schedule may have: times that an actor is left although it could go on. Any number when missing. Of `dfs` only. */
  readonly bound?: number;
  /** Whether orders that cannot make a difference are left out, where there is no bound; true when missing. Of `dfs` only. */
  readonly reduce?: boolean;
  /** Whether the search ends where something goes wrong; true when missing. */
  readonly stopAtFirst?: boolean;
  /** Schedules after which the search ends in any case; {@linkcode SCHEDULES_MAX}, or for chance {@linkcode SAMPLES}, when missing. */
  readonly limit?: number;
  /** Decides what is left to chance; 1 when missing. */
  readonly seed?: number;
}

/** Something that went wrong. */
export interface Finding {
  /** What had to hold. */
  readonly property: string;
  /** What was found. */
  readonly message: string;
  /** Who went on, up to there. */
  readonly schedule: readonly number[];
}

/** What a search has found. */
export interface SearchResult {
  /** Schedules that were run. */
  readonly schedules: number;
  /** Strides that were made for the first time, not to get where another schedule branches off. */
  readonly steps: number;
  /** Whether every schedule was covered, within the bound if there was one. */
  readonly exhaustive: boolean;
  /** What the schedules have come to, each with the first schedule that led there; what went wrong is said, too. */
  readonly outcomes: ReadonlyMap<string, readonly number[]>;
  /** What went wrong, each property once. */
  readonly findings: readonly Finding[];
}

/** Schedules after which a search gives up being exhaustive. */
export const SCHEDULES_MAX = 1_000_000;

/** Schedules that are drawn by chance. */
export const SAMPLES = 2_000;

/** Searches the schedules of a program. */
export function search(
  program: Program,
  options: SearchOptions = {},
): SearchResult {
  switch (options.strategy) {
    case "pct":
      return pct(program, options);
    case "random":
      return randomWalk(program, options);
    default:
      return dfs(program, options);
  }
}
