/**
 * The last events of a machine, for people to read.
 *
 * @module
 */
import type { Kept } from "../engine/lib/kept.ts";

/**
 * What kinds of events there are. `merge`: a page maps a KSM page from now on;
 * `cow`: a write broke sharing; `unmerge`: sharing was undone by request;
 * `stale`: a KSM page died; `pass`: a full scan ended; `label`: a sample of the
 * workload; `wait`: an actor begins to wait for a lock; `migration`: a page is in
 * another frame from now on.
 */
export type LogKind =
  | "merge"
  | "cow"
  | "unmerge"
  | "stale"
  | "pass"
  | "label"
  | "wait"
  | "migration";

/** All kinds. */
export const LOG_KINDS: readonly LogKind[] = [
  "merge",
  "cow",
  "unmerge",
  "stale",
  "pass",
  "label",
  "wait",
  "migration",
];

/** One event. */
export interface LogEntry {
  /** Number of the event since the start, from 1. */
  readonly number: number;
  /** Virtual time. */
  readonly timeMillis: number;
  /** What happened. */
  readonly kind: LogKind;
  /** In one line, such as `vm-a ram+12 on KSM page 93`. */
  readonly text: string;
}

/** What an entry that is kept takes, roughly; those that the log has as well count, too. */
const ENTRY_BYTES = 128;

/** A bounded log; the oldest entries go first. */
export class EventLog {
  readonly #limit: number;
  #entries: LogEntry[] = [];
  #count = 0;

  /** An empty log that keeps the last `limit` entries. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Adds an entry. */
  add(timeMillis: number, kind: LogKind, text: string): void {
    this.#entries.push({ number: ++this.#count, timeMillis, kind, text });
    // Cut in halves, so that a full log does not move all its entries each time.
    if (this.#entries.length >= 2 * this.#limit) {
      this.#entries = this.#entries.slice(-this.#limit);
    }
  }

  /** All entries. */
  keep(): Kept {
    const entries = [...this.#entries];
    const count = this.#count;
    return {
      bytes: entries.length * ENTRY_BYTES,
      restore: () => {
        this.#entries = [...entries];
        this.#count = count;
      },
    };
  }

  /** The last entries, oldest first. */
  last(): LogEntry[] {
    return this.#entries.slice(-this.#limit);
  }
}
