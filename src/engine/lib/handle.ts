/**
 * Handles: how structures point at each other without being objects.
 *
 * @module
 */

/**
 * A branded integer that names one entry of an arena. `Handle<"Frame">` and
 * `Handle<"RmapItem">` do not mix. 0 is none; a column or result that may be
 * none has the type `Handle<"Frame"> | 0`.
 */
export type Handle<Name extends string> = number & { readonly __handle: Name };
