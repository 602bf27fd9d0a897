/**
 * From trace to recording.
 *
 * @module
 */
import { COUNTERS } from "../engine/ksm/mod.ts";
import {
  nodesOf,
  openTrace,
  type RecordedEvent,
  type Recording,
  recordingFormatOf,
  type Trace,
} from "../workload/mod.ts";
import { Driver } from "./driver.ts";
import { Machine, type MachineOptions } from "./machine.ts";

/**
 * Runs a whole trace on a new machine, and returns what the machine answered, in
 * the form of the kernel's recordings.
 *
 * @throws {RefusedOp} The trace has an operation that is not modelled.
 */
export function replay(trace: Trace, options: MachineOptions = {}): Recording {
  const events: RecordedEvent[] = [];
  const machine = new Machine({ nodes: nodesOf(trace.format), ...options });
  const driver = new Driver(machine, openTrace(trace), {
    record: (event) => events.push(event),
  });
  while (driver.advance("end") !== "end");
  return {
    format: recordingFormatOf(trace.format),
    trace: trace.name,
    cols: COUNTERS.map(({ sysfs }) => sysfs),
    events,
  };
}
