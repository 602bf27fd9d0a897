/** Variants of everything but looking up a page: each differs from Linux where it says. */
import assert from "node:assert/strict";
import {
  areTreesStale,
  continueBatch,
  knobNamed,
  type Ksm,
  startBatch,
  writeKnob,
} from "../../src/engine/ksm/mod.ts";
import { removeAllStableNodes } from "../../src/engine/ksm/remove_all.ts";
import { nextRmapItem } from "../../src/engine/ksm/scan.ts";
import { stableTreeSearch } from "../../src/engine/ksm/stable_tree.ts";
import type { Suspends } from "../../src/engine/lib/step.ts";
import {
  contentAt,
  exitMm,
  forkMm,
  type Frame,
  isMergedPte,
  type Mm,
  pteFrame,
  writePage,
} from "../../src/engine/mm/mod.ts";
import {
  applyVariant,
  type Variant,
  VARIANTS,
} from "../../src/explorer/variants/mod.ts";
import { Machine, slotVpn } from "../../src/machine/mod.ts";
import { AccessLog } from "../../src/sim/explore/mod.ts";
import { Rcu } from "../../src/sim/explore/rcu.ts";
import type { Op, Pattern } from "../../src/workload/mod.ts";
import { drive } from "../property/drive.ts";
import { all } from "./ksm_box.ts";
import { goTo, granting } from "./stepping.ts";

const FIRST = slotVpn(0, 0);

function variantNamed(name: string): Variant {
  const variant = VARIANTS.find((variant) => variant.name === name);
  assert.ok(variant !== undefined, name);
  return variant;
}

/** A machine that does as the variant says, with ksmd at work one page a batch, after `ops`. */
function machineOf(name: string, ops: readonly Op[], nodes = 1): Machine {
  const machine = new Machine({ interpreter: granting, nodes });
  const rcu = new Rcu(granting.steps, new AccessLog(), 0);
  applyVariant(machine, variantNamed(name), rcu);
  drive(machine, [
    { op: "knob", name: "smart_scan", value: "0" },
    { op: "knob", name: "pages_to_scan", value: "1" },
    { op: "run", value: 1 },
    ...ops,
  ]);
  return machine;
}

/** A process with mergeable pages. */
function process(proc: string, pages: number, pattern: Pattern): Op[] {
  const part = { proc, region: "r" };
  return [
    { op: "proc", proc },
    { op: "mmap", ...part, slot: 0, pages },
    { op: "madvise", ...part, advice: "mergeable" },
    { op: "fill", ...part, pattern },
  ];
}

const PASS: Op = { op: "scanPasses", n: 1 };

function mmOf(machine: Machine, proc: string): Mm {
  return machine.processes.named(proc).mm;
}

/** Kinds and sites of all steps of `work`. */
function stepsOf(work: Suspends<unknown>): string[] {
  const steps: string[] = [];
  for (let result = work.next(true); !result.done; result = work.next(true)) {
    steps.push(`${result.value.kind} ${result.value.site}`);
  }
  return steps;
}

