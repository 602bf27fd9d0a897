/** Events that say the same are one line, and no event is lost or told twice. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { chosenRow, rowNames } from "../../src/dashboard/choice.ts";
import { eventLines, eventText } from "../../src/dashboard/event_lines.ts";
import { passingCount } from "../../src/dashboard/rows.ts";
import {
  type DashboardState,
  initialState,
} from "../../src/dashboard/state.ts";
import { stateJson } from "../../src/dashboard/exports.ts";
import { update } from "../../src/dashboard/update.ts";
import type { LogEntry, LogKind } from "../../src/observe/snapshot.ts";
import { dashboardOn, still } from "../golden/dashboard_screen.ts";
import { SMALL } from "./dashboard_snapshots.ts";
import { seen } from "./dashboard_seen.ts";

function event(number: number, kind: LogKind, text: string): LogEntry {
  return { number, timeMillis: number, kind, text };
}

const TABLE = "page_table_lock of vm-b";
const MERGE = "vm-b ram+1 on KSM page 9";

/** A merge among waits, as a contended machine logs it. */
const EVENTS: readonly LogEntry[] = [
  event(11, "wait", `ksmd waits for ${TABLE}, held by vm-b/writer`),
  event(12, "wait", `ksmd waits for ${TABLE}, held by vm-b/writer`),
  event(13, "merge", MERGE),
  event(14, "wait", `ksmd waits for ${TABLE}, held by vm-b/writer`),
  event(15, "wait", `vm-b/mapper waits for ${TABLE}`),
  event(16, "wait", `vm-b/writer waits for ${TABLE}, held by ksmd`),
  event(17, "wait", "ksmd waits for &mm->mmap_lock of vm-b, held by script"),
  event(18, "label", "same"),
  event(19, "label", "same"),
  event(20, "cow", "same"),
];

const texts = (events: readonly LogEntry[]): string[] =>
  eventLines(events).map((line) => eventText(line, "×"));

Deno.test("neighbours that say the same are one line with their count", () => {
  assert.deepEqual(texts(EVENTS), [
    `×2 ksmd waits for ${TABLE}, held by vm-b/writer`,
    MERGE,
    `×3 waits for ${TABLE}, last vm-b/writer for ksmd`,
    "ksmd waits for &mm->mmap_lock of vm-b, held by script",
    "×2 same",
    "same",
  ]);
  const last = eventLines(EVENTS).map((line) => line.last.number);
  assert.deepEqual(last, [12, 13, 16, 17, 19, 20]);
});

Deno.test("a wait for a lock that nobody holds any more says who waits", () => {
  assert.deepEqual(texts([EVENTS[3], EVENTS[4]]), [
    `×2 waits for ${TABLE}, last vm-b/mapper`,
  ]);
});

Deno.test("each event is in one line, in order, beside no line that says the same", () => {
  const some = fc.array(fc.nat(EVENTS.length - 1), { maxLength: 40 });
  fc.assert(
    fc.property(some, (indexes) => {
      const events = indexes.map((index, number) => ({
        ...EVENTS[index],
        number,
      }));
      const lines = eventLines(events);
      const ends = lines.map(({ last }) => last.number + 1);
      const counts = lines.map(({ count }, index) =>
        ends[index] - (ends[index - 1] ?? 0) - count
      );
      assert.ok(counts.every((off) => off === 0));
      assert.equal(ends.at(-1) ?? 0, events.length);
      for (const [index, line] of lines.entries()) {
        assert.deepEqual(line.last, events[line.last.number]);
        const next = lines[index + 1];
        const same = line.last.kind === next?.last.kind &&
          line.last.text === next.last.text;
        assert.ok(!same);
      }
    }),
    { numRuns: 200, seed: 6 },
  );
});

const STATE: DashboardState = {
  ...initialState({ ...SMALL, events: EVENTS }, { speed: 1 }),
  zoomed: "events",
};

Deno.test("a filter counts events, and joins those that become neighbours", () => {
  const filtered = { ...STATE, filters: { events: "page_table" } };
  assert.equal(passingCount(filtered, "events"), 5);
  assert.deepEqual(rowNames(filtered), ["16"]);
  const screen = dashboardOn(still(STATE.snapshot), { columns: 120, rows: 40 });
  screen.press("7", "/");
  screen.type("page_table");
  assert.match(screen.frame(), /EVENTS {2}\/page_table\/ 5 /);
  assert.match(screen.frame(), /×5 waits for page_table_lock of vm-b, last /);
});

Deno.test("the chosen event stays chosen, whatever line it comes to be in", () => {
  const chosen = { ...STATE, chosen: "13" };
  assert.equal(chosenRow(chosen), 1);
  // The line of 11 and 12 is gone: the log is bounded.
  const later = {
    ...SMALL,
    events: [...EVENTS.slice(2), event(21, "cow", "same")],
  };
  const after = update(chosen, seen(later));
  assert.equal(after.chosen, "13");
  assert.equal(chosenRow(after), 0);
  // 15 is in the line that ends with 16.
  assert.equal(chosenRow({ ...STATE, chosen: "15" }), 2);
  // Once 13 is gone, too, the oldest that is left stands in its place.
  const gone = seen({ ...SMALL, events: EVENTS.slice(3) });
  assert.equal(chosenRow(update(chosen, gone)), 0);
});

Deno.test("the newest line is followed as more of its events come", () => {
  const following = update(STATE, { kind: "choose", by: Infinity });
  assert.equal(following.chosen, undefined);
  const events = [...EVENTS, event(21, "cow", "same"), event(22, "pass", "")];
  const after = { ...following, snapshot: { ...SMALL, events } };
  assert.equal(chosenRow(after), 6);
});

Deno.test("an export has every event by itself", () => {
  const { events } = JSON.parse(stateJson(STATE));
  assert.equal(events.length, EVENTS.length);
});
