/** Variants of looking up a page, against the migration that each of them is about. */
import assert from "node:assert/strict";
import type { GetFolioMode, Ksm } from "../../src/engine/ksm/mod.ts";
import type { Frame } from "../../src/engine/mm/mod.ts";
import { lookup } from "../../src/explorer/variants/lookup.ts";
import { V1 } from "../../src/explorer/variants/v1.ts";
import { V1_RCU } from "../../src/explorer/variants/v1_rcu.ts";
import { V4 } from "../../src/explorer/variants/v4.ts";
import { type Variant, VARIANTS } from "../../src/explorer/variants/mod.ts";
import { drive } from "../property/drive.ts";
import { Migrating } from "./migrating_page.ts";
import { goTo, granting } from "./stepping.ts";

/** By the rules, all of which the engine has. */
const BY_RULES: Variant = { ...V4, protocol: () => ({ getFolio: lookup() }) };

/** Where the migration of a page of the swap cache may be stopped. */
const MOMENTS: readonly string[] = [
  "__folio_migrate_mapping:frozen",
  "__folio_migrate_mapping:mapping",
  "__folio_migrate_mapping:unfrozen",
  "folio_migrate_ksm:kpfn",
  "folio_migrate_ksm:mapping",
  "folio_migrate_flags:swapcache",
];

const MODES: readonly GetFolioMode[] = ["nolock", "lock", "trylock"];

/** What a look-up does, and finds, in the middle of a migration that ends as soon as it waits for something. */
function trace(box: Migrating, mode: GetFolioMode): readonly unknown[] {
  const lookup = box.lookup(mode);
  const done: unknown[] = [];
  let migrates = true;
  for (;;) {
    const result = lookup.next(true);
    if (result.done) return [...done, result.value];
    const { kind, site } = result.value;
    done.push(`${kind} ${site}`);
    if (migrates && (kind === "relax" || kind === "lock")) {
      migrates = false;
      box.machine.run(box.migration);
    }
  }
}

for (const moment of MOMENTS) {
  for (const mode of MODES) {
    Deno.test(`with all rules a look (${mode}) at ${moment} goes step by step as the engine's own`, () => {
      const [own, byRules] = [V4, BY_RULES].map((variant) => {
        const box = new Migrating({ swapCache: true, variant });
        goTo(box.migration, "race", moment);
        return trace(box, mode);
      });
      assert.deepEqual(byRules, own);
    });
  }
}

function isGone(box: Migrating): boolean {
  return !box.machine.ksm.nodes.isLive(box.node);
}

function counts(ksm: Ksm): readonly number[] {
  return [ksm.pagesShared, ksm.pagesSharing];
}

for (const variant of [V1, V1_RCU]) {
  Deno.test(`${variant.name} takes a frozen page for gone, and removes its node, although the page comes back`, () => {
    const box = new Migrating({ swapCache: true, variant });
    goTo(box.migration, "race", "__folio_migrate_mapping:frozen");
    assert.equal(box.look("nolock"), 0);
    assert.ok(isGone(box));
    assert.deepEqual(counts(box.machine.ksm), [0, 0]);
    goTo(box.migration, "race", "__folio_migrate_mapping:unfrozen");
    const { frames } = box.machine.memory;
    assert.ok(frames.refcount[box.old] > 0 && frames.isKsm(box.old));
    assert.equal(frames.stableNode.get(box.old), box.node);
  });

  for (const mode of MODES) {
    Deno.test(`${variant.name} (${mode}) finds a page where nobody migrates it`, () => {
      const box = new Migrating({ swapCache: false, variant });
      assert.equal(box.look(mode), box.old);
      assert.ok(!isGone(box));
    });

    Deno.test(`${variant.name} (${mode}) removes the node of a page that migrates while it is pinned`, () => {
      const box = new Migrating({ swapCache: false, variant });
      const lookup = box.lookup(mode);
      goTo(lookup, "race", "ksm_get_folio:pin");
      box.machine.run(box.migration);
      assert.equal(box.machine.run(lookup), 0);
      assert.ok(isGone(box));
    });
  }

  Deno.test(`${variant.name} removes the node of a page that migrates while its lock is waited for`, () => {
    const box = new Migrating({ swapCache: false, variant });
    goTo(box.migration, "race", "__folio_migrate_mapping:mapping");
    const lookup = box.lookup("lock");
    goTo(lookup, "lock", "ksm_get_folio:lock");
    box.machine.run(box.migration);
    assert.equal(box.machine.run(lookup), 0);
    assert.ok(isGone(box));
    assert.equal(box.machine.memory.frames.isLive(box.old), false);
  });
}

