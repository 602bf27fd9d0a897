/**
 * The terminal of this process, and the only file here that uses Deno.
 *
 * Whatever way the process ends short of SIGKILL, the terminal is given back as
 * it was: on a request, an error, an unhandled rejection, `Deno.exit`, SIGINT,
 * SIGTERM, SIGHUP, at the end of the input, and when a process that it was started
 * by has gone (a wrapper such as `npx` may die without passing a signal on).
 *
 * No permission is needed, and none is asked for. With `--allow-run`, Ctrl-Z
 * stops the process; without, the app is told that it cannot. With `--allow-all`
 * on Linux a wrapper is missed also where it has started a shell that has started
 * this process; without, the parent alone.
 *
 * @module
 */
import { type ColorDepth, colorDepth, type ColorVariables } from "./color.ts";
import { InputDecoder } from "./decoder.ts";
import { type InputEvent, keySpelling } from "./input_event.ts";
import type { Size } from "./screen.ts";
import type {
  Ending,
  EndingSignal,
  Terminal,
  TerminalEvent,
} from "./terminal_port.ts";

/** Alternate screen; cursor hidden; no line wrap at the last column; paste in brackets. */
const ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h";
/** Presses, releases and the wheel of the mouse, as `mouse_report` reads them. */
const ENTER_MOUSE = "\x1b[?1000h\x1b[?1006h";
const LEAVE_MOUSE = "\x1b[?1006l\x1b[?1000l";
/**
 * The end of a frame that was cut short, plain style, a blank screen, and all of
 * the above undone. Blank, since a multiplexer that has been resized meanwhile
 * may fill the user's screen up with rows of the one that is left.
 */
const LEAVE =
  "\x1b[?2026l\x1b[0m\x1b[2J\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l";

const ENDING_SIGNALS: readonly EndingSignal[] = ["SIGINT", "SIGTERM", "SIGHUP"];
const FALLBACK_SIZE: Size = { columns: 80, rows: 24 };
/** An escape that nothing follows for so long is the escape key. */
const LONE_ESCAPE_MILLIS = 50;
/** How often to look whether those who started this process are still there. */
const FOREBEARS_POLL_MILLIS = 1000;
/** A stop that has not happened by then will not: nobody would wake the process up. */
const STOP_MILLIS = 100;

/** Whether keyboard and screen are a terminal, so that an app can be shown. */
export function hasTerminal(): boolean {
  return Deno.stdin.isTerminal() && Deno.stdout.isTerminal();
}

/** Whether the user's environment wants colours (`NO_COLOR` is not set). */
export function wantsColor(): boolean {
  return !Deno.noColor;
}

/**
 * How many colours the terminal of this process shows. Where the environment may
 * not be read, and none is asked for, those 16 that all show.
 */
export function terminalDepth(): ColorDepth {
  const variable = (name: keyof ColorVariables): string | undefined => {
    const permission = Deno.permissions.querySync({
      name: "env",
      variable: name,
    });
    return permission.state === "granted" ? Deno.env.get(name) : undefined;
  };
  return Deno.noColor ? 0 : colorDepth({
    NO_COLOR: variable("NO_COLOR"),
    COLORTERM: variable("COLORTERM"),
    TERM: variable("TERM"),
  });
}

/** What is asked of the terminal. */
export interface DenoTerminalOptions {
  /** Whether to tell of the mouse; to select text, users then hold shift. False when missing. */
  readonly mouse?: boolean | undefined;
}

/** The terminal of this process. It can be opened once. */
export function denoTerminal(options: DenoTerminalOptions = {}): Terminal {
  return new DenoTerminal(options.mouse ?? false);
}

const encoder = new TextEncoder();

function writeAll(text: string): void {
  let rest = encoder.encode(text);
  while (rest.length > 0) rest = rest.subarray(Deno.stdout.writeSync(rest));
}

/** Whether the process may send signals, without asking for it. */
function mayStop(): boolean {
  return Deno.permissions.querySync({ name: "run" }).state === "granted";
}

