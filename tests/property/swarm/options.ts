/** What a random machine is like: drawn from one number, and printed by it. */
import { SeededRandom } from "../../../src/sim/mod.ts";

/** What threads do besides writing. Each is left out of half of the machines. */
export const KINDS = [
  "write",
  "read",
  "discard",
  "advise",
  "merge any",
  "unmap",
  "move",
  "protect",
  "map",
  "fork",
  "exit",
  "bind",
  "migrate",
] as const;

/** One of {@linkcode KINDS}. */
export type Kind = typeof KINDS[number];

/** How a machine comes to rest. */
export type Quiet =
  /** ksmd stops, every page is written once more, and ksmd begins anew. */
  | "rewrite"
  /** `run` is 2, then 1 again. */
  | "unmerge"
  /** Nothing is undone. */
  | "leave";

/** A random machine. */
export interface SwarmOptions {
  /** Everything follows from it. */
  readonly seed: number;
  /** Who goes on next. */
  readonly scheduler: "timed" | "random" | "round robin";
  /** Whether the invariants are checked after each step, and not at rest alone. */
  readonly watched: boolean;
  /** NUMA nodes. */
  readonly nodes: number;
  /** Processes at the beginning. */
  readonly processes: number;
  /** Threads of each of them. */
  readonly threads: number;
  /** Pages of each region. */
  readonly pages: number;
  /** How many different pages there are to write. */
  readonly contents: number;
  /** Turns of each thread. */
  readonly turns: number;
  /** Milliseconds between two turns. */
  readonly everyMillis: number;
  /** What threads do. */
  readonly kinds: readonly Kind[];
  /** Knobs before anything is scanned. */
  readonly knobs: Readonly<Record<string, number>>;
  /** Knobs that an administrator writes meanwhile, each with its values. */
  readonly administered: Readonly<Record<string, readonly number[]>>;
  /** Whether somebody reads all counters. */
  readonly reader: boolean;
  /** Who moves pages from frame to frame. */
  readonly movers: readonly ("compact" | "balance")[];
  /** Nanoseconds that some sites take longer, so that others come in between. */
  readonly delays: ReadonlyMap<string, number>;
  /** How the machine comes to rest. */
  readonly quiet: Quiet;
}

const ADMINISTERED: Readonly<Record<string, readonly number[]>> = {
  run: [0, 1, 1, 2],
  pages_to_scan: [1, 10, 100],
  sleep_millisecs: [0, 1, 3],
  smart_scan: [0, 1],
  use_zero_pages: [0, 1],
  max_page_sharing: [2, 3, 256],
  stable_node_chains_prune_millisecs: [0, 1, 2000],
};

const NUMA_ADMINISTERED: Readonly<Record<string, readonly number[]>> = {
  merge_across_nodes: [0, 1],
  offline: [0, 1],
};

/** Places where one who takes longer lets others in. */
const SITES = [
  "scan_get_next_rmap_item:mmap_lock",
  "scan_get_next_rmap_item:next",
  "cmp_and_merge_page:checksum",
  "cmp_and_merge_page:append",
  "cmp_and_merge_page:insert",
  "try_to_merge_with_ksm_page:mmap_lock",
  "try_to_merge_one_page:folio",
  "try_to_merge_one_page:compare",
  "write_protect_page:pte",
  "replace_page:pte",
  "break_ksm:pte",
  "break_cow:mmap_lock",
  "get_mergeable_page:mmap_lock",
  "ksm_get_folio:lock",
  "ksm_get_folio:trylock",
  "handle_mm_fault:mmap_lock",
  "handle_mm_fault:pte",
  "do_wp_page:page",
  "ksm_madvise:mmap_lock",
  "__ksm_enter:mmlist",
  "__ksm_exit:mmlist",
  "exit_mmap:mmap_lock",
  "dup_mmap:mmap_lock",
  "copy_pte_range:pte",
  "run_store:mutex",
];

/** The machine of a seed. */
export function drawOptions(seed: number): SwarmOptions {
  const random = new SeededRandom(seed);
  const chance = (part: number) => random.next() < part;
  const pick = <T>(from: readonly T[]): T => from[random.below(from.length)];
  const nodes = chance(0.3) ? 2 : 1;
  const watched = chance(0.2);
  const threads = pick([1, 1, 2, 3]);
  const kinds = KINDS.filter((kind) =>
    chance(0.5) && (nodes === 2 || (kind !== "bind" && kind !== "migrate"))
  );
  const all = nodes === 2
    ? { ...ADMINISTERED, ...NUMA_ADMINISTERED }
    : ADMINISTERED;
  const administered = Object.fromEntries(
    Object.entries(all).filter(() => chance(0.3)),
  );
  const maxPageSharing = pick([2, 3, 5, 256, 256, 256]);
  const mayUnmerge = !kinds.includes("fork");
  const mayLeave = mayUnmerge && nodes === 1 && maxPageSharing === 256 &&
    !("max_page_sharing" in administered) &&
    !("use_zero_pages" in administered);
  return {
    seed,
    scheduler: pick(["timed", "timed", "random", "round robin"]),
    watched,
    nodes,
    processes: 1 + random.below(watched ? 2 : 4),
    threads,
    pages: 2 + random.below(watched ? 6 : 20),
    contents: 1 + random.below(8),
    turns: 5 + random.below(watched ? 10 : 40),
    everyMillis: pick([0, 0, 0.02, 0.2]),
    kinds,
    knobs: {
      pages_to_scan: pick([1, 5, 50, 500]),
      sleep_millisecs: pick([0, 0, 1]),
      smart_scan: pick([0, 1]),
      use_zero_pages: pick([0, 0, 1]),
      max_page_sharing: maxPageSharing,
      stable_node_chains_prune_millisecs: pick([0, 1, 2000]),
      ...(nodes === 2 && { merge_across_nodes: pick([0, 1]) }),
    },
    administered,
    reader: chance(0.3),
    movers: (["compact", "balance"] as const).filter(() => chance(0.3)),
    delays: new Map(
      Array.from(
        { length: random.below(4) },
        () => [pick(SITES), 1000 * (1 + random.below(100))],
      ),
    ),
    quiet: pick(
      mayLeave
        ? ["rewrite", "unmerge", "leave", "leave", "leave", "leave"]
        : mayUnmerge
        ? ["rewrite", "unmerge"]
        : ["rewrite"],
    ),
  };
}
