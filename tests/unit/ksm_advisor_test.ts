/** The scan-time advisor's arithmetic, worked by hand, and its switch. */
import assert from "node:assert/strict";
import {
  Ksm,
  type KsmClock,
  setAdvisorMode,
  startAdvisor,
  stopAdvisor,
} from "../../src/engine/ksm/mod.ts";
import { Memory } from "../../src/engine/mm/mod.ts";
import { KsmBox, UNIQUE } from "./ksm_box.ts";

const EINVAL = 22;

/** A clock that a test sets. */
class SetClock implements KsmClock {
  millis = 0;
  cpuNanos = 0n;
  nowMillis(): number {
    return this.millis;
  }
  ksmdCpuNanos(): bigint {
    return this.cpuNanos;
  }
}

/** An advisor just switched on, with its machine's clock. */
function switchedOn(): { ksm: Ksm; clock: SetClock } {
  const clock = new SetClock();
  const ksm = new Ksm(new Memory(), clock);
  setAdvisorMode(ksm, "scan-time");
  return { ksm, clock };
}

/** A pass of so many seconds, of which ksmd is at work for so many per cent; the new pages_to_scan. */
function pass(
  { ksm, clock }: { ksm: Ksm; clock: SetClock },
  seconds: number,
  cpuPercent: number,
): number {
  startAdvisor(ksm);
  clock.millis += seconds * 1000;
  clock.cpuNanos += BigInt(seconds * 10 * cpuPercent) * 1_000_000n;
  const choice = stopAdvisor(ksm);
  assert.ok(choice);
  assert.equal(choice.pagesToScan, ksm.knobs.pagesToScan);
  return choice.pagesToScan;
}

Deno.test("as measured: switched on in the middle of a pass, the pass has taken since the start of the machine", () => {
  const clock = new SetClock();
  const ksm = new Ksm(new Memory(), clock);
  clock.millis = 3_614_500;
  clock.cpuNanos = 180_700_000_000n;
  setAdvisorMode(ksm, "scan-time");
  assert.equal(ksm.knobs.pagesToScan, 500);
  assert.deepEqual(stopAdvisor(ksm), {
    scanTime: 3614n,
    pagesToScan: 3000,
    cpuPercent: 5n,
  });
  startAdvisor(ksm);
  clock.millis += 3;
  assert.deepEqual(stopAdvisor(ksm), {
    scanTime: 1n,
    pagesToScan: 30000,
    cpuPercent: 1n,
  });
});

Deno.test("passes twice as long as wanted: the change is smoothed, and pages follow", () => {
  const advisor = switchedOn();
  // factor 50, pages 1000, change (70 * 0 + 30 * 100) / 100 = 30.
  assert.equal(pass(advisor, 400, 20), 300);
  // pages 600, change (70 * 30 + 30 * 100) / 100 = 51.
  assert.equal(pass(advisor, 400, 20), 306);
  // 200 s are half of the last 400: pages 306, change (70 * 51 + 30 * 50) / 100 = 50.
  assert.equal(pass(advisor, 200, 20), 153);
});

Deno.test("every division cuts off", () => {
  // factor 20000 / 3000 = 6, pages 50000 / 6 = 8333, * 30 / 100 = 2499; a per cent costs 100.
  assert.equal(pass(switchedOn(), 3000, 5), 2499);
});

Deno.test("a processor too busy sets an upper bound, one idle a lower", () => {
  // pages 10000 * 30 / 100 = 3000; a per cent costs 500 / 60 = 8 pages; 70 per cent are 560.
  assert.equal(pass(switchedOn(), 3614, 60), 560);
  // pages 25 * 30 / 100 = 7; a per cent costs 500 / 50 = 10; 10 per cent are 100.
  assert.equal(pass(switchedOn(), 10, 50), 100);
  // A bound of 0 per cent gives way to the 10 per cent that ksmd always has.
  const bounded = switchedOn();
  bounded.ksm.knobs.advisorMaxCpu = 0;
  assert.equal(pass(bounded, 3614, 60), 80);
});

Deno.test("a first pass after much use of the processor falls to 10 pages, whatever the minimum", () => {
  const advisor = switchedOn();
  advisor.clock.cpuNanos = 1_000_000_000_000n;
  assert.equal(advisor.ksm.knobs.advisorMinPagesToScan, 500n);
  assert.equal(pass(advisor, 1, 0), 10);
  // Idle passes cost 1 per cent, so that 10 per cent are ten times as many pages.
  const next = [1, 1, 1, 1].map((seconds) => pass(advisor, seconds, 0));
  assert.deepEqual(next, [100, 1000, 10000, 30000]);
});

