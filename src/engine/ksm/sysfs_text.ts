/**
 * The text of numbers and booleans as sysfs takes it.
 *
 * @module
 */

/** Why a text is no number: not of its form, or beyond its type. */
export type NumberProblem = "malformed" | "overflow";

const U32_MAX = 0xffff_ffffn;
const U64_MAX = 0xffff_ffff_ffff_ffffn;
const S32_MAX = 0x7fff_ffffn;
const S32_MIN = -0x8000_0000n;

/** Bytes of one write that sysfs takes. */
const WRITE_BYTES = 4096;

/**
 * What a file of sysfs gets to see of a text written to it: the first 4096 bytes,
 * up to a byte of 0.
 */
export function seenBySysfs(text: string): string {
  // Beyond ASCII no character counts as more than one, which makes no odds: no file takes any.
  return text.slice(0, WRITE_BYTES).split("\0", 1)[0];
}

/**
 * An unsigned 32-bit number: decimal digits, perhaps with a leading `+`, and one
 * newline at the end.
 *
 * Models: kstrtouint(), lib/kstrtox.c
 */
export function parseUint(text: string): number | NumberProblem {
  const value = inRange(text, /^\+?([0-9]+)\n?$/, 0n, U32_MAX);
  return typeof value === "bigint" ? Number(value) : value;
}

/**
 * An unsigned 64-bit number, spelled likewise.
 *
 * Models: kstrtoul(), lib/kstrtox.c
 */
export function parseUlong(text: string): bigint | NumberProblem {
  return inRange(text, /^\+?([0-9]+)\n?$/, 0n, U64_MAX);
}

/**
 * A signed 32-bit number, which may begin with `-` too.
 *
 * Models: kstrtoint(), lib/kstrtox.c
 */
export function parseInt32(text: string): number | NumberProblem {
  const value = inRange(text, /^(-[0-9]+|\+?[0-9]+)\n?$/, S32_MIN, S32_MAX);
  return typeof value === "bigint" ? Number(value) : value;
}

function inRange(
  text: string,
  form: RegExp,
  least: bigint,
  most: bigint,
): bigint | NumberProblem {
  const digits = form.exec(text)?.[1];
  if (digits === undefined) return "malformed";
  const value = BigInt(digits.replace(/^\+/, ""));
  return value < least || value > most ? "overflow" : value;
}

/**
 * A boolean: the first character decides, for `on` and `off` the first two; what
 * follows is ignored. `undefined` for any other text.
 *
 * Models: kstrtobool(), lib/kstrtox.c
 */
export function parseBoolean(text: string): boolean | undefined {
  if (/^(?:[yt1]|on)/i.test(text)) return true;
  if (/^(?:[nf0]|of)/i.test(text)) return false;
  return undefined;
}
