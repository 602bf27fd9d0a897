/** The Linux Test Project's ksm07: how often smart scan leaves out a page that never merges. */
import assert from "node:assert/strict";
import { workload } from "../../src/workload/mod.ts";
import { runStaged } from "./staged.ts";

/** About what a kernel does in the second that the program waits. */
const PASSES = 5000;

/** Passes until the page is scanned every ninth time; it is left out 1 + 2 + 4 + 8 times until then. */
const WARM_UP = { passes: 22, skipped: 15 };

Deno.test("ksm07: one page, left out in at least half of all passes, in fact eight of nine", () => {
  const onePage = workload("one page", function* (box) {
    box.knob("smart_scan", 1);
    box.process("A").mmap("page", 1, { mergeable: true })
      .fill({ kind: "const", byte: 97 });
    box.run(2);
    box.run(1);
    box.knob("pages_to_scan", 100);
    box.knob("sleep_millisecs", 0);
    yield* box.scanPasses(PASSES);
    box.sample("waited");
  });
  runStaged(onePage, [["waited", (machine) => {
    const { fullScans, pagesSkipped } = machine.counters();
    assert.equal(fullScans, PASSES);
    assert.ok(pagesSkipped >= fullScans / 2);
    const later = PASSES - WARM_UP.passes;
    const scannedLater = Math.ceil(later / 9);
    assert.equal(pagesSkipped, WARM_UP.skipped + later - scannedLater);
  }]]);
});
