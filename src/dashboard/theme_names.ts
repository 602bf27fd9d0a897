/**
 * Names of themes, apart from the themes: who only reads a command line need
 * not load the toolkit.
 *
 * @module
 */

/** Themes by the names that people choose them by, in the order of their key. */
export const THEME_NAMES = [
  "terminal",
  "vivid",
  "colorblind",
  "monochrome",
] as const;

/** The name of a theme. */
export type ThemeName = typeof THEME_NAMES[number];
