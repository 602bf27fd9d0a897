/** Events of machines with two nodes, as people read them. */
import assert from "node:assert/strict";
import { replayLines } from "../../src/cli/replay_table.ts";

Deno.test("a move is shown with what came of its pages", () => {
  const move = { i: 10, op: "move", errno: 0 } as const;
  assert.equal(
    replayLines({ ...move, left: 0, status: "1*4 -14*2" }),
    "    10  move: ok, 0 pages left, status 1*4 -14*2\n",
  );
  assert.equal(
    replayLines({ ...move, left: 1, status: "-13" }),
    "    10  move: ok, 1 page left, status -13\n",
  );
});

Deno.test("offline and online are shown with their blocks", () => {
  assert.equal(
    replayLines({ i: 18, op: "offline", blocks: 4, errno: 16 }),
    "    18  offline: EBUSY, 4 blocks\n",
  );
  assert.equal(
    replayLines({ i: 19, op: "online", blocks: 1, errno: 0 }),
    "    19  online: ok, 1 block\n",
  );
});

Deno.test("a sample shows the nodes of each region", () => {
  const lines = replayLines({
    i: 2,
    op: "sample",
    ksm: new Array(11).fill(0),
    procs: {
      A: { ksm_rmap_items: 6, nodes: { r: "0*6 -2", s: "1" } },
      B: { ksm_rmap_items: 0, nodes: {} },
    },
  }).split("\n");
  assert.equal(lines[2], "        A: ksm_rmap_items 6, nodes r 0*6 -2; s 1");
  assert.equal(lines[3], "        B: ksm_rmap_items 0");
});
