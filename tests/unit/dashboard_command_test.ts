/** Going on with another workload in the dashboard. */
import assert from "node:assert/strict";
import { workloadOpener } from "../../src/cli/dashboard_command.ts";
import { builtinWorkload } from "../../src/cli/workload_file.ts";

/** NUMA nodes of the machine that a built-in workload begins on, once it has worked a little. */
function nodesOn(first: string, nodes: 1 | 2 | undefined, other: string) {
  const settings = { seed: 1, knobs: [], nodes };
  const { source } = workloadOpener(builtinWorkload(first), settings)(other);
  for (let stride = 0; stride < 50; stride++) source.advance("batch");
  return source.snapshot().nodeTrees?.length ?? 1;
}

Deno.test("another workload begins on a machine with the nodes that it says", () => {
  assert.equal(nodesOn("demo-vms", 1, "stale-tree"), 2);
  assert.equal(nodesOn("stale-tree", 2, "demo-vms"), 1);
});

Deno.test("the same one begins anew on a machine with the nodes that were asked for", () => {
  assert.equal(nodesOn("demo-vms", undefined, "demo-vms"), 1);
  assert.equal(nodesOn("demo-vms", 2, "demo-vms"), 2);
});
