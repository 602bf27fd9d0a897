/** Memory that goes offline under KSM, and comes back. */
import assert from "node:assert/strict";
import {
  knobNamed,
  ksmdShouldRun,
  startBatch,
  writeKnob,
} from "../../src/engine/ksm/mod.ts";
import {
  type Frame,
  type MemoryBlock,
  migratePages,
  MOVABLE_BLOCK_FRAMES,
  offlineBlock,
  onlineBlock,
  pageStatus,
  pteFrame,
} from "../../src/engine/mm/mod.ts";
import { checkAtRest } from "../../src/machine/invariants/mod.ts";
import { Machine, RefusedOp, slotVpn } from "../../src/machine/mod.ts";
import type { Op, Pattern, RecordedEvent } from "../../src/workload/mod.ts";
import { drive } from "../property/drive.ts";
import { all, UNIQUE } from "./ksm_box.ts";
import { goTo, granting } from "./stepping.ts";

const PASS: Op = { op: "scanPasses", n: 1 };
const OFFLINE: Op = { op: "offline", node: 1 };
const ONLINE: Op = { op: "online", node: 1 };

/** Trees for each node, no smart scan, ksmd at work. */
const START: Op[] = [
  { op: "knob", name: "smart_scan", value: "0" },
  { op: "knob", name: "merge_across_nodes", value: "0" },
  { op: "run", value: 1 },
];

/** A process on a node whose pages are all mergeable. */
function process(
  proc: string,
  node: 0 | 1,
  pages: number,
  pattern: Pattern,
): Op[] {
  const part = { proc, region: "r" };
  return [
    { op: "proc", proc },
    { op: "bind", proc, node },
    { op: "mmap", ...part, slot: 0, pages },
    { op: "madvise", ...part, advice: "mergeable" },
    { op: "fill", ...part, pattern },
  ];
}

function run(machine: Machine, ...ops: Op[]): RecordedEvent[] {
  const events = drive(machine, ops);
  checkAtRest(machine);
  return events;
}

/** pages_shared, pages_sharing, stable_node_chains, stable_node_dups. */
function counts(machine: Machine): number[] {
  const c = machine.counters();
  return [c.pagesShared, c.pagesSharing, c.stableNodeChains, c.stableNodeDups];
}

/** The node of each page of a process. */
function nodesOf(machine: Machine, proc: string): number[] {
  const { mm, regions } = machine.processes.named(proc);
  const region = regions.get("r");
  assert.ok(region);
  return Array.from(
    { length: region.pages },
    (_, page) => pageStatus(machine.memory, mm, region.start + page),
  );
}

/** Which of a process's pages are in memory that can go offline. */
function movable(machine: Machine, proc: string): boolean[] {
  const { frames } = machine.memory;
  const { mm } = machine.processes.named(proc);
  return nodesOf(machine, proc).map((_, page) => {
    const frame = mm.pages.get(slotVpn(0, page)) >>> 3;
    return frames.blocks[frames.block[frame]].movable;
  });
}

Deno.test("pages of the node that goes offline move to node 0, merged ones as a whole", () => {
  const machine = new Machine({ nodes: 2 });
  run(machine, ...START, ...process("A", 1, 3, all("x")));
  run(machine, ...process("B", 1, 2, UNIQUE), PASS, PASS);
  assert.deepEqual(counts(machine), [1, 2, 0, 0]);
  assert.deepEqual(movable(machine, "A"), [true, true, true]);
  const [event] = run(machine, OFFLINE);
  assert.deepEqual(event, { i: 0, op: "offline", blocks: 4, errno: 0 });
  assert.deepEqual(nodesOf(machine, "A"), [0, 0, 0]);
  assert.deepEqual(nodesOf(machine, "B"), [0, 0]);
  assert.deepEqual(counts(machine), [1, 2, 0, 0]);
});

Deno.test("nodes of pages that are gone go with their memory, without a scan", () => {
  const machine = new Machine({ nodes: 2 });
  run(machine, ...START, ...process("A", 1, 3, all("x")), PASS, PASS);
  run(machine, { op: "fill", proc: "A", region: "r", pattern: UNIQUE });
  assert.deepEqual(counts(machine), [1, 2, 0, 0]);
  run(machine, OFFLINE);
  assert.deepEqual(counts(machine), [0, 0, 0, 0]);
  assert.equal(machine.ksm.nodes.live, 0);
});

Deno.test("of a chain only those dups go whose pages are gone", () => {
  const two: Op = { op: "knob", name: "max_page_sharing", value: "2" };
  for (const written of [2, 4]) {
    const machine = new Machine({ nodes: 2 });
    run(machine, ...START, two, ...process("A", 1, 4, all("x")), PASS, PASS);
    assert.deepEqual(counts(machine), [2, 2, 1, 2]);
    run(
      machine,
      {
        op: "fill",
        proc: "A",
        region: "r",
        start: 0,
        count: written,
        pattern: UNIQUE,
      },
      OFFLINE,
    );
    // With two pages left they are one KSM page, the only dup of the chain.
    const left = written === 2 ? [1, 1, 1, 1] : [0, 0, 0, 0];
    assert.deepEqual(counts(machine), left);
  }
});

