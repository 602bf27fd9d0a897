/**
 * How wide and with which characters explorations are printed.
 *
 * @module
 */

/** What lines may look like. */
export interface Page {
  /** Columns. */
  readonly columns: number;
  /** Whether to do with ASCII characters. */
  readonly ascii: boolean;
  /** Whether to use colours. */
  readonly color: boolean;
}

/** Columns where nobody says how many. */
export const COLUMNS = 80;

/** Columns below which lines are cut by the terminal, not by us. */
const COLUMNS_MIN = 40;

/** Columns of the terminal, or of a page where there is none. */
export function columnsOf(isTerminal: boolean): number {
  if (!isTerminal) return COLUMNS;
  try {
    return Math.max(COLUMNS_MIN, Deno.consoleSize().columns);
  } catch {
    return COLUMNS;
  }
}

/** A text that is at most so long; where it is longer, its end says so. */
export function clip(text: string, columns: number, ascii: boolean): string {
  if (text.length <= columns) return text;
  const end = ascii ? ">" : "…";
  return text.slice(0, Math.max(0, columns - 1)) + end.slice(0, columns);
}

/** Words on lines of at most so many columns; all but the first are indented. */
export function wrap(text: string, columns: number, indent = ""): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= columns) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(last === undefined ? word : indent + word);
  }
  return lines.map((line) => `${line}\n`).join("");
}
