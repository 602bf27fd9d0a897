/**
 * Events of the kernel and of the engine in words that can be compared.
 *
 * Address spaces, KSM pages and merges are named by number: an address space
 * from its `ksm_enter` on, a page from the merge that made it a KSM page, an item
 * from its last merge. Their addresses say nothing, and are used again.
 *
 * @module
 */
import type { Tracepoint } from "../../src/engine/ksm/mod.ts";

/** Above that a share of a processor is only called large: the advisor's first is that of ksmd's whole life. */
const LARGE_PERCENT = 100;

/** An event whose objects are texts. */
export type Seen =
  | {
    readonly event: "ksm_start_scan" | "ksm_stop_scan";
    readonly seqnr: number;
    readonly rmapItems: number;
  }
  | { readonly event: "ksm_enter" | "ksm_exit"; readonly mm: string }
  | {
    readonly event: "ksm_merge_one_page";
    readonly mm: string;
    readonly err: number;
  }
  | {
    readonly event: "ksm_merge_with_ksm_page";
    /** Whether the page goes on one that is a KSM page already. */
    readonly onto: boolean;
    readonly pfn: string;
    readonly item: string;
    readonly mm: string;
    readonly err: number;
  }
  | { readonly event: "ksm_remove_ksm_page"; readonly pfn: string }
  | {
    readonly event: "ksm_remove_rmap_item";
    readonly pfn: string;
    readonly item: string;
    readonly mm: string;
  }
  | {
    readonly event: "ksm_advisor";
    readonly scanTime: number;
    readonly pagesToScan: number;
    readonly cpuPercent: number;
  };

/** What the engine's event says. */
export function seenByEngine(point: Tracepoint): Seen {
  switch (point.event) {
    case "ksm_start_scan":
    case "ksm_stop_scan":
      return point;
    case "ksm_enter":
    case "ksm_exit":
      return { event: point.event, mm: String(point.mm.id) };
    case "ksm_merge_one_page":
      return { event: point.event, mm: String(point.mm.id), err: point.err };
    case "ksm_merge_with_ksm_page":
      return {
        event: point.event,
        onto: point.ksmPage !== 0,
        pfn: String(point.pfn),
        item: String(point.rmapItem),
        mm: String(point.mm.id),
        err: point.err,
      };
    case "ksm_remove_ksm_page":
      return { event: point.event, pfn: String(point.pfn) };
    case "ksm_remove_rmap_item":
      return {
        event: point.event,
        pfn: String(point.pfn),
        item: String(point.rmapItem),
        mm: String(point.mm.id),
      };
    case "ksm_advisor":
      return {
        event: point.event,
        scanTime: Number(point.scanTime),
        pagesToScan: point.pagesToScan,
        cpuPercent: Number(point.cpuPercent),
      };
  }
}

/** What a line of the kernel's trace says; undefined for other lines. */
export function seenByKernel(line: string): Seen | undefined {
  const [, event, text] = /: (ksm_\w+): (.*)$/.exec(line) ?? [];
  if (event === undefined) return undefined;
  const after = (word: string): string => {
    const found = new RegExp(`\\b${word} (\\S+)`).exec(text);
    if (found === null) throw new Error(`No "${word}" in ${line}`);
    return found[1];
  };
  const number = (word: string): number => Number(after(word));
  switch (event) {
    case "ksm_start_scan":
    case "ksm_stop_scan":
      return { event, seqnr: number("seq"), rmapItems: number("rmap size") };
    case "ksm_enter":
    case "ksm_exit":
      return { event, mm: after("mm") };
    case "ksm_merge_one_page":
      return { event, mm: after("mm"), err: number("error") };
    case "ksm_merge_with_ksm_page":
      return {
        event,
        onto: text.startsWith("ksm "),
        pfn: after("pfn"),
        item: after("rmap_item"),
        mm: after("mm"),
        err: number("error"),
      };
    case "ksm_remove_ksm_page":
      return { event, pfn: after("pfn") };
    case "ksm_remove_rmap_item":
      return {
        event,
        pfn: after("pfn"),
        item: after("rmap_item"),
        mm: after("mm"),
      };
    case "ksm_advisor":
      return {
        event,
        scanTime: number("time"),
        pagesToScan: number("pages_to_scan"),
        cpuPercent: number("percent"),
      };
    default:
      throw new Error(`Unknown event in ${line}`);
  }
}

/** Puts events into words, one after the other. */
export class EventNames {
  readonly #mms = new Numbering("mm");
  readonly #pages = new Numbering("page");
  readonly #items = new Numbering("item");

  /** The next event in words. */
  words(seen: Seen): string {
    switch (seen.event) {
      case "ksm_start_scan":
      case "ksm_stop_scan":
        return `${seen.event} ${seen.seqnr}, ${seen.rmapItems} items`;
      case "ksm_enter":
        return `${seen.event} ${this.#mms.next(seen.mm)}`;
      case "ksm_exit":
        return `${seen.event} ${this.#mms.of(seen.mm)}`;
      case "ksm_merge_one_page":
        return `${seen.event} ${this.#mms.of(seen.mm)} error ${seen.err}`;
      case "ksm_merge_with_ksm_page":
        return `${seen.event} ${this.#merge(seen)}`;
      case "ksm_remove_ksm_page":
        return `${seen.event} ${this.#pages.of(seen.pfn)}`;
      case "ksm_remove_rmap_item": {
        const page = this.#pages.of(seen.pfn);
        const item = this.#items.of(seen.item);
        return `${seen.event} ${item} of ${this.#mms.of(seen.mm)} from ${page}`;
      }
      case "ksm_advisor": {
        const percent = seen.cpuPercent > LARGE_PERCENT
          ? "much"
          : seen.cpuPercent;
        return `${seen.event} ${seen.scanTime} s, ${seen.pagesToScan} pages, ${percent} %`;
      }
    }
  }

  #merge(
    { onto, pfn, item, mm, err }: Extract<
      Seen,
      { event: "ksm_merge_with_ksm_page" }
    >,
  ): string {
    const place = `of ${this.#mms.of(mm)}`;
    if (err !== 0) {
      const page = onto ? ` onto ${this.#pages.of(pfn)}` : "";
      return `${place}${page} error ${err}`;
    }
    const merged = this.#items.next(item);
    return onto
      ? `${merged} ${place} onto ${this.#pages.of(pfn)}`
      : `${merged} ${place} becomes ${this.#pages.next(pfn)}`;
  }
}

/** Numbers for the things of one kind, by what they are known as at the moment. */
class Numbering {
  readonly #word: string;
  readonly #names = new Map<string, string>();
  #count = 0;

  constructor(word: string) {
    this.#word = word;
  }

  /** A new thing that is known as `key` from now on. */
  next(key: string): string {
    const name = `${this.#word} ${++this.#count}`;
    this.#names.set(key, name);
    return name;
  }

  /** The thing that is known as `key`. */
  of(key: string): string {
    return this.#names.get(key) ?? `unknown ${this.#word}`;
  }
}
