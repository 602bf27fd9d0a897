/**
 * A recording of the demo workload.
 *
 * @module
 */
import { Machine, MachineHistory } from "../../src/machine/mod.ts";
import {
  parseSession,
  type Session,
  SessionRecorder,
  type Snapshot,
  Timeline,
} from "../../src/observe/mod.ts";
import { demoVms } from "../../src/workload/builtin/demo_vms.ts";
import { openWorkload } from "../../src/workload/mod.ts";

/** A recording, and what was to be seen when it was made. */
export interface RecordedDemo {
  /** The session. */
  readonly session: Session;
  /** What was sampled. */
  readonly samples: readonly Snapshot[];
  /** The machine, which can go back to each of them. */
  readonly timeline: Timeline;
}

/** Records so many samples of the demo, two batches apart. */
export function recordedDemo(count: number): RecordedDemo {
  let text = "";
  const recorder = new SessionRecorder(
    (lines) => text += lines,
    demoVms.title,
  );
  const machine = new Machine({ timed: { seed: 1 } });
  const history = new MachineHistory(machine, () => openWorkload(demoVms));
  const timeline = new Timeline(demoVms.name, history, recorder);
  const samples = [timeline.snapshot()];
  while (samples.length < count) {
    timeline.advance("batch");
    timeline.advance("batch");
    const { sample } = timeline.place;
    const snapshot = timeline.snapshot();
    if (timeline.place.sample > sample) samples.push(snapshot);
  }
  return { session: parseSession(text, "s.jsonl"), samples, timeline };
}
