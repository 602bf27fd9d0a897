import assert from "node:assert/strict";
import { whyLines } from "../../src/dashboard/why_lines.ts";
import { describeReason } from "../../src/observe/reason_text.ts";
import { WHY } from "./dashboard_details.ts";

Deno.test("the first reason stands in words before all else, with what to do", () => {
  const { sentence, nextStep } = describeReason(WHY.first, WHY.forecast);
  const [second] = WHY.further;
  const lines = whyLines(WHY);
  assert.deepEqual(lines, [
    { label: "", text: sentence },
    { label: "next step", text: nextStep },
    {
      label: "next visit",
      text:
        "13 batches, 260 ms, 1 234 other pages first, after the end of 1 full scan",
    },
    { label: "also", text: describeReason(second, WHY.forecast).sentence },
    {
      label: "remembered",
      text: "in no tree, 5 visits, 2 changes in a row",
    },
    { label: "checksum", text: "0badcafe, age 7, skips left 1" },
  ]);
});

Deno.test("what an answer lacks is left out", () => {
  const bare = whyLines({
    place: WHY.place,
    first: { reason: "stopped" },
    further: [],
  });
  assert.deepEqual(bare.map(({ label }) => label), ["", "next step"]);
});

Deno.test("a merged page tells its KSM page, and a waiting one its twin's visit", () => {
  const merged = whyLines({
    place: WHY.place,
    first: {
      reason: "merged",
      frame: 4041,
      nid: 1,
      node: 41,
      counted: true,
      sharers: 256,
      limit: 256,
      dups: 3,
      others: [{ process: "vm-a", region: "ram", page: 6 }, {
        process: "exited pid 7",
        page: 99,
      }],
    },
    further: [],
  });
  assert.deepEqual(merged.slice(2), [
    { label: "KSM page", text: "frame 4041, NUMA node 1, stable node 41" },
    { label: "sharers", text: "256 of 256, 3 dups" },
    { label: "with", text: "vm-a ram+6, exited pid 7 page 99" },
  ]);
  const [first] = WHY.further;
  const waits = whyLines({ place: WHY.place, first, further: [] });
  assert.deepEqual(waits.slice(2), [
    { label: "equal", text: "2 other frames" },
    { label: "its visit", text: "1 batch, 20 ms, 70 other pages first" },
  ]);
});

Deno.test("sharers beyond the limit are told from those within", () => {
  const sharersLine = (sharers: number, dups: number) =>
    whyLines({
      place: WHY.place,
      first: {
        reason: "merged",
        frame: 4041,
        nid: 0,
        node: 41,
        counted: true,
        sharers,
        limit: 20,
        dups,
        others: [],
      },
      further: [],
    }).find(({ label }) => label === "sharers")?.text;
  assert.equal(sharersLine(20, 1), "20 of 20");
  assert.equal(sharersLine(21, 1), "21, more than the limit of 20");
  assert.equal(
    sharersLine(1046, 3),
    "1 046, more than the limit of 20, 3 dups",
  );
});
