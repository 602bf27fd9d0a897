/**
 * Who is to notice that a copy of the project has a rule broken: the recorded
 * traces, or the search over all orders of steps.
 *
 * @module
 */

/** One who looks at a copy of the project; answers what is wrong with it, undefined if nothing is noticed. */
export type Trial = (folder: string) => Promise<string | undefined>;

/** What is stopped after this time never ends, which nobody can miss. */
const PATIENCE_MILLIS = 60_000;

const TRACES_TEST = "tests/conformance/replay_test.ts";

/** The tests of single traces, without the two whose names begin with `large-`. */
const SMALL_TRACES = "/^the engine answers ([^l]|l[^a])/";

/** Replays the recorded traces; answers the first that differs. */
export const replayTraces: Trial = async (folder) => {
  const { success, ended, output } = await deno(folder, [
    ...["test", "--allow-all", "--no-check", "--fail-fast"],
    ...["--filter", SMALL_TRACES, TRACES_TEST],
  ]);
  if (success) return undefined;
  if (!ended) return "it does not end";
  const trace = /^the engine answers (\S+) .*FAILED/m.exec(output)?.[1];
  if (trace !== undefined) return trace;
  throw new Error(`The traces did not run:\n${output}`);
};

/** The small table of `explore`; answers the first scenario in which the engine's own protocol is violated, or comes to something else than is said of it. */
export const explore: Trial = async (folder) => {
  const { success, ended, output } = await deno(folder, [
    ...["run", "--no-prompt", "--allow-read=src", "--no-check"],
    ...["mod.ts", "explore"],
  ]);
  if (success) return undefined;
  if (!ended) return "it does not end";
  const violated = /^The engine's own protocol is violated in (\S+)$/m;
  const refuted = /^Not so in (\S+), v4: /m;
  const scenario = (violated.exec(output) ?? refuted.exec(output))?.[1];
  if (scenario !== undefined) return `explore ${scenario}`;
  throw new Error(`The search did not end:\n${output}`);
};

/** Runs Deno in a folder. */
async function deno(
  folder: string,
  args: string[],
): Promise<{ success: boolean; ended: boolean; output: string }> {
  const process = new Deno.Command(Deno.execPath(), {
    args,
    cwd: folder,
    env: { NO_COLOR: "1" },
    signal: AbortSignal.timeout(PATIENCE_MILLIS),
    stdout: "piped",
    stderr: "piped",
  });
  const { success, stdout, stderr, signal } = await process.output();
  const [out, err] = [stdout, stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  return { success, ended: signal === null, output: `${out}${err}` };
}
