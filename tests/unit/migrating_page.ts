/** A KSM page whose migration a test stops where it likes. */
import assert from "node:assert/strict";
import type { GetFolioMode } from "../../src/engine/ksm/mod.ts";
import {
  contentAt,
  type Frame,
  migratePages,
  type StableNode,
} from "../../src/engine/mm/mod.ts";
import type { Suspends } from "../../src/engine/lib/step.ts";
import { applyVariant, type Variant } from "../../src/explorer/variants/mod.ts";
import { checkAtRest } from "../../src/machine/invariants/mod.ts";
import { Machine, slotVpn } from "../../src/machine/mod.ts";
import { AccessLog } from "../../src/sim/explore/mod.ts";
import { Rcu } from "../../src/sim/explore/rcu.ts";
import { drive } from "../property/drive.ts";
import { all } from "./ksm_box.ts";
import { granting } from "./stepping.ts";

/** Two equal pages that have been merged on NUMA node 0, and a migration of theirs to node 1 that has not begun. */
export class Migrating {
  readonly machine: Machine = new Machine({ interpreter: granting, nodes: 2 });
  readonly old: Frame;
  readonly node: StableNode;
  readonly migration: Suspends<number>;

  constructor(
    { swapCache, variant }: { swapCache: boolean; variant?: Variant },
  ) {
    const { machine } = this;
    const rcu = new Rcu(granting.steps, new AccessLog(), 0);
    if (variant !== undefined) applyVariant(machine, variant, rcu);
    const a = { proc: "A", region: "r" };
    drive(machine, [
      { op: "proc", proc: "A" },
      { op: "mmap", ...a, slot: 0, pages: 2 },
      { op: "madvise", ...a, advice: "mergeable" },
      { op: "fill", ...a, pattern: all("x") },
      { op: "run", value: 1 },
      { op: "scanPasses", n: 2 },
    ]);
    const { ksm, memory: { frames } } = machine;
    const node = ksm.stableTrees[0].root;
    assert.ok(node !== 0);
    this.node = node;
    this.old = this.kpfn;
    if (swapCache) {
      frames.swapCache[this.old] = 1;
      frames.get(this.old);
    }
    assert.ok(frames.isolate(this.old));
    this.migration = migratePages(machine.memory, [this.old], 1);
  }

  /** The frame that the node knows. */
  get kpfn(): Frame {
    const frame = this.machine.ksm.nodes.kpfn.get(this.node);
    assert.ok(frame !== 0);
    return frame;
  }

  lookup(mode: GetFolioMode): Suspends<Frame | 0 | "busy"> {
    const { ksm } = this.machine;
    return ksm.protocol.getFolio(ksm, this.node, mode);
  }

  /** A whole look-up, which lets the page go again. */
  look(mode: GetFolioMode): Frame | 0 | "busy" {
    return this.end(this.lookup(mode), mode);
  }

  /** The rest of a look-up, which lets the page go again. */
  end(
    lookup: Suspends<Frame | 0 | "busy">,
    mode: GetFolioMode,
  ): Frame | 0 | "busy" {
    const { machine } = this;
    const { frames } = machine.memory;
    const found = machine.run(lookup);
    if (typeof found === "string" || found === 0) return found;
    if (mode !== "nolock") machine.run(frames.unlock(found, "test"));
    frames.put(found);
    return found;
  }

  /** The migration has ended well: the pages read as before, from node 1, and nothing is amiss. */
  checkMoved(): void {
    const { ksm, memory } = this.machine;
    assert.notEqual(this.kpfn, this.old);
    assert.equal(memory.frames.nid[this.kpfn], 1);
    assert.ok(ksm.nodes.isLive(this.node));
    assert.deepEqual([ksm.pagesShared, ksm.pagesSharing], [1, 1]);
    const { mm } = this.machine.processes.named("A");
    const content = memory.frames.contentOf(this.kpfn);
    assert.equal(contentAt(memory, mm, slotVpn(0, 1)), content);
    const held = memory.frames.swapCache[this.kpfn] === 1;
    checkAtRest(this.machine, new Map(held ? [[this.kpfn, 1]] : []));
  }
}
