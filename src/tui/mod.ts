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
 *
 * ```ts ignore
 * const ending = await run(app, denoTerminal({ mouse: true }), {
 *   color: wantsColor(),
 *   depth: terminalDepth(),
 *   glyphs: UNICODE_GLYPHS,
 * });
 * ```
 *
 * which gives the terminal back as it was whatever happens: at the app's own
 * end, an error, a signal, a stop by Ctrl-Z, and when the parent process has
 * gone. `src/tui/example.tsx` is a whole app in a few files.
 *
 * ## What there is to draw with
 *
 * {@linkcode Box} lays out by flexbox with the props that Ink has, {@linkcode
 * Text} wraps or truncates, {@linkcode Spacer} pushes apart, and {@linkcode
 * Canvas} draws cell by cell. On these stand, for figures, {@linkcode Gauge},
 * {@linkcode StackedBar}, {@linkcode Sparkline}, {@linkcode BrailleChart} and
 * {@linkcode Histogram}; for data, {@linkcode Table}, {@linkcode TreeView} and
 * {@linkcode Static}; for windows, {@linkcode ScrollBox}, {@linkcode Tabs},
 * {@linkcode Overlay} and {@linkcode Toast}; and for keys, {@linkcode Prompt},
 * {@linkcode KeyHelp} and {@linkcode KeyLegend}. Each fits into any place down
 * to a single cell, says nothing by colour alone, and has ASCII for what it
 * draws.
 *
 * ## What a widget remembers
 *
 * Nothing. Where there is something to remember (the sort of a table, the nodes
 * that are unfolded, the text and the cursor of a prompt), it is plain data in
 * the app's own state, with pure functions beside the component: what it is at
 * first ({@linkcode NEW_TABLE}), what comes of an action ({@linkcode
 * updateTable}), which keys ask for one ({@linkcode listKeys}, rows of a key
 * map) and which clicks ({@linkcode tableMouse}). Trees, prompts, windows and
 * notices go the same way.
 *
 * ## Names, focus and mouse
 *
 * An element with an `id` is known to events. Those of the mouse name what lies
 * under the pointer, and which row, title or tab of it. With `focusable` and
 * {@linkcode App.focused}, the tab key and clicks become events that say who is
 * to have the focus, and `focused` shows it on a border. An event of kind
 * `layout` tells how large named elements are, while the frame is made, so that
 * an app can move by pages. An {@linkcode Overlay} keeps all this to itself.
 *
 * ## Colours
 *
 * A colour is one of the terminal's own 16 by name, a number of xterm's 256, or
 * `#rrggbb`; a terminal with fewer gets the nearest that it has. A {@linkcode
 * Theme} says what roles of text look like, and richer where there are colours
 * for it. `NO_COLOR` is heeded.
 *
 * ## How it works
 *
 * The way of a frame, file by file: `element` (what components return),
 * `layout` (rectangles, by Yoga; kept from frame to frame), `paint` (into
 * `cells`, and who lies where into `target`), `diff` (what changed, as one
 * string in a synchronized update; nothing where nothing changed), `terminal`.
 * The way of a key: `decoder` (bytes to events, however they are cut), `key_map`
 * (events to messages), `loop`.
 *
 * What it does not do: it draws on the alternate screen alone, so it is not for
 * a few lines below a shell's prompt; text runs from left to right; and the
 * width of a grapheme is what Unicode says, which not all terminals follow.
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
export { pictureText } from "./picture_text.ts";
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
  windowLength,
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
