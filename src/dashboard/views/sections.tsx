/**
 * Tables one below the other, none of which may take all the room.
 *
 * @module
 */
import {
  Box,
  type Element,
  Table,
  type TableColumn,
  Text,
} from "../../tui/mod.ts";

/** A part of a column. */
export interface Section {
  /** Rows that it would take. */
  readonly rows: number;
  /** Draws it on so many rows. */
  readonly draw: (rows: number) => Element;
}

/** A table as a section; where it has no rows, a word stands there. */
export function tableSection<Row>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
  empty: string,
): Section {
  return {
    rows: 1 + Math.max(1, rows.length),
    draw: (height) =>
      rows.length > 0
        ? <Table height={height} columns={columns} rows={rows} />
        : (
          <>
            <Table height={1} columns={columns} rows={rows} />
            <Text dim>{empty}</Text>
          </>
        ),
  };
}

/** Rows that a section has at least, if it is there at all. */
const ROWS_MIN = 3;

/** The rows of sections with an empty row between them: first what each needs at least, then what it wants, from top to bottom; 0 where there is no room. */
export function sectionRows(wanted: readonly number[], room: number): number[] {
  let left = room + 1;
  const rows = wanted.map((all) => {
    const least = Math.min(all, ROWS_MIN);
    if (1 + least > left) return 0;
    left -= 1 + least;
    return least;
  });
  return rows.map((least, index) => {
    const more = least === 0 ? 0 : Math.min(wanted[index] - least, left);
    left -= more;
    return least + more;
  });
}

/** Props of {@linkcode Sections}. */
export interface SectionsProps {
  /** The sections from top to bottom. */
  readonly sections: readonly Section[];
  /** Rows there are. */
  readonly rows: number;
}

/** The sections that there is room for. */
export function Sections({ sections, rows }: SectionsProps): Element {
  const given = sectionRows(sections.map((section) => section.rows), rows);
  return (
    <Box flexDirection="column" flexGrow={1} rowGap={1} overflow="hidden">
      {sections.map((section, index) =>
        given[index] > 0 && (
          <Box height={given[index]} flexShrink={0} flexDirection="column">
            {section.draw(given[index])}
          </Box>
        )
      )}
    </Box>
  );
}
