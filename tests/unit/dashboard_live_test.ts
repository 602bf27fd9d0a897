import assert from "node:assert/strict";
import { Live, WORK_MILLIS } from "../../src/dashboard/live.ts";
import type { Work } from "../../src/dashboard/state.ts";
import type { Stop } from "../../src/observe/snapshot.ts";
import {
  type CountingOptions,
  CountingSource,
  IdleSource,
} from "./dashboard_source.ts";

const TICK_MILLIS = 50;

/** A source under a clock that only the test and visits move. */
function bench(options: CountingOptions & { visitMillis?: number } = {}) {
  const { visitMillis = 0, ...rest } = options;
  let wall = 0;
  const source = new CountingSource({
    ...rest,
    onVisit: () => wall += visitMillis,
  });
  const live = new Live(source, () => wall);
  return {
    source,
    live,
    frames(count: number, work: Work | undefined): void {
      for (let frame = 0; frame < count; frame++) {
        wall += TICK_MILLIS;
        live.frame(work);
      }
    },
    wait: (millis: number) => wall += millis,
    wall: () => wall,
  };
}

const play = (speed: number): Work => ({ kind: "play", speed });

Deno.test("at x1 virtual time keeps the wall's pace: 50 batches of 20 ms a second", () => {
  const { source, frames } = bench();
  frames(20, play(1));
  assert.equal(source.timeMillis, 1000);
  assert.equal(source.batches, 50);
});

Deno.test("at x4 it is four times as fast", () => {
  const { source, frames } = bench();
  frames(20, play(4));
  assert.equal(source.timeMillis, 4000);
});

Deno.test("at x1/8 each frame visits some pages, and time does not drift", () => {
  const { source, frames } = bench();
  for (let frame = 1; frame <= 160; frame++) {
    const before = source.visits;
    frames(1, play(1 / 8));
    assert.ok(source.visits > before, `frame ${frame} stands still`);
  }
  // 8 s on the wall are 1 s of virtual time, 50 batches of 100 pages.
  assert.ok(Math.abs(source.visits - 5000) <= 1, `${source.visits} visits`);
});

Deno.test("batches cut short by the end of a scan do not make it faster", () => {
  const { source, frames } = bench({ passPages: 30 });
  frames(160, play(1 / 8));
  assert.ok(Math.abs(source.timeMillis - 1000) <= 20, `${source.timeMillis}`);
});

Deno.test("at full speed a frame works as long as it may, and no longer", () => {
  const { source, live, wait, wall } = bench({ visitMillis: 0.01 });
  wait(TICK_MILLIS);
  const before = wall();
  live.frame(play(Infinity));
  const batchMillis = 100 * 0.01;
  const took = wall() - before;
  assert.ok(took >= WORK_MILLIS && took <= WORK_MILLIS + batchMillis);
  assert.ok(source.batches >= 20);
});

Deno.test("a huge batch does not hold up a frame", () => {
  const { source, live, wait, wall } = bench({
    visitMillis: 0.01,
    pagesToScan: 1_000_000,
    passPages: 10_000_000,
  });
  wait(TICK_MILLIS);
  const before = wall();
  live.frame(play(64));
  assert.ok(wall() - before <= WORK_MILLIS + 0.02);
  assert.ok(source.visits > 0 && source.batches === 0);
});

Deno.test("time that could not be worked off is not owed", () => {
  const slow = bench({ visitMillis: 1 });
  slow.frames(10, play(64));
  const { batches } = slow.source;
  // A batch takes 100 ms here, so that each frame has room for one.
  assert.equal(batches, 10);
  slow.frames(1, undefined);
  slow.frames(1, play(1 / 8));
  assert.ok(slow.source.visits <= batches * 100 + 35 * 5);
});

Deno.test("time while resting or stopped is not caught up", () => {
  const { source, frames, wait } = bench();
  frames(100, undefined);
  assert.equal(source.visits, 0);
  frames(1, play(1));
  assert.equal(source.timeMillis, 60);
  wait(1_000_000);
  frames(1, play(1));
  assert.ok(source.timeMillis <= 60 + 260);
});

Deno.test("a page is one visit, and a batch goes to its end", () => {
  const { source, live } = bench();
  assert.equal(live.step("page").stepped, true);
  assert.equal(source.visits, 1);
  assert.equal(live.step("batch").stepped, true);
  assert.equal(source.visits, 100);
});

Deno.test("a full scan is done in slices, and ends where it ends", () => {
  const { source, live, frames } = bench({ visitMillis: 0.01 });
  const step: Work = { kind: "step", stride: "pass" };
  live.step("page");
  assert.equal(live.step("pass").stepped, false);
  let rounds = 1;
  while (live.frame(step)?.stepped === false) rounds++;
  // 10 000 visits of 0.01 ms in slices of 20 ms and at most one batch more.
  assert.ok(rounds >= 4 && rounds <= 6, `${rounds} rounds`);
  assert.equal(source.visits, 10_000);
  frames(1, undefined);
  assert.equal(source.visits, 10_000);
});

