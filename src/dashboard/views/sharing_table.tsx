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

/** A process as a row of the matrix. */
interface MatrixRow {
  readonly name: string;
  readonly shared: readonly number[];
}

const NAME_COLUMNS = 12;
const CELL_COLUMNS_MIN = 6;
const CELL_COLUMNS_MAX = 10;
const GAP = 2;

/** Columns of one process of the matrix. */
function cellColumns({ processes, shared }: SharingMatrix): number {
  const names = processes.map(({ name }) => textWidth(name));
  const figures = shared.flat().map((pages) => groupDigits(pages).length);
  const widest = names.concat(figures).reduce((a, b) => Math.max(a, b), 0);
  return Math.max(CELL_COLUMNS_MIN, Math.min(CELL_COLUMNS_MAX, widest));
}

/** The columns of the matrix; figures in the row or the column of the chosen process are bold, by a mark in the title too. */
function matrixColumns(
  matrix: SharingMatrix,
  chosen: string,
): TableColumn<MatrixRow>[] {
  const width = cellColumns(matrix);
  const columns = matrix.processes.map((process, index) => ({
    title: process.name,
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
  const width = NAME_COLUMNS + length * (GAP + cellColumns(matrix));
  return width <= columns && 1 + length <= rows;
}

/** Somebody who shares with the chosen process. */
interface Partner {
  readonly name: string;
  readonly pages: number;
}

/** Those that share with a process, the most pages first. */
function partnersOf(
  { processes, shared }: SharingMatrix,
  index: number,
): Partner[] {
  return processes
    .map(({ name }, other) => ({
      name: other === index ? "within itself" : name,
      pages: shared[index][other],
    }))
    .filter(({ pages }) => pages > 0)
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
    title: "pages",
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
}

/** The matrix, with the pages shared within a process on its diagonal; or the partners of the chosen process. */
export function SharingTable(props: SharingTableProps): Element {
  const { matrix, chosen, columns, rows } = props;
  const index = matrix.processes.findIndex(({ name }) => name === chosen);
  if (!fits(matrix, columns, rows)) {
    const partners = index < 0 ? [] : partnersOf(matrix, index);
    if (partners.length === 0) return <Text dim>shares with nobody</Text>;
    return <Table flexGrow={1} columns={PARTNER_COLUMNS} rows={partners} />;
  }
  const all = matrix.processes.map(({ name }, row): MatrixRow => ({
    name,
    shared: matrix.shared[row],
  }));
  const explained = rows > 2 + all.length;
  return (
    <Box flexDirection="column" flexGrow={1}>
      <Box height={1 + all.length} flexShrink={0}>
        <Table
          flexGrow={1}
          columns={matrixColumns(matrix, chosen)}
          rows={all}
          selected={index < 0 ? undefined : index}
        />
      </Box>
      {explained && (
        <Text dim wrap="truncate">
          KSM pages; on the diagonal pages shared within one process
        </Text>
      )}
    </Box>
  );
}
