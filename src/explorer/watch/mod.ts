/**
 * Notes what the actors of a machine use of the state that they share.
 *
 * @module
 */
export { Cells } from "./cells.ts";
export { watchMachine } from "./machine.ts";
