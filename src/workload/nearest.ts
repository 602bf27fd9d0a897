/**
 * Words of error messages: the value as it is, what is valid, "did you mean".
 *
 * @module
 */

/** Most letters of a value that a message shows. */
const QUOTED_LETTERS = 60;

/** Levels of lists and objects that a message shows; none of ours has more. */
const QUOTED_LEVELS = 3;

/** The word that was probably meant, as the end of a message; nothing when none is near. */
export function didYouMean(given: string, words: Iterable<string>): string {
  // A text longer than what is shown of it is no slip of the keyboard, and takes long to compare.
  if (given.length > QUOTED_LETTERS) return "";
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(given.length / 3)) + 1;
  for (const word of words) {
    const distance = editDistance(given.toLowerCase(), word.toLowerCase());
    if (distance < bestDistance) {
      best = word;
      bestDistance = distance;
    }
  }
  return best === undefined ? "" : `; did you mean ${quote(best)}`;
}

/** The words as a list for reading: `a, b or c`. */
export function oneOfWords(words: readonly string[]): string {
  const last = words.length - 1;
  return last < 1
    ? words.join("")
    : `${words.slice(0, last).join(", ")} or ${words[last]}`;
}

/**
 * A value as it would stand in a trace, cut when it is long. It may be anything:
 * what scripts hand over can be cyclic, and documents can be nested deeper than
 * the stack reaches.
 */
export function quote(value: unknown): string {
  const text = shown(value, QUOTED_LEVELS);
  return text.length <= QUOTED_LETTERS
    ? text
    : text.slice(0, QUOTED_LETTERS - 3) + "...";
}

function shown(value: unknown, levels: number): string {
  if (typeof value === "function" || typeof value === "symbol") {
    return `a ${typeof value}`;
  }
  if (typeof value === "string") {
    return JSON.stringify(value.slice(0, QUOTED_LETTERS));
  }
  if (typeof value !== "object" || value === null) return String(value);
  const isList = Array.isArray(value);
  if (levels === 0) return isList ? "[...]" : "{...}";
  const entries = Object.entries(value).slice(0, QUOTED_LETTERS);
  const parts = entries.map(([name, each]) => {
    const text = shown(each, levels - 1);
    return isList ? text : `${shown(name, 0)}:${text}`;
  });
  return isList ? `[${parts.join(",")}]` : `{${parts.join(",")}}`;
}

/** Letters to insert, delete or replace to make one word of the other. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[b.length];
}
