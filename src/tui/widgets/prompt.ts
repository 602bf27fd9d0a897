/**
 * {@linkcode Prompt}: a line of text to edit, and what is wrong with it.
 *
 * @module
 */
import { Canvas } from "../canvas.ts";
import type { CanvasElement } from "../element.ts";
import { type Grapheme, graphemes, textWidth } from "../grapheme.ts";
import type { PlaceProps } from "../layout_props.ts";
import type { Surface } from "../surface.ts";
import type { PromptState } from "./prompt_state.ts";

/** Says what is wrong with a text, and what would be right; nothing where it is fine. */
export type Validate = (text: string) => string | undefined;

/** Props of {@linkcode Prompt}. */
export interface PromptProps extends PlaceProps {
  /** Stands before the text. */
  readonly label: string;
  /** The text and the cursor. */
  readonly state: PromptState;
  /** Judges the text; what it says stands in a second line, so that the user knows before enter is pressed. */
  readonly validate?: Validate | undefined;
  /** Stands in the second line while nothing is wrong. */
  readonly hint?: string | undefined;
}

/** The first grapheme seen: as few are left out as needed for the cursor to be seen. */
function firstSeen(
  parts: readonly Grapheme[],
  cursor: number,
  room: number,
): number {
  let first = Math.min(cursor, parts.length);
  let width = parts[first]?.width ?? 1;
  while (first > 0 && width + parts[first - 1].width <= room) {
    first--;
    width += parts[first].width;
  }
  return first;
}

function drawText(surface: Surface, state: PromptState, left: number): void {
  const { columns, styles } = surface;
  const parts = graphemes(state.text).filter(({ width }) => width > 0);
  const cursor = Math.max(0, Math.min(state.cursor, parts.length));
  const end: Grapheme = { text: " ", width: 1 };
  const first = firstSeen(parts, cursor, columns - left);
  let column = left;
  for (let index = first; index <= parts.length; index++) {
    if (column >= columns) return;
    const { text, width } = parts[index] ?? end;
    const area = { left: column, top: 0, columns: width, rows: 1 };
    surface.mark({ kind: "grapheme", index }, area);
    column += surface.put(
      column,
      0,
      text,
      index === cursor ? styles.cursor : {},
    );
  }
}

function drawPrompt(
  surface: Surface,
  { label, state, validate, hint = "" }: PromptProps,
): void {
  const { columns, rows, glyphs, styles } = surface;
  // A label that leaves no room for a few letters goes.
  const wanted = textWidth(label) + 1;
  const left = wanted + 4 <= columns ? wanted : 0;
  if (left > 0) surface.put(0, 0, label, styles.accent);
  drawText(surface, state, left);
  if (rows < 2) return;
  const problem = validate?.(state.text);
  if (problem === undefined) surface.put(0, 1, hint, styles.faint);
  else surface.put(0, 1, `${glyphs.bad} ${problem}`, styles.bad);
}

/**
 * A line of text with its cursor; with `validate`, what is wrong with it stands
 * below as it is typed. Enter and escape are the app's own keys:
 *
 * ```tsx
 * import assert from "node:assert/strict";
 * import {
 *   type App,
 *   EMPTY_PROMPT,
 *   Prompt,
 *   type PromptAction,
 *   promptAction,
 *   updatePrompt,
 * } from "ksmscope/tui";
 * import { mount } from "ksmscope/tui/testing";
 *
 * const validate = (text: string) =>
 *   /^\d+$/.test(text) ? undefined : "expected a number";
 *
 * const app: App<typeof EMPTY_PROMPT, PromptAction> = {
 *   init: EMPTY_PROMPT,
 *   update: updatePrompt,
 *   view: (state) => <Prompt label="pages:" state={state} validate={validate} />,
 *   on: (event) =>
 *     event.kind === "key" || event.kind === "paste"
 *       ? promptAction(event)
 *       : undefined,
 *   keys: () => [],
 *   ended: () => false,
 * };
 *
 * const screen = mount(app, { columns: 20, rows: 2 });
 * screen.type("10x");
 * assert.equal(screen.frame(), "pages: 10x\n✗ expected a number");
 * screen.press("backspace");
 * assert.equal(screen.frame(), "pages: 10\n");
 * ```
 */
export function Prompt(props: PromptProps): CanvasElement {
  const { label, state, validate, hint, ...place } = props;
  const shown = { label, state, validate, hint };
  const rows = validate === undefined && hint === undefined ? 1 : 2;
  return Canvas({
    flexGrow: 1,
    ...place,
    natural: { columns: textWidth(label) + textWidth(state.text) + 2, rows },
    draw: (surface) => drawPrompt(surface, shown),
  });
}
