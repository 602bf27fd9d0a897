/**
 * The terminal port on a real terminal device, made by `script` of util-linux:
 * whatever happens, the modes and the screen are as they were.
 */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { Emulator } from "../golden/emulator.ts";
import { hasTerminalDevices } from "./terminal_device.ts";

const APP = fileURLToPath(new URL("./tui_faulty_app.tsx", import.meta.url));

/** Runs the app in a shell of {@linkcode Session}; paths may hold any character. */
const RUN = '"$DENO" run --quiet';

const ignore = !hasTerminalDevices();

/** A process on a terminal device of its own, and all that it has written. */
class Session implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;
  readonly #decoder = new TextDecoder();
  output = "";

  constructor(shell: string) {
    this.#child = new Deno.Command("script", {
      args: ["-qec", shell, "/dev/null"],
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
      env: {
        SHELL: "/bin/sh",
        TERM: "xterm",
        DENO: Deno.execPath(),
        APP,
      },
    }).spawn();
    this.#reader = this.#child.stdout.getReader();
  }

  /** Reads until something has been written, and answers what matched. */
  async until(pattern: RegExp): Promise<RegExpMatchArray> {
    for (;;) {
      const found = this.output.match(pattern);
      if (found !== null) return found;
      const { done, value } = await this.#reader.read();
      if (done) {
        throw new Error(`no ${pattern} in ${JSON.stringify(this.output)}`);
      }
      this.output += this.#decoder.decode(value, { stream: true });
    }
  }

  async type(keys: string): Promise<void> {
    const writer = this.#child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(keys));
    writer.releaseLock();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#child.stdin.close();
    await this.#reader.cancel();
    await this.#child.status;
  }
}

/** A shell line that runs the app without any permission between two looks at the modes. */
function line(flags = ""): string {
  return `echo "before=$(stty -g);"; ${RUN} ${flags} "$APP"; ` +
    `echo "code=$?;"; echo "after=$(stty -g);"`;
}

async function assertRestored(session: Session): Promise<void> {
  const [, before] = await session.until(/before=(.*?);/);
  const [, after] = await session.until(/after=(.*?);/);
  assert.equal(after, before);
  const emulator = new Emulator({ columns: 80, rows: 24 });
  await emulator.write(session.output);
  assert(!emulator.alternate);
  assert.deepEqual(emulator.modes, {
    wraparound: true,
    bracketedPaste: false,
    mouse: false,
  });
  const { output } = session;
  for (const mode of ["1049", "2004", "1000", "1006"]) {
    const on = output.lastIndexOf(`\x1b[?${mode}h`);
    assert(on >= 0 && output.lastIndexOf(`\x1b[?${mode}l`) > on);
  }
  assert(output.lastIndexOf("\x1b[?25h") > output.lastIndexOf("\x1b[?25l"));
  assert.match(emulator.text(), /^before=.*\n(.*\n)*after=/);
}

/** What the user does, and how the app says that it ended. */
const KEYS: readonly (readonly [string, string, string])[] = [
  ["q", "q", "quit:"],
  ["ctrl-c", "\x03", "quit:"],
  ["an error in the view", "v", "error:injected"],
  ["an unhandled rejection", "r", "error:injected"],
  ["an error in a timer", "t", "error:injected"],
];

for (const [name, keys, ending] of KEYS) {
  Deno.test({
    name: `terminal: is as it was after ${name}`,
    ignore,
    fn: async () => {
      await using session = new Session(line());
      await session.until(/ready/);
      await session.type(keys);
      const [, ended] = await session.until(/ended=(.*?);/);
      assert.equal(ended, ending);
      await assertRestored(session);
    },
  });
}

Deno.test({
  name: "terminal: is as it was after Deno.exit",
  ignore,
  fn: async () => {
    await using session = new Session(line());
    await session.until(/ready/);
    await session.type("x");
    const [, code] = await session.until(/code=(\d+);/);
    assert.equal(code, "3");
    await assertRestored(session);
  },
});

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  Deno.test({
    name: `terminal: is as it was after ${signal}`,
    ignore,
    fn: async () => {
      await using session = new Session(line());
      const [, pid] = await session.until(/pid=(\d+).*ready/);
      Deno.kill(Number(pid), signal);
      const [, ended] = await session.until(/ended=(.*?);/);
      assert.equal(ended, `signal:${signal}`);
      await assertRestored(session);
    },
  });
}

Deno.test({
  name:
    "terminal: ctrl-z without permission is told to the app, and nothing is asked",
  ignore,
  fn: async () => {
    await using session = new Session(line());
    await session.until(/ready/);
    await session.type("\x1a");
    await session.until(/stop/);
    await session.type("q");
    await assertRestored(session);
    assert.doesNotMatch(session.output, /requests|allow\?/i);
  },
});

Deno.test({
  name: "terminal: ctrl-z stops the app, and it draws anew when it goes on",
  ignore,
  fn: async () => {
    const shell = `set -m; ${line("--allow-run")}; echo "stopped;"; ` +
      `fg >/dev/null; echo "last=$(stty -g);"`;
    await using session = new Session(shell);
    await session.until(/ready/);
    await session.type("\x1a");
    const [, before] = await session.until(/before=(.*?);/);
    const [, stopped] = await session.until(/after=(.*?);/);
    assert.equal(stopped, before);
    await session.until(/stopped;[^]*ready/);
    await session.type("q");
    await session.until(/ended=quit:;/);
    const [, last] = await session.until(/last=(.*?);/);
    assert.equal(last, before);
  },
});

Deno.test({
  name: "terminal: the app leaves when its parent has gone",
  ignore,
  fn: async () => {
    const inner = `${RUN} "$APP"; true`;
    const shell = `sh -c 'echo "parent=$$;"; ${inner}' || read line`;
    await using session = new Session(shell);
    const [, parent] = await session.until(/parent=(\d+);/);
    await session.until(/ready/);
    Deno.kill(Number(parent), "SIGKILL");
    await session.until(/ended=signal:SIGHUP;/);
    await session.type("\n");
  },
});
