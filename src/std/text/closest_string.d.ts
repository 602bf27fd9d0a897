/** How {@linkcode closestString} compares. */
export interface ClosestStringOptions {
  /** Whether upper and lower case differ; they do not when missing. */
  caseSensitive?: boolean;
  /** The distance between two words; Levenshtein's when missing. */
  compareFn?: (a: string, b: string) => number;
}

/**
 * The first of the words nearest to a given one, however far that is. Throws a
 * `TypeError` where there are no words.
 */
export function closestString(
  givenWord: string,
  possibleWords: ReadonlyArray<string>,
  options?: ClosestStringOptions,
): string;
