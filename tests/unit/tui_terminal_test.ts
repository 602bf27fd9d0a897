/**
 * The terminal port on a real terminal device, made by `script` of util-linux:
 * whatever happens, the modes and the screen are as they were.
 */
import fc from "fast-check";
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { Size } from "../../src/tui/screen.ts";
import { Emulator } from "../golden/emulator.ts";
import { hasTerminalDevices } from "./terminal_device.ts";
import { Session } from "./tui_session.ts";

/** Runs the app in a shell of a session; paths may hold any character. */
const RUN = '"$DENO" run --quiet';

const FAULTY = "./tui_faulty_app.tsx";

/** Apps that are not left by their own keys, and what each shows at first. */
const NOISY = [
  ["the example", "./tui_noisy_app.tsx", /tasks/],
  ["the dashboard", "./dashboard_noisy_app.ts", /MEMORY/],
] as const;

const ignore = !hasTerminalDevices();

/** A shell line that runs the app without any permission between two looks at the modes. */
function line(flags = ""): string {
  return `echo "before=$(stty -g);"; ${RUN} ${flags} "$APP"; ` +
    `echo "code=$?;"; echo "after=$(stty -g);"`;
}

/** All modes that the app turns on have been turned on, and are as said at the end. */
function assertModes(output: string, at: "on" | "off"): void {
  for (const mode of ["1049", "2004", "1000", "1006"]) {
    const on = output.lastIndexOf(`\x1b[?${mode}h`);
    const off = output.lastIndexOf(`\x1b[?${mode}l`);
    assert(on >= 0, `mode ${mode} has never been on`);
    assert(at === "on" ? on > off : off > on, `mode ${mode} is not ${at}`);
  }
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
  assertModes(output, "off");
  assert(output.lastIndexOf("\x1b[?25h") > output.lastIndexOf("\x1b[?25l"));
  assert.match(emulator.text(), /^(tty=.*\n)?before=.*\n(.*\n)*after=/);
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
      await using session = new Session(line(), FAULTY);
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
    await using session = new Session(line(), FAULTY);
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
      await using session = new Session(line(), FAULTY);
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
    await using session = new Session(line(), FAULTY);
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
    await using session = new Session(shell, FAULTY);
    await session.until(/ready/);
    await session.type("\x1a");
    const [, before] = await session.until(/before=(.*?);/);
    const [, stopped] = await session.until(/after=(.*?);/);
    assert.equal(stopped, before);
    await session.until(/stopped;[^]*ready/);
    const end = session.output.indexOf("stopped;");
    assertModes(session.output.slice(0, end), "off");
    assertModes(session.output, "on");
    await session.type("q");
    await session.until(/ended=quit:;/);
    const [, last] = await session.until(/last=(.*?);/);
    assert.equal(last, before);
  },
});

/** Wrappers, of which the outer one is to go; they pass no signal on. */
const WRAPPED: readonly (readonly [who: string, inner: string])[] = [
  ["parent", `${RUN} "$APP"; true`],
  // As `npx` does: it starts a shell, and that the app.
  ["parent's parent", `sh -c "\"\$DENO\" run -A \"\$APP\"; true"; true`],
];

for (const [who, inner] of WRAPPED) {
  Deno.test({
    name: `terminal: the app leaves when its ${who} has gone`,
    ignore,
    fn: async () => {
      const shell = `sh -c 'echo "parent=$$;"; ${inner}' || read line`;
      await using session = new Session(shell, FAULTY);
      const [, parent] = await session.until(/parent=(\d+);/);
      await session.until(/ready/);
      Deno.kill(Number(parent), "SIGKILL");
      await session.until(/ended=signal:SIGHUP;/);
      await session.type("\n");
    },
  });
}

/** Bytes of all kinds but ctrl-c, by which the user gets out. */
const chunk = fc.array(
  fc.oneof(
    fc.integer({ min: 0, max: 255 }).map((byte) => [byte]),
    fc.constantFrom("\x1b[", "\x1b[<0;9;4M", "\x1b[<65;9;4M", "\x1b[200~")
      .map((text) => [...new TextEncoder().encode(text)]),
  ),
  { maxLength: 60 },
).map((bytes) => new Uint8Array(bytes.flat().filter((byte) => byte !== 3)));

/** Makes a terminal device another size. */
async function resize(tty: string, { columns, rows }: Size): Promise<void> {
  const args = ["-F", tty, "cols", String(columns), "rows", String(rows)];
  const { success } = await new Deno.Command("stty", { args }).output();
  assert(success, `stty ${args.join(" ")}`);
}

for (const [name, app, first] of NOISY) {
  Deno.test({
    name: `terminal: is as it was after noise and resizes on ${name}`,
    ignore,
    fn: async () => {
      await using session = new Session(`echo "tty=$(tty);"; ${line()}`, app);
      const [, tty] = await session.until(/tty=(.*?);/);
      await session.until(first);
      const ended = session.until(/ended=(.*?);/);
      const size = fc.record({
        columns: fc.integer({ min: 1, max: 150 }),
        rows: fc.integer({ min: 1, max: 50 }),
      });
      const steps = fc.tuple(chunk, size);
      for (const [bytes, size] of fc.sample(steps, { numRuns: 40, seed: 1 })) {
        await session.type(bytes);
        await resize(tty, size);
      }
      await resize(tty, { columns: 80, rows: 24 });
      await session.type("\x03");
      assert.equal((await ended)[1], "quit");
      await assertRestored(session);
    },
  });
}

/** Flags of the runtime, the environment, and the colours that are taken for granted then. */
const DEPTHS: readonly (readonly [
  flags: readonly string[],
  env: Readonly<Record<string, string>>,
  depth: string,
])[] = [
  [["--allow-env"], { TERM: "xterm", COLORTERM: "truecolor" }, "16777216"],
  [["--allow-env"], { TERM: "xterm-256color" }, "256"],
  // What may not be read counts for nothing, and nobody is asked.
  [[], { TERM: "xterm-256color", COLORTERM: "truecolor" }, "16"],
  [[], { TERM: "xterm-256color", NO_COLOR: "1" }, "0"],
];

for (const [flags, env, depth] of DEPTHS) {
  const given = Object.entries(env).map((pair) => pair.join("=")).join(" ");
  const may = flags.join(" ") || "no permission";
  Deno.test(`terminal: ${depth} colours by ${given} and ${may}`, async () => {
    const app = new URL("./tui_depth_app.ts", import.meta.url);
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--no-prompt", ...flags, fileURLToPath(app)],
      env: { NO_COLOR: "", COLORTERM: "", TERM: "", ...env },
      stderr: "inherit",
    }).output();
    assert.equal(new TextDecoder().decode(stdout).trim(), depth);
  });
}
