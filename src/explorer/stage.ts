/**
 * The stage of a scenario: a machine small enough to be gone through in every
 * order, and what an actor can do there.
 *
 * @module
 */
import type { GetFolioMode, Ksm, RmapItem } from "../engine/ksm/mod.ts";
import {
  lockThreadMutex,
  unlockThreadMutex,
} from "../engine/ksm/thread_mutex.ts";
import { assert, Bug } from "../engine/lib/assert.ts";
import type { Kept } from "../engine/lib/kept.ts";
import {
  EveryStep,
  type Interpreter,
  type Suspends,
} from "../engine/lib/step.ts";
import {
  type Content,
  type Frame,
  type Frames,
  MAPPING,
  type Mm,
  pteFrame,
  type StableNode,
} from "../engine/mm/mod.ts";
import { Driver, Machine, slotVpn } from "../machine/mod.ts";
import { type AccessLog, Violation } from "../sim/explore/mod.ts";
import { Rcu } from "../sim/explore/rcu.ts";
import type { Op } from "../workload/mod.ts";
import { SAFETY } from "./safety.ts";
import { applyVariant, type Variant } from "./variants/mod.ts";
import { watchMachine } from "./watch/mod.ts";

/** The cell of all read sections; those of the machine are not below 0. */
const RCU_CELL = -10;

/** Frame numbers that a memory block takes at a time: few, so that all of them are soon looked through. */
const FRAMES_AT_ONCE = 8;

/** What a machine is before its actors begin. */
export interface Setting {
  /** NUMA nodes; 1 when missing. */
  readonly nodes?: number;
  /** What has happened. */
  readonly ops: readonly Op[];
}

/** A machine under a variant of KSM, which notes what is used of it. */
export class Stage {
  /** The machine. */
  readonly machine: Machine;
  /** Told of every use of what actors share. */
  readonly log: AccessLog;
  /** Its KSM. */
  readonly ksm: Ksm;
  /** Its page frames. */
  readonly frames: Frames;

  readonly #steps = new EveryStep();
  readonly #kept: Kept;

