/**
 * What a script or a document may do wrong that no type keeps it from.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { ConstPattern } from "../../src/workload/pattern.ts";
import type { Box } from "../../src/workload/box.ts";
import { opsOf } from "../../src/workload/save.ts";
import { openWorkload, workload } from "../../src/workload/script.ts";
import { parseTrace } from "../../src/workload/trace.ts";
import { TraceError } from "../../src/workload/trace_error.ts";

function bodyOf(body: (box: Box) => void): ReturnType<typeof workload> {
  return workload("w", function* (box) {
    body(box);
    yield* [];
  });
}

function problemOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof TraceError, String(error));
    return error.problem;
  }
  throw new Error("nothing was refused");
}

Deno.test("a pattern is filled in as it was when it was asked for", () => {
  const pattern: { -readonly [K in keyof ConstPattern]: ConstPattern[K] } = {
    kind: "const",
    byte: 1,
  };
  const ops = opsOf(
    bodyOf((box) => {
      const ram = box.process("a").mmap("ram", 4);
      ram.fill(pattern);
      pattern.byte = 2;
      ram.fill(pattern);
      pattern.byte = 9999;
    }),
    1,
  );
  const bytes = ops.flatMap((op) => op.op === "fill" ? [op.pattern] : []);
  assert.deepEqual(bytes, [
    { kind: "const", byte: 1 },
    { kind: "const", byte: 2 },
  ]);
});

Deno.test("a seed is a whole number from 0", () => {
  for (const seed of [-1, NaN, 0.5, 2 ** 53]) {
    assert.equal(
      problemOf(() => openWorkload(bodyOf(() => {}), { seed })),
      `Cannot start with seed ${seed}: it must be a whole number from 0`,
    );
  }
});

Deno.test("a random whole number has a range", () => {
  for (const below of [0, -3, NaN, 1.5]) {
    assert.equal(
      problemOf(() => opsOf(bodyOf((box) => box.randomInt(below)), 1)),
      `Cannot take a random number below ${below}: ` +
        "it must be a whole number from 1",
    );
  }
});

Deno.test("a byte order mark and line ends of Windows are no mistake", () => {
  const text = '{\n"format":"ksm-trace/1",\n"name":"n",\n"ops":[]}\n';
  const trace = parseTrace("\ufeff" + text.replaceAll("\n", "\r\n"), "x");
  assert.deepEqual(trace, parseTrace(text, "x"));
  assert.throws(
    () => parseTrace("\ufeff{\r\n oops }", "x"),
    /^TraceError: x:2:2: .* found "oops"$/,
  );
});

Deno.test("an operation nested deeper than the stack reaches is refused", () => {
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  const text = `{"format":"ksm-trace/1","name":"n","ops":[{"op":${deep}}]}`;
  assert.match(
    problemOf(() => parseTrace(text, "x")),
    /^Op \[\[\[\[\.\.\.\]\]\]\] is not known: the ops are proc/,
  );
});

Deno.test("the place of an error does not repeat a long name", () => {
  const op = { op: "x".repeat(100_000) };
  const text = `{"format":"ksm-trace/1","name":"n","ops":[${
    JSON.stringify(op)
  }]}`;
  assert.throws(() => parseTrace(text, "x"), /^TraceError: x: op 0: Op "xxx/);
});

Deno.test("what is thrown may be an object without a text", () => {
  const thrown: unknown = Object.assign(Object.create(null), { code: 1 });
  const body = () => {
    throw thrown;
  };
  assert.equal(
    problemOf(() => opsOf(bodyOf(body), 1)),
    'The script threw {"code":1}',
  );
});
