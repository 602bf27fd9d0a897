/**
 * A line that says as much as there is room for.
 *
 * @module
 */
import {
  type Element,
  Table,
  type TableColumn,
  type TextStyle,
} from "../../tui/mod.ts";

/** Props of {@linkcode FitLine}. */
export interface FitLineProps {
  /** The same at length and in fewer and fewer words: the first that fits is shown. */
  readonly texts: readonly string[];
  /** How it looks; plain when missing. */
  readonly style?: TextStyle | undefined;
}

/** One line with the longest of some texts that fits, or what fits of the shortest. */
export function FitLine({ texts, style = {} }: FitLineProps): Element {
  const column: TableColumn<readonly string[]> = {
    title: "",
    cell: ([longest = ""]) => longest,
    shorter: (words) => words,
    grows: true,
    style: () => style,
  };
  return (
    <Table
      width="100%"
      height={1}
      flexShrink={0}
      titles={false}
      columns={[column]}
      rows={[texts]}
    />
  );
}