Deno.test("v1-rcu waits for the lock after its section has ended", () => {
  const box = new Migrating({ swapCache: false, variant: V1_RCU });
  const sites: string[] = [];
  const lookup = box.lookup("lock");
  let result = lookup.next(true);
  for (; !result.done; result = lookup.next(true)) {
    sites.push(result.value.site);
  }
  assert.deepEqual(sites, [
    "rcu_read_lock:section",
    "ksm_get_folio:pin",
    "ksm_get_folio:pinned",
    "rcu_read_unlock:section",
    "ksm_get_folio:lock",
  ]);
  assert.equal(result.value, box.old satisfies Frame);
});

/** How often a test lets a look-up spin that would spin for ever. */
const SPINS = 3;

function boxOf(name: string, swapCache = false): Migrating {
  const variant = VARIANTS.find((variant) => variant.name === name);
  assert.ok(variant !== undefined, name);
  return new Migrating({ swapCache, variant });
}

/** The owner discards both pages, and the last reference is dropped. */
function freePage({ machine, old }: Migrating): void {
  const a = { proc: "A", region: "r" };
  machine.memory.frames.putback(old);
  drive(machine, [{ op: "madvise", ...a, advice: "dontneed" }]);
  assert.ok(!machine.memory.frames.isLive(old));
}

/** Somebody gets the frame of the freed page for a page of its own. */
function reuseFrame({ machine, old }: Migrating): void {
  const { contents, frames } = machine.memory;
  for (;;) {
    contents.get(contents.zero);
    const frame = frames.allocPage(contents.zero, 0);
    if (frame === old) return;
    frames.put(frame);
  }
}

/** A look-up that has found the page pointing back, and has not pinned it; its page is freed then, and the frame used again. */
function overtakenByReuse(name: string): [Migrating, Lookup] {
  const box = boxOf(name);
  const lookup = box.lookup("nolock");
  goTo(lookup, "race", "ksm_get_folio:pin");
  freePage(box);
  reuseFrame(box);
  return [box, lookup];
}

type Lookup = ReturnType<Migrating["lookup"]>;

/** A look-up that waits for the page's lock, until the page has been migrated. */
function overtakenByMigration(name: string): [Migrating, Lookup] {
  const box = boxOf(name);
  goTo(box.migration, "race", "__folio_migrate_mapping:mapping");
  const lookup = box.lookup("lock");
  goTo(lookup, "lock", "ksm_get_folio:lock");
  box.machine.run(box.migration);
  return [box, lookup];
}

Deno.test("v4 finds a frame gone that has another owner, and leaves that alone", () => {
  const [box, lookup] = overtakenByReuse("v4");
  assert.equal(box.machine.run(lookup), 0);
  assert.ok(isGone(box));
  assert.equal(box.machine.memory.frames.refcount[box.old], 1);
});

Deno.test("no-check-after-pin takes a frame with another owner for the node's", () => {
  const [box, lookup] = overtakenByReuse("no-check-after-pin");
  assert.equal(box.machine.run(lookup), box.old);
  assert.ok(!isGone(box));
  assert.ok(!box.machine.memory.frames.isKsm(box.old));
});

Deno.test("leak-on-stale leaves a frame pinned that has another owner", () => {
  const [box, lookup] = overtakenByReuse("leak-on-stale");
  assert.equal(box.machine.run(lookup), 0);
  assert.ok(isGone(box));
  assert.equal(box.machine.memory.frames.refcount[box.old], 2);
});

