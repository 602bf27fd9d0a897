/**
 * A terminal with a shell in it, as a user has it, by tmux and bash: what is typed,
 * what is seen, and in which state all is.
 *
 * @module
 */
import { stripAnsiCode } from "../../src/std/fmt/colors.ts";
import {
  type KeyEvent,
  type KeyName,
  keyOf,
} from "../../src/tui/input_event.ts";
import { leftOut } from "../left_out.ts";
import { pathOf } from "../tidy/sources.ts";

/** Whether tests can have it here; says so if not. */
export function hasUserTerminal(): boolean {
  if (leftOut(Deno.build.os !== "linux", "a user's terminal, off Linux")) {
    return false;
  }
  return [["tmux", "-V"], ["bash", "--version"]].every(([program, flag]) => {
    try {
      return new Deno.Command(program, { args: [flag] }).outputSync().success;
    } catch {
      return !leftOut(true, `a user's terminal: no \`${program}\` here`);
    }
  });
}

/** What a terminal shows, and how it is set. */
export interface Look {
  /** The rows with their styles, without the spaces at their ends. */
  readonly rows: readonly string[];
  /** Column and row of the cursor. */
  readonly cursor: readonly [column: number, row: number];
  /** Modes by the names that tmux has for them, and the size. */
  readonly modes: string;
}

const MODES = [
  "alternate_on",
  "cursor_flag",
  "insert_flag",
  "keypad_cursor_flag",
  "keypad_flag",
  "mouse_any_flag",
  "mouse_sgr_flag",
  "origin_flag",
  "wrap_flag",
  "scroll_region_upper",
  "scroll_region_lower",
  "pane_width",
  "pane_height",
];

/** What the shell writes when it waits for a line. */
export const PROMPT = "now> ";

/** Longer than anything takes on the slowest computer; only a test that fails waits for so long. */
const DEADLINE_MILLIS = 60_000;

/** The keys that tmux calls otherwise. */
const KEYS: Partial<Readonly<Record<KeyName, string>>> = {
  enter: "Enter",
  escape: "Escape",
  space: "Space",
  backspace: "BSpace",
  delete: "DC",
  insert: "IC",
  tab: "Tab",
  pageup: "PPage",
  pagedown: "NPage",
};

/** Arguments of `send-keys`. */
function typing({ name, ctrl, alt, shift, char }: KeyEvent): string[] {
  const plain = char !== "" && name !== "space" && !ctrl && !alt;
  // A semicolon at the end would end the command.
  if (plain) return ["-l", char === ";" ? "\\;" : char];
  const known = Object.entries(KEYS).find(([key]) => key === name)?.[1];
  const held = `${ctrl ? "C-" : ""}${alt ? "M-" : ""}${shift ? "S-" : ""}`;
  const called = known ??
    (name.length > 1 ? name[0].toUpperCase() + name.slice(1) : name);
  return [`${held}${called}`];
}

