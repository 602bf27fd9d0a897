/**
 * One schedule, as text.
 *
 * @module
 */
import { type Place, printPlace, type Story } from "../../explorer/mod.ts";
import { lanesOf } from "./lanes.ts";
import { type Page, wrap } from "./page.ts";

/** The line that shows a schedule again. */
export function replayLine(schedule: string): string {
  return `explore --replay '${schedule}'`;
}

/** What a schedule is of. */
export function placeTitle({ scenario, variant, case: which }: Place): string {
  return `${scenario.name} (${which.name}), ${variant.name}: ${variant.title}`;
}

/** A schedule's lanes, what it comes to, and how to see it again. */
export function printSchedule(place: Place, story: Story, page: Page): string {
  const { header, rows } = lanesOf(story, page);
  const { scenario, variant, case: which, schedule } = place;
  const text = printPlace(scenario, variant, which, schedule);
  return wrap(placeTitle(place), page.columns, "  ") +
    [header, ...rows].map((line) => `${line}\n`).join("") +
    wrap(endOf(story), page.columns, "  ") +
    `${replayLine(text)}\n`;
}

/** What a schedule has come to. */
export function endOf({ failure, outcome }: Story): string {
  if (failure !== undefined) return `violated: ${failure}`;
  return outcome === undefined
    ? "not at its end: somebody can go on"
    : `ends well: ${outcome}`;
}
