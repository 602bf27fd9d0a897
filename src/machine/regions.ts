/**
 * The regions of a process, by name and by place.
 *
 * @module
 */
import { assert } from "../engine/lib/assert.ts";
import type { Kept } from "../engine/lib/kept.ts";
import { PageRuns } from "../workload/page_runs.ts";

/** A named part of an address space. Parts of it may be unmapped meanwhile. */
export interface Region {
  /** Virtual page number of its page 0. */
  readonly start: number;
  /** Its length. */
  readonly pages: number;
}

/** One page of a region. */
export interface RegionPage {
  /** Name of the region. */
  readonly region: string;
  /** Page of the region, from 0. */
  readonly page: number;
}

/** The pages that an operation is about, by virtual page number. */
export function pageRange(
  regions: Regions,
  op: {
    readonly region: string;
    readonly start?: number;
    readonly count?: number;
  },
): { start: number; end: number } {
  const region = regions.get(op.region);
  assert(region !== undefined, `There is no region ${op.region}`);
  const from = op.start ?? 0;
  const start = region.start + from;
  return { start, end: start + (op.count ?? region.pages - from) };
}

/** What a region that is kept takes, roughly, with its pages. */
const REGION_BYTES = 128;

/** The regions of one process. Where one lies in a hole of another, the page there belongs to the newer one. */
export class Regions {
  #byName: Map<string, Region>;
  /** Which region each page belongs to; also where that one has a hole or is gone. */
  #names: PageRuns<string | undefined>;

  /** Starts empty, or as a forked copy. */
  constructor(parent?: Regions) {
    this.#byName = new Map(parent ? parent.#byName : []);
    this.#names = copyOf(parent ? parent.#names : undefined);
  }

  /** Places a region, a new one or one that has moved. */
  set(name: string, region: Region): void {
    this.#byName.set(name, region);
    this.#names.set(region.start, region.start + region.pages, name);
  }

  /** The region of this name. */
  get(name: string): Region | undefined {
    return this.#byName.get(name);
  }

  /** The region that a page is in, and its number there. */
  at(vpn: number): RegionPage | undefined {
    const name = this.#names.at(vpn);
    const region = name === undefined ? undefined : this.#byName.get(name);
    if (name === undefined || region === undefined) return undefined;
    const page = vpn - region.start;
    const inside = page >= 0 && page < region.pages;
    return inside ? { region: name, page } : undefined;
  }

  /** All of them. */
  keep(): Kept {
    const byName = new Map(this.#byName);
    const names = copyOf(this.#names);
    return {
      bytes: byName.size * REGION_BYTES,
      restore: () => {
        this.#byName = new Map(byName);
        this.#names = copyOf(names);
      },
    };
  }

  /** All of them with their names, in the order of their creation. */
  [Symbol.iterator](): Iterator<[string, Region]> {
    return this.#byName.entries();
  }
}

function copyOf(
  names?: PageRuns<string | undefined>,
): PageRuns<string | undefined> {
  return new PageRuns<string | undefined>(undefined, names);
}
