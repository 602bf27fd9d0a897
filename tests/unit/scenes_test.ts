/** What the built-in workloads promise to show. */
import assert from "node:assert/strict";
import type { Counters } from "../../src/engine/ksm/counters.ts";
import { Driver, Machine } from "../../src/machine/mod.ts";
import { BUILTINS, openWorkload } from "../../src/workload/mod.ts";

/** The counters at each sample of a scene, by its label. */
function samples(name: string): Map<string, Counters> {
  const scene = BUILTINS.find((builtin) => builtin.name === name);
  assert.ok(scene && !scene.endless);
  const machine = new Machine();
  const driver = new Driver(machine, openWorkload(scene, { seed: 1 }));
  const found = new Map<string, Counters>();
  for (let stop = driver.advance("end"); stop !== "end";) {
    if (stop === "sample") found.set(driver.label ?? "", machine.counters());
    stop = driver.advance("end");
  }
  return found;
}

Deno.test("chains: a quarter of the limit makes four times as many dups", () => {
  const found = samples("chains");
  for (const [limit, groups] of [[256, 16], [64, 64], [16, 256]]) {
    const counters = found.get(`groups of ${limit}`);
    assert.deepEqual(
      [counters?.stableNodeChains, counters?.stableNodeDups],
      [1, groups],
    );
    assert.equal(counters?.pagesShared, groups);
    assert.equal(counters?.pagesSharing, 4096 - groups);
  }
  assert.equal(found.get("all but one guest gone")?.pagesSharing, 1024 - 64);
});

Deno.test("zero: pages of zeros leave the stable tree for the zero page, and rmap items go", () => {
  const found = samples("zero");
  const merged = found.get("zeros are merged as any bytes");
  // 1536 pages of zeros in groups of 256.
  assert.deepEqual(
    [merged?.pagesShared, merged?.pagesSharing, merged?.ksmZeroPages],
    [6, 1530, 0],
  );
  const onZeroPage = found.get("zeros are on the zero page");
  assert.deepEqual(
    [
      onZeroPage?.pagesShared,
      onZeroPage?.pagesSharing,
      onZeroPage?.ksmZeroPages,
    ],
    [0, 0, 1536],
  );
  // Only the 512 used pages are remembered.
  assert.equal(onZeroPage?.generalProfit, 1536 * 4096 - 512 * 64);
  const written = found.get("written: zero pages fall at once");
  assert.equal(written?.ksmZeroPages, 1536 - 256);
});
