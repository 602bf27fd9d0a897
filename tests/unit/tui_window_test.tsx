/** Windows over more than there is room for, tabs, notices and histograms. */
import assert from "node:assert/strict";
import type { App } from "../../src/tui/app.ts";
import { Box } from "../../src/tui/box.ts";
import type { Element } from "../../src/tui/element.ts";
import { styleOf } from "../../src/tui/style.ts";
import type { Area } from "../../src/tui/target.ts";
import { mount } from "../../src/tui/testing/mod.ts";
import { Text } from "../../src/tui/text.ts";
import { Histogram } from "../../src/tui/widgets/histogram.ts";
import { ScrollBox } from "../../src/tui/widgets/scroll_box.tsx";
import {
  type ScrollAction,
  scrollKeys,
  scrollMouse,
  updateScroll,
} from "../../src/tui/widgets/scroll_state.ts";
import { Static } from "../../src/tui/widgets/static.ts";
import { tabAfter, Tabs, tabsMouse } from "../../src/tui/widgets/tabs.ts";
import {
  agedNotices,
  type Notice,
  Toast,
  withNotice,
} from "../../src/tui/widgets/toast.tsx";
import { cellsOf, picture } from "./tui_picture.ts";

const LETTERS = [..."abcdefgh"].map((letter) => (
  <Text key={letter}>{letter}</Text>
));

Deno.test("scroll box: a window with a bar, kept within its content", () => {
  const shown = (offset: number) =>
    picture(<ScrollBox offset={offset}>{LETTERS}</ScrollBox>, 4, 4);
  // Half is seen, so half of the bar is its thumb.
  assert.deepEqual(shown(0), ["a  █", "b  █", "c  │", "d  │"]);
  assert.deepEqual(shown(2), ["c  │", "d  █", "e  █", "f  │"]);
  assert.deepEqual(shown(4), ["e  │", "f  │", "g  █", "h  █"]);
  assert.deepEqual(shown(99), shown(4));
  assert.deepEqual(shown(-1), shown(0));
  const few = <ScrollBox offset={3}>{LETTERS.slice(0, 2)}</ScrollBox>;
  assert.deepEqual(picture(few, 4, 4), ["a", "b", "", ""]);
});

Deno.test("scroll box: text wraps beside the bar, and nothing leaves the border", () => {
  const box = (
    <Box borderStyle="single" flexGrow={1}>
      <ScrollBox offset={1}>
        <Text>one two three</Text>
      </ScrollBox>
    </Box>
  );
  assert.deepEqual(picture(box, 8, 4), [
    "┌──────┐",
    "│two  ││",
    "│three█│",
    "└──────┘",
  ]);
});

interface Reader {
  readonly offset: number;
  readonly area: Area | undefined;
}

type ReaderMessage =
  | { readonly kind: "area"; readonly area: Area | undefined }
  | { readonly kind: "scrolls"; readonly action: ScrollAction };

const scrolls = (action: ScrollAction): ReaderMessage => ({
  kind: "scrolls",
  action,
});

const reader: App<Reader, ReaderMessage> = {
  init: { offset: 0, area: undefined },
  update: (state, message) => {
    if (message.kind === "area") return { ...state, area: message.area };
    const { area, offset } = state;
    return area === undefined
      ? state
      : { ...state, offset: updateScroll(offset, message.action, area) };
  },
  view: ({ offset }) => (
    <ScrollBox id="text" offset={offset}>{LETTERS}</ScrollBox>
  ),
  keys: () => scrollKeys(scrolls),
  on: (event) => {
    if (event.kind === "layout") {
      return { kind: "area", area: event.areas.get("text") };
    }
    if (event.kind !== "mouse") return undefined;
    const action = scrollMouse(event, "text");
    return action && scrolls(action);
  },
  ended: () => false,
};

Deno.test("scroll box: keys and the wheel, with the size that the layout tells", () => {
  const screen = mount(reader, { columns: 4, rows: 3 });
  assert.deepEqual(screen.state.area, { columns: 4, rows: 3, contentRows: 8 });
  screen.press("pagedown");
  assert.equal(screen.state.offset, 2);
  screen.wheel(0, 0, 1);
  assert.equal(screen.state.offset, 5);
  assert.deepEqual(screen.frame().split("\n"), ["f  │", "g  │", "h  █"]);
  screen.press("k", "home");
  assert.equal(screen.state.offset, 0);
  screen.resize(4, 6);
  screen.press("end");
  screen.frame();
  screen.press("end");
  assert.equal(screen.state.offset, 2);
});

Deno.test("static: the newest items are seen, each made once", () => {
  const made: number[] = [];
  const item = ({ n }: { readonly n: number }): Element => {
    made.push(n);
    return <Text>{n} {"x".repeat(n)}</Text>;
  };
  const items = [1, 2, 9, 3].map((n) => ({ n }));
  const log = () => picture(<Static items={items} item={item} />, 8, 3);
  // The third needs three rows, and so the first ones are out of sight.
  assert.deepEqual(log(), ["xxxxxxxx", "x", "3 xxx"]);
  assert.deepEqual(made, [3, 9]);
  items.push({ n: 1 });
  assert.deepEqual(log(), ["x", "3 xxx", "1 x"]);
  assert.deepEqual(made, [3, 9, 1]);
  const wide = picture(<Static items={items} item={item} />, 12, 2);
  assert.deepEqual(wide, ["3 xxx", "1 x"]);
});

