import assert from "node:assert/strict";
import fc from "fast-check";
import { type Cells, watchMachine } from "../../src/explorer/watch/mod.ts";
import { Bug } from "../../src/engine/lib/assert.ts";
import { Machine } from "../../src/machine/mod.ts";
import { AccessLog } from "../../src/sim/explore/mod.ts";
import { type Looks, runAtOnce, scriptsOf } from "../property/at_once.ts";
import {
  differences,
  type MachineCells,
  machineCells,
} from "./machine_cells.ts";

/** What is counted up and down, and never looked at by what counts it. */
const UNCOUNTED: ReadonlySet<string> = new Set([
  "memory.cowKsm",
  "memory.pagesMigrated",
  "memory.migrationsFailed",
  "memory.ksmZeroPages",
  "mm.ksmZeroPages",
  "mm.ksmRmapItems",
  "mm.ksmMergingPages",
  "ksm.pagesScanned",
  "ksm.pagesSkipped",
  "ksm.pagesSharing",
  "ksm.pagesUnshared",
  "ksm.stableNodeChains",
  "ksm.stableNodeDups",
]);

/** Cells that stand for a place, besides its own: those of what it came and went with. */
function coversOf(place: string): string[] {
  const mm = /^(?:mm|slots of|mms).*?\[?(\d+)\]?/.exec(place)?.[1];
  const regions = /^regions of (.*)/.exec(place)?.[1];
  return [
    place,
    ...(mm === undefined ? [] : [`mms[${mm}]`]),
    ...(place.startsWith("mm.vmas.") ? [`mm.vmas[${mm}]`] : []),
    ...(regions === undefined ? [] : [`process ${regions}`]),
  ];
}

/** Places that have changed though no write was noted. */
function missedWrites(
  before: MachineCells,
  after: MachineCells,
  written: ReadonlySet<string>,
): string[] {
  return differences(before, after).filter((place) =>
    !coversOf(place).some((name) => written.has(name))
  );
}

/** Watches a machine, and compares what is noted with what changes. */
function comparing(
  sabotage: (machine: Machine, cells: Cells) => void = () => {},
): (machine: Machine) => Looks {
  return (machine) => {
    const log = new AccessLog();
    const cells = watchMachine(machine, log);
    sabotage(machine, cells);
    let before = machineCells(machine, UNCOUNTED);
    const compare = () => {
      log.listening = false;
      const after = machineCells(machine, UNCOUNTED);
      const { writes } = log.take();
      const names = new Set(writes.map((cell) => cells.nameOf(cell)));
      assert.deepEqual(missedWrites(before, after, names), []);
      before = after;
    };
    log.listening = true;
    return {
      afterStep: () => {
        compare();
        log.listening = true;
      },
      atEnd: compare,
    };
  };
}

/** Short enough that no handle is used a second time. */
function scriptsFor(nodes: number): fc.Arbitrary<number[][]> {
  const script = fc.array(fc.nat({ max: 90 }), { maxLength: 4, size: "max" });
  const length = scriptsOf(nodes);
  return fc.array(script, { minLength: length, maxLength: length });
}

for (const nodes of [1, 2]) {
  Deno.test(`what changes has been noted as written, on ${nodes} nodes`, () => {
    let steps = 0;
    fc.assert(
      fc.property(scriptsFor(nodes), fc.nat(), (draws, seed) => {
        steps += runAtOnce(draws, seed, nodes, comparing()).steps;
      }),
      { numRuns: 2, seed: 2, endOnFailure: true },
    );
    assert.ok(steps > 1_000, `${steps} steps`);
  });
}

/** Some of everything: a fill, a fork, a run of ksmd. */
const SOME_DRAWS = [[0, 9], [1], [2], [6]];

Deno.test("a column that is not watched is missed", () => {
  const unwatch = (machine: Machine) => {
    const { frames } = machine.memory;
    frames.refcount = frames.refcount.slice();
  };
  assert.throws(
    () => runAtOnce(SOME_DRAWS, 1, 1, comparing(unwatch)),
    /frames\.refcount\[/,
  );
});

Deno.test("a field that is not watched is missed", () => {
  const unwatch = ({ ksm }: Machine) => {
    Object.defineProperty(ksm.cursor, "vpn", {
      value: ksm.cursor.vpn,
      writable: true,
      enumerable: true,
    });
  };
  assert.throws(
    () => runAtOnce(SOME_DRAWS, 1, 1, comparing(unwatch)),
    /cursor\.vpn/,
  );
});

Deno.test("a field that nobody has thought of is refused", () => {
  const machine = new Machine();
  Object.assign(machine.ksm, { more: [] });
  assert.throws(
    () => watchMachine(machine, new AccessLog()),
    new Bug("ksm.more is not watched"),
  );
});

Deno.test("nobody reads counters while others are at work", () => {
  const machine = new Machine();
  const log = new AccessLog();
  watchMachine(machine, log);
  assert.equal(machine.counters().pagesSharing, 0);
  log.listening = true;
  assert.throws(() => machine.counters(), Bug);
});
