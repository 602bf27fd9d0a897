/**
 * What a real terminal would show: an emulator without a screen, read back cell
 * by cell.
 *
 * @module
 */
import { UnicodeGraphemesAddon } from "@xterm/addon-unicode-graphemes";
import xterm from "@xterm/headless";
import type { Size } from "../../src/tui/screen.ts";
import { type Color, COLORS } from "../../src/tui/color.ts";
import type { TextStyle } from "../../src/tui/style.ts";

/** One cell as the emulator has it. */
export interface ShownCell {
  /** Its text; empty in the right half of a wide grapheme, a space where blank. */
  readonly text: string;
  /** Its columns; 0 in the right half of a wide grapheme. */
  readonly width: number;
  /** What differs from the plain style. */
  readonly style: TextStyle;
}

type EmulatedCell = NonNullable<
  ReturnType<
    NonNullable<
      ReturnType<
        InstanceType<typeof xterm.Terminal>["buffer"]["active"]["getLine"]
      >
    >["getCell"]
  >
>;

function shownColor(
  isPalette: boolean,
  isMixed: boolean,
  number: number,
): Color | undefined {
  if (isPalette) return COLORS[number] ?? number;
  return isMixed ? `#${number.toString(16).padStart(6, "0")}` : undefined;
}

function styleOfCell(cell: EmulatedCell): TextStyle {
  const color = shownColor(
    cell.isFgPalette(),
    cell.isFgRGB(),
    cell.getFgColor(),
  );
  const backgroundColor = shownColor(
    cell.isBgPalette(),
    cell.isBgRGB(),
    cell.getBgColor(),
  );
  return {
    ...(color === undefined ? {} : { color }),
    ...(backgroundColor === undefined ? {} : { backgroundColor }),
    ...(cell.isBold() ? { bold: true } : {}),
    ...(cell.isDim() ? { dim: true } : {}),
    ...(cell.isUnderline() ? { underline: true } : {}),
    ...(cell.isInverse() ? { inverse: true } : {}),
  };
}

/** A terminal emulator of a size. */
export class Emulator {
  readonly #terminal: InstanceType<typeof xterm.Terminal>;

  constructor({ columns, rows }: Size) {
    this.#terminal = new xterm.Terminal({
      cols: columns,
      rows,
      allowProposedApi: true,
    });
    this.#terminal.loadAddon(new UnicodeGraphemesAddon());
  }

  /** Shows what is written. */
  write(text: string): Promise<void> {
    return new Promise((resolve) => this.#terminal.write(text, resolve));
  }

  /** Changes the size. */
  resize({ columns, rows }: Size): void {
    this.#terminal.resize(columns, rows);
  }

  /** All cells, row by row. */
  cells(): ShownCell[][] {
    const { active } = this.#terminal.buffer;
    return Array.from(
      { length: this.#terminal.rows },
      (_, row) =>
        Array.from({ length: this.#terminal.cols }, (_, column) => {
          const cell = active.getLine(active.baseY + row)?.getCell(column);
          if (cell === undefined) throw new Error(`no cell ${column}, ${row}`);
          const width = cell.getWidth();
          const blank = width === 0 ? "" : " ";
          return {
            text: cell.getChars() || blank,
            width,
            style: styleOfCell(cell),
          };
        }),
    );
  }

  /** The rows as text, without the spaces at their ends. */
  text(): string {
    return this.cells()
      .map((row) => row.map(({ text }) => text).join("").trimEnd())
      .join("\n");
  }

  /** Lines that have left the screen at its top. */
  get scrolled(): number {
    return this.#terminal.buffer.active.baseY;
  }

  /** Whether the alternate screen is shown. */
  get alternate(): boolean {
    return this.#terminal.buffer.active.type === "alternate";
  }

  /** The modes that a full-screen app changes. */
  get modes(): {
    readonly wraparound: boolean;
    readonly bracketedPaste: boolean;
    readonly mouse: boolean;
  } {
    const { wraparoundMode, bracketedPasteMode, mouseTrackingMode } =
      this.#terminal.modes;
    return {
      wraparound: wraparoundMode,
      bracketedPaste: bracketedPasteMode,
      mouse: mouseTrackingMode !== "none",
    };
  }
}
