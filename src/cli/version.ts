/**
 * The version.
 *
 * @module
 */

/** Of ksmscope, as in `deno.json`. */
export const VERSION = "0.1.0";

/** The `version` command's line. */
export function versionLine(): string {
  return `ksmscope ${VERSION} (linux 6.18 model, deno ${Deno.version.deno})\n`;
}
