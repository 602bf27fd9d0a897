/**
 * KSMD: what the scanning thread is doing, how far it is, and how it is set.
 *
 * @module
 */
import { groupDigits } from "../../observe/digits.ts";
import type { Snapshot } from "../../observe/snapshot.ts";
import { Box, type Element, Gauge, Text } from "../../tui/mod.ts";
import { actorLines, waitWords } from "../actor_lines.ts";
import { percentText } from "../figures.ts";
import { paceTexts } from "../ksmd_pace.ts";
import type { DashboardState } from "../state.ts";
import type { Symbols } from "../symbols.ts";
import { FitLine } from "./fit_line.tsx";
import { lockTotalsText } from "./locks.tsx";
import type { Heading } from "./rule.ts";
import { FitSpans } from "./fit_spans.ts";

/** Heading of KSMD; with the sum of all locks where they have no panel of their own. */
export function ksmdHeading(
  { locks }: Snapshot,
  symbols: Symbols,
  lockRows: number,
): Heading {
  const start = [{ text: "KSMD", bold: true }];
  if (locks === undefined || lockRows > 0) return [{ start }];
  const totals = lockTotalsText(locks, symbols);
  return [
    { start, end: [{ text: `locks ${totals}` }] },
    { start, end: [{ text: totals }] },
    { start },
  ];
}

/** What ksmd is at while it scans: it may sleep between two batches, or wait for a lock; at length and in fewer and fewer words. */
function scanningTexts(snapshot: Snapshot): string[] {
  const { cursor } = snapshot.ksmd;
  const between = "between two scans";
  const line = actorLines(snapshot).find(({ actor }) => actor.kind === "ksmd");
  if (line?.wait !== undefined) {
    return [`waits for ${waitWords(snapshot, line.wait)}`, "waits for a lock"];
  }
  if (line?.actor.state === "sleeping") {
    return cursor === undefined ? [`asleep ${between}`, "asleep"] : [
      `asleep, next batch at ${cursor.process}`,
      `asleep at ${cursor.process}`,
      "asleep",
    ];
  }
  return cursor === undefined
    ? [between]
    : [`scanning ${cursor.process}`, "scanning"];
}

function stateTexts(snapshot: Snapshot): string[] {
  switch (snapshot.ksmd.state) {
    case "scanning":
      return scanningTexts(snapshot);
    case "idle":
      return ["idle: no process is registered", "idle"];
    case "stopped":
      return ["stopped: run is 0"];
    case "unmerged":
      return ["unmerged: run is 2"];
  }
}

/** Props of {@linkcode Ksmd}. */
export interface KsmdProps {
  /** The dashboard's state. */
  readonly state: Pick<DashboardState, "snapshot" | "history">;
  /** What to draw with. */
  readonly symbols: Symbols;
}

/** State and pass on the first line, then progress, then knobs: what does not fit is cut off at the bottom. */
export function Ksmd(props: KsmdProps): Element {
  const { state: { snapshot, history }, symbols: { styles } } = props;
  const { ksmd, counters } = snapshot;
  const moves = ksmd.state === "scanning";
  const motion = styles[moves ? "motion-running" : "motion-paused"];
  const pass = { text: `  pass ${groupDigits(counters.fullScans + 1)}` };
  const states = stateTexts(snapshot).map((text) => ({ text, ...motion }));
  const variants = [
    ...states.slice(0, 1).map((state) => moves ? [state, pass] : [state]),
    ...states.map((state) => [state]),
  ];
  return (
    <Box flexDirection="column" flexGrow={1}>
      <Box height={1} flexShrink={0}>
        <FitSpans variants={variants} />
        <Box flexShrink={0}>
          <Text>{percentText(ksmd.passProgress)}</Text>
        </Box>
      </Box>
      <Box height={1} flexShrink={0}>
        <Gauge value={ksmd.passProgress} color={styles.progress.color} />
      </Box>
      <Box height={1} flexShrink={0}>
        <FitLine texts={paceTexts(snapshot, history)} />
      </Box>
    </Box>
  );
}
