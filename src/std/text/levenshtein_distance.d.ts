/** How many letters to insert, delete or replace to make one word of the other. */
export function levenshteinDistance(str1: string, str2: string): number;
