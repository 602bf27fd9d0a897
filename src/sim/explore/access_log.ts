/**
 * Which cells of shared state an actor has looked at and changed between two
 * steps: two stretches of work can be exchanged where neither writes what the
 * other one uses.
 *
 * @module
 */

/** A place of shared state, by number: a field, an entry of an array, or a structure as a whole. */
export type Cell = number;

/** What one stretch of work has used. */
export interface Accesses {
  /** Cells that were read, each once; those that were written too may be missing. */
  readonly reads: readonly Cell[];
  /** Cells that were written, each once. */
  readonly writes: readonly Cell[];
}

/** Notes accesses. Whoever holds shared state tells it of each one. */
export class AccessLog {
  /** Whether anything is noted at all: not while a machine is set up, or looked at from outside. */
  listening = false;
  #reads = new Set<Cell>();
  #writes = new Set<Cell>();

  /** `cell` has been read. */
  read(cell: Cell): void {
    if (this.listening) this.#reads.add(cell);
  }

  /** `cell` has been written, and perhaps read before. */
  write(cell: Cell): void {
    if (this.listening) this.#writes.add(cell);
  }

  /** Whether anything has been noted since {@linkcode AccessLog.take}. */
  get empty(): boolean {
    return this.#reads.size === 0 && this.#writes.size === 0;
  }

  /** What has been noted since the last time, and begins anew. */
  take(): Accesses {
    if (this.empty) return NOTHING;
    const accesses = { reads: [...this.#reads], writes: [...this.#writes] };
    this.#reads.clear();
    this.#writes.clear();
    return accesses;
  }
}

/** No access. */
export const NOTHING: Accesses = { reads: [], writes: [] };
