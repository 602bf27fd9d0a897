/** Going through a source's past, freezing the picture, and what is asked beyond snapshots. */
import assert from "node:assert/strict";
import { ANSWER_MILLIS, Inquiry } from "../../src/dashboard/details.ts";
import { Live } from "../../src/dashboard/live.ts";
import {
  type DashboardState,
  initialState,
  motionOf,
  workOf,
} from "../../src/dashboard/state.ts";
import { momentOf, type Travel } from "../../src/dashboard/travel.ts";
import { type Message, update } from "../../src/dashboard/update.ts";
import type { DetailSource } from "../../src/observe/detail.ts";
import { emptyHistory } from "../../src/observe/history.ts";
import type {
  EventSearch,
  RecordedSource,
  RewindSource,
} from "../../src/observe/rewind.ts";
import type { Snapshot, Stop } from "../../src/observe/snapshot.ts";
import { CountingSource } from "./dashboard_source.ts";
import { SMALL } from "./dashboard_snapshots.ts";
import { seen } from "./dashboard_seen.ts";

/** A past of five samples, 100 ms apart, whose event is just after the third. */
class Past implements RewindSource {
  readonly defect = undefined;
  readonly label = undefined;
  readonly fullScans = 0;
  readonly happened = { merge: 0, cow: 1, wait: 0, migration: 0 };
  at = 4;
  /** Looks that a search for an event takes. */
  patience = 0;

  get timeMillis(): number {
    return this.at * 100;
  }

  get place() {
    const samples = 5;
    return { sample: this.at, samples, oldestMillis: 0, newestMillis: 400 };
  }

  get atEnd(): boolean {
    return this.at === 4;
  }

  advance(): Stop {
    return "end";
  }

  detail(): undefined {
    return undefined;
  }

  snapshot(): Snapshot {
    const { timeMillis } = this;
    const ksmd = { ...SMALL.ksmd, batches: this.at };
    return { ...SMALL, timeMillis, ksmd };
  }

  back(samples: number): Snapshot {
    this.at = Math.max(0, this.at - samples);
    return this.snapshot();
  }

  forward(samples: number): Snapshot {
    this.at = Math.min(4, this.at + samples);
    return this.snapshot();
  }

  toTime(millis: number): Snapshot {
    this.at = Math.floor(millis / 100);
    return this.snapshot();
  }

  toEnd(): Snapshot {
    return this.forward(5);
  }

  toNextEvent(mayGoOn = () => true): EventSearch {
    for (; this.patience > 0; this.patience--) {
      if (!mayGoOn()) return { kind: "unfinished" };
    }
    if (this.at >= 3) return { kind: "none" };
    this.at = 3;
    return { kind: "found", event: "cow" };
  }

  toPreviousEvent(): EventSearch {
    if (this.at <= 3) return { kind: "none" };
    this.at = 3;
    return { kind: "found", event: "cow" };
  }
}

const START = initialState(new Past().snapshot(), { speed: 1 });

function travelling(to: Travel): DashboardState {
  return update(START, { kind: "travel", to });
}

Deno.test("a journey pauses the machine, and is the work to do until it is over", () => {
  const to = { kind: "samples", by: -1 } as const;
  const state = travelling(to);
  assert.equal(state.playing, false);
  assert.equal(motionOf(state), "travelling");
  assert.deepEqual(workOf(state), { kind: "travel", to });
  const live = new Live(new Past(), () => 0);
  const there = update(state, live.travel(to));
  assert.equal(workOf(there), undefined);
  assert.equal(motionOf(there), "past");
  assert.equal(there.snapshot.timeMillis, 300);
  assert.deepEqual(there.moment?.sample, 3);
  assert.equal(update(state, { kind: "pause" }).travelling, undefined);
});

Deno.test("ends of the past are told; a source without one has none to go to", () => {
  const past = new Past();
  const live = new Live(past, () => 0);
  const go = (by: number) => live.travel({ kind: "samples", by });
  assert.match(go(1).notice ?? "", /Nothing newer/);
  assert.equal(go(-9).notice, undefined);
  assert.match(go(-1).notice ?? "", /Nothing older/);
  assert.equal(live.travel({ kind: "end" }).moment?.atEnd, true);
  const none = new Live(new CountingSource(), () => 0);
  const seen = none.travel({ kind: "samples", by: -1 });
  assert.deepEqual([seen.moment, seen.stepped], [undefined, true]);
  assert.match(seen.notice ?? "", /has no past/);
});

