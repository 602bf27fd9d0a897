/**
 * One small number for each page, as a text: values in page order, parted by
 * one blank, where `V*N` is the value V for N pages.
 *
 * @module
 */

/** Neighbouring pages with the same value. */
export interface ValueRun {
  /** The value: a node, or an errno below 0. */
  readonly value: number;
  /** For how many pages; at least 1. */
  readonly count: number;
}

/** One run: a whole number, and how often when more than once. */
const RUN = /^(0|-?[1-9][0-9]*)(?:\*([1-9][0-9]*))?$/;

/**
 * Prints values, equal neighbours as one run.
 *
 * @example
 * ```ts
 * import { parseRuns, printRuns } from "ksmscope";
 * import assert from "node:assert/strict";
 *
 * assert.equal(printRuns([0, 0, 0, 0, -2, 1, 1, 1]), "0*4 -2 1*3");
 * assert.deepEqual(parseRuns("-2 1*3"), [
 *   { value: -2, count: 1 },
 *   { value: 1, count: 3 },
 * ]);
 * ```
 */
export function printRuns(values: Iterable<number>): string {
  const runs: { value: number; count: number }[] = [];
  for (const value of values) {
    const last = runs.at(-1);
    if (last?.value === value) last.count++;
    else runs.push({ value, count: 1 });
  }
  return runs.map(({ value, count }) =>
    count === 1 ? `${value}` : `${value}*${count}`
  ).join(" ");
}

/** Parses a text of runs; that of no page at all is empty. undefined when it is none. */
export function parseRuns(text: string): ValueRun[] | undefined {
  if (text === "") return [];
  const runs: ValueRun[] = [];
  for (const word of text.split(" ")) {
    const [, value, count] = RUN.exec(word) ?? [];
    if (value === undefined || count === "1") return undefined;
    const run = { value: Number(value), count: Number(count ?? 1) };
    if (!Number.isSafeInteger(run.value) || !Number.isSafeInteger(run.count)) {
      return undefined;
    }
    runs.push(run);
  }
  return runs;
}

/** The first page with another value. */
export interface RunsDifference {
  /** The page, from 0. */
  readonly page: number;
  /** Its value in the expected runs; undefined when they end before it. */
  readonly expected: number | undefined;
  /** Its value in the others; undefined when they end before it. */
  readonly found: number | undefined;
}

/** The first page in which runs differ; undefined when there is none, however they are cut. */
export function runsDifference(
  expected: readonly ValueRun[],
  found: readonly ValueRun[],
): RunsDifference | undefined {
  const a = new RunCursor(expected);
  const b = new RunCursor(found);
  let page = 0;
  while (a.value === b.value) {
    if (a.value === undefined) return undefined;
    const alike = Math.min(a.left, b.left);
    a.advance(alike);
    b.advance(alike);
    page += alike;
  }
  return { page, expected: a.value, found: b.value };
}

/** A place in a list of runs. */
class RunCursor {
  readonly #runs: readonly ValueRun[];
  #run = 0;
  #done = 0;

  constructor(runs: readonly ValueRun[]) {
    this.#runs = runs;
  }

  /** The value here; undefined at the end. */
  get value(): number | undefined {
    return this.#runs.at(this.#run)?.value;
  }

  /** Pages that the present run still has. */
  get left(): number {
    return (this.#runs.at(this.#run)?.count ?? 0) - this.#done;
  }

  /** Goes on by as many pages as are left of the present run, or fewer. */
  advance(pages: number): void {
    this.#done += pages;
    if (this.left > 0) return;
    this.#run++;
    this.#done = 0;
  }
}
