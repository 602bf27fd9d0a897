/**
 * The kernel's selftest `ksm_tests`, at its size. Not here: -N (two NUMA nodes),
 * and -P, -H, -D and -C, which measure time and expect no counts.
 */
import assert from "node:assert/strict";
import {
  type Box,
  type BoxRegion,
  type Scan,
  workload,
} from "../../src/workload/mod.ts";
import { assertReads, pageOf, runStaged, sharing } from "./staged.ts";

const STAR = 42;

const MAX_PAGE_SHARING = 256;

/** Option -t: how memory is offered. */
type Offer = "madvise" | "prctl";

const OFFERS: readonly Offer[] = ["madvise", "prctl"];

/** What the program sets at its start, for so many pages. */
function setUp(box: Box, pages: number): void {
  box.run(2);
  box.knob("sleep_millisecs", 0);
  box.knob("merge_across_nodes", 1);
  box.knob("pages_to_scan", pages);
}

/** Maps and fills pages. */
function filled(box: Box, pages: number, byte: number): BoxRegion {
  const region = box.process("test").mmap("pages", pages);
  region.fill({ kind: "const", byte });
  return region;
}

/** Offers a region, and waits for two passes. */
function merge(box: Box, region: BoxRegion, offer: Offer): Scan {
  if (offer === "prctl") region.process.mergeAny(true);
  else region.madvise("mergeable");
  box.run(1);
  return box.scanPasses(2);
}

/** pages_shared and pages_sharing that the program expects of so many equal pages. */
function expected(pages: number): [number, number] {
  const groups = Math.floor(pages / MAX_PAGE_SHARING);
  return pages % MAX_PAGE_SHARING <= 1
    ? [groups, groups * (MAX_PAGE_SHARING - 1)]
    : [groups + 1, pages - (groups + 1)];
}

for (const offer of OFFERS) {
  for (const pages of [10, 255, 256, 257, 258, 512, 513, 514]) {
    Deno.test(`ksm_tests -M -p ${pages}, by ${offer}`, () => {
      const merging = workload("merge", function* (box) {
        setUp(box, pages);
        yield* merge(box, filled(box, pages, STAR), offer);
        box.sample("merged");
      });
      runStaged(merging, [["merged", (machine) => {
        assert.deepEqual(sharing(machine), expected(pages));
        const star = pageOf(STAR);
        assertReads(machine, "test", "pages", () => star);
      }]]);
    });
  }

  Deno.test(`ksm_tests -U, by ${offer}: two merged pages with a byte of each written part within a pass`, () => {
    const unmerging = workload("unmerge", function* (box) {
      setUp(box, 2);
      const region = filled(box, 2, STAR);
      yield* merge(box, region, offer);
      box.sample("merged");
      region.write(0, 0, "2d");
      region.write(1, 0, "2b");
      yield* box.scanPasses(1);
      box.sample("written");
    });
    const written = [0x2d, 0x2b].map((first) => {
      const page = pageOf(STAR);
      page[0] = first;
      return page;
    });
    runStaged(unmerging, [
      ["merged", (machine) => assert.deepEqual(sharing(machine), [1, 1])],
      ["written", (machine) => {
        assert.deepEqual(sharing(machine), [0, 0]);
        assert.equal(machine.counters().pagesVolatile, 2);
        assertReads(machine, "test", "pages", (page) => written[page]);
      }],
    ]);
  });

  for (const useZeroPages of [0, 1]) {
    Deno.test(`ksm_tests -Z -p 10 -z ${useZeroPages}, by ${offer}`, () => {
      const zeros = workload("zeros", function* (box) {
        setUp(box, 10);
        box.knob("use_zero_pages", useZeroPages);
        yield* merge(box, filled(box, 10, 0), offer);
        box.sample("merged");
      });
      runStaged(zeros, [["merged", (machine) => {
        const counts = useZeroPages === 1 ? [0, 0] : [1, 9];
        assert.deepEqual(sharing(machine), counts);
        assert.equal(machine.counters().ksmZeroPages, 10 * useZeroPages);
        const zero = pageOf(0);
        assertReads(machine, "test", "pages", () => zero);
      }]]);
    });
  }
}
