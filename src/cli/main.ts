/**
 * The command line.
 *
 * @module
 */
import { COMMAND_TREE } from "./command_tree.ts";
import { runCommand } from "./commander.ts";
import { exitCodeOf } from "./exit.ts";
import { denoStreams, type Streams } from "./streams.ts";

/** Does what the arguments say and ends the process. */
export async function main(args: readonly string[]): Promise<void> {
  Deno.exit(await exitCode(args, denoStreams()));
}

/** Does what the arguments say; answers the exit code. */
export async function exitCode(
  args: readonly string[],
  streams: Streams,
): Promise<number> {
  try {
    return await runCommand(COMMAND_TREE, args, streams);
  } catch (error) {
    return exitCodeOf(error, streams);
  }
}
