/** What is said of pages when ksmd has done all it can, against the bytes of all pages; and what helps. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { ERRNO, whyNotMerged } from "../../src/engine/ksm/mod.ts";
import {
  type Frame,
  KSM_ZERO_PTE,
  type Mapping,
  pteFrame,
  vmaAt,
  writePage,
} from "../../src/engine/mm/mod.ts";
import { Machine, slotVpn } from "../../src/machine/mod.ts";
import type { Op } from "../../src/workload/mod.ts";
import { drive } from "./drive.ts";
import { workloads } from "./random_ops.ts";

/** Full scans after which nothing is left to do. */
const ENOUGH: Op = { op: "scanPasses", n: 4, limit: 40 };

/** ksmd visits every page, and merges what it can. */
const BUSY: readonly Op[] = [
  { op: "knob", name: "advisor_mode", value: "none" },
  { op: "knob", name: "pages_to_scan", value: "100" },
  { op: "knob", name: "smart_scan", value: "0" },
  { op: "run", value: 1 },
];

/** A page that is there. */
interface Present extends Mapping {
  readonly frame: Frame;
  /** Its bytes. */
  readonly bytes: string;
  /** Whether ksmd goes there. */
  readonly isScanned: boolean;
}

const latin1 = new TextDecoder("latin1");

/** All pages that map a frame, with their bytes. */
function presentPages({ ksm, memory, processes }: Machine): Present[] {
  const found: Present[] = [];
  const bytes = new Uint8Array(4096);
  for (const { mm } of processes.all()) {
    for (const { start, end, mergeable } of mm.vmas) {
      for (let vpn = start; vpn < end; vpn++) {
        const frame = pteFrame(mm.pages.get(vpn));
        if (frame === 0) continue;
        memory.contents.read(memory.frames.contentOf(frame), bytes);
        const isScanned = mergeable && ksm.slots.of(mm.id) !== 0;
        found.push({
          mm,
          vpn,
          frame,
          bytes: latin1.decode(bytes),
          isScanned,
        });
      }
    }
  }
  return found;
}

/** The pages that map the KSM page of a stable node. */
function mappingsOf(
  { memory: { frames } }: Machine,
  pages: readonly Present[],
  node: number,
): Present[] {
  return pages.filter(({ frame }) =>
    frames.isKsm(frame) && frames.stableNode.get(frame) === node
  );
}

/** Whether a page maps a KSM page that has a node, or KSM's zero page. */
function isMerged(
  { memory: { frames } }: Machine,
  { mm, vpn }: Mapping,
): boolean {
  const pte = mm.pages.get(vpn);
  const frame = pteFrame(pte);
  if (frame === 0) return pte === KSM_ZERO_PTE;
  return frames.isKsm(frame) && frames.stableNode.get(frame) !== 0;
}

Deno.test("when ksmd has done all, no page waits, and what has a twin is merged or stands at a KSM page that takes nobody", () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(workloads(50), (ops) => {
      const machine = new Machine();
      drive(machine, [...ops, ...BUSY, ENOUGH]);
      const pages = presentPages(machine);
      for (const page of pages) {
        const { first } = whyNotMerged(machine.ksm, page.mm, page.vpn);
        seen.set(first.reason, (seen.get(first.reason) ?? 0) + 1);
        const equal = pages.filter(({ bytes, frame, isScanned }) =>
          bytes === page.bytes && frame !== page.frame && isScanned
        );
        const own = pages.filter(({ frame }) => frame === page.frame);
        switch (first.reason) {
          case "merged":
            assert.ok(isMerged(machine, page));
            // A page of an area that has been taken back since is not visited.
            assert.ok(first.counted || !page.isScanned);
            break;
          case "unique":
            assert.deepEqual([equal.length, own.length], [0, 1]);
            break;
          case "fork-shared":
            assert.equal(equal.length, 0);
            assert.equal(own.length, first.mappings);
            break;
          case "node-full":
            assert.ok(equal.length >= machine.ksm.knobs.maxPageSharing);
            assert.ok(equal.every((each) => isMerged(machine, each)));
            break;
          case "node-uncounted": {
            // A KSM page is left to those that share a frame since a fork with
            // a page that made it: in areas that ksmd does not scan nobody ever
            // counts them, and one without counted sharers takes nobody.
            const left = mappingsOf(machine, pages, first.node);
            assert.ok(left.length > 0);
            assert.ok(left.every((each) => each.bytes === page.bytes));
            assert.ok(left.every((each) => !each.isScanned));
            assert.equal(equal.length, 0);
            break;
          }
          case "not-mergeable":
          case "not-registered":
            assert.ok(!page.isScanned);
            break;
          default:
            assert.equal(first.reason, "orphaned");
        }
      }
    }),
    { numRuns: 80 },
  );
  for (const often of ["merged", "unique", "not-mergeable"]) {
    assert.ok((seen.get(often) ?? 0) > 0, `Never ${often}`);
  }
});

