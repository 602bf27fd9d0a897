/**
 * The dashboard over a machine that goes by the virtual clock: what it says of
 * locks and actors is what the machine says of itself, at every step.
 */
import assert from "node:assert/strict";
import { Driver, Machine } from "../../src/machine/mod.ts";
import {
  groupDigits,
  type LockClassView,
  MachineSource,
  type Snapshot,
} from "../../src/observe/mod.ts";
import { openWorkload, workload } from "../../src/workload/mod.ts";
import { dashboardOn, shownCells, textOf } from "./dashboard_screen.ts";

/** Two guests, each with a thread that writes and one that turns mergeability on and off. */
const contended = workload("contended", function* (box) {
  for (const name of ["vm-a", "vm-b"]) {
    const guest = box.process(name);
    const ram = guest.mmap("ram", 64, { mergeable: true });
    ram.fill({ kind: "prng", seed: 1 });
    const more = guest.mmap("more", 8, { mergeable: true });
    guest.every(1, "writer", ({ number }) => ram.write(number % 64, 0, "ff"));
    guest.every(
      1,
      "adviser",
      ({ number }) =>
        more.madvise(number % 2 === 0 ? "unmergeable" : "mergeable"),
    );
  }
  yield* box.scanPasses(40);
});

/** Holds long enough for others to run into. */
const DELAYS = new Map([
  ["ksm_madvise:mmap_lock", 5_000_000],
  ["scan_get_next_rmap_item:mmap_lock", 50_000],
]);

function start() {
  const machine = new Machine({ timed: { seed: 1, delays: DELAYS } });
  const driver = new Driver(machine, openWorkload(contended));
  const source = new MachineSource("contended", driver);
  const screen = dashboardOn(source, { columns: 120, rows: 60, speed: 1 / 8 });
  screen.press("space");
  return { source, screen };
}

/** The figures of a line of lock_stat by its name there. */
function figuresOf(classes: readonly LockClassView[], name: string) {
  const [, base, letter] = /^(.*?)(-[RW])?$/.exec(name) ?? [];
  const found = classes.find((one) => one.name === base);
  return letter === "-R" ? found?.shared : found?.exclusive;
}

/** Checks the zoomed LOCKS; answers how many contentions it shows. */
function checkLocks(lines: readonly string[], { locks }: Snapshot): number {
  assert.ok(locks !== undefined);
  let total = 0;
  const rows = lines.slice(
    3,
    lines.findIndex((line, index) => index > 1 && line.startsWith("├")),
  );
  for (const row of rows) {
    const [name, contentions] = row.replace(/^│ [❯ ] /, "").split(/ {2,}/);
    const figures = figuresOf(locks.classes, name.replace(/ \*$/, ""));
    assert.ok(figures !== undefined, row);
    assert.equal(contentions, groupDigits(figures.contentions), row);
    total += figures.contentions;
  }
  const count = locks.classes.flatMap(({ shared }) =>
    shared ? "RW".split("") : "X"
  );
  assert.equal(rows.length, count.length);
  assert.match(lines[1], new RegExp(` ${groupDigits(total)} waits, `));
  return total;
}

/** Checks the zoomed KSMD; answers how many actors wait for a lock. */
function checkActors(lines: readonly string[], snapshot: Snapshot): number {
  const { actors = [], locks } = snapshot;
  for (const { name, state } of actors) {
    const row = lines.find((line) =>
      line.replace(/^│ [❯ ] /, "│ ").startsWith(`│ ${name} `)
    ) ?? "";
    assert.match(
      row,
      new RegExp(` . ${state} `),
      `${name} is ${state}: ${row}`,
    );
    const wait = locks?.waiting.find((one) =>
      one.actor === name
    );
    if (wait !== undefined) {
      assert.ok(row.includes(` ${wait.name} at ${wait.site} `), row);
    }
  }
  return locks?.waiting.length ?? 0;
}

Deno.test("at every step locks and actors on the screen are those of the machine", async () => {
  const { source, screen } = start();
  let contentions = 0;
  let waiting = 0;
  for (let step = 0; step < 40; step++) {
    screen.press(step % 8 === 7 ? ">" : ".");
    screen.press("4");
    contentions = checkLocks(
      textOf(await shownCells(screen)),
      source.snapshot(),
    );
    screen.press("5");
    waiting += checkActors(
      textOf(await shownCells(screen)),
      source.snapshot(),
    );
    screen.press("5");
  }
  // Otherwise nothing was compared but zeros.
  assert.ok(contentions > 0);
  assert.ok(waiting > 0);
});
