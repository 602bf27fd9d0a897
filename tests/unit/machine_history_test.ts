import assert from "node:assert/strict";
import {
  Machine,
  MachineHistory,
  type Moment,
  toNextEvent,
} from "../../src/machine/mod.ts";
import { staleTree } from "../../src/workload/builtin/stale_tree.ts";
import {
  openTrace,
  openWorkload,
  type Workload,
  workload,
} from "../../src/workload/mod.ts";
import { contentionWith } from "../../src/workload/builtin/contention.ts";

function historyOf(
  script: Workload,
  limits: ConstructorParameters<typeof MachineHistory>[2] = {},
): MachineHistory {
  const machine = new Machine({ timed: { seed: 1 } });
  return new MachineHistory(machine, () => openWorkload(script), limits);
}

function goOn(history: MachineHistory, millis: number): void {
  while (history.machine.timeMillis < millis) history.advance("batch");
}

/** What lock_stat would print, which nothing leaves as it was. */
function lockStat({ machine }: MachineHistory): string {
  return machine.simulation?.locks.lockStat() ?? "";
}

const busy = contentionWith(1);

Deno.test("checkpoints are about 100 virtual milliseconds apart, under load too", () => {
  const history = historyOf(busy);
  goOn(history, 250);
  // The first one, and one that is due each 100 milliseconds or 50 000 visits: never fewer than by time alone.
  assert.ok(history.checkpointCount >= 3, `${history.checkpointCount}`);
  assert.ok(history.checkpointCount <= 10, `${history.checkpointCount}`);
});

Deno.test("checkpoints stay under their bytes, and one can go anywhere all the same", () => {
  const free = historyOf(busy);
  goOn(free, 600);
  const limit = free.checkpointBytes / 3;
  const history = historyOf(busy, { checkpointBytes: limit });
  const texts: [Moment, string][] = [];
  while (history.machine.timeMillis < 600) {
    history.advance("batch");
    assert.ok(history.checkpointBytes <= limit);
    if (history.now.inputs % 5 === 0) {
      texts.push([history.now, lockStat(history)]);
    }
  }
  assert.ok(texts.length > 3, `${texts.length}`);
  for (const [at, text] of texts) {
    history.goTo(at);
    assert.equal(lockStat(history), text);
    assert.ok(history.checkpointBytes <= limit);
  }
});

/** Threads that never pause: there is hardly a moment when none is inside the engine. */
const unquiet = workload("unquiet", function* (box) {
  box.knob("sleep_millisecs", 0);
  for (let number = 0; number < 3; number++) {
    const process = box.process(`p${number}`);
    const ram = process.mmap("ram", 64, { mergeable: true });
    process.forever("spin", (turn) => {
      ram.fill({ kind: "mod", base: turn.number, m: 16 });
    });
  }
  yield* box.scanPasses(1);
}, { endless: true });

Deno.test("where nobody ever rests, moments for checkpoints are made, the same ones again each time", () => {
  const history = historyOf(unquiet, { intervalMillis: 1 });
  const { machine } = history;
  const texts: [Moment, string][] = [];
  const effort = () => machine.timeMillis + machine.ksm.pagesScanned / 500;
  for (let next = 0; next < 650; next += 50) {
    while (effort() < next) history.advance("batch");
    texts.push([history.now, lockStat(history)]);
  }
  // The first one, and one after 500 virtual milliseconds.
  assert.ok(history.checkpointCount >= 2, `${history.checkpointCount}`);
  for (const [moment, text] of texts.reverse()) {
    history.goTo(moment);
    assert.equal(lockStat(history), text);
  }
  history.goTo(history.end);
  assert.equal(lockStat(history), texts[0][1]);
});

Deno.test("where the workload's answers are forgotten, the history begins later", () => {
  const history = historyOf(busy, { answerBytes: 1 });
  assert.deepEqual(history.first, { inputs: 0, ticks: 0 });
  while (history.first.inputs === 0) history.advance("batch");
  const { end } = history;
  const text = lockStat(history);
  history.goTo(history.first);
  assert.deepEqual(history.now, history.first);
  history.goTo(end);
  assert.equal(lockStat(history), text);
});

/** A script that says a lot at one moment: 256 KiB of bytes and more. */
const talkative = workload("talkative", function* (box) {
  const ram = box.process("p").mmap("ram", 64, { mergeable: true });
  for (let write = 0; write < 1024; write++) {
    ram.write(write % 64, 0, new Uint8Array(256).fill(write % 256));
  }
  for (;;) yield* box.scanBatches(1);
}, { endless: true });

