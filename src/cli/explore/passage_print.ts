/**
 * One part of the story, as text.
 *
 * @module
 */
import { parsePlace, type Passage, tell } from "../../explorer/mod.ts";
import { bold } from "../../std/fmt/colors.ts";
import { type Page, wrap } from "./page.ts";
import { printSchedule } from "./schedule_print.ts";

/** Heading, paragraphs, and the schedule as lanes. */
export function printPassage(passage: Passage, page: Page): string {
  const { heading, paragraphs, schedule } = passage;
  const head = page.color ? bold(heading) : heading;
  const texts = paragraphs.map((text) => `\n${wrap(text, page.columns)}`);
  if (schedule === undefined) return `${head}\n${texts.join("")}`;
  const place = parsePlace(schedule);
  const lanes = printSchedule(place, tell(place), page);
  return `${head}\n${texts.join("")}\n${lanes}`;
}
