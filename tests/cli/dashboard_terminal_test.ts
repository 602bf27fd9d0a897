/**
 * The dashboard in a user's terminal: what is seen there is what the same keys lead
 * to in memory, and whatever way it ends, all is as it was.
 */
import assert from "node:assert/strict";
import { simulatedMachine } from "../../src/cli/simulated_machine.ts";
import { loadWorkload } from "../../src/cli/workload_file.ts";
import { KEY_SCOPES, QUIT } from "../../src/dashboard/key_scopes.ts";
import { MachineHistory } from "../../src/machine/mod.ts";
import { Timeline } from "../../src/observe/mod.ts";
import { BUILTINS, DEFAULT_SEED } from "../../src/workload/mod.ts";
import {
  dashboardOn,
  type DashboardScreen,
} from "../golden/dashboard_screen.ts";
import { hasUserTerminal, type Look, plainRows, UserTerminal } from "./tmux.ts";

const ignore = !hasUserTerminal();

/** What runs in the terminal: a program that tells its number and its exit code in files. */
const GO = `#!/bin/sh
sh -c 'echo $$ > pid; exec "$DENO" run -A --no-prompt "$@"' sh "$@"
echo $? > code
`;

/** Starts it as `npx` does: what the user has started starts a shell that starts it. */
const WRAPPER = `#!/bin/sh
echo $$ > wrapper.pid
sh -c './go "$@"; true' sh "$@"
true
`;

/** Ends before ksmd has begun: what is seen is a matter of keys, not of time. */
const SCRIPT = `import { type Box, workload } from "ksmscope";
export default workload("still", function* (box: Box) {
  for (const name of ["vm-a", "vm-b", "vm-c"]) {
    const ram = box.process(name).mmap("ram", 20, { mergeable: true });
    ram.fill(0, 12, { kind: "prng", seed: 1 });
  }
});
`;

const FILES = { go: GO, wrapper: WRAPPER, "still.ts": SCRIPT };

/** What starts the dashboard. */
const DASHBOARD = "$HERE/mod.ts dashboard";

/** Starts a command, with something on the screen before; answers how it looked just before. */
async function start(terminal: UserTerminal, line: string): Promise<Look> {
  await terminal.run("printf 'what \\033[31mthe user\\033[0m did\\n'");
  await terminal.run("stty -a > before");
  await terminal.type(line, false);
  const look = await terminal.untilSeen(line);
  await terminal.press("enter");
  return look;
}

/**
 * Waits for the prompt, and holds all above the lines below the command, and all
 * modes, against what was before; answers those lines.
 */
async function assertRestored(
  terminal: UserTerminal,
  before: Look,
): Promise<string[]> {
  const [, row] = before.cursor;
  await terminal.until(({ modes }) => modes === before.modes);
  const after = await terminal.untilPrompt(row);
  assert.equal(after.modes, before.modes);
  assert.deepEqual(after.rows.slice(0, row + 1), before.rows.slice(0, row + 1));
  assert.ok(after.rows.slice(after.cursor[1] + 1).every((line) => line === ""));
  await terminal.run("stty -a > after");
  assert.equal(
    await terminal.untilWritten("after"),
    await terminal.untilWritten("before"),
  );
  return after.rows.slice(row + 1, after.cursor[1]);
}

Deno.test({
  name: "a user's terminal: each key shows there what it does in memory",
  ignore,
  fn: async () => {
    await using terminal = await UserTerminal.open(FILES);
    const before = await start(terminal, `./go ${DASHBOARD} ./still.ts`);
    const model = await inMemory(`${terminal.folder}/still.ts`);
    await assertSame(terminal, model);
    for (const { title, keys } of KEY_SCOPES) {
      for (const key of keys.flatMap(({ keys }) => keys)) {
        if (QUIT.keys.includes(key)) continue;
        for (const each of [...wayTo(title, key), key]) {
          await pressBoth(terminal, model, each);
        }
        while (!isHome(model)) await pressBoth(terminal, model, "escape");
      }
    }
    for (const [columns, rows] of [[60, 15], [120, 40]]) {
      model.resize(columns, rows);
      await terminal.resize(columns, rows);
      await assertSame(terminal, model);
    }
    await terminal.press("q");
    assert.deepEqual(await assertRestored(terminal, before), []);
    assert.equal(await terminal.untilWritten("code"), "0");
  },
});

/** The keys that lead to where a key of a scope means something. */
const WAYS: Readonly<Record<string, readonly string[]>> = {
  "everywhere": [],
  "overview": [],
  "lists, zoomed or with the focus": ["6"],
  "zoomed map": ["3"],
  "knobs and menus": ["k"],
  "while typing": ["6", "/"],
  "help": ["?"],
};

