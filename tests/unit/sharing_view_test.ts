/** Who shares with whom, worked out by hand. */
import assert from "node:assert/strict";
import { processVerdict, sharingMatrix } from "../../src/machine/mod.ts";
import { all, UNIQUE } from "./ksm_box.ts";
import { WhyBox } from "./why_box.ts";

Deno.test("the matrix counts KSM pages of each pair, and on its diagonal what is shared within", () => {
  const box = new WhyBox();
  // A: x x y u; B: x y y; C: x.
  box.start("A", 4, UNIQUE);
  box.start("B", 3, UNIQUE);
  box.start("C", 1, all("x"));
  box.fill("A", all("x"), 0, 2);
  box.fill("A", all("y"), 2);
  box.fill("B", all("x"), 0);
  box.fill("B", all("y"), 1, 2);
  box.start("D", 1, { kind: "seq", base: 99 });
  box.passes(3);
  const matrix = sharingMatrix(box.machine);
  assert.deepEqual(matrix.shared, [
    [1, 2, 1, 0],
    [2, 1, 1, 0],
    [1, 1, 0, 0],
    [0, 0, 0, 0],
  ]);
  assert.deepEqual([matrix.ksmPages, matrix.withinOne], [2, 0]);
  const rows = matrix.processes.map((process) => [
    process.name,
    process.mergedPages,
    process.ksmPages,
    process.proportionalPages,
  ]);
  // x has four mappings, and y three.
  assert.deepEqual(rows, [
    ["A", 3, 2, 2 / 4 + 1 / 3],
    ["B", 3, 2, 1 / 4 + 2 / 3],
    ["C", 1, 1, 1 / 4],
    ["D", 0, 0, 0],
  ]);
  const [a] = matrix.processes;
  assert.equal(a.pid, box.mm("A").pid);
  assert.equal(a.stat.mergingPages, 3);
  assert.equal(a.stat.rmapItems, 4);
  // Three pages saved for four items of 64 bytes.
  assert.deepEqual(a.verdict, {
    verdict: "pays",
    profit: 3 * 4096 - 4 * 64,
    ratio: 4 / 3,
    breakEven: 64,
  });
});

Deno.test("a child shares before ksmd has counted it, and a writer no longer", () => {
  const box = new WhyBox();
  box.start("A", 2, all("x"));
  box.passes(2);
  box.do({ op: "fork", proc: "A", child: "B" });
  assert.deepEqual(sharingMatrix(box.machine).shared, [[1, 1], [1, 1]]);
  box.fill("A", UNIQUE, 0, 2);
  const { shared, ksmPages, withinOne } = sharingMatrix(box.machine);
  assert.deepEqual(shared, [[0, 0], [0, 1]]);
  assert.deepEqual([ksmPages, withinOne], [1, 1]);
});

Deno.test("the verdict goes by the kernel's rule of thumb: more than 64 items for a merged page do not pay", () => {
  const none = {
    rmapItems: 0,
    zeroPages: 0,
    mergingPages: 0,
    processProfit: 0,
    mergeAny: false,
    mergeable: false,
  };
  const verdict = (rmapItems: number, mergingPages: number, zeroPages = 0) =>
    processVerdict({
      ...none,
      mergeable: true,
      rmapItems,
      zeroPages,
      mergingPages,
      processProfit: (mergingPages + zeroPages) * 4096 - rmapItems * 64,
    });
  assert.deepEqual(processVerdict(none), { verdict: "not-offered" });
  assert.deepEqual(verdict(0, 0), { verdict: "not-scanned" });
  assert.deepEqual(verdict(10, 0), { verdict: "nothing-merged", profit: -640 });
  const breakEven = 64;
  assert.deepEqual(
    verdict(64, 1),
    { verdict: "pays", profit: 0, ratio: 64, breakEven },
  );
  assert.deepEqual(
    verdict(130, 2),
    { verdict: "costs", profit: -128, ratio: 65, breakEven },
  );
  assert.deepEqual(
    verdict(130, 2, 1),
    { verdict: "pays", profit: 3968, ratio: 130 / 3, breakEven },
  );
  // Zero pages are remembered no longer once they are merged.
  assert.deepEqual(
    verdict(0, 0, 5),
    { verdict: "pays", profit: 5 * 4096, ratio: 0, breakEven },
  );
});
