/**
 * The kernel's `ksm:*` tracepoints, as events with the same fields.
 *
 * @module
 */
import type { Frame } from "../mm/frames.ts";
import type { Mm } from "../mm/mm.ts";
import type { RmapItem } from "./rmap_item.ts";

/** The error with which a merge fails, whatever the reason. */
export const MERGE_FAILED: number = -14;

/** The frame number by which events name the shared zero page, which has no frame here. */
export const ZERO_PAGE_PFN = 0;

/** One event. */
export type Tracepoint =
  /** A full scan begins. */
  | {
    readonly event: "ksm_start_scan";
    /** Full scans completed before. */
    readonly seqnr: number;
    /** rmap items in all. */
    readonly rmapItems: number;
  }
  /** A full scan has ended. */
  | {
    readonly event: "ksm_stop_scan";
    /** Full scans completed before this one. */
    readonly seqnr: number;
    /** rmap items in all. */
    readonly rmapItems: number;
  }
  /** An address space has been registered. */
  | { readonly event: "ksm_enter"; readonly mm: Mm }
  /** The process of a registered address space has ended. */
  | { readonly event: "ksm_exit"; readonly mm: Mm }
  /** A page of zeros was to be merged with the zero page. */
  | {
    readonly event: "ksm_merge_one_page";
    /** Frame of the zero page. */
    readonly pfn: typeof ZERO_PAGE_PFN;
    readonly rmapItem: RmapItem;
    readonly mm: Mm;
    /** 0, or {@linkcode MERGE_FAILED}. */
    readonly err: number;
  }
  /** A page was to be merged with a KSM page, or to become one. */
  | {
    readonly event: "ksm_merge_with_ksm_page";
    /** The KSM page; 0 when the page becomes one itself. */
    readonly ksmPage: Frame | 0;
    /** Frame of the KSM page, or of the page that becomes one. */
    readonly pfn: Frame;
    readonly rmapItem: RmapItem;
    readonly mm: Mm;
    /** 0, or {@linkcode MERGE_FAILED}. */
    readonly err: number;
  }
  /** A stable node goes, since its page has. */
  | { readonly event: "ksm_remove_ksm_page"; readonly pfn: Frame | 0 }
  /** One of its rmap items, but the last, goes with it. */
  | {
    readonly event: "ksm_remove_rmap_item";
    /** Frame of the KSM page. */
    readonly pfn: Frame | 0;
    readonly rmapItem: RmapItem;
    readonly mm: Mm;
  }
  /** The advisor has chosen. */
  | {
    readonly event: "ksm_advisor";
    /** Seconds that the pass took. */
    readonly scanTime: bigint;
    /** The new `pages_to_scan`. */
    readonly pagesToScan: number;
    /** Part of one processor that ksmd used, in per cent. */
    readonly cpuPercent: bigint;
  };
