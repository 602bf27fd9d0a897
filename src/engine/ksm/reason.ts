/**
 * Why a page is not merged: the closed list of what can stop it, each with the
 * numbers that go with it.
 *
 * The reasons stand in the order in which ksmd would meet them: is ksmd running,
 * is the process on its list, is there a page to visit, is it visited, has it
 * changed, is there anything to merge with, may the page be protected.
 * {@linkcode "./why.ts"} finds out which of them hold.
 *
 * `Place` is how a page of a process is named: by numbers in the engine, by names
 * for people.
 *
 * @module
 */

/** When ksmd will visit a page, if no process does anything until then and nobody turns a knob. */
export interface Forecast {
  /** Visits of other pages that come before. */
  readonly visits: number;
  /** Batches to go, that with the visit included, and the one that is under way. */
  readonly batches: number;
  /** Full scans that end before. */
  readonly passes: number;
  /** Milliseconds that ksmd sleeps by its knob before each of these batches that has not begun; the visits themselves come on top. */
  readonly millis: number;
}

/** What keeps a page from being merged with an equal one right now. */
export type TwinState =
  /** A KSM page that takes sharers, but the next search meets one first that has moved to another NUMA node. */
  | "ksm-page"
  /** A KSM page that has moved to another NUMA node and has no place in a tree there until one of its sharers is visited. */
  | "exiled"
  /** In the unstable tree of the present pass. */
  | "in-tree"
  /** Unchanged as far as ksmd knows, and due to be visited. */
  | "ready"
  /** Not visited yet. */
  | "not-visited"
  /** Changed since its last visit. */
  | "changed"
  /** Left out by smart scan. */
  | "skipped"
  /** Somebody holds its page lock. */
  | "page-locked"
  /** Somebody holds a reference on it. */
  | "pinned";

/** An equal page in another frame. */
export interface Twin<Place> {
  /** A place that maps it. */
  readonly place: Place;
  /** How it stands with it. */
  readonly state: TwinState;
}

/** Whose page it is that somebody uses: the page asked about, or the one to merge it with. */
export type Party = "page" | "twin";

