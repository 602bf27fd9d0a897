/**
 * The engine's tracepoints beside the kernel's, for the same traces.
 *
 * @module
 */
import { Driver, Machine } from "../../src/machine/mod.ts";
import { openTrace, type Trace } from "../../src/workload/mod.ts";
import { EventNames, seenByEngine, seenByKernel } from "./event_names.ts";
import { withKsmEvents } from "./ftrace.ts";
import { record } from "./kernel_recorder.ts";
import { randomTrace } from "./random_trace.ts";

/** Says how many traces gave the same events; true when all did, or where the kernel does not trace. */
export function compareTracepoints(seed: number, count: number): boolean {
  const traces = Array.from(
    { length: count },
    (_, index) => randomTrace(seed + index),
  );
  const kernels = kernelEvents(traces);
  if (kernels === undefined) {
    console.log("tracepoints skipped: This kernel has no tracefs");
    return true;
  }
  let compared = 0;
  let events = 0;
  let different = 0;
  for (const [index, trace] of traces.entries()) {
    const expected = kernels[index];
    if (expected === undefined) continue;
    compared++;
    events += expected.length;
    const problem = eventDifference(expected, engineEvents(trace));
    if (problem === undefined) continue;
    different++;
    console.log(`${trace.name} has other events: ${problem}`);
  }
  console.log(
    `tracepoints of ${compared} traces, ${events} events: ${different} different`,
  );
  return different === 0;
}

/** The kernel's events, for each trace that can be recorded; undefined where the kernel does not trace. */
export function kernelEvents(
  traces: readonly Trace[],
): (string[] | undefined)[] | undefined {
  return withKsmEvents(({ marker, clear, lines }) =>
    traces.map((trace) => {
      clear();
      const [answer] = record([trace], { marker });
      return answer.outcome === "recorded" ? markedEvents(lines()) : undefined;
    })
  );
}

/** The events between the marks of the recorder. */
function markedEvents(lines: readonly string[]): string[] {
  const mark = (word: string) =>
    lines.findIndex((line) => line.includes(`tracing_mark_write: ${word} `));
  const names = new EventNames();
  return lines.slice(mark("begin"), mark("end")).flatMap((line) => {
    const seen = seenByKernel(line);
    return seen === undefined ? [] : [names.words(seen)];
  });
}

/** The engine's events. */
export function engineEvents(trace: Trace): string[] {
  const machine = new Machine();
  const names = new EventNames();
  const events: string[] = [];
  machine.ksm.observer = (point) =>
    events.push(names.words(seenByEngine(point)));
  const driver = new Driver(machine, openTrace(trace));
  while (driver.advance("end") !== "end");
  return events;
}

/** The first event that differs. */
export function eventDifference(
  expected: readonly string[],
  found: readonly string[],
): string | undefined {
  const length = Math.max(expected.length, found.length);
  for (let index = 0; index < length; index++) {
    const [want, got] = [expected[index], found[index]];
    if (want === got) continue;
    return `event ${index}: expected ${want ?? "none"}, found ${got ?? "none"}`;
  }
  return undefined;
}
