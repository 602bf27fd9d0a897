import assert from "node:assert/strict";
import { emptyHistory, withReading } from "../../src/observe/history.ts";
import type { Snapshot } from "../../src/observe/snapshot.ts";
import { SMALL } from "./dashboard_snapshots.ts";

function after(batches: number, nodes: number): Snapshot {
  return {
    ...SMALL,
    stableTree: { nodes, height: 1 },
    ksmd: { ...SMALL.ksmd, batches },
  };
}

Deno.test("readings stand in their order, and the oldest go first", () => {
  let history = emptyHistory(3);
  for (let batch = 1; batch <= 5; batch++) {
    history = withReading(history, after(batch, batch * 10));
  }
  assert.deepEqual(history.values.stableNodes, [30, 40, 50]);
  assert.deepEqual(history.values.unstableNodes, [768, 768, 768]);
});

Deno.test("a second look at the same batch is no reading", () => {
  const once = withReading(emptyHistory(3), after(1, 10));
  assert.equal(withReading(once, after(1, 11)), once);
});

Deno.test("what cannot be seen is not remembered", () => {
  const { stableTree: _, ...blind } = SMALL;
  const history = withReading(emptyHistory(3), blind);
  assert.deepEqual(history.values.stableNodes, []);
  assert.deepEqual(history.values.unstableNodes, [768]);
});

Deno.test("on a machine of several nodes all their trees count together", () => {
  const shape = (nodes: number) => ({ nodes, height: 1 });
  const nodeTrees = [
    { nid: 0, stableTree: shape(30), unstableTree: shape(5) },
    { nid: 1, stableTree: shape(12), unstableTree: shape(0) },
  ];
  const history = withReading(emptyHistory(3), { ...after(1, 30), nodeTrees });
  assert.deepEqual(history.values.stableNodes, [42]);
  assert.deepEqual(history.values.unstableNodes, [5]);
});
