/**
 * Numbers as people read them.
 *
 * @module
 */

/** A number with a space between groups of three digits, and a fixed number of decimals. */
export function groupDigits(value: number, decimals = 0): string {
  const [whole, fraction] = value.toFixed(decimals).split(".");
  const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, " ");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
