/** Searches of programs so small that their schedules can be counted by hand. */
import assert from "node:assert/strict";
import {
  AccessLog,
  type Finding,
  HiddenNondeterminism,
  Lanes,
  parseSchedule,
  preemptions,
  printSchedule,
  type Program,
  search,
  shrink,
  Violation,
} from "../../src/sim/explore/mod.ts";
import { EveryStep, type Suspends } from "../../src/engine/lib/step.ts";
import { type Action, Toy } from "../property/toy_programs.ts";

const write = (variable: number): Action => ({ do: "write", variable });
const read = (variable: number): Action => ({ do: "read", variable });
const locked = (lock: number, ...inside: Action[]): Action => ({
  do: "lock",
  lock,
  mode: "exclusive",
  inside,
});

const keep = (lock: number): Action => ({ do: "keep", lock });

/** Schedules with and without reduction. */
function counts(...actors: Action[][]): [all: number, reduced: number] {
  const whole = { stopAtFirst: false };
  const all = search(new Toy(actors), { ...whole, reduce: false });
  const reduced = search(new Toy(actors), whole);
  assert.ok(all.exhaustive && reduced.exhaustive);
  assert.deepEqual(
    [...reduced.outcomes.keys()].sort(),
    [...all.outcomes.keys()].sort(),
  );
  return [all.schedules, reduced.schedules];
}

Deno.test("strides that touch different variables come in any order, and one is enough", () => {
  // One stride each: 2! orders.
  assert.deepEqual(counts([write(0)], [write(1)]), [2, 1]);
  // Two strides each: 4! / (2! 2!) orders.
  assert.deepEqual(counts([write(0), write(0)], [write(1), write(1)]), [6, 1]);
  // Three actors with two strides each: 6! / (2! 2! 2!) orders.
  const two = (variable: number) => [write(variable), write(variable)];
  assert.deepEqual(counts(two(0), two(1), two(2)), [90, 1]);
});

Deno.test("readers need no order among themselves, but one before or after each write", () => {
  assert.deepEqual(counts([read(0)], [read(0)]), [2, 1]);
  // The write comes before both, between them in two ways, or after both: 4 of 3! orders differ.
  assert.deepEqual(counts([read(0)], [read(0)], [write(0)]), [6, 4]);
});

Deno.test("strides that all write one variable have to be tried in each order", () => {
  assert.deepEqual(counts([write(0)], [write(0)], [write(0)]), [6, 6]);
  assert.deepEqual(counts([write(0), write(0)], [write(0), write(0)]), [6, 6]);
});

Deno.test("what is done under a lock is not interleaved", () => {
  // Lock, write, unlock: three strides. The other one may come up to the lock after the first or
  // the second of them, or not before the lock is free: 3 ways for each of 2 orders.
  const actor = [locked(0, write(0))];
  assert.deepEqual(counts(actor, actor), [6, 2]);
  assert.equal(search(new Toy([actor, actor, actor])).schedules, 6);
});

Deno.test("who ends with a lock lets nobody else have it, whoever comes first", () => {
  // Each comes up to the lock first in one order; the other one then waits there for ever.
  assert.deepEqual(counts([keep(0)], [keep(0)]), [2, 2]);
  // A try that fails hides nothing: the first actor takes the lock before or after the other.
  const tries: Action = { do: "trylock", lock: 0, inside: [] };
  const { findings, outcomes } = search(
    new Toy([[keep(0), tries], [locked(0)]]),
    { stopAtFirst: false },
  );
  assert.equal(findings.length, 1);
  assert.equal(outcomes.size, 2);
});

Deno.test("who waits for a signal goes on after one that comes later, and no other", () => {
  // The look, the signal, the rest; or the signal, the look, and a wait for ever.
  assert.deepEqual(counts([{ do: "await" }], [{ do: "notify" }]), [2, 2]);
  // What is written before a signal comes before all that the woken one does: it is read in no
  // other order, and not tried in one. The look comes before the write, before the signal, or after it.
  const woken = search(
    new Toy([[{ do: "await" }, read(0)], [write(0), { do: "notify" }]]),
    { stopAtFirst: false },
  );
  assert.deepEqual([woken.outcomes.size, woken.schedules], [2, 2]);
});

const shared = (lock: number, ...inside: Action[]): Action => ({
  do: "lock",
  lock,
  mode: "shared",
  inside,
});

const tried = (lock: number): Action => ({ do: "trylock", lock, inside: [] });

/** Programs that are easily reduced too far, and what to think of there. */
const TRICKY: readonly (readonly [what: string, ...actors: Action[][]])[] = [
  [
    "a try that fails takes nothing: the race is with the one who has the lock",
    [keep(1), tried(1)],
    [shared(0, shared(1))],
  ],
  [
    "who stops at a lock has looked at it, though nothing was used",
    [keep(1)],
    [keep(0), tried(0)],
    [shared(0, shared(1)), write(0)],
  ],
  [
    "who waits for a lock is left without a pre-emption",
    [locked(0, read(1)), { do: "signal", variable: 1 }],
    [write(1), shared(0, read(1)), write(0)],
  ],
  [
    "who waits for a lock that is taken twice could have had it before",
    [read(1), locked(0, read(1)), locked(0)],
    [write(0)],
    [write(1), shared(0, read(0)), write(1)],
  ],
];

for (const [what, ...actors] of TRICKY) {
  Deno.test(what, () => {
    for (const bound of [undefined, 0, 1, 2, 3]) {
      const options = {
        stopAtFirst: false,
        ...(bound === undefined ? {} : { bound }),
      };
      const all = search(new Toy(actors), { ...options, reduce: false });
      const reduced = search(new Toy(actors), options);
      assert.ok(all.exhaustive && reduced.exhaustive);
      assert.deepEqual(
        [...reduced.outcomes.keys()].sort(),
        [...all.outcomes.keys()].sort(),
        `bound ${bound}`,
      );
    }
  });
}

