import assert from "node:assert/strict";
import {
  Arena,
  HandlePool,
  RESTING_HANDLES,
} from "../../src/engine/lib/arena.ts";
import { Bug } from "../../src/engine/lib/assert.ts";
import type { Handle } from "../../src/engine/lib/handle.ts";

type Thing = Handle<"Thing">;

/** An arena with a column of each sort. */
class Things extends Arena<Thing> {
  weight: Float64Array = this.numbers(
    Float64Array,
    (array) => this.weight = array,
  );
  flag: Uint8Array = this.numbers(Uint8Array, (array) => this.flag = array);
  readonly friend = this.handles<Thing>();

  constructor() {
    super("thing");
  }
}

function allocMany(things: Things, count: number): Thing[] {
  return Array.from({ length: count }, () => things.alloc());
}

Deno.test("handles begin at 1, and entries at 0 in every column", () => {
  const things = new Things();
  const thing = things.alloc();
  assert.equal(thing, 1);
  assert.deepEqual(
    [things.weight[thing], things.flag[thing], things.friend.get(thing)],
    [0, 0, 0],
  );
});

Deno.test("an entry that is used again is all 0 again", () => {
  const things = new Things();
  const [first, ...others] = allocMany(things, RESTING_HANDLES + 1);
  things.weight[first] = 1.5;
  things.flag[first] = 1;
  things.friend.set(first, first);
  things.free(first);
  others.forEach((thing) => things.free(thing));
  assert.equal(things.alloc(), first);
  assert.deepEqual(
    [things.weight[first], things.flag[first], things.friend.get(first)],
    [0, 0, 0],
  );
});

Deno.test("a freed handle rests until enough others have been freed after it", () => {
  const things = new Things();
  const all = allocMany(things, RESTING_HANDLES + 1);
  const last = all.pop();
  assert.ok(last !== undefined);
  all.forEach((thing) => things.free(thing));
  assert.equal(things.alloc(), RESTING_HANDLES + 2);
  things.free(last);
  assert.equal(things.alloc(), all[0]);
  assert.equal(things.alloc(), RESTING_HANDLES + 3);
});

Deno.test("a stale handle is no live one, and to use it is a bug", () => {
  const things: Things = new Things();
  const thing = things.alloc();
  assert.equal(things.isLive(thing), true);
  things.assertLive(thing);
  things.free(thing);
  assert.equal(things.isLive(thing), false);
  assert.throws(() => things.assertLive(thing), Bug);
  assert.throws(() => things.free(thing), /thing 1 is stale or none/);
  things.alloc();
  assert.equal(things.isLive(thing), false);
});

Deno.test("0 is none", () => {
  const things = new Things();
  assert.equal(things.isLive(0), false);
  assert.throws(() => things.assertLive(0), Bug);
});

Deno.test("growing keeps what the columns hold", () => {
  const things = new Things();
  const { capacity } = things;
  const all = allocMany(things, 3 * capacity);
  assert.ok(things.capacity >= 3 * capacity);
  for (const thing of all) {
    things.weight[thing] = thing / 2;
    things.friend.set(thing, all[0]);
  }
  allocMany(things, 4 * things.capacity);
  for (const thing of all) {
    assert.equal(things.weight[thing], thing / 2);
    assert.equal(things.friend.get(thing), all[0]);
    assert.equal(things.flag[thing], 0);
  }
});

Deno.test("what is in use is counted, and listed in the order of handles", () => {
  const things = new Things();
  const all = allocMany(things, 100);
  all.filter((thing) => thing % 3 === 0).forEach((thing) => things.free(thing));
  const expected = all.filter((thing) => thing % 3 !== 0);
  assert.deepEqual([...things.each()], expected);
  assert.equal(things.live, expected.length);
});

Deno.test("a handle goes back to its pool, and never comes from another", () => {
  const things = new Things();
  const [one, two] = [new HandlePool(10), new HandlePool(10)];
  const take = (pool: HandlePool, count: number) =>
    Array.from({ length: count }, () => things.alloc(pool));
  const ofOne = new Set([...take(one, 12), ...take(one, 100)]);
  const ofTwo = new Set(take(two, 112));
  assert.deepEqual([...ofOne].filter((thing) => ofTwo.has(thing)), []);
  // Chunks of 10 are taken in turn as they are needed.
  assert.deepEqual([...ofOne].slice(0, 3), [1, 2, 3]);
  for (const thing of ofOne) things.free(thing, one);
  for (const thing of ofTwo) things.free(thing, two);
  const again = take(two, ofTwo.size - RESTING_HANDLES);
  assert.deepEqual(again.filter((thing) => !ofTwo.has(thing)), []);
});

Deno.test("a pool with a limit is exhausted when all its handles are in use or rest", () => {
  const things = new Things();
  const limit = RESTING_HANDLES + 2;
  const pool = new HandlePool(16, limit);
  const taken = Array.from({ length: limit }, () => things.alloc(pool));
  assert.ok(pool.exhausted);
  for (const thing of taken.slice(0, RESTING_HANDLES)) things.free(thing, pool);
  assert.ok(pool.exhausted);
  things.free(taken[RESTING_HANDLES], pool);
  assert.equal(pool.exhausted, false);
  assert.equal(things.alloc(pool), taken[0]);
  assert.ok(pool.exhausted);
});

Deno.test("a killed entry is dead, and its handle is not used again before it may be", () => {
  const things = new Things();
  const [first, ...others] = allocMany(things, 2 * RESTING_HANDLES);
  things.kill(first);
  assert.equal(things.isLive(first), false);
  for (const thing of others) things.free(thing);
  const again = allocMany(things, RESTING_HANDLES - 1);
  assert.ok(!again.includes(first));
  things.reuse(first);
  assert.throws(() => things.kill(first), Bug);
});
