/**
 * Page maps as text: a letter for each state, and how many pages have it.
 *
 * @module
 */
import { MAPPED_PAGES_MAX } from "../../machine/page_map.ts";
import { PAGE_STATES, type PageState } from "../snapshot.ts";

const LETTERS: Readonly<Record<PageState, string>> = {
  hole: "h",
  untouched: "t",
  plain: "p",
  volatile: "v",
  unshared: "u",
  zero: "z",
  merged: "m",
};

/** The letters, in the order of the states. */
export const PAGE_LETTERS: string = PAGE_STATES.map((state) => LETTERS[state])
  .join("");

/** What {@linkcode parsePages} takes, in words. */
export const PAGES_VALID = `runs such as "u12m5t", of the letters ${
  [...PAGE_LETTERS].join(", ")
}, with ${MAPPED_PAGES_MAX} pages at most`;

/** Runs of equal pages, such as `m12u3t`: a letter, and a count unless it is 1. */
export function printPages(pages: Uint8Array): string {
  let text = "";
  for (let from = 0; from < pages.length;) {
    const state = pages[from];
    let to = from + 1;
    while (pages[to] === state) to++;
    text += PAGE_LETTERS[state] + (to - from > 1 ? to - from : "");
    from = to;
  }
  return text;
}

/** The pages of such a text; undefined where it is none. */
export function parsePages(text: string): Uint8Array | undefined {
  const runs: { state: number; count: number }[] = [];
  let length = 0;
  let at = 0;
  for (const { 0: run, 1: letter, 2: digits, index } of text.matchAll(RUN)) {
    if (index !== at) return undefined;
    at += run.length;
    const count = digits === "" ? 1 : Number(digits);
    length += count;
    if (count === 0 || length > MAPPED_PAGES_MAX) return undefined;
    runs.push({ state: PAGE_LETTERS.indexOf(letter), count });
  }
  if (at !== text.length) return undefined;
  const pages = new Uint8Array(length);
  let from = 0;
  for (const { state, count } of runs) {
    pages.fill(state, from, from += count);
  }
  return pages;
}

const RUN = new RegExp(`([${PAGE_LETTERS}])(\\d{0,7})`, "g");
