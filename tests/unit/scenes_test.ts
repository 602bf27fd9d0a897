/** What the built-in workloads promise to show. */
import assert from "node:assert/strict";
import type { Counters } from "../../src/engine/ksm/counters.ts";
import { KernelDefect } from "../../src/engine/lib/kernel_defect.ts";
import { Driver, Machine } from "../../src/machine/mod.ts";
import { BUILTINS, openWorkload } from "../../src/workload/mod.ts";

/** A scene at its beginning, on the machine that it needs. */
function opened(name: string): Driver {
  const scene = BUILTINS.find((builtin) => builtin.name === name);
  assert.ok(scene);
  const machine = new Machine({ nodes: scene.nodes, timed: { seed: 1 } });
  return new Driver(machine, openWorkload(scene, { seed: 1 }));
}

/** Goes on to the sample of this label. */
function goTo(driver: Driver, label: string): Machine {
  while (driver.label !== label) assert.equal(driver.advance("end"), "sample");
  return driver.machine;
}

/** Contentions of a lock class, and the places where somebody waited. */
function contentions(machine: Machine, name: string): [number, string[]] {
  const view = machine.simulation?.locks.view(machine.simulation.now);
  const found = view?.classes.find((lockClass) => lockClass.name === name);
  assert.ok(found);
  const { exclusive, shared, contentionPoints } = found;
  return [
    exclusive.contentions + (shared?.contentions ?? 0),
    contentionPoints.map(({ site }) => site),
  ];
}

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

Deno.test("contention: ksmd and faults wait for mappers, and the administrator for ksmd", () => {
  const machine = goTo(opened("contention"), "10 full scans under load");
  const [mmap, sites] = contentions(machine, "&mm->mmap_lock");
  assert.ok(mmap > 10, `${mmap} contentions`);
  assert.ok(sites.includes("scan_get_next_rmap_item:mmap_lock"));
  const [mutex, mutexSites] = contentions(machine, "ksm_thread_mutex");
  assert.ok(mutex > 0);
  assert.deepEqual(mutexSites, ["run_store:mutex"]);
});

Deno.test("fork-storm: KSM pages get more sharers than max_page_sharing, and fork keeps ksmd waiting", () => {
  const driver = opened("fork-storm");
  const machine = goTo(driver, "20 full scans while it forks");
  const { knobs, nodes } = machine.ksm;
  const longest = Math.max(...nodes.rmapHlistLen);
  assert.equal(knobs.maxPageSharing, 20);
  assert.ok(longest > 20, `${longest} sharers`);
  const [mmap] = contentions(machine, "&mm->mmap_lock");
  assert.ok(mmap > 0);
});

Deno.test("exit-storm: counters outlive all processes until ksmd comes by", () => {
  const driver = opened("exit-storm");
  const gone = "round 1: all have exited, ksmd does not know yet";
  const machine = goTo(driver, gone);
  assert.deepEqual([...machine.processes.all()], []);
  const { pagesShared, pagesSharing } = machine.counters();
  // 24 processes with the same 128 pages, which nobody maps any more.
  assert.deepEqual([pagesShared, pagesSharing], [128, 23 * 128]);
  goTo(driver, "round 1: ksmd has cleared up");
  const after = machine.counters();
  assert.deepEqual([after.pagesShared, after.pagesSharing], [0, 0]);
});

Deno.test("numa: each node has a KSM page of each content, and pages move between nodes", () => {
  const driver = opened("numa");
  const { ksm, memory } = goTo(driver, "each node shares by itself");
  assert.deepEqual(ksm.stableTrees.map(({ size }) => size), [256, 256]);
  // Two guests on each node with 768 pages of 256 contents.
  assert.equal(ksm.counters().pagesSharing, 2 * (2 * 768 - 256));
  goTo(driver, "10 full scans while pages move");
  assert.ok(memory.pagesMigrated > 100, `${memory.pagesMigrated} pages`);
  assert.ok(ksm.stableNodeDups > 0, "No KSM page has met its like");
});

Deno.test("migrate: compaction and ksmd wait for each other, and no page loses its bytes", () => {
  const driver = opened("migrate");
  const { ksm, memory } = goTo(driver, "20 full scans while pages move");
  assert.ok(memory.pagesMigrated > 1000, `${memory.pagesMigrated} pages`);
  const [waits] = contentions(driver.machine, "folio_lock");
  assert.ok(waits > 0, "Nobody waited for a page");
  const { pagesShared, pagesSharing } = ksm.counters();
  assert.ok(pagesShared >= 512 && pagesSharing > 2500);
});

Deno.test("offline: what was on node 1 is shared on node 0", () => {
  const driver = opened("offline");
  const { memory: { frames } } = goTo(driver, "round 1: merged on node 1");
  const onNode = (nid: number) =>
    Array.from(frames.refcount.keys())
      .filter((frame) =>
        frames.mapcount[frame] > 0 && frames.nid[frame] === nid
      )
      .length;
  assert.equal(onNode(0), 0);
  const before = onNode(1);
  assert.ok(before >= 256);
  goTo(driver, "round 1: all of it moved to node 0");
  assert.equal(onNode(1), 0);
  // Guests go on writing meanwhile.
  assert.ok(onNode(0) >= before);
});

Deno.test("stale-tree: the model stops where the kernel would read freed memory, and names the defect", () => {
  const driver = opened("stale-tree");
  goTo(driver, "merge_across_nodes is 0 again, in the middle of a pass");
  assert.throws(() => driver.advance("end"), (error) => {
    assert.ok(error instanceof KernelDefect);
    assert.match(error.message, /"stale-tree".*after it was freed/);
    return true;
  });
});
