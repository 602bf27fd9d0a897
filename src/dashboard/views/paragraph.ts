/**
 * Text in lines of words, so that one knows how many there are.
 *
 * @module
 */
import { textWidth } from "../../tui/mod.ts";

/** The lines of a text, none wider than `columns` but for single words. */
export function linesOf(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && textWidth(longer) > columns) lines.push(word);
    else lines[Math.max(0, lines.length - 1)] = longer;
  }
  return lines;
}
