/**
 * Who shares with whom: processes by processes, or, where they are too many,
 * those that share with one of them.
 *
 * @module
 */
import { groupDigits } from "../../observe/digits.ts";
import type { SharingMatrix } from "../../observe/detail.ts";
import {
  Box,
  type Element,
  Table,
  type TableColumn,
  Text,
  textWidth,
} from "../../tui/mod.ts";
import type { Symbols } from "../symbols.ts";
import { FitLine } from "./fit_line.tsx";

/** A process as a row of the matrix. */
interface MatrixRow {
  readonly name: string;
  readonly shared: readonly number[];
}

const NAME_COLUMNS = 12;
const CELL_COLUMNS_MIN = 7;
const CELL_COLUMNS_MAX = 11;
const GAP = 2;
/** Columns in front, where the chosen process is marked. */
const GUTTER = 2;

/** KSM pages that two processes both map; of one alone all that it maps. */
function bothMap(
  { processes, shared }: SharingMatrix,
  row: number,
  column: number,
): number {
  return row === column ? processes[row].ksmPages : shared[row][column];
}

/** Columns of one process of the matrix, with a mark at its name. */
function cellColumns({ processes, shared }: SharingMatrix): number {
  const names = processes.map(({ name }) => 1 + textWidth(name));
  const figures = shared.flat().concat(processes.map((one) => one.ksmPages))
    .map((pages) => groupDigits(pages).length);
  const widest = names.concat(figures).reduce((a, b) => Math.max(a, b), 0);
  return Math.max(CELL_COLUMNS_MIN, Math.min(CELL_COLUMNS_MAX, widest));
}

/** The columns of the matrix; the chosen process has a mark at its title, and what belongs to it stands out. */
function matrixColumns(
  matrix: SharingMatrix,
  chosen: string,
  { focus }: Symbols,
): TableColumn<MatrixRow>[] {
  const width = cellColumns(matrix);
  const columns = matrix.processes.map((process, index) => ({
    title: (process.name === chosen ? focus : "") + process.name,
    cell: ({ shared }: MatrixRow) => groupDigits(shared[index]),
    align: "right" as const,
    minWidth: width,
    maxWidth: width,
    style: ({ name }: MatrixRow) => ({
      bold: process.name === chosen,
      dim: name !== chosen && process.name !== chosen,
    }),
  }));
  return [
    {
      title: "both map",
      cell: ({ name }) => name,
      minWidth: NAME_COLUMNS,
      maxWidth: NAME_COLUMNS,
    },
    ...columns,
  ];
}

/** Whether the whole matrix has room. */
function fits(matrix: SharingMatrix, columns: number, rows: number): boolean {
  const { length } = matrix.processes;
  const width = GUTTER + NAME_COLUMNS + length * (GAP + cellColumns(matrix));
  return width <= columns && 1 + length <= rows;
}

/** Somebody who shares with the chosen process. */
interface Partner {
  readonly name: string;
  readonly pages: number;
}

/** Those that share with a process, the most pages first. */
function partnersOf(matrix: SharingMatrix, index: number): Partner[] {
  return matrix.processes
    .map(({ name }, other) => ({ name, pages: bothMap(matrix, index, other) }))
    .filter(({ pages }, other) => other !== index && pages > 0)
    .toSorted((a, b) => b.pages - a.pages);
}

const PARTNER_COLUMNS: readonly TableColumn<Partner>[] = [
  {
    title: "shares with",
    cell: ({ name }) => name,
    priority: 1,
    minWidth: NAME_COLUMNS,
    maxWidth: 24,
  },
  {
    title: "KSM pages",
    cell: ({ pages }) => groupDigits(pages),
    align: "right",
    minWidth: CELL_COLUMNS_MAX,
  },
];

/** Props of {@linkcode SharingTable}. */
export interface SharingTableProps {
  /** Who shares with whom. */
  readonly matrix: SharingMatrix;
  /** Name of the chosen process. */
  readonly chosen: string;
  /** Columns there are. */
  readonly columns: number;
  /** Rows there are. */
  readonly rows: number;
  /** What to draw with. */
  readonly symbols: Symbols;
}

/** What the figures of the matrix are. */
const FIGURES = [
  "figures: KSM pages that both map; on the diagonal all that one maps",
];

/** What the words around it mean, at length and in short: what ksm_stat counts, and what is mapped. */
const WORDS = [
  "merging: ksm_stat's ksm_merging_pages, as ksmd counts them; merged pages: those that map a KSM page now",
  "merging: ksm_stat's counter; merged pages: those that map a KSM page now",
  "merging: counted; merged: mapped now",
];

/** The matrix of KSM pages that two processes both map; or the partners of the chosen process. */
export function SharingTable(props: SharingTableProps): Element {
  const { matrix, chosen, columns, rows, symbols } = props;
  const index = matrix.processes.findIndex(({ name }) => name === chosen);
  if (!fits(matrix, columns, rows)) {
    const partners = index < 0 ? [] : partnersOf(matrix, index);
    if (partners.length === 0) return <Text dim>shares with nobody</Text>;
    return <Table flexGrow={1} columns={PARTNER_COLUMNS} rows={partners} />;
  }
  const all = matrix.processes.map(({ name }, row): MatrixRow => ({
    name,
    shared: matrix.processes.map((_, column) => bothMap(matrix, row, column)),
  }));
  const room = rows - 1 - all.length;
  return (
    <Box flexDirection="column" flexGrow={1}>
      <Box height={1 + all.length} flexShrink={0}>
        <Table
          flexGrow={1}
          columns={matrixColumns(matrix, chosen, symbols)}
          rows={all}
          gutter
          selected={index < 0 ? undefined : index}
        />
      </Box>
      {room > 0 && <FitLine texts={FIGURES} style={{ dim: true }} />}
      {room > 1 && <FitLine texts={WORDS} style={{ dim: true }} />}
    </Box>
  );
}
