/**
 * The dashboard's keys: the one table that acts, helps and stands at the bottom.
 *
 * @module
 */
import type { KeyMap } from "../tui/mod.ts";
import type { Message } from "./update.ts";

/** All keys, in the order of the help. */
export const KEYS: KeyMap<Message> = [
  {
    keys: ["q"],
    does: "quit (so does ctrl+c)",
    legend: "quit",
    message: { kind: "quit" },
  },
  {
    keys: ["space"],
    does: "pause, or go on",
    legend: "pause",
    message: { kind: "pause" },
  },
  {
    keys: ["."],
    does: "pause, and visit one page",
    legend: "page",
    message: { kind: "step", stride: "page" },
  },
  {
    keys: ["b"],
    does: "pause, and scan one batch",
    legend: "batch",
    message: { kind: "step", stride: "batch" },
  },
  {
    keys: [">"],
    does: "pause, finish the full scan",
    legend: "scan",
    message: { kind: "step", stride: "pass" },
  },
  {
    keys: ["+", "="],
    does: "twice as fast",
    legend: "faster",
    message: { kind: "faster" },
  },
  {
    keys: ["-"],
    does: "half as fast",
    legend: "slower",
    message: { kind: "slower" },
  },
  {
    keys: ["?"],
    does: "open or close this help",
    legend: "help",
    message: { kind: "help" },
  },
  {
    keys: ["escape"],
    does: "close this help",
    message: { kind: "back" },
  },
];