Deno.test("a long search goes on frame by frame, and tells what it has found", () => {
  const past = new Past();
  past.at = 0;
  past.patience = 3;
  let now = 0;
  // Each look at the clock takes 15 ms, of which a frame has 20.
  const live = new Live(past, () => now += 15);
  const to = { kind: "event", direction: "next" } as const;
  let state = travelling(to);
  const first = live.travel(to);
  assert.equal(first.stepped, false);
  state = update(state, first);
  assert.deepEqual(workOf(state), { kind: "travel", to });
  let seen = first;
  for (let frame = 0; frame < 5 && !seen.stepped; frame++) {
    seen = live.travel(to);
  }
  assert.match(seen.notice ?? "", /after a COW break/);
  assert.equal(update(state, seen).notice, seen.notice);
  assert.match(live.travel(to).notice ?? "", /No event comes/);
});

/** A machine on which nothing ever happens: each look takes it a virtual second further. */
class Quiet extends Past {
  millis = 400;

  override get timeMillis(): number {
    return this.millis;
  }

  override toNextEvent(mayGoOn = () => true): EventSearch {
    do this.millis += 1000; while (mayGoOn());
    return { kind: "unfinished" };
  }
}

Deno.test("a search that finds nothing ends after a virtual minute, says so, and goes on when asked", () => {
  const quiet = new Quiet();
  let now = 0;
  const live = new Live(quiet, () => now += 15);
  const to = { kind: "event", direction: "next" } as const;
  for (const minute of [1, 2]) {
    let state = travelling(to);
    let frames = 0;
    for (; state.travelling !== undefined; frames++) {
      const seen = live.travel(to);
      if (!seen.stepped) assert.match(seen.notice ?? "", /space stops/);
      state = update(state, seen);
    }
    assert.ok(frames > 1);
    // Frames are of two looks.
    assert.equal(quiet.millis, 400 + minute * 60_000);
    assert.equal(
      state.notice,
      "No event in 60 s of virtual time: n looks on from here",
    );
    assert.equal(workOf(state), undefined);
  }
});

Deno.test("a search that was called off begins anew", () => {
  const quiet = new Quiet();
  let now = 0;
  const live = new Live(quiet, () => now += 15);
  const to = { kind: "event", direction: "next" } as const;
  live.travel(to);
  live.frame(undefined);
  const before = quiet.millis;
  let seen = live.travel(to);
  while (!seen.stepped) seen = live.travel(to);
  assert.equal(quiet.millis, before + 60_000);
});

/** What came of work on a source with a past. */
function seenOf(snapshot: Snapshot, past: Past): Message {
  return { ...seen(snapshot), moment: momentOf(past) };
}

Deno.test("in the past, graphs end there; what came later comes back with it", () => {
  const past = new Past();
  past.at = 0;
  let state = initialState(past.snapshot(), { speed: 1 });
  for (let at = 1; at <= 4; at++) {
    past.at = at;
    state = update(state, seen(past.snapshot()));
  }
  const count = (of: DashboardState) => of.history.values.stableNodes.length;
  assert.equal(count(state), 5);
  past.at = 1;
  const back = update(state, seenOf(past.snapshot(), past));
  assert.equal(count(back), 2);
  past.at = 4;
  assert.equal(count(update(back, seenOf(past.snapshot(), past))), 5);
  // Where things go on from an earlier moment, the later ones are forgotten.
  const branched = { ...past.snapshot(), timeMillis: 150 };
  const other = update(
    back,
    seen({ ...branched, ksmd: { ...branched.ksmd, batches: 9 } }),
  );
  assert.equal(count(other), 3);
  assert.equal(other.known, other.history);
});

Deno.test("what is seen of a session for the first time stands in the graphs", () => {
  const past = new Past();
  past.at = 0;
  let state = initialState(past.snapshot(), { speed: 1 }, momentOf(past));
  for (const at of [1, 2, 1, 3]) {
    past.at = at;
    state = update(state, seenOf(past.snapshot(), past));
  }
  assert.deepEqual(state.known.millis, [0, 100, 200, 300]);
  assert.equal(state.history.values.stableNodes.length, 4);
});

/** The same past, recorded while run was 0. */
class Recorded extends Past implements RecordedSource {
  readonly readings = emptyHistory(5);

  override advance(): Stop {
    this.at++;
    return "done";
  }

  override snapshot(): Snapshot {
    const snapshot = super.snapshot();
    return { ...snapshot, knobs: { ...snapshot.knobs, run: "0" } };
  }
}

Deno.test("the next sample of a recording is no visit that could fail", () => {
  const recorded = new Recorded();
  recorded.at = 0;
  const live = new Live(recorded, () => 0);
  const state = update(
    initialState(recorded.snapshot(), { speed: 1 }, momentOf(recorded)),
    { kind: "step", stride: "page" },
  );
  const next = update(state, live.step("page"));
  assert.equal(next.snapshot.timeMillis, 100);
  assert.match(next.notice ?? "", /^The next sample/);
});