Deno.test("each variant has a name for the command line, and a line that says what it is", () => {
  for (const { name, title } of VARIANTS) {
    assert.match(name, /^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    assert.ok(title.length > 0 && title.length <= 80, name);
  }
  const names = new Set(VARIANTS.map(({ name }) => name));
  assert.equal(names.size, VARIANTS.length);
  assert.equal(VARIANTS[0].kind, "own");
});

Deno.test("variants that decide as Linux does are told as such", () => {
  const same = VARIANTS.filter(({ protocol, hooks }) => !protocol && !hooks);
  assert.deepEqual(same.map(({ name }) => name), [
    "v4",
    "reset-in-use",
    "compare-numbers",
  ]);
});

/** What of a search has to do with the lock of the page that it matches. */
const MATCHES: Readonly<Record<string, readonly string[]>> = {
  "v4": [
    "trylock ksm_get_folio:trylock",
    "unlock stable_tree_search:folio",
  ],
  "v2": ["lock ksm_get_folio:lock", "unlock stable_tree_search:folio"],
  "no-lock-at-match": [],
  "v0": [],
  "v1": [],
  "v1-rcu": [],
  "get-lock": [],
  "get-lock-corrected": [],
};

for (const [name, locking] of Object.entries(MATCHES)) {
  Deno.test(`${name} takes the lock of a match as it says`, () => {
    const machine = machineOf(name, [
      ...process("A", 2, all("x")),
      PASS,
      PASS,
      ...process("B", 1, all("x")),
    ]);
    const { ksm } = machine;
    const page = pteFrame(mmOf(machine, "B").pages.get(FIRST));
    assert.ok(page !== 0);
    const steps = stepsOf(stableTreeSearch(ksm, page));
    assert.deepEqual(steps.filter((step) => /lock /.test(step)), locking);
    const { root } = ksm.stableTrees[0];
    assert.ok(root !== 0);
    const kpage: Frame | 0 = ksm.nodes.kpfn.get(root);
    assert.equal(machine.memory.frames.refcount[kpage], 3);
  });
}

/** A pass that has begun, and whose only process exits before its slot is taken. */
function overtakenPass(name: string): () => number {
  const machine = machineOf(name, process("A", 1, all("x")));
  const scan = nextRmapItem(machine.ksm);
  goTo(scan, "race", "scan_get_next_rmap_item:start");
  machine.run(exitMm(machine.memory, mmOf(machine, "A")));
  assert.ok(machine.ksm.slots.list.empty);
  return () => machine.run(scan);
}

Deno.test("v4 finds the list empty when it takes the first slot", () => {
  assert.equal(overtakenPass("v4")(), 0);
});

Deno.test("unlocked-first-slot takes the head of the list for a slot", () => {
  assert.throws(overtakenPass("unlocked-first-slot"), {
    message: "The head of the slot list has no address space",
  });
});

/** Two equal pages, written to while ksmd merges them, at the moment when the merge of the second comes to this step. */
function writtenDuringMerge(
  name: string,
  kind: "lock" | "spend",
  site: string,
): "written" | "lost" {
  const machine = machineOf(name, [
    ...process("A", 2, all("x")),
    PASS,
    { op: "scanBatches", n: 1 },
  ]);
  const { ksm, memory } = machine;
  const { contents } = memory;
  const mm = mmOf(machine, "A");
  const merge = continueBatch(ksm, machine.run(startBatch(ksm)), 1);
  goTo(merge, "unlock", "try_to_merge_with_ksm_page:mmap_lock");
  goTo(merge, kind, site);
  contents.get(contents.zero);
  machine.run(writePage(memory, mm, FIRST, contents.zero));
  machine.run(merge);
  const read = contentAt(memory, mm, FIRST);
  return read === contents.zero ? "written" : "lost";
}

const PROTECT = ["lock", "write_protect_page:pte"] as const;
const COMPARED = ["spend", "try_to_merge_one_page:compare"] as const;

Deno.test("v4 loses no write, whether it comes before the protection or after", () => {
  assert.equal(writtenDuringMerge("v4", ...PROTECT), "written");
  assert.equal(writtenDuringMerge("v4", ...COMPARED), "written");
});

Deno.test("no-second-compare loses a write that comes before the protection", () => {
  assert.equal(writtenDuringMerge("no-second-compare", ...PROTECT), "lost");
  assert.equal(writtenDuringMerge("no-second-compare", ...COMPARED), "written");
});

Deno.test("no-entry-check loses a write that comes after the protection", () => {
  assert.equal(writtenDuringMerge("no-entry-check", ...PROTECT), "written");
  assert.equal(writtenDuringMerge("no-entry-check", ...COMPARED), "lost");
});

for (
  const [name, isGone] of [["v4", false], ["remove-mapped", true]] as const
) {
  Deno.test(`${name}: a node whose page is mapped ${isGone ? "goes" : "stays"}`, () => {
    const machine = machineOf(name, [
      ...process("A", 2, all("x")),
      PASS,
      PASS,
    ]);
    const { ksm, memory } = machine;
    assert.equal(machine.run(removeAllStableNodes(ksm)), isGone);
    assert.equal(ksm.nodes.live, isGone ? 0 : 1);
    const pte = mmOf(machine, "A").pages.get(FIRST);
    assert.ok(isMergedPte(memory, pte));
  });
}

/** The steps in which KSM is told of an exit while ksmd is in the address space. */
function exitAtCursor(name: string): { steps: string[]; ksm: Ksm } {
  const machine = machineOf(name, process("A", 2, all("x")));
  const { ksm, memory } = machine;
  const mm = mmOf(machine, "A");
  goTo(nextRmapItem(ksm), "lock", "ksm_next_page_pmd_entry:pte");
  mm.users = 0;
  assert.ok(memory.ksm !== undefined);
  return { steps: stepsOf(memory.ksm.exiting(mm)), ksm };
}

const MMLIST = ["lock __ksm_exit:mmlist", "unlock __ksm_exit:mmlist"];

Deno.test("v4 waits until ksmd has left the address space, and leaves it the slot", () => {
  const { steps, ksm } = exitAtCursor("v4");
  assert.deepEqual(steps, [
    ...MMLIST,
    "lock __ksm_exit:mmap_lock",
    "unlock __ksm_exit:mmap_lock",
  ]);
  assert.ok(ksm.cursor.slot !== 0 && ksm.slots.isLive(ksm.cursor.slot));
});

Deno.test("no-exit-handshake does not wait, and leaves ksmd the slot", () => {
  const { steps, ksm } = exitAtCursor("no-exit-handshake");
  assert.deepEqual(steps, MMLIST);
  assert.ok(ksm.cursor.slot !== 0 && ksm.slots.isLive(ksm.cursor.slot));
});

Deno.test("exit-under-cursor drops the slot that ksmd is on", () => {
  const { steps, ksm } = exitAtCursor("exit-under-cursor");
  assert.deepEqual(steps, MMLIST);
  assert.ok(ksm.cursor.slot !== 0 && !ksm.slots.isLive(ksm.cursor.slot));
});

for (
  const [name, isMerged] of [["v4", false], [
    "fork-behind-cursor",
    true,
  ]] as const
) {
  Deno.test(`${name}: pages of a child born during run=2 ${isMerged ? "stay" : "do not stay"} merged`, () => {
    const machine = machineOf(name, [
      ...process("A", 1, all("x")),
      ...process("B", 1, all("x")),
      PASS,
      PASS,
    ]);
    const { ksm, memory } = machine;
    const run = knobNamed("run");
    assert.ok(run !== undefined);
    const unmerge = writeKnob(ksm, run, "2");
    goTo(unmerge, "lock", "unmerge_and_remove_all_rmap_items:mmap_lock");
    const child = machine.run(forkMm(memory, mmOf(machine, "B"), 9));
    machine.run(unmerge);
    assert.equal(isMergedPte(memory, child.pages.get(FIRST)), isMerged);
  });
}

for (
  const [name, isKeptOff] of [["v4", true], ["no-offline-bit", false]] as const
) {
  Deno.test(`${name}: ksmd is ${isKeptOff ? "" : "not "}kept off while memory goes offline`, () => {
    const machine = machineOf(name, []);
    const { ksm } = machine.memory;
    assert.ok(ksm !== undefined);
    machine.run(ksm.goingOffline());
    assert.equal(machine.ksm.knobs.offlining, isKeptOff);
  });
}

for (
  const [name, isStale] of [["reset-in-use", true], [
    "reset-all",
    false,
  ]] as const
) {
  Deno.test(`${name}: a tree out of use ${isStale ? "keeps" : "loses"} its entries when a pass begins`, () => {
    const across = { op: "knob", name: "merge_across_nodes" } as const;
    const machine = machineOf(name, [
      { ...across, value: "0" },
      { op: "proc", proc: "B" },
      { op: "bind", proc: "B", node: 1 },
      ...process("B", 2, { kind: "seq", base: 1 }).slice(1),
      PASS,
      PASS,
      { ...across, value: "1" },
      { op: "scanBatches", n: 1 },
    ], 2);
    assert.equal(areTreesStale(machine.ksm), isStale);
    assert.equal(machine.ksm.unstableTrees[1].root === 0, !isStale);
  });
}
