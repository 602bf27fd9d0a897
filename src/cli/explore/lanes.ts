/**
 * A schedule as lanes: one column for each actor, one line for each step, and at
 * the side the state where it changes.
 *
 * ```
 *      ksmd  owner  │ page             node
 *                   │ 1 ref, node 1    frame 1
 *   1  begins       │
 *   2  │     lock zap_pte_range:pt_lock
 * ```
 *
 * @module
 */
import type { Story } from "../../explorer/mod.ts";
import { clip, type Page } from "./page.ts";

/** A story laid out. */
export interface Lanes {
  /** What stands above. */
  readonly header: string;
  /** The beginning, and a row for each step. */
  readonly rows: readonly string[];
}

/** Between the columns. */
const GAP = 2;

/** The bar before the state, with a space on either side. */
const BAR = 3;

/** Columns that an actor has at least. */
const LANE_MIN = 5;

/** Columns that steps keep, however much there is to say of the state. */
const STEPS_MIN = 20;

/** Lays a story out. */
export function lanesOf(
  story: Story,
  page: Pick<Page, "columns" | "ascii">,
): Lanes {
  const widths = columnWidths(story);
  const left = numberWidth(story);
  const stateWidth = widths.reduce((sum, width) => sum + GAP + width, -GAP);
  const natural = Math.max(
    laneStart(story, story.actors.length),
    longest(story),
  );
  const room = Math.max(STEPS_MIN, page.columns - left - BAR - stateWidth);
  const steps = Math.min(natural, room);
  const bar = page.ascii ? "|" : "│";
  const line = (number: string, lanes: string, state: readonly string[]) => {
    const cells = state.map((text, at) => text.padEnd(widths[at]));
    const head = number.padStart(left - GAP) + " ".repeat(GAP);
    const body = clip(lanes, steps, page.ascii).padEnd(steps);
    const whole = `${head}${body} ${bar} ${cells.join(" ".repeat(GAP))}`;
    return clip(whole.trimEnd(), page.columns, page.ascii);
  };
  const names = story.actors.map((name, at) =>
    name.padEnd(laneStart(story, at + 1) - laneStart(story, at))
  );
  const rows = story.lines.map((_, at) =>
    line(`${at + 1}`, stepText(story, at, bar), changes(story, at))
  );
  return {
    header: line("", names.join("").trimEnd(), story.columns),
    rows: [line("", "", story.before), ...rows],
  };
}

/** The column where an actor's lane begins. */
function laneStart({ actors }: Story, actor: number): number {
  return actors.slice(0, actor)
    .reduce((sum, name) => sum + Math.max(LANE_MIN, name.length + GAP), 0);
}

/** What the step's actor does, in its lane, and that others are in the middle of something. */
function stepText(story: Story, at: number, bar: string): string {
  const { actor, text } = story.lines[at];
  let row = "";
  for (let other = 0; other < actor; other++) {
    row += isUnderWay(story, other, at) ? bar : " ";
    row = row.padEnd(laneStart(story, other + 1));
  }
  row += text;
  for (let other = actor + 1; other < story.actors.length; other++) {
    const start = laneStart(story, other);
    if (row.length >= start) continue;
    row = row.padEnd(start) + (isUnderWay(story, other, at) ? bar : " ");
  }
  return row.trimEnd();
}

/** Whether an actor has made a step, and will make another one. */
function isUnderWay({ lines }: Story, actor: number, at: number): boolean {
  return lines.slice(0, at).some((line) => line.actor === actor) &&
    lines.slice(at).some((line) => line.actor === actor);
}

/** The state after a step, where it is another one than before. */
function changes({ before, lines }: Story, at: number): string[] {
  const last = at === 0 ? before : lines[at - 1].state;
  return lines[at].state.map((text, column) =>
    text === last[column] ? "" : text
  );
}

function columnWidths({ before, columns, lines }: Story): number[] {
  return columns.map((heading, column) =>
    Math.max(
      heading.length,
      ...[before, ...lines.map(({ state }) => state)]
        .map((state) => state[column].length),
    )
  );
}

function numberWidth({ lines }: Story): number {
  return GAP + `${lines.length}`.length + GAP;
}

function longest(story: Story): number {
  return Math.max(
    0,
    ...story.lines.map(({ actor, text }) =>
      laneStart(story, actor) + text.length
    ),
  );
}
