/**
 * All commands, as data.
 *
 * @module
 */
import { command } from "./command.ts";
import type { CommandTree } from "./commander.ts";
import { versionLine } from "./version.ts";

/** What ksmscope can be asked to do. */
export const COMMAND_TREE: CommandTree = {
  summary: "See what Kernel Samepage Merging does, from the inside",
  fallback: "dashboard",
  commands: [
    command({
      name: "version",
      summary: "print the version",
      example: "version",
      parameters: {},
      run: (_, streams) => {
        streams.out(versionLine());
        return 0;
      },
    }),
  ],
};
