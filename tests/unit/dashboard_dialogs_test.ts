/** What lies over the panels: knob editor, menus, filter, export. */
import assert from "node:assert/strict";
import type { DashboardPorts } from "../../src/dashboard/app.ts";
import { exported, exportName } from "../../src/dashboard/exports.ts";
import { initialState } from "../../src/dashboard/state.ts";
import type { SaveAnswer } from "../../src/dashboard/mod.ts";
import { dashboardOn, still } from "../golden/dashboard_screen.ts";
import type { Source } from "../../src/observe/snapshot.ts";
import { BUSY } from "./dashboard_busy.ts";
import { SMALL } from "./dashboard_snapshots.ts";
import { CountingSource } from "./dashboard_source.ts";
import { WritableSource } from "./dashboard_writable.ts";

const SIZE = { columns: 120, rows: 40 };

Deno.test("knobs: a number that is typed is judged at once, and written by enter", () => {
  const source = new WritableSource();
  const screen = dashboardOn(source, SIZE);
  screen.press("k", "down", "enter");
  screen.type("50x");
  assert.match(screen.frame(), /pages_to_scan: 50x/);
  assert.match(screen.frame(), /✗ refused, EINVAL: no number/);
  assert.deepEqual(source.writes, []);
  screen.press("backspace");
  assert.match(screen.frame(), /✓ accepted: it will read 50/);
  screen.type("0");
  screen.press("enter");
  assert.deepEqual(source.writes, [["pages_to_scan", "500"]]);
  assert.equal(screen.state.snapshot.knobs["pages_to_scan"], "500");
  assert.match(screen.frame(), /pages_to_scan is 500 now/);
  assert.equal(screen.state.request, undefined);
  screen.press("enter");
  screen.type("500");
  assert.match(screen.frame(), /✓ accepted: it reads 500 already/);
});

Deno.test("knobs: a refused write is told with its errno, and the text can be mended", () => {
  const source = new WritableSource();
  source.checks = false;
  const screen = dashboardOn(source, SIZE);
  screen.press("k", "enter");
  screen.type("x");
  assert.match(screen.frame(), /enter writes {2}escape gives up/);
  screen.press("enter");
  assert.match(
    screen.frame(),
    /✗ run refused "x", EINVAL: it takes a whole number, and is 1 still/,
  );
  assert.equal(screen.state.snapshot.knobs["run"], "1");
  screen.press("backspace");
  screen.type("2");
  assert.doesNotMatch(screen.frame(), /refused/);
  screen.press("enter");
  assert.equal(screen.state.snapshot.knobs["run"], "2");
});

Deno.test("knobs: escape gives the text up first, then the editor; K closes it, too", () => {
  const source = new WritableSource();
  const screen = dashboardOn(source, SIZE);
  screen.press("k", "enter");
  screen.type("kq");
  assert.match(screen.frame(), /run: kq/);
  screen.press("escape");
  assert.equal(screen.state.dialog?.kind, "knobs");
  screen.press("escape");
  assert.equal(screen.state.dialog, undefined);
  screen.press("K", "K");
  assert.equal(screen.state.dialog, undefined);
  assert.deepEqual(source.writes, []);
  screen.press("k", "q");
  assert.deepEqual(screen.ending, { kind: "quit" });
});

Deno.test("knobs: in the past the editor says what a write makes of it", () => {
  const source = new WritableSource();
  const line = /goes on from here: what came later is forgotten/;
  const now = dashboardOn(source, SIZE);
  now.press("k");
  assert.doesNotMatch(now.frame(), line);
  source.atEnd = false;
  const past = dashboardOn(source, SIZE);
  past.press("k");
  assert.match(past.frame(), line);
  past.press("enter");
  past.type("0");
  past.press("enter");
  assert.doesNotMatch(past.frame(), line);
});

Deno.test("knobs: where they take no writes, the editor says so, and asks for none", () => {
  const screen = dashboardOn(still(SMALL), SIZE);
  screen.press("k");
  assert.match(screen.frame(), /read-only here/);
  screen.press("enter");
  assert.equal(screen.state.dialog?.kind, "knobs");
  assert.match(screen.frame(), /Knobs cannot be written here/);
  assert.equal(screen.state.request, undefined);
});

const WORKLOADS = [
  { name: "two guests", title: "two guests from one image" },
  { name: "storm", title: "they all exit" },
];

function opening(): DashboardPorts & {
  readonly opened: string[];
  readonly shown: Source[];
} {
  const opened: string[] = [];
  const shown: Source[] = [];
  const open = (name: string) => {
    opened.push(name);
    const source = still({ ...BUSY, title: name });
    return { source, caption: "they all exit" };
  };
  return { opened, open, shown, shows: (source) => shown.push(source) };
}

