/**
 * The README's tables: what is modelled and what is not, the knobs, and the keys.
 *
 * @module
 */
import { knobDefaults, KNOBS } from "../../../src/engine/ksm/mod.ts";
import { KEY_SCOPES } from "../../../src/dashboard/key_scopes.ts";
import type { LeftOut } from "./left_out.ts";
import type { Model } from "./models.ts";

/** A README in which the part on fidelity says what models and data say. */
export function withTables(
  readme: string,
  models: readonly Model[],
  leftOut: readonly LeftOut[],
): string {
  const tables = [
    modelTable(models),
    "Left out:",
    leftOutTable(leftOut),
  ].join("\n\n");
  return between(readme, "fidelity", tables);
}

/** A README in which the part on knobs says what the engine's table of knobs says. */
export function withKnobs(readme: string): string {
  const rows = KNOBS.map(({ sysfs, meaning, valid, read }) => [
    `\`${sysfs}\``,
    meaning,
    read(knobDefaults()),
    valid,
  ]);
  const head = ["Knob", "What it sets", "At first", "What it takes"];
  return between(readme, "knobs", table(head, rows));
}

/** A README in which the part on keys says what the dashboard's table of keys says. */
export function withKeys(readme: string): string {
  const rows = KEY_SCOPES.flatMap(({ title, keys }) =>
    keys.map((row) => [
      row.keys.map((key) => `\`${key}\``).join(" "),
      row.does,
      title,
    ])
  );
  return between(readme, "keys", table(["Key", "Does", "Where"], rows));
}

/** A README with `body` between the two lines in the README that name `part`. */
export function between(readme: string, part: string, body: string): string {
  const before = `<!-- ${part}: begin; made by deno task readme -->`;
  const after = `<!-- ${part}: end -->`;
  const begin = readme.indexOf(before);
  const end = readme.indexOf(after);
  if (begin === -1 || end < begin) {
    throw new SyntaxError(`README.md has no lines ${before} and ${after}`);
  }
  return `${readme.slice(0, begin)}${before}\n\n${body}\n\n${
    readme.slice(end)
  }`;
}

function modelTable(models: readonly Model[]): string {
  const rows = models.map((model) => [
    `\`${model.kernelFunction}()\``,
    model.kernelFile,
    `\`${model.symbol}\``,
    model.path.replace("src/engine/", ""),
    model.differs === undefined ? "as the kernel" : model.differs.slice(0, -1),
  ]);
  rows.sort(([nameA, fileA], [nameB, fileB]) =>
    order(fileRank(fileA), fileRank(fileB)) || order(nameA, nameB)
  );
  return table(["Linux", "there in", "Here", "src/engine", "Status"], rows);
}

/** KSM's own file first. */
function fileRank(file: string): string {
  return file === "mm/ksm.c" ? "" : file;
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function leftOutTable(leftOut: readonly LeftOut[]): string {
  const rows = leftOut.map((row) => [
    row.subject,
    row.kernelFunctions.map((name) => `\`${name}()\``).join(", "),
    row.consequence,
    row.status,
  ]);
  return table(["Subject", "Linux", "What it means", "Status"], rows);
}

/** A table as the formatter wants it: every column as wide as its widest cell. */
export function table(
  head: readonly string[],
  rows: readonly string[][],
): string {
  const widths = head.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => row[column].length))
  );
  const lines = [head, widths.map((width) => "-".repeat(width)), ...rows];
  return lines.map((cells) =>
    `| ${
      cells.map((cell, column) => cell.padEnd(widths[column])).join(" | ")
    } |`
  ).join("\n");
}
