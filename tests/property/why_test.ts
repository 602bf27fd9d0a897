/** What is said of a page comes true: random machines, and then what ksmd does with their pages. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { type Why, whyNotMerged } from "../../src/engine/ksm/mod.ts";
import { KernelDefect } from "../../src/engine/lib/kernel_defect.ts";
import { itemOf } from "../../src/engine/ksm/scanned_pages.ts";
import {
  KSM_ZERO_PTE,
  type Mapping,
  pteFrame,
} from "../../src/engine/mm/mod.ts";
import { Driver, Machine, RefusedOp } from "../../src/machine/mod.ts";
import type { Op } from "../../src/workload/mod.ts";
import { drive } from "./drive.ts";
import { NUMA_OPS } from "./random_numa_ops.ts";
import { workloads } from "./random_ops.ts";

/** Visits that are foretold in each machine. */
const STEPS = 60;

/** A machine after operations, as far as they can be done. */
function after(ops: readonly Op[], nodes: number): Machine {
  const machine = new Machine({ nodes });
  try {
    drive(machine, ops);
  } catch (error) {
    const isExpected = error instanceof RefusedOp ||
      error instanceof KernelDefect;
    if (!isExpected) throw error;
  }
  return machine;
}

/** All places that are mapped in areas of processes. */
function places(machine: Machine): Mapping[] {
  const found: Mapping[] = [];
  for (const { mm } of machine.processes.all()) {
    for (const { start, end } of mm.vmas) {
      for (let vpn = start; vpn < end; vpn++) found.push({ mm, vpn });
    }
  }
  return found;
}

function names({ first, further }: Why<Mapping>): string[] {
  return [first, ...further].map(({ reason }) => reason);
}

/** How a place stands with a merge. */
function standing(machine: Machine, { mm, vpn }: Mapping): {
  merged: boolean;
  counted: boolean;
  visits: number;
} {
  const { ksm, memory: { frames } } = machine;
  const pte = mm.pages.get(vpn);
  const frame = pteFrame(pte);
  const item = itemOf(ksm, mm, vpn);
  const node = frame !== 0 && frames.isKsm(frame)
    ? frames.stableNode.get(frame)
    : 0;
  return {
    merged: node !== 0 || pte === KSM_ZERO_PTE,
    counted: node !== 0 && item !== 0 && ksm.items.head.get(item) === node,
    visits: item === 0 ? 0 : ksm.items.visits[item],
  };
}

/** Foretells the next visit, lets ksmd do it, and looks. Answers what was foretold. */
function foretellVisit(machine: Machine): string {
  const all = places(machine).map((place) => ({
    place,
    why: whyNotMerged(machine.ksm, place.mm, place.vpn),
    before: standing(machine, place),
  }));
  const next = all.filter(({ why }) => why.forecast?.batches === 1);
  const { items, pagesScanned, pagesSkipped } = machine.ksm;
  const remembered = items.live;
  drive(machine, [{ op: "scanBatches", n: 1 }]);
  if (next.length === 0) {
    assert.equal(machine.ksm.pagesScanned, pagesScanned);
    return "none";
  }
  assert.equal(next.length, 1);
  // Items whose pages are gone, or are left out, may make room on a KSM page on the way to the visit.
  const isNew = next[0].why.memo === undefined;
  const haveGone = items.live < remembered + (isNew ? 1 : 0);
  if (haveGone || machine.ksm.pagesSkipped > pagesSkipped) return "others left";
  assert.equal(machine.ksm.pagesScanned, pagesScanned + 1);
  const [{ place, why, before }] = next;
  const now = standing(machine, place);
  const said = names(why);
  const story = JSON.stringify({ said, before, now });
  if (why.first.reason === "merged") {
    assert.ok(now.merged, story);
    return why.first.counted ? "merged" : "uncounted";
  }
  assert.ok(!before.merged, story);
  assert.equal(now.visits, before.visits + 1, story);
  // It goes no further than the checksum.
  const stops = said.find((name) => ["not-visited", "changed"].includes(name));
  const isDue = stops === undefined && said.includes("due");
  assert.equal(now.merged, isDue, story);
  return isDue ? "due" : stops ?? said.filter((name) => name !== "unproven")[0];
}

