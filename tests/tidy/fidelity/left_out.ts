/**
 * What of the kernel's memory management the model leaves out, as the README
 * tells it.
 *
 * @module
 */

/** One subject that is not modelled. */
export interface LeftOut {
  /** What it is. */
  readonly subject: string;
  /** The kernel's functions that are missing for it, as far as they are KSM's own; without parentheses. */
  readonly kernelFunctions: readonly string[];
  /** What that means for who compares with a kernel. */
  readonly consequence: string;
  /** Whether it is out of scope, or still to come. */
  readonly status: "by design" | "not yet";
}

/** All of it. */
export const LEFT_OUT: readonly LeftOut[] = [
  {
    subject: "transparent huge pages",
    kernelFunctions: [],
    consequence:
      "areas behave as with MADV_NOHUGEPAGE; nothing is split to be merged",
    status: "by design",
  },
  {
    subject: "swap, and copies on swap-in",
    kernelFunctions: ["ksm_might_need_to_copy"],
    consequence: "pages stay in memory; no page loses its sharing to reclaim",
    status: "by design",
  },
  {
    subject: "userfaultfd",
    kernelFunctions: [],
    consequence: "no page is write-protected but by fork, mprotect and KSM",
    status: "by design",
  },
  {
    subject: "memory cgroups",
    kernelFunctions: [],
    consequence: "nothing is charged, no limit makes a fault fail",
    status: "by design",
  },
  {
    subject: "hardware poison",
    kernelFunctions: ["collect_procs_ksm"],
    consequence: "no page goes bad",
    status: "by design",
  },
  {
    subject: "per-CPU LRU batches",
    kernelFunctions: [],
    consequence:
      "a page copied during a full scan can merge in the same one; stepped recordings drain the batches before each scan",
    status: "by design",
  },
  {
    subject: "locks of single areas (per-VMA locks)",
    kernelFunctions: [],
    consequence:
      "a fault takes mmap_lock where the kernel mostly gets by with the area's own lock; undoing sharing takes no such lock, as no fault could hold it",
    status: "by design",
  },
  {
    subject: "signals during an unmerge",
    kernelFunctions: [],
    consequence: "run 2 and MADV_UNMERGEABLE never end with EINTR",
    status: "by design",
  },
  {
    subject: "allocation failures",
    kernelFunctions: [],
    consequence:
      "items, nodes and pages can always be had; no ENOMEM but for holes",
    status: "by design",
  },
  {
    subject: "files and shared memory",
    kernelFunctions: [],
    consequence:
      "all memory is private and anonymous, and may be offered to KSM",
    status: "by design",
  },
  {
    subject: "time in traces",
    kernelFunctions: [],
    consequence:
      "in a trace, and in a script that is not live, operations and ksmd take turns: what work costs shows in lock statistics, and not in the clock of pruning and the advisor",
    status: "by design",
  },
];
