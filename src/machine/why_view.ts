/**
 * Why a page of a process is not merged, by names instead of numbers.
 *
 * @module
 */
import type { Why } from "../engine/ksm/mod.ts";
import type { PagePlace } from "./page_place.ts";

/** The answer to "why is this page not merged?". */
export interface PageWhy extends Why<PagePlace> {
  /** The page asked about. */
  readonly place: PagePlace;
}
