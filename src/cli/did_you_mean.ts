/**
 * Suggestions for mistyped words.
 *
 * @module
 */
import { closestString } from "../std/text/closest_string.ts";
import { levenshteinDistance } from "../std/text/levenshtein_distance.ts";

/** The known word that was probably meant, as the end of a message; nothing when none is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const closest = closestString(word, known);
  const distance = levenshteinDistance(word.toLowerCase(), closest);
  const near = distance <= Math.max(1, Math.ceil(word.length / 3));
  return near ? `; did you mean "${closest}"` : "";
}