Deno.test("workloads: enter begins the chosen one anew; speed and theme stay", () => {
  const ports = opening();
  const options = { ...SIZE, workloads: WORKLOADS, speed: 4 };
  const screen = dashboardOn(still(SMALL), options, ports);
  screen.press("t", "4", "w");
  assert.match(screen.frame(), /❯ two guests/);
  screen.press("down", "enter");
  assert.deepEqual(ports.opened, ["storm"]);
  assert.deepEqual(
    ports.shown.map((source) => source.snapshot().title),
    ["storm"],
  );
  const { state } = screen;
  assert.equal(state.snapshot.title, "storm");
  assert.equal(state.caption, "they all exit");
  assert.deepEqual([state.speed, state.theme], [4, "vivid"]);
  assert.deepEqual([state.zoomed, state.dialog], [undefined, undefined]);
  assert.equal(state.request, undefined);
  // What moves is the new one.
  screen.advance(100);
  assert.equal(screen.state.snapshot.title, "storm");
});

Deno.test("workloads: escape leaves all as it was; without any, w says so", () => {
  const ports = opening();
  const options = { ...SIZE, workloads: WORKLOADS };
  const screen = dashboardOn(still(SMALL), options, ports);
  const before = screen.frame();
  screen.press("w", "down", "escape");
  assert.equal(screen.frame(), before);
  assert.deepEqual(ports.opened, []);
  const none = dashboardOn(still(SMALL), SIZE);
  none.press("w");
  assert.match(none.frame(), /A session is of one machine: leave it to start/);
});

/** Fails as a workload whose script asks for what its machine does not have. */
class Misplaced extends RangeError {}

const usersError = (thrown: unknown): string | undefined =>
  thrown instanceof Misplaced ? thrown.message : undefined;

Deno.test("workloads: one that cannot begin, or fails by a user's error later, leaves the one before as it was", () => {
  const options = { ...SIZE, workloads: WORKLOADS };
  const fail = (): never => {
    throw new Misplaced("Cannot run op 4 (bind): there is no node 1");
  };
  const failing = { ...still({ ...BUSY, title: "storm" }), advance: fail };
  for (const open of [fail, () => ({ source: failing })]) {
    const source = new CountingSource();
    const shown: Source[] = [source];
    const shows = (next: Source) => shown.push(next);
    const ports = { open, usersError, shows };
    const screen = dashboardOn(source, options, ports);
    screen.advance(1000);
    const { timeMillis } = source;
    screen.press("space", "4", "w", "down", "enter");
    screen.advance(100);
    assert.match(
      screen.frame(),
      /Cannot run op 4 \(bind\): there is no node 1/,
    );
    const { state } = screen;
    assert.equal(shown.at(-1), source);
    assert.equal(state.snapshot.timeMillis, timeMillis);
    assert.deepEqual([state.zoomed, state.playing], ["locks", false]);
    assert.deepEqual([state.dialog, state.request], [undefined, undefined]);
    screen.press("space");
    screen.advance(1000);
    assert.ok(source.timeMillis > timeMillis);
  }
});

Deno.test("workloads: a bug in one that was opened is no notice", () => {
  const options = { ...SIZE, workloads: WORKLOADS };
  const open = () => {
    throw new Error("a bug");
  };
  const screen = dashboardOn(still(SMALL), options, { open, usersError });
  assert.throws(() => screen.press("w", "enter"), /a bug/);
});

Deno.test("filter: rows that lack the text go as it is typed; escape brings them back", () => {
  const screen = dashboardOn(still(SMALL), SIZE);
  screen.press("6", "/");
  screen.type("VM-B");
  assert.match(screen.frame(), /PROCESSES {2}\/VM-B\/ 1/);
  assert.match(screen.frame(), /filter PROCESSES: VM-B/);
  assert.doesNotMatch(screen.frame(), /│ vm-a/);
  screen.press("enter");
  assert.equal(screen.state.dialog, undefined);
  assert.match(screen.frame(), /PROCESSES {2}\/VM-B\/ 1/);
  screen.press("escape");
  assert.equal(screen.state.zoomed, "processes");
  assert.match(screen.frame(), /vm-a/);
  screen.press("escape");
  assert.equal(screen.state.zoomed, undefined);
  screen.press("/");
  screen.type("x");
  screen.press("escape");
  assert.equal(screen.state.filters.processes, "");
});

Deno.test("filter: among other panels it is the one with the focus that is filtered", () => {
  const screen = dashboardOn(still(BUSY), SIZE);
  screen.press("/");
  assert.match(screen.frame(), /Filters are for LOCKS, KSMD/);
  screen.send({ kind: "focus", panel: "events" });
  screen.press("/");
  screen.type("cow");
  assert.match(screen.frame(), /EVENTS {2}\/cow\/ 1/);
  assert.doesNotMatch(screen.frame(), /full scan 2 ended/);
  screen.type("zzz");
  assert.match(screen.frame(), /no row has "[^"]+"/);
});

Deno.test("filter: q is a letter while a text is typed, and ctrl+c leaves", () => {
  const screen = dashboardOn(still(SMALL), { columns: 30, rows: 2 });
  screen.press("6", "/");
  screen.type("q");
  assert.match(screen.frame(), /filter PROCESSES: q/);
  assert.equal(screen.ending, undefined);
  screen.press("ctrl+c");
  assert.deepEqual(screen.ending, { kind: "quit" });
});

