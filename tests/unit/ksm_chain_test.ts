/** Chains: several KSM pages with the same bytes, because each takes only so many sharers. */
import assert from "node:assert/strict";
import { stableTreeInsert } from "../../src/engine/ksm/stable_tree.ts";
import { all, KsmBox, UNIQUE } from "./ksm_box.ts";

/** pages_shared, pages_sharing, pages_unshared, stable_node_chains, stable_node_dups. */
function row(box: KsmBox): number[] {
  const [shared, sharing, unshared] = box.counts();
  const { stableNodeChains, stableNodeDups } = box.machine.counters();
  return [shared, sharing, unshared, stableNodeChains, stableNodeDups];
}

/** A machine where a KSM page takes `limit` sharers, and no chain is ever due to be looked through. */
function limited(limit: number, pagesToScan = 1): KsmBox {
  const box = new KsmBox(pagesToScan);
  if (limit !== 256) box.knob("max_page_sharing", `${limit}`);
  box.knob("stable_node_chains_prune_millisecs", "3600000");
  return box;
}

/** The same with a process A of so many pages of 'a', merged at the time given. */
function merged(limit: number, pages: number, timeMillis = 0): KsmBox {
  const box = limited(limit);
  box.machine.clock.sleep(timeMillis);
  box.start("A", pages, all("a"));
  box.pass();
  box.pass();
  return box;
}

function unmap(box: KsmBox, start: number, count: number): void {
  box.do({ op: "munmap", proc: "A", region: "r", start, count });
}

/** shared, sharing, unshared, chains, dups of so many equal pages. */
function totals(pages: number, limit: number): number[] {
  const alone = pages % limit === 1 ? 1 : 0;
  const shared = Math.floor(pages / limit) + (pages % limit >= 2 ? 1 : 0);
  const chained = shared >= 2 ? [1, shared] : [0, 0];
  return [shared, pages - shared - alone, alone, ...chained];
}

Deno.test("totals of equal pages merged from scratch, as measured with a limit of 256", () => {
  const measured = [
    [10, [1, 9, 0, 0, 0]],
    [256, [1, 255, 0, 0, 0]],
    [257, [1, 255, 1, 0, 0]],
    [258, [2, 256, 0, 1, 2]],
    [512, [2, 510, 0, 1, 2]],
    [513, [2, 510, 1, 1, 2]],
  ] as const;
  for (const [pages, expected] of measured) {
    assert.deepEqual(totals(pages, 256), expected);
    assert.deepEqual(row(merged(256, pages)), expected, `${pages} pages`);
  }
});

Deno.test("totals with small limits", () => {
  for (const limit of [2, 3, 4]) {
    for (let pages = 1; pages <= 14; pages++) {
      const place = `${pages} pages, limit ${limit}`;
      assert.deepEqual(row(merged(limit, pages)), totals(pages, limit), place);
    }
  }
});

Deno.test("eleven equal pages with a limit of 3, visit by visit, and what becomes of them", () => {
  const box = limited(3);
  box.start("A", 11, all("a"));
  box.pass();
  const visits = Array.from({ length: 11 }, () => {
    box.batch();
    return row(box);
  });
  assert.deepEqual(visits, [
    [0, 0, 1, 0, 0],
    [1, 1, 0, 0, 0],
    [1, 2, 0, 0, 0],
    [1, 2, 1, 0, 0],
    [2, 3, 0, 1, 2],
    [2, 4, 0, 1, 2],
    [2, 4, 1, 1, 2],
    [3, 5, 0, 1, 3],
    [3, 6, 0, 1, 3],
    [3, 6, 1, 1, 3],
    [4, 7, 0, 1, 4],
  ]);
  box.pass();
  unmap(box, 0, 3);
  box.pass();
  assert.deepEqual(row(box), [3, 5, 0, 1, 3]);
  unmap(box, 3, 6);
  box.pass();
  // Nobody has searched, so that the chain stays with its last dup.
  assert.deepEqual(row(box), [1, 1, 0, 1, 1]);

  box.start("late", 2, all("a"));
  box.pass();
  assert.deepEqual(row(box), [1, 1, 0, 1, 1]);
  for (let visit = 0; visit < 2; visit++) box.batch();
  box.batch();
  assert.deepEqual(row(box), [1, 2, 0, 0, 0]);
  box.batch();
  assert.deepEqual(row(box), [1, 2, 1, 0, 0]);
});

Deno.test("seven pages with a limit of 2 make three full pairs, and one waits", () => {
  assert.deepEqual(row(merged(2, 7)), [3, 3, 1, 1, 3]);
});

/**
 * Twelve pages with a limit of 4: groups 1, 2 and 3 of lengths 3, 2 and 3 after
 * some are unmapped. Then four new pages and a fifth, seen once.
 */
