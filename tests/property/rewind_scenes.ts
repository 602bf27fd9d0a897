/** Random machines with a history: built-in scenes, traces, and scripts whose threads do a bit of everything. */
import fc from "fast-check";
import { Machine, MachineHistory, type Stride } from "../../src/machine/mod.ts";
import { Timeline } from "../../src/observe/mod.ts";
import type { Snapshot } from "../../src/observe/mod.ts";
import {
  type Box,
  type BoxProcess,
  BUILTINS,
  openTrace,
  openWorkload,
  type OpSource,
  type ThreadTurn,
  type Workload,
  workload,
} from "../../src/workload/mod.ts";
import { workloads } from "./random_ops.ts";

/** A machine that can be made any number of times. */
export interface Scene {
  /** What failures call it. */
  readonly name: string;
  /** NUMA nodes. */
  readonly nodes: number;
  /** Seed of the machine. */
  readonly seed: number;
  /** Starts its workload. */
  open(): OpSource;
}

/** Bytes of checkpoints: so few that some have to go. */
const CHECKPOINT_BYTES = 1 << 20;

const PAGES = 24;

/** A machine at its beginning, with its history. */
export function timelineOf(
  { name, nodes, seed, open }: Scene,
  checkpointBytes = CHECKPOINT_BYTES,
): Timeline {
  const machine = new Machine({ nodes, timed: { seed } });
  const limits = { checkpointBytes, intervalMillis: 3 };
  const history = new MachineHistory(machine, open, limits);
  return new Timeline(name, history);
}

/** Goes on in these strides, a sample after each; the samples, the one at the beginning included. */
export function samplesOf(
  timeline: Timeline,
  strides: readonly Stride[],
): Snapshot[] {
  const samples = [timeline.snapshot()];
  for (const stride of strides) {
    timeline.advance(stride);
    const sample = timeline.snapshot();
    if (timeline.place.samples > samples.length) samples.push(sample);
  }
  return samples;
}

/** Mostly batches, as at a dashboard. */
export const strides: fc.Arbitrary<Stride[]> = fc.array(
  fc.constantFrom<Stride>("batch", "batch", "batch", "page"),
  { minLength: 5, maxLength: 40 },
);

/** A process whose threads overtake each other, and which lets others begin. */
function busy(box: Box, name: string, left: number): void {
  const process = box.process(name);
  const ram = process.mmap("ram", PAGES, { mergeable: true });
  // What a thread remembers from turn to turn is lost when nobody asks it again.
  let buffers = 0;
  process.every(0.4, "writer", (turn) => {
    const start = turn.randomInt(PAGES);
    ram.fill(start, 1, { kind: "mod", base: turn.randomInt(4), m: 4 });
    if (turn.random() < 0.2) ram.madvise("dontneed", start, 1);
    if (turn.random() < 0.2) ram.write(start, 8, Uint8Array.of(buffers % 256));
  });
  process.every(0.7, "mapper", (turn) => {
    const buffer = process.mmap(`buffer-${buffers++ % 3}`, 8);
    buffer.fill({ kind: "zero" });
    if (turn.random() < 0.5) buffer.write(0, 0, Uint8Array.of(buffers % 256));
    buffer.unmap();
  });
  process.every(1.1, "life", (turn) => {
    if (turn.number < 8) return change(process, turn);
    if (left > 0) busy(box, `${name}+`, left - 1);
    process.exit();
  }, { times: 9 });
}

function change(process: BoxProcess, turn: ThreadTurn): void {
  const ram = process.region("ram");
  if (turn.random() < 0.3) {
    ram.madvise(turn.random() < 0.5 ? "unmergeable" : "mergeable");
  }
  if (turn.number === 3) process.fork(`${process.name}'`).exit();
}

/** A script that remembers what it was told, and acts on it. */
function busyWorkload(pagesToScan: number): Workload {
  return workload("busy", function* (box) {
    box.knob("pages_to_scan", pagesToScan);
    box.knob("sleep_millisecs", 1);
    for (let number = 1; number <= 3; number++) busy(box, `p${number}`, 2);
    const spinner = box.process("spinner");
    const all = spinner.mmap("all", PAGES, { mergeable: true });
    spinner.forever("spin", ({ number }) => {
      all.fill({ kind: "mod", base: number % 5, m: 3 });
      all.write(number % PAGES, 0, "01");
    });
    box.compaction(3, 4);
    box.every(5, "admin", ({ number }) => {
      box.knob("smart_scan", number % 2);
      box.knob("max_page_sharing", number % 3 === 0 ? 2 : 256);
    });
    let most = 0;
    for (let scan = 0;; scan++) {
      const { counters } = yield* box.scanBatches(1 + box.randomInt(3));
      most = Math.max(most, counters.pagesSharing);
      box.sample(`scan ${scan}: at most ${most}`);
      box.sleep(box.randomInt(4));
      const note = box.process(`note-${scan}`);
      note.mmap("text", 2, { mergeable: true }).fill({
        kind: "const",
        byte: most % 256,
      });
    }
  }, { endless: true });
}

/** Scripts in which everything happens. */
export const busyScenes: fc.Arbitrary<Scene> = fc.record({
  seed: fc.nat(1000),
  pagesToScan: fc.constantFrom(3, 20, 100),
}).map(({ seed, pagesToScan }) => ({
  name: `busy, seed ${seed}, ${pagesToScan} pages a batch`,
  nodes: 1,
  seed,
  open: () => openWorkload(busyWorkload(pagesToScan), { seed }),
}));

/** The built-in scenes. */
export const builtinScenes: fc.Arbitrary<Scene> = fc.record({
  builtin: fc.constantFrom(...BUILTINS),
  seed: fc.nat(1000),
}).map(({ builtin, seed }) => ({
  name: `${builtin.name}, seed ${seed}`,
  nodes: builtin.nodes,
  seed,
  open: () => openWorkload(builtin, { seed }),
}));

/** Traces, in which ksmd and the processes take turns. */
export const traceScenes: fc.Arbitrary<Scene> = workloads(60).map((ops) => ({
  name: "trace",
  nodes: 1,
  seed: 1,
  open: () =>
    openTrace({
      format: "ksm-trace/1",
      name: "random",
      title: "random",
      tags: [],
      ops,
    }),
}));

/** All of them. */
export const scenes: fc.Arbitrary<Scene> = fc.oneof(
  builtinScenes,
  busyScenes,
  traceScenes,
);
