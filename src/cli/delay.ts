/**
 * Delays that the command line asks for.
 *
 * @module
 */
import { SITES } from "../machine/mod.ts";
import type { HelpList } from "./command.ts";
import { didYouMean } from "./did_you_mean.ts";
import { UserError } from "./user_error.ts";

/** Virtual time that passes, in addition, each time at a site. */
export interface Delay {
  /** The place in the code, as `function:what`. */
  readonly site: string;
  /** How much. */
  readonly nanos: number;
}

const NANOS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  ms: 1e6,
  s: 1e9,
};

/** The longest delay: an hour. */
const NANOS_MAX = 3600e9;

/** Columns of the sites in help. */
const HELP_COLUMNS = 74;

/** What help says of the places that can be delayed. */
export const DELAY_HELP: HelpList = {
  heading: "Sites for --delay",
  rows: [{
    word: "function of the kernel:what it does there; lock_stat names them too",
    lines: filled(SITES, HELP_COLUMNS),
  }],
};

/** `1ms@break_cow:mmap_lock`. */
export function parseDelay(text: string): Delay {
  const [, amount, unit, site] =
    /^(\d+(?:\.\d+)?)(ns|us|ms|s)@(.+)$/s.exec(text) ?? [];
  const nanos = Math.round(Number(amount) * NANOS[unit]);
  if (!(nanos >= 1 && nanos <= NANOS_MAX)) {
    throw new UserError(
      `Cannot delay by "${text}": it must be a time from 1ns to 3600s and a ` +
        "site, such as 1ms@break_cow:mmap_lock",
    );
  }
  if (SITES.includes(site)) return { site, nanos };
  throw new UserError(
    `Cannot delay site "${site}"${didYouMean(site, SITES)}; ` +
      "run --help lists the sites",
  );
}

/** Words in as few lines of so many columns as they need. */
function filled(words: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const line = `${lines.at(-1)}  ${word}`;
    if (lines.length > 0 && line.length <= columns) {
      lines[lines.length - 1] = line;
    } else lines.push(word);
  }
  return lines;
}
