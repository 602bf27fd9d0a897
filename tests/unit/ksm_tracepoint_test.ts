/** The ksm tracepoints: which come, in which order, with which fields. */
import assert from "node:assert/strict";
import { MERGE_FAILED, type Tracepoint } from "../../src/engine/ksm/mod.ts";
import { all, KsmBox, UNIQUE } from "./ksm_box.ts";

/** What happens while `during` is done. */
function traced(box: KsmBox, during: () => void): Tracepoint[] {
  const events: Tracepoint[] = [];
  const before = box.ksm.observer;
  box.ksm.observer = (event) => {
    events.push(event);
    before?.(event);
  };
  during();
  box.ksm.observer = before;
  return events;
}

/** Start and end of a pass with so many rmap items at either. */
function passEvents(
  seqnr: number,
  itemsBefore: number,
  itemsAfter: number,
  between: Tracepoint[] = [],
): Tracepoint[] {
  return [
    { event: "ksm_start_scan", seqnr, rmapItems: itemsBefore },
    ...between,
    { event: "ksm_stop_scan", seqnr, rmapItems: itemsAfter },
  ];
}

Deno.test("two pages that merge, part and go, event by event", () => {
  const box = new KsmBox(100);
  const entered = traced(box, () => box.start("A", 3, all("a")));
  const mm = box.mm("A");
  assert.deepEqual(entered, [{ event: "ksm_enter", mm }]);
  assert.deepEqual(traced(box, () => box.pass()), passEvents(0, 0, 3));

  const kpage = box.mappedFrame("A", 1);
  const [first, second, third] = [0, 1, 2].map((page) => box.item("A", page));
  const merge = {
    event: "ksm_merge_with_ksm_page",
    pfn: kpage,
    mm,
    err: 0,
  } as const;
  assert.deepEqual(
    traced(box, () => box.pass()),
    passEvents(1, 3, 3, [
      // The scanned page becomes the KSM page, then the tree's page merges with it.
      { ...merge, ksmPage: 0, rmapItem: second },
      { ...merge, ksmPage: kpage, rmapItem: first },
      { ...merge, ksmPage: kpage, rmapItem: third },
    ]),
  );

  // All written: the first visit finds the page gone, and all its items go, newest first.
  assert.deepEqual(traced(box, () => box.fill("A", UNIQUE)), []);
  assert.deepEqual(
    traced(box, () => box.pass()),
    passEvents(2, 3, 3, [
      { event: "ksm_remove_rmap_item", pfn: kpage, rmapItem: third, mm },
      { event: "ksm_remove_rmap_item", pfn: kpage, rmapItem: second, mm },
      { event: "ksm_remove_ksm_page", pfn: kpage },
    ]),
  );

  const exited = traced(box, () => box.do({ op: "exit", proc: "A" }));
  assert.deepEqual(exited, [{ event: "ksm_exit", mm }]);
  assert.deepEqual(traced(box, () => box.pass()), passEvents(3, 3, 0));
});

Deno.test("an item that leaves a page others share says nothing", () => {
  const box = new KsmBox(100);
  box.start("A", 3, all("a"));
  box.pass();
  box.pass();
  box.fill("A", all("b"), 0, 1);
  assert.deepEqual(traced(box, () => box.pass()), passEvents(2, 3, 3));
});

