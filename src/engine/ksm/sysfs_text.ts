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
  const value = inRange(text, UNSIGNED, 0n, U32_MAX);
  return typeof value === "bigint" ? Number(value) : value;
}

/**
 * An unsigned 64-bit number, spelled likewise.
 *
 * Models: kstrtoul(), lib/kstrtox.c
 */
export function parseUlong(text: string): bigint | NumberProblem {
  return inRange(text, UNSIGNED, 0n, U64_MAX);
}

/**
 * A signed 32-bit number, which may begin with `-` too.
 *
 * Models: kstrtoint(), lib/kstrtox.c
 */
export function parseInt32(text: string): number | NumberProblem {
  const value = inRange(text, SIGNED, S32_MIN, S32_MAX);
  return typeof value === "bigint" ? Number(value) : value;
}

/** Sign, digits, and the rest. */
const UNSIGNED = /^(\+?)([0-9]+)([^]*)$/;
const SIGNED = /^([+-]?)([0-9]+)([^]*)$/;

/**
 * Digits beyond 64 bits overflow whatever follows them; beyond the type's own
 * range they do so only if nothing does.
 */
function inRange(
  text: string,
  form: RegExp,
  least: bigint,
  most: bigint,
): bigint | NumberProblem {
  const parts = form.exec(text);
  if (parts === null) return "malformed";
  const [, sign, digits, rest] = parts;
  const magnitude = BigInt(digits);
  if (magnitude > U64_MAX) return "overflow";
  if (rest !== "" && rest !== "\n") return "malformed";
  const value = sign === "-" ? -magnitude : magnitude;
  return value < least || value > most ? "overflow" : value;
}

/**
 * A boolean: the first character decides (as of yes, true, enabled; no, false,
 * disabled), for `on` and `off` the first two; what follows is ignored.
 * `undefined` for any other text.
 *
 * Models: kstrtobool(), lib/kstrtox.c
 */
export function parseBoolean(text: string): boolean | undefined {
  if (/^(?:[yte1]|on)/i.test(text)) return true;
  if (/^(?:[nfd0]|of)/i.test(text)) return false;
  return undefined;
}
