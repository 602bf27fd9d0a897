/** What would come of a write to a knob: nothing is written, and the write itself agrees. */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  checkKnob,
  knobNamed,
  KNOBS,
  writeKnob,
} from "../../src/engine/ksm/mod.ts";
import { checkAtRest, knobTexts, Machine } from "../../src/machine/mod.ts";
import { drive } from "../property/drive.ts";
import { workloads } from "../property/random_ops.ts";
import { all, KsmBox, UNIQUE } from "./ksm_box.ts";

function refusal(box: KsmBox, knob: string, text: string): unknown {
  const check = checkKnob(box.ksm, knob, text);
  if (check.outcome === "accepted") return check;
  assert.equal(check.valid, knobNamed(knob)?.valid ?? "");
  return [check.errno, check.name, check.why];
}

Deno.test("a text is refused for what is wrong with it", () => {
  const box = new KsmBox(100);
  const einval = (why: string) => [22, "EINVAL", why];
  assert.deepEqual(refusal(box, "pages", "1"), [2, "ENOENT", "no-such-knob"]);
  assert.deepEqual(refusal(box, "run", "3"), einval("out-of-range"));
  assert.deepEqual(refusal(box, "run", "go"), einval("not-a-number"));
  assert.deepEqual(
    refusal(box, "sleep_millisecs", "-1"),
    einval("out-of-range"),
  );
  assert.deepEqual(
    refusal(box, "pages_to_scan", "4294967296"),
    einval("out-of-range"),
  );
  assert.deepEqual(
    refusal(box, "max_page_sharing", "1"),
    einval("out-of-range"),
  );
  assert.deepEqual(
    refusal(box, "max_page_sharing", "2147483648"),
    [34, "ERANGE", "out-of-range"],
  );
  assert.deepEqual(refusal(box, "smart_scan", "2"), einval("not-a-boolean"));
  assert.deepEqual(refusal(box, "advisor_mode", "on"), einval("no-such-mode"));
  assert.deepEqual(
    refusal(box, "advisor_target_scan_time", "0"),
    einval("out-of-range"),
  );
});

Deno.test("pages_to_scan belongs to the advisor while that is on", () => {
  const box = new KsmBox(100);
  box.do({ op: "knob", name: "advisor_mode", value: "scan-time" });
  assert.deepEqual(
    refusal(box, "pages_to_scan", "5"),
    [22, "EINVAL", "advisor-on"],
  );
});

Deno.test("knobs of the tree are busy while pages are shared, or only mapped", () => {
  const box = new KsmBox(100);
  box.start("A", 2, all("x"));
  const free = { outcome: "accepted", value: "8", isSame: false };
  assert.deepEqual(refusal(box, "max_page_sharing", "8"), free);
  box.pass();
  box.pass();
  for (
    const [knob, text] of [["max_page_sharing", "8"], [
      "merge_across_nodes",
      "0",
    ]]
  ) {
    assert.deepEqual(refusal(box, knob, text), [16, "EBUSY", "pages-shared"]);
  }
  assert.deepEqual(
    refusal(box, "max_page_sharing", "256"),
    { outcome: "accepted", value: "256", isSame: true },
  );
  // The child is not counted yet, and after the parent's visit nobody is.
  box.do({ op: "fork", proc: "A", child: "B" });
  box.fill("A", UNIQUE);
  box.knob("pages_to_scan", "2");
  box.batch();
  assert.deepEqual(
    refusal(box, "max_page_sharing", "8"),
    [16, "EBUSY", "pages-mapped"],
  );
  box.do({ op: "exit", proc: "B" });
  assert.deepEqual(refusal(box, "max_page_sharing", "8"), free);
});

Deno.test("a write of no bytes succeeds and changes nothing", () => {
  const box = new KsmBox(100);
  assert.deepEqual(
    refusal(box, "max_page_sharing", ""),
    { outcome: "accepted", value: "256", isSame: true },
  );
});

const TEXTS = [
  "0",
  "1",
  "2",
  "3",
  "16",
  "-1",
  "+1",
  "y",
  "off",
  "none",
  "scan-time",
  "scan",
  "",
  "1\n",
  " 1",
  "4294967295",
  "4294967296",
  "2147483648",
  "18446744073709551616",
];

Deno.test("a write does what was foretold", () => {
  const name = fc.oneof(
    fc.constantFrom(...KNOBS.map(({ sysfs }) => sysfs)),
    fc.constantFrom("max_page_sharing", "merge_across_nodes"),
  );
  const outcomes = new Map<string, number>();
  fc.assert(
    fc.property(
      workloads(40),
      name,
      fc.constantFrom(...TEXTS),
      (ops, name, text) => {
        const machine = new Machine();
        drive(machine, ops);
        const before = knobTexts(machine.ksm);
        const counters = machine.counters();
        const check = checkKnob(machine.ksm, name, text);
        assert.deepEqual(knobTexts(machine.ksm), before);
        assert.deepEqual(machine.counters(), counters);
        checkAtRest(machine);
        const knob = knobNamed(name);
        assert.ok(knob);
        const errno = machine.run(writeKnob(machine.ksm, knob, text));
        if (check.outcome === "accepted") {
          const now = knob.read(machine.ksm.knobs);
          assert.deepEqual([errno, now], [0, check.value]);
          assert.equal(check.isSame, check.value === before[name]);
        } else assert.equal(errno, check.errno);
        const outcome = check.outcome === "accepted" ? "ok" : check.name;
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      },
    ),
    { numRuns: 300 },
  );
  for (const each of ["ok", "EINVAL", "EBUSY", "ERANGE"]) {
    assert.ok((outcomes.get(each) ?? 0) > 0, `Never ${each}`);
  }
});
