/**
 * Prints how many colours the terminal is taken to have.
 *
 * @module
 */
import { terminalDepth } from "../../src/tui/mod.ts";

if (import.meta.main) console.log(terminalDepth());
