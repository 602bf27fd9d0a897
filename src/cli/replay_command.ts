/**
 * `replay`: a trace on the engine.
 *
 * @module
 */
import { Driver, Machine, replay } from "../machine/mod.ts";
import {
  describeDifference,
  firstDifference,
  nodesOf,
  openTrace,
  parseRecording,
  printRecording,
} from "../workload/mod.ts";
import { EXIT } from "./exit.ts";
import { readText } from "./files.ts";
import { replayHeadings, replayLines } from "./replay_table.ts";
import type { Streams } from "./streams.ts";
import { UserError } from "./user_error.ts";
import { readTrace } from "./workload_file.ts";

/** How a trace is replayed. */
export interface ReplayOptions {
  /** The trace. */
  readonly file: string;
  /** Whether the recording is printed as JSON. */
  readonly json: boolean;
  /** A recording to compare with. */
  readonly against: string | undefined;
}

/** Replays a trace and prints what the engine answered, or how that differs; answers the exit code. */
export function replayTrace(
  { file, json, against }: ReplayOptions,
  streams: Streams,
): number {
  if (json && against !== undefined) {
    throw new UserError(
      "Cannot print the recording and compare it: leave out --json or " +
        "--against",
    );
  }
  if (against !== undefined) return compare(file, against, streams);
  const { trace, files } = readTrace(file);
  if (json) {
    streams.out(printRecording(replay(trace, { files })));
    return EXIT.ok;
  }
  streams.out(replayHeadings(`${trace.name}: ${trace.title}`));
  const driver = new Driver(
    new Machine({ files, nodes: nodesOf(trace.format) }),
    openTrace(trace),
    {
      record: (event) => streams.out(replayLines(event)),
    },
  );
  while (driver.advance("end") !== "end");
  return EXIT.ok;
}

function compare(file: string, against: string, streams: Streams): number {
  const { trace, files } = readTrace(file);
  const expected = parseRecording(readText(against), against);
  const difference = firstDifference(expected, replay(trace, { files }));
  streams.out(
    difference === undefined
      ? "equal\n"
      : `${describeDifference(difference)}\n`,
  );
  return difference === undefined ? EXIT.ok : EXIT.difference;
}
