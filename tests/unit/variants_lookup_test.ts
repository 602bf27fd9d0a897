/** Variants of looking up a page, against the migration that each of them is about. */
import assert from "node:assert/strict";
import type { GetFolioMode, Ksm } from "../../src/engine/ksm/mod.ts";
import type { Frame } from "../../src/engine/mm/mod.ts";
import { lookup } from "../../src/explorer/variants/lookup.ts";
import { V1 } from "../../src/explorer/variants/v1.ts";
import { V1_RCU } from "../../src/explorer/variants/v1_rcu.ts";
import { V4 } from "../../src/explorer/variants/v4.ts";
import type { Variant } from "../../src/explorer/variants/mod.ts";
import { Migrating } from "./migrating_page.ts";
import { goTo } from "./stepping.ts";

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
