/**
 * What a frame of 120x40 costs, the dashboard's own and one beside Ink:
 * milliseconds to build and draw it, and bytes to write. Beside Ink, all draw the
 * same screen with the same updates, turn by turn, so that what else the computer
 * does hits all alike; an emulator reads back that it is the same.
 */
import { Emulator } from "../golden/emulator.ts";
import { dashboard, demoSnapshots } from "./tui/dashboard.ts";
import { ink } from "./tui/ink.ts";
import {
  type Change,
  COLUMNS,
  type Contender,
  type FrameCost,
  ROWS,
} from "./tui/screen.ts";
import { toolkit } from "./tui/toolkit.tsx";

const FRAMES = 200;
const WARM_UP_FRAMES = 50;

/** The goal: so many times less time and bytes than Ink in its default mode. */
const TIMES_MIN = 5;

/** A running dashboard is to write less than so many bytes a frame. */
const BYTES_LIMIT = 4096;

const CHANGES: readonly Change[] = ["steady widths", "changing widths"];

const encoder = new TextEncoder();

/** A toolkit at work, and what its frames have cost. */
interface Run {
  readonly contender: Contender;
  readonly emulator: Emulator;
  readonly millis: number[];
  readonly bytes: number[];
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

function started(contender: Contender): Run {
  // Ink's terminal is higher; what it does not fill stays blank.
  const emulator = new Emulator({ columns: COLUMNS, rows: ROWS + 10 });
  return { contender, emulator, millis: [], bytes: [] };
}

/** Ink moves by line feeds, which a terminal device turns into new lines. */
async function show({ emulator }: Run, { output }: FrameCost): Promise<void> {
  await emulator.write(output.replaceAll("\n", "\r\n"));
}

async function measure(runs: readonly Run[]): Promise<void> {
  for (let frame = 1; frame <= WARM_UP_FRAMES + FRAMES; frame++) {
    for (const run of runs) {
      const cost = await run.contender.show(frame);
      await show(run, cost);
      if (frame <= WARM_UP_FRAMES) continue;
      run.millis.push(cost.millis);
      run.bytes.push(encoder.encode(cost.output).length);
    }
  }
}

function checkSame([first, ...others]: readonly Run[]): void {
  const shown = first.emulator.text();
  for (const { contender, emulator } of others) {
    if (emulator.text() === shown) continue;
    throw new Error(
      `${contender.name} shows something else:\n${emulator.text()}\n${shown}`,
    );
  }
}

function printRow([first, ...others]: readonly string[]): void {
  console.log(
    first.padEnd(20) + others.map((cell) => cell.padStart(16)).join(""),
  );
}

let allHold = true;

/** A figure, marked where it does not hold what is promised; this fails then. */
function bounded(text: string, holds: boolean, fault: string): string {
  allHold &&= holds;
  return holds ? text : `${text} ${fault}`;
}

function times(more: number, less: number, hasGoal: boolean): string {
  const ratio = more / less;
  const holds = !hasGoal || ratio >= TIMES_MIN;
  return bounded(ratio.toFixed(1), holds, "TOO FEW");
}

function print(change: Change, [own, ...others]: readonly Run[]): void {
  const [millis, bytes] = [median(own.millis), median(own.bytes)];
  printRow([change, "ms a frame", "times", "bytes a frame", "times"]);
  printRow([own.contender.name, millis.toFixed(3), "", String(bytes), ""]);
  others.forEach((run, index) => {
    const [slower, longer] = [median(run.millis), median(run.bytes)];
    const isDefault = index === 0;
    printRow([
      run.contender.name,
      slower.toFixed(3),
      times(slower, millis, isDefault),
      String(longer),
      times(longer, bytes, isDefault),
    ]);
  });
}

function printDashboard({ millis, bytes }: Run): void {
  const length = median(bytes);
  printRow(["", "ms a frame", "", "bytes a frame"]);
  printRow([
    "dashboard",
    median(millis).toFixed(3),
    "",
    bounded(String(length), length < BYTES_LIMIT, "TOO MANY"),
  ]);
}

console.log(
  `\nMedians of ${FRAMES} frames of ${COLUMNS}x${ROWS}. Bounds: Ink in its ` +
    `default mode takes at least ${TIMES_MIN} times the time and ${TIMES_MIN} ` +
    `times the bytes; the dashboard writes under ${BYTES_LIMIT} bytes. Where ` +
    "one does not hold, this fails.\n",
);
for (const change of CHANGES) {
  const runs = [toolkit(change), ink(change, false), ink(change, true)]
    .map(started);
  await measure(runs);
  checkSame(runs);
  print(change, runs);
  for (const { contender } of runs) contender.close();
}

const shown = started(dashboard(demoSnapshots(WARM_UP_FRAMES + FRAMES)));
await measure([shown]);
printDashboard(shown);
shown.contender.close();
// What Ink does at the end of the process would undo a mere exit code.
if (!allHold) Deno.exit(1);
