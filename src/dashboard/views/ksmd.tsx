/**
 * KSMD: what the scanning thread is doing, how far it is, and how it is set.
 *
 * @module
 */
import { groupDigits } from "../../observe/digits.ts";
import type { KsmdView, Snapshot } from "../../observe/snapshot.ts";
import { Box, type Element, Gauge, Spacer, Text } from "../../tui/mod.ts";
import { percentText, plural } from "../figures.ts";
import type { Symbols } from "../symbols.ts";
import { lockTotalsText } from "./locks.tsx";
import type { Heading } from "./rule.ts";

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

function stateText({ state, cursor }: KsmdView): string {
  switch (state) {
    case "scanning":
      return cursor === undefined
        ? "between two scans"
        : `scanning ${cursor.process}`;
    case "idle":
      return "idle: no process is registered";
    case "stopped":
      return "stopped: run is 0";
    case "unmerged":
      return "unmerged: run is 2";
  }
}

/** The knobs that set the pace, in words; those that the source does not show are left out. */
function knobsText({ knobs }: Snapshot): string {
  const pages = knobs["pages_to_scan"];
  const sleep = knobs["sleep_millisecs"];
  const smart = knobs["smart_scan"];
  return [
    pages === undefined ? "" : plural(Number(pages), "page"),
    sleep === undefined ? "" : ` / ${groupDigits(Number(sleep))} ms`,
    smart === undefined ? "" : `  smart scan ${smart === "1" ? "on" : "off"}`,
  ].join("").trim();
}

/** Props of {@linkcode Ksmd}. */
export interface KsmdProps {
  /** What is to be seen. */
  readonly snapshot: Snapshot;
  /** What to draw with. */
  readonly symbols: Symbols;
}

/** State and pass on the first line, then progress, then knobs: what does not fit is cut off at the bottom. */
export function Ksmd({ snapshot, symbols: { styles } }: KsmdProps): Element {
  const { ksmd, counters } = snapshot;
  const moves = ksmd.state === "scanning";
  const motion = styles[moves ? "motion-running" : "motion-paused"];
  const pass = `  pass ${groupDigits(counters.fullScans + 1)}`;
  return (
    <Box flexDirection="column" flexGrow={1}>
      <Box height={1} flexShrink={0}>
        <Text {...motion} wrap="truncate">
          {stateText(ksmd)}
        </Text>
        <Text wrap="truncate">{moves && pass}</Text>
        <Spacer />
        <Box flexShrink={0}>
          <Text>{percentText(ksmd.passProgress)}</Text>
        </Box>
      </Box>
      <Box height={1} flexShrink={0}>
        <Gauge value={ksmd.passProgress} color={styles.progress.color} />
      </Box>
      <Box height={1} flexShrink={0}>
        <Text wrap="truncate">{knobsText(snapshot)}</Text>
      </Box>
    </Box>
  );
}