Deno.test("a frozen picture stays, and follows again from where things are", () => {
  const frozen = update(START, { kind: "freeze" });
  const later = { ...SMALL, timeMillis: 900 };
  assert.equal(motionOf(frozen), "frozen");
  const behind = update(frozen, seen(later));
  assert.equal(behind.snapshot, frozen.snapshot);
  assert.equal(behind.history, frozen.history);
  assert.equal(behind.playing, true);
  const follows = update(behind, { kind: "freeze" });
  assert.equal(follows.snapshot, later);
  assert.equal(follows.behind, undefined);
  // Who travels wants to see where.
  const to = { kind: "samples", by: -1 } as const;
  assert.equal(update(behind, { kind: "travel", to }).snapshot, later);
});

Deno.test("what is zoomed is asked for: at once, and then as often as it may be news", () => {
  const asked: string[] = [];
  const source: DetailSource = {
    detail: (kind) => {
      asked.push(kind);
      return undefined;
    },
  };
  let now = 0;
  const inquiry = new Inquiry(source, () => now);
  assert.equal(inquiry.ask(START), undefined);
  const zoomed = update(START, { kind: "zoom", panel: "processes" });
  const details = inquiry.ask(zoomed);
  assert.deepEqual(Object.keys(details ?? {}), ["sharing"]);
  assert.equal(inquiry.ask(zoomed), undefined);
  const moved = { ...zoomed, snapshot: { ...SMALL, timeMillis: 1 } };
  assert.equal(inquiry.ask(moved), undefined);
  now += ANSWER_MILLIS;
  assert.notEqual(inquiry.ask(moved), undefined);
  // A picture that stands still is asked about at once.
  const still = { ...moved, playing: false, snapshot: SMALL };
  assert.notEqual(inquiry.ask(still), undefined);
  const other = update(moved, { kind: "zoom", panel: "trees" });
  assert.deepEqual(inquiry.ask(other)?.trees?.question, {
    kind: "trees",
    levels: 6,
  });
  const away = update(other, { kind: "back" });
  assert.deepEqual(inquiry.ask(away), {});
  assert.equal(inquiry.ask(away), undefined);
  assert.deepEqual(asked, ["sharing", "sharing", "sharing", "trees"]);
});

Deno.test("when the workload has ended, what is zoomed is asked for at once", () => {
  const inquiry = new Inquiry({ detail: () => undefined }, () => 0);
  const zoomed = update(START, { kind: "zoom", panel: "processes" });
  assert.notEqual(inquiry.ask(zoomed), undefined);
  const last = { ...zoomed, snapshot: { ...SMALL, timeMillis: 2 } };
  assert.equal(inquiry.ask(last), undefined);
  assert.notEqual(inquiry.ask({ ...last, ended: true }), undefined);
});

Deno.test("the focus goes to a panel, and enter zooms it", () => {
  const focused = update(START, { kind: "focus", panel: "locks" });
  assert.deepEqual([focused.focused, focused.zoomed], ["locks", undefined]);
  const zoomed = update(focused, { kind: "detail" });
  assert.equal(zoomed.zoomed, "locks");
  // With a zoomed panel, another one takes its place.
  assert.equal(
    update(zoomed, { kind: "focus", panel: "trees" }).zoomed,
    "trees",
  );
  assert.deepEqual(update(START, { kind: "detail" }), START);
});

Deno.test("what an event was looked for in is no past until somebody has seen what comes later", () => {
  const at = (timeMillis: number, atEnd: boolean): Message => ({
    kind: "seen",
    snapshot: { ...SMALL, timeMillis },
    moment: {
      sample: 0,
      samples: 1,
      oldestMillis: 0,
      newestMillis: 500,
      atEnd,
      branches: true,
      isRecorded: false,
    },
    stepped: true,
    ended: false,
    defect: undefined,
  });
  const paused = {
    ...initialState({ ...SMALL, timeMillis: 100 }, { speed: 1 }),
    playing: false,
  };
  const present = update(paused, at(300, true));
  assert.equal(motionOf(present), "paused");
  // The source has gone on to 500 to find an event at 400: nobody has seen that.
  const event = update(present, at(400, false));
  assert.equal(motionOf(event), "paused");
  assert.equal(motionOf(update(event, at(300, false))), "past");
  assert.equal(motionOf(update(event, at(500, true))), "paused");
  // Another future begins: what was seen of the other one is forgotten.
  const branched = update(update(event, at(300, false)), at(300, true));
  assert.equal(motionOf(update(branched, at(350, false))), "paused");
});
