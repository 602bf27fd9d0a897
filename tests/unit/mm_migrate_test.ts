/** What others see of a page while it migrates. */
import assert from "node:assert/strict";
import type { Suspends } from "../../src/engine/lib/step.ts";
import {
  contentAt,
  discardPages,
  exitMm,
  forkMm,
  type Frame,
  migratePages,
  migratingFrame,
  type Mm,
  moveArea,
  protectArea,
  pteFrame,
  pteWritable,
  readPage,
  unmapArea,
  writePage,
} from "../../src/engine/mm/mod.ts";
import { ksmMadvise } from "../../src/engine/ksm/mod.ts";
import { nextRmapItem } from "../../src/engine/ksm/scan.ts";
import { checkAtRest } from "../../src/machine/invariants/mod.ts";
import { Machine, slotVpn } from "../../src/machine/mod.ts";
import type { Op } from "../../src/workload/mod.ts";
import { drive } from "../property/drive.ts";
import { all, UNIQUE } from "./ksm_box.ts";
import { goTo, granting } from "./stepping.ts";

const FIRST = slotVpn(0, 0);

/** A process with three mergeable pages, the first of which is about to migrate to NUMA node 1. */
class Migrating {
  readonly machine: Machine = new Machine({ interpreter: granting, nodes: 2 });
  readonly mm: Mm;
  readonly old: Frame;
  readonly migration: Suspends<number>;

  constructor(ops: Op[] = [], pattern = UNIQUE) {
    const { machine } = this;
    const { memory } = machine;
    const a = { proc: "A", region: "r" };
    drive(machine, [
      { op: "proc", proc: "A" },
      { op: "mmap", ...a, slot: 0, pages: 3 },
      { op: "madvise", ...a, advice: "mergeable" },
      { op: "fill", ...a, pattern },
      ...ops,
    ]);
    this.mm = machine.processes.named("A").mm;
    const frame = pteFrame(this.mm.pages.get(FIRST));
    assert.ok(frame !== 0 && memory.frames.isolate(frame));
    this.old = frame;
    this.migration = migratePages(memory, [frame], 1);
  }

  /** Stops the migration when all mappings are migration entries. */
  unmap(): void {
    goTo(this.migration, "spend", "folio_mc_copy:copy");
    assert.equal(migratingFrame(this.mm.pages.get(FIRST)), this.old);
  }

  /** Lets the migration end; says on which node each address space has its first page then. */
  end(...mms: Mm[]): number[] {
    assert.equal(this.machine.run(this.migration), 0);
    return this.nodesOf(...mms);
  }

  /** On which node each address space has its first page, at rest. */
  nodesOf(...mms: Mm[]): number[] {
    checkAtRest(this.machine);
    const { nid } = this.machine.memory.frames;
    return mms.map((mm) => {
      const frame = pteFrame(mm.pages.get(FIRST));
      assert.ok(frame !== 0);
      return nid[frame];
    });
  }
}

/** Two processes' pages that are one KSM page. */
const MERGED: Op[] = [{ op: "run", value: 1 }, { op: "scanPasses", n: 2 }];

Deno.test("a page migrates with its bytes and its write permission", () => {
  const box = new Migrating();
  const { memory } = box.machine;
  const content = contentAt(memory, box.mm, FIRST);
  assert.deepEqual(box.end(box.mm), [1]);
  assert.equal(contentAt(memory, box.mm, FIRST), content);
  assert.ok(pteWritable(box.mm.pages.get(FIRST)));
  assert.deepEqual([memory.pagesMigrated, memory.migrationsFailed], [1, 0]);
});

Deno.test("a write to a page under migration waits, and writes the new page", () => {
  const box = new Migrating();
  const { memory } = box.machine;
  box.unmap();
  memory.contents.get(memory.contents.zero);
  const write = writePage(memory, box.mm, FIRST, memory.contents.zero);
  goTo(write, "lock", "migration_entry_wait:folio");
  assert.equal(box.machine.run(box.migration), 0);
  box.machine.run(write);
  assert.deepEqual(box.nodesOf(box.mm), [1]);
  assert.equal(contentAt(memory, box.mm, FIRST), memory.contents.zero);
});