Deno.test("no answer is forgotten that the only state which is kept needs", () => {
  const history = historyOf(talkative, { answerBytes: 65_536 });
  history.advance("page");
  const text = lockStat(history);
  const { end } = history;
  history.goTo(history.first);
  history.goTo(end);
  assert.equal(lockStat(history), text);
  while (history.first.inputs === 0) history.advance("batch");
});

Deno.test("a stride can be left in its middle, and gone on from there another way", () => {
  const history = historyOf(busy);
  goOn(history, 50);
  const begin = history.now;
  const text = lockStat(history);
  history.advance("batch");
  const whole = lockStat(history);
  history.goTo(begin);
  assert.equal(history.tick(), undefined);
  assert.deepEqual(history.now, { inputs: begin.inputs, ticks: 1 });
  const undo = history.branch();
  assert.equal(history.atEnd, true);
  history.advance("page");
  const { end } = history;
  const changed = lockStat(history);
  history.goTo(begin);
  assert.equal(lockStat(history), text);
  history.goTo(end);
  assert.equal(lockStat(history), changed);
  undo();
  assert.deepEqual(history.now, { inputs: begin.inputs, ticks: 1 });
  history.goTo(history.end);
  assert.equal(lockStat(history), whole);
});

Deno.test("a knob that is written while ksmd and the script take turns waits for the batch", () => {
  const history = new MachineHistory(
    new Machine(),
    () =>
      openTrace({
        format: "ksm-trace/1",
        name: "one batch",
        title: "one batch",
        tags: [],
        ops: [
          { op: "proc", proc: "a" },
          { op: "mmap", proc: "a", region: "r", slot: 0, pages: 8 },
          { op: "madvise", proc: "a", region: "r", advice: "mergeable" },
          { op: "fill", proc: "a", region: "r", pattern: { kind: "zero" } },
          { op: "knob", name: "pages_to_scan", value: "6" },
          { op: "run", value: 1 },
          { op: "scanBatches", n: 3 },
        ],
      }),
  );
  const { machine } = history;
  for (let page = 1; page <= 3; page++) history.advance("page");
  assert.equal(machine.ksm.pagesScanned, 3);
  const written = history.write("pages_to_scan", "2");
  assert.deepEqual(written, {
    i: 0,
    op: "knob",
    errno: 0,
    now: "2",
  });
  assert.equal(machine.ksm.pagesScanned, 6);
  assert.equal(machine.batches, 1);
  history.advance("batch");
  assert.equal(machine.ksm.pagesScanned, 8);
});

Deno.test("a knob that a live machine is told to write is written by an actor, which may wait for ksmd", () => {
  const history = historyOf(busy);
  goOn(history, 30);
  while (!history.driver.live?.isScanning) history.advance("page");
  const { batches } = history.machine;
  const { errno, now } = history.write("run", "0");
  assert.deepEqual({ errno, now }, { errno: 0, now: "0" });
  // `run` takes the mutex that a batch holds.
  assert.equal(history.machine.batches, batches + 1);
  assert.equal(history.machine.ksm.knobs.run, 0);
});

Deno.test("a defect of the kernel ends a history, which can be gone back through", () => {
  const machine = new Machine({ nodes: 2, timed: { seed: 1 } });
  const scene = new MachineHistory(machine, () => openWorkload(staleTree));
  let stop = scene.advance("batch");
  while (stop !== "end") stop = scene.advance("batch");
  const { end } = scene;
  const defect = scene.defect?.message ?? "";
  assert.match(defect, /^Kernel defect "stale-tree"/);
  assert.equal(scene.advance("batch"), "end");
  assert.deepEqual(scene.end, end);
  assert.equal(scene.isBranchable, false);
  scene.goTo({ inputs: end.inputs - 1, ticks: 0 });
  assert.equal(scene.isBranchable, true);
  scene.goTo(end);
  assert.equal(scene.defect?.message, defect);
});

Deno.test("an endless workload with nobody in it has no next event", () => {
  const history = historyOf(
    workload("nobody", function* (box) {
      box.live();
      yield* box.scanPasses(1);
    }),
  );
  history.advance("batch");
  assert.deepEqual(toNextEvent(history, () => true), { kind: "none" });
});