Deno.test("v4 follows a page that migrates while its lock is waited for", () => {
  const [box, lookup] = overtakenByMigration("v4");
  assert.equal(box.end(lookup, "lock"), box.kpfn);
  box.checkMoved();
});

for (const name of ["no-check-after-lock", "v0"]) {
  Deno.test(`${name} takes the old page for the node's after it has migrated`, () => {
    const [box, lookup] = overtakenByMigration(name);
    assert.equal(box.machine.run(lookup), box.old);
    assert.notEqual(box.kpfn, box.old);
    assert.equal(box.machine.memory.frames.locked[box.old], 1);
  });
}

Deno.test("leak-on-stale follows a page that has migrated, and keeps the old one pinned", () => {
  const [box, lookup] = overtakenByMigration("leak-on-stale");
  assert.equal(box.end(lookup, "lock"), box.kpfn);
  assert.equal(box.machine.memory.frames.refcount[box.old], 1);
});

Deno.test("lock-left frees the old page while it is locked", () => {
  const [box, lookup] = overtakenByMigration("lock-left");
  assert.throws(() => box.machine.run(lookup), {
    message: `frame ${box.old} is freed while mapped or locked`,
  });
});

Deno.test("no-reread removes the node of a page that has moved", () => {
  const box = boxOf("no-reread");
  const lookup = box.lookup("nolock");
  goTo(lookup, "race", "ksm_get_folio:pin");
  box.machine.run(box.migration);
  assert.equal(box.machine.run(lookup), 0);
  assert.ok(isGone(box));
});

Deno.test("no-reread waits for a frozen page as v4 does", () => {
  const box = boxOf("no-reread", true);
  goTo(box.migration, "race", "__folio_migrate_mapping:frozen");
  goTo(box.lookup("nolock"), "relax", "ksm_get_folio:frozen");
});

Deno.test("pin-from-zero raises the count of a free frame", () => {
  const box = boxOf("pin-from-zero");
  const lookup = box.lookup("nolock");
  goTo(lookup, "race", "ksm_get_folio:pin");
  freePage(box);
  goTo(lookup, "race", "ksm_get_folio:pinned");
  const { frames } = box.machine.memory;
  assert.equal(frames.refcount[box.old], 1);
  assert.ok(!frames.isLive(box.old));
});

Deno.test("no-frozen-wait removes the node of a page that is only frozen", () => {
  const box = boxOf("no-frozen-wait", true);
  goTo(box.migration, "race", "__folio_migrate_mapping:frozen");
  assert.equal(box.look("nolock"), 0);
  assert.ok(isGone(box));
});

Deno.test("no-frozen-wait follows a page that has moved, as v4 does", () => {
  const box = boxOf("no-frozen-wait");
  const lookup = box.lookup("nolock");
  goTo(lookup, "race", "ksm_get_folio:pin");
  box.machine.run(box.migration);
  assert.equal(box.end(lookup, "nolock"), box.kpfn);
});

Deno.test("spin-on-freed waits for a page that never comes back", () => {
  const box = boxOf("spin-on-freed");
  const lookup = box.lookup("nolock");
  goTo(lookup, "race", "ksm_get_folio:pin");
  freePage(box);
  for (let spins = 0; spins < SPINS; spins++) {
    goTo(lookup, "relax", "ksm_get_folio:frozen");
  }
  assert.ok(!isGone(box));
});

Deno.test("remove-when-busy removes the node of a page that somebody else has locked", () => {
  const box = boxOf("remove-when-busy");
  const { frames } = box.machine.memory;
  granting.run(frames.lock(box.old, "test"));
  assert.equal(box.look("trylock"), 0);
  assert.ok(isGone(box));
  assert.equal(frames.mapcount[box.old], 2);
});

/** The kinds and sites of all steps of a look-up at a page that nobody else uses. */
function stepsOf(name: string, mode: GetFolioMode): readonly string[] {
  return trace(boxOf(name), mode).slice(0, -1).map(String);
}

