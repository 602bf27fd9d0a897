/** Toy programs by chance. */
import fc from "fast-check";
import type { Action } from "./toy_programs.ts";

const VARIABLES = 2;
const LOCKS = 2;

const variable = fc.nat(VARIABLES - 1);
const lock = fc.nat(LOCKS - 1);

const simple: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constant("read" as const), variable }),
  fc.record({ do: fc.constant("write" as const), variable }),
);

const any: fc.Arbitrary<Action> = fc.oneof(
  { weight: 5, arbitrary: simple },
  fc.record({
    do: fc.constant("lock" as const),
    lock,
    mode: fc.constantFrom("shared" as const, "exclusive" as const),
    inside: fc.array(simple, { maxLength: 1 }),
  }),
  fc.record({
    do: fc.constant("lock" as const),
    lock: fc.constant(0),
    mode: fc.constantFrom("shared" as const, "exclusive" as const),
    inside: fc.tuple(fc.record({
      do: fc.constant("lock" as const),
      lock: fc.constant(1),
      mode: fc.constantFrom("shared" as const, "exclusive" as const),
      inside: fc.array(simple, { maxLength: 1 }),
    })),
  }),
  fc.record({
    do: fc.constant("trylock" as const),
    lock,
    inside: fc.array(simple, { maxLength: 1 }),
  }),
  fc.record({ do: fc.constant("spin" as const), variable }),
  fc.record({ do: fc.constant("wait" as const), variable }),
  fc.record({ do: fc.constant("signal" as const), variable }),
  fc.record({ do: fc.constant("keep" as const), lock }),
  fc.record({ do: fc.constant("await" as const) }),
  fc.record({ do: fc.constant("notify" as const) }),
);

/** Two or three actors with a few actions each. */
export const programs: fc.Arbitrary<Action[][]> = fc.array(
  fc.array(any, { minLength: 1, maxLength: 3 }),
  {
    minLength: 2,
    maxLength: 3,
  },
);
