/** What a machine lets one see: the page map, ksmd's state, and the log. */
import assert from "node:assert/strict";
import {
  EventLog,
  knobTexts,
  ksmdView,
  MAPPED_PAGES_MAX,
  PAGE_STATES,
  regionMaps,
  treeShape,
} from "../../src/machine/mod.ts";
import { all, KsmBox, UNIQUE } from "./ksm_box.ts";

/** The states of a region's pages, one letter each: first letters, and M for merged. */
function map(box: KsmBox, proc: string): string {
  const process = box.machine.processes.named(proc);
  const region = regionMaps(box.machine, process).find(({ name }) =>
    name === "r"
  );
  assert.ok(region);
  const letters = {
    hole: "-",
    untouched: ".",
    plain: "p",
    volatile: "v",
    unshared: "u",
    zero: "0",
    merged: "M",
  };
  return Array.from(region.pages, (code) => letters[PAGE_STATES[code]]).join(
    "",
  );
}

/** Texts of the log, without the number of any KSM page. */
function texts(box: KsmBox): string[] {
  return box.machine.log.last().map(({ kind, text }) =>
    `${kind}: ${text.replace(/(KSM page) \d+/, "$1 N")}`
  );
}

Deno.test("the page map tells each state of a page", () => {
  const box = new KsmBox(100);
  box.start("A", 8, UNIQUE);
  box.advise("A", "dontneed", 6);
  box.do(
    { op: "read", proc: "A", region: "r", start: 7, count: 1 },
    { op: "munmap", proc: "A", region: "r", start: 5, count: 1 },
  );
  box.advise("A", "unmergeable", 4, 1);
  assert.equal(map(box, "A"), "vvvvp-..");
  box.fill("A", all("a"), 0, 2);
  box.pass();
  assert.equal(map(box, "A"), "vvvvp-..");
  box.pass();
  assert.equal(map(box, "A"), "MMuup-..");
  box.fill("A", all("b"), 0, 1);
  box.advise("A", "unmergeable", 3, 1);
  assert.equal(map(box, "A"), "vMupp-..");
  box.do({ op: "fork", proc: "A", child: "B" });
  assert.equal(map(box, "B"), "vMvpp-..");
});

Deno.test("the page map tells pages of zeros that KSM put on the zero page", () => {
  const box = new KsmBox(100);
  box.knob("use_zero_pages", "1");
  box.start("A", 3, { kind: "seq", base: 0 });
  box.pass();
  box.pass();
  assert.equal(map(box, "A"), "0uu");
  box.fill("A", all("a"), 0, 1);
  assert.equal(map(box, "A"), "vuu");
});

Deno.test("the map of a region knows where it begins", () => {
  const box = new KsmBox(100);
  const r = { proc: "A", region: "r" };
  box.do(
    { op: "proc", proc: "A" },
    { op: "mmap", proc: "A", region: "below", slot: 0, pages: 3 },
    { op: "mmap", ...r, slot: 0, off: 3, pages: 3 },
    { op: "mmap", proc: "A", region: "above", slot: 0, off: 6, pages: 3 },
  );
  for (const region of ["below", "r", "above"]) {
    box.do(
      { op: "madvise", proc: "A", region, advice: "mergeable" },
      {
        op: "fill",
        proc: "A",
        region,
        pattern: { kind: "seq", base: region.length * 100 },
      },
    );
  }
  box.do({ op: "madvise", ...r, start: 1, count: 1, advice: "dontneed" });
  box.pass();
  box.pass();
  assert.equal(map(box, "A"), "u.u");
});

Deno.test("of a huge region the map shows the beginning", () => {
  const box = new KsmBox(100);
  box.do(
    { op: "proc", proc: "A" },
    {
      op: "mmap",
      proc: "A",
      region: "r",
      slot: 0,
      pages: MAPPED_PAGES_MAX + 5,
    },
  );
  assert.equal(map(box, "A").length, MAPPED_PAGES_MAX);
});

Deno.test("ksmd's state follows the switch and the processes", () => {
  const box = new KsmBox(1);
  assert.equal(ksmdView(box.machine).state, "idle");
  box.start("A", 2, UNIQUE);
  assert.equal(ksmdView(box.machine).state, "scanning");
  box.do({ op: "run", value: 0 });
  assert.equal(ksmdView(box.machine).state, "stopped");
  box.do({ op: "run", value: 2 });
  assert.equal(ksmdView(box.machine).state, "unmerged");
});

Deno.test("the cursor stands on the page visited last, and is nowhere between two passes", () => {
  const box = new KsmBox(1);
  box.start("A", 4, UNIQUE);
  assert.deepEqual(ksmdView(box.machine), {
    state: "scanning",
    passProgress: 0,
    batches: 0,
  });
  box.batch();
  box.batch();
  const cursor = { process: "A", region: "r", page: 1 };
  assert.deepEqual(ksmdView(box.machine).cursor, cursor);
  assert.equal(ksmdView(box.machine).passProgress, 0.5);
  box.pass();
  assert.equal(ksmdView(box.machine).cursor, undefined);
  assert.equal(ksmdView(box.machine).passProgress, 0);
  box.batch();
  assert.equal(ksmdView(box.machine).passProgress, 0.25);
});