/** A new process that has the bytes of a page, once. */
function addTwin(machine: Machine, { frame }: Present): void {
  const part = { proc: "twin", region: "r" };
  drive(machine, [
    { op: "proc", proc: "twin" },
    { op: "mmap", ...part, slot: 0, pages: 1 },
    { op: "madvise", ...part, advice: "mergeable" },
  ]);
  const { contents, frames } = machine.memory;
  const content = frames.contentOf(frame);
  contents.get(content);
  const { mm } = machine.processes.named("twin");
  assert.ok(machine.run(writePage(machine.memory, mm, slotVpn(0, 0), content)));
}

Deno.test("a page that is unique, or whose like takes nobody, merges once it has a twin", () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(workloads(50), fc.nat(), (ops, choice) => {
      const machine = new Machine();
      drive(machine, [...ops, ...BUSY, ENOUGH]);
      const pages = presentPages(machine).filter(({ mm, vpn }) => {
        const { first, further } = whyNotMerged(machine.ksm, mm, vpn);
        const isAlone = ["unique", "node-full", "node-uncounted"].includes(
          first.reason,
        );
        // One that others map since a fork may lose the twin to them.
        return isAlone && further.length === 0;
      });
      if (pages.length === 0) return;
      const page = pages[choice % pages.length];
      const { first } = whyNotMerged(machine.ksm, page.mm, page.vpn);
      seen.set(first.reason, (seen.get(first.reason) ?? 0) + 1);
      addTwin(machine, page);
      drive(machine, [ENOUGH]);
      assert.ok(isMerged(machine, page));
    }),
    { numRuns: 80 },
  );
  assert.ok((seen.get("unique") ?? 0) > 0);
});

/** What helps against the first of the reasons; nothing where that is not a matter of one operation. */
function remedy(
  machine: Machine,
  { mm, vpn }: Mapping,
  reason: string,
): (() => void) | undefined {
  const process = machine.processes.owning(mm);
  const place = process?.regions.at(vpn);
  const part = process && place && {
    proc: process.name,
    region: place.region,
    start: place.page,
    count: 1,
  };
  switch (reason) {
    case "stopped":
    case "unmerged":
      return () => drive(machine, [{ op: "run", value: 1 }]);
    case "no-budget":
      return () =>
        drive(machine, [{ op: "knob", name: "pages_to_scan", value: "5" }]);
    case "not-registered":
    case "not-mergeable":
      if (!part) return undefined;
      return () => {
        const [event] = drive(machine, [
          { op: "madvise", ...part, advice: "mergeable" },
        ]);
        assert.ok(event.op === "madvise" && event.errno === ERRNO.ok);
      };
    case "never-touched":
    case "zero-page-mapped":
      if (!part || vmaAt(mm, vpn)?.protection !== "rw") return undefined;
      return () =>
        drive(machine, [
          { op: "fill", ...part, pattern: { kind: "const", byte: 3 } },
        ]);
    default:
      return undefined;
  }
}

Deno.test("what helps against a reason ends it", () => {
  const helped = new Map<string, number>();
  const run = fc.constantFrom(0, 1, 2);
  const budget = fc.constantFrom("0", "10");
  fc.assert(
    fc.property(workloads(40), run, budget, (ops, value, pages) => {
      const machine = new Machine();
      drive(machine, [
        ...ops,
        ...BUSY,
        { op: "knob", name: "pages_to_scan", value: pages },
        { op: "run", value: value === 0 ? 0 : value === 1 ? 1 : 2 },
      ]);
      for (const { mm } of [...machine.processes.all()]) {
        for (const { start, end } of [...mm.vmas]) {
          for (let vpn = start; vpn < end; vpn++) {
            const { first } = whyNotMerged(machine.ksm, mm, vpn);
            const help = remedy(machine, { mm, vpn }, first.reason);
            if (help === undefined) continue;
            help();
            const now = whyNotMerged(machine.ksm, mm, vpn);
            const names = [now.first, ...now.further].map(({ reason }) =>
              reason
            );
            assert.ok(!names.includes(first.reason), first.reason);
            helped.set(first.reason, (helped.get(first.reason) ?? 0) + 1);
          }
        }
      }
    }),
    { numRuns: 100 },
  );
  for (
    const each of [
      "stopped",
      "unmerged",
      "no-budget",
      "not-mergeable",
      "never-touched",
    ]
  ) assert.ok((helped.get(each) ?? 0) > 0, `Nothing helped against ${each}`);
});
