/**
 * The invariants by name, and what is thrown when one is broken.
 *
 * @module
 */
import { Bug } from "../../engine/lib/assert.ts";

/** What each invariant says. Those marked "at rest" may be untrue between two steps of an actor. */
export const INVARIANTS = {
  "areas": "Areas stand in rising order and do not overlap",
  "page table counters":
    "A page table counts its entries, and those that map a frame",
  "process mm": "The address space of a process is there",
  "mm references":
    "An address space is referred to by its users and by its slot",
  "mm references at rest": "At rest nobody else refers to an address space",
  "exiting mm": "Only an exit that is under way leaves areas and pages behind",
  "exiting mm at rest": "At rest a process that has exited has no pages",
  "registered mm": "An address space is registered if it has a slot",
  "registered mm at rest":
    "At rest an address space is registered if and only if it has a slot",
  "mergeable area":
    "Only a registered address space has mergeable areas, unless it exits",
  "entry in area": "A page table entry lies in an area",
  "zero page entry": "The shared zero page is mapped read-only",
  "entry frame": "A page table entry maps a frame in use",
  "writable KSM page": "A KSM page is mapped read-only",
  "writable shared page": "A page with several mappings is mapped read-only",
  "write permission at rest":
    "At rest an entry is writable only where its area is",
  "entry anon_vma": "An anonymous page points at the anon_vma of its area",
  "entry index": "An anonymous page has the offset of its place in the area",
  "frame mapcount": "A frame counts the page table entries that map it",
  "frame refcount": "A frame has a reference for each mapping and each pin",
  "frame refcount at rest":
    "At rest a frame has no references but for its mappings",
  "frozen frame": "A frame whose count is frozen is mapped nowhere",
  "isolated frame at rest": "At rest no frame is about to be migrated",
  "frame mapping at rest":
    "At rest every frame in use is an anonymous page or a KSM page",
  "migration entry":
    "Who migrates a page holds its lock until no entry is left",
  "migration entry at rest": "At rest no page is under migration",
  "frame lock": "Who holds the lock of a frame holds a reference",
  "frame lock at rest": "At rest no frame is locked",
  "frame mapping": "A frame that is mapped is an anonymous page or a KSM page",
  "frame node": "The node that a KSM page belongs to knows it by its number",
  "free frame": "A free frame has no reference, mapping or lock",
  "contents": "A content has a reference for each frame that holds it",
  "contents at rest": "At rest contents have no other references",
  "reverse map": "The reverse map of an anonymous page finds all its mappings",
  "slot list": "Every slot is on the list, linked both ways",
  "slot mm": "A slot and its address space know each other",
  "cursor slot": "The cursor is on a slot of the list, or between two passes",
  "cursor item": "The item behind the cursor is one of its address space",
  "cursor page": "The page that is about to be visited is pinned",
  "cursor page at rest": "At rest no visit has been announced",
  "rmap list": "The items of a slot stand in strictly rising order",
  "rmap list owner": "The items of a slot belong to its address space",
  "listed items": "Every item is on a list, but for one that is being freed",
  "listed items at rest": "At rest every item is on the list of its slot",
  "items of mm": "An address space counts its items",
  "merging pages of mm": "An address space counts its stable items",
  "item state": "An item is on a node if and only if it is stable",
  "item anon_vma":
    "A stable item holds an anon_vma, an unstable one does not, and a merge is about two items at most",
  "item anon_vma at rest": "At rest only stable items hold an anon_vma",
  "item age": "An unstable item is of this pass or the one before",
  "node list": "A node counts its items, which are linked both ways",
  "node frame": "A node has a frame number unless it is a chain",
  "anon_vma references":
    "An anon_vma has a reference for each area and item that points at it",
  "anon_vma references at rest": "At rest an anon_vma has no other references",
  "anon_vma family":
    "An anon_vma knows the address spaces with areas that point at it",
  "pages shared": "pagesShared counts the nodes with an item",
  "pages sharing": "pagesSharing counts the further items on nodes",
  "pages unshared": "pagesUnshared counts the unstable items",
  "pages volatile": "pagesVolatile counts the items in no tree",
  "zero pages": "Mappings of the zero page that KSM placed are counted",
  "general profit": "The profit is what is saved less what items cost",
  "chains": "stableNodeChains counts the chains",
  "dups": "stableNodeDups counts the dups",
  "red-black": "A tree keeps the red-black rules",
  "dup list": "The dups of a chain point at it, and are linked both ways",
  "placed nodes":
    "Every node is in a stable tree, on a chain that is, or in exile",
  "exile":
    "Nodes in exile are linked both ways, and only there are trees to leave",
  "tree in use": "Only trees in use have nodes",
  "tree of node": "A node knows in which NUMA node's tree it stands",
  "stable order": "The stable tree stands in the order of its pages' bytes",
  "chain contents": "The pages of one chain are equal",
  "unstable tree": "The unstable tree holds the unstable items of this pass",
} as const;

/** Name of an invariant. */
export type Invariant = keyof typeof INVARIANTS;

/** A state that no sequence of steps may lead to. */
export class BrokenInvariant extends Bug {
  /** Which one. */
  readonly invariant: Invariant;

  /** `facts` say of what it does not hold, what is expected there and what was found. */
  constructor(invariant: Invariant, facts: string) {
    super(`${INVARIANTS[invariant]}: ${facts}`);
    this.invariant = invariant;
  }
}

/** Throws a {@linkcode BrokenInvariant}. */
export function broken(invariant: Invariant, facts: string): never {
  throw new BrokenInvariant(invariant, facts);
}

/** Throws a {@linkcode BrokenInvariant} if what was found of `subject` is not what a recount gives. */
export function requireEqual(
  invariant: Invariant,
  subject: string,
  found: number,
  expected: number,
): void {
  if (found === expected) return;
  broken(invariant, `${subject} has ${found}, expected ${expected}`);
}