Deno.test("static: few items stand at the top", () => {
  const item = ({ n }: { readonly n: number }) => <Text>{n}</Text>;
  const log = <Static items={[{ n: 1 }, { n: 2 }]} item={item} />;
  assert.deepEqual(picture(log, 4, 3), ["1", "2", ""]);
  assert.deepEqual(picture(<Static items={[]} item={item} />, 4, 1), [""]);
});

const TITLES = ["map", "locks", "ksmd"];

Deno.test("tabs: the one shown is in brackets, and in sight", () => {
  const shown = (selected: number, columns: number) =>
    picture(<Tabs titles={TITLES} selected={selected} />, columns, 1)[0];
  assert.equal(shown(0, 20), "[map] locks  ksmd");
  assert.equal(shown(1, 20), " map [locks] ksmd");
  assert.equal(shown(2, 13), " locks [ksmd]");
  assert.equal(shown(2, 12), "[ksmd]");
  assert.equal(shown(0, 3), "[ma");
  assert.equal(tabAfter(0, 1, 3), 1);
  assert.equal(tabAfter(2, 1, 3), 0);
  assert.equal(tabAfter(0, -1, 3), 2);
  assert.equal(tabAfter(0, 1, 0), 0);
});

Deno.test("tabs: a click shows another", () => {
  const screen = mount<number, number>({
    init: 0,
    update: (_, next) => next,
    view: (selected) => <Tabs id="tabs" titles={TITLES} selected={selected} />,
    keys: () => [],
    on: (event) =>
      event.kind === "mouse" ? tabsMouse(event, "tabs") : undefined,
    ended: () => false,
  }, { columns: 20, rows: 1 });
  screen.click(13, 0);
  assert.equal(screen.frame(), " map  locks [ksmd]");
  screen.click(19, 0);
  assert.equal(screen.state, 2);
  screen.click(4, 0);
  assert.equal(screen.state, 0);
});

Deno.test("toast: notices in the corner, with a sign of how they are meant", () => {
  const notices = withNotice(withNotice([], "saved", "good"), "no room", "bad");
  const screen = (
    <Box flexGrow={1}>
      <Text>{"·".repeat(48)}</Text>
      <Toast notices={notices} />
    </Box>
  );
  assert.deepEqual(picture(screen, 16, 3), [
    "················",
    "······· ✓ saved",
    "····· ✗ no room",
  ]);
  const sign = cellsOf(screen, 16, 3).style(6, 2);
  assert.deepEqual(styleOf(sign), { color: "red", bold: true, inverse: true });
});

Deno.test("toast: notices go by themselves, and the oldest for newer ones", () => {
  const texts = (notices: readonly Notice[]) => notices.map(({ text }) => text);
  let notices = withNotice([], "a");
  notices = agedNotices(notices, 3000);
  notices = withNotice(notices, "b");
  notices = agedNotices(notices, 999);
  assert.deepEqual(texts(notices), ["a", "b"]);
  assert.deepEqual(texts(withNotice(notices, "a")), ["b", "a"]);
  notices = agedNotices(notices, 1);
  assert.deepEqual(texts(notices), ["b"]);
  const many = ["c", "d", "e"].reduce<readonly Notice[]>(
    (all, text) => withNotice(all, text),
    notices,
  );
  assert.deepEqual(texts(many), ["c", "d", "e"]);
  const none = agedNotices(many, 4000);
  assert.deepEqual(none, []);
  assert.equal(agedNotices(none, 1), none);
});

const BINS = [
  { label: "0", value: 8 },
  { label: "1-9", value: 16 },
  { label: "10", value: 0 },
  { label: "11", value: 1 },
];

Deno.test("histogram: bars that lie have labels and values beside them", () => {
  // 3 for labels, 2 for values, 2 spaces, 8 for bars: of 64 eighths 32, 64, 0, 4.
  assert.deepEqual(picture(<Histogram bins={BINS} />, 15, 4), [
    "  0 ████      8",
    "1-9 ████████ 16",
    " 10           0",
    " 11 ▌         1",
  ]);
  const percent = (value: number) => `${value} %`;
  const full = <Histogram bins={BINS.slice(0, 1)} max={32} format={percent} />;
  assert.deepEqual(picture(full, 14, 1), ["0 ██       8 %"]);
  assert.deepEqual(picture(<Histogram bins={BINS} />, 15, 2), [
    "  0 ████      8",
    "+3 more",
  ]);
});

Deno.test("histogram: bars that stand have labels where these have room", () => {
  const bars = (columns: number, rows: number) =>
    picture(<Histogram bars="columns" bins={BINS} />, columns, rows);
  assert.deepEqual(bars(16, 3), [
    "    ███",
    "███ ███     ▁▁▁",
    "0   1-9 10  11",
  ]);
  // Two columns a bar: of these labels only every other has room.
  assert.deepEqual(bars(8, 3), ["  █", "█ █   ▁", "0 1-9 11"]);
  assert.deepEqual(bars(8, 1), ["▄ █   ▁"]);
});
