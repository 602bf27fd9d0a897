/**
 * The real kernel of this machine, asked for recordings.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import {
  parseRecording,
  printTrace,
  type Recording,
  type Trace,
} from "../../src/workload/mod.ts";

const RECORDER: string = fileURLToPath(new URL("recorder", import.meta.url));
const KSM = "/sys/kernel/mm/ksm";

/** What the kernel answered to a trace, or why there is no answer. */
export type Answer =
  | {
    readonly outcome: "recorded";
    readonly recording: Recording;
    /** As the recorder wrote it. */
    readonly text: string;
  }
  /** Runs of one trace differ from each other. */
  | { readonly outcome: "flaky" }
  /** The recorder could not step the trace. */
  | { readonly outcome: "refused"; readonly reason: string };

/** How to record. */
export interface RecordOptions {
  /** Runs of each trace; all but the first with delays between operations. 1 when missing. */
  readonly runs?: number;
  /** With delays in the first run too, drawn from this seed. */
  readonly jitter?: number;
  /** A file that gets a line before the first operation and one after the last. */
  readonly marker?: string;
}

/** Why this machine cannot record; undefined when it can. Builds the recorder. */
export function unfitReason(): string | undefined {
  if (Deno.build.os !== "linux") return "This is no Linux";
  if (Deno.uid() !== 0) return "Only root may write KSM's knobs";
  try {
    Deno.readTextFileSync(`${KSM}/advisor_mode`);
  } catch {
    return `The kernel has no KSM with an advisor: no ${KSM}/advisor_mode`;
  }
  for (const program of ["python3", "gcc", "make"]) {
    if (!starts(program)) return `There is no ${program}`;
  }
  const built = command("make", "-s", "-C", RECORDER, "agent");
  if (!built.success) return `Cannot build the recorder: ${built.errors}`;
  const users = foreignUsers();
  return users.length > 0
    ? `Other processes use KSM: ${users.join(", ")}`
    : undefined;
}

/** Processes that have memory for KSM. */
function foreignUsers(): string[] {
  const lines =
    "import runner; lock = runner.locked(); print(*runner.foreign())";
  const { output } = command("python3", "-c", PATH_FIRST + lines);
  return output.split(/\s+/).filter((pid) => pid !== "");
}

const PATH_FIRST = `import sys; sys.path.insert(0, ${
  JSON.stringify(RECORDER)
}); `;

/** Whether a run of the recorder leaves all knobs as they were, however it ends. */
export function knobsKept(): { held: boolean; text: string } {
  const { success, output, errors } = command(
    "python3",
    `${RECORDER}/knobs_kept.py`,
  );
  return { held: success, text: (output + errors).trim() };
}

/** Records traces, in their order. */
export function record(
  traces: readonly Trace[],
  { runs = 1, jitter, marker }: RecordOptions = {},
): Answer[] {
  const folder = Deno.makeTempDirSync({ prefix: "ksmscope-" });
  try {
    const paths = traces.map((trace) => {
      const path = `${folder}/${trace.name}.trace`;
      Deno.writeTextFileSync(path, printTrace(trace));
      return path;
    });
    const delays = jitter === undefined ? [] : ["--jitter", String(jitter)];
    const marks = marker === undefined ? [] : ["--marker", marker];
    const { errors } = command(
      "python3",
      `${RECORDER}/runner.py`,
      ...["--runs", String(runs), "-o", folder, ...delays, ...marks, ...paths],
    );
    return traces.map(({ name }) => answer(folder, name, errors));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function answer(folder: string, name: string, errors: string): Answer {
  const path = `${folder}/${name}.json`;
  const text = textOf(path);
  if (text !== undefined) {
    const recording = parseRecording(text, path);
    return { outcome: "recorded", recording, text };
  }
  const lines = errors.split("\n");
  if (lines.some((line) => line.startsWith(`FLAKY ${name} `))) {
    return { outcome: "flaky" };
  }
  const skew = lines.find((line) =>
    line.startsWith("SKEW ") && line.includes(`/${name}.trace`)
  );
  if (skew === undefined) throw new Error(`The recorder failed: ${errors}`);
  return { outcome: "refused", reason: skew.replace(/^.*\.trace: /, "") };
}

function textOf(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

interface Finished {
  readonly success: boolean;
  readonly output: string;
  readonly errors: string;
}

/** Runs a program to its end. */
export function command(program: string, ...args: string[]): Finished {
  const { success, stdout, stderr } = new Deno.Command(program, { args })
    .outputSync();
  const [output, errors] = [stdout, stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  return { success, output, errors };
}

function starts(program: string): boolean {
  try {
    return command(program, "--version").success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
