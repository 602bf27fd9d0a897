import assert from "node:assert/strict";
import { EventNames, seenByKernel } from "../kernel/event_names.ts";

/** Lines as the kernel's trace buffer prints them. */
const LINES = `
           agent-811     [001] .....     1: ksm_enter: mm 00000000aa
            ksmd-68      [000] .....     2: ksm_start_scan: seq 3 rmap size 12
            ksmd-68      [000] .....     3: ksm_merge_with_ksm_page: pfn 77 rmap_item 0000c1 mm 00000000aa error 0
            ksmd-68      [000] .....     4: ksm_merge_with_ksm_page: ksm pfn 77 rmap_item 0000c2 mm 00000000aa error 0
            ksmd-68      [000] .....     5: ksm_merge_with_ksm_page: ksm pfn 77 rmap_item 0000c3 mm 00000000aa error -14
            ksmd-68      [000] .....     6: ksm_merge_one_page: ksm pfn 9 rmap_item 0000c4 mm 00000000aa error 0
          python-900     [001] .....     7: tracing_mark_write: end x
            ksmd-68      [000] .....     8: ksm_remove_rmap_item: pfn 77 rmap_item 0000c2 mm 00000000aa
            ksmd-68      [000] .....     9: ksm_remove_ksm_page: pfn 77
            ksmd-68      [000] .....    10: ksm_merge_with_ksm_page: pfn 77 rmap_item 0000c2 mm 00000000aa error 0
            ksmd-68      [000] .....    11: ksm_advisor: ksm scan time 1 pages_to_scan 10 cpu percent 404
            ksmd-68      [000] .....    12: ksm_stop_scan: seq 3 rmap size 13
           agent-811     [001] .....    13: ksm_exit: mm 00000000aa
`.split("\n");

Deno.test("the kernel's events in words: what is known by an address gets a number, a new one where the address is used again", () => {
  const names = new EventNames();
  const words = LINES.flatMap((line) => {
    const seen = seenByKernel(line);
    return seen === undefined ? [] : [names.words(seen)];
  });
  assert.deepEqual(words, [
    "ksm_enter mm 1",
    "ksm_start_scan 3, 12 items",
    "ksm_merge_with_ksm_page item 1 of mm 1 becomes page 1",
    "ksm_merge_with_ksm_page item 2 of mm 1 onto page 1",
    "ksm_merge_with_ksm_page of mm 1 onto page 1 error -14",
    "ksm_merge_one_page mm 1 error 0",
    "ksm_remove_rmap_item item 2 of mm 1 from page 1",
    "ksm_remove_ksm_page page 1",
    "ksm_merge_with_ksm_page item 3 of mm 1 becomes page 2",
    "ksm_advisor 1 s, 10 pages, much %",
    "ksm_stop_scan 3, 13 items",
    "ksm_exit mm 1",
  ]);
});