Deno.test("an exiled node goes with the memory of its page", () => {
  const machine = new Machine({ nodes: 2 });
  const { ksm } = machine;
  run(
    machine,
    ...START,
    ...process("B", 0, 1, UNIQUE),
    ...process("A", 0, 2, all("x")),
    PASS,
    PASS,
    { op: "fill", proc: "B", region: "r", pattern: all("x") },
    PASS,
    { op: "move", proc: "A", region: "r", node: 1, all: true },
    { op: "knob", name: "pages_to_scan", value: "1" },
    // B is visited first: its search meets A's node, whose page has left.
    { op: "scanBatches", n: 1 },
  );
  const [node] = ksm.nodes.each();
  assert.equal(ksm.nodes.exiled.next(0), node);
  run(machine, { op: "exit", proc: "A" });
  assert.deepEqual(counts(machine), [1, 1, 0, 0]);
  run(machine, OFFLINE);
  assert.deepEqual(counts(machine), [0, 0, 0, 0]);
  assert.equal(ksm.nodes.live, 0);
});

Deno.test("while its movable memory is offline the node still has the memory that stays", () => {
  const machine = new Machine({ nodes: 2 });
  run(machine, OFFLINE, ...process("A", 1, 2, UNIQUE));
  assert.deepEqual(nodesOf(machine, "A"), [1, 1]);
  assert.deepEqual(movable(machine, "A"), [false, false]);
  run(machine, ONLINE, ...process("B", 1, 1, UNIQUE));
  assert.deepEqual(movable(machine, "B"), [true]);
  // What came there meanwhile is not in the way of a later offline.
  run(machine, OFFLINE);
  assert.deepEqual(nodesOf(machine, "A"), [1, 1]);
  assert.deepEqual(nodesOf(machine, "B"), [0]);
});

Deno.test("a block that is offline or online already answers EINVAL", () => {
  const machine = new Machine({ nodes: 2 });
  const errnos = run(machine, ONLINE, OFFLINE, OFFLINE, ONLINE, ONLINE).map(
    (event) => "errno" in event && event.errno,
  );
  assert.deepEqual(errnos, [22, 0, 22, 0, 22]);
});

Deno.test("a block has room for so many pages; then comes the next one", () => {
  const machine = new Machine({ nodes: 2 });
  const pages = MOVABLE_BLOCK_FRAMES + 1;
  run(machine, ...process("A", 1, pages, all("x")));
  const { blocks } = machine.memory.frames;
  const used = new Array<number>(blocks.length).fill(0);
  for (const frame of machine.memory.frames.each()) {
    used[machine.memory.frames.block[frame]]++;
  }
  assert.deepEqual(used, [0, MOVABLE_BLOCK_FRAMES, 1, 0, 0, 0]);
});

Deno.test("a page that cannot be moved ends the operation, and the block stays online", () => {
  const machine = new Machine({ nodes: 2 });
  // A's KSM page moves to node 1, where B has one with equal bytes; with one mapping ksmd
  // tries to merge the two, in vain, and has no rmap item for A's any more.
  run(
    machine,
    ...START,
    ...process("A", 0, 2, all("x")),
    ...process("B", 1, 2, all("x")),
    PASS,
    PASS,
    { op: "munmap", proc: "A", region: "r", start: 1, count: 1 },
    { op: "move", proc: "A", region: "r", start: 0, count: 1, node: 1 },
    PASS,
  );
  assert.throws(() => run(machine, OFFLINE), (error: unknown) => {
    assert.ok(error instanceof RefusedOp);
    assert.match(error.message, /^Cannot run op 0 \(offline\): page A r\+0 /);
    return true;
  });
  checkAtRest(machine);
  assert.equal(nodesOf(machine, "A")[0], 1);
  assert.equal(machine.ksm.knobs.offlining, false);
  // A write makes it an ordinary page.
  const write: Op = {
    op: "write",
    proc: "A",
    region: "r",
    page: 0,
    offset: 0,
    bytes: "00",
  };
  run(machine, write, OFFLINE);
  assert.equal(nodesOf(machine, "A")[0], 0);
});

