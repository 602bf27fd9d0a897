/** What text the knobs accept. */
import assert from "node:assert/strict";
import { KNOBS } from "../../src/engine/ksm/knob_table.ts";
import { knobDefaults } from "../../src/engine/ksm/knobs.ts";
import { parseBoolean, parseUint } from "../../src/engine/ksm/sysfs_text.ts";
import { KNOB_NAMES } from "../../src/workload/knob_names.ts";
import { performOp } from "../../src/machine/ops.ts";
import { KsmBox, UNIQUE } from "./ksm_box.ts";

const EINVAL = 22;

Deno.test("the workload layer and the engine know the same knobs", () => {
  assert.deepEqual(
    KNOBS.map(({ sysfs }) => sysfs).sort(),
    [...KNOB_NAMES].sort(),
  );
});

Deno.test("numbers: decimal digits, perhaps a plus before and a newline behind", () => {
  const accepted = {
    "0": 0,
    "3": 3,
    "+3": 3,
    "007": 7,
    "100\n": 100,
    "4294967295": 4294967295,
    "+4294967295\n": 4294967295,
    "00000000000000000001": 1,
  };
  for (const [text, value] of Object.entries(accepted)) {
    assert.equal(parseUint(text), value, JSON.stringify(text));
  }
  const refused = [
    "",
    "\n",
    "+",
    "-1",
    "-0",
    "++3",
    "0x10",
    "1e3",
    "1.0",
    " 1",
    "1 ",
    "1\n\n",
    "1\r\n",
    "1 2",
    "ten",
    "4294967296",
    "18446744073709551616",
    "٣",
  ];
  for (const text of refused) {
    assert.equal(typeof parseUint(text), "string", JSON.stringify(text));
  }
});

Deno.test("booleans: the first character decides, of on and off the first two", () => {
  for (
    const text of [
      "1",
      "10",
      "1x",
      "y",
      "Yes",
      "t",
      "TRUE",
      "on",
      "ON",
      "oN!",
      "yno",
    ]
  ) {
    assert.equal(parseBoolean(text), true, text);
  }
  for (
    const text of ["0", "01", "n", "No", "f", "FALSE", "off", "OF", "ofx", "n1"]
  ) {
    assert.equal(parseBoolean(text), false, text);
  }
  for (const text of ["", "\n", "2", "-1", "+1", " 1", "o", "oo", "x", "ja"]) {
    assert.equal(parseBoolean(text), undefined, JSON.stringify(text));
  }
});

Deno.test("a refused write answers EINVAL and changes nothing", () => {
  const box = new KsmBox(7);
  const write = (name: string, value: string) =>
    box.machine.run(performOp(box.machine, { op: "knob", name, value }, 3));
  const i = 3;
  assert.deepEqual(write("pages_to_scan", "-1"), {
    i,
    op: "knob",
    errno: EINVAL,
    now: "7",
  });
  assert.deepEqual(write("pages_to_scan", "4294967296"), {
    i,
    op: "knob",
    errno: EINVAL,
    now: "7",
  });
  assert.deepEqual(write("sleep_millisecs", "1s"), {
    i,
    op: "knob",
    errno: EINVAL,
    now: "20",
  });
  assert.deepEqual(write("smart_scan", "2"), {
    i,
    op: "knob",
    errno: EINVAL,
    now: "0",
  });
  assert.deepEqual(write("run", "3"), {
    i,
    op: "knob",
    errno: EINVAL,
    now: "1",
  });
  assert.deepEqual(write("run", "4294967297"), {
    i,
    op: "knob",
    errno: EINVAL,
    now: "1",
  });
  assert.deepEqual(write("run", "on"), {
    i,
    op: "knob",
    errno: EINVAL,
    now: "1",
  });
});

Deno.test("an accepted write reads back in plain decimal", () => {
  const box = new KsmBox(7);
  const now = (name: string, value: string) => {
    const event = box.machine.run(
      performOp(box.machine, { op: "knob", name, value }, 0),
    );
    assert.ok(event?.op === "knob" && event.errno === 0);
    return event.now;
  };
  assert.equal(now("pages_to_scan", "+3"), "3");
  assert.equal(now("pages_to_scan", "007"), "7");
  assert.equal(now("sleep_millisecs", "4294967295"), "4294967295");
  assert.equal(now("smart_scan", "yes"), "1");
  assert.equal(now("smart_scan", "ofx"), "0");
  assert.equal(now("run", "+2"), "2");
});

Deno.test("run written through the knob acts as the operation does", () => {
  const box = new KsmBox(100);
  box.start("a", 2, UNIQUE);
  box.pass();
  box.knob("run", "2");
  assert.deepEqual(box.counts(), [0, 0, 0, 0]);
  assert.equal(box.machine.counters().fullScans, 0);
});

Deno.test("defaults are the kernel's", () => {
  assert.deepEqual(knobDefaults(), {
    run: 0,
    offlining: false,
    pagesToScan: 100,
    sleepMillisecs: 20,
    smartScan: true,
    mergeAcrossNodes: true,
    maxPageSharing: 256,
    chainsPruneMillisecs: 2000,
    useZeroPages: false,
    advisorMode: "none",
    advisorMaxCpu: 70,
    advisorMinPagesToScan: 500n,
    advisorMaxPagesToScan: 30000n,
    advisorTargetScanTime: 200n,
  });
});
