/**
 * What is shown, and what was shown before it: a workload that the user goes on
 * with, and that fails by an error of theirs, gives its place back.
 *
 * @module
 */
import type { Source } from "../observe/snapshot.ts";
import { Inquiry } from "./details.ts";
import { Live } from "./live.ts";
import type { DashboardState } from "./state.ts";

/** A source that is moved, and asked. */
class Show {
  readonly source: Source;
  readonly live: Live;
  readonly inquiry: Inquiry;

  constructor(source: Source, now: () => number) {
    this.source = source;
    this.live = new Live(source, now);
    this.inquiry = new Inquiry(source, now);
  }
}

/** Where one source is shown at a time. */
export class Stage {
  readonly #now: () => number;
  #show: Show;
  /** The one before, with the state that it was left in. */
  #before: { readonly show: Show; readonly state: DashboardState } | undefined;

  /** Shows `source` by a clock of milliseconds that never goes back. */
  constructor(source: Source, now: () => number) {
    this.#now = now;
    this.#show = new Show(source, now);
  }

  /** What is shown. */
  get source(): Source {
    return this.#show.source;
  }

  /** Moves what is shown. */
  get live(): Live {
    return this.#show.live;
  }

  /** Asks what is shown. */
  get inquiry(): Inquiry {
    return this.#show.inquiry;
  }

  /** Shows another source, from a state in which the user leaves the one before. */
  open(source: Source, state: DashboardState): void {
    const show = new Show(source, this.#now);
    this.#before = { show: this.#show, state };
    this.#show = show;
  }

  /** Shows the source before again, and answers the state in which it was left; `undefined` where there is none. */
  reopen(): DashboardState | undefined {
    const before = this.#before;
    if (before === undefined) return undefined;
    this.#show = before.show;
    this.#before = undefined;
    return before.state;
  }
}
