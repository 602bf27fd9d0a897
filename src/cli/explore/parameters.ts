/**
 * What `explore` takes.
 *
 * @module
 */
import { SCENARIOS } from "../../explorer/mod.ts";
import type { Strategy } from "../../sim/explore/mod.ts";
import type { HelpList } from "../command.ts";
import { didYouMean } from "../did_you_mean.ts";
import type { ExploreOptions } from "../explore_command.ts";
import { flag, option, type Parameter, repeatable } from "../parameter.ts";
import { UserError } from "../user_error.ts";
import { parseSeed } from "../values.ts";
import { ASKED_VARIANTS, scenarioNamed, variantNamed } from "./questions.ts";

const STRATEGIES: readonly Strategy[] = ["dfs", "pct", "random"];

/** `dfs`, `pct` or `random`. */
function parseStrategy(text: string): Strategy {
  const found = STRATEGIES.find((each) => each === text);
  if (found !== undefined) return found;
  throw new UserError(
    `Cannot search by strategy "${text}"${didYouMean(text, STRATEGIES)}; ` +
      `it must be one of ${STRATEGIES.join(", ")}`,
  );
}

/** Pre-emptions that a search can be bounded to; more than that is no bound. */
const BOUND_MAX = 100;

/** A whole number from 0. */
function parseBound(text: string): number {
  const bound = /^\d{1,3}$/.test(text) ? Number(text) : NaN;
  if (bound <= BOUND_MAX) return bound;
  throw new UserError(
    `Cannot bound pre-emptions to "${text}": it must be a whole number from ` +
      `0 to ${BOUND_MAX}`,
  );
}

/** The parameters, by the names under which the command gets their values. */
export const EXPLORE_PARAMETERS: {
  readonly [Name in keyof ExploreOptions]: Parameter<ExploreOptions[Name]>;
} = {
  scenario: {
    kind: "operand",
    spelling: "[scenario]",
    help: "one of the list below (default: a small table)",
    read: ([name]) => name === undefined ? undefined : scenarioNamed(name),
  },
  variants: repeatable(
    "--variant <name>",
    "ask of this variant only, one of the list below",
    variantNamed,
  ),
  all: flag("--all", "ask every scenario of all its variants"),
  bound: option(
    "--bound <number>",
    "leave an actor that could go on so many times at most in a schedule",
    parseBound,
  ),
  strategy: option(
    "--strategy <name>",
    "dfs: every order that matters; pct or random: orders drawn by chance " +
      "(default: dfs)",
    parseStrategy,
  ),
  seed: option(
    "--seed <number>",
    "seed of what is drawn by chance (default: 1)",
    parseSeed,
  ),
  compare: {
    kind: "option",
    spelling: "--compare <variants...>",
    help: "compare what two variants come to, over all schedules",
    read: (given) => {
      if (given.length === 0 || given.length === 2) {
        return given.map(variantNamed);
      }
      throw new UserError(
        `Cannot compare ${given.join(", ")}: --compare takes two variants; ` +
          "a scenario comes before it",
      );
    },
  },
  explain: flag("--explain", "tell the story of the protocol, by searching"),
  replay: option(
    "--replay <schedule>",
    "show a schedule step by step; exit 1 if it goes wrong",
    (text) => text,
  ),
  plain: flag("--plain", "print a schedule, even on a terminal"),
  json: flag("--json", "print a JSON document"),
  noColor: flag("--no-color", "do without colours, as NO_COLOR does"),
  ascii: flag("--ascii", "draw with ASCII characters only"),
};

/** What help says of the words that can be given. */
export const EXPLORE_HELP: readonly HelpList[] = [
  {
    heading: "Scenarios",
    rows: SCENARIOS.map(({ name, title }) => ({ word: name, lines: [title] })),
  },
  {
    heading: "Variants",
    rows: ASKED_VARIANTS.map(({ name, kind, title }) => ({
      word: `${name}, ${kind}`,
      lines: [title],
    })),
  },
];