function threeGroups(timeMillis = 0): KsmBox {
  const box = merged(4, 12, timeMillis);
  unmap(box, 3, 1);
  unmap(box, 6, 2);
  unmap(box, 11, 1);
  box.start("late", 5, all("a"));
  box.pass();
  assert.deepEqual(row(box), [3, 5, 0, 1, 3]);
  for (let visit = 0; visit < 8; visit++) box.batch();
  return box;
}

/** Inserts a KSM page with bytes of its own into the stable tree, as a merge does at its end. */
function insertKsmPage(box: KsmBox): void {
  box.start("other", 1, all("z"));
  const page = box.mappedFrame("other", 0);
  box.memory.frames.setStableNode(page, 0);
  box.machine.run(stableTreeInsert(box.ksm, page));
}

/** The next visit of a new page; the number of the group that it joined, 0 for none. */
function joins(box: KsmBox, page: number): number {
  box.batch();
  const groups = [0, 4, 8].map((first) => box.frame("A", first));
  return groups.indexOf(box.frame("late", page)) + 1;
}

Deno.test("a chain that is not due to be looked through: its first dup with room is taken, and goes to the front if it has more", () => {
  const box = threeGroups();
  const joined = [0, 1, 2, 3, 4].map((page) => joins(box, page));
  assert.deepEqual(joined, [3, 2, 2, 1, 0]);
  assert.deepEqual(row(box), [3, 9, 1, 1, 3]);
});

Deno.test("a chain that is due at each walk: the longest dup with room is taken, of equals the first", () => {
  const box = threeGroups();
  box.knob("stable_node_chains_prune_millisecs", "0");
  const joined = [0, 1, 2, 3, 4].map((page) => joins(box, page));
  assert.deepEqual(joined, [3, 1, 2, 2, 0]);
});

Deno.test("due with two dups full: the one with room is found behind them", () => {
  const box = threeGroups();
  const joined = [0, 1, 2].map((page) => joins(box, page));
  assert.deepEqual(joined, [3, 2, 2]);
  box.knob("stable_node_chains_prune_millisecs", "0");
  assert.equal(joins(box, 3), 1);
});

Deno.test("dups that room is left on move to the front, full ones do not", () => {
  const box = threeGroups();
  joins(box, 0);
  const { nodes, stableTrees: [stableTree] } = box.ksm;
  const order = () => {
    const chain = stableTree.root;
    assert.ok(chain !== 0);
    const groups: number[] = [];
    let dup = nodes.firstDup.get(chain);
    for (; dup !== 0; dup = nodes.nextDup.get(dup)) {
      const frames = [0, 4, 8].map((first) => box.frame("A", first));
      groups.push(frames.indexOf(nodes.kpfn.get(dup)) + 1);
    }
    return groups;
  };
  assert.deepEqual(order(), [3, 2, 1]);
  joins(box, 1);
  assert.deepEqual(order(), [2, 3, 1]);
  joins(box, 2);
  joins(box, 3);
  assert.deepEqual(order(), [2, 3, 1]);
});

Deno.test("the interval runs from the chain's creation, and from each time it was over", () => {
  const created = 10_000;
  const joinedAt = (...times: number[]) => {
    const box = threeGroups(created);
    box.knob("stable_node_chains_prune_millisecs", "2000");
    return times.map((time, page) => {
      box.machine.clock.sleep(created + time - box.machine.timeMillis);
      return joins(box, page);
    });
  };
  // For the second page group 2 is the first with room, and group 1 the longest.
  assert.deepEqual(joinedAt(1999, 1999), [3, 2]);
  assert.deepEqual(joinedAt(1999, 2000), [3, 1]);
  // The walk at 2000 begins a new interval, so that those until 3999 take the first dup.
  assert.deepEqual(joinedAt(2000, 3999), [3, 2]);
  assert.deepEqual(joinedAt(2000, 4000), [3, 1]);
});

Deno.test("the walk of an insertion begins no new interval", () => {
  const box = threeGroups();
  box.knob("stable_node_chains_prune_millisecs", "2000");
  assert.equal(joins(box, 0), 3);
  box.machine.clock.sleep(2000);
  insertKsmPage(box);
  assert.equal(joins(box, 1), 1);
});

Deno.test("the interval is counted in ticks of 4 ms, begun ones counting", () => {
  const joinedAt = (interval: number, time: number) => {
    const box = threeGroups();
    joins(box, 0);
    box.knob("stable_node_chains_prune_millisecs", `${interval}`);
    box.machine.clock.sleep(time);
    return joins(box, 1);
  };
  assert.equal(joinedAt(5, 7), 2);
  assert.equal(joinedAt(5, 8), 1);
  assert.equal(joinedAt(8, 8), 1);
  assert.equal(joinedAt(9, 11), 2);
});

/** A page before A's in the order of a pass, equal to them and seen once; and of A's two groups the first gone, with the second one short of full. */
function goneBehindRoom(): KsmBox {
  const box = limited(3);
  box.start("first", 1, all("z"));
  box.start("A", 6, all("a"));
  box.pass();
  box.pass();
  unmap(box, 5, 1);
  box.pass();
  box.fill("first", all("a"));
  box.pass();
  assert.deepEqual(row(box), [2, 3, 0, 1, 2]);
  unmap(box, 0, 3);
  return box;
}

