/**
 * The "did you mean" of error messages.
 *
 * @module
 */

/** The word that was probably meant, as the end of a message; nothing when none is near. */
export function didYouMean(given: string, words: Iterable<string>): string {
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

/** A value as it would stand in a trace, cut when it is long. */
export function quote(value: unknown): string {
  if (typeof value === "function" || typeof value === "symbol") {
    return `a ${typeof value}`;
  }
  if (typeof value === "number" || typeof value === "bigint") {
    return String(value);
  }
  const text = JSON.stringify(value) ?? "undefined";
  return text.length <= 60 ? text : text.slice(0, 57) + "...";
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
