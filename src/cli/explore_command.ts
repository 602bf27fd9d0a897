/**
 * `explore`: every order of steps of tiny machines.
 *
 * @module
 */
import {
  closing,
  type Comparison,
  explain,
  type Scenario,
  type Variant,
} from "../explorer/mod.ts";
import type { SearchOptions, Strategy } from "../sim/explore/mod.ts";
import { EXIT } from "./exit.ts";
import {
  answersTo,
  complaints,
  printFailures,
  printResults,
  printTable,
  weighClaims,
} from "./explore/asking.ts";
import { evidenceFor } from "./explore/evidence_searches.ts";
import {
  comparable,
  compareVariants,
  printComparison,
  printComparisons,
} from "./explore/comparing.ts";
import { columnsOf, type Page, wrap } from "./explore/page.ts";
import { printPassage } from "./explore/passage_print.ts";
import { allQuestions, questionsOf } from "./explore/questions.ts";
import { printClaims, printSafety } from "./explore/scenario_print.ts";
import { showSchedule } from "./explore/schedule_show.ts";
import { Searchers, type TimedVerdict } from "./explore/searchers.ts";
import type { Streams } from "./streams.ts";
import { UserError } from "./user_error.ts";

/** What is explored, and how it is shown. */
export interface ExploreOptions {
  /** One scenario. */
  readonly scenario: Scenario | undefined;
  /** These variants only. */
  readonly variants: readonly Variant[];
  /** Whether every scenario is asked of every variant. */
  readonly all: boolean;
  /** Pre-emptions that a schedule may have. */
  readonly bound: number | undefined;
  /** How schedules are chosen. */
  readonly strategy: Strategy | undefined;
  /** Decides what is left to chance. */
  readonly seed: number | undefined;
  /** Two variants to compare. */
  readonly compare: readonly Variant[];
  /** Whether to tell the story. */
  readonly explain: boolean;
  /** A schedule to show. */
  readonly replay: string | undefined;
  /** Whether a schedule is printed even on a terminal. */
  readonly plain: boolean;
  /** Whether to print a JSON document. */
  readonly json: boolean;
  /** Whether to do without colours. */
  readonly noColor: boolean;
  /** Whether to do with ASCII characters. */
  readonly ascii: boolean;
}

/** Explores as told; answers the exit code. */
export async function explore(
  options: ExploreOptions,
  streams: Streams,
): Promise<number> {
  checkTogether(options);
  if (options.replay !== undefined) {
    const page = pageOf(options, streams);
    const onScreen = streams.isInteractive && !options.plain;
    return await showSchedule(options.replay, page, onScreen, streams);
  }
  const searchers = new Searchers(searchOptions(options), Infinity);
  try {
    if (options.compare.length > 0) {
      return await printCompared(options, searchers, streams);
    }
    return options.explain
      ? await tellStory(options, searchers, streams)
      : await ask(options, searchers, streams);
  } finally {
    searchers.close();
  }
}

/** The table, and what belongs below it. */
async function ask(
  options: ExploreOptions,
  searchers: Searchers,
  streams: Streams,
): Promise<number> {
  const { all, bound, json, scenario, variants } = options;
  const questions = questionsOf(options);
  const answers = answersTo(questions, searchers);
  const page = pageOf(options, streams);
  const verdicts = json
    ? await Array.fromAsync(answers)
    : await printTable(answers, bound, page, streams);
  const claims = await weighClaims(questions, bound, searchers);
  const lines = complaints(verdicts, claims, all);
  if (json) {
    streams.out(printResults(verdicts, claims, lines, bound));
    return exitOf(lines);
  }
  if (scenario !== undefined) {
    streams.out(printSafety(scenario, page) + printClaims(claims, page));
  }
  if (scenario !== undefined || variants.length > 0) {
    streams.out(printFailures(verdicts, page));
  } else if (!all) {
    for (const sentence of await sentencesFor(options, verdicts, searchers)) {
      streams.out(`\n${wrap(sentence, page.columns)}`);
    }
  }
  if (lines.length > 0) streams.out(`\n${lines.join("\n")}\n`);
  return exitOf(lines);
}

/** What the review asked is answered by every order only. */
async function sentencesFor(
  options: ExploreOptions,
  verdicts: readonly TimedVerdict[],
  searchers: Searchers,
): Promise<readonly string[]> {
  return isWhole(options) ? closing(await evidenceFor(verdicts, searchers)) : [
    "Only every order answers the review: leave out --bound and --strategy.",
  ];
}

