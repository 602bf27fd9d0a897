/**
 * The table of scenarios by variants.
 *
 * @module
 */
import type { Scenario } from "../../explorer/mod.ts";
import { groupDigits } from "../../observe/mod.ts";
import { green, red, yellow } from "../../std/fmt/colors.ts";
import { clip, type Page } from "./page.ts";
import type { TimedVerdict } from "./searchers.ts";

/** Columns of the table, whose last one has no end. */
const WIDTHS = { variant: 19, kind: 8, schedules: 9, steps: 9, time: 8 };

/** What stands above the rows of a scenario. */
export function scenarioHeading({ name, title }: Scenario, page: Page): string {
  const cells = row("variant", "kind", "schedules", "steps", "time", "verdict");
  return `${clip(`${name}: ${title}`, page.columns, page.ascii)}\n` +
    `${clip(cells, page.columns, page.ascii)}\n`;
}

/** A row, and below it what went wrong, if something did. */
export function verdictRow(
  found: TimedVerdict,
  bound: number | undefined,
  page: Page,
): string {
  const { failure, schedules, seconds, steps, variant } = found;
  const cells = row(
    variant.name,
    variant.kind,
    groupDigits(schedules),
    groupDigits(steps),
    `${groupDigits(seconds, 2)} s`,
    "",
  );
  const line = `${cells}${painted(found, verdictText(found, bound), page)}\n`;
  if (failure === undefined) return line;
  const texts = [failure.property, failure.schedule];
  const joined = `    ${texts.join(": ")}`;
  return line +
    (joined.length <= page.columns
      ? `${joined}\n`
      : texts.map((text) => `    ${text}\n`).join(""));
}

/** The verdict, with how much of the schedules it is about. */
export function verdictText(
  { exhaustive, verdict }: Pick<TimedVerdict, "exhaustive" | "verdict">,
  bound: number | undefined,
): string {
  if (verdict === "violated") return verdict;
  if (!exhaustive) return "holds so far";
  return bound === undefined ? "holds" : `holds, bound ${bound}`;
}

function row(
  variant: string,
  kind: string,
  schedules: string,
  steps: string,
  time: string,
  verdict: string,
): string {
  return [
    "",
    variant.padEnd(WIDTHS.variant),
    kind.padEnd(WIDTHS.kind),
    schedules.padStart(WIDTHS.schedules),
    steps.padStart(WIDTHS.steps),
    time.padStart(WIDTHS.time),
    verdict,
  ].join("  ");
}

/** Red is what must not be; yellow what is known of a variant. */
function painted(
  { variant, verdict }: TimedVerdict,
  text: string,
  { color }: Page,
): string {
  if (!color) return text;
  if (verdict === "holds") return green(text);
  return variant.kind === "own" ? red(text) : yellow(text);
}
