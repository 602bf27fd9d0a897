/** Which pages share frames, and what KSM makes of the same memory when nobody else runs. */
import type { Frame } from "../../../src/engine/mm/mod.ts";
import { writePage } from "../../../src/engine/mm/mod.ts";
import { KSM_ZERO_PTE, pteFrame } from "../../../src/engine/mm/page_table.ts";
import { Machine, slotVpn } from "../../../src/machine/mod.ts";
import {
  type Op,
  PAGE_BYTES,
  PAGES_PER_SLOT,
} from "../../../src/workload/mod.ts";
import { drive } from "../drive.ts";

/** Passes after which nothing merges any more: two to know a page, and more for what comes after a fork. */
export const PASSES = 6;

/** What is shared on a machine. */
export interface SharedSet {
  /** The pages of each KSM page, as `process:page`; of the zero page that KSM put, under that name. */
  readonly groups: readonly string[];
  /** What is counted of it. */
  readonly counters: Readonly<Record<string, number>>;
}

/** One page of a process. */
interface Page {
  readonly proc: string;
  readonly vpn: number;
  readonly mergeable: boolean;
  readonly frame: Frame | 0;
  /** Whether it is in memory, or on the zero page in KSM's name. */
  readonly isThere: boolean;
}

function* pagesOf(machine: Machine): Generator<Page, void, void> {
  for (const { name, mm } of machine.processes.all()) {
    for (const { start, end, mergeable } of mm.vmas) {
      for (let vpn = start; vpn < end; vpn++) {
        const pte = mm.pages.get(vpn);
        const frame = pteFrame(pte);
        const isThere = frame !== 0 || pte === KSM_ZERO_PTE;
        yield { proc: name, vpn, mergeable, frame, isThere };
      }
    }
  }
}

/**
 * What is shared. With few sharers for each KSM page it is chance which pages
 * are together: there a group says how many they are, and of which bytes.
 */
export function sharedSet(machine: Machine): SharedSet {
  const { frames, contents } = machine.memory;
  const groups = new Map<Frame | 0, string[]>();
  for (const { proc, vpn, frame, isThere } of pagesOf(machine)) {
    if (!isThere || (frame !== 0 && !frames.isKsm(frame))) continue;
    const group = groups.get(frame) ?? [];
    groups.set(frame, group);
    group.push(`${proc}:${vpn}`);
  }
  const { maxPageSharing } = machine.ksm.knobs;
  const isAmple = [...pagesOf(machine)].length <= maxPageSharing;
  const texts = Array.from(groups, ([frame, pages]) => {
    const bytes = frame === 0
      ? "zero page"
      : contents.checksum(frames.contentOf(frame));
    const members = isAmple ? pages.sort().join(" ") : pages.length;
    return `${bytes}: ${members}`;
  });
  const { pagesShared, pagesSharing, pagesVolatile, ksmZeroPages } = machine
    .counters();
  return {
    groups: texts.sort(),
    counters: { pagesShared, pagesSharing, pagesVolatile, ksmZeroPages },
  };
}

/** What would be shared if the memory of `machine`, as it is, were scanned with nobody else running. */
export function sharedSetAlone(machine: Machine): SharedSet {
  const { knobs } = machine.ksm;
  const { memory, processes } = machine;
  const alone = new Machine({ nodes: memory.nodes });
  const settings = {
    max_page_sharing: knobs.maxPageSharing,
    use_zero_pages: Number(knobs.useZeroPages),
    merge_across_nodes: Number(knobs.mergeAcrossNodes),
    smart_scan: 0,
    pages_to_scan: 1000,
  };
  drive(
    alone,
    Object.entries(settings).map(([name, value]): Op => ({
      op: "knob",
      name,
      value: String(value),
    })),
  );
  for (const { name } of processes.all()) {
    drive(alone, [{ op: "proc", proc: name }]);
  }
  for (const page of pagesOf(machine)) copyPage(machine, alone, page);
  drive(alone, [{ op: "run", value: 1 }, { op: "scanPasses", n: PASSES }]);
  return sharedSet(alone);
}

function copyPage(
  machine: Machine,
  alone: Machine,
  { proc, vpn, mergeable, frame, isThere }: Page,
): void {
  const page = vpn - slotVpn(0, 0);
  const slot = Math.floor(page / PAGES_PER_SLOT);
  const off = page % PAGES_PER_SLOT;
  const region = `page ${page}`;
  const { memory } = machine;
  const node = frame === 0 ? 0 : memory.frames.nid[frame];
  const ops: Op[] = [
    { op: "mmap", proc, region, slot, off, pages: 1 },
    ...(memory.nodes === 1
      ? []
      : [{ op: "mbind", proc, region, node: node === 1 ? 1 : 0 } as const]),
    ...(mergeable
      ? [{ op: "madvise", proc, region, advice: "mergeable" } as const]
      : []),
  ];
  drive(alone, ops);
  if (!isThere) return;
  const bytes = new Uint8Array(PAGE_BYTES);
  if (frame !== 0) memory.contents.read(memory.frames.contentOf(frame), bytes);
  const { contents } = alone.memory;
  const { mm } = alone.processes.named(proc);
  alone.run(writePage(alone.memory, mm, vpn, contents.ofBytes(bytes)));
}

/** The bytes of pages that could be shared by one frame and are in two frames or more, or in one that is no KSM page. */
export function unshared(machine: Machine): string[] {
  const { frames, contents } = machine.memory;
  const byBytes = new Map<number, Page[]>();
  for (const page of pagesOf(machine)) {
    if (!page.isThere || !page.mergeable || page.frame === 0) continue;
    const bytes = contents.checksum(frames.contentOf(page.frame));
    byBytes.set(bytes, [...byBytes.get(bytes) ?? [], page]);
  }
  return Array.from(byBytes).flatMap(([bytes, pages]) => {
    const used = new Set(pages.map(({ frame }) => frame));
    const [{ frame }] = pages;
    const isShared = used.size === 1 && frame !== 0 && frames.isKsm(frame);
    const mayBeShared = pages.length > 1 &&
      pages.length <= machine.ksm.knobs.maxPageSharing;
    return !mayBeShared || isShared ? [] : [`${bytes}: ${used.size} frames`];
  });
}