Deno.test("failed merges are told with their error, and what is not tried is not", () => {
  const box = new KsmBox(100);
  box.start("A", 2, all("a"));
  box.pass();
  const mm = box.mm("A");
  const { frames } = box.memory;
  const [treePage, scanned] = [0, 1].map((page) => box.mappedFrame("A", page));
  const [first, second] = [0, 1].map((page) => box.item("A", page));
  const own = {
    event: "ksm_merge_with_ksm_page",
    ksmPage: 0,
    pfn: scanned,
    rmapItem: second,
    mm,
  } as const;

  frames.get(scanned);
  assert.deepEqual(
    traced(box, () => box.pass()),
    passEvents(1, 2, 2, [{ ...own, err: MERGE_FAILED }]),
  );
  frames.put(scanned);
  frames.get(treePage);
  assert.deepEqual(
    traced(box, () => box.pass()),
    passEvents(2, 2, 2, [
      { ...own, err: 0 },
      {
        event: "ksm_merge_with_ksm_page",
        ksmPage: scanned,
        pfn: scanned,
        rmapItem: first,
        mm,
        err: MERGE_FAILED,
      },
    ]),
  );
  assert.equal(MERGE_FAILED, -14);
});

Deno.test("a page of zeros tries the zero page first", () => {
  const box = new KsmBox(100);
  box.knob("use_zero_pages", "1");
  box.start("A", 1, { kind: "zero" });
  box.pass();
  const event = {
    event: "ksm_merge_one_page",
    pfn: 0,
    rmapItem: box.item("A", 0),
    mm: box.mm("A"),
  } as const;
  const frame = box.mappedFrame("A", 0);
  box.memory.frames.get(frame);
  assert.deepEqual(
    traced(box, () => box.pass()),
    passEvents(1, 1, 1, [{ ...event, err: MERGE_FAILED }]),
  );
  box.memory.frames.put(frame);
  assert.deepEqual(
    traced(box, () => box.pass()),
    passEvents(2, 1, 1, [{ ...event, err: 0 }]),
  );
});

Deno.test("a page of a fork merges with itself", () => {
  const box = new KsmBox(100);
  box.start("A", 2, all("a"));
  box.pass();
  box.pass();
  const events = traced(
    box,
    () => box.do({ op: "fork", proc: "A", child: "B" }),
  );
  const mm = box.mm("B");
  assert.deepEqual(events, [{ event: "ksm_enter", mm }]);
  const kpage = box.mappedFrame("A", 0);
  const counted = traced(box, () => box.pass());
  const merges = [0, 1].map((page): Tracepoint => ({
    event: "ksm_merge_with_ksm_page",
    ksmPage: kpage,
    pfn: kpage,
    rmapItem: box.item("B", page),
    mm,
    err: 0,
  }));
  assert.deepEqual(counted, passEvents(2, 2, 4, merges));
});

Deno.test("the advisor speaks before the pass ends", () => {
  const box = new KsmBox(100);
  box.start("A", 1, UNIQUE);
  box.write("advisor_mode", "scan-time");
  const events = traced(box, () => {
    box.batch();
    box.machine.clock.sleep(3000);
    box.pass();
  });
  const [, choice] = events;
  assert.ok(choice.event === "ksm_advisor");
  assert.deepEqual([choice.scanTime, choice.pagesToScan], [1n, 10]);
  assert.deepEqual(
    events.map(({ event }) => event),
    [
      ["ksm_start_scan", "ksm_advisor", "ksm_stop_scan"],
      ["ksm_start_scan", "ksm_advisor", "ksm_stop_scan"],
    ].flat(),
  );
});

Deno.test("run 2 tells of each page that goes, and of no scan", () => {
  const box = new KsmBox(100);
  box.start("A", 2, all("a"));
  box.pass();
  box.pass();
  const kpage = box.mappedFrame("A", 0);
  const rmapItem = box.item("A", 1);
  const mm = box.mm("A");
  assert.deepEqual(traced(box, () => box.do({ op: "run", value: 2 })), [
    { event: "ksm_remove_rmap_item", pfn: kpage, rmapItem, mm },
    { event: "ksm_remove_ksm_page", pfn: kpage },
  ]);
});

Deno.test("a process without a slot comes and goes unnoticed", () => {
  const box = new KsmBox(100);
  const events = traced(box, () => {
    box.do({ op: "proc", proc: "A" }, { op: "exit", proc: "A" });
  });
  assert.deepEqual(events, []);
});
