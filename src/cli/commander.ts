/**
 * Command tree and arguments brought together by Commander.
 *
 * Nothing else knows of Commander, but for the class of its errors.
 *
 * @module
 */
import {
  Command as CommanderCommand,
  Option,
} from "@commander-js/extra-typings";
import type { Command, HelpList } from "./command.ts";
import type { Parameter } from "./parameter.ts";
import type { Streams } from "./streams.ts";

/** How the program is started, as the examples in help show it. */
const PROGRAM = "deno run -A mod.ts";

/** Columns of help. */
const HELP_COLUMNS = 80;

/** What the arguments are read by. */
export interface CommandTree {
  /** What the program does, in a line. */
  readonly summary: string;
  /** The commands in the order of help. */
  readonly commands: readonly Command[];
  /** What `--version` prints. */
  readonly version: string;
  /** Name of the command that is meant when none is named. */
  readonly fallback: string;
}

/**
 * Reads the arguments and runs the command they name; answers the exit code.
 *
 * Commander would look at the environment for colours, end the process itself
 * and write where it likes: all that is taken from it, so that it needs no
 * permission.
 *
 * @throws {CommanderError} The arguments are not as help says, or help was asked for.
 */
export async function runCommand(
  tree: CommandTree,
  args: readonly string[],
  streams: Streams,
): Promise<number> {
  let exitCode = 0;
  const program = new CommanderCommand("ksmscope");
  program.description(tree.summary).exitOverride().configureOutput({
    writeOut: streams.out,
    writeErr: streams.err,
    outputError: () => {},
    getOutHelpWidth: () => HELP_COLUMNS,
    getErrHelpWidth: () => HELP_COLUMNS,
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  });
  program.usage("[command] [options]");
  program.version(tree.version, "--version", "print the version");
  const first = tree.commands.find(({ name }) => name === tree.fallback);
  if (first !== undefined) {
    program.addHelpText("after", exampleOf(first.example));
  }
  for (const command of tree.commands) {
    const isDefault = command.name === tree.fallback;
    const sub = program.command(command.name, { isDefault });
    sub.description(command.summary).addHelpText("after", tailOf(command));
    const given = addParameters(sub, command.parameters);
    sub.action(async () => {
      exitCode = await command.run(given, streams);
    });
  }
  await program.parseAsync(args, { from: "user" });
  return exitCode;
}

/** What stands below the options in help. */
function tailOf({ example, more = [] }: Command): string {
  return `${more.map(listOf).join("")}${exampleOf(example)}`;
}

function exampleOf(example: string): string {
  return `\nExample:\n  ${`${PROGRAM} ${example}`.trim()}`;
}

function listOf({ heading, rows }: HelpList): string {
  const texts = rows.flatMap(({ word, lines }) => [
    `  ${word}\n`,
    ...lines.map((line) => `      ${line}\n`),
  ]);
  return `\n${heading}:\n${texts.join("")}`;
}

/** Tells a command what it takes; answers where to find what was given. */
function addParameters(
  command: CommanderCommand,
  parameters: readonly Parameter<unknown>[],
): (parameter: Parameter<unknown>) => readonly string[] {
  const readers = new Map<Parameter<unknown>, () => readonly string[]>();
  let operands = 0;
  for (const parameter of parameters) {
    const { kind, spelling, help } = parameter;
    if (kind === "operand") {
      const place = operands++;
      command.argument(spelling, help);
      readers.set(parameter, () => command.args.slice(place, place + 1));
      continue;
    }
    const option = new Option(spelling, help);
    const texts: string[] = [];
    if (option.required) option.argParser((text) => texts.push(text));
    command.addOption(option);
    const name = option.attributeName();
    readers.set(parameter, () => {
      const isGiven = command.getOptionValueSource(name) === "cli";
      return option.required ? texts : isGiven ? [""] : [];
    });
  }
  return (parameter) => readers.get(parameter)?.() ?? [];
}