Deno.test("a full scan that does not come is given up after a virtual minute without a visit", () => {
  let wall = 0;
  const source = new CountingSource();
  const advance = (): Stop => {
    wall += 1;
    source.timeMillis += 100;
    return "rest";
  };
  for (const run of ["0", "1", "2"]) {
    const snapshot = () => {
      const seen = source.snapshot();
      return { ...seen, knobs: { ...seen.knobs, run } };
    };
    const idle = {
      defect: undefined,
      label: undefined,
      fullScans: 0,
      get timeMillis() {
        return source.timeMillis;
      },
      advance,
      detail: () => undefined,
      snapshot,
    };
    const live = new Live(idle, () => wall);
    const begin = source.timeMillis;
    let seen = live.step("pass");
    for (let frame = 0; frame < 100 && !seen.stepped; frame++) {
      assert.equal(seen.notice, undefined);
      seen = live.step("pass");
    }
    // A frame of 20 strides is 2 s: the first one after the minute that began with the first.
    assert.equal(source.timeMillis - begin, 62_000);
    const why = run === "1" ? "" : `run is ${run}: `;
    assert.equal(
      seen.notice,
      `${why}no page visited in 60 s of virtual time`,
    );
  }
});

Deno.test("a full scan of more than a virtual minute is gone through", () => {
  const { source, live } = bench({ visitMillis: 0.01, passPages: 400_000 });
  while (!live.step("pass").stepped);
  assert.equal(source.fullScans, 1);
  assert.ok(source.timeMillis > 60_000);
});

Deno.test("a full scan that was called off is not remembered", () => {
  const { source, live } = bench({ visitMillis: 0.01 });
  live.step("pass");
  live.frame(undefined);
  for (let batch = 0; batch < 150; batch++) live.step("batch");
  assert.ok(source.visits > 10_000 && source.visits < 20_000);
  while (!live.step("pass").stepped);
  assert.equal(source.visits, 20_000);
});

Deno.test("when the workload has ended, that is said", () => {
  const { source, live, frames, wait } = bench({ endAfter: 250 });
  frames(1, play(1));
  wait(TICK_MILLIS);
  const seen = live.frame(play(1));
  assert.equal(seen?.ended, true);
  assert.equal(source.visits, 250);
  const { length } = source.strides;
  live.frame(play(1));
  assert.equal(source.strides.length, length);
});

Deno.test("a step goes through ksmd's sleep, be it over several frames", () => {
  const { live, source } = bench({ rests: 3 });
  assert.equal(live.step("batch").stepped, true);
  assert.deepEqual([source.batches, source.strides.length], [1, 4]);
  assert.equal(live.step("page").stepped, true);
  assert.deepEqual([source.visits, source.strides.length], [101, 8]);
});

Deno.test("a step over a long sleep leaves time for keys", () => {
  let wall = 0;
  const source = new CountingSource({ rests: 3 });
  const live = new Live(source, () => wall += WORK_MILLIS);
  assert.equal(live.step("batch").stepped, false);
  assert.equal(source.strides.length, 1);
  let frames = 1;
  while (!live.step("batch").stepped) frames++;
  assert.deepEqual([source.batches, frames], [1, 3]);
});

Deno.test("a page or batch that ksmd, switched off, does not visit is told at once", () => {
  for (const stride of ["page", "batch"] as const) {
    for (const run of ["0", "2"]) {
      const seen = new Live(new IdleSource(run), () => 0).step(stride);
      assert.equal(seen.stepped, true);
      assert.equal(seen.notice, `run is ${run}: no page visited`);
    }
  }
});

Deno.test("where a page was visited, or run is 1, no reason is looked for", () => {
  for (const stride of ["page", "batch"] as const) {
    // A script has stopped ksmd after the visit.
    const visited = bench({ run: "0" });
    assert.equal(visited.live.step(stride).notice, undefined);
    assert.ok(visited.source.visits > 0);
    // Nothing is registered.
    const resting = new CountingSource();
    resting.advance = () => "done";
    const live = new Live(resting, () => 0);
    assert.equal(live.step(stride).notice, undefined);
  }
});

Deno.test("a visit counts from where its stride began, be that frames ago", () => {
  let wall = 0;
  const source = new CountingSource({ run: "0" });
  const visit = source.advance.bind(source);
  const stops = [visit, () => {}];
  source.advance = (stride) => {
    wall += WORK_MILLIS;
    const stop = stops.shift();
    stop?.(stride);
    return stops.length > 0 ? "rest" : "done";
  };
  const live = new Live(source, () => wall);
  assert.equal(live.step("batch").stepped, false);
  const seen = live.step("batch");
  assert.deepEqual([seen.stepped, seen.notice], [true, undefined]);
  assert.equal(live.step("batch").notice, "run is 0: no page visited");
});

Deno.test("the end of a workload needs no reason beside it", () => {
  const { live } = bench({ run: "2", endAfter: 0 });
  const seen = live.step("page");
  assert.deepEqual([seen.ended, seen.notice], [true, undefined]);
});

Deno.test("a full scan waits while run is 0, and goes on once it is 1", () => {
  const source = new IdleSource("0");
  let wall = 0;
  const live = new Live(source, () => wall += WORK_MILLIS / 2);
  for (let frame = 0; frame < 10; frame++) {
    assert.equal(live.step("pass").stepped, false);
  }
  source.run = "1";
  let seen = live.step("pass");
  while (!seen.stepped) seen = live.step("pass");
  assert.deepEqual([source.fullScans, seen.notice], [1, undefined]);
});