Deno.test("a read of a page under migration waits, and reads its bytes", () => {
  const box = new Migrating();
  const { memory } = box.machine;
  const content = contentAt(memory, box.mm, FIRST);
  box.unmap();
  const read = readPage(memory, box.mm, FIRST);
  goTo(read, "lock", "migration_entry_wait:folio");
  assert.equal(box.machine.run(box.migration), 0);
  assert.equal(box.machine.run(read), content);
  assert.deepEqual(box.nodesOf(box.mm), [1]);
});

Deno.test("a fork copies migration entries, and the child gets the new page too", () => {
  for (const [pattern, ops] of [[UNIQUE, []], [all("x"), MERGED]] as const) {
    const box = new Migrating([...ops], pattern);
    box.unmap();
    const child = box.machine.run(forkMm(box.machine.memory, box.mm, 7));
    assert.equal(migratingFrame(child.pages.get(FIRST)), box.old);
    assert.deepEqual(box.end(box.mm, child), [1, 1]);
    for (const mm of [box.mm, child]) {
      assert.ok(!pteWritable(mm.pages.get(FIRST)));
    }
  }
});

Deno.test("what drops a page under migration drops the entry alone", () => {
  const drops: ((box: Migrating) => Suspends<unknown>)[] = [
    ({ machine, mm }) => discardPages(machine.memory, mm, FIRST, FIRST + 1),
    ({ machine, mm }) => exitMm(machine.memory, mm),
  ];
  for (const drop of drops) {
    const box = new Migrating();
    const { memory } = box.machine;
    const before = memory.frames.live;
    box.unmap();
    box.machine.run(drop(box));
    assert.equal(box.machine.run(box.migration), 0);
    assert.equal(box.mm.pages.get(FIRST), 0);
    assert.ok(memory.frames.live < before);
    assert.equal(memory.frames.isLive(box.old), false);
  }
});

Deno.test("a page that is moved to another address while it migrates is found there", () => {
  const box = new Migrating();
  const { memory } = box.machine;
  const to = slotVpn(1, 0);
  box.unmap();
  box.machine.run(moveArea(memory, box.mm, FIRST, FIRST + 3, to, 3));
  box.end();
  const frame = pteFrame(box.mm.pages.get(to));
  assert.ok(frame !== 0);
  assert.equal(memory.frames.nid[frame], 1);
});

Deno.test("a KSM page's migration entry that is moved would be lost", () => {
  const b = { proc: "B", region: "r" };
  // The child's page becomes a KSM page as it is the parent's, where nothing is to be undone.
  const shared: Op[] = [
    { op: "fork", proc: "A", child: "B" },
    { op: "madvise", ...b, advice: "unmergeable" },
    ...MERGED,
  ];
  const to = slotVpn(1, 0);
  const moving = ({ machine }: Migrating): Suspends<unknown> => {
    const { mm } = machine.processes.named("B");
    return moveArea(machine.memory, mm, FIRST, FIRST + 3, to, 3);
  };
  const before = new Migrating(shared, all("x"));
  before.machine.run(moving(before));
  assert.equal(before.machine.run(before.migration), 1);
  checkAtRest(before.machine);
  const amid = new Migrating(shared, all("x"));
  amid.unmap();
  assert.throws(() => amid.machine.run(moving(amid)), {
    name: "KernelDefect",
    defect: "lost-entry",
  });
  const after = new Migrating(shared, all("x"));
  assert.deepEqual(after.end(after.mm), [1]);
  after.machine.run(moving(after));
  checkAtRest(after.machine);
});

Deno.test("mprotect takes write permission from a page under migration", () => {
  const box = new Migrating();
  const { memory } = box.machine;
  box.unmap();
  box.machine.run(protectArea(memory, box.mm, FIRST, FIRST + 3, "r"));
  assert.deepEqual(box.end(box.mm), [1]);
  assert.ok(!pteWritable(box.mm.pages.get(FIRST)));
});