/** A shell in a terminal of 120 by 40, in a folder of its own. */
export class UserTerminal implements AsyncDisposable {
  /** The folder that the shell is in. */
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Opens one. Files are put into its folder before; the shell finds the runtime as `$DENO`, this project as `$HERE`. */
  static async open(
    files: Readonly<Record<string, string>> = {},
  ): Promise<UserTerminal> {
    const terminal = new UserTerminal(
      Deno.realPathSync(Deno.makeTempDirSync()),
    );
    const { folder } = terminal;
    // A status line would take a row.
    Deno.writeTextFileSync(`${folder}/tmux.conf`, "set -g status off\n");
    const settings = `PS1='${PROMPT}'\nunset HISTFILE PROMPT_COMMAND\n`;
    Deno.writeTextFileSync(`${folder}/bashrc`, settings);
    for (const [name, text] of Object.entries(files)) {
      Deno.writeTextFileSync(`${folder}/${name}`, text, { mode: 0o755 });
    }
    const environment = {
      DENO: Deno.execPath(),
      HERE: pathOf(""),
    };
    const given = Object.entries(environment)
      .flatMap(([name, value]) => ["-e", `${name}=${value}`]);
    await terminal.#tmux(
      ...["-u", "-f", `${folder}/tmux.conf`],
      ...["new-session", "-d", "-x", "120", "-y", "40", "-c", folder],
      ...[...given, "exec bash --rcfile bashrc"],
    );
    try {
      await terminal.untilPrompt();
      return terminal;
    } catch (error) {
      await terminal[Symbol.asyncDispose]();
      throw error;
    }
  }

  async #tmux(...args: string[]): Promise<string> {
    const { success, stdout, stderr } = await new Deno.Command("tmux", {
      args: ["-S", `${this.folder}/tmux.socket`, ...args],
      env: { TMUX: "", ENV: "", NO_COLOR: "", LC_ALL: "C.UTF-8" },
    }).output();
    const decoder = new TextDecoder();
    if (!success) throw new Error(`tmux ${args[0]}: ${decoder.decode(stderr)}`);
    return decoder.decode(stdout);
  }

  /** Presses a key, spelled as in a key map. */
  async press(key: string): Promise<void> {
    await this.#tmux("send-keys", ...typing(keyOf(key)));
  }

  /** Types a line, and the enter key unless told otherwise. */
  async type(line: string, enter = true): Promise<void> {
    await this.#tmux("send-keys", "-l", line);
    if (enter) await this.press("enter");
  }

  /** Changes the size. */
  async resize(columns: number, rows: number): Promise<void> {
    await this.#tmux("resize-window", "-x", `${columns}`, "-y", `${rows}`);
  }

  /** What is there now. */
  async look(): Promise<Look> {
    const state = ["cursor_x", "cursor_y", ...MODES]
      .map((name) => `#{${name}}`).join(" ");
    const text = await this.#tmux(
      ...["display-message", "-p", state, ";", "capture-pane", "-p", "-e"],
    );
    const [first, ...rows] = text.split("\n").slice(0, -1);
    const [column, row, ...modes] = first.split(" ");
    return {
      rows: rows.map((line) => line.trimEnd()),
      cursor: [Number(column), Number(row)],
      modes: MODES.map((name, at) => `${name}=${modes[at]}`).join(" "),
    };
  }

  /** Looks until something is there; a look takes some milliseconds, so that nothing else waits. */
  async until(isThere: (look: Look) => boolean): Promise<Look> {
    const deadline = performance.now() + DEADLINE_MILLIS;
    for (;;) {
      const look = await this.look();
      if (isThere(look)) return look;
      if (performance.now() > deadline) {
        throw new Error(`this has not come:\n${look.rows.join("\n")}`);
      }
    }
  }

  /** Looks until a text is there. */
  untilSeen(text: string | RegExp): Promise<Look> {
    return this.until((look) => {
      const seen = plainRows(look).join("\n");
      return typeof text === "string" ? seen.includes(text) : text.test(seen);
    });
  }

  /** Looks until the shell waits for a line that has not been begun, below a row. */
  untilPrompt(below = -1): Promise<Look> {
    return this.until(({ rows, cursor: [column, row] }) =>
      row > below && column === PROMPT.length && rows[row] === PROMPT.trimEnd()
    );
  }

  /** Runs a command to its end; the screen must have room for what it writes. */
  async run(line: string): Promise<Look> {
    const { cursor: [, row] } = await this.look();
    await this.type(line);
    return this.untilPrompt(row);
  }

  /** The end of a command: a file of the folder that it has written, without the line feed at its end. */
  async untilWritten(name: string): Promise<string> {
    const text = () => {
      try {
        return Deno.readTextFileSync(`${this.folder}/${name}`).trimEnd();
      } catch (error) {
        if (error instanceof Deno.errors.NotFound) return "";
        throw error;
      }
    };
    await this.until(() => text() !== "");
    return text();
  }

  /** Closes the terminal, and removes the folder. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#tmux("kill-server");
    Deno.removeSync(this.folder, { recursive: true });
  }
}

/** Rows without their styles. */
export function plainRows({ rows }: Look): string[] {
  return rows.map((row) => stripAnsiCode(row).trimEnd());
}