/** Knobs with which ksmd visits one page in each batch. */
const BY_ONE: readonly Op[] = [
  { op: "knob", name: "advisor_mode", value: "none" },
  { op: "knob", name: "pages_to_scan", value: "1" },
  { op: "run", value: 1 },
];

/** Pins some pages, as who writes through them would. */
function pinSome(machine: Machine, pins: readonly number[]): void {
  const { frames } = machine.memory;
  const mapped = [...frames.each()].filter((frame) =>
    frames.mapcount[frame] > 0
  );
  if (mapped.length === 0) return;
  for (const pin of pins) frames.get(mapped[pin % mapped.length]);
}

function foretellVisits(
  ops: readonly Op[],
  pins: readonly number[],
  nodes: number,
  told: Map<string, number>,
): void {
  const machine = after(ops, nodes);
  drive(machine, BY_ONE);
  pinSome(machine, pins);
  for (let step = 0; step < STEPS; step++) {
    const what = foretellVisit(machine);
    told.set(what, (told.get(what) ?? 0) + 1);
  }
}

Deno.test("each visit comes out as was foretold", () => {
  const told = new Map<string, number>();
  const pins = fc.array(fc.nat(), { maxLength: 2 });
  fc.assert(
    fc.property(workloads(50), pins, (ops, pins) => {
      foretellVisits(ops, pins, 1, told);
    }),
    { numRuns: 60 },
  );
  // Otherwise nothing was foretold that can go wrong.
  for (const often of ["due", "unique", "not-visited", "waits-for-twin"]) {
    assert.ok((told.get(often) ?? 0) > 0, `${often}: ${told.get(often)}`);
  }
});

Deno.test("so it does on two NUMA nodes", () => {
  const pins = fc.array(fc.nat(), { maxLength: 2 });
  fc.assert(
    fc.property(workloads(50, { numa: NUMA_OPS }), pins, (ops, pins) => {
      foretellVisits(ops, pins, 2, new Map());
    }),
    { numRuns: 40 },
  );
});

/** Sets knobs, so that ksmd goes on with these. */
function set(machine: Machine, knobs: Readonly<Record<string, number>>): void {
  const ops = Object.entries({ advisor_mode: "none", ...knobs, run: 1 })
    .map(([name, value]): Op => ({ op: "knob", name, value: `${value}` }));
  drive(machine, ops);
}

/** Whether ksmd has visited a page since, or has no need to any more. */
function isMet(
  machine: Machine,
  place: Mapping,
  before: { visits: number },
): boolean {
  const now = standing(machine, place);
  return now.merged || now.visits > before.visits;
}

Deno.test("a page is visited in the batch that was foretold, and in none before", () => {
  let foretold = 0;
  fc.assert(
    fc.property(
      workloads(40),
      fc.integer({ min: 1, max: 7 }),
      fc.nat(),
      (ops, batch, choice) => {
        const machine = after(ops, 1);
        set(machine, {
          smart_scan: 0,
          use_zero_pages: 0,
          pages_to_scan: batch,
        });
        const waiting = places(machine).flatMap((place) => {
          const why = whyNotMerged(machine.ksm, place.mm, place.vpn);
          const isMerged = why.first.reason === "merged";
          const { forecast } = why;
          return isMerged || forecast === undefined
            ? []
            : [{ place, forecast }];
        });
        if (waiting.length === 0) return;
        const { place, forecast } = waiting[choice % waiting.length];
        const before = standing(machine, place);
        const { pagesScanned, seqnr } = machine.ksm;
        drive(machine, [{ op: "scanBatches", n: forecast.batches - 1 }]);
        const early = standing(machine, place);
        assert.ok(early.merged || early.visits === before.visits);
        drive(machine, [{ op: "scanBatches", n: 1 }]);
        assert.ok(isMet(machine, place, before));
        const passes = machine.ksm.seqnr - seqnr;
        assert.ok(passes - forecast.passes <= 1 && passes >= forecast.passes);
        assert.ok(machine.ksm.pagesScanned - pagesScanned > forecast.visits);
        foretold++;
      },
    ),
    { numRuns: 100 },
  );
  assert.ok(foretold > 0, "Nothing foretold");
});

