/**
 * The screen of the bench on the project's own toolkit.
 *
 * @module
 */
import { Loop } from "../../../src/tui/loop.ts";
import {
  type App,
  Box,
  type Element,
  Spacer,
  Text,
  UNICODE_GLYPHS,
} from "../../../src/tui/mod.ts";
import { MemoryTerminal } from "../../../src/tui/testing/mod.ts";
import {
  type Change,
  COLUMNS,
  type Contender,
  type FrameCost,
  LABEL_COLUMNS,
  type Line,
  type Panel,
  PANEL_COLUMNS,
  PANEL_ROWS,
  panelsAt,
  ROWS,
} from "./screen.ts";

function LineRow({ line }: { readonly line: Line }): Element {
  return (
    <Box>
      <Box width={LABEL_COLUMNS}>
        <Text>{line.label}</Text>
      </Box>
      <Text color={line.much ? "red" : "green"}>{line.bar}</Text>
      <Spacer />
      <Text bold>{line.figure}</Text>
    </Box>
  );
}

function PanelBox({ panel }: { readonly panel: Panel }): Element {
  return (
    <Box
      borderStyle="round"
      flexDirection="column"
      width={PANEL_COLUMNS}
      height={PANEL_ROWS}
      paddingX={1}
    >
      <Text color="cyan">{panel.title}</Text>
      {panel.lines.map((line) => <LineRow key={line.label} line={line} />)}
    </Box>
  );
}

function screenApp(change: Change): App<number, number> {
  return {
    init: 0,
    update: (_, frame) => frame,
    view: (frame) => (
      <Box flexWrap="wrap" width={COLUMNS} height={ROWS}>
        {panelsAt(frame, change).map((panel) => (
          <PanelBox key={panel.title} panel={panel} />
        ))}
      </Box>
    ),
    keys: () => [],
    ended: () => false,
  };
}

/** The toolkit, drawing into memory. */
export function toolkit(change: Change): Contender {
  const terminal = new MemoryTerminal({ columns: COLUMNS, rows: ROWS });
  const rendering = { color: true, glyphs: UNICODE_GLYPHS };
  const loop = new Loop(screenApp(change), terminal, rendering, () => {});
  loop.start();
  const show = (frame: number): FrameCost => {
    const start = performance.now();
    loop.send(frame);
    loop.draw();
    const millis = performance.now() - start;
    return { millis, output: terminal.written.splice(0).join("") };
  };
  return {
    name: "this toolkit",
    show: (frame) => Promise.resolve(show(frame)),
    close: () => terminal.tell({ kind: "end", ending: { kind: "quit" } }),
  };
}
