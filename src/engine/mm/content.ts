/**
 * What names a page content, and what may produce one.
 *
 * @module
 */
import type { Handle } from "../lib/handle.ts";

/** An interned page content. Handle 1 is the page of zeros, for ever. */
export type Content = Handle<"Content">;

/** A source of pages that are told apart by a 64-bit key, such as a random number generator by its seed. */
export interface ContentGenerator {
  /** What it is called in messages. */
  readonly name: string;
  /**
   * Writes the 4096 bytes of the page with this key (two unsigned halves) into
   * `out`. Must write each of them, and the same ones each time.
   */
  produce(low: number, high: number, out: Uint8Array): void;
}
