/**
 * The screen that the toolkits draw: six panels of lines with a name, a bar and
 * a figure, of which three in ten change from frame to frame.
 *
 * @module
 */

/** Columns of the screen. */
export const COLUMNS = 120;
/** Rows of the screen. */
export const ROWS = 40;
/** Columns of a panel with its border. */
export const PANEL_COLUMNS = COLUMNS / 3;
/** Rows of a panel with its border. */
export const PANEL_ROWS = ROWS / 2;

/** Columns of a line's name. */
export const LABEL_COLUMNS = 14;

/** How figures change. */
export type Change =
  /** They keep their width, as on a screen whose columns do not jump. */
  | "steady widths"
  /** They have one to six digits, and all is laid out again. */
  | "changing widths";

/** One line of a panel. */
export interface Line {
  /** Its name. */
  readonly label: string;
  /** Its bar, drawn. */
  readonly bar: string;
  /** Its figure, written. */
  readonly figure: string;
  /** Whether the bar has the colour of what is much. */
  readonly much: boolean;
}

/** One panel. */
export interface Panel {
  /** Its heading. */
  readonly title: string;
  /** Its lines. */
  readonly lines: readonly Line[];
}

const TITLES = ["MEMORY", "TREES", "PAGE MAP", "LOCKS", "KSMD", "EVENTS"];
const LINES = PANEL_ROWS - 3;
const BAR = 12;

function lineAt(
  panel: number,
  row: number,
  frame: number,
  change: Change,
): Line {
  const lives = (row * 7 + panel * 3) % 10 < 3;
  const seed = panel * 31 + row * 17 + (lives ? frame : 0);
  const percent = seed * 37 % 100;
  const number = seed * 7919 % 900_000;
  const figure = change === "steady widths"
    ? 100_000 + number
    : number % 10 ** (1 + seed % 6);
  return {
    label: `figure ${panel + 1}.${row + 1}`,
    bar: "█".repeat(Math.round(percent / 100 * BAR)).padEnd(BAR, "░"),
    figure: String(figure),
    much: percent >= 80,
  };
}

/** What there is to see in a frame. */
export function panelsAt(frame: number, change: Change): readonly Panel[] {
  return TITLES.map((title, panel) => ({
    title,
    lines: Array.from(
      { length: LINES },
      (_, row) => lineAt(panel, row, frame, change),
    ),
  }));
}

/** What a frame cost. */
export interface FrameCost {
  /** Milliseconds from the new state to the bytes. */
  readonly millis: number;
  /** The bytes, as text. */
  readonly output: string;
}

/** A toolkit with the screen on it. */
export interface Contender {
  /** Its name. */
  readonly name: string;
  /** Shows a frame. */
  show(frame: number): Promise<FrameCost>;
  /** Takes the screen down. */
  close(): void;
}
