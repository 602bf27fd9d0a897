/**
 * What each page is, in runs: regions may have hundreds of millions of pages,
 * and few of them differ from their neighbours.
 *
 * @module
 */

/** The pages of one address space, by page address. All are the same at first. */
export class PageRuns<Value> {
  /** What lies below the first run. */
  readonly #first: Value;
  /** First pages of the runs, rising. */
  readonly #starts: number[];
  /** What each run is; neighbours differ. */
  readonly #values: Value[];

  /** Starts with every page as `first`, or as a copy. */
  constructor(first: Value, from?: PageRuns<Value>) {
    this.#first = first;
    this.#starts = from ? [...from.#starts] : [];
    this.#values = from ? [...from.#values] : [];
  }

  /** Makes all pages of a range the same; `start` below `end`. */
  set(start: number, end: number, value: Value): void {
    const first = this.#upTo(start - 1);
    const last = this.#upTo(end);
    const before = this.#value(first - 1);
    const after = this.#value(last - 1);
    const starts: number[] = [];
    const values: Value[] = [];
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
    test: (value: Value) => boolean,
  ): { readonly page: number; readonly value: Value } | undefined {
    let page = start;
    for (let run = this.#upTo(start) - 1; page < end; run++) {
      const value = this.#value(run);
      if (test(value)) return { page, value };
      page = run + 1 < this.#starts.length ? this.#starts[run + 1] : end;
    }
    return undefined;
  }

  /** What one page is. */
  at(page: number): Value {
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

  #value(run: number): Value {
    return run < 0 ? this.#first : this.#values[run];
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
