/** What the engine answers to the public traces, beside what the kernel answered. */
import {
  type MachineOptions,
  RefusedOp,
  replay,
} from "../../src/machine/mod.ts";
import {
  describeDifference,
  firstDifference,
  parseRecording,
  parseTrace,
} from "../../src/workload/mod.ts";

const FOLDER = new URL(".", import.meta.url);

/** Traces of machines with one node stand in the folder itself, those of two nodes in `numa/`. */
export const names: readonly string[] = ["", "numa/"].flatMap((folder) =>
  Array.from(
    Deno.readDirSync(new URL(`${folder}traces`, FOLDER)),
    (entry) => folder + entry.name.replace(/\.json$/, ""),
  ).sort()
);

/** The text of a trace, or of its recording. */
export function read(kind: "traces" | "recordings", name: string): string {
  const [file, folder] = name.split("/").reverse();
  const path = folder === undefined ? kind : `${folder}/${kind}`;
  return Deno.readTextFileSync(new URL(`${path}/${file}.json`, FOLDER));
}

/**
 * What is wrong with the engine's answer to a trace on a machine made with
 * `options`; undefined when the kernel answered the same.
 */
export function problem(
  name: string,
  options: MachineOptions = {},
): string | undefined {
  const trace = parseTrace(read("traces", name), name);
  const expected = parseRecording(read("recordings", name), name);
  try {
    const difference = firstDifference(expected, replay(trace, options));
    return difference && describeDifference(difference);
  } catch (error) {
    if (error instanceof RefusedOp) return error.message;
    throw error;
  }
}