  /** The machine as the setting says. Freed frames are used again at once from then on. */
  constructor(setting: Setting, log: AccessLog) {
    const interpreter: Interpreter = { steps: this.#steps, run: runAtOnce };
    this.log = log;
    this.machine = new Machine({ interpreter, nodes: setting.nodes ?? 1 });
    const { ksm, memory } = this.machine;
    this.ksm = ksm;
    this.frames = memory.frames;
    for (const { pool } of memory.frames.blocks) pool.chunk = FRAMES_AT_ONCE;
    this.do(...setting.ops);
    for (const { pool } of memory.frames.blocks) {
      pool.rest = 0;
      pool.resting = 0;
    }
    watchMachine(this.machine, log);
    this.#kept = this.machine.keep();
  }

  /** Puts the machine back to where it was, to do as a variant says. */
  reset(variant: Variant): void {
    this.#kept.restore();
    const rcu = new Rcu(this.#steps, this.log, RCU_CELL);
    applyVariant(this.machine, variant, rcu);
  }

  /** Does operations at once. */
  do(...ops: Op[]): void {
    const left = ops.values();
    const driver = new Driver(this.machine, {
      name: "setting",
      title: "setting",
      endless: false,
      next: () => left.next().value,
    });
    while (driver.advance("end") !== "end");
  }

  /** The address space of a process. */
  mm(proc: string): Mm {
    return this.machine.processes.named(proc).mm;
  }

  /** The frame that a page of a process maps; 0 if none. */
  frameAt(proc: string, page = 0): Frame | 0 {
    return pteFrame(this.mm(proc).pages.get(slotVpn(0, page)));
  }

  /** The bytes of a page that a process maps. */
  contentAt(proc: string, page = 0): Content {
    const frame = this.frameAt(proc, page);
    assert(frame !== 0, `${proc} maps no page ${page}`);
    return this.frames.contentOf(frame);
  }

  /** What ksmd remembers of a page of a process. */
  itemAt(proc: string, page = 0): RmapItem {
    const { items } = this.ksm;
    const { id } = this.mm(proc);
    for (const item of items.each()) {
      const isIts = items.mm.get(item) === id &&
        items.vpn[item] === slotVpn(0, page);
      if (isIts) return item;
    }
    throw new Bug(`ksmd does not remember ${proc}'s page ${page}`);
  }

  /** The stable node of the KSM page that a page of a process maps. */
  nodeAt(proc: string, page = 0): StableNode {
    const frame = this.frameAt(proc, page);
    assert(frame !== 0 && this.frames.isKsm(frame), `${proc} has no KSM page`);
    const node = this.frames.stableNode.get(frame);
    assert(node !== 0, `${proc}'s KSM page has no node`);
    return node;
  }

  /**
   * Looks a KSM page up under ksm_thread_mutex, as all of KSM does, uses it, and
   * lets it go. What is found is checked twice, with room for others in between.
   */
  *lookup(
    node: StableNode,
    mode: GetFolioMode,
    content: Content,
  ): Suspends<string> {
    yield* lockThreadMutex(this.ksm, "lookup:mutex");
    const found = this.ksm.nodes.isLive(node)
      ? yield* this.use(node, mode, content)
      : "no node";
    yield* unlockThreadMutex(this.ksm, "lookup:mutex");
    return found;
  }

  /** The same for who holds ksm_thread_mutex. */
  *use(
    node: StableNode,
    mode: GetFolioMode,
    content: Content,
  ): Suspends<string> {
    const { frames, ksm } = this;
    const known = ksm.nodes.kpfn.get(node);
    const folio = yield* ksm.protocol.getFolio(ksm, node, mode);
    if (folio === "busy") return "busy";
    if (folio === 0) {
      if (ksm.nodes.isLive(node)) return "none, node kept";
      return this.#isThere(known, node) ? "none, page still there" : "none";
    }
    this.#checkUse(folio, node, mode, content);
    if (ksm.steps.race("lookup:use")) yield ksm.steps.stop;
    this.#checkUse(folio, node, mode, content);
    if (mode !== "nolock") yield* frames.unlock(folio, "lookup:folio");
    frames.put(folio);
    return "page";
  }

  /** Whether a page is the node's, as far as it says, and mapped or in the swap cache. */
  #isThere(frame: Frame | 0, node: StableNode): boolean {
    const { frames } = this;
    return frame !== 0 && frames.isLive(frame) && frames.isKsm(frame) &&
      frames.stableNode.get(frame) === node &&
      frames.mapcount[frame] + frames.swapCache[frame] > 0;
  }

  #checkUse(
    folio: Frame,
    node: StableNode,
    mode: GetFolioMode,
    content: Content,
  ): void {
    const { frames, ksm } = this;
    if (!frames.isLive(folio) || frames.refcount[folio] < 1) {
      throw new Violation(SAFETY.inUse, `frame ${folio} is free`);
    }
    if (frames.contentOf(folio) !== content) {
      throw new Violation(
        SAFETY.rightBytes,
        `frame ${folio} has others`,
      );
    }
    if (mode === "nolock") return;
    const isNodes = frames.mappingKind[folio] === MAPPING.ksm &&
      frames.stableNode.get(folio) === node &&
      ksm.nodes.kpfn.get(node) === folio;
    if (isNodes && frames.locked[folio] === 1) return;
    throw new Violation(
      SAFETY.rightPage,
      `frame ${folio} is not`,
    );
  }

  /** A page that is this byte all over, with a reference. */
  page(byte: number): Content {
    const word = byte * 0x01010101;
    return this.machine.memory.contents.ofRun(byte, 0, word, word);
  }

  /** The counters that a search tells outcomes apart by. */
  counts(): string {
    const { pagesShared, pagesSharing, pagesUnshared } = this.ksm;
    return `shared ${pagesShared}, sharing ${pagesSharing}, unshared ${pagesUnshared}`;
  }

  /** What can be seen of a frame. */
  frameState(frame: Frame): string {
    const { frames } = this;
    if (!frames.isLive(frame)) return "free";
    const count = frames.refcount[frame];
    const lock = frames.locked[frame] === 1 ? " locked" : "";
    const node = frames.stableNode.get(frame);
    const owner = frames.isKsm(frame)
      ? `node ${node === 0 ? "none" : node}`
      : frames.isAnon(frame)
      ? "plain"
      : "nothing";
    return `${count} ref${lock}, ${owner}`;
  }

  /** What can be seen of a node. */
  nodeState(node: StableNode): string {
    const { nodes } = this.ksm;
    return nodes.isLive(node) ? `frame ${nodes.kpfn.get(node)}` : "removed";
  }
}

/** Sets the stage: nobody else acts. */
function runAtOnce<T>(work: Suspends<T>): T {
  let result = work.next(true);
  while (!result.done) result = work.next(true);
  return result.value;
}
