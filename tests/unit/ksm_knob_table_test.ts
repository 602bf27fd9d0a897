/** What each file of sysfs takes, refuses and does. */
import assert from "node:assert/strict";
import { knobNamed, KNOBS, writeKnob } from "../../src/engine/ksm/mod.ts";
import { Machine } from "../../src/machine/mod.ts";
import { all, KsmBox, UNIQUE } from "./ksm_box.ts";

const EBUSY = 16;
const EINVAL = 22;
const ERANGE = 34;

/** One file: what it shows at first, texts that it takes with what it shows then, and texts that it refuses. */
interface Expectation {
  readonly initial: string;
  readonly taken: Readonly<Record<string, string>>;
  readonly refused: Readonly<Record<string, number>>;
}

const UNSIGNED_REFUSED = {
  "-1": EINVAL,
  "": EINVAL,
  "0x10": EINVAL,
  "1.5": EINVAL,
  " 1": EINVAL,
  "1 ": EINVAL,
  "1\n": EINVAL,
  "ten": EINVAL,
};

const UINT = {
  taken: { "0": "0", "+5": "5", "007": "7", "4294967295": "4294967295" },
  refused: { ...UNSIGNED_REFUSED, "4294967296": EINVAL },
};

const ULONG = {
  taken: {
    "0": "0",
    "+5": "5",
    "18446744073709551615": "18446744073709551615",
  },
  refused: { ...UNSIGNED_REFUSED, "18446744073709551616": EINVAL },
};

const BOOLEAN = {
  taken: {
    "1": "1",
    "0": "0",
    "yes": "1",
    "No": "0",
    "t": "1",
    "F": "0",
    "on": "1",
    "OFF": "0",
    "enabled": "1",
    "Disabled": "0",
    "10": "1",
    "01": "0",
    "1x": "1",
  },
  refused: { "2": EINVAL, "": EINVAL, "x": EINVAL, "-1": EINVAL, " 1": EINVAL },
};

const EXPECTATIONS: Readonly<Record<string, Expectation>> = {
  run: {
    initial: "0",
    taken: { "1": "1", "0": "0", "+2": "2", "00": "0" },
    refused: {
      ...UNSIGNED_REFUSED,
      "3": EINVAL,
      "5": EINVAL,
      "4294967296": EINVAL,
      "4294967297": EINVAL,
    },
  },
  pages_to_scan: { initial: "100", ...UINT },
  sleep_millisecs: { initial: "20", ...UINT },
  stable_node_chains_prune_millisecs: { initial: "2000", ...UINT },
  smart_scan: { initial: "1", ...BOOLEAN },
  use_zero_pages: { initial: "0", ...BOOLEAN },
  merge_across_nodes: {
    initial: "1",
    taken: { "0": "0", "1": "1", "+0": "0", "01": "1" },
    refused: {
      ...UNSIGNED_REFUSED,
      "2": EINVAL,
      "4294967296": EINVAL,
      "18446744073709551615": EINVAL,
      "18446744073709551616": ERANGE,
    },
  },
  max_page_sharing: {
    initial: "256",
    taken: { "2": "2", "+3": "3", "2147483647": "2147483647", "0256": "256" },
    refused: {
      ...UNSIGNED_REFUSED,
      "1": EINVAL,
      "0": EINVAL,
      "-0": EINVAL,
      "-2147483648": EINVAL,
      "2147483648": ERANGE,
      "-2147483649": ERANGE,
      "18446744073709551616": ERANGE,
    },
  },
  advisor_mode: {
    initial: "[none] scan-time",
    taken: { "scan-time": "none [scan-time]", "none": "[none] scan-time" },
    refused: {
      "": EINVAL,
      "scan_time": EINVAL,
      "scan-time ": EINVAL,
      "None": EINVAL,
      "1": EINVAL,
      "none\n": EINVAL,
    },
  },
  advisor_max_cpu: {
    initial: "70",
    taken: {
      "0": "0",
      "200": "200",
      "4294967295": "4294967295",
      "4294967296": "0",
      "4294967297": "1",
    },
    refused: { ...UNSIGNED_REFUSED, "18446744073709551616": EINVAL },
  },
  advisor_min_pages_to_scan: { initial: "500", ...ULONG },
  advisor_max_pages_to_scan: { initial: "30000", ...ULONG },
  advisor_target_scan_time: {
    initial: "200",
    taken: { "1": "1", "18446744073709551615": "18446744073709551615" },
    refused: {
      ...UNSIGNED_REFUSED,
      "0": EINVAL,
      "18446744073709551616": EINVAL,
    },
  },
};

