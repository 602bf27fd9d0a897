/**
 * The frame loop: messages in, frames out. It sleeps until something happens.
 *
 * @module
 */
import type { App, AppEvent } from "./app.ts";
import type { Cells } from "./cells.ts";
import { frame } from "./diff.ts";
import { keySpelling } from "./input_event.ts";
import { bindingOf } from "./key_map.ts";
import { paint } from "./paint.ts";
import type { Rendering } from "./screen.ts";
import type { Ending, Terminal, TerminalEvent } from "./terminal_port.ts";

/** The pause between two frames at least: 30 frames a second. */
const FRAME_MILLIS = 1000 / 30;

/** An app on a terminal, from its first frame to its end. */
export class Loop<State, Message> {
  readonly #app: App<State, Message>;
  readonly #terminal: Terminal;
  readonly #rendering: Rendering;
  readonly #done: (ending: Ending) => void;
  #state: State;
  #ending: Ending | undefined;
  #shown: Cells | undefined;
  #lastFrame = Number.NEGATIVE_INFINITY;
  #dirty = true;
  #cancelFrame: (() => void) | undefined;
  #cancelTick: (() => void) | undefined;

  /** Prepares an app; `done` is called once, when the terminal has been given back. */
  constructor(
    app: App<State, Message>,
    terminal: Terminal,
    rendering: Rendering,
    done: (ending: Ending) => void,
  ) {
    this.#app = app;
    this.#terminal = terminal;
    this.#rendering = rendering;
    this.#done = done;
    this.#state = app.init;
  }

  /** The app's state. */
  get state(): State {
    return this.#state;
  }

  /** How the app ended; missing while it runs. */
  get ending(): Ending | undefined {
    return this.#ending;
  }

  /** What the terminal shows; missing until the first frame. */
  get shown(): Cells | undefined {
    return this.#shown;
  }

  /** Takes over the terminal and draws the first frame. */
  start(): void {
    this.#guard(() => {
      this.#terminal.open((event) => this.#guard(() => this.#receive(event)));
      this.#armTick();
      this.draw();
    });
  }

  /** Gives a message to the app. */
  send(message: Message): void {
    this.#guard(() => this.#update(message));
  }

  /** Draws now if there is something new to see. */
  draw(): void {
    this.#guard(() => {
      this.#cancelFrame?.();
      this.#cancelFrame = undefined;
      if (!this.#dirty) return;
      this.#dirty = false;
      this.#lastFrame = this.#terminal.now();
      const screen = { ...this.#rendering, ...this.#terminal.size() };
      const cells = paint(this.#app.view(this.#state, screen), screen);
      const text = frame(this.#shown, cells);
      this.#shown = cells;
      if (text !== "") this.#terminal.write(text);
    });
  }

  /** Runs a step of a living app; whatever it throws ends the app. */
  #guard(step: () => void): void {
    if (this.#ending !== undefined) return;
    try {
      step();
    } catch (error) {
      this.#end({ kind: "error", error });
    }
  }

  #end(ending: Ending): void {
    if (this.#ending !== undefined) return;
    this.#ending = ending;
    this.#cancelFrame?.();
    this.#cancelTick?.();
    this.#terminal.close();
    this.#done(ending);
  }

  #armTick(): void {
    const { tick } = this.#app;
    if (tick === undefined) return;
    this.#cancelTick = this.#terminal.after(
      tick.millis,
      () =>
        this.#guard(() => {
          this.#armTick();
          this.#update(tick.message);
        }),
    );
  }

  #update(message: Message): void {
    const before = this.#state;
    this.#state = this.#app.update(before, message);
    this.#app.perform?.(message, this.#state, (next) => this.send(next));
    if (this.#app.ended(this.#state)) return this.#end({ kind: "quit" });
    if (this.#state !== before) this.#drawSoon();
  }

  #receive(event: TerminalEvent): void {
    switch (event.kind) {
      case "end":
        return this.#end(event.ending);
      case "redraw":
        this.#shown = undefined;
        return this.#drawSoon();
      case "key":
        if (keySpelling(event) === "ctrl+c") return this.#end({ kind: "quit" });
        break;
      case "paste":
      case "suspend-denied":
        break;
    }
    const message = this.#messageOf(event);
    if (message !== undefined) this.#update(message);
  }

  #messageOf(event: AppEvent): Message | undefined {
    const binding = event.kind === "key"
      ? bindingOf(this.#app.keys(this.#state), event)
      : undefined;
    return binding === undefined
      ? this.#app.on?.(event, this.#state)
      : binding.message;
  }

  #drawSoon(): void {
    this.#dirty = true;
    const waits = this.#cancelFrame !== undefined;
    if (waits || this.#ending !== undefined) return;
    const wait = this.#lastFrame + FRAME_MILLIS - this.#terminal.now();
    this.#cancelFrame = this.#terminal.after(
      Math.max(0, wait),
      () => this.draw(),
    );
  }
}

/** Shows an app on a terminal until it ends, and answers how; the terminal is as it was by then. */
export function run<State, Message>(
  app: App<State, Message>,
  terminal: Terminal,
  rendering: Rendering,
): Promise<Ending> {
  return new Promise((resolve) =>
    new Loop(app, terminal, rendering, resolve).start()
  );
}
