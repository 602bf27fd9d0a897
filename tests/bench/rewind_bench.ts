/**
 * How long it takes to go back, after ten virtual minutes of a scene: by one
 * sample, by a minute, to anywhere, to the event before, and on from the middle
 * another way.
 *
 * The scene runs batch by batch with a sample every 50 virtual milliseconds, as
 * at the dashboard, and no longer than it has something to do. Fails when a way
 * back takes too long. Other minutes and scenes can be named:
 * `rewind_bench.ts 2 numa contention`.
 */
import { Machine, MachineHistory } from "../../src/machine/mod.ts";
import { type Stop, Timeline } from "../../src/observe/mod.ts";
import { BUILTINS, openWorkload } from "../../src/workload/mod.ts";

const [minutes = "10", ...names] = Deno.args;
const RUN_MILLIS = Number(minutes) * 60_000;
const SAMPLE_MILLIS = 50;
const JUMPS = 40;
const SCENES = names.length > 0 ? names : ["demo-vms"];

/** Milliseconds that each way back may take. */
const MOST = 1000;

/** Goes where few jumps are near each other: the same places in each run. */
const GOLDEN_RATIO = 0.618033988749895;

interface Rewind {
  readonly timeline: Timeline;
  readonly machine: Machine;
  readonly history: MachineHistory;
  readonly runMillis: number;
}

function run(name: string): Rewind {
  const scene = BUILTINS.find((each) => each.name === name);
  if (scene === undefined) throw new RangeError(`There is no scene ${name}`);
  const machine = new Machine({ nodes: scene.nodes, timed: {} });
  const history = new MachineHistory(machine, () => openWorkload(scene));
  const timeline = new Timeline(name, history);
  const runMillis = measured(() => {
    let stop: Stop | undefined;
    for (let next = 0; next <= RUN_MILLIS; next += SAMPLE_MILLIS) {
      while (machine.timeMillis < next && stop !== "end") {
        stop = timeline.advance("batch");
      }
      timeline.snapshot();
      if (stop === "end") break;
    }
  });
  return { timeline, machine, history, runMillis };
}

function measured(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function row(name: string, values: readonly (number | string)[]): void {
  const cells = values.map((value) =>
    (typeof value === "number" ? value.toFixed(1) : value).padStart(14)
  );
  console.log(name.padEnd(14) + cells.join(""));
}

console.log(
  `After ${minutes} virtual minutes, in milliseconds; at most ${MOST} for each way back`,
);
row("scene", [
  "ended at",
  "run",
  "checkpoints",
  "MiB",
  "one sample",
  "a minute",
  "jump, median",
  "jump, worst",
  "event before",
  "branch",
]);
for (const name of SCENES) {
  const { timeline, machine, history, runMillis } = run(name);
  const { timeMillis } = machine;
  const { checkpointCount, checkpointBytes } = history;
  const one = measured(() => timeline.back(1));
  timeline.toEnd();
  const event = measured(() => timeline.toPreviousEvent());
  timeline.toEnd();
  const minute = measured(() => timeline.back(60_000 / SAMPLE_MILLIS));
  timeline.toEnd();
  const jumps: number[] = [];
  for (let jump = 1; jump <= JUMPS; jump++) {
    const at = timeMillis * ((jump * GOLDEN_RATIO) % 1);
    jumps.push(measured(() => timeline.toTime(at)));
  }
  timeline.toTime(timeMillis / 2);
  const branch = measured(() => timeline.branch());
  jumps.sort((a, b) => a - b);
  const worst = Math.max(one, minute, event, ...jumps);
  row(name, [
    `${Math.round(timeMillis / 1000)} s`,
    runMillis,
    `${checkpointCount}`,
    checkpointBytes / (1 << 20),
    one,
    minute,
    jumps[JUMPS >> 1],
    jumps[JUMPS - 1],
    event,
    branch,
  ]);
  if (worst <= MOST) continue;
  console.error(`${name}: ${worst.toFixed(0)} ms is too long`);
  Deno.exitCode = 1;
}