Deno.test("while a block goes offline run reads with 4 added, and those who work on the trees wait", () => {
  const machine = new Machine({ nodes: 2, interpreter: granting });
  run(machine, ...START, ...process("A", 1, 2, UNIQUE), PASS);
  const { ksm, memory } = machine;
  const block = memory.frames.blocks.find(({ movable }) => movable);
  assert.ok(block !== undefined);
  const offline = offlineBlock(memory, block);
  goTo(offline, "spend", "folio_mc_copy:copy");
  const runKnob = knobNamed("run");
  assert.ok(runKnob !== undefined);
  assert.equal(runKnob.read(ksm.knobs), "5");
  const writers = ["run", "merge_across_nodes", "max_page_sharing"].map(
    (name) => {
      const knob = knobNamed(name);
      assert.ok(knob !== undefined);
      return writeKnob(ksm, knob, name === "max_page_sharing" ? "99" : "0");
    },
  );
  for (const writer of writers) {
    goTo(writer, "wait", "wait_while_offlining:online");
  }
  const batch = startBatch(ksm);
  goTo(batch, "wait", "wait_while_offlining:online");
  goTo(offline, "signal", "ksm_memory_callback:online");
  assert.equal(runKnob.read(ksm.knobs), "1");
  for (const writer of writers) assert.equal(machine.run(writer), 0);
  assert.equal(runKnob.read(ksm.knobs), "0");
  assert.equal(ksm.knobs.maxPageSharing, 99);
  // run is 0 by now: the batch that waited has nothing to do.
  assert.ok(!ksmdShouldRun(ksm));
  assert.deepEqual(machine.run(batch), { budget: 0 });
  assert.equal(machine.run(offline), "offline");
});

/** A machine that goes step by step, whose process A has a KSM page of two mappings on a node. */
function merged(
  node: 0 | 1,
): { machine: Machine; block: MemoryBlock; page: Frame } {
  const machine = new Machine({ nodes: 2, interpreter: granting });
  run(machine, ...START, ...process("A", node, 2, all("x")), PASS, PASS);
  assert.deepEqual(counts(machine), [1, 1, 0, 0]);
  const block = machine.memory.frames.blocks.find(({ movable }) => movable);
  const page = pteFrame(
    machine.processes.named("A").mm.pages.get(slotVpn(0, 0)),
  );
  assert.ok(block !== undefined && page !== 0);
  assert.ok(machine.memory.frames.isolate(page));
  return { machine, block, page };
}

Deno.test("a page on its way into a block that goes offline is waited for, and moves away again", () => {
  const { machine, block, page } = merged(0);
  const { memory } = machine;
  const migration = migratePages(memory, [page], 1);
  goTo(migration, "lock", "migrate_folio_unmap:folio");
  const offline = offlineBlock(memory, block);
  for (let round = 0; round < 3; round++) {
    goTo(offline, "relax", "offline_pages:again");
  }
  assert.equal(machine.run(migration), 0);
  assert.deepEqual(nodesOf(machine, "A"), [1, 1]);
  assert.equal(machine.run(offline), "offline");
  assert.deepEqual(nodesOf(machine, "A"), [0, 0]);
  assert.deepEqual(counts(machine), [1, 1, 0, 0]);
  checkAtRest(machine);
});

Deno.test("a page of the swap cache whose count is frozen is not taken for free memory", () => {
  const { machine, block, page } = merged(1);
  const { frames } = machine.memory;
  frames.get(page);
  frames.swapCache[page] = 1;
  const migration = migratePages(machine.memory, [page], 0);
  goTo(migration, "race", "__folio_migrate_mapping:frozen");
  const offline = offlineBlock(machine.memory, block);
  for (let round = 0; round < 3; round++) {
    goTo(offline, "relax", "offline_pages:again");
  }
  assert.equal(machine.run(migration), 0);
  assert.equal(machine.run(offline), "offline");
  assert.deepEqual(nodesOf(machine, "A"), [0, 0]);
  assert.deepEqual(counts(machine), [1, 1, 0, 0]);
  // It leaves the swap cache.
  const { mm } = machine.processes.named("A");
  const fresh = pteFrame(mm.pages.get(slotVpn(0, 0)));
  assert.ok(fresh !== 0 && frames.swapCache[fresh] === 1);
  frames.swapCache[fresh] = 0;
  frames.put(fresh);
  checkAtRest(machine);
});

Deno.test("blocks go offline and come online one at a time", () => {
  const { machine, block, page } = merged(1);
  const { memory, ksm } = machine;
  memory.frames.putback(page);
  const other = memory.frames.blocks.findLast(({ movable }) => movable);
  assert.ok(other !== undefined && other !== block);
  const first = offlineBlock(memory, block);
  goTo(first, "spend", "folio_mc_copy:copy");
  const second = offlineBlock(memory, other);
  goTo(second, "wait", "lock_device_hotplug_sysfs:wait");
  const online = onlineBlock(memory, block);
  goTo(online, "wait", "lock_device_hotplug_sysfs:wait");
  assert.deepEqual([block.online, other.online], [false, true]);
  goTo(first, "signal", "unlock_device_hotplug:wake");
  assert.equal(machine.run(first), "offline");
  goTo(second, "lock", "ksm_memory_callback:mutex");
  assert.equal(machine.run(second), "offline");
  assert.equal(ksm.knobs.offlining, false);
  assert.equal(machine.run(online), true);
  assert.deepEqual([block.online, other.online], [true, false]);
  assert.deepEqual(counts(machine), [1, 1, 0, 0]);
});

Deno.test("a machine with one node has none to take offline", () => {
  assert.throws(() => run(new Machine(), OFFLINE), {
    name: "RefusedOp",
    message: "Cannot run op 0 (offline): there is no NUMA node 1; " +
      "the machine has 1, and a workload with { nodes: 2 } gets two",
  });
});
