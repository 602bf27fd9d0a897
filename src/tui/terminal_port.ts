/**
 * What the frame loop needs of the outside: a screen, a keyboard, a clock.
 *
 * @module
 */
import type { SuspendDenied } from "./app.ts";
import type { InputEvent } from "./input_event.ts";
import type { Size } from "./screen.ts";

/** How an app ended. */
export type Ending =
  /** The user asked for it, or the input has come to its end. */
  | { readonly kind: "quit" }
  /** A signal; a terminal or parent process that has gone counts as `SIGHUP`. */
  | { readonly kind: "signal"; readonly name: EndingSignal }
  /** A bug: something threw. */
  | { readonly kind: "error"; readonly error: unknown };

/** The signals that end an app. */
export type EndingSignal = "SIGINT" | "SIGTERM" | "SIGHUP";

/** What a terminal tells. */
export type TerminalEvent =
  | InputEvent
  | SuspendDenied
  /** The size may have changed, or others have drawn on the screen: all is to be drawn again. */
  | { readonly kind: "redraw" }
  /** Nothing more will come. */
  | { readonly kind: "end"; readonly ending: Ending };

/** A terminal to show an app on. */
export interface Terminal {
  /** Takes over the screen and the keyboard, and tells what happens from then on. */
  open(listener: (event: TerminalEvent) => void): void;
  /** Gives back the screen and the keyboard as they were. Doing so twice does nothing. */
  close(): void;
  /** The size of the screen now; at least one cell. */
  size(): Size;
  /** Writes a frame. */
  write(text: string): void;
  /** Milliseconds on a clock that never goes back. */
  now(): number;
  /** Calls back once after some milliseconds; the answer calls it off. */
  after(millis: number, callback: () => void): () => void;
}
