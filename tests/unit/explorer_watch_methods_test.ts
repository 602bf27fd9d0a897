import assert from "node:assert/strict";
import { RESTING_HANDLES } from "../../src/engine/lib/arena.ts";
import { Bug } from "../../src/engine/lib/assert.ts";
import { slotVpn } from "../../src/machine/mod.ts";
import { USES, watched } from "./watched_uses.ts";

for (const [what, use, reads, writes] of USES) {
  Deno.test(`noted: ${what}`, () => {
    const box = watched();
    const pages = (names: string[]) =>
      names.map((name) =>
        name.replace(/%(\d)/, (_, page) => `${slotVpn(0, Number(page))}`)
      );
    assert.deepEqual(box.noted(() => use(box)), [pages(reads), pages(writes)]);
  });
}

Deno.test("columns are watched also when they have grown", () => {
  const { ksm, noted } = watched();
  // Item 64 is the first that finds no room.
  while (ksm.items.live < 63) ksm.items.alloc();
  const item = ksm.items.alloc();
  assert.equal(item, 64);
  assert.deepEqual(noted(() => ksm.items.vpn[item]), [["items.vpn[64]"], []]);
  assert.deepEqual(noted(() => ksm.items.node.left[item]), [
    ["items.node.left[64]"],
    [],
  ]);
});

Deno.test("no handle is used a second time while it is watched", () => {
  const { ksm, noted } = watched();
  const again = () => ksm.items.free(ksm.items.alloc());
  for (let freed = 0; freed <= RESTING_HANDLES; freed++) again();
  assert.throws(() => noted(again), Bug);
});

Deno.test("where handles are used again at once, who knows the handle sees that", () => {
  const { ksm, noted } = watched();
  const { items } = ksm;
  items.pool.rest = 0;
  const item = items.alloc();
  const [, freed] = noted(() => items.free(item));
  assert.ok(freed.includes("items handles"), `${freed}`);
  const [, written] = noted(() => assert.equal(items.alloc(), item));
  for (const cell of ["items handles", "items.vpn[1]", "items.head[1]"]) {
    const name = cell.replace("[1]", `[${item}]`);
    assert.ok(written.includes(name), `${name} of ${written}`);
  }
});