/** Parent and process group of a process; undefined where that may not be known. */
function familyOf(pid: number): { parent: number; group: number } | undefined {
  // Asked first, since else the user would be.
  const permission = Deno.permissions.querySync({
    name: "read",
    path: "/proc",
  });
  if (permission.state !== "granted") return undefined;
  try {
    const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
    // The name, in parentheses, may hold anything; then come state, parent and group.
    const [, parent, group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { parent: Number(parent), group: Number(group) };
  } catch {
    return undefined;
  }
}

/**
 * The parent, its parent, and so on, up to the first that is of another process
 * group: a shell gives each command that it runs, with all that this starts, one
 * of its own.
 */
function forebears(): number[] {
  const pids = [Deno.ppid];
  const group = familyOf(Deno.pid)?.group;
  for (let at = 0; at < pids.length; at++) {
    const family = familyOf(pids[at]);
    if (family !== undefined && family.group === group) {
      pids.push(family.parent);
    }
  }
  return pids;
}

/** Does what can fail only if the terminal has gone; answers whether it is still there. */
function tryTerminal(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}

class DenoTerminal implements Terminal {
  readonly #decoder = new InputDecoder();
  readonly #undo: (() => void)[] = [];
  #listener: ((event: TerminalEvent) => void) | undefined;
  #size: Size = FALLBACK_SIZE;
  #entered = false;
  #stopped = false;
  #cancelFlush: () => void = () => {};
  readonly #mouse: boolean;

  constructor(mouse: boolean) {
    this.#mouse = mouse;
  }

  open(listener: (event: TerminalEvent) => void): void {
    this.#listener = listener;
    this.#listenForEnd();
    this.#listenForSignals();
    this.#watchForebears();
    this.#enter();
    this.#readKeys();
  }

  close(): void {
    if (this.#listener === undefined) return;
    this.#listener = undefined;
    this.#cancelFlush();
    for (const undo of this.#undo.splice(0)) undo();
    this.#leave();
  }

  size(): Size {
    tryTerminal(() => {
      const { columns, rows } = Deno.consoleSize();
      this.#size = columns > 0 && rows > 0 ? { columns, rows } : FALLBACK_SIZE;
    });
    return this.#size;
  }

  write(text: string): void {
    if (this.#stopped) return;
    if (!tryTerminal(() => writeAll(text))) this.#hangUp();
  }

  now(): number {
    return performance.now();
  }

  after(millis: number, callback: () => void): () => void {
    const timer = setTimeout(callback, millis);
    return () => clearTimeout(timer);
  }

  #tell(event: TerminalEvent): void {
    this.#listener?.(event);
  }

  #end(ending: Ending): void {
    this.#tell({ kind: "end", ending });
  }

  #hangUp(): void {
    this.#end({ kind: "signal", name: "SIGHUP" });
  }

  #enter(): void {
    Deno.stdin.setRaw(true);
    this.#entered = true;
    this.write(this.#mouse ? ENTER + ENTER_MOUSE : ENTER);
  }

  /** A terminal that has gone needs no restoring. */
  #leave(): void {
    if (!this.#entered) return;
    this.#entered = false;
    tryTerminal(() => writeAll(this.#mouse ? LEAVE_MOUSE + LEAVE : LEAVE));
    tryTerminal(() => Deno.stdin.setRaw(false));
  }

  #onSignal(signal: Deno.Signal, handler: () => void): void {
    Deno.addSignalListener(signal, handler);
    this.#undo.push(() => Deno.removeSignalListener(signal, handler));
  }

  #onEvent(
    name: "error" | "unhandledrejection" | "unload",
    handler: (event: Event) => void,
  ): void {
    globalThis.addEventListener(name, handler);
    this.#undo.push(() => globalThis.removeEventListener(name, handler));
  }

  /** What nobody caught ends the app as an error, not the process in raw mode. */
  #listenForEnd(): void {
    this.#onEvent("error", (event) => {
      event.preventDefault();
      const error = event instanceof ErrorEvent ? event.error : event;
      this.#end({ kind: "error", error });
    });
    this.#onEvent("unhandledrejection", (event) => {
      event.preventDefault();
      const error = event instanceof PromiseRejectionEvent
        ? event.reason
        : event;
      this.#end({ kind: "error", error });
    });
    this.#onEvent("unload", () => this.close());
  }

  #listenForSignals(): void {
    for (const name of ENDING_SIGNALS) {
      this.#onSignal(name, () => this.#end({ kind: "signal", name }));
    }
    this.#onSignal("SIGWINCH", () => this.#tell({ kind: "redraw" }));
    this.#onSignal("SIGCONT", () => this.#resume());
  }

  /**
   * Gives the terminal back and stops the whole process group, as the terminal
   * itself would on Ctrl-Z. There is no listener for SIGTSTP: with one, and
   * even after its removal, the runtime would send itself a SIGSTOP, which also
   * stops a group that no shell could ever continue. There a SIGTSTP does
   * nothing, and the app goes on.
   */
  #stop(): void {
    this.#leave();
    this.#stopped = true;
    Deno.kill(0, "SIGTSTP");
    this.after(STOP_MILLIS, () => {
      if (this.#stopped) this.#resume();
    });
  }

  #resume(): void {
    if (this.#listener === undefined) return;
    this.#stopped = false;
    this.#enter();
    this.#tell({ kind: "redraw" });
  }

  /** Whose parent has gone gets another one. */
  #watchForebears(): void {
    const before = `${forebears()}`;
    const timer = setInterval(() => {
      if (`${forebears()}` !== before) this.#hangUp();
    }, FOREBEARS_POLL_MILLIS);
    this.#undo.push(() => clearInterval(timer));
  }

  async #readKeys(): Promise<void> {
    const reader = Deno.stdin.readable.getReader();
    this.#undo.push(() => void reader.cancel());
    for (;;) {
      const chunk = await reader.read().catch(() => undefined);
      if (chunk === undefined) return this.#hangUp();
      if (chunk.done) return this.#end({ kind: "quit" });
      this.#cancelFlush();
      this.#tellInput(this.#decoder.feed(chunk.value));
      if (!this.#decoder.waiting) continue;
      this.#cancelFlush = this.after(
        LONE_ESCAPE_MILLIS,
        () => this.#tellInput(this.#decoder.flush()),
      );
    }
  }

  #tellInput(events: readonly InputEvent[]): void {
    for (const event of events) {
      const stops = event.kind === "key" && keySpelling(event) === "ctrl+z";
      if (!stops) this.#tell(event);
      else if (mayStop()) this.#stop();
      else this.#tell({ kind: "suspend-denied" });
    }
  }
}