function isWhole({ bound, strategy = "dfs" }: ExploreOptions): boolean {
  return bound === undefined && strategy === "dfs";
}

function exitOf(complaints: readonly string[]): number {
  return complaints.length > 0 ? EXIT.difference : EXIT.ok;
}

/** The story, once everything is searched. */
async function tellStory(
  options: ExploreOptions,
  searchers: Searchers,
  streams: Streams,
): Promise<number> {
  const questions = allQuestions();
  const verdicts = await Array.fromAsync(answersTo(questions, searchers));
  const claims = await weighClaims(questions, options.bound, searchers);
  const evidence = await evidenceFor(verdicts, searchers);
  const page = pageOf(options, streams);
  streams.out(
    explain(evidence).map((each) => printPassage(each, page)).join("\n"),
  );
  const lines = complaints(verdicts, claims, true);
  if (lines.length > 0) streams.out(`\n${lines.join("\n")}\n`);
  return exitOf(lines);
}

/** What two variants come to, machine by machine. */
async function printCompared(
  options: ExploreOptions,
  searchers: Searchers,
  streams: Streams,
): Promise<number> {
  const [first, second] = options.compare;
  const scenarios = comparable(first, second, options.scenario);
  const comparisons = compareVariants(first, second, scenarios, searchers);
  if (options.json) {
    const all: Comparison[] = await Array.fromAsync(comparisons);
    streams.out(printComparisons([first, second], all));
    return EXIT.ok;
  }
  const page = pageOf(options, streams);
  streams.out(`${first.name}: ${first.title}\n`);
  streams.out(`${second.name}: ${second.title}\n\n`);
  for await (const comparison of comparisons) {
    streams.out(printComparison(comparison, page));
  }
  return EXIT.ok;
}

function pageOf({ ascii, noColor }: ExploreOptions, streams: Streams): Page {
  const { isTerminal } = streams;
  const color = isTerminal && !noColor && !Deno.noColor;
  return { columns: columnsOf(isTerminal), ascii, color };
}

function searchOptions(options: ExploreOptions): SearchOptions {
  const { bound, seed, strategy } = options;
  return {
    ...(bound === undefined ? {} : { bound }),
    ...(seed === undefined ? {} : { seed }),
    ...(strategy === undefined ? {} : { strategy }),
  };
}

/**
 * Whether the options make sense together.
 *
 * @throws {UserError} They do not.
 */
function checkTogether(options: ExploreOptions): void {
  const { bound, compare, explain, json, replay, seed, strategy = "dfs" } =
    options;
  const modes = [
    ...(compare.length > 0 ? ["--compare"] : []),
    ...(explain ? ["--explain"] : []),
    ...(replay === undefined ? [] : ["--replay"]),
  ];
  if (modes.length > 1) {
    throw new UserError(`Cannot do ${modes.join(" and ")} at once`);
  }
  const [mode] = modes;
  if (mode !== undefined && (options.all || options.variants.length > 0)) {
    throw new UserError(
      `Cannot do ${mode} with a choice of variants: leave out --all and --variant`,
    );
  }
  if (mode !== undefined && mode !== "--compare" && options.scenario) {
    throw new UserError(`Cannot do ${mode} with a scenario: leave it out`);
  }
  if ((explain || replay !== undefined) && !isWhole(options)) {
    throw new UserError(
      `Cannot do ${mode} with a part of the orders: leave out --bound and ` +
        "--strategy",
    );
  }
  if (compare.length === 2 && compare[0] === compare[1]) {
    throw new UserError(
      `Cannot compare ${compare[0].name} with itself: name another variant`,
    );
  }
  if (options.plain && replay === undefined) {
    throw new UserError("Cannot use --plain: it goes with --replay only");
  }
  if (json && (explain || replay !== undefined)) {
    throw new UserError(`Cannot print ${mode} as JSON: leave out --json`);
  }
  if (bound !== undefined && strategy !== "dfs") {
    throw new UserError(
      `Cannot bound schedules drawn by ${strategy}: --bound goes with dfs only`,
    );
  }
  if (seed !== undefined && strategy === "dfs") {
    throw new UserError(
      "Cannot seed dfs, which leaves nothing to chance: --seed goes with pct " +
        "and random only",
    );
  }
}
