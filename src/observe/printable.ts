/**
 * Text from elsewhere, made fit for a terminal.
 *
 * @module
 */

/** A text in one line; names come from workloads, and what a terminal would act on is left out. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, " ");
}
