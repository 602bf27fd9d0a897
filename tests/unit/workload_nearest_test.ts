import assert from "node:assert/strict";
import { didYouMean, quote } from "../../src/workload/nearest.ts";

Deno.test("values are quoted as a trace has them", () => {
  const samples: [unknown, string][] = [
    ["a\n", '"a\\n"'],
    [{ kind: "at", m: [1, null] }, '{"kind":"at","m":[1,null]}'],
    [NaN, "NaN"],
    [4n, "4"],
    [undefined, "undefined"],
    [() => 1, "a function"],
  ];
  for (const [value, text] of samples) assert.equal(quote(value), text);
});

Deno.test("a quote has sixty letters at most", () => {
  assert.equal(quote("x".repeat(58)), `"${"x".repeat(58)}"`);
  assert.equal(quote("x".repeat(59)), `"${"x".repeat(56)}...`);
  assert.equal(quote(new Array(100_000).fill(1)).length, 60);
});

Deno.test("a value is quoted that no document can hold", () => {
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  assert.equal(quote(cyclic), '{"self":{"self":{"self":{...}}}}');
  let deep: unknown = [];
  for (let level = 0; level < 100_000; level++) deep = [deep];
  assert.equal(quote(deep), "[[[[...]]]]");
  assert.equal(
    quote({ big: 1n, none: undefined }),
    '{"big":1,"none":undefined}',
  );
});

Deno.test("a near word is proposed, a far one is not, and a text of great length has none", () => {
  assert.equal(didYouMean("fil", ["fill", "read"]), '; did you mean "fill"');
  assert.equal(didYouMean("abcdef", ["fill", "read"]), "");
  const long = "x".repeat(100_000);
  assert.equal(didYouMean(long, [`${long}y`]), "");
});
