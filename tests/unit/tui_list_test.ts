/** Which rows are seen and which one is chosen, counted by hand. */
import fc from "fast-check";
import assert from "node:assert/strict";
import {
  type ListAction,
  type ListWindow,
  updateWindow,
} from "../../src/tui/widgets/list_window.ts";
import { updateScroll } from "../../src/tui/widgets/scroll_state.ts";
import { thumbOf } from "../../src/tui/scrollbar.ts";

const START: ListWindow = { selected: undefined, offset: 0 };

/** Ten rows in a room of five: four are seen, and a line says what is not. */
function after(...actions: readonly ListAction[]): ListWindow {
  return actions.reduce(
    (window, action) => updateWindow(window, action, 10, 5),
    START,
  );
}

const move = (by: number): ListAction => ({ kind: "move", by });
const choose = (index: number): ListAction => ({ kind: "choose", index });
const scroll = (by: number): ListAction => ({ kind: "scroll", by });

Deno.test("list: the first move chooses the row at that end", () => {
  assert.deepEqual(after(move(1)), { selected: 0, offset: 0 });
  assert.deepEqual(after(move(-1)), { selected: 9, offset: 6 });
});

Deno.test("list: the window follows the choice no further than it must", () => {
  assert.deepEqual(after(choose(3)), { selected: 3, offset: 0 });
  assert.deepEqual(after(choose(4)), { selected: 4, offset: 1 });
  assert.deepEqual(after(choose(4), move(-1)), { selected: 3, offset: 1 });
  assert.deepEqual(after(choose(4), choose(0)), { selected: 0, offset: 0 });
});

Deno.test("list: moves end at the ends", () => {
  assert.deepEqual(after(choose(8), move(7)), { selected: 9, offset: 6 });
  assert.deepEqual(after(choose(1), move(-7)), { selected: 0, offset: 0 });
  const last = { kind: "edge", to: "last" } as const;
  const first = { kind: "edge", to: "first" } as const;
  assert.deepEqual(after(last), { selected: 9, offset: 6 });
  assert.deepEqual(after(last, first), { selected: 0, offset: 0 });
});

Deno.test("list: a page is a window less one row", () => {
  const page = (by: number) => ({ kind: "page", by } as const);
  assert.deepEqual(after(choose(0), page(1)), { selected: 3, offset: 0 });
  assert.deepEqual(after(choose(0), page(2)), { selected: 6, offset: 3 });
  assert.deepEqual(after(choose(9), page(-1)), { selected: 6, offset: 6 });
});

Deno.test("list: the wheel leaves the choice where it is", () => {
  assert.deepEqual(after(choose(1), scroll(3)), { selected: 1, offset: 3 });
  assert.deepEqual(after(choose(1), scroll(99)), { selected: 1, offset: 6 });
  assert.deepEqual(after(scroll(-3)), { selected: undefined, offset: 0 });
  // The next move brings the choice back into sight.
  assert.deepEqual(after(choose(1), scroll(5), move(1)), {
    selected: 2,
    offset: 2,
  });
});

const action: fc.Arbitrary<ListAction> = fc.oneof(
  fc.record({ kind: fc.constant("move" as const), by: fc.integer() }),
  fc.record({ kind: fc.constant("page" as const), by: fc.integer() }),
  fc.record({ kind: fc.constant("scroll" as const), by: fc.integer() }),
  fc.record({ kind: fc.constant("choose" as const), index: fc.integer() }),
  fc.record({
    kind: fc.constant("edge" as const),
    to: fc.constantFrom("first" as const, "last" as const),
  }),
);

Deno.test("list: whatever is done at any size, it stays within bounds", () => {
  const step = fc.record({ action, count: fc.nat(30), room: fc.nat(12) });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      let window = START;
      for (const { action, count, room } of steps) {
        window = updateWindow(window, action, count, room);
        const { selected, offset } = window;
        assert(offset >= 0 && offset <= Math.max(0, count));
        if (action.kind === "scroll") continue;
        assert(selected === undefined || selected >= 0 && selected < count);
        if (selected === undefined || room < 2) continue;
        const length = count <= room ? count : room - 1;
        assert(selected >= offset && selected < offset + length);
      }
    }),
    { numRuns: 200, seed: 1 },
  );
});

Deno.test("scroll: steps, pages and ends, within bounds", () => {
  const area = { rows: 4, contentRows: 10 };
  assert.equal(updateScroll(0, { kind: "scroll", by: 2 }, area), 2);
  assert.equal(updateScroll(5, { kind: "scroll", by: 2 }, area), 6);
  assert.equal(updateScroll(1, { kind: "scroll", by: -3 }, area), 0);
  assert.equal(updateScroll(0, { kind: "page", by: 1 }, area), 3);
  assert.equal(updateScroll(6, { kind: "page", by: -1 }, area), 3);
  assert.equal(updateScroll(2, { kind: "edge", to: "last" }, area), 6);
  assert.equal(updateScroll(2, { kind: "edge", to: "first" }, area), 0);
  // What was the end of longer content is the end of shorter content.
  assert.equal(updateScroll(99, { kind: "scroll", by: -1 }, area), 5);
  const small = { rows: 4, contentRows: 2 };
  assert.equal(updateScroll(0, { kind: "edge", to: "last" }, small), 0);
});

Deno.test("scroll bar: the thumb is at an end only where the content is", () => {
  const thumb = (offset: number) => thumbOf({ offset, contentRows: 20 }, 5);
  // A quarter is seen: one row of five.
  assert.deepEqual(thumb(0), { from: 0, to: 1 });
  assert.deepEqual(thumb(1), { from: 1, to: 2 });
  assert.deepEqual(thumb(8), { from: 2, to: 3 });
  assert.deepEqual(thumb(14), { from: 3, to: 4 });
  assert.deepEqual(thumb(15), { from: 4, to: 5 });
  assert.deepEqual(thumbOf({ offset: 0, contentRows: 10 }, 5), {
    from: 0,
    to: 2,
  });
});
