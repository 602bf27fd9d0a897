/**
 * The explorer: every order of the steps of a few actors.
 *
 * @module
 */
export { type Accesses, AccessLog, type Cell } from "./access_log.ts";
export { type Execution, type Program, Violation } from "./program.ts";
