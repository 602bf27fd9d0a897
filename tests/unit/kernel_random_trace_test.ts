import assert from "node:assert/strict";
import { OpChecker } from "../../src/workload/mod.ts";
import { PROFILES } from "../kernel/random_profiles.ts";
import { randomTrace } from "../kernel/random_trace.ts";
import { shrink } from "../kernel/shrink.ts";

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);

Deno.test("equal seeds give equal traces, other seeds others", () => {
  assert.deepEqual(randomTrace(3), randomTrace(3));
  assert.notDeepEqual(
    randomTrace(3, PROFILES[0]).ops,
    randomTrace(4, PROFILES[0]).ops,
  );
});

Deno.test("random traces can be done from end to end, and have all operations", () => {
  const seen = new Set<string>();
  for (const seed of SEEDS) {
    const { name, ops } = randomTrace(seed);
    const checker = new OpChecker(name);
    ops.forEach((op, index) => checker.check(op, index));
    ops.forEach(({ op }) => seen.add(op));
  }
  const expected = ["proc", "mmap", "fill", "write", "read", "hash", "madvise"]
    .concat("munmap", "mremap", "mprotect", "fork", "exit", "prctl", "knob")
    .concat("run", "scanBatches", "scanPasses", "sample");
  assert.deepEqual([...seen].sort(), expected.sort());
});

Deno.test("the advisor is switched on right after a whole pass only", () => {
  for (const seed of SEEDS) {
    const { ops } = randomTrace(seed);
    ops.forEach((op, index) => {
      if (op.op !== "knob" || op.name !== "advisor_mode") return;
      if (op.value !== "scan-time") return;
      const before = ops.slice(0, index).findLast(({ op }) => op !== "knob");
      assert.deepEqual(before, { op: "scanPasses", n: 1, limit: 400 });
    });
  }
});

Deno.test("shrinking keeps just what shows the difference", () => {
  const all = Array.from({ length: 100 }, (_, index) => index);
  const shows = (part: readonly number[]) =>
    part.includes(17) && part.includes(64);
  assert.deepEqual(shrink(all, shows), [17, 64]);
});

Deno.test("shrinking takes out what cannot stand alone", () => {
  const pairs = ["a", "a needs", "b", "b needs"];
  const repair = (part: readonly string[]) =>
    part.filter((each) => each.length === 1 || part.includes(each[0]));
  assert.deepEqual(
    shrink(pairs, (part) => part.includes("b needs"), repair),
    ["b", "b needs"],
  );
});
