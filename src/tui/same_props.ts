/**
 * Whether props say the same, which most do from one frame to the next.
 *
 * @module
 */

/** Whether two objects have the same names with the same values: few are there of the many that there could be. */
export function sameProps<Props extends object>(a: Props, b: Props): boolean {
  for (const name in a) {
    if (a[name] !== b[name]) return false;
  }
  for (const name in b) {
    if (!(name in a)) return false;
  }
  return true;
}
