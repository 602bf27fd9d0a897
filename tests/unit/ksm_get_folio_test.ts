/** Looking up a KSM page while it migrates: before, between and after the steps of the migration. */
import assert from "node:assert/strict";
import type { Suspends } from "../../src/engine/lib/step.ts";
import { type Frame, migratePages } from "../../src/engine/mm/mod.ts";
import { checkAtRest } from "../../src/machine/invariants/mod.ts";
import { drive } from "../property/drive.ts";
import { Migrating } from "./migrating_page.ts";
import { goTo } from "./stepping.ts";

/** Where a migration may be stopped, in its order, and which page a look without a lock finds then. */
const MOMENTS: readonly (readonly [string, "old" | "new"])[] = [
  ["__folio_migrate_mapping:mapping", "old"],
  ["folio_migrate_ksm:kpfn", "new"],
  ["folio_migrate_ksm:mapping", "new"],
  ["folio_migrate_flags:swapcache", "new"],
];

for (const [site, which] of MOMENTS) {
  Deno.test(`a look without a lock at ${site} finds the ${which} page`, () => {
    const box = new Migrating({ swapCache: false });
    goTo(box.migration, "race", site);
    const found = box.look("nolock");
    assert.equal(found, which === "old" ? box.old : box.kpfn);
    assert.equal(box.machine.run(box.migration), 0);
    box.checkMoved();
  });

  Deno.test(`a look that may not wait at ${site} is busy, and finds the page later`, () => {
    const box = new Migrating({ swapCache: false });
    goTo(box.migration, "race", site);
    assert.equal(box.look("trylock"), "busy");
    assert.equal(box.machine.run(box.migration), 0);
    assert.equal(box.look("trylock"), box.kpfn);
    box.checkMoved();
  });
}

Deno.test("a look that waits for the lock of the old page goes on to the new one", () => {
  const box = new Migrating({ swapCache: false });
  goTo(box.migration, "race", "__folio_migrate_mapping:mapping");
  const lookup = box.lookup("lock");
  goTo(lookup, "lock", "ksm_get_folio:lock");
  assert.equal(box.machine.run(box.migration), 0);
  assert.equal(box.end(lookup, "lock"), box.kpfn);
  box.checkMoved();
});

Deno.test("a look that has read the old number before the migration reads it again", () => {
  const box = new Migrating({ swapCache: false });
  const lookup = box.lookup("nolock");
  goTo(lookup, "race", "ksm_get_folio:pin");
  assert.equal(box.machine.run(box.migration), 0);
  assert.equal(box.end(lookup, "nolock"), box.kpfn);
  box.checkMoved();
});

Deno.test("a page that has been looked up before its count is checked does not migrate", () => {
  const box = new Migrating({ swapCache: false });
  goTo(box.migration, "unlock", "try_to_migrate_one:pte");
  assert.equal(box.machine.run(box.lookup("nolock")), box.old);
  assert.equal(box.machine.run(box.migration), 1);
  assert.equal(box.kpfn, box.old);
  checkAtRest(box.machine, new Map([[box.old, 1]]));
});

Deno.test("a look at a page of the swap cache whose count is frozen spins until it is not", () => {
  const box = new Migrating({ swapCache: true });
  goTo(box.migration, "race", "__folio_migrate_mapping:frozen");
  assert.equal(box.machine.memory.frames.refcount[box.old], 0);
  const lookup = box.lookup("nolock");
  for (let spins = 0; spins < 3; spins++) {
    goTo(lookup, "relax", "ksm_get_folio:frozen");
  }
  goTo(box.migration, "race", "__folio_migrate_mapping:unfrozen");
  assert.equal(box.end(lookup, "nolock"), box.old);
  assert.equal(box.machine.run(box.migration), 0);
  box.checkMoved();
});

Deno.test("a look that spins over the rest of a migration finds the new page", () => {
  const box = new Migrating({ swapCache: true });
  goTo(box.migration, "race", "__folio_migrate_mapping:frozen");
  const lookup = box.lookup("nolock");
  goTo(lookup, "relax", "ksm_get_folio:frozen");
  assert.equal(box.machine.run(box.migration), 0);
  assert.equal(box.end(lookup, "nolock"), box.kpfn);
  box.checkMoved();
});

Deno.test("a page that leaves the swap cache while it is frozen is gone, and so is its node", () => {
  const box = new Migrating({ swapCache: true });
  const { ksm, memory: { frames } } = box.machine;
  goTo(box.migration, "race", "__folio_migrate_mapping:frozen");
  const lookup = box.lookup("nolock");
  goTo(lookup, "relax", "ksm_get_folio:frozen");
  frames.swapCache[box.old] = 0;
  assert.equal(box.machine.run(lookup), 0);
  assert.equal(ksm.nodes.isLive(box.node), false);
  assert.deepEqual([ksm.pagesShared, ksm.pagesSharing], [0, 0]);
});

/** A look that has found the page to have migrated away, but has not read the node's number again. */
function lookedAway(): { box: Migrating; lookup: Suspends<unknown> } {
  const box = new Migrating({ swapCache: false });
  const lookup = box.lookup("nolock");
  goTo(lookup, "race", "ksm_get_folio:pin");
  assert.equal(box.machine.run(box.migration), 0);
  goTo(lookup, "race", "ksm_get_folio:stale");
  return { box, lookup };
}

/** A page of node 0 that comes and goes; answers its frame. */
function passingPage({ machine: { memory } }: Migrating): Frame {
  memory.contents.get(memory.contents.zero);
  const frame = memory.frames.allocPage(memory.contents.zero, 0);
  memory.frames.put(frame);
  return frame;
}

Deno.test("a page that migrates away and back while it is looked at is taken for gone, as in the kernel", () => {
  const { box: twin } = lookedAway();
  let pages = 0;
  while (passingPage(twin) !== twin.old) pages++;
  const { box, lookup } = lookedAway();
  const { memory } = box.machine;
  for (let page = 0; page < pages; page++) passingPage(box);
  assert.ok(memory.frames.isolate(box.kpfn));
  assert.equal(box.machine.run(migratePages(memory, [box.kpfn], 0)), 0);
  assert.equal(box.kpfn, box.old);
  assert.throws(() => box.machine.run(lookup), {
    name: "KernelDefect",
    defect: "moved-back",
  });
});

for (const mode of ["nolock", "lock", "trylock"] as const) {
  Deno.test(`a look (${mode}) finds a freed page gone, and removes the node with all its counts`, () => {
    const box = new Migrating({ swapCache: false });
    const { machine } = box;
    machine.memory.frames.putback(box.old);
    const a = { proc: "A", region: "r" };
    drive(machine, [{ op: "madvise", ...a, advice: "dontneed" }]);
    assert.equal(machine.run(box.lookup(mode)), 0);
    const { ksm } = machine;
    assert.deepEqual(
      [ksm.pagesShared, ksm.pagesSharing, ksm.nodes.live],
      [0, 0, 0],
    );
  });
}
