/**
 * How people name a page.
 *
 * @module
 */
import type { Machine } from "./machine.ts";

/** A page by name. */
export interface PagePlace {
  /** Name of the process, or `exited pid 7` for one that is gone while ksmd still remembers it. */
  readonly process: string;
  /** Name of the region; missing where the address belongs to none. */
  readonly region?: string;
  /** Page of the region, from 0; without one its virtual page number. */
  readonly page: number;
}

/** The name of the page at `vpn` of the address space with this number. */
export function pagePlace(
  { memory, processes }: Machine,
  mm: number,
  vpn: number,
): PagePlace {
  const space = memory.mms.find(mm);
  if (space === undefined) return { process: `exited mm ${mm}`, page: vpn };
  const process = processes.owning(space);
  if (process === undefined) {
    return { process: `exited pid ${space.pid}`, page: vpn };
  }
  const place = process.regions.at(vpn);
  return { process: process.name, ...(place ?? { page: vpn }) };
}
