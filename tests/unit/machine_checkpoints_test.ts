import assert from "node:assert/strict";
import {
  type Checkpoint,
  Checkpoints,
} from "../../src/machine/history/checkpoints.ts";

const NOTHING = { merge: 0, cow: 0, wait: 0, migration: 0 };

/** A checkpoint at the end of an input, at that many virtual seconds. */
function checkpoint(
  seconds: number,
  bytes: number,
  held: readonly Uint8Array[] = [],
): Checkpoint {
  return {
    moment: { inputs: seconds, ticks: 0 },
    effort: seconds * 1000,
    happened: NOTHING,
    place: { answer: seconds, question: 0, threads: 0, isTold: false, sum: 0 },
    leg: undefined,
    kept: { bytes, held, restore: () => {} },
  };
}

function secondsOf(checkpoints: Checkpoints, until: number): number[] {
  const seconds = [];
  for (let at = until; at >= 0;) {
    at = checkpoints.upTo({ inputs: at, ticks: 0 }).moment.inputs;
    seconds.unshift(at--);
  }
  return seconds;
}

Deno.test("a page that several checkpoints hold counts once, until the last of them goes", () => {
  const checkpoints = new Checkpoints(1_000_000, 100);
  const [a, b] = [new Uint8Array(4096), new Uint8Array(4096)];
  checkpoints.add(checkpoint(0, 10));
  checkpoints.add(checkpoint(1, 100, [a]));
  checkpoints.add(checkpoint(2, 1000, [a, b]));
  assert.equal(checkpoints.bytes, 1110 + 2 * 4096);
  const undo = checkpoints.cut({ inputs: 1, ticks: 7 });
  assert.equal(checkpoints.bytes, 110 + 4096);
  checkpoints.add(checkpoint(3, 5, [b]));
  assert.equal(checkpoints.bytes, 115 + 2 * 4096);
  undo();
  assert.equal(checkpoints.bytes, 1110 + 2 * 4096);
  assert.deepEqual(secondsOf(checkpoints, 9), [0, 1, 2]);
  checkpoints.cut({ inputs: 0, ticks: 0 });
  assert.equal(checkpoints.bytes, 10);
});

Deno.test("with too many bytes those go that are close to others: for their distance up to 20 seconds away, and beyond for all alike", () => {
  const checkpoints = new Checkpoints(200 * 100, 100);
  for (let seconds = 0; seconds <= 3600; seconds += 2) {
    checkpoints.add(checkpoint(seconds, 100));
    assert.ok(checkpoints.bytes <= 200 * 100);
  }
  const left = secondsOf(checkpoints, 3600);
  assert.equal(left.length, 200);
  assert.equal(left[0], 0);
  assert.equal(left.at(-1), 3600);
  const gaps = left.slice(1).map((seconds, i) => seconds - left[i]);
  const worst = (from: number, to: number) =>
    Math.max(...gaps.filter((_, i) => left[i] >= from && left[i + 1] <= to));
  // 200 over an hour evenly would be 18 seconds apart; at ten seconds of the twenty half of that.
  assert.ok(worst(3590, 3600) <= 9, `${worst(3590, 3600)}`);
  assert.ok(worst(3580, 3600) < 18, `${worst(3580, 3600)}`);
  // One goes between two when their gap is the least: none is ever wider than twice the mean.
  assert.ok(worst(0, 3580) <= 2 * 18, `${worst(0, 3580)}`);
});

Deno.test("the first one stays, though it alone is too large", () => {
  const checkpoints = new Checkpoints(100, 100);
  checkpoints.add(checkpoint(0, 1000));
  checkpoints.add(checkpoint(1, 10));
  assert.deepEqual(secondsOf(checkpoints, 9), [0]);
  assert.equal(checkpoints.first.moment.inputs, 0);
});

Deno.test("the next one is due after 100 virtual milliseconds, and 10 for each MiB", () => {
  const checkpoints = new Checkpoints(1 << 30, 100);
  checkpoints.add(checkpoint(0, 0));
  const at = (inputs: number) => ({ inputs, ticks: 0 });
  assert.equal(checkpoints.dueAfter(at(1), 1), 100);
  checkpoints.add(checkpoint(1, 5 << 20));
  assert.equal(checkpoints.dueAfter(at(2), 1), 1150);
  assert.equal(checkpoints.dueAfter(at(0), 1), 150);
  assert.equal(checkpoints.dueAfter(at(0), 10), 1500);
});

Deno.test("before a moment there is the last one that is not at it", () => {
  const checkpoints = new Checkpoints(1000, 100);
  for (const seconds of [0, 5]) checkpoints.add(checkpoint(seconds, 1));
  const before = (inputs: number, ticks: number) =>
    checkpoints.before({ inputs, ticks })?.moment.inputs;
  assert.equal(before(0, 0), undefined);
  assert.equal(before(0, 1), 0);
  assert.equal(before(5, 0), 0);
  assert.equal(before(5, 1), 5);
});

Deno.test("those go whose answers are forgotten, but for the last", () => {
  const checkpoints = new Checkpoints(1000, 100);
  for (const seconds of [0, 5, 9]) checkpoints.add(checkpoint(seconds, 1));
  checkpoints.forgetBefore(5);
  assert.equal(checkpoints.first.moment.inputs, 5);
  checkpoints.forgetBefore(100);
  assert.equal(checkpoints.first.moment.inputs, 9);
  assert.equal(checkpoints.bytes, 1);
});
