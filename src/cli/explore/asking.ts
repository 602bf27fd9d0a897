/**
 * Questions asked, and their answers printed as they come.
 *
 * @module
 */
import {
  isRefuted,
  parsePlace,
  tell,
  type Verdict,
  weigh,
  type WeighedClaim,
} from "../../explorer/mod.ts";
import type { Streams } from "../streams.ts";
import type { Page } from "./page.ts";
import type { Question } from "./questions.ts";
import { printSchedule } from "./schedule_print.ts";
import type { Searchers, TimedVerdict } from "./searchers.ts";
import { scenarioHeading, verdictRow } from "./table.ts";

/** The answers, in the order of the questions; all are searched for at the same time. */
export async function* answersTo(
  questions: readonly Question[],
  searchers: Searchers,
): AsyncGenerator<TimedVerdict, void, void> {
  const coming = questions.map(({ scenario, variant }) =>
    searchers.verdict(scenario, variant)
  );
  // A rejection is thrown where its answer is due.
  for (const each of coming) each.catch(() => {});
  for (const each of coming) yield await each;
}

/** What the search says of the claims about what is asked, in the order in which they are made. */
export async function weighClaims(
  questions: readonly Question[],
  bound: number | undefined,
  searchers: Searchers,
): Promise<WeighedClaim[]> {
  const asked = Map.groupBy(questions, ({ scenario }) => scenario);
  const weighed = await Promise.all(
    Array.from(asked).flatMap(([scenario, about]) =>
      scenario.claims.map(async (claim) => {
        const variant = about
          .find(({ variant }) => variant.name === claim.variant)?.variant;
        if (variant === undefined) return [];
        const coming = scenario.cases.map((each) =>
          searchers.outcomes(scenario, each, variant)
        );
        const results = await Promise.all(coming);
        return [weigh(scenario, variant, claim, results, bound)];
      })
    ),
  );
  return weighed.flat();
}

/** Prints the table, row by row. */
export async function printTable(
  answers: AsyncIterable<TimedVerdict>,
  bound: number | undefined,
  page: Page,
  streams: Streams,
): Promise<TimedVerdict[]> {
  const all: TimedVerdict[] = [];
  for await (const answer of answers) {
    const { scenario } = answer;
    if (scenario !== all.at(-1)?.scenario) {
      if (all.length > 0) streams.out("\n");
      streams.out(scenarioHeading(scenario, page));
    }
    streams.out(verdictRow(answer, bound, page));
    all.push(answer);
  }
  return all;
}

/** The schedules that went wrong, as lanes. */
export function printFailures(
  verdicts: readonly Verdict[],
  page: Page,
): string {
  return verdicts.map(({ failure }) => {
    if (failure === undefined) return "";
    const place = parsePlace(failure.schedule);
    return `\n${printSchedule(place, tell(place), page)}`;
  }).join("");
}

/** The answers as a JSON document. */
export function printResults(
  verdicts: readonly TimedVerdict[],
  claims: readonly WeighedClaim[],
  complaints: readonly string[],
  bound: number | undefined,
): string {
  const results = verdicts.map((verdict) => {
    const { failure, scenario, seconds, variant } = verdict;
    return JSON.stringify({
      scenario: scenario.name,
      variant: variant.name,
      schedules: verdict.schedules,
      steps: verdict.steps,
      exhaustive: verdict.exhaustive,
      bound: bound ?? null,
      verdict: verdict.verdict,
      property: failure?.property,
      schedule: failure?.schedule,
      seconds: Number(seconds.toFixed(3)),
    });
  });
  const weighed = claims.map((each) => {
    const { claim, exhaustive, scenario, schedule } = each;
    return JSON.stringify({
      scenario: scenario.name,
      variant: claim.variant,
      text: claim.text,
      reachable: claim.reachable,
      exhaustive,
      refuted: isRefuted(each),
      schedule,
    });
  });
  return `{"results":[\n${results.join(",\n")}\n],"claims":[\n` +
    `${weighed.join(",\n")}\n],"complaints":${JSON.stringify(complaints)}}\n`;
}

/** What a run should have shown and has not: a line for each. */
export function complaints(
  verdicts: readonly Verdict[],
  claims: readonly WeighedClaim[],
  isWhole: boolean,
): string[] {
  const own = verdicts
    .filter(({ variant, verdict }) =>
      variant.kind === "own" && verdict === "violated"
    )
    .map(({ scenario }) =>
      `The engine's own protocol is violated in ${scenario.name}`
    );
  const caught = new Set(
    verdicts.filter(({ verdict }) => verdict === "violated")
      .map(({ variant }) => variant.name),
  );
  const missed = new Set(
    verdicts.map(({ variant }) => variant)
      .filter(({ kind, name }) =>
        isWhole && kind === "broken" && !caught.has(name)
      )
      .map(({ name }) => name),
  );
  return [
    ...own,
    ...[...missed].map((name) =>
      `No scenario catches the broken variant ${name}`
    ),
    ...claims.filter(isRefuted).map(({ claim, scenario }) =>
      `Not so in ${scenario.name}, ${claim.variant}: ${claim.text}`
    ),
  ];
}
