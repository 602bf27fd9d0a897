/**
 * Kernel Samepage Merging: THE OVERVIEW.
 *
 * A kernel thread, ksmd, looks at the pages that processes have offered by
 * madvise, one after the other and over and over. Where two hold the same bytes
 * it lets both processes map one page, write-protected, and frees the other. A
 * write to it later makes a private copy again, by an ordinary fault.
 *
 * To find equal pages it keeps two red-black trees ordered by the pages' bytes:
 *
 * - The **stable tree** holds the merged pages (KSM pages). They cannot change,
 *   so its order is sound. Each page has a *stable node*.
 * - The **unstable tree** holds pages that have not changed for one full scan and
 *   have no twin yet. They may change in it, so its order may rot; it is
 *   forgotten when each full scan begins.
 *
 * What it knows of each page it has seen is an *rmap item*: owner, address, the
 * checksum at the last visit. An item is on a stable node, or in the unstable
 * tree, or in neither (volatile), and the counters count just that.
 *
 * ```
 *    slots (address spaces)        rmap items               stable nodes
 *    ----------------------        ----------               ------------
 *      head <-> A <-> B            A: 0x10 -> 0x11 -> 0x12
 *               |     |                |               \
 *            cursor   +--> B: 0x40     | unstable tree   +--> node 7 --> frame 93
 *                             |        v                      ^  (no reference)
 *                             +---> [0x10]                    |
 *                                                  B: 0x41 ---+
 * ```
 *
 * One visit of a page, in order: has it changed since last time? then remember
 * its checksum, and no more. Is there a KSM page with its bytes? then map that.
 * Is there a twin in the unstable tree? then the two become a KSM page. Else it
 * goes into the unstable tree itself.
 *
 * Two detours: a KSM page takes `max_page_sharing` sharers and no more, after
 * which equal pages make another one, and both hang on a *chain* in the tree's
 * one place for those bytes. And with `use_zero_pages` a page of zeros is put on
 * the kernel's shared zero page, which has no node and takes any number.
 *
 * Three ideas that explain most surprises:
 *
 * 1. Everything is lazy. A process that writes, unmaps or exits changes no
 *    counter: ksmd finds out when its cursor comes by, or when a walk meets a
 *    stable node whose page is gone.
 * 2. A stable node holds no reference on its page, so that memory nobody maps is
 *    freed at once. Looking the page up is a protocol of its own.
 * 3. A page has to be unchanged for one full scan before anything is compared.
 *    So nothing merges on its first visit.
 *
 * Reading order, one idea a file:
 *
 * | file               | idea                                                   |
 * | ------------------ | ------------------------------------------------------ |
 * | `counters.ts`      | what is counted, and the names in sysfs                |
 * | `rmap_item.ts`     | what is remembered of one page                         |
 * | `stable_node.ts`   | what is remembered of one KSM page                     |
 * | `mm_slot.ts`       | the list of registered address spaces                  |
 * | `ksm.ts`           | the state of it all                                    |
 * | `ksmd.ts`          | batches                                                |
 * | `scan.ts`          | the cursor: which page comes next                      |
 * | `smart_scan.ts`    | which visits are left out                              |
 * | `visit.ts`         | what is done with a page: the heart                    |
 * | `get_folio.ts`     | from a stable node to its page                         |
 * | `protocol.ts`      | what is decided about races, for who decides otherwise |
 * | `stable_tree.ts`   | search, insert, count                                  |
 * | `chain.ts`         | several KSM pages with equal bytes                     |
 * | `unstable_tree.ts` | search and insert, among pages that change             |
 * | `numa_trees.ts`    | trees for each NUMA node                               |
 * | `migrate_nodes.ts` | KSM pages that have left their NUMA node               |
 * | `migrate_ksm.ts`   | pages that migrate, and their nodes                    |
 * | `offline.ts`       | memory that goes offline                               |
 * | `thread_mutex.ts`  | the lock of it all, and what stands in for it          |
 * | `stale_tree.ts`    | a defect of the kernel, and where the model stops      |
 * | `merge.ts`         | protect, compare again, replace; and its failures      |
 * | `item_removal.ts`  | items that leave their tree, or go                     |
 * | `node_removal.ts`  | stable nodes that go, with all that is counted on them |
 * | `remove_all.ts`    | giving up all stable nodes                             |
 * | `break_ksm.ts`     | undoing sharing                                        |
 * | `registration.ts`  | processes that come, fork, change program and go       |
 * | `madvise.ts`       | memory offered and taken back                          |
 * | `merge_any.ts`     | all memory of a process offered at once                |
 * | `ksm_stat.ts`      | what is told of one process                            |
 * | `run.ts`           | start, stop, undo all                                  |
 * | `knobs.ts`         | what can be set, and what it is at first               |
 * | `knob_table.ts`    | how it is set, with all refusals                       |
 * | `knob_check.ts`    | what would come of setting it                          |
 * | `sysfs_text.ts`    | numbers and booleans as they are written there         |
 * | `advisor.ts`       | who sets `pages_to_scan` instead                       |
 * | `jiffies.ts`       | the ticks in which chains are pruned                   |
 * | `tracepoint.ts`    | what is told as it happens                             |
 * | `compare_stat.ts`  | how much is compared on each level of the trees        |
 * | `reason.ts`        | why a page is not merged: all that can stop it         |
 * | `why.ts`           | which of it does                                       |
 * | `merged_page.ts`   | or how it is merged                                    |
 * | `equal_pages.ts`   | where its bytes are, too                               |
 * | `forecast.ts`      | when it is visited next                                |
 * | `scanned_pages.ts` | the pages that ksmd goes through                       |
 * | `unstable_walk.ts` | a search that nobody notices                           |
 *
 * @module
 */
export * from "./advisor.ts";
export * from "./compare_stat.ts";
export * from "./counters.ts";
export { pageOf, sharerOf } from "./equal_pages.ts";
export * from "./knob_check.ts";
export * from "./knob_table.ts";
export * from "./knobs.ts";
export * from "./ksm.ts";
export * from "./ksm_stat.ts";
export * from "./ksmd.ts";
export * from "./madvise.ts";
export * from "./merge_any.ts";
export type { GetFolioMode } from "./get_folio.ts";
export * from "./protocol.ts";
export type * from "./reason.ts";
export * from "./registration.ts";
export * from "./rmap_item.ts";
export * from "./run.ts";
export * from "./tracepoint.ts";
export * from "./why.ts";
export * from "./stable_node.ts";
export * from "./mm_slot.ts";
export { treesInUse } from "./numa_trees.ts";
export { areTreesStale, areTreesTangled } from "./stale_tree.ts";
export type { TreeAges } from "./stale_tree.ts";