/** What a page is, or what stops it. */
export type Reason<Place> =
  /** Maps a KSM page. */
  | {
    readonly reason: "merged";
    /** Frame number of the KSM page. */
    readonly frame: number;
    /** NUMA node that it is on. */
    readonly nid: number;
    /** Number of its stable node. */
    readonly node: number;
    /** Whether ksmd has counted this mapping; if not, it has come by a fork, and is counted at the next visit, if there is one. */
    readonly counted: boolean;
    /** rmap items on the stable node. */
    readonly sharers: number;
    /** `max_page_sharing`. */
    readonly limit: number;
    /** KSM pages on the same chain, this one included; 1 where there is no chain. */
    readonly dups: number;
    /** Others that map it, a few of them. */
    readonly others: readonly Place[];
  }
  /** Maps the shared zero page, because KSM merged it with that. */
  | { readonly reason: "merged-with-zero-page" }
  /** A KSM page without a stable node, left to a forked child by a merge that failed half way, or one that an entry of the unstable tree has come to map: it cannot be protected, and stays as it is until it is written. */
  | {
    readonly reason: "orphaned";
    /** Whose page. */
    readonly whose: Party;
    /** Its frame number. */
    readonly frame: number;
  }
  /** `run` is 0. */
  | { readonly reason: "stopped" }
  /** `run` is 2: all merging has been undone. */
  | { readonly reason: "unmerged" }
  /** Memory goes offline; ksmd waits for that. */
  | { readonly reason: "offlining" }
  /** `pages_to_scan` is 0. */
  | { readonly reason: "no-budget" }
  /** The process is exiting. */
  | { readonly reason: "exiting" }
  /** ksmd does not have the process on its list. */
  | { readonly reason: "not-registered" }
  /** No area is there. */
  | { readonly reason: "not-mapped" }
  /** The area is not VM_MERGEABLE. */
  | { readonly reason: "not-mergeable" }
  /** Nothing has been written or read there. */
  | { readonly reason: "never-touched" }
  /** Only read so far: maps the kernel's shared zero page, and takes no memory. */
  | { readonly reason: "zero-page-mapped" }
  /** Is being migrated; ksmd steps over it. */
  | {
    readonly reason: "migrating";
    /** Frame number of the page that moves. */
    readonly frame: number;
  }
  /** Never visited. It takes two visits to merge. */
  | { readonly reason: "not-visited" }
  /** Smart scan leaves it out. */
  | {
    readonly reason: "skipped";
    /** Passes more in which it is left out. */
    readonly passes: number;
    /** Number of the visit, counted from 1 with those left out, that will be done. */
    readonly untilVisit: number;
  }
  /** Its bytes are not those of the last visit. */
  | {
    readonly reason: "changed";
    /** Visits in a row, up to the last one, that found it changed too. */
    readonly inRow: number;
    /** Visits that have looked at its bytes. */
    readonly visits: number;
  }
  /** Unchanged since the last visit, but that one was the first or found it changed: the next one goes on. */
  | {
    readonly reason: "unproven";
    /** Visits in a row, up to the last one, that found it changed. */
    readonly inRow: number;
    /** Visits that have looked at its bytes. */
    readonly visits: number;
  }
  /** All KSM pages with its bytes have as many sharers as they may, and no other page without a place is equal. */
  | {
    readonly reason: "node-full";
    /** KSM pages with its bytes. */
    readonly pages: number;
    /** `max_page_sharing`. */
    readonly limit: number;
    /** A mapping of such a page, if any is counted. */
    readonly with?: Place;
  }
  /** The equal KSM page has lost all its counted sharers, and lives on by forks: nobody is added to such a one until ksmd visits one of them, which it never does in memory that it does not scan. */
  | {
    readonly reason: "node-uncounted";
    /** Number of its stable node. */
    readonly node: number;
  }
  /** Equal pages are on other NUMA nodes only, and `merge_across_nodes` is 0. */
  | {
    readonly reason: "other-node";
    /** NUMA node of this page. */
    readonly nid: number;
    /** NUMA node of the equal one. */
    readonly twinNid: number;
    /** Where the equal one is. */
    readonly twin: Place;
  }
  /** Shared since a fork already: other processes map the same frame, and no other frame is equal. */
  | {
    readonly reason: "fork-shared";
    /** Page table entries that map it. */
    readonly mappings: number;
    /** Another place that maps it. */
    readonly with: Place;
  }
  /** No other frame is equal. */
  | {
    readonly reason: "unique";
    /** Whether it waits in the unstable tree of the present pass. */
    readonly inTree: boolean;
    /** An equal page in an area that ksmd does not scan. */
    readonly unoffered?: Place;
  }
  /** Somebody holds the lock of the page, so that ksmd passes it by. */
  | {
    readonly reason: "page-locked";
    /** Whose page. */
    readonly whose: Party;
    /** Its frame number. */
    readonly frame: number;
    /** Who holds the lock, where that is known. */
    readonly holder?: string;
  }
  /** Somebody holds a reference beyond the mappings', and may be writing through it: the page cannot be protected. */
  | {
    readonly reason: "pinned";
    /** Whose page. */
    readonly whose: Party;
    /** Its frame number. */
    readonly frame: number;
    /** References beyond those of mappings and swap cache. */
    readonly extra: number;
    /** Whether one of them is that of a migration, which has taken the page off the LRU lists. */
    readonly isolated: boolean;
  }
  /** A search in the unstable tree does not get to the equal page until the next pass makes a new one. */
  | {
    readonly reason: "tree-rotten";
    /** An entry on the way maps no page any more (`gone`), or has moved to another NUMA node (`moved`); or pages have changed in the tree, so that its order is lost (`astray`). */
    readonly cause: "gone" | "moved" | "astray";
    /** That entry, where there is one. */
    readonly entry?: Place;
  }
  /** There is an equal page, and both have to be visited in one pass. */
  | {
    readonly reason: "waits-for-twin";
    /** The equal page that is nearest to a merge. */
    readonly twin: Twin<Place>;
    /** Frames that are equal to this page's, in areas that ksmd scans, its own not counted. */
    readonly twins: number;
    /** When ksmd visits the equal page. */
    readonly forecast?: Forecast;
  }
  /** Nothing else is in its way: the first visit that finds it unchanged merges it. */
  | {
    readonly reason: "due";
    /** What with. */
    readonly with: "ksm-page" | "twin" | "zero-page";
    /** Where the other page is; missing for the zero page. */
    readonly twin?: Place;
  };

/** The tags of {@linkcode Reason}. */
export type ReasonName = Reason<unknown>["reason"];

/** What ksmd remembers of a page. */
export interface Memo {
  /** Where its rmap item is. */
  readonly state: "neither" | "unstable" | "stable";
  /** Visits that have looked at its bytes. */
  readonly visits: number;
  /** Visits in a row, up to the last one, that found other bytes than the visit before. */
  readonly changesInRow: number;
  /** The checksum of the last such visit. */
  readonly oldchecksum: number;
  /** Visits under smart scan, those left out included; at most 255. */
  readonly age: number;
  /** Coming visits that smart scan leaves out. */
  readonly remainingSkips: number;
}

/** The answer to "why is this page not merged?". */
export interface Why<Place> {
  /** What stops it first, or how it is merged. */
  readonly first: Reason<Place>;
  /** What else would stop it after that, in the order in which ksmd would meet it. */
  readonly further: readonly Reason<Place>[];
  /** When ksmd visits it next; missing where it never does, as things are. */
  readonly forecast?: Forecast;
  /** What ksmd remembers of it; missing before the first visit. */
  readonly memo?: Memo;
}
