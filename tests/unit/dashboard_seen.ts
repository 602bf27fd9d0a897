/**
 * What the dashboard is told of its source, frame by frame.
 *
 * @module
 */
import type { Seen } from "../../src/dashboard/update.ts";
import type { Snapshot } from "../../src/observe/snapshot.ts";

/** What is seen of a source that goes on. */
export function seen(snapshot: Snapshot): Seen {
  return {
    kind: "seen",
    snapshot,
    stepped: false,
    ended: false,
    defect: undefined,
  };
}