Deno.test("a bound of no pre-emption lets each actor go on up to its end", () => {
  const actor = [write(0), write(0), write(0)];
  const { schedules, exhaustive } = search(new Toy([actor, actor, actor]), {
    bound: 0,
  });
  assert.deepEqual([schedules, exhaustive], [6, true]);
});

Deno.test("a bound of one pre-emption lets one actor be left once", () => {
  // Without a pre-emption: 2. With one, at one of two places in the first actor: 2 * 2.
  const actor = [write(0), write(0), write(0)];
  const { schedules } = search(new Toy([actor, actor]), { bound: 1 });
  assert.equal(schedules, 6);
});

const ABBA: Action[][] = [
  [read(2), locked(0, locked(1)), read(2)],
  [read(2), locked(1, locked(0)), read(2)],
];

Deno.test("two locks taken in different orders end in a deadlock that says who waits where", () => {
  for (const strategy of ["dfs", "random", "pct"] as const) {
    const { findings } = search(new Toy(ABBA), { strategy });
    assert.equal(findings.length, 1);
    assert.equal(findings[0].property, "nobody waits for ever");
    assert.match(findings[0].message, /actor 0 at lock, actor 1 at lock$/);
  }
});

Deno.test("a schedule that goes wrong is shrunk to the pre-emptions that it needs", () => {
  const program = new Toy(ABBA);
  // Everybody is left at every step.
  const noisy: Finding = {
    property: "nobody waits for ever",
    message: "",
    schedule: parseSchedule("abab", 2),
  };
  const { schedule } = shrink(program, noisy);
  assert.equal(preemptions(program, schedule), 1);
  // Left with the first lock held, and the other one waits with the second.
  assert.ok(
    ["a2b2", "b2a2"].includes(printSchedule(schedule)),
    printSchedule(schedule),
  );
});

Deno.test("who spins goes on when what he looked at has changed, and not before", () => {
  const program = new Toy([[{ do: "spin", variable: 0 }], [write(0)]]);
  const lanes = new Lanes(program);
  lanes.go(0);
  assert.equal(lanes.enabled, 0b10);
  lanes.go(1);
  assert.equal(lanes.enabled, 0b01);
  // Looks before the write and again, or only after it.
  assert.deepEqual(search(program).schedules, 2);
  const alone = search(new Toy([[{ do: "spin", variable: 0 }]]));
  assert.equal(alone.findings[0].property, "nobody waits for ever");
});

Deno.test("the same seed draws the same schedules", () => {
  const program = new Toy([[...ABBA[0], write(0)], [...ABBA[1], write(0)]]);
  for (const strategy of ["random", "pct"] as const) {
    const run = (seed: number) =>
      search(program, { strategy, seed, stopAtFirst: false, limit: 50 });
    assert.deepEqual(run(3), run(3));
    assert.notDeepEqual(
      [...run(3).outcomes.values()],
      [...run(4).outcomes.values()],
    );
  }
});

/** One actor whose first step depends on how often it has been begun. */
class Fickle implements Program {
  readonly actors = ["fickle", "other"];
  readonly columns = [];
  readonly log = new AccessLog();
  #begun = 0;

  begin() {
    const site = `begun ${this.#begun++} times`;
    return {
      works: [this.#work(site), this.#work("same")],
      view: () => [],
      check: () => {},
      outcome: () => "",
    };
  }

  *#work(site: string): Suspends<void> {
    const steps = new EveryStep();
    this.log.write(0);
    for (let i = 0; i < 3; i++) {
      if (steps.race(site)) yield steps.stop;
      this.log.write(0);
    }
  }
}

Deno.test("a program that depends on more than its schedule is found out", () => {
  for (const strategy of ["dfs", "pct", "random"] as const) {
    assert.throws(
      () => search(new Fickle(), { strategy }),
      HiddenNondeterminism,
    );
  }
});

/** Actors that count in a variable without a lock; the last value must be right. */
class Counting extends Toy {
  constructor(actors: number) {
    super(Array.from({ length: actors }, () => [read(0), write(0)]));
  }

  override begin() {
    const execution = super.begin();
    return {
      ...execution,
      check(): void {
        // Actors remember their numbers with all that they have read.
        const [memories] = execution.outcome().split(" | ");
        if (new Set(memories.split(" ")).size < memories.split(" ").length) {
          throw new Violation("each remembers something else", memories);
        }
      },
    };
  }
}

Deno.test("what must hold at the end is looked at in every schedule", () => {
  const { outcomes, findings } = search(new Counting(2), {
    stopAtFirst: false,
  });
  assert.deepEqual(findings, []);
  // Orders of two reads and two writes that differ: 6 less those that only exchange the reads.
  assert.equal(outcomes.size, 4);
});

Deno.test("schedules are written in runs", () => {
  const choices = [0, 0, 0, 1, 0, 2, 2];
  assert.equal(printSchedule(choices), "a3bac2");
  assert.deepEqual(parseSchedule("a3bac2", 3), choices);
  assert.deepEqual(parseSchedule("", 1), []);
  for (const text of ["a0", "d", "3a", "a-1", "A", "a b", "a123456"]) {
    assert.throws(() => parseSchedule(text, 3), {
      name: "ScheduleError",
      message:
        /at character \d+: it takes letters from "a" to "c", each with a number of steps of at least 1/,
    });
  }
});