function wayTo(title: string, key: string): readonly string[] {
  // There has to be something to go back from.
  if (title === "everywhere" && key === "escape") return ["1"];
  const way = WAYS[title];
  assert.ok(way !== undefined, `no way to the keys "${title}" is known here`);
  return way;
}

/** The same dashboard as on the terminal, in memory, once its workload has ended. */
async function inMemory(path: string): Promise<DashboardScreen> {
  const workload = await loadWorkload(path);
  const settings = { seed: DEFAULT_SEED, knobs: [] };
  const history = new MachineHistory(
    simulatedMachine(workload, settings),
    () => workload.open(DEFAULT_SEED),
  );
  const options = {
    columns: 120,
    rows: 40,
    hints: true,
    caption: workload.origin.title,
    workloads: BUILTINS,
  };
  const source = new Timeline(workload.name, history);
  const screen = dashboardOn(source, options);
  screen.advance(1000);
  assert.match(screen.frame(), /workload ended/);
  return screen;
}

function isHome({ state }: DashboardScreen): boolean {
  return state.dialog === undefined && state.zoomed === undefined;
}

async function pressBoth(
  terminal: UserTerminal,
  model: DashboardScreen,
  key: string,
): Promise<void> {
  model.press(key);
  // Whatever the key has begun comes to its end.
  model.advance(1000);
  await terminal.press(key);
  await assertSame(terminal, model, key);
}

async function assertSame(
  terminal: UserTerminal,
  model: DashboardScreen,
  key = "the start",
): Promise<void> {
  const expected = model.frame();
  try {
    await terminal.until((look) => plainRows(look).join("\n") === expected);
  } catch {
    const shown = plainRows(await terminal.look()).join("\n");
    assert.equal(shown, expected, `after ${key}`);
  }
}

Deno.test({
  name: "a user's terminal: is as it was after SIGTERM",
  ignore,
  fn: async () => {
    await using terminal = await UserTerminal.open(FILES);
    const before = await start(terminal, `./go ${DASHBOARD} demo-vms`);
    await terminal.untilSeen("running");
    Deno.kill(Number(await terminal.untilWritten("pid")), "SIGTERM");
    assert.deepEqual(await assertRestored(terminal, before), []);
    assert.equal(await terminal.untilWritten("code"), "143");
  },
});

Deno.test({
  name:
    "a user's terminal: after a bug it is as it was, with the stack, and where to report it",
  ignore,
  fn: async () => {
    await using terminal = await UserTerminal.open(FILES);
    const program = "$HERE/tests/cli/failing_dashboard.ts";
    const before = await start(terminal, `./go ${program}`);
    const [message, first, ...more] = await assertRestored(terminal, before);
    assert.equal(message, "Error: injected");
    assert.match(first, /^ {4}at FailingSource\.advance /);
    const text = more.join("");
    assert.match(text, /ksmscope: This is a bug of ksmscope; please report it/);
    assert.equal(await terminal.untilWritten("code"), "70");
  },
});

Deno.test({
  name: "a user's terminal: is as it was when a wrapper has been killed",
  ignore,
  fn: async () => {
    await using terminal = await UserTerminal.open(FILES);
    const before = await start(terminal, `./wrapper ${DASHBOARD} demo-vms`);
    await terminal.untilSeen("running");
    const wrapper = Number(await terminal.untilWritten("wrapper.pid"));
    Deno.kill(wrapper, "SIGKILL");
    // The shell has told of it, with its prompt, on the screen that is no more.
    const after = await terminal.until(({ modes }) => modes === before.modes);
    assert.deepEqual(after.rows, before.rows);
    assert.equal(await terminal.untilWritten("code"), "129");
    await terminal.press("enter");
    await assertRestored(terminal, before);
  },
});

/** Above it, and what it is started in. */
const STARTED = [["alone", "go"], ["in a wrapper", "wrapper"]];

for (const [how, program] of STARTED) {
  Deno.test({
    name: `a user's terminal: ${how}, ctrl-z gives it back, and fg goes on`,
    ignore,
    fn: async () => {
      await using terminal = await UserTerminal.open(FILES);
      const line = `./${program} ${DASHBOARD} demo-vms`;
      const before = await start(terminal, line);
      await terminal.untilSeen("running");
      await terminal.press("ctrl+z");
      const [empty, stopped, ...none] = await assertRestored(terminal, before);
      assert.deepEqual([empty, none], ["", []]);
      assert.match(stopped, /Stopped/);
      const again = await start(terminal, "fg");
      await terminal.until(({ modes }) => modes !== before.modes);
      await terminal.untilSeen("running");
      await terminal.press("q");
      // The shell names what goes on.
      assert.deepEqual(await assertRestored(terminal, again), [line]);
      assert.equal(await terminal.untilWritten("code"), "0");
    },
  });
}
