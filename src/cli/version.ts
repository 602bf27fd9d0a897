/**
 * The version.
 *
 * @module
 */

import { MACHINE_MODEL } from "../observe/mod.ts";

/** Of ksmscope, as in `deno.json`. */
const VERSION = "0.1.0";

/** What the `version` command and `--version` print. */
export function versionLine(): string {
  return `ksmscope ${VERSION} (${MACHINE_MODEL}, deno ${Deno.version.deno})`;
}