Deno.test("progress counts the pages that a pass meets, and no others", () => {
  const box = new KsmBox(1);
  box.start("A", 4, UNIQUE);
  box.do(
    { op: "proc", proc: "B" },
    { op: "mmap", proc: "B", region: "r", slot: 0, pages: 8 },
    { op: "madvise", proc: "B", region: "r", count: 4, advice: "mergeable" },
    // Four pages of the zero page, and four in an area that is not mergeable.
    { op: "read", proc: "B", region: "r", count: 4 },
    { op: "fill", proc: "B", region: "r", start: 4, count: 4, pattern: UNIQUE },
  );
  box.batch();
  assert.equal(ksmdView(box.machine).passProgress, 0.25);
});

Deno.test("a pass after an unmerge begins with no progress", () => {
  const box = new KsmBox(1);
  box.start("A", 4, UNIQUE);
  box.batch();
  box.batch();
  box.do({ op: "run", value: 2 }, { op: "run", value: 1 });
  box.batch();
  assert.equal(ksmdView(box.machine).passProgress, 0.25);
});

Deno.test("progress stays while the cursor is in a process that exits", () => {
  const box = new KsmBox(1);
  box.start("A", 1, UNIQUE);
  box.start("B", 3, UNIQUE);
  box.batch();
  box.batch();
  box.do({ op: "exit", proc: "B" });
  assert.equal(ksmdView(box.machine).cursor, undefined);
  assert.equal(ksmdView(box.machine).passProgress, 1);
});

Deno.test("a page belongs to the region that was mapped there last", () => {
  const box = new KsmBox(100);
  const part = { proc: "A", start: 0, count: 2 } as const;
  box.start("A", 4, UNIQUE);
  box.do(
    { op: "munmap", region: "r", ...part },
    { op: "mmap", proc: "A", region: "new", slot: 0, pages: 2 },
  );
  const { mm, regions } = box.machine.processes.named("A");
  const start = regions.get("r")?.start ?? 0;
  assert.deepEqual(regions.at(start + 1), { region: "new", page: 1 });
  assert.deepEqual(regions.at(start + 2), { region: "r", page: 2 });
  assert.equal(regions.at(start + 4), undefined);
  assert.equal(box.machine.pageName(mm, start + 1), "A new+1");
  const to = {
    op: "mremap",
    proc: "A",
    region: "new",
    slot: 3,
    off: 7,
  } as const;
  box.do(to);
  assert.deepEqual(regions.at(start + 3 * 262144 + 8), {
    region: "new",
    page: 1,
  });
  // Its old place is a hole.
  assert.equal(regions.at(start + 1), undefined);
});

Deno.test("knobs are shown as sysfs shows them", () => {
  assert.deepEqual(knobTexts(new KsmBox(7).ksm), {
    run: "1",
    pages_to_scan: "7",
    sleep_millisecs: "20",
    smart_scan: "0",
    max_page_sharing: "256",
    use_zero_pages: "0",
    merge_across_nodes: "1",
    stable_node_chains_prune_millisecs: "2000",
    advisor_mode: "[none] scan-time",
    advisor_max_cpu: "70",
    advisor_min_pages_to_scan: "500",
    advisor_max_pages_to_scan: "30000",
    advisor_target_scan_time: "200",
  });
});

Deno.test("trees have nodes and levels", () => {
  const box = new KsmBox(100);
  assert.deepEqual(treeShape(box.ksm.unstableTrees[0]), {
    nodes: 0,
    height: 0,
  });
  box.start("A", 3, UNIQUE);
  box.pass();
  box.knob("pages_to_scan", "3");
  box.batch();
  assert.deepEqual(treeShape(box.ksm.unstableTrees[0]), {
    nodes: 3,
    height: 2,
  });
});

Deno.test("the log tells merges, copies, unmerges, dead pages and passes", () => {
  const box = new KsmBox(100);
  box.start("A", 3, all("a"));
  box.pass();
  box.pass();
  assert.deepEqual(texts(box), [
    "pass: full scan 1 ended",
    "merge: A r+1 on KSM page N",
    "merge: A r+0 on KSM page N",
    "merge: A r+2 on KSM page N",
    "pass: full scan 2 ended",
  ]);
  const frame = box.frame("A", 0);
  assert.equal(box.machine.log.last()[1].text, `A r+1 on KSM page ${frame}`);
  box.fill("A", all("b"), 1, 1);
  box.advise("A", "unmergeable", 2, 1);
  box.do({ op: "exit", proc: "A" });
  box.pass();
  assert.deepEqual(texts(box).slice(5), [
    "cow: A r+1 written, leaves KSM page N",
    "unmerge: A r+2 taken off KSM page N",
    "stale: KSM page N is gone",
    "pass: full scan 3 ended",
  ]);
});

Deno.test("the log keeps the last entries, and goes on counting", () => {
  const log = new EventLog(3);
  assert.deepEqual(log.last(), []);
  for (let time = 1; time <= 10; time++) {
    log.add(time, "pass", `p${time}`);
    const kept = Math.min(3, time);
    assert.deepEqual(
      log.last().map(({ number, timeMillis }) => [number, timeMillis]),
      Array.from(
        { length: kept },
        (_, i) => [time - kept + 1 + i, time - kept + 1 + i],
      ),
    );
  }
  assert.deepEqual(log.last()[2], {
    number: 10,
    timeMillis: 10,
    kind: "pass",
    text: "p10",
  });
});