/** A folder in memory. */
function folder(taken: readonly string[] = []) {
  const files = new Map(taken.map((name) => [name, ""]));
  const save = (name: string, text: string): SaveAnswer => {
    if (files.has(name)) return { kind: "taken" };
    files.set(name, text);
    return { kind: "written" };
  };
  return { files, save };
}

Deno.test("export: the text is the screen as it was without the menu", () => {
  const { files, save } = folder();
  const screen = dashboardOn(still(SMALL), SIZE, { save });
  const before = screen.frame();
  screen.press("e", "enter");
  assert.equal(files.get("ksmscope-two-guests-2.txt"), `${before}\n`);
  assert.match(screen.frame(), /Written: ksmscope-two-guests-2\.txt/);
  assert.equal(screen.state.request, undefined);
});

Deno.test("export: the JSON has counters by their names in sysfs, and each page", () => {
  const { files, save } = folder();
  const screen = dashboardOn(still(SMALL), SIZE, { save });
  screen.press("e", "down", "enter");
  const text = files.get("ksmscope-two-guests-2.json") ?? "";
  const { title, time, pages_sharing, knobs, processes, events } = JSON.parse(
    text,
  );
  assert.deepEqual([title, time, pages_sharing], ["two guests", 12.48, 3072]);
  assert.equal(knobs.pages_to_scan, "100");
  assert.equal(events.length, SMALL.events.length);
  assert.deepEqual(processes[0].regions[0], {
    name: "ram",
    runs: [["merged", 4], ["unshared", 2], ["volatile", 1], ["untouched", 1]],
  });
});

Deno.test("export: never over a file that is there; a refusal is told", () => {
  const taken = ["ksmscope-two-guests-2.txt", "ksmscope-two-guests-2-2.txt"];
  const { files, save } = folder(taken);
  const state = initialState(SMALL, { speed: 1 });
  const answer = exported(state, "text", "what is seen", save);
  assert.equal(answer, "Written: ksmscope-two-guests-2-3.txt");
  assert.equal(files.get("ksmscope-two-guests-2-3.txt"), "what is seen");
  assert.equal(files.get(taken[0]), "");
  const why = "Cannot write: deno run needs --allow-write";
  const refuse = (): SaveAnswer => ({ kind: "refused", why });
  assert.equal(exported(state, "json", "", refuse), why);
  const full = exported(state, "json", "", () => ({ kind: "taken" }));
  assert.match(full, /1000 files/);
  const screen = dashboardOn(still(SMALL), SIZE);
  screen.press("e", "enter");
  assert.match(screen.frame(), /Nothing can be exported/);
});

Deno.test("export: names hold nothing that a folder could mean something by", () => {
  const name = (title: string) =>
    exportName({ snapshot: { ...SMALL, title } }, "json", 1);
  assert.equal(name("../../etc/x y"), "ksmscope-etc-x-y-2.json");
  assert.equal(name("größe"), "ksmscope-gr-e-2.json");
});

Deno.test("the first keys are named until one is pressed", () => {
  const screen = dashboardOn(still(SMALL), { ...SIZE, hints: true });
  assert.match(screen.frame(), /\? explains every key.*space stops/);
  screen.advance(200);
  assert.match(screen.frame(), /New here/);
  screen.press("+");
  assert.doesNotMatch(screen.frame(), /New here/);
  const small = dashboardOn(still(SMALL), {
    columns: 40,
    rows: 10,
    hints: true,
  });
  assert.match(small.frame(), /\? help {2}space pause/);
});

Deno.test("on few columns the help still says how much of it is seen, and keeps away from its bar", () => {
  const screen = dashboardOn(still(SMALL), { columns: 40, rows: 10 });
  screen.press("?");
  const ends = new Set<string>();
  for (let row = 0; row < 120; row++) {
    const lines = screen.frame().split("\n").slice(1, -1);
    assert.match(lines[lines.length - 1], / up\/down {2}\d+ of \d+ +│$/);
    for (const line of lines.slice(0, -1)) {
      assert.match(line, / [█│] │$/, lines.join("\n"));
      ends.add(line.slice(-6, -4));
    }
    screen.press("down");
  }
  assert.ok(ends.size > 1);
  screen.press("home");
  assert.match(screen.frame(), /pause, and visit one page [█│] │/);
});

Deno.test("the help scrolls no further than to its last line, and back", () => {
  const screen = dashboardOn(still(SMALL), { columns: 40, rows: 10 });
  screen.press("?");
  const first = screen.frame();
  assert.match(first, /everywhere/);
  screen.press("end");
  const last = screen.frame();
  assert.match(last, /lock_stat does not know/);
  screen.press("down", "pagedown");
  assert.equal(screen.frame(), last);
  screen.press("home");
  assert.equal(screen.frame(), first);
  screen.wheel(20, 5, 1);
  assert.notEqual(screen.frame(), first);
  screen.wheel(20, 5, -1);
  assert.equal(screen.frame(), first);
});
