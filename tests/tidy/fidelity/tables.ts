/**
 * The README's tables of what is modelled and what is not.
 *
 * @module
 */
import type { LeftOut } from "./left_out.ts";
import type { Model } from "./models.ts";

/** The line before the tables in the README. */
const BEGIN = "<!-- fidelity: begin; made by deno task readme -->";

/** The line after them. */
const END = "<!-- fidelity: end -->";

/** A README in which the part between the two lines says what models and data say. */
export function withTables(
  readme: string,
  models: readonly Model[],
  leftOut: readonly LeftOut[],
): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin === -1 || end < begin) {
    throw new SyntaxError(`README.md has no lines ${BEGIN} and ${END}`);
  }
  const tables = [
    modelTable(models),
    "Left out:",
    leftOutTable(leftOut),
  ].join("\n\n");
  return `${readme.slice(0, begin)}${BEGIN}\n\n${tables}\n\n${
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
function table(head: readonly string[], rows: readonly string[][]): string {
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
