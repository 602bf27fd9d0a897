/** What holds when somebody else acts in the middle of a long change to an address space. */
import assert from "node:assert/strict";
import {
  EveryStep,
  type Step,
  type Suspends,
} from "../../src/engine/lib/step.ts";
import {
  discardPages,
  forkMm,
  mapArea,
  mappingsOf,
  Memory,
  type Mm,
  pteFrame,
  writePage,
} from "../../src/engine/mm/mod.ts";

/** Two whole tables. */
const PAGES = 1024;

function finish<T>(work: Suspends<T>): T {
  let result = work.next(true);
  while (!result.done) result = work.next(true);
  return result.value;
}

/** Goes on with `work` until it has made a step of this kind at this site. */
function goTo<T>(work: Suspends<T>, kind: Step["kind"], site: string): void {
  for (;;) {
    const result = work.next(true);
    assert.ok(!result.done, `The work ends without ${kind} at ${site}`);
    if (result.value.kind === kind && result.value.site === site) return;
  }
}

/** A memory with one process, which has an area of two tables. */
function started(): { memory: Memory; mm: Mm } {
  const memory = new Memory(new EveryStep());
  const mm = memory.mms.create(1);
  assert.ok(finish(mapArea(memory, mm, 0, PAGES, "rw")));
  return { memory, mm };
}

function write(memory: Memory, mm: Mm, vpn: number): Suspends<boolean> {
  const content = memory.contents.ofRun(1, 0, vpn, 0);
  return writePage(memory, mm, vpn, content);
}

Deno.test("two threads that touch a new area at once give it one anon_vma", () => {
  const { memory, mm } = started();
  const first = write(memory, mm, 0);
  goTo(first, "lock", "__anon_vma_prepare:anon_vma");
  finish(write(memory, mm, 1));
  finish(first);
  assert.equal(memory.anonVmas.live, 1);
  for (const vpn of [0, 1]) {
    const frame = pteFrame(mm.pages.get(vpn));
    assert.ok(frame !== 0);
    assert.deepEqual(mappingsOf(memory, frame), [{ mm, vpn }]);
  }
});

Deno.test("a long range is discarded table by table", () => {
  const { memory, mm } = started();
  for (const vpn of [0, 511, 512, 1023]) finish(write(memory, mm, vpn));
  const discard = discardPages(memory, mm, 0, PAGES);
  goTo(discard, "reschedule", "unmap_page_range:pte");
  assert.equal(mm.pages.next(0, PAGES), 512);
  finish(write(memory, mm, 5));
  finish(discard);
  assert.equal(mm.pages.next(0, PAGES), 5);
  assert.equal(mm.pages.present, 1);
});

Deno.test("a fork copies table by table, under the child's lock and then the parent's", () => {
  const { memory, mm } = started();
  for (const vpn of [0, 512]) finish(write(memory, mm, vpn));
  const said: string[] = [];
  const fork = forkMm(memory, mm, 2);
  let result = fork.next(true);
  for (; !result.done; result = fork.next(true)) {
    const step = result.value;
    if (step.site !== "copy_pte_range:pte") continue;
    const instance = "lock" in step ? ` ${step.lock.instance}` : "";
    said.push(`${step.kind}${instance}`);
  }
  const table = [
    "lock 2",
    "lock 1",
    "spend",
    "unlock 1",
    "unlock 2",
    "reschedule",
  ];
  assert.deepEqual(said, [...table, ...table]);
  assert.equal(result.value.id, 2);
});
