/**
 * What is mapped where, in runs: regions may have hundreds of millions of
 * pages, and few of them differ from their neighbours.
 *
 * @module
 */
import type { Prot } from "./op.ts";

/** What one page is: mapped with a protection, or a hole. */
export type Mapped = Prot | "hole";

/** The pages of one address space, by page address. All are holes at first. */
export class PageRuns {
  /** First pages of the runs, rising; what lies below the first is a hole. */
  readonly #starts: number[];
  /** What each run is; neighbours differ. */
  readonly #values: Mapped[];

  /** Starts empty, or as a copy. */
  constructor(from?: PageRuns) {
    this.#starts = from ? [...from.#starts] : [];
    this.#values = from ? [...from.#values] : [];
  }

  /** Makes all pages of a range the same; `start` below `end`. */
  set(start: number, end: number, value: Mapped): void {
    const first = this.#upTo(start - 1);
    const last = this.#upTo(end);
    const before = this.#value(first - 1);
    const after = this.#value(last - 1);
    const starts: number[] = [];
    const values: Mapped[] = [];
    if (before !== value) {
      starts.push(start);
      values.push(value);
    }
    if (after !== value) {
      starts.push(end);
      values.push(after);
    }
    this.#starts.splice(first, last - first, ...starts);
    this.#values.splice(first, last - first, ...values);
  }

  /** The first page of a range for which a test holds, and what it is; undefined when there is none. */
  find(
    start: number,
    end: number,
    test: (value: Mapped) => boolean,
  ): { readonly page: number; readonly value: Mapped } | undefined {
    let page = start;
    for (let run = this.#upTo(start) - 1; page < end; run++) {
      const value = this.#value(run);
      if (test(value)) return { page, value };
      page = run + 1 < this.#starts.length ? this.#starts[run + 1] : end;
    }
    return undefined;
  }

  /** What one page is. */
  at(page: number): Mapped {
    return this.#value(this.#upTo(page) - 1);
  }

  /** Makes the pages from `to` on what those of a range are; the two may not overlap. */
  copy(start: number, end: number, to: number): void {
    for (let page = start; page < end;) {
      const value = this.at(page);
      const next = this.find(page, end, (other) => other !== value)?.page;
      this.set(to + page - start, to + (next ?? end) - start, value);
      page = next ?? end;
    }
  }

  #value(run: number): Mapped {
    return run < 0 ? "hole" : this.#values[run];
  }

  /** How many runs begin at a page or before it. */
  #upTo(page: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#starts[middle] <= page) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
