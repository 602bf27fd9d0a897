/**
 * Turns styling on or off for all functions here. Turning it on has no effect
 * where the environment sets `NO_COLOR`.
 */
export function setColorEnabled(value: boolean): void;

/** Whether the functions here style text. */
export function getColorEnabled(): boolean;

/** Writes the text in black. */
export function black(str: string): string;

/** Writes the text in red. */
export function red(str: string): string;

/** Writes the text in green. */
export function green(str: string): string;

/** Writes the text in yellow. */
export function yellow(str: string): string;

/** Writes the text in blue. */
export function blue(str: string): string;

/** Writes the text in magenta. */
export function magenta(str: string): string;

/** Writes the text in cyan. */
export function cyan(str: string): string;

/** Writes the text in white. */
export function white(str: string): string;

/** Writes the text in bright black. */
export function brightBlack(str: string): string;

/** Writes the text in bright red. */
export function brightRed(str: string): string;

/** Writes the text in bright green. */
export function brightGreen(str: string): string;

/** Writes the text in bright yellow. */
export function brightYellow(str: string): string;

/** Writes the text in bright blue. */
export function brightBlue(str: string): string;

/** Writes the text in bright magenta. */
export function brightMagenta(str: string): string;

/** Writes the text in bright cyan. */
export function brightCyan(str: string): string;

/** Writes the text in bright white. */
export function brightWhite(str: string): string;

/** Writes the text on black. */
export function bgBlack(str: string): string;

/** Writes the text on red. */
export function bgRed(str: string): string;

/** Writes the text on green. */
export function bgGreen(str: string): string;

/** Writes the text on yellow. */
export function bgYellow(str: string): string;

/** Writes the text on blue. */
export function bgBlue(str: string): string;

/** Writes the text on magenta. */
export function bgMagenta(str: string): string;

/** Writes the text on cyan. */
export function bgCyan(str: string): string;

/** Writes the text on white. */
export function bgWhite(str: string): string;

/** Writes the text on bright black. */
export function bgBrightBlack(str: string): string;

/** Writes the text on bright red. */
export function bgBrightRed(str: string): string;

/** Writes the text on bright green. */
export function bgBrightGreen(str: string): string;

/** Writes the text on bright yellow. */
export function bgBrightYellow(str: string): string;

/** Writes the text on bright blue. */
export function bgBrightBlue(str: string): string;

/** Writes the text on bright magenta. */
export function bgBrightMagenta(str: string): string;

/** Writes the text on bright cyan. */
export function bgBrightCyan(str: string): string;

/** Writes the text on bright white. */
export function bgBrightWhite(str: string): string;

/** Writes the text bold. */
export function bold(str: string): string;

/** Writes the text dimmed. */
export function dim(str: string): string;

/** Writes the text underlined. */
export function underline(str: string): string;

/** Writes the text with text colour and background exchanged. */
export function inverse(str: string): string;

/** Removes the escape sequences that colour and style text. */
export function stripAnsiCode(str: string): string;

/** Writes the text in a colour of the palette of 256, by its number. */
export function rgb8(str: string, color: number): string;

/** Writes the text on a colour of the palette of 256, by its number. */
export function bgRgb8(str: string, color: number): string;

/** Writes the text in any colour, `0xrrggbb`. */
export function rgb24(str: string, color: number): string;

/** Writes the text on any colour, `0xrrggbb`. */
export function bgRgb24(str: string, color: number): string;
