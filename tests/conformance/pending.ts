/** What a machine with one NUMA node cannot do. */
const NODES = "it needs a machine with two NUMA nodes";

/** Public traces that the engine does not reproduce yet, each with what it needs. */
export const PENDING: Readonly<Record<string, string>> = {
  "numa/n-offline": NODES,
};