Deno.test("a pass is at least a second, and seconds are whole ones", () => {
  const { ksm, clock } = switchedOn();
  startAdvisor(ksm);
  clock.millis += 1999;
  assert.equal(stopAdvisor(ksm)?.scanTime, 1n);
  startAdvisor(ksm);
  clock.millis += 2000;
  assert.equal(stopAdvisor(ksm)?.scanTime, 2n);
  startAdvisor(ksm);
  assert.equal(stopAdvisor(ksm)?.scanTime, 1n);
});

Deno.test("a wanted time far shorter than the pass makes the factor 1", () => {
  const advisor = switchedOn();
  advisor.ksm.knobs.advisorTargetScanTime = 1n;
  // 100 / 3614 is 0, so 1: pages 50000, * 30 / 100 = 15000; a per cent costs 500, 70 are 35000.
  assert.equal(pass(advisor, 3614, 1), 15000);
});

Deno.test("off, nothing is chosen", () => {
  const { ksm } = switchedOn();
  setAdvisorMode(ksm, "none");
  startAdvisor(ksm);
  assert.equal(stopAdvisor(ksm), undefined);
  assert.equal(ksm.knobs.pagesToScan, 100);
});

Deno.test("on begins with the minimum as it is then, and forgets passes before; off goes back to 100", () => {
  const box = new KsmBox(7);
  box.knob("advisor_min_pages_to_scan", "40");
  const now = () => String(box.ksm.knobs.pagesToScan);
  box.write("advisor_mode", "scan-time");
  assert.equal(now(), "40");
  box.knob("advisor_min_pages_to_scan", "50");
  assert.equal(now(), "40");
  box.start("A", 1, UNIQUE);
  box.pass();
  const { change } = box.ksm.advisor;
  assert.equal(change, 30n);
  box.write("advisor_mode", "none");
  assert.equal(now(), "100");
  box.write("advisor_mode", "scan-time");
  assert.equal(now(), "50");
  assert.equal(box.ksm.advisor.change, 0n);
});

Deno.test("the present mode written again changes nothing", () => {
  const box = new KsmBox(7);
  assert.deepEqual(box.write("advisor_mode", "none"), [0, "[none] scan-time"]);
  assert.equal(box.ksm.knobs.pagesToScan, 7);
  box.write("advisor_mode", "scan-time");
  box.start("A", 1, UNIQUE);
  box.pass();
  const { pagesToScan } = box.ksm.knobs;
  assert.equal(pagesToScan, 10);
  const context = { ...box.ksm.advisor };
  box.write("advisor_mode", "scan-time");
  assert.equal(box.ksm.knobs.pagesToScan, pagesToScan);
  assert.deepEqual(box.ksm.advisor, context);
});

Deno.test("while on, pages_to_scan shows what was chosen and cannot be written, the same value neither", () => {
  const box = new KsmBox(7);
  box.write("advisor_mode", "scan-time");
  for (const value of ["500", "7", "x"]) {
    assert.deepEqual(box.write("pages_to_scan", value), [EINVAL, "500"]);
  }
  box.write("advisor_mode", "none");
  assert.deepEqual(box.write("pages_to_scan", "7"), [0, "7"]);
});

Deno.test("a maximum of 0 pages ends scanning for good", () => {
  const box = new KsmBox(7);
  box.knob("advisor_max_pages_to_scan", "0");
  box.write("advisor_mode", "scan-time");
  box.start("A", 3, UNIQUE);
  box.pass();
  assert.equal(box.ksm.knobs.pagesToScan, 0);
  const before = box.machine.counters();
  box.knob("advisor_max_pages_to_scan", "30000");
  for (let batch = 0; batch < 5; batch++) box.batch();
  assert.deepEqual(box.machine.counters(), before);
});

Deno.test("passes over dead processes alone are reckoned too", () => {
  const box = new KsmBox(7);
  box.start("A", 1, UNIQUE);
  box.pass();
  box.write("advisor_mode", "scan-time");
  box.do({ op: "exit", proc: "A" });
  box.batch();
  assert.equal(box.machine.counters().fullScans, 2);
  assert.equal(box.ksm.knobs.pagesToScan, 10);
});
