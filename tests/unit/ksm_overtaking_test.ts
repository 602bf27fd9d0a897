/** What holds when another actor acts between two steps of one. */
import assert from "node:assert/strict";
import { knobNamed, writeKnob } from "../../src/engine/ksm/mod.ts";
import { nextRmapItem } from "../../src/engine/ksm/scan.ts";
import {
  contentAt,
  discardPages,
  exitMm,
  forkMm,
  isMergedPte,
  type Mm,
  writePage,
} from "../../src/engine/mm/mod.ts";
import { Machine, slotVpn } from "../../src/machine/mod.ts";
import type { Op } from "../../src/workload/mod.ts";
import { drive } from "../property/drive.ts";
import { all, UNIQUE } from "./ksm_box.ts";
import { goTo, granting } from "./stepping.ts";

const FIRST = slotVpn(0, 0);

/** A machine with one process of two mergeable pages, and what `ops` do then. */
function started(...ops: Op[]): { machine: Machine; mm: Mm } {
  const machine = new Machine({ interpreter: granting });
  const a = { proc: "A", region: "r" };
  drive(machine, [
    { op: "proc", proc: "A" },
    { op: "mmap", ...a, slot: 0, pages: 2 },
    { op: "madvise", ...a, advice: "mergeable" },
    { op: "fill", ...a, pattern: UNIQUE },
    ...ops,
  ]);
  return { machine, mm: machine.processes.named("A").mm };
}

Deno.test("a page that is shared between fault and write is copied before it is written", () => {
  const { machine, mm } = started();
  const { memory } = machine;
  const old = contentAt(memory, mm, FIRST);
  machine.run(forkMm(memory, mm, 7));
  memory.contents.get(memory.contents.zero);
  const write = writePage(memory, mm, FIRST, memory.contents.zero);
  goTo(write, "unlock", "handle_mm_fault:mmap_lock");
  const child = machine.run(forkMm(memory, mm, 8));
  machine.run(write);
  assert.equal(contentAt(memory, mm, FIRST), memory.contents.zero);
  assert.equal(contentAt(memory, child, FIRST), old);
});

Deno.test("a page that is discarded before the scan pins it is passed by", () => {
  const { machine, mm } = started({ op: "run", value: 1 });
  const { ksm, memory } = machine;
  const scan = nextRmapItem(ksm);
  goTo(scan, "lock", "ksm_next_page_pmd_entry:pte");
  machine.run(discardPages(memory, mm, FIRST, FIRST + 1));
  const item = machine.run(scan);
  assert.ok(item !== 0);
  assert.equal(ksm.items.vpn[item], FIRST + 1);
});

Deno.test("a process that exits while the scan goes through it is not visited any more", () => {
  const far = { proc: "A", region: "far" };
  const { machine, mm } = started(
    { op: "munmap", proc: "A", region: "r" },
    { op: "mmap", ...far, slot: 1, pages: 1024 },
    { op: "madvise", ...far, advice: "mergeable" },
    { op: "read", ...far, count: 1 },
    { op: "write", ...far, page: 512, offset: 0, bytes: "01" },
    { op: "run", value: 1 },
  );
  const { ksm, memory } = machine;
  const scan = nextRmapItem(ksm);
  // The first table has a zero page only, which the scan passes by.
  goTo(scan, "unlock", "ksm_next_page_pmd_entry:pte");
  const exit = exitMm(memory, mm);
  goTo(exit, "lock", "__ksm_exit:mmap_lock");
  assert.equal(machine.run(scan), 0);
  machine.run(exit);
  assert.equal(mm.registered, false);
  assert.equal(ksm.items.live, 0);
});

Deno.test("a process that exits right behind an unmerge is let go once", () => {
  const { machine, mm } = started({ op: "run", value: 1 });
  const { ksm, memory } = machine;
  const run = knobNamed("run");
  assert.ok(run !== undefined);
  const unmerge = writeKnob(ksm, run, "2");
  goTo(unmerge, "unlock", "unmerge_and_remove_all_rmap_items:mmlist");
  machine.run(exitMm(memory, mm));
  machine.run(unmerge);
  assert.equal(mm.count, 0);
  assert.ok(ksm.slots.list.empty);
});

Deno.test("an unmerge leaves the pages of a process alone that has begun to exit", () => {
  const { machine, mm } = started(
    { op: "fill", proc: "A", region: "r", pattern: all("x") },
    { op: "run", value: 1 },
    { op: "scanPasses", n: 2 },
  );
  const { ksm, memory } = machine;
  assert.deepEqual([ksm.pagesShared, ksm.pagesSharing], [1, 1]);
  const run = knobNamed("run");
  assert.ok(run !== undefined);
  const unmerge = writeKnob(ksm, run, "2");
  goTo(unmerge, "unlock", "break_ksm:pte");
  const exit = exitMm(memory, mm);
  goTo(exit, "lock", "__ksm_exit:mmap_lock");
  assert.equal(machine.run(unmerge), 0);
  assert.equal(memory.cowKsm, 1);
  assert.equal(isMergedPte(memory, mm.pages.get(FIRST + 1)), true);
  // Its page is still mapped, so that the stable node stays, with nothing on it.
  assert.deepEqual([ksm.pagesShared, ksm.nodes.live], [0, 1]);
  machine.run(exit);
  assert.equal(memory.frames.live, 0);
});
