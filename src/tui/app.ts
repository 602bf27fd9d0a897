/**
 * The shape of an app: a pure function from state and message to state, and a
 * pure function from state to a picture.
 *
 * @module
 */
import type { Element } from "./element.ts";
import type { KeyEvent, MouseEvent, PasteEvent } from "./input_event.ts";
import type { KeyMap } from "./key_map.ts";
import type { Screen } from "./screen.ts";
import type { Areas, Hit } from "./target.ts";
import type { Theme } from "./theme.ts";

/** Ctrl-Z was pressed, and the process may not stop itself: `Deno.kill` needs `--allow-run`. */
export interface SuspendDenied {
  /** Tells it from other events. */
  readonly kind: "suspend-denied";
}

/** The mouse was used, and on what. */
export interface MouseHitEvent extends MouseEvent {
  /** The named elements under the pointer, the uppermost first. */
  readonly hits: readonly Hit[];
}

/** The focus is to go elsewhere: by the tab key or by a click. */
export interface FocusEvent {
  /** Tells it from other events. */
  readonly kind: "focus";
  /** The id of the element that is to have it. */
  readonly id: string;
}

/** The sizes of named elements have changed; said while a frame is made, so that it shows what comes of it. */
export interface LayoutEvent {
  /** Tells it from other events. */
  readonly kind: "layout";
  /** The sizes of all of them by id. */
  readonly areas: Areas;
}

/** What an app is told about that no key of its key map stands for. */
export type AppEvent =
  | KeyEvent
  | PasteEvent
  | MouseHitEvent
  | FocusEvent
  | LayoutEvent
  | SuspendDenied;

/** A message that comes again and again. */
export interface Tick<Message> {
  /** Milliseconds from one to the next. */
  readonly millis: number;
  /** What the app is told. */
  readonly message: Message;
}

/** An app for the terminal. */
export interface App<State, Message> {
  /** The state at the start. */
  readonly init: State;
  /** The state after a message. */
  update(state: State, message: Message): State;
  /** What is to be seen. It may not look at anything but its arguments. */
  view(state: State, screen: Screen): Element;
  /** The keys that mean something now. Ctrl-C ends the app even if it is not among them. */
  keys(state: State): KeyMap<Message>;
  /** Whether the user has asked to leave. */
  ended(state: State): boolean;
  /** The message, if any, for an event that no key of the key map stands for. */
  on?(event: AppEvent, state: State): Message | undefined;
  /**
   * The id of the element that has the focus. With it, the tab key, as far as
   * the key map leaves it alone, and clicks become events of kind `focus`.
   */
  focused?(state: State): string | undefined;
  /** What the roles of widgets look like; the terminal's own 16 colours when missing. */
  theme?(state: State): Theme;
  /** A message at a steady rate. */
  readonly tick?: Tick<Message>;
  /**
   * The edge to the world: called after each update with the message and the
   * state that it led to. What comes of it is sent as further messages, now or
   * later; after the end they are dropped. `screen` is what is drawn for.
   */
  perform?(
    message: Message,
    state: State,
    send: Send<Message>,
    screen: () => Screen,
  ): void;
}

/** Gives a message to an app. */
export type Send<Message> = (message: Message) => void;
