/**
 * A small app that shows the toolkit: a tank that fills and leaks. To try it:
 * `deno run src/tui/example.tsx`.
 *
 * @module
 */
import {
  type App,
  Box,
  BrailleChart,
  denoTerminal,
  type Element,
  Gauge,
  hasTerminal,
  KeyHelp,
  KeyLegend,
  type KeyMap,
  Overlay,
  run,
  Table,
  Text,
  UNICODE_GLYPHS,
  wantsColor,
} from "./mod.ts";

/** What the example knows. */
export interface Tank {
  /** Litres in the tank, 0 to 100. */
  readonly litres: number;
  /** Litres at each tick until now, oldest first. */
  readonly history: readonly number[];
  /** Whether the help is open. */
  readonly help: boolean;
  /** Whether the user has asked to leave. */
  readonly left: boolean;
  /** The last thing to say to the user. */
  readonly note: string;
}

/** What can happen to it. */
export type TankMessage =
  | "leak"
  | "fill"
  | "help"
  | "close"
  | "quit"
  | "cannot stop";

const KEYS: KeyMap<TankMessage> = [
  { keys: ["q"], does: "leaves", legend: "quit", message: "quit" },
  {
    keys: ["+", "up"],
    does: "adds ten litres",
    legend: "fill",
    message: "fill",
  },
  { keys: ["?"], does: "shows this help", legend: "help", message: "help" },
  { keys: ["escape"], does: "closes this help", message: "close" },
];

const HISTORY_MAX = 500;

function update(tank: Tank, message: TankMessage): Tank {
  switch (message) {
    case "leak": {
      const litres = Math.max(0, tank.litres - 1);
      const history = [...tank.history, litres].slice(-HISTORY_MAX);
      return { ...tank, litres, history };
    }
    case "fill":
      return { ...tank, litres: Math.min(100, tank.litres + 10) };
    case "help":
      return { ...tank, help: !tank.help };
    case "close":
      return { ...tank, help: false };
    case "quit":
      return { ...tank, left: true };
    case "cannot stop":
      return { ...tank, note: "Ctrl-Z needs --allow-run" };
  }
}

function Level({ tank }: { readonly tank: Tank }): Element {
  const low = tank.litres < 20;
  return (
    <Box
      borderStyle="round"
      title="Level"
      titleEnd={low ? "low" : "well"}
      flexShrink={0}
    >
      <Gauge value={tank.litres / 100} color={low ? "red" : "blue"} />
      <Box width={6} justifyContent="flex-end">
        <Text>{tank.litres} l</Text>
      </Box>
    </Box>
  );
}

function view(tank: Tank): Element {
  return (
    <Box flexDirection="column" flexGrow={1}>
      <Level tank={tank} />
      <Box borderStyle="round" title="History" flexGrow={1} gap={1}>
        <BrailleChart above={{ values: tank.history, color: "cyan" }} />
        <Table
          columns={[
            { title: "ago", cell: ({ ago }) => `${ago}`, align: "right" },
            { title: "litres", cell: ({ litres }) => `${litres}` },
          ]}
          rows={tank.history.slice(-20).reverse()
            .map((litres, ago) => ({ litres, ago }))}
        />
      </Box>
      <Box height={1} flexShrink={0}>
        <KeyLegend keys={KEYS} />
        <Text dim wrap="truncate">{tank.note}</Text>
      </Box>
      {tank.help && (
        <Overlay title="Keys">
          <KeyHelp keys={KEYS} />
        </Overlay>
      )}
    </Box>
  );
}

/** The example. */
export const example: App<Tank, TankMessage> = {
  init: { litres: 50, history: [], help: false, left: false, note: "" },
  update,
  view,
  keys: () => KEYS,
  ended: (tank) => tank.left,
  tick: { millis: 100, message: "leak" },
  on: (event) => event.kind === "suspend-denied" ? "cannot stop" : undefined,
};

if (import.meta.main) {
  if (!hasTerminal()) throw new Error("the example needs a terminal");
  const ending = await run(example, denoTerminal(), {
    color: wantsColor(),
    glyphs: UNICODE_GLYPHS,
  });
  console.log(ending);
}
