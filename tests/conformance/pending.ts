/** What a machine with one NUMA node cannot do. */
const NODES = "it needs a machine with two NUMA nodes";

/** Public traces that the engine does not reproduce yet, each with what it needs. */
export const PENDING: Readonly<Record<string, string>> = {
  "numa/n-fuzz-a": NODES,
  "numa/n-fuzz-b": NODES,
  "numa/n-fuzz-c": NODES,
  "numa/n-fuzz-d": NODES,
  "numa/n-fuzz-e": NODES,
  "numa/n-fuzz-f": NODES,
  "numa/n-migrate-prune": NODES,
  "numa/n-move-errors": NODES,
  "numa/n-move-ksm": NODES,
  "numa/n-move-ksm-across": NODES,
  "numa/n-move-ksm-dup": NODES,
  "numa/n-move-ksm-last": NODES,
  "numa/n-move-ksm-newcomer": NODES,
  "numa/n-move-ksm-unscanned": NODES,
  "numa/n-move-midpass": NODES,
  "numa/n-move-plain": NODES,
  "numa/n-move-stuck": NODES,
  "numa/n-mps-nodes": NODES,
  "numa/n-offline": NODES,
};
