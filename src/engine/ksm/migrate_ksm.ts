/**
 * KSM's part in the migration of a page: where its mappings are, and how its
 * stable node gets to know the new page.
 *
 * @module
 */
import { assert } from "../lib/assert.ts";
import type { Suspends } from "../lib/step.ts";
import type { Frame } from "../mm/frames.ts";
import { descendsFrom } from "../mm/mm.ts";
import type { VisitMapping } from "../mm/rmap.ts";
import { vmaAt } from "../mm/vma.ts";
import type { Ksm } from "./ksm.ts";
import type { RmapItem } from "./rmap_item.ts";

/**
 * Goes to every place where a KSM page is mapped as far as its rmap items tell:
 * first, for each item, to the item's own place, then to the same address of
 * processes forked from the item's owner, which ksmd may not have visited since.
 * A mapping that has lost its item, and is not inherited, is not found.
 *
 * The caller holds the page's lock, which keeps the items on the node. Takes the
 * anon_vma (shared) of each item in turn.
 *
 * Models: rmap_walk_ksm(), mm/ksm.c
 */
export function* walkKsmMappings(
  ksm: Ksm,
  frame: Frame,
  visit: VisitMapping,
): Suspends<void> {
  const { frames, items, nodes } = ksm;
  assert(frames.locked[frame] === 1, `frame ${frame} is walked without a lock`);
  const node = frames.stableNode.get(frame);
  if (node === 0) return;
  for (const inForks of [false, true]) {
    let item = nodes.hlist.get(node);
    for (; item !== 0; item = items.hlistNext.get(item)) {
      if (!(yield* walkItem(ksm, item, inForks, visit))) return;
    }
  }
}

/** Goes to the places of one item; answers whether the walk goes on. */
function* walkItem(
  ksm: Ksm,
  item: RmapItem,
  inForks: boolean,
  visit: VisitMapping,
): Suspends<boolean> {
  const { items, memory: { anonVmas } } = ksm;
  const anonVma = items.anonVma.get(item);
  assert(anonVma !== 0, `Stable rmap item ${item} holds no anon_vma`);
  const owner = ksm.mmOf(item);
  const vpn = items.vpn[item];
  let goOn = true;
  yield* anonVmas.lock(anonVma, "shared", "rmap_walk_ksm:anon_vma");
  for (const mm of anonVmas.family(anonVma)) {
    if (inForks ? !descendsFrom(mm, owner) : mm !== owner) continue;
    if (vmaAt(mm, vpn)?.anonVma !== anonVma) continue;
    goOn = yield* visit(mm, vpn);
    if (!goOn) break;
  }
  yield* anonVmas.unlock(anonVma, "shared", "rmap_walk_ksm:anon_vma");
  return goOn;
}

/**
 * Tells the stable node of `old` that its page is `fresh` now. First the new frame
 * number, then the end of the old page's bond: who sees that bond gone, and reads
 * the number again, reads the new one. The caller ends the old page's presence in
 * the swap cache only after this, for the same reason.
 *
 * The caller holds the locks of both pages; `fresh` points at the node already.
 *
 * Models: folio_migrate_ksm(), mm/ksm.c
 */
export function* migrateKsmFolio(
  ksm: Ksm,
  fresh: Frame,
  old: Frame,
): Suspends<void> {
  const { frames, nodes, steps } = ksm;
  const node = frames.stableNode.get(fresh);
  if (node === 0) return;
  assert(
    frames.locked[fresh] === 1 && frames.locked[old] === 1 &&
      nodes.kpfn.get(node) === old,
    `Stable node ${node} does not belong to frame ${old}`,
  );
  if (steps.mayRace && steps.race("folio_migrate_ksm:node")) yield steps.stop;
  nodes.kpfn.set(node, fresh);
  if (steps.mayRace && steps.race("folio_migrate_ksm:kpfn")) yield steps.stop;
  frames.setStableNode(old, 0);
  if (steps.mayRace && steps.race("folio_migrate_ksm:mapping")) {
    yield steps.stop;
  }
}