Deno.test("a gone dup behind one with room stays counted while the chain is not due", () => {
  const box = goneBehindRoom();
  assert.deepEqual(box.batch(), [2, 4, 0, 0]);
  assert.deepEqual(row(box), [2, 4, 0, 1, 2]);
});

Deno.test("once the chain is due, the gone dup goes with its counts, and the last one takes the chain's place", () => {
  const box = goneBehindRoom();
  box.knob("stable_node_chains_prune_millisecs", "0");
  assert.deepEqual(box.batch(), [1, 2, 0, 3]);
  assert.deepEqual(row(box), [1, 2, 0, 0, 0]);
  assert.equal(box.frame("first", 0), box.frame("A", 3));
});

/** A chain of which one dup is left, not walked over since. */
function lastDup(): KsmBox {
  const box = merged(2, 4);
  unmap(box, 0, 2);
  box.pass();
  assert.deepEqual(row(box), [1, 1, 0, 1, 1]);
  return box;
}

Deno.test("a chain with a single dup collapses under a walk to another place", () => {
  for (const other of ["0", "z"]) {
    const box = lastDup();
    box.start("other", 1, all(other));
    box.pass();
    assert.deepEqual(row(box), [1, 1, 0, 1, 1]);
    box.pass();
    assert.deepEqual(row(box), [1, 1, 1, 0, 0]);
  }
});

Deno.test("and under the walk of an insertion", () => {
  const box = lastDup();
  insertKsmPage(box);
  assert.deepEqual(row(box).slice(3), [0, 0]);
  assert.equal(box.ksm.stableTrees[0].size, 2);
});

Deno.test("an insertion looks at no more of a chain than its first dup with room, however long ago that was done", () => {
  const box = goneBehindRoom();
  box.knob("stable_node_chains_prune_millisecs", "0");
  insertKsmPage(box);
  assert.deepEqual(row(box).slice(3), [1, 2]);
});

/** A chain whose dups have all gone. */
function emptyChain(): KsmBox {
  const box = merged(2, 4);
  box.advise("A", "dontneed");
  box.pass();
  assert.deepEqual(row(box), [0, 0, 0, 1, 0]);
  return box;
}

Deno.test("a chain without a dup stays until a walk comes by", () => {
  const box = emptyChain();
  box.pass();
  assert.deepEqual(row(box), [0, 0, 0, 1, 0]);
  box.start("other", 1, all("z"));
  box.pass();
  box.pass();
  assert.deepEqual(row(box), [0, 0, 1, 0, 0]);
  assert.equal(box.ksm.stableTrees[0].size, 0);
});

Deno.test("or until all is unmerged, or a knob needs an empty tree", () => {
  const unmerged = emptyChain();
  unmerged.do({ op: "run", value: 2 });
  assert.deepEqual(row(unmerged), [0, 0, 0, 0, 0]);
  const changed = emptyChain();
  changed.knob("max_page_sharing", "3");
  assert.deepEqual(row(changed), [0, 0, 0, 0, 0]);
});

Deno.test("pages of a fork go beyond the limit, and new ones do not join them", () => {
  const box = merged(2, 2);
  assert.deepEqual(row(box), [1, 1, 0, 0, 0]);
  box.do({ op: "fork", proc: "A", child: "child" });
  box.batch();
  box.batch();
  assert.deepEqual([box.batch(), box.batch()], [[1, 2, 0, 0], [1, 3, 0, 0]]);
  assert.deepEqual(
    ["A", "child"].map((proc) => box.stat(proc).mergingPages),
    [2, 2],
  );
  const [node] = box.ksm.nodes.each();
  assert.equal(box.ksm.nodes.rmapHlistLen[node], 4);
  box.start("late", 3, all("a"));
  box.pass();
  box.pass();
  box.pass();
  assert.deepEqual(row(box), [2, 4, 1, 1, 2]);
});

Deno.test("a dup that has lost its last item stays while its page is mapped, and is counted again", () => {
  const box = limited(2, 4);
  box.start("parent", 4, all("a"));
  box.pass();
  box.pass();
  box.do({ op: "fork", proc: "parent", child: "child" });
  box.fill("parent", UNIQUE);
  box.batch();
  assert.deepEqual(row(box), [0, 0, 0, 1, 2]);
  box.batch();
  assert.deepEqual(row(box), [2, 2, 0, 1, 2]);
});

Deno.test("all dups of a chain have the bytes that were written", () => {
  const box = merged(3, 11);
  const written = new Uint8Array(4096).fill(97);
  for (let page = 0; page < 11; page++) {
    assert.deepEqual(box.bytes("A", page), written);
  }
  const frames = new Set(
    Array.from({ length: 11 }, (_, page) => box.frame("A", page)),
  );
  assert.equal(frames.size, 4);
});
