/**
 * A picture as text, for files.
 *
 * @module
 */
import type { Element } from "./element.ts";
import { paint } from "./paint.ts";
import type { Screen } from "./screen.ts";

/** What a screen would show, as lines without the spaces at their ends. */
export function pictureText(element: Element, screen: Screen): string {
  const lines = paint(element, screen).cells.lines();
  return lines.map((line) => `${line.trimEnd()}\n`).join("");
}