Deno.test("ksmd passes a page under migration by", () => {
  const box = new Migrating([{ op: "run", value: 1 }]);
  const { ksm, memory } = box.machine;
  box.unmap();
  const item = box.machine.run(nextRmapItem(ksm));
  assert.ok(item !== 0);
  assert.equal(ksm.items.vpn[item], FIRST + 1);
  assert.ok(ksm.cursor.page !== 0);
  memory.frames.put(ksm.cursor.page);
  ksm.cursor.page = 0;
  box.end(box.mm);
});

Deno.test("undoing the sharing of a KSM page under migration waits for the new page", () => {
  const box = new Migrating(MERGED, all("x"));
  const { ksm, memory } = box.machine;
  box.unmap();
  const advice = ksmMadvise(ksm, box.mm, FIRST, FIRST + 3, "unmergeable");
  goTo(advice, "lock", "migration_entry_wait:folio");
  assert.equal(box.machine.run(box.migration), 0);
  assert.equal(box.machine.run(advice), 0);
  for (let vpn = FIRST; vpn < FIRST + 3; vpn++) {
    const frame = pteFrame(box.mm.pages.get(vpn));
    assert.ok(frame !== 0 && !memory.frames.isKsm(frame));
  }
});

Deno.test("a page on which somebody holds a reference stays, with all its mappings", () => {
  const box = new Migrating();
  const { memory } = box.machine;
  const child = box.machine.run(forkMm(memory, box.mm, 7));
  memory.frames.get(box.old);
  assert.equal(box.machine.run(box.migration), 1);
  for (const mm of [box.mm, child]) {
    assert.equal(pteFrame(mm.pages.get(FIRST)), box.old);
  }
  memory.frames.put(box.old);
  assert.equal(memory.frames.isolated[box.old], 0);
  assert.deepEqual([memory.pagesMigrated, memory.migrationsFailed], [0, 1]);
  checkAtRest(box.machine);
});

Deno.test("a KSM page with a mapping that no rmap item leads to stays", () => {
  const box = new Migrating(MERGED, all("x"));
  const { ksm } = box.machine;
  const node = ksm.stableTrees[0].root;
  assert.ok(node !== 0);
  // As ksmd does after a merge that cannot succeed.
  const item = ksm.nodes.hlist.get(node);
  assert.ok(item !== 0);
  ksm.nodes.remove(node, item);
  assert.equal(box.machine.run(box.migration), 1);
  for (let vpn = FIRST; vpn < FIRST + 3; vpn++) {
    assert.equal(pteFrame(box.mm.pages.get(vpn)), box.old);
  }
});

Deno.test("a page that all have let go of counts as moved, and is freed", () => {
  const box = new Migrating();
  const { memory } = box.machine;
  box.machine.run(discardPages(memory, box.mm, FIRST, FIRST + 1));
  assert.equal(box.machine.run(box.migration), 0);
  assert.equal(memory.frames.isLive(box.old), false);
  checkAtRest(box.machine);
});

Deno.test("a page whose area has gone, but which somebody still looks at, moves without a mapping", () => {
  const box = new Migrating();
  const { memory } = box.machine;
  memory.frames.get(box.old);
  box.machine.run(unmapArea(memory, box.mm, FIRST, FIRST + 3));
  assert.equal(memory.anonVmas.live, 0);
  // The one who looks is done while the migration waits for the page's lock.
  goTo(box.migration, "lock", "migrate_folio_unmap:folio");
  memory.frames.put(box.old);
  assert.equal(box.machine.run(box.migration), 0);
  assert.equal(memory.frames.live, 0);
  checkAtRest(box.machine);
});

Deno.test("a page whose area has gone stays while somebody looks at it", () => {
  const box = new Migrating();
  const { memory } = box.machine;
  memory.frames.get(box.old);
  box.machine.run(unmapArea(memory, box.mm, FIRST, FIRST + 3));
  assert.equal(box.machine.run(box.migration), 1);
  memory.frames.put(box.old);
  assert.equal(memory.frames.live, 0);
});