/** Writes text as it stands; the errno. */
function write(machine: Machine, name: string, text: string): number {
  const knob = knobNamed(name);
  assert.ok(knob);
  return machine.run(writeKnob(machine.ksm, knob, text));
}

function shown(machine: Machine, name: string): string | undefined {
  return knobNamed(name)?.read(machine.ksm.knobs);
}

Deno.test("every knob is in this table", () => {
  assert.deepEqual(
    KNOBS.map(({ sysfs }) => sysfs).sort(),
    Object.keys(EXPECTATIONS).sort(),
  );
});

for (
  const [name, { initial, taken, refused }] of Object.entries(EXPECTATIONS)
) {
  Deno.test(`${name}: what it takes and refuses`, () => {
    const machine = new Machine();
    assert.equal(shown(machine, name), initial);
    for (const [text, expected] of Object.entries(taken)) {
      for (const end of ["", "\n"]) {
        assert.equal(write(machine, name, text + end), 0, text);
        assert.equal(shown(machine, name), expected, text);
      }
    }
    const before = shown(machine, name);
    for (const [text, errno] of Object.entries(refused)) {
      assert.equal(write(machine, name, `${text}\n`), errno, text);
      assert.equal(shown(machine, name), before, text);
    }
  });
}

Deno.test("an empty write does nothing and succeeds", () => {
  for (const [name, { initial }] of Object.entries(EXPECTATIONS)) {
    const machine = new Machine();
    assert.equal(write(machine, name, ""), 0, name);
    assert.equal(shown(machine, name), initial, name);
  }
});

/** The knobs that need an empty stable tree, with their value and another one. */
const NEED_EMPTY = [
  ["max_page_sharing", "256", "5"],
  ["merge_across_nodes", "1", "0"],
] as const;

/** Two merged pages. */
function pair(): KsmBox {
  const box = new KsmBox(100);
  box.start("A", 2, all("a"));
  box.pass();
  box.pass();
  return box;
}

for (const [name, present, other] of NEED_EMPTY) {
  Deno.test(`${name} is busy while pages are shared, but takes its present value`, () => {
    const box = pair();
    assert.deepEqual(box.write(name, other), [EBUSY, present]);
    assert.deepEqual(box.write(name, present), [0, present]);
    assert.deepEqual(box.write(name, "x"), [EINVAL, present]);
    assert.deepEqual(box.counts(), [1, 1, 0, 0]);
  });

  Deno.test(`${name} is busy while shared pages that have gone are counted`, () => {
    const box = pair();
    box.advise("A", "dontneed");
    assert.deepEqual(box.write(name, other), [EBUSY, present]);
    box.pass();
    assert.deepEqual(box.counts(), [0, 0, 0, 0]);
    assert.deepEqual(box.write(name, other), [0, other]);
  });

  Deno.test(`${name} is busy while a KSM page is mapped that nobody counts`, () => {
    const box = pair();
    box.do({ op: "fork", proc: "A", child: "B" });
    box.knob("pages_to_scan", "2");
    box.fill("A", UNIQUE);
    assert.deepEqual(box.batch(), [0, 0, 0, 2]);
    assert.deepEqual(box.write(name, other), [EBUSY, present]);
    box.do({ op: "exit", proc: "B" });
    assert.deepEqual(box.write(name, other), [0, other]);
    assert.equal(box.ksm.nodes.live, 0);
  });

  Deno.test(`${name} can be changed after run 2, and what waits in the unstable tree does not mind`, () => {
    const box = pair();
    box.do({ op: "run", value: 2 });
    assert.deepEqual(box.write(name, other), [0, other]);
    box.do({ op: "run", value: 1 });
    box.fill("A", UNIQUE);
    box.pass();
    assert.deepEqual(box.pass(), [0, 0, 2, 0]);
    assert.deepEqual(box.write(name, present), [0, present]);
    assert.deepEqual(box.counts(), [0, 0, 2, 0]);
    assert.deepEqual(box.pass(), [0, 0, 2, 0]);
  });
}

Deno.test("a pass in progress goes on after the present value of run is written", () => {
  const box = new KsmBox(1);
  box.start("A", 3, UNIQUE);
  box.batch();
  assert.deepEqual(box.write("run", "1"), [0, "1"]);
  box.batch();
  assert.equal(box.machine.counters().pagesScanned, 2);
  assert.equal(box.machine.counters().fullScans, 0);
});
