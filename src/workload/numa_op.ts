/**
 * Operations on a machine with two NUMA nodes, which only `ksm-trace-numa/1`
 * has.
 *
 * At the start every process, and the writer, allocates on node 0. A forked
 * child allocates as its parent does.
 *
 * @module
 */

/** A NUMA node. */
export type NodeId = 0 | 1;

/** The nodes that there are. */
export const NODES: readonly NodeId[] = [0, 1];

/** The only node with memory blocks that can be taken offline. */
export const MOVABLE_NODE: NodeId = 1;

/** Sets the node on which a process allocates from now on; pages that are already there stay. */
export interface BindOp {
  /** Which operation. */
  readonly op: "bind";
  /** Whose; when missing, the process that writes the files of sysfs, and so undoes merging with `run` 2. */
  readonly proc?: string;
  /** The node. */
  readonly node: NodeId;
}

/**
 * Sets the node on which a part of a region is allocated from now on, by
 * whoever touches it: it goes before the node of the process. Nothing moves.
 */
export interface MbindOp {
  /** Which operation. */
  readonly op: "mbind";
  /** Whose. */
  readonly proc: string;
  /** Name of the region. */
  readonly region: string;
  /** First page; 0 when missing. */
  readonly start?: number;
  /** How many, all of them mapped; to the region's end when missing. */
  readonly count?: number;
  /** The node. */
  readonly node: NodeId;
}

/** Moves pages to a node, in rising order; what came of each page is recorded. */
export interface MoveOp {
  /** Which operation. */
  readonly op: "move";
  /** Whose. */
  readonly proc: string;
  /** Name of the region. */
  readonly region: string;
  /** First page; 0 when missing. */
  readonly start?: number;
  /** How many, mapped or not; to the region's end when missing. */
  readonly count?: number;
  /** The node to move to. */
  readonly node: NodeId;
  /** Whether pages that are mapped more than once move too; no when missing. */
  readonly all?: boolean;
}

/** Takes all movable memory blocks of a node offline: what is there moves to node 0. */
export interface OfflineOp {
  /** Which operation. */
  readonly op: "offline";
  /** The node; only {@linkcode MOVABLE_NODE} has such blocks. */
  readonly node: NodeId;
}

/** Brings the movable memory blocks of a node online again, empty. */
export interface OnlineOp {
  /** Which operation. */
  readonly op: "online";
  /** The node; only {@linkcode MOVABLE_NODE} has such blocks. */
  readonly node: NodeId;
}

/** One operation that only a machine with two nodes can do. */
export type NumaOp = BindOp | MbindOp | MoveOp | OfflineOp | OnlineOp;
