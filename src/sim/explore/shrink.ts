/**
 * Shrinking: of a schedule that goes wrong, what is needed for it.
 *
 * @module
 */
import { Lanes } from "./lanes.ts";
import type { Program } from "./program.ts";
import { type Finding, search } from "./search.ts";
import { Tally } from "./tally.ts";

/** Schedules that are run, for each number of pre-emptions, to find one with as few. */
const TRIES = 4_000;

/** Strides that one actor makes in a row. */
interface Turn {
  readonly actor: number;
  readonly strides: number;
}

/**
 * A schedule that goes wrong in which no pre-emption can be left out: one with the
 * fewest that there are, where trying all those with fewer does not take too
 * long.
 */
export function shrink(program: Program, finding: Finding): Finding {
  const most = preemptions(program, finding.schedule);
  for (let bound = 0; bound < most; bound++) {
    const found = search(program, { bound, limit: TRIES });
    if (found.findings.length > 0) return found.findings[0];
    if (!found.exhaustive) return dropPreemptions(program, finding);
  }
  return dropPreemptions(program, finding);
}

/** How often a schedule leaves an actor that could go on. */
export function preemptions(
  program: Program,
  schedule: readonly number[],
): number {
  const lanes = new Lanes(program);
  let count = 0;
  schedule.forEach((actor, at) => {
    const before = schedule[at - 1];
    if (at > 0 && before !== actor && lanes.enabled & (1 << before)) count++;
    lanes.go(actor);
  });
  return count;
}

/** Leaves out one pre-emption after the other as long as it still goes wrong. */
function dropPreemptions(program: Program, finding: Finding): Finding {
  let best = finding;
  for (
    let fewer = withFewer(program, best);
    fewer;
    fewer = withFewer(program, best)
  ) {
    best = fewer;
  }
  return best;
}

/** The same with fewer pre-emptions, if leaving out one of them does it. */
function withFewer(
  program: Program,
  { schedule }: Finding,
): Finding | undefined {
  const turns = turnsOf(schedule);
  const most = preemptions(program, schedule);
  for (let at = 0; at < turns.length; at++) {
    const shorter = without(turns, at);
    const found = shorter && goWrong(program, shorter);
    if (found && preemptions(program, found.schedule) < most) return found;
  }
  return undefined;
}

/** The turns where the actor of number `at` does at once what it does in its next two turns. */
function without(turns: readonly Turn[], at: number): Turn[] | undefined {
  const { actor, strides } = turns[at];
  const next = turns.findIndex((turn, i) => i > at && turn.actor === actor);
  if (next < 0) return undefined;
  const merged = { actor, strides: strides + turns[next].strides };
  return [
    ...turns.slice(0, at),
    merged,
    ...turns.slice(at + 1, next),
    ...turns.slice(next + 1),
  ];
}

/** Takes turns as far as they can be taken, then goes on without a pre-emption; what goes wrong, if something does. */
function goWrong(
  program: Program,
  turns: readonly Turn[],
): Finding | undefined {
  const lanes = new Lanes(program);
  const tally = new Tally();
  const schedule: number[] = [];
  const wanted = turns.flatMap(({ actor, strides }) =>
    Array.from({ length: strides }, () => actor)
  );
  let previous = 0;
  for (;;) {
    const { enabled } = lanes;
    if (enabled === 0) break;
    const at = wanted.findIndex((actor) => enabled & (1 << actor));
    if (at >= 0) wanted.splice(0, at);
    const next = wanted.shift() ?? previous;
    const actor = enabled & (1 << next) ? next : Math.log2(enabled & -enabled);
    schedule.push(actor);
    previous = actor;
    const { failure } = lanes.go(actor);
    if (failure === undefined) continue;
    tally.failure(failure, schedule);
    return tally.result(false).findings[0];
  }
  tally.end(lanes, schedule);
  return tally.result(false).findings.at(0);
}

function turnsOf(schedule: readonly number[]): Turn[] {
  const turns: Turn[] = [];
  for (const actor of schedule) {
    const last = turns.at(-1);
    if (last?.actor === actor) {
      turns[turns.length - 1] = { actor, strides: last.strides + 1 };
    } else turns.push({ actor, strides: 1 });
  }
  return turns;
}
