/**
 * Schedules as text: the actors that went on, one after the other.
 *
 * Actors are letters, in their order; a number says how many strides one makes
 * in a row: `a3ba2` is a, a, a, b, a, a.
 *
 * @module
 */

/** Actors that a program may have. */
export const ACTORS_MAX = 26;

/** A schedule is not one, or does not fit its program. */
export class ScheduleError extends SyntaxError {
  /** The name that a printed error begins with. */
  override readonly name = "ScheduleError";
}

/** The text of a schedule. */
export function printSchedule(choices: readonly number[]): string {
  let text = "";
  for (let at = 0; at < choices.length;) {
    let end = at + 1;
    while (end < choices.length && choices[end] === choices[at]) end++;
    text += letterOf(choices[at]) + (end - at > 1 ? `${end - at}` : "");
    at = end;
  }
  return text;
}

/**
 * The schedule that a text says, for so many actors.
 *
 * @throws {ScheduleError} It is not one.
 */
export function parseSchedule(text: string, actors: number): number[] {
  const choices: number[] = [];
  const part = /([a-z])(\d{0,5})/y;
  while (part.lastIndex < text.length) {
    const { lastIndex } = part;
    const found = part.exec(text);
    const actor = found === null ? -1 : found[1].charCodeAt(0) - 97;
    if (found === null || actor >= actors || found[2].startsWith("0")) {
      const last = letterOf(actors - 1);
      throw new ScheduleError(
        `Cannot read the schedule "${text}" at character ${lastIndex + 1}: ` +
          `it takes letters from "a" to "${last}", each with a number of steps of at least 1 behind it, or none for one step`,
      );
    }
    const times = found[2] === "" ? 1 : Number(found[2]);
    for (let i = 0; i < times; i++) choices.push(actor);
  }
  return choices;
}

/** The letter of an actor. */
export function letterOf(actor: number): string {
  return String.fromCharCode(97 + actor);
}
