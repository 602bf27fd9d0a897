/**
 * Linux error numbers by name.
 *
 * @module
 */

const NAMES: Readonly<Record<number, string>> = {
  0: "ok",
  2: "ENOENT",
  12: "ENOMEM",
  16: "EBUSY",
  22: "EINVAL",
  34: "ERANGE",
};

/** The name of an error number, `ok` for 0. */
export function errnoName(errno: number): string {
  return NAMES[errno] ?? `errno ${errno}`;
}
