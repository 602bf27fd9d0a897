import assert from "node:assert/strict";
import { Bug } from "../../src/engine/lib/assert.ts";
import { ListLinks } from "../../src/engine/lib/list.ts";

function listOf(...entries: number[]): ListLinks<number> {
  const list = new ListLinks<number>();
  list.ensure(16);
  for (const entry of entries) list.insertBefore(entry, 0);
  return list;
}

/** The entries from first to last, and found the same from last to first. */
function entries(list: ListLinks<number>): number[] {
  const forwards: number[] = [];
  for (let at = list.next(0); at !== 0; at = list.next(at)) forwards.push(at);
  const backwards: number[] = [];
  for (let at = list.previous(0); at !== 0; at = list.previous(at)) {
    backwards.push(at);
  }
  assert.deepEqual(forwards.toReversed(), backwards);
  return forwards;
}

Deno.test("a new list is empty", () => {
  const list = listOf();
  assert.equal(list.empty, true);
  assert.deepEqual(entries(list), []);
});

Deno.test("in front of 0 is the end, behind 0 the beginning", () => {
  const list = listOf(3, 1, 7);
  assert.deepEqual(entries(list), [3, 1, 7]);
  list.insertAfter(5, 0);
  assert.deepEqual(entries(list), [5, 3, 1, 7]);
  assert.equal(list.empty, false);
});

Deno.test("entries go in front of and behind any other", () => {
  const list = listOf(3, 1, 7);
  list.insertBefore(5, 1);
  list.insertAfter(6, 7);
  list.insertAfter(8, 3);
  assert.deepEqual(entries(list), [3, 8, 5, 1, 7, 6]);
});

Deno.test("any entry can be taken off, and put elsewhere", () => {
  const list = listOf(1, 2, 3, 4);
  list.remove(1);
  list.remove(3);
  list.remove(4);
  assert.deepEqual(entries(list), [2]);
  list.insertAfter(3, 2);
  list.remove(2);
  list.remove(3);
  assert.equal(list.empty, true);
});

Deno.test("more room keeps the order", () => {
  const list = listOf(3, 1);
  list.ensure(1000);
  list.insertBefore(999, 1);
  list.ensure(10);
  assert.deepEqual(entries(list), [3, 999, 1]);
});

Deno.test("to take off what is not on the list is a bug", () => {
  const list = listOf(1, 2);
  assert.throws(() => list.remove(3), Bug);
  list.remove(1);
  assert.throws(() => list.remove(1), /Entry 1 is not on the list/);
  assert.throws(() => list.insertBefore(2, 2), Bug);
});
