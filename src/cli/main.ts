/**
 * The command line.
 *
 * @module
 */
import { COMMAND_TREE } from "./command_tree.ts";
import { runCommand } from "./commander.ts";
import { didYouMean } from "./did_you_mean.ts";
import { exitCodeOf } from "./exit.ts";
import { denoStreams, type Streams } from "./streams.ts";
import { UserError } from "./user_error.ts";
import { BUILTIN_NAMES, looksLikeWorkload } from "./workload_file.ts";

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
    checkFirstWord(args);
    return await runCommand(COMMAND_TREE, args, streams);
  } catch (error) {
    return exitCodeOf(error, streams);
  }
}

/**
 * The first word may be a command or, for the dashboard, a workload.
 *
 * @throws {UserError} It is neither.
 */
function checkFirstWord(args: readonly string[]): void {
  const [first, second] = args;
  const isHelp = first === "help";
  const word = isHelp ? second : first;
  const commands = ["help", ...COMMAND_TREE.commands.map(({ name }) => name)];
  if (word === undefined || word.startsWith("-")) return;
  if (commands.includes(word)) return;
  if (!isHelp && looksLikeWorkload(word)) return;
  const known = isHelp ? commands : [...commands, ...BUILTIN_NAMES];
  throw new UserError(
    isHelp
      ? `Cannot help with "${word}"${didYouMean(word, known)}; ` +
        `commands are ${commands.join(", ")}`
      : `Cannot find a command, built-in workload or file "${word}"` +
        `${didYouMean(word, known)}; help lists the commands`,
  );
}
