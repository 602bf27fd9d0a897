/**
 * A toolkit for full-screen terminal apps, in the manner of Ink: components in
 * JSX, laid out by flexbox, and drawn by writing only the cells that changed.
 *
 * An app is two pure functions: `update` makes a new state of a state and a
 * message, and `view` makes a picture of a state. There are no hooks and no
 * state inside components. Keys are a table, from which the help comes too:
 *
 * ```tsx
 * import assert from "node:assert/strict";
 * import { type App, Box, Gauge, KeyLegend, type KeyMap, Text } from "ksmscope/tui";
 * import { mount } from "ksmscope/tui/testing";
 *
 * interface Tank { level: number; left: boolean }
 * type Message = "fill" | "quit";
 *
 * const KEYS: KeyMap<Message> = [
 *   { keys: ["+", "up"], does: "fills the tank by a quarter", legend: "fill", message: "fill" },
 *   { keys: ["q"], does: "leaves", legend: "quit", message: "quit" },
 * ];
 *
 * const app: App<Tank, Message> = {
 *   init: { level: 0, left: false },
 *   update: (tank, message) =>
 *     message === "quit"
 *       ? { ...tank, left: true }
 *       : { ...tank, level: Math.min(1, tank.level + 0.25) },
 *   view: ({ level }) => (
 *     <Box flexDirection="column">
 *       <Box borderStyle="round" title="Tank">
 *         <Gauge value={level} color="blue" />
 *         <Text bold>{level * 100} %</Text>
 *       </Box>
 *       <KeyLegend keys={KEYS} />
 *     </Box>
 *   ),
 *   keys: () => KEYS,
 *   ended: (tank) => tank.left,
 * };
 *
 * const screen = mount(app, { columns: 20, rows: 4 });
 * screen.press("+", "up");
 * assert.equal(
 *   screen.frame(),
 *   [
 *     "╭─ Tank ───────────╮",
 *     "│███████       50 %│",
 *     "╰──────────────────╯",
 *     "+ fill  q quit",
 *   ].join("\n"),
 * );
 * screen.press("q");
 * assert.deepEqual(screen.ending, { kind: "quit" });
 * ```
 *
 * On a real terminal the same app runs by
 * `await run(app, denoTerminal(), { color: true, glyphs: UNICODE_GLYPHS })`.
 *
 * The way of a frame, file by file: `element` (what components return),
 * `layout` (rectangles, by Yoga), `paint` (into `cells`), `diff` (what changed,
 * as one string), `terminal`. The way of a key: `decoder` (bytes to events),
 * `key_map` (events to messages), `loop`.
 *
 * @module
 */
export type * from "./app.ts";
export * from "./box.ts";
export * from "./canvas.ts";
export {
  type Color,
  type ColorDepth,
  colorDepth,
  COLORS,
  type ColorVariables,
  type NamedColor,
  TRUE_COLOR,
} from "./color.ts";
export type {
  BorderProps,
  BoxElement,
  CanvasElement,
  Children,
  Component,
  Element,
  FragmentElement,
  TextChildren,
  TextElement,
  TextWrap,
} from "./element.ts";
export {
  ASCII_GLYPHS,
  type BorderGlyphs,
  type BorderStyle,
  type Glyphs,
  UNICODE_GLYPHS,
} from "./glyphs.ts";
export { textWidth } from "./grapheme.ts";
export { InputDecoder } from "./decoder.ts";
export * from "./input_event.ts";
export * from "./key_map.ts";
export type * from "./layout_props.ts";
export { run } from "./loop.ts";
export * from "./screen.ts";
export type { Cells } from "./cells.ts";
export {
  type Attribute,
  ATTRIBUTES,
  type StyleId,
  type TextStyle,
} from "./style.ts";
export type { Rectangle } from "./rectangle.ts";
export type * from "./surface.ts";
export type { Area, Areas, Hit, Part } from "./target.ts";
export {
  denoTerminal,
  type DenoTerminalOptions,
  hasTerminal,
  terminalDepth,
  wantsColor,
} from "./terminal.ts";
export * from "./terminal_port.ts";
export * from "./text.ts";
export * from "./theme.ts";
export {
  BrailleChart,
  type BrailleChartProps,
  type Series,
} from "./widgets/braille_chart.ts";
export { Gauge, type GaugeProps } from "./widgets/gauge.ts";
export * from "./widgets/histogram.ts";
export * from "./widgets/key_help.ts";
export {
  type ListAction,
  listKeys,
  listMouse,
  type ListWindow,
  updateWindow,
} from "./widgets/list_window.ts";
export * from "./widgets/overlay.tsx";
export * from "./widgets/prompt.ts";
export * from "./widgets/prompt_state.ts";
export * from "./widgets/scroll_box.tsx";
export * from "./widgets/scroll_state.ts";
export { Sparkline, type SparklineProps } from "./widgets/sparkline.ts";
export * from "./widgets/stacked_bar.ts";
export * from "./widgets/static.ts";
export { Table, type TableProps } from "./widgets/table.ts";
export * from "./widgets/table_columns.ts";
export * from "./widgets/table_state.ts";
export * from "./widgets/tabs.ts";
export * from "./widgets/toast.tsx";
export * from "./widgets/tree_state.ts";
export { TreeView, type TreeViewProps } from "./widgets/tree_view.ts";
