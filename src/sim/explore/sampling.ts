/**
 * Schedules by chance, for programs that are too large to be searched.
 *
 * @module
 */
import { SeededRandom } from "../random.ts";
import { Lanes } from "./lanes.ts";
import type { Program } from "./program.ts";
import { checkRepeated } from "./repetition.ts";
import { SAMPLES, type SearchOptions, type SearchResult } from "./search.ts";
import type { Stride } from "./stride.ts";
import { Tally } from "./tally.ts";

/** Places where priorities change in each schedule of {@linkcode pct}: it finds bugs that need one more ordering. */
const CHANGES = 2;

/** Of so many schedules one is gone through twice. */
const REPEATED = 50;

/** Chooses who goes on; called once for each stride with those who can. */
type Choose = (enabled: readonly number[], at: number) => number;

/** Chooses anew at every step. */
export function randomWalk(
  program: Program,
  options: SearchOptions,
): SearchResult {
  const random = new SeededRandom(options.seed ?? 1);
  return sample(
    program,
    options,
    () => (enabled) => enabled[random.below(enabled.length)],
  );
}

/**
 * Gives actors priorities by chance, lets the highest go on, and lowers that of
 * whoever goes on at a few places by chance (Burckhardt, Kothari, Musuvathi and
 * Nagarakatte, ASPLOS 2010). The length of a schedule is guessed from those
 * before it.
 */
export function pct(program: Program, options: SearchOptions): SearchResult {
  const random = new SeededRandom(options.seed ?? 1);
  let longest = 1;
  return sample(program, options, () => {
    const priorities = program.actors.map((_, actor) => actor + CHANGES);
    for (let i = priorities.length - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [priorities[i], priorities[j]] = [priorities[j], priorities[i]];
    }
    const changes = Array.from(
      { length: CHANGES },
      () => random.below(longest),
    );
    return (enabled, at) => {
      longest = Math.max(longest, at + 1);
      const first = () =>
        enabled.reduce((a, b) => priorities[b] > priorities[a] ? b : a);
      const change = changes.indexOf(at);
      if (change >= 0) priorities[first()] = change;
      return first();
    };
  });
}

function sample(
  program: Program,
  options: SearchOptions,
  begin: () => Choose,
): SearchResult {
  const tally = new Tally();
  const limit = options.limit ?? SAMPLES;
  const stopAtFirst = options.stopAtFirst ?? true;
  while (tally.schedules < limit) {
    const strides = runOnce(program, begin(), tally);
    if (tally.schedules % REPEATED === 1) repeat(program, strides);
    if (stopAtFirst && tally.hasFindings) break;
  }
  return tally.result(false);
}

/** Goes through a schedule once more: it must be the same, stride by stride. */
function repeat(program: Program, strides: readonly Stride[]): void {
  const lanes = new Lanes(program);
  strides.forEach((stride, at) => {
    const { actor } = stride;
    if ((lanes.enabled & (1 << actor)) !== 0) {
      checkRepeated(program, stride, lanes.go(actor), at);
    } else checkRepeated(program, stride, undefined, at);
  });
}

function runOnce(program: Program, choose: Choose, tally: Tally): Stride[] {
  const lanes = new Lanes(program);
  const schedule: number[] = [];
  const strides: Stride[] = [];
  tally.schedules++;
  for (
    let enabled = bits(lanes.enabled);
    enabled.length > 0;
    enabled = bits(lanes.enabled)
  ) {
    const actor = choose(enabled, schedule.length);
    schedule.push(actor);
    tally.steps++;
    const stride = lanes.go(actor);
    strides.push(stride);
    if (stride.failure === undefined) continue;
    tally.failure(stride.failure, schedule);
    return strides;
  }
  tally.end(lanes, schedule);
  return strides;
}

function bits(mask: number): number[] {
  const actors: number[] = [];
  for (let actor = 0; 1 << actor <= mask; actor++) {
    if ((mask & (1 << actor)) !== 0) actors.push(actor);
  }
  return actors;
}
