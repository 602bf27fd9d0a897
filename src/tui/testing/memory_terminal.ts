/**
 * A terminal that is nothing but memory, with a clock that stands still until
 * it is told to go on.
 *
 * @module
 */
import type { Size } from "../screen.ts";
import type { Terminal, TerminalEvent } from "../terminal_port.ts";

interface Timer {
  readonly due: number;
  readonly callback: () => void;
}

/** A terminal in memory. */
export class MemoryTerminal implements Terminal {
  /** All that was written, one string a frame. */
  readonly written: string[] = [];
  #size: Size;
  #now = 0;
  #timers: Timer[] = [];
  #listener: ((event: TerminalEvent) => void) | undefined;

  /** Makes a terminal of a size. */
  constructor(size: Size) {
    this.#size = size;
  }

  /** Starts to tell events. */
  open(listener: (event: TerminalEvent) => void): void {
    this.#listener = listener;
  }

  /** Stops telling events. */
  close(): void {
    this.#listener = undefined;
  }

  /** Whether it is taken over now. */
  get isOpen(): boolean {
    return this.#listener !== undefined;
  }

  /** The size that it was given. */
  size(): Size {
    return this.#size;
  }

  /** Changes its size, and tells so. */
  resize(size: Size): void {
    this.#size = size;
    this.tell({ kind: "redraw" });
  }

  /** Keeps what is written. */
  write(text: string): void {
    this.written.push(text);
  }

  /** Milliseconds that the clock has gone. */
  now(): number {
    return this.#now;
  }

  /** Calls back when the clock has gone so far. */
  after(millis: number, callback: () => void): () => void {
    const timer = { due: this.#now + millis, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Lets an event happen. */
  tell(event: TerminalEvent): void {
    this.#listener?.(event);
  }

  /** Lets time pass: what is due happens in its order. */
  advance(millis: number): void {
    const end = this.#now + millis;
    for (let timer = this.#next(end); timer; timer = this.#next(end)) {
      this.#timers = this.#timers.filter((other) => other !== timer);
      this.#now = Math.max(this.#now, timer.due);
      timer.callback();
    }
    this.#now = end;
  }

  /** How many calls are still to come. */
  get pendingTimers(): number {
    return this.#timers.length;
  }

  #next(end: number): Timer | undefined {
    return this.#timers.filter(({ due }) => due <= end)
      .toSorted((a, b) => a.due - b.due)[0];
  }
}
