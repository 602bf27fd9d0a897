/** The README's table of how far off the prices are. */
import { between, table } from "../tidy/fidelity/tables.ts";
import type { PhaseRow } from "./prediction.ts";

const HEAD = [
  "Workload",
  "Pages",
  "Phase",
  "Predicted ms",
  "Measured ms",
  "Off",
];

/** A README in which the part on costs says what the model predicts. */
export function withCosts(readme: string, rows: readonly PhaseRow[]): string {
  const cells = rows.map((row) => [
    row.workload,
    `${row.pages}`,
    row.phase,
    millis(row.predicted),
    millis(row.measured),
    percent(row.errorPercent),
  ]);
  return between(readme, "costs", table(HEAD, cells));
}

function millis(nanos: number): string {
  const value = nanos / 1e6;
  return value < 100 ? value.toPrecision(3) : value.toFixed(0);
}

function percent(value: number): string {
  const whole = Math.round(value);
  return `${whole > 0 ? "+" : ""}${whole} %`;
}