Deno.test("lock-in-walk locks the page of each node for a moment", () => {
  const own = stepsOf("v4", "nolock");
  assert.deepEqual(stepsOf("lock-in-walk", "nolock"), [
    ...own,
    "lock ksm_get_folio:lock",
    "unlock ksm_get_folio:lock",
  ]);
  assert.deepEqual(
    stepsOf("lock-in-walk", "trylock"),
    stepsOf("v4", "trylock"),
  );
});

Deno.test("v2 waits for a lock that v4 only tries", () => {
  const own = stepsOf("v4", "trylock");
  assert.equal(own.at(-1), "trylock ksm_get_folio:trylock");
  assert.deepEqual(stepsOf("v2", "trylock"), [
    ...own.slice(0, -1),
    "lock ksm_get_folio:lock",
  ]);
  for (const mode of ["nolock", "lock"] as const) {
    assert.deepEqual(stepsOf("v2", mode), stepsOf("v4", mode));
  }
});

Deno.test("v2 follows a page that has migrated, as v4 does", () => {
  const [box, lookup] = overtakenByMigration("v2");
  assert.equal(box.end(lookup, "lock"), box.kpfn);
  box.checkMoved();
});

Deno.test("get-lock as proposed keeps a node whose page has changed under its lock, and the next look removes it", () => {
  const [box, lookup] = overtakenByMigration("get-lock");
  // As if the page had been freed and not migrated: its node has nothing else.
  box.machine.ksm.nodes.kpfn.set(box.node, box.old);
  assert.equal(box.machine.run(lookup), 0);
  assert.ok(!isGone(box));
  assert.deepEqual(counts(box.machine.ksm), [1, 1]);
  assert.ok(!box.machine.memory.frames.isLive(box.old));
  assert.equal(box.look("nolock"), 0);
  assert.ok(isGone(box));
  assert.deepEqual(counts(box.machine.ksm), [0, 0]);
});

Deno.test("get-lock as corrected removes such a node at once", () => {
  const [box, lookup] = overtakenByMigration("get-lock-corrected");
  assert.equal(box.machine.run(lookup), 0);
  assert.ok(isGone(box));
  assert.deepEqual(counts(box.machine.ksm), [0, 0]);
  assert.ok(!box.machine.memory.frames.isLive(box.old));
});

for (const name of ["get-lock", "get-lock-corrected"]) {
  for (const mode of MODES) {
    Deno.test(`${name} (${mode}) goes step by step as v1 where nobody migrates`, () => {
      assert.deepEqual(trace(boxOf(name), mode), trace(boxOf("v1"), mode));
    });
  }

  Deno.test(`${name} removes a node whose page is gone before it is locked`, () => {
    const box = boxOf(name);
    const lookup = box.lookup("lock");
    goTo(lookup, "race", "ksm_get_folio:pin");
    freePage(box);
    assert.equal(box.machine.run(lookup), 0);
    assert.ok(isGone(box));
  });
}

Deno.test("swapped-stores makes a page look stale that has only moved", () => {
  const box = boxOf("swapped-stores");
  // Between the two stores.
  goTo(box.migration, "race", "folio_migrate_ksm:kpfn");
  assert.equal(box.kpfn, box.old);
  assert.equal(box.look("nolock"), 0);
  assert.ok(isGone(box));
});

Deno.test("swapped-stores ends as an undisturbed migration does", () => {
  const box = boxOf("swapped-stores");
  assert.equal(box.machine.run(box.migration), 0);
  box.checkMoved();
});

for (
  const [name, found, flagGone] of [
    ["v4", "new", "folio_migrate_flags:swapcache"],
    ["flag-before-number", 0, "folio_migrate_ksm:node"],
  ] as const
) {
  Deno.test(`${name}: who has found the count frozen finds ${found} when the flag has gone`, () => {
    const box = boxOf(name, true);
    goTo(box.migration, "race", "__folio_migrate_mapping:frozen");
    const lookup = box.lookup("nolock");
    goTo(lookup, "race", "ksm_get_folio:zero");
    goTo(box.migration, "race", flagGone);
    assert.equal(box.end(lookup, "nolock"), found === 0 ? 0 : box.kpfn);
    assert.equal(isGone(box), found === 0);
  });
}
