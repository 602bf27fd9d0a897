/** The machine's two clocks, and what samples record besides counters. */
import assert from "node:assert/strict";
import { Machine } from "../../src/machine/mod.ts";
import type { Op, RecordedEvent } from "../../src/workload/mod.ts";
import { drive } from "../property/drive.ts";
import { KsmBox, UNIQUE } from "./ksm_box.ts";

Deno.test("batches move the machine's time alone; a sleep moves KSM's too", () => {
  const box = new KsmBox(1);
  box.knob("sleep_millisecs", "500");
  const { machine, ksm } = box;
  const a = { proc: "A", region: "r" };
  drive(machine, [
    { op: "proc", proc: "A" },
    { op: "mmap", ...a, slot: 0, pages: 9 },
    { op: "madvise", ...a, advice: "mergeable" },
    { op: "fill", ...a, pattern: UNIQUE },
    { op: "scanBatches", n: 3 },
  ]);
  assert.deepEqual([machine.timeMillis, ksm.clock.nowMillis()], [1500, 0]);
  drive(machine, [{ op: "sleep", ms: 700 }]);
  assert.deepEqual([machine.timeMillis, ksm.clock.nowMillis()], [2200, 700]);
  drive(machine, [
    { op: "scanBatches", n: 2 },
    { op: "sleep", ms: 50 },
  ]);
  assert.deepEqual([machine.timeMillis, ksm.clock.nowMillis()], [3250, 750]);
});

Deno.test("time that goes by while ksmd stands still changes nothing but the clocks", () => {
  const box = new KsmBox(1);
  box.start("A", 3, UNIQUE);
  box.batch();
  const before = box.machine.counters();
  box.do({ op: "sleep", ms: 1_000_000_000 });
  assert.deepEqual(box.machine.counters(), before);
  assert.equal(box.ksm.clock.nowMillis(), 1_000_000_000);
});

Deno.test("the advisor measures a pass by the time slept within it", () => {
  const box = new KsmBox(100);
  box.knob("advisor_min_pages_to_scan", "2");
  box.write("advisor_mode", "scan-time");
  box.start("A", 3, UNIQUE);
  box.machine.clock.sleep(5000);
  box.batch();
  assert.equal(box.machine.counters().pagesScanned, 2);
  box.machine.clock.sleep(7400);
  box.pass();
  assert.equal(box.ksm.advisor.scanTime, 7n);
  box.machine.clock.sleep(9000);
  box.pass();
  assert.equal(box.ksm.advisor.scanTime, 1n);
});

/** The sample that the last of these operations takes. */
function sampled(...ops: Op[]): RecordedEvent {
  const event = drive(new Machine(), ops).at(-1);
  assert.ok(event?.op === "sample");
  return event;
}

Deno.test("a sample has the text of every knob's file if asked, and of none if not", () => {
  const event = sampled(
    { op: "knob", name: "max_page_sharing", value: "+9" },
    { op: "knob", name: "advisor_mode", value: "scan-time" },
    { op: "knob", name: "use_zero_pages", value: "yes" },
    { op: "run", value: 2 },
    { op: "sample", label: "all", knobs: true },
  );
  assert.ok(event.op === "sample");
  assert.equal(event.label, "all");
  assert.deepEqual(event.knobs, {
    run: "2",
    pages_to_scan: "500",
    sleep_millisecs: "20",
    smart_scan: "1",
    max_page_sharing: "9",
    use_zero_pages: "1",
    merge_across_nodes: "1",
    stable_node_chains_prune_millisecs: "2000",
    advisor_mode: "none [scan-time]",
    advisor_max_cpu: "70",
    advisor_min_pages_to_scan: "500",
    advisor_max_pages_to_scan: "30000",
    advisor_target_scan_time: "200",
  });
  assert.equal("knobs" in sampled({ op: "sample" }), false);
  assert.equal("knobs" in sampled({ op: "sample", knobs: false }), false);
});

Deno.test("a sleep is no event, a refused knob is", () => {
  const events = drive(new Machine(), [
    { op: "sleep", ms: 10 },
    { op: "knob", name: "max_page_sharing", value: "2147483648" },
    { op: "knob", name: "max_page_sharing", value: "1" },
  ]);
  assert.deepEqual(events, [
    { i: 1, op: "knob", errno: 34, now: "256" },
    { i: 2, op: "knob", errno: 22, now: "256" },
  ]);
});
