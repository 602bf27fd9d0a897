import assert from "node:assert/strict";
import fc from "fast-check";
import {
  checkAfterStep,
  checkAtRest,
  Driver,
  Machine,
} from "../../src/machine/mod.ts";
import { openTrace, parseTrace } from "../../src/workload/mod.ts";
import { drive } from "./drive.ts";
import { workloads } from "./random_ops.ts";
import { Watching } from "./watching.ts";

/** A machine whose state is checked after each step. */
function watched(): { machine: Machine; watching: Watching } {
  const watching = new Watching();
  const machine = new Machine({ interpreter: watching });
  watching.afterStep = () => checkAfterStep(machine);
  return { machine, watching };
}

Deno.test("the invariants hold after every step of random workloads", () => {
  let steps = 0;
  fc.assert(
    fc.property(workloads(60), (ops) => {
      const { machine, watching } = watched();
      drive(machine, ops, { afterOp: () => checkAtRest(machine) });
      steps += watching.stepped;
    }),
    { numRuns: 30 },
  );
  assert.ok(steps > 5_000, `${steps} steps`);
});

const TRACES = new URL("../conformance/traces/", import.meta.url);

/** What a trace maps at most, since each check looks at all of it. */
const PAGES_MAX = 30;

for (const { name } of Deno.readDirSync(TRACES)) {
  const trace = parseTrace(
    Deno.readTextFileSync(new URL(name, TRACES)),
    name,
  );
  let pages = 0;
  for (const op of trace.ops) if (op.op === "mmap") pages += op.pages;
  if (pages > PAGES_MAX) continue;
  Deno.test(`the invariants hold after every step of ${name}`, () => {
    const { machine } = watched();
    const driver = new Driver(machine, openTrace(trace));
    while (driver.advance("page") !== "end") checkAtRest(machine);
    checkAtRest(machine);
  });
}
