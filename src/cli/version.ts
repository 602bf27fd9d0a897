/**
 * The version.
 *
 * @module
 */

import { MACHINE_MODEL } from "../observe/mod.ts";

/** Of ksmscope, as in `deno.json`. */
export const VERSION = "0.1.0";

/** The `version` command's line. */
export function versionLine(): string {
  return `ksmscope ${VERSION} (${MACHINE_MODEL}, deno ${Deno.version.deno})\n`;
}
