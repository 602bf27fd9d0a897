/** Public traces that the engine does not reproduce yet, each with what it needs. */
export const PENDING: Readonly<Record<string, string>> = {};
