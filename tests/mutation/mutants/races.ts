/**
 * How a page is got from a node, and moved: rules about races, which no trace can
 * hold, since in a trace nobody races.
 *
 * @module
 */
import type { Mutant } from "./mutant.ts";

const GET_FOLIO = "src/engine/ksm/get_folio.ts";

const MIGRATE_KSM = "src/engine/ksm/migrate_ksm.ts";
const MIGRATE = "src/engine/mm/migrate.ts";

/** Mutants of the look-up, and of the migration that races with it. */
export const RACE_MUTANTS: readonly Mutant[] = [
  {
    rule: "look-up: a pinned page is looked at once more",
    section: "11.4",
    file: GET_FOLIO,
    from: `  if (!pointsBack(ksm, frame, node)) {
    frames.put(frame);
    return 0;
  }
  if (mode`,
    to: "  if (mode",
  },
  {
    rule: "look-up: a locked page is looked at once more",
    section: "11.4",
    file: GET_FOLIO,
    from: "  if (pointsBack(ksm, frame, node)) return frame;\n",
    to: "  if (frame !== 0) return frame;\n",
  },
  {
    rule: "look-up: the frame number is read again before a node is given up",
    section: "11.4",
    file: GET_FOLIO,
    from: "    if (nodes.kpfn.get(node) !== frame) continue;\n",
    to: "",
  },
  {
    rule: "look-up: a frozen count of the swap cache is waited for",
    section: "11.4",
    file: GET_FOLIO,
    from: "    if (frames.swapCache[frame] === 0) return 0;\n",
    to: "    if (frames.swapCache[frame] < 2) return 0;\n",
  },
  {
    rule: "look-up: the wait for a frozen count ends with the flag",
    section: "11.4",
    file: GET_FOLIO,
    from: "    if (frames.swapCache[frame] === 0) return 0;\n    //",
    to: "    //",
  },
  {
    rule: "look-up: a page whose lock is not free is busy, not gone",
    section: "11.4",
    file: GET_FOLIO,
    from: `    frames.put(frame);
    return "busy";`,
    to: `    frames.put(frame);
    return 0;`,
  },
  {
    rule: "look-up: a lock that is free is taken",
    section: "11.4",
    file: GET_FOLIO,
    from:
      `  else if (!(yield* frames.tryLock(frame, "ksm_get_folio:trylock"))) {`,
    to: "  else {",
  },
  {
    rule: "look-up: a lock that is not free is not waited for",
    section: "11.4",
    file: GET_FOLIO,
    from: `  if (mode === "lock") yield* frames.lock`,
    to: `  if (mode !== "nolock") yield* frames.lock`,
  },
  {
    rule: "look-up: a pinned page that is stale is let go",
    section: "11.4",
    file: GET_FOLIO,
    from: `  if (!pointsBack(ksm, frame, node)) {
    frames.put(frame);`,
    to: `  if (!pointsBack(ksm, frame, node)) {`,
  },
  {
    rule: "look-up: a node whose page is gone is removed",
    section: "11.4",
    file: GET_FOLIO,
    from: "    removeNodeFromStableTree(ksm, node);\n",
    to: "",
  },
  {
    rule: "look-up: a page that is busy is let go",
    section: "11.4",
    file: GET_FOLIO,
    from: `    frames.put(frame);
    return "busy";`,
    to: `    return "busy";`,
  },
  {
    rule: "look-up: a page that is stale under its lock is unlocked",
    section: "11.4",
    file: GET_FOLIO,
    from: `  yield* frames.unlock(frame, "ksm_get_folio:lock");\n`,
    to: "",
  },
  {
    rule: "look-up: a page that is stale under its lock is let go",
    section: "11.4",
    file: GET_FOLIO,
    from: `  yield* frames.unlock(frame, "ksm_get_folio:lock");
  frames.put(frame);`,
    to: `  yield* frames.unlock(frame, "ksm_get_folio:lock");`,
  },
  {
    rule:
      "migration: the node has the new number before the old page is let go",
    section: "12.1",
    file: MIGRATE_KSM,
    from: `  nodes.kpfn.set(node, fresh);
  if (steps.mayRace && steps.race("folio_migrate_ksm:kpfn")) yield steps.stop;
  frames.setStableNode(old, 0);`,
    to: `  frames.setStableNode(old, 0);
  if (steps.mayRace && steps.race("folio_migrate_ksm:kpfn")) yield steps.stop;
  nodes.kpfn.set(node, fresh);`,
  },
  {
    rule: "migration: the swap-cache flag goes after the number has changed",
    section: "12.1",
    file: MIGRATE,
    from: `  if (frames.isKsm(fresh) && ksm) yield* ksm.migrated(fresh, old);
  frames.swapCache[old] = 0;`,
    to: `  frames.swapCache[old] = 0;
  if (frames.isKsm(fresh) && ksm) yield* ksm.migrated(fresh, old);`,
  },
  {
    rule: "migration: a page that somebody pins after the first look stays",
    section: "12.1",
    file: MIGRATE,
    from: `  if (frames.refcount[old] !== expected) return false;
  if (inSwapCache`,
    to: "  if (inSwapCache",
  },
];
