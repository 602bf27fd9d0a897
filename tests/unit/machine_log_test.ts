/** The events that only a machine with actors or several nodes has. */
import assert from "node:assert/strict";
import { Driver, Machine } from "../../src/machine/mod.ts";
import {
  BUILTINS,
  openWorkload,
  type Workload,
} from "../../src/workload/mod.ts";
import { all } from "./ksm_box.ts";
import { WhyBox } from "./why_box.ts";

Deno.test("a migration is logged: of a plain page by its place, of a KSM page by its frame", () => {
  const box = new WhyBox({ nodes: 2 });
  box.start("A", 2, all("x"), 0);
  const move = (count: number, node: 0 | 1) =>
    box.do({
      op: "move",
      proc: "A",
      region: "r",
      start: 0,
      count,
      node,
      all: true,
    });
  move(1, 1);
  const plain = box.frame("A", 0);
  box.passes(2);
  const old = box.frame("A", 0);
  move(2, old === plain ? 0 : 1);
  const now = box.frame("A", 0);
  const moved = box.machine.log.last()
    .filter(({ kind }) => kind === "migration")
    .map(({ text }) => text);
  const { nid } = box.machine.memory.frames;
  assert.deepEqual(moved, [
    `A r+0 moved to frame ${plain} of node 1`,
    `KSM page ${old} moved to frame ${now} of node ${nid[now]}`,
  ]);
});

Deno.test("each wait for a lock is logged with who waits, for what, and who holds it", () => {
  const scene: Workload | undefined = BUILTINS.find(({ name }) =>
    name === "contention"
  );
  assert.ok(scene);
  const machine = new Machine({ timed: { seed: 1 } });
  const driver = new Driver(machine, openWorkload(scene, { seed: 1 }));
  const { locks } = machine.simulation ?? assert.fail();
  // The newest entries are read before the log forgets them.
  const numbers = new Set<number>();
  const texts: string[] = [];
  while (texts.length < 50) {
    driver.advance("page");
    for (const { kind, number, text } of machine.log.last()) {
      if (kind !== "wait" || numbers.has(number)) continue;
      numbers.add(number);
      texts.push(text);
    }
    assert.equal(locks.waits, texts.length);
  }
  const actor = "(?:ksmd|script|reader|admin|[a-z0-9-/]+)";
  const form = new RegExp(
    `^${actor} waits for [&a-z_>-]+(?: of [a-z0-9- ]+)?, held by ${actor}(?:, ${actor})*$`,
  );
  for (const text of texts) assert.match(text, form);
});
