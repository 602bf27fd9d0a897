/** What the built-in workloads promise to show. */
import assert from "node:assert/strict";
import type { Counters } from "../../src/engine/ksm/counters.ts";
import { KernelDefect } from "../../src/engine/lib/kernel_defect.ts";
import {
  Driver,
  Machine,
  runWorkload,
  treesDrawing,
} from "../../src/machine/mod.ts";
import { BUILTINS, openWorkload, workload } from "../../src/workload/mod.ts";

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

/** Bytes that a scene has compared so far, for each compare and for each visit. */
function comparing(machine: Machine): { perCompare: number; perVisit: number } {
  const { stableCompares, unstableCompares, visits } = treesDrawing(machine, 0);
  assert.ok(stableCompares && unstableCompares);
  const bytes = stableCompares.bytes + unstableCompares.bytes;
  const count = stableCompares.count + unstableCompares.count;
  return { perCompare: bytes / count, perVisit: bytes / visits };
}

Deno.test("every scene has a caption, and a test here", async () => {
  const text = await Deno.readTextFile(new URL(import.meta.url));
  for (const { name, title } of BUILTINS) {
    assert.ok(title.length > name.length, `${name} has no caption`);
    assert.ok(!title.includes("\n"), `The caption of ${name} has two lines`);
    assert.ok(text.includes(`\nDeno.test("${name}: `), `${name} has no test`);
  }
});

Deno.test("demo-vms: sharing grows while guests boot, breaks page by page, and comes back with a new guest", () => {
  const driver = opened("demo-vms");
  const machine = goTo(driver, "vm-c boots");
  const sharing = () => machine.counters().pagesSharing;
  const until = (millis: number) => {
    while (machine.timeMillis < millis) driver.advance("pass");
    return sharing();
  };
  const booting = sharing();
  // All three have booted, and been scanned.
  const booted = until(1000);
  assert.ok(booted > 10 * booting, `${booting}, then ${booted}`);
  const breaks = machine.cowBreaks;
  goTo(driver, "vm-a2 boots");
  const drifted = sharing();
  assert.ok(drifted < booted - 500, `${booted}, then ${drifted}`);
  assert.ok(machine.cowBreaks > breaks + 500);
  goTo(driver, "vm-a exits");
  const fewest = until(machine.timeMillis + 50);
  const back = until(machine.timeMillis + 400);
  assert.ok(back > fewest + 500, `${fewest}, then ${back}`);
});

Deno.test("ksmpages: each compare reads to the last 8 bytes, each visit more than 4 000 bytes", () => {
  const driver = opened("ksmpages");
  const labels = [
    "all unique",
    "each page twice",
    "half of the copies changed at their end",
  ];
  const shown = labels.map((label) => {
    const machine = goTo(driver, label);
    const { perCompare, perVisit } = comparing(machine);
    // Pages differ at 4088 or after that.
    assert.ok(perCompare >= 4089 && perCompare <= 4096, `${perCompare}`);
    assert.ok(perVisit > 4000, `${perVisit}`);
    const { pagesShared, pagesSharing, pagesUnshared } = machine.counters();
    return [pagesShared, pagesSharing, pagesUnshared];
  });
  assert.deepEqual(shown, [[0, 0, 1024], [1024, 1024, 0], [1024, 512, 512]]);
});

Deno.test("fifty-two-xp: some two hundred pages stand for ten thousand", () => {
  const { pagesShared, pagesSharing, pagesUnshared } =
    samples("fifty-two-xp").get("full scan 3") ?? assert.fail();
  // 192 pages of the image, and 52 times 32 pages of zeros in groups of 256.
  assert.equal(pagesShared, 192 + 7);
  assert.equal(pagesSharing, 192 * 51 + (52 * 32 - 7));
  assert.equal(pagesUnshared, 52 * 32);
});

Deno.test("volatile: what is rewritten in each pass never merges, until the writer rests", () => {
  const found = samples("volatile");
  const shown = (label: string) => {
    const { pagesShared, pagesSharing, pagesVolatile } = found.get(label) ??
      assert.fail();
    return [pagesShared, pagesSharing, pagesVolatile];
  };
  // 512 pages of 64 contents each, in two areas.
  assert.deepEqual(shown("the writer was faster"), [64, 448, 512]);
  assert.deepEqual(shown("the writer rests"), [128, 896, 0]);
});

Deno.test("smart-scan: unique pages are visited 8 times in 30 passes, and then each time", () => {
  const found = samples("smart-scan");
  const shown = (label: string) => {
    const { pagesScanned, pagesSkipped } = found.get(label) ?? assert.fail();
    return [pagesScanned, pagesSkipped];
  };
  // Visited in passes 1 to 4, 6, 9, 14 and 23; 200 merged ones in each pass.
  assert.deepEqual(
    shown("5 full scans"),
    [4 * 2000 + 5 * 200, 1 * 2000],
  );
  assert.deepEqual(
    shown("30 full scans"),
    [8 * 2000 + 30 * 200, 22 * 2000],
  );
  assert.deepEqual(
    shown("5 more without smart scan"),
    [13 * 2000 + 35 * 200, 22 * 2000],
  );
});

Deno.test("chains: with max_page_sharing halved, dups double", () => {
  const dups = (limit: number) => {
    const machine = runWorkload(workload("halved", function* (box) {
      const ram = box.process("vm").mmap("ram", 1024, { mergeable: true });
      ram.fill({ kind: "const", byte: 1 });
      box.knob("max_page_sharing", String(limit));
      yield* box.scanPasses(2);
    }));
    return machine.counters().stableNodeDups;
  };
  assert.deepEqual([256, 128, 64, 32].map(dups), [4, 8, 16, 32]);
});

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
