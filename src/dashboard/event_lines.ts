/**
 * Events as lines: neighbours that say the same are one line with their count,
 * so that a merge does not drown in a thousand waits for one spin lock.
 *
 * @module
 */
import type { LogEntry } from "../observe/snapshot.ts";

/** One line: an event, or several of them. */
export interface EventLine {
  /** The last of them, whose number and time the line has. */
  readonly last: LogEntry;
  /** How many there are. */
  readonly count: number;
  /** What they say, without the count. */
  readonly text: string;
}

/** What an event of a wait says: who waits for which lock, and who holds it. */
const WAIT = /^(.+?) waits for (.+?)(?:, held by (.+))?$/;

/** What neighbours have to have in common to be one line: of waits it is the lock, whoever waits for it. */
function subject({ kind, text }: LogEntry): string {
  const lock = kind === "wait" ? WAIT.exec(text)?.[2] : undefined;
  return lock ?? text;
}

/** What several events say together: all of them the same, or who was the last of those that wait. */
function textTogether(events: readonly LogEntry[], last: LogEntry): string {
  if (events.every(({ text }) => text === last.text)) return last.text;
  const [, actor, lock, holders] = WAIT.exec(last.text) ?? [];
  const held = holders === undefined ? "" : ` for ${holders}`;
  return `waits for ${lock}, last ${actor}${held}`;
}

/** The lines of events, in their order. */
export function eventLines(events: readonly LogEntry[]): EventLine[] {
  const groups: LogEntry[][] = [];
  for (const event of events) {
    const group = groups.at(-1);
    const [first] = group ?? [];
    const together = first?.kind === event.kind &&
      subject(first) === subject(event);
    if (together) group?.push(event);
    else groups.push([event]);
  }
  return groups.map((group) => {
    const last = group[group.length - 1];
    return {
      last,
      count: group.length,
      text: textTogether(group, last),
    };
  });
}

/** The text of a line with its count, where it stands for several. `times` stands before the count. */
export function eventText({ count, text }: EventLine, times: string): string {
  return count === 1 ? text : `${times}${count} ${text}`;
}
