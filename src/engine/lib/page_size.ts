/**
 * The size of a page.
 *
 * @module
 */

/** Bytes of one page on x86-64. */
export const PAGE_BYTES = 4096;
