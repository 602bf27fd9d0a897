/**
 * What the checker knows of one process: which regions it has, and which of
 * their pages can be read and written.
 *
 * @module
 */
import { didYouMean, quote } from "./nearest.ts";
import type { MmapOp, MremapOp, Prot } from "./op.ts";
import { PAGES_PER_SLOT, SLOTS } from "./op.ts";
import { PageRuns } from "./page_runs.ts";

/** What one page is: mapped with a protection, or a hole. */
export type Mapped = Prot | "hole";

/** Why an operation cannot be done. The checker, which knows the place, makes a `TraceError` of it. */
export class Refusal extends Error {}

/** Where a region lies. */
interface Extent {
  /** Page address of its page 0. */
  readonly base: number;
  /** Its length, with the holes that `munmap` left. */
  readonly pages: number;
}

/** A part of a region, as operations name it. */
export interface Part {
  /** Name of the region. */
  readonly region: string;
  /** First page; 0 when missing. */
  readonly start?: number;
  /** How many; to the region's end when missing. */
  readonly count?: number;
}

/** What an operation needs of each page: that it is mapped, and what its protection allows. */
export type Need = "mapped" | "readable" | "writable";

/** The regions and pages of one process. */
export class AddressSpace {
  readonly #regions: Map<string, Extent>;
  readonly #runs: PageRuns<Mapped>;

  /** Starts empty, or as a forked copy. */
  constructor(parent?: AddressSpace) {
    this.#regions = new Map(parent ? parent.#regions : []);
    this.#runs = new PageRuns<Mapped>(
      "hole",
      parent ? parent.#runs : undefined,
    );
  }

  /** Refuses a part that leaves its region, or that has a page without what is needed. */
  need(part: Part, need: Need, verb: string): void {
    const { base, start, end } = this.range(part);
    const lacking = (value: Mapped) => lacks(value, need);
    const bad = this.#runs.find(base + start, base + end, lacking);
    if (bad === undefined) return;
    throw new Refusal(
      `Cannot ${verb} page ${bad.page - base} of region ` +
        `${quote(part.region)}: ` +
        (bad.value === "hole"
          ? "it is not mapped"
          : `its protection is ${quote(bad.value)}`),
    );
  }

  /** Makes all pages of a part holes, or gives them a protection. */
  set(part: Part, value: Mapped): void {
    const { base, start, end } = this.range(part);
    if (start < end) this.#runs.set(base + start, base + end, value);
  }

  /** Where a part lies; refuses one that leaves its region. */
  range(part: Part): { base: number; start: number; end: number } {
    const { base, pages } = this.#extent(part.region);
    const start = part.start ?? 0;
    const end = start + (part.count ?? Math.max(0, pages - start));
    if (end <= pages) return { base, start, end };
    throw new Refusal(
      `Cannot use page ${Math.max(start, end - 1)} of region ` +
        `${quote(part.region)}: it has ${pages} pages`,
    );
  }

  /** Maps a new region. */
  map(op: MmapOp): void {
    const { region } = op;
    const old = this.#regions.get(region);
    if (old && this.#mapped(old.base, old.pages) !== undefined) {
      throw new Refusal(
        `Cannot map region ${quote(region)}: process ${quote(op.proc)} has ` +
          "one of that name that is still mapped",
      );
    }
    const place = this.#free(region, op.slot, op.off ?? 0, op.pages);
    this.#runs.set(place.base, place.base + place.pages, op.prot ?? "rw");
    this.#regions.set(region, place);
  }

  /** Moves a region, and may give it another length. As it is, it may have holes, but at its start. */
  move(op: MremapOp): void {
    const { region } = op;
    const { base, pages } = this.#extent(region);
    const prot = this.#prot(region, base, 0);
    const resized = op.pages !== undefined && op.pages !== pages;
    const kept = Math.min(pages, op.pages ?? pages);
    const differs = (value: Mapped) => value !== prot;
    const other = this.#runs.find(base, base + kept, differs);
    if (resized && other) {
      this.#prot(region, base, other.page - base);
      throw new Refusal(
        `Cannot give region ${quote(region)} ${op.pages} pages: those that ` +
          "it keeps have several protections, so that it can be moved only as it is",
      );
    }
    const place = this.#free(region, op.slot, op.off ?? 0, op.pages ?? pages);
    if (place.base < base + pages && base < place.base + place.pages) {
      throw new Refusal(
        `Cannot move region ${quote(region)} to slot ${op.slot}: ` +
          "its new place would overlap the old one",
      );
    }
    if (resized) this.#runs.set(place.base, place.base + place.pages, prot);
    else this.#runs.copy(base, base + pages, place.base);
    this.#runs.set(base, base + pages, "hole");
    this.#regions.set(region, place);
  }

  #extent(region: string): Extent {
    const extent = this.#regions.get(region);
    if (extent !== undefined) return extent;
    throw new Refusal(
      `Cannot use region ${quote(region)}: the process has none of that name` +
        didYouMean(region, this.#regions.keys()),
    );
  }

  /** The first mapped page of a range. */
  #mapped(base: number, pages: number): number | undefined {
    const mapped = (value: Mapped) => value !== "hole";
    return this.#runs.find(base, base + pages, mapped)?.page;
  }

  /** The protection of a page of a region that is to be moved; refuses a hole. */
  #prot(region: string, base: number, page: number): Prot {
    const prot = this.#runs.at(base + page);
    if (prot !== "hole") return prot;
    throw new Refusal(
      `Cannot move region ${quote(region)}: its page ${page} is not mapped`,
    );
  }

  /** The extent at a place; refuses one where something is mapped. */
  #free(region: string, slot: number, off: number, pages: number): Extent {
    const base = slot * PAGES_PER_SLOT + off;
    if (base + pages > SLOTS * PAGES_PER_SLOT) {
      throw new Refusal(
        `Cannot place region ${quote(region)} at slot ${slot}: its ${pages} ` +
          `pages reach beyond the last slot, ${SLOTS - 1}`,
      );
    }
    const taken = this.#mapped(base, pages);
    if (taken !== undefined) {
      throw new Refusal(
        `Cannot place region ${quote(region)} at slot ${slot}: ` +
          `its page ${taken - base} would lie on one that is mapped`,
      );
    }
    return { base, pages };
  }
}

function lacks(value: Mapped, need: Need): boolean {
  switch (need) {
    case "mapped":
      return value === "hole";
    case "readable":
      return value === "hole" || value === "none";
    case "writable":
      return value !== "rw";
  }
}
