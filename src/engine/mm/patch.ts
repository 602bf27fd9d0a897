/**
 * Pages that differ in few bytes from one that is described in a few words: such a
 * description, and the bytes.
 *
 * A program that writes to a page of a file or of a generator makes one. The page
 * itself is kept for as long as somebody looks at it; who wants to remember it for
 * long, remembers how it came about.
 *
 * @module
 */

/** What most bytes of a page are. */
export interface PatchBase {
  /** Writes all bytes of the page. */
  write(out: Uint8Array): void;
}

interface Change {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** How a page came about. */
export interface Patch {
  /** What it was. */
  readonly base: PatchBase;
  /** What was written since then, the oldest first. */
  readonly changes: readonly Change[];
  /** What it takes, roughly. */
  readonly size: number;
}

/** With more changes than this writing them out takes longer than a copy is worth. */
const CHANGES_MAX = 32;

/** A longer patch is not worth it beside a page of 4096 bytes. */
const SIZE_MAX = 1024;

const PATCH_BYTES = 64;
const CHANGE_BYTES = 64;

/** The page as it was. */
export function unchanged(base: PatchBase): Patch {
  return { base, changes: [], size: PATCH_BYTES };
}

/** A page with some more bytes written; undefined if they become too many. */
export function changed(
  { base, changes, size }: Patch,
  offset: number,
  bytes: Uint8Array,
): Patch | undefined {
  const longer = size + CHANGE_BYTES + bytes.length;
  if (changes.length === CHANGES_MAX || longer > SIZE_MAX) return undefined;
  const change = { offset, bytes: bytes.slice() };
  return { base, changes: [...changes, change], size: longer };
}

/** The page's bytes. */
export function writePatch({ base, changes }: Patch, out: Uint8Array): void {
  base.write(out);
  for (const { offset, bytes } of changes) out.set(bytes, offset);
}
