/**
 * All commands, as data.
 *
 * @module
 */
import { THEME_NAMES } from "../dashboard/theme_names.ts";
import { BUILTINS } from "../workload/mod.ts";
import { command } from "./command.ts";
import type { CommandTree } from "./commander.ts";
import { showDashboard } from "./dashboard_command.ts";
import { DELAY_HELP, parseDelay } from "./delay.ts";
import { EXIT } from "./exit.ts";
import { explore } from "./explore_command.ts";
import { EXPLORE_HELP, EXPLORE_PARAMETERS } from "./explore/parameters.ts";
import { flag, option, optional, repeatable, required } from "./parameter.ts";
import { playSession } from "./play_command.ts";
import { replayTrace } from "./replay_command.ts";
import { runWorkload } from "./run_command.ts";
import { saveWorkload } from "./save_command.ts";
import {
  FORMAT_NAMES,
  parseFormat,
  parseKnob,
  parseNodes,
  parseSeed,
  parseSpeed,
  parseTheme,
  parseUntil,
} from "./values.ts";
import { KNOB_HELP } from "./knobs.ts";
import { versionLine } from "./version.ts";
import { findWorkload, loadWorkload } from "./workload_file.ts";

const WORKLOAD = "a built-in name, a .json trace, or a .ts or .js script";

/** What the dashboard shows when it is not told. */
const DEMO = BUILTINS[0].name;

const seed = option(
  "--seed <number>",
  "seed of all random numbers, the machine's too (default: 1)",
  parseSeed,
);

const knobs = repeatable(
  "--knob <name=value>",
  "set a knob before the workload starts",
  parseKnob,
);

const nodes = option(
  "--numa-nodes <number>",
  "NUMA nodes of the machine, 1 or 2 (default: as the workload says)",
  parseNodes,
);

const images = repeatable(
  "--image <file>",
  "instead of a workload: a guest with this file's pages as its memory",
  (path) => path,
);

const record = option(
  "--record <session>",
  "write what is seen to a file, for play",
  (path) => path,
);

const speed = option(
  "--speed <number>",
  "virtual seconds in a real one (default: 1)",
  parseSpeed,
);

const theme = option(
  "--theme <name>",
  `${THEME_NAMES.join(", ")} (default: ${THEME_NAMES[0]})`,
  parseTheme,
);

const noMouse = flag("--no-mouse", "leave the mouse to the terminal");

const noColor = flag("--no-color", "do without colours, as NO_COLOR does");

const ascii = flag("--ascii", "draw with ASCII characters only");

/** What ksmscope can be asked to do. */
export const COMMAND_TREE: CommandTree = {
  summary: "See what Kernel Samepage Merging does, from the inside",
  version: versionLine(),
  fallback: "dashboard",
  commands: [
    command({
      name: "dashboard",
      summary: "live view of the simulated machine running a workload",
      example: "dashboard demo-vms --speed 10",
      more: [KNOB_HELP],
      parameters: {
        workload: optional("workload", `${WORKLOAD} (default: ${DEMO})`),
        images,
        speed,
        seed,
        knobs,
        nodes,
        record,
        theme,
        noMouse,
        noColor,
        ascii,
      },
      run: async ({ workload, images, ...options }, streams) => {
        const word = images.length === 0 ? workload ?? DEMO : workload;
        const loaded = await findWorkload(word, images);
        return showDashboard(loaded, options, streams);
      },
    }),
    command({
      name: "run",
      summary: "run a workload and print samples of the counters",
      example: "run contention --until 3scans --seed 2 --lockstat",
      more: [KNOB_HELP, DELAY_HELP],
      parameters: {
        workload: optional("workload", WORKLOAD),
        images,
        format: option(
          "--format <name>",
          `${FORMAT_NAMES.join(", ")} (default: table)`,
          parseFormat,
        ),
        until: option(
          "--until <end>",
          "go on to so many full scans (10scans) or virtual seconds (30s)",
          parseUntil,
        ),
        seed,
        knobs,
        nodes,
        delays: repeatable(
          "--delay <time@site>",
          "let virtual time pass each time at a place in the code, such as " +
            "1ms@break_cow:mmap_lock",
          parseDelay,
        ),
        paranoid: flag(
          "--paranoid",
          "check the whole state after each step of each actor (slow)",
        ),
        lockStat: flag(
          "--lockstat",
          "after the samples, the text of /proc/lock_stat; with a table only: " +
            "the other formats have the figures in each sample",
        ),
        record,
      },
      run: async ({ workload, images, ...options }, streams) =>
        runWorkload(await findWorkload(workload, images), options, streams),
    }),
    command({
      name: "play",
      summary: "show a session that --record has written",
      example: "play session.jsonl --speed 4",
      parameters: {
        session: required("session", "the file"),
        format: option(
          "--format <name>",
          `print the samples: ${FORMAT_NAMES.join(", ")}`,
          parseFormat,
        ),
        speed,
        theme,
        noMouse,
        noColor,
        ascii,
      },
      run: playSession,
    }),
    command({
      name: "save",
      summary: "write a workload's operations as a trace",
      example: "save ksmpages -o ksmpages.json",
      parameters: {
        workload: required("workload", "a built-in name or a script"),
        output: option(
          "-o, --output <trace>",
          "the file to write, - for stdout",
          (path) => path,
        ),
        seed,
      },
      run: async ({ workload, ...options }, streams) =>
        saveWorkload(await loadWorkload(workload), options, streams),
    }),
    command({
      name: "replay",
      summary: "run a trace and print what the engine answered",
      example: "replay trace.json --against recording.json",
      parameters: {
        file: required("file", "a trace"),
        json: flag("--json", "print the recording as a JSON document"),
        against: option(
          "--against <recording>",
          "print the first difference from a recording; exit 1 if there is one",
          (path) => path,
        ),
      },
      run: replayTrace,
    }),
    command({
      name: "explore",
      summary: "try the page protocol in every order of steps",
      example: "explore unmap --variant v4 --variant no-check-after-pin",
      more: EXPLORE_HELP,
      parameters: EXPLORE_PARAMETERS,
      run: explore,
    }),
    command({
      name: "workloads",
      summary: "list the built-in workloads",
      example: "workloads",
      parameters: {},
      run: (_, streams) => {
        const width = Math.max(...BUILTINS.map(({ name }) => name.length));
        for (const { name, title } of BUILTINS) {
          streams.out(`${name.padEnd(width)}  ${title}\n`);
        }
        return EXIT.ok;
      },
    }),
    command({
      name: "version",
      summary: "print the version",
      example: "version",
      parameters: {},
      run: (_, streams) => {
        streams.out(`${versionLine()}\n`);
        return EXIT.ok;
      },
    }),
  ],
};
