/** A record that one actor reads while another one frees it. */
import assert from "node:assert/strict";
import type { Suspends } from "../../src/engine/lib/step.ts";
import { RcuControl } from "../../src/explorer/scenarios/rcu_control.ts";
import { search } from "../../src/sim/explore/mod.ts";
import { goTo, granting } from "./stepping.ts";

interface Control {
  readonly reader: Suspends<unknown>;
  readonly writer: Suspends<unknown>;
  view(): readonly string[];
  end(): string;
}

function begin(readsInSection: boolean): Control {
  const execution = new RcuControl(readsInSection).begin();
  const [reader, writer] = execution.works;
  return {
    reader,
    writer,
    view: () => execution.view(),
    end: () => execution.outcome(),
  };
}

Deno.test("in a section the record that a reader has found stays until it has read it", () => {
  const { reader, writer, view, end } = begin(true);
  assert.deepEqual(view(), ["yes", "in use", "0"]);
  goTo(reader, "race", "reader:found");
  goTo(writer, "wait", "synchronize_rcu:wait");
  assert.deepEqual(view(), ["no", "in use", "1"]);
  granting.run(reader);
  assert.ok(writer.next(true).done);
  assert.deepEqual(view(), ["no", "freed", "0"]);
  assert.equal(end(), "the record was read");
});

Deno.test("in a section that begins after the record is unpublished nothing is found, and the writer does not wait", () => {
  const { reader, writer, view, end } = begin(true);
  goTo(writer, "race", "writer:unpublished");
  granting.run(reader);
  assert.ok(writer.next(true).done);
  assert.deepEqual(view(), ["no", "freed", "0"]);
  assert.equal(end(), "no record was found");
});

Deno.test("without a section the record may be freed before it is read", () => {
  const { reader, writer } = begin(false);
  goTo(reader, "race", "reader:found");
  granting.run(writer);
  assert.throws(() => granting.run(reader), {
    name: "Violation",
    property: "nothing is used after it is freed",
  });
});

Deno.test("in a section no order of steps reads a freed record, and both ends are reached", () => {
  const { exhaustive, findings, outcomes } = search(new RcuControl(true));
  assert.ok(exhaustive);
  assert.deepEqual(findings, []);
  assert.deepEqual(
    [...outcomes.keys()].sort(),
    ["no record was found", "the record was read"],
  );
});

Deno.test("without a section the search finds the order that reads a freed record", () => {
  const [finding] = search(new RcuControl(false)).findings;
  assert.equal(finding.property, "nothing is used after it is freed");
});