/** Drives a machine on which ksmd does nothing but scan. */
function scanning(machine: Machine): Driver {
  const ops: Op[] = [{ op: "scanBatches", n: 1000 }];
  const next = () => ops.shift();
  const source = { name: "scan", title: "scan", endless: false, next };
  return new Driver(machine, source);
}

/** Goes on page by page up to the visit of a page; answers how many other visits, ends of batches and ends of passes came before. */
function goOnUntilVisit(
  driver: Driver,
  { mm, vpn }: Mapping,
): { visits: number; batches: number; passes: number } {
  const { machine } = driver;
  const { ksm } = machine;
  const { batches, ksm: { pagesScanned, seqnr } } = machine;
  for (;;) {
    const before = {
      visits: ksm.pagesScanned - pagesScanned,
      batches: machine.batches - batches,
      passes: ksm.seqnr - seqnr,
    };
    assert.equal(driver.advance("page"), "done");
    const { cursor } = ksm;
    // A visit leaves the cursor right behind its page.
    const isVisit = ksm.pagesScanned - pagesScanned > before.visits;
    const isThere = cursor.slot !== 0 && ksm.mmOfSlot(cursor.slot) === mm &&
      cursor.vpn === vpn + 1;
    if (isVisit && isThere) return before;
  }
}

Deno.test("from the middle of a batch too, a page is visited in the batch and the visit that were foretold", () => {
  const seen = { middle: 0, between: 0, later: 0 };
  fc.assert(
    fc.property(
      workloads(40),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 0, max: 7 }),
      fc.nat(20),
      fc.nat(),
      (ops, first, later, visits, choice) => {
        const machine = after(ops, 1);
        set(machine, {
          smart_scan: 0,
          use_zero_pages: 0,
          pages_to_scan: first,
        });
        const driver = scanning(machine);
        for (let visit = 0; visit < visits; visit++) driver.advance("page");
        const { batch } = driver;
        // ksmd reads the knob when it begins a batch, and not again in it.
        machine.ksm.knobs.pagesToScan = later;
        const waiting = places(machine).flatMap((place) => {
          const { mm, vpn } = place;
          const { forecast } = whyNotMerged(machine.ksm, mm, vpn, batch);
          return forecast === undefined ? [] : [{ place, forecast }];
        });
        if (waiting.length === 0) return;
        const { place, forecast } = waiting[choice % waiting.length];
        const met = goOnUntilVisit(driver, place);
        assert.deepEqual(met, {
          visits: forecast.visits,
          batches: forecast.batches - 1,
          passes: forecast.passes,
        });
        if (batch === undefined) seen.between++;
        else if (met.batches === 0) seen.middle++;
        else seen.later++;
      },
    ),
    { numRuns: 200 },
  );
  for (const [when, times] of Object.entries(seen)) {
    assert.ok(times > 0, `Never ${when}`);
  }
});

Deno.test("smart scan leaves a page out for as many passes as was foretold", () => {
  let foretold = 0;
  fc.assert(
    fc.property(workloads(40), fc.nat(), fc.nat(12), (ops, choice, first) => {
      const machine = after(ops, 1);
      set(machine, { smart_scan: 1, use_zero_pages: 0, pages_to_scan: 100 });
      drive(machine, [{ op: "scanPasses", n: first, limit: 40 }]);
      const skipped = places(machine).flatMap((place) => {
        const { first: reason, forecast } = whyNotMerged(
          machine.ksm,
          place.mm,
          place.vpn,
        );
        return reason.reason === "skipped" && forecast
          ? [{ place, left: reason.passes, passes: forecast.passes }]
          : [];
      });
      if (skipped.length === 0) return;
      const { place, left, passes } = skipped[choice % skipped.length];
      // The present pass is one more where it has left the page behind.
      assert.ok(passes === left || passes === left + 1);
      const before = standing(machine, place);
      drive(machine, [{ op: "scanPasses", n: passes, limit: 40 }]);
      const early = standing(machine, place);
      assert.ok(early.merged || early.visits === before.visits);
      drive(machine, [{ op: "scanPasses", n: 1, limit: 40 }]);
      assert.ok(isMet(machine, place, before));
      foretold++;
    }),
    { numRuns: 100 },
  );
  assert.ok(foretold > 0, "Nothing foretold");
});
