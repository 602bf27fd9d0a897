/**
 * The answer for the page under the cursor of the zoomed PAGE MAP.
 *
 * @module
 */
import {
  PAGE_STATES,
  type PageState,
  type Snapshot,
} from "../../observe/snapshot.ts";
import {
  Canvas,
  type CanvasElement,
  type Size,
  type Surface,
} from "../../tui/mod.ts";
import { placeText } from "../../observe/reason_text.ts";
import { absentText } from "../absence.ts";
import { type DashboardState, isRecording, type PagePoint } from "../state.ts";
import type { Symbols } from "../symbols.ts";
import { type WhyLine, whyLines } from "../why_lines.ts";
import { linesOf } from "./paragraph.ts";
import { putSpans, type Span } from "./span.ts";

/** Columns of the labels. */
const LABEL_COLUMNS = 12;

/** The state of a page on the map; missing where the page is not there. */
function stateOf(
  { processes }: Snapshot,
  { process, region, page }: PagePoint,
): PageState | undefined {
  const code = processes.find(({ name }) => name === process)
    ?.regions.find(({ name }) => name === region)?.pages.at(page);
  return code === undefined ? undefined : PAGE_STATES[code];
}

/** Which page it is, and what the map shows of it. */
function pageSpans(
  { snapshot, mapCursor }: DashboardState,
  { pages, pointer, styles }: Symbols,
): Span[] {
  if (mapCursor === undefined) return [{ text: "no page", dim: true }];
  const state = stateOf(snapshot, mapCursor);
  const name = [
    { text: `${pointer} `, bold: true },
    { text: placeText(mapCursor), bold: true },
  ];
  return state === undefined ? [...name, { text: "  is gone", dim: true }] : [
    ...name,
    { text: `  ${pages[state]} ${state}`, ...styles[`page-${state}`] },
  ];
}

/** A line with its label, on as many rows as it takes. */
function rowsOf({ label, text }: WhyLine, columns: number): Span[][] {
  if (label === "") {
    return linesOf(text, columns).map((line) => [{ text: line, bold: true }]);
  }
  return linesOf(text, columns - LABEL_COLUMNS).map((line, index) => [
    { text: (index === 0 ? label : "").padEnd(LABEL_COLUMNS), dim: true },
    { text: line },
  ]);
}

/** Why there is no answer, and how to get one. */
function absentLines(state: DashboardState): WhyLine[] {
  const absent = { label: "", text: absentText(state) };
  if (!isRecording(state)) return [absent];
  const text = "run the workload itself, and ask there";
  return [absent, { label: "next step", text }];
}

/** The answer to the page that is asked about now. */
function answerLines(state: DashboardState): WhyLine[] {
  const { details, mapCursor } = state;
  const asked = details.page;
  if (mapCursor === undefined || asked === undefined) return [];
  const { question, answer } = asked;
  const isIt = question.process === mapCursor.process &&
    question.region === mapCursor.region && question.page === mapCursor.page;
  if (!isIt) return [];
  return answer === undefined ? absentLines(state) : whyLines(answer);
}

/** Props of {@linkcode PageAnswer}. */
export interface PageAnswerProps {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** The room there is. */
  readonly size: Size;
  /** The characters to draw with. */
  readonly symbols: Symbols;
}

/** The page, why it is not merged, and what is known of it; what does not fit is cut off at the bottom. */
export function PageAnswer(props: PageAnswerProps): CanvasElement {
  const { state, size, symbols } = props;
  const rows = [
    pageSpans(state, symbols),
    ...answerLines(state).flatMap((line) => rowsOf(line, size.columns)),
  ];
  const draw = (surface: Surface): void =>
    rows.slice(0, surface.rows).forEach((spans, row) => {
      putSpans(surface, 0, row, spans, surface.columns);
    });
  return Canvas({ flexGrow: 1, draw });
}
