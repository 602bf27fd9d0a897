import assert from "node:assert/strict";
import { alone, Bug } from "../../src/engine/lib/mod.ts";
import { type Frame, MAPPING, Memory } from "../../src/engine/mm/mod.ts";

function frameIn(memory: Memory): Frame {
  const { contents, frames } = memory;
  contents.get(contents.zero);
  return frames.allocPage(contents.zero, 0);
}

Deno.test("a frame is freed with its last reference, and its content with it", () => {
  const { contents, frames } = new Memory();
  const content = contents.ofRun(7, 0, 1, 2);
  const frame = frames.allocPage(content, 0);
  assert.equal(frames.refcount[frame], 1);
  frames.get(frame);
  frames.put(frame);
  assert.equal(frames.contentOf(frame), content);
  frames.put(frame);
  assert.equal(frames.isLive(frame), false);
  assert.equal(contents.live, 1);
});

Deno.test("a free frame cannot be pinned, and does not say that it is a KSM page", () => {
  const memory = new Memory();
  const { frames } = memory;
  const frame = frameIn(memory);
  frames.setStableNode(frame, 0);
  assert.equal(frames.isKsm(frame), true);
  frames.put(frame);
  assert.equal(frames.tryGet(frame), false);
  assert.equal(frames.mappingKind[frame], MAPPING.none);
  assert.throws(() => frames.get(frame), Bug);
  assert.throws(() => frames.put(frame), Bug);
});

Deno.test("a frame is not freed while mapped or locked", () => {
  const memory = new Memory();
  const { frames } = memory;
  const mapped = frameIn(memory);
  frames.mapcount[mapped] = 1;
  assert.throws(() => frames.put(mapped), Bug);
  const locked = frameIn(memory);
  frames.locked[locked] = 1;
  assert.throws(() => frames.put(locked), Bug);
});

Deno.test("a lock is held by one actor", () => {
  const memory = new Memory();
  const { frames } = memory;
  const frame = frameIn(memory);
  assert.equal(alone.run(frames.tryLock(frame, "one")), true);
  assert.equal(alone.run(frames.tryLock(frame, "two")), false);
  assert.throws(() => alone.run(frames.lock(frame, "two")), Bug);
  alone.run(frames.unlock(frame, "one"));
  assert.throws(() => alone.run(frames.unlock(frame, "one")), Bug);
  alone.run(frames.lock(frame, "two"));
  assert.equal(frames.locked[frame], 1);
});

Deno.test("KSM pages count as anonymous, frames not mapped yet do not", () => {
  const memory = new Memory();
  const { anonVmas, frames } = memory;
  const frame = frameIn(memory);
  assert.equal(frames.isAnon(frame), false);
  frames.setAnon(frame, anonVmas.create(), 3);
  assert.deepEqual([frames.isAnon(frame), frames.isKsm(frame)], [true, false]);
  frames.setStableNode(frame, 0);
  assert.deepEqual([frames.isAnon(frame), frames.isKsm(frame)], [true, true]);
});
