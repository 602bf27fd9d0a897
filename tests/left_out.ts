/**
 * Whether a test is left out; if so, says why, since nothing is skipped in silence.
 *
 * The answer is for `ignore` of `Deno.test`.
 */
export function leftOut(isLeftOut: boolean, reason: string): boolean {
  if (isLeftOut) console.log(`left out: ${reason}`);
  return isLeftOut;
}
