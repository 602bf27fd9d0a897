/**
 * The frame loop: messages in, frames out. It sleeps until something happens.
 *
 * @module
 */
import type { App, AppEvent } from "./app.ts";
import type { Cells } from "./cells.ts";
import { frame } from "./diff.ts";
import {
  type InputEvent,
  type KeyEvent,
  keySpelling,
  type MouseEvent,
} from "./input_event.ts";
import { bindingOf } from "./key_map.ts";
import { LayoutTree } from "./layout.ts";
import { paint } from "./paint.ts";
import type { Rendering, Screen } from "./screen.ts";
import { type Areas, nextFocus, sameAreas, Targets } from "./target.ts";
import type { Ending, Terminal, TerminalEvent } from "./terminal_port.ts";
import type { Picture } from "./view.ts";

/** The pause between two frames at least: 30 frames a second. */
const FRAME_MILLIS = 1000 / 30;

/** How often the sizes in one frame may change what is in it. */
const LAYOUT_ROUNDS = 4;

/** An app on a terminal, from its first frame to its end. */
export class Loop<State, Message> {
  readonly #app: App<State, Message>;
  readonly #terminal: Terminal;
  readonly #rendering: Rendering;
  readonly #done: (ending: Ending) => void;
  #state: State;
  #ending: Ending | undefined;
  readonly #tree = new LayoutTree();
  #shown: Cells | undefined;
  #targets = new Targets();
  #areas: Areas = new Map();
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
      if (!this.#dirty) return;
      const { cells, targets } = this.#picture();
      if (this.#ending !== undefined) return;
      this.#cancelFrame?.();
      this.#cancelFrame = undefined;
      this.#dirty = false;
      this.#lastFrame = this.#terminal.now();
      this.#targets = targets;
      const text = frame(this.#shown, cells);
      this.#shown = cells;
      if (text !== "") this.#terminal.write(text);
    });
  }

  #screen(): Screen {
    const theme = this.#app.theme?.(this.#state);
    return { ...this.#rendering, ...this.#terminal.size(), theme };
  }

  /** The picture of the state; the app is told of the sizes in it, and what it makes of them is in it. */
  #picture(): Picture {
    for (let round = 1;; round++) {
      const screen = this.#screen();
      const state = this.#state;
      const picture = paint(this.#app.view(state, screen), screen, this.#tree);
      const { areas } = picture.targets;
      const settled = sameAreas(areas, this.#areas);
      if (settled || round === LAYOUT_ROUNDS) return picture;
      this.#areas = areas;
      this.#tell({ kind: "layout", areas });
      if (this.#state === state) return picture;
    }
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
    this.#tree.free();
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
    this.#app.perform?.(
      message,
      this.#state,
      (next) => this.send(next),
      () => this.#screen(),
    );
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
      case "suspend-denied":
        return this.#tell(event);
      default:
        return this.#input(event);
    }
  }

  #input(event: InputEvent): void {
    switch (event.kind) {
      case "key":
        return this.#key(event);
      case "mouse":
        return this.#mouse(event);
      case "paste":
        return this.#tell(event);
    }
  }

  #key(event: KeyEvent): void {
    const spelling = keySpelling(event);
    if (spelling === "ctrl+c") return this.#end({ kind: "quit" });
    const binding = bindingOf(this.#app.keys(this.#state), event);
    if (binding !== undefined) return this.#update(binding.message);
    if (spelling === "tab") return this.#moveFocus(event, 1);
    if (spelling === "shift+tab") return this.#moveFocus(event, -1);
    this.#tell(event);
  }

  #moveFocus(event: KeyEvent, by: 1 | -1): void {
    if (this.#app.focused === undefined) return this.#tell(event);
    const focused = this.#app.focused(this.#state);
    const id = nextFocus(this.#targets.focusOrder(), focused, by);
    if (id !== undefined) this.#tell({ kind: "focus", id });
  }

  /** A click first moves the focus, then counts by itself. */
  #mouse(event: MouseEvent): void {
    const hits = this.#targets.at(event.column, event.row);
    const clicks = event.action === "press" && event.button === "left";
    if (clicks && this.#app.focused !== undefined) {
      const order = this.#targets.focusOrder();
      const hit = hits.find(({ id }) => order.includes(id));
      const moves = hit !== undefined &&
        hit.id !== this.#app.focused(this.#state);
      if (moves) this.#tell({ kind: "focus", id: hit.id });
    }
    if (this.#ending === undefined) this.#tell({ ...event, hits });
  }

  /** Tells the app of an event, and does what it makes of it. */
  #tell(event: AppEvent): void {
    const message = this.#app.on?.(event, this.#state);
    if (message !== undefined) this.#update(message);
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
