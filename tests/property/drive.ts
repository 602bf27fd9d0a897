/** Runs operations on a machine and looks at it in between. */
import { Driver, type Machine } from "../../src/machine/mod.ts";
import type { Op, RecordedEvent } from "../../src/workload/mod.ts";

/** What to do in between; `op` is the operation that has ended, or the one that a page was visited for. */
export interface Watch {
  /** After each operation. */
  afterOp?(op: Op): void;
  /** After each visit of a page. */
  afterPage?(op: Op): void;
}

/** Runs all operations, and returns what they answered. */
export function drive(
  machine: Machine,
  ops: readonly Op[],
  watch: Watch = {},
): RecordedEvent[] {
  const events: RecordedEvent[] = [];
  let done = 0;
  const source = {
    name: "driven",
    title: "driven",
    endless: false,
    next(): Op | undefined {
      if (done > 0) watch.afterOp?.(ops[done - 1]);
      return ops.at(done++);
    },
  };
  const driver = new Driver(machine, source, {
    record: (event) => events.push(event),
  });
  const stride = watch.afterPage === undefined ? "end" : "page";
  while (driver.advance(stride) !== "end") watch.afterPage?.(ops[done - 1]);
  return events;
}
