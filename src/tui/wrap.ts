/**
 * Text with styles, broken into lines that fit.
 *
 * @module
 */
import type { TextElement, TextWrap } from "./element.ts";
import { type Grapheme, graphemes, isSimple, textWidth } from "./grapheme.ts";
import { PLAIN, type StyleId, styleId } from "./style.ts";

/** One grapheme with its style, or a run of simple ones in one style. */
export interface StyledPiece {
  /** Its text; `"\n"`, of width 0, for the end of a line. */
  readonly text: string;
  /** Columns. */
  readonly width: number;
  /** How it looks. */
  readonly style: StyleId;
  /** Whether each UTF-16 unit of it is a grapheme one column wide. */
  readonly simple: boolean;
}

/** Pieces on one line. */
export type Line = readonly StyledPiece[];

/** A text as one line of runs, if all of it is simple. */
export function simpleLine(
  text: TextElement,
  base: StyleId = PLAIN,
): Line | undefined {
  const style = styleId(text.style, base);
  const line: StyledPiece[] = [];
  for (const child of text.children) {
    if (typeof child !== "string") {
      const inner = simpleLine(child, style);
      if (inner === undefined) return undefined;
      line.push(...inner);
    } else if (!isSimple(child)) {
      return undefined;
    } else if (child !== "") {
      line.push({ text: child, width: child.length, style, simple: true });
    }
  }
  return line;
}

function piece({ text, width }: Grapheme, style: StyleId): StyledPiece {
  return { text, width, style, simple: width === 1 && text.length === 1 };
}

/** The graphemes of a text in order, each with the style that it ends up with. */
export function styledGraphemes(
  text: TextElement,
  base: StyleId = PLAIN,
): StyledPiece[] {
  const style = styleId(text.style, base);
  return text.children.flatMap((child) =>
    typeof child === "string"
      ? graphemes(child).map((grapheme) => piece(grapheme, style))
      : styledGraphemes(child, style)
  );
}

/** Columns of a line. */
export function lineWidth(line: Line): number {
  return line.reduce((sum, { width }) => sum + width, 0);
}

/** The lines as they were written, before any breaking. */
export function paragraphs(text: Line): Line[] {
  const lines: StyledPiece[][] = [[]];
  for (const grapheme of text) {
    if (grapheme.text === "\n") lines.push([]);
    else lines[lines.length - 1].push(grapheme);
  }
  return lines;
}

/** Words, runs of spaces, and wide graphemes, between which a line may break. */
function tokens(line: Line): Line[] {
  const found: StyledPiece[][] = [];
  let kind: "word" | "space" | undefined;
  for (const grapheme of line) {
    const next = grapheme.text === " " ? "space" : "word";
    const joins = next === kind && (next === "space" || grapheme.width === 1);
    if (joins) found[found.length - 1].push(grapheme);
    else found.push([grapheme]);
    kind = grapheme.width === 2 ? undefined : next;
  }
  return found;
}

/** As much of a line's start as fits. */
function startOf(line: Line, width: number): Line {
  let taken = 0;
  const end = line.findIndex((grapheme) => (taken += grapheme.width) > width);
  return end < 0 ? line : line.slice(0, end);
}

/** As much of a line's end as fits. */
function endOf(line: Line, width: number): Line {
  return startOf(line.toReversed(), width).toReversed();
}

/** A word cut into pieces that fit; a grapheme wider than a line vanishes. */
function pieces(word: Line, width: number): Line[] {
  const found: Line[] = [];
  for (let rest = word; rest.length > 0;) {
    const piece = startOf(rest, width);
    if (piece.length > 0) found.push(piece);
    rest = rest.slice(Math.max(1, piece.length));
  }
  return found;
}

/** Breaks one paragraph between words; spaces at a break are dropped. */
function wrapped(paragraph: Line, width: number): Line[] {
  const lines: Line[] = [];
  let line: Line = [];
  let spaces: Line = [];
  for (const token of tokens(paragraph)) {
    if (token[0].text === " ") {
      spaces = token;
      continue;
    }
    const room = width - lineWidth(line) - lineWidth(spaces);
    if (lineWidth(token) <= room) {
      line = [...line, ...spaces, ...token];
    } else {
      if (line.length > 0) lines.push(line);
      const cut = pieces(token, width);
      lines.push(...cut.slice(0, -1));
      line = cut.at(-1) ?? [];
    }
    spaces = [];
  }
  const room = width - lineWidth(line);
  return [...lines, [...line, ...startOf(spaces, room)]];
}

/** Shortens one paragraph to one line. */
function truncated(
  line: Line,
  width: number,
  wrap: TextWrap,
  ellipsis: string,
): Line {
  if (lineWidth(line) <= width) return line;
  const marked = (style: StyleId) =>
    startOf(graphemes(ellipsis).map((one) => piece(one, style)), width);
  const room = Math.max(0, width - textWidth(ellipsis));
  const firstStyle = line[0].style;
  if (wrap === "truncate-start") {
    return [...marked(firstStyle), ...endOf(line, room)];
  }
  const end = wrap === "truncate-middle" ? endOf(line, room >> 1) : [];
  const start = startOf(line, room - lineWidth(end));
  return [...start, ...marked(start.at(-1)?.style ?? firstStyle), ...end];
}

/** Breaks or shortens a text so that each line fits into a width. */
export function fitLines(
  text: Line,
  width: number,
  wrap: TextWrap,
  ellipsis: string,
): Line[] {
  return paragraphs(text).flatMap((line) => {
    if (lineWidth(line) <= width) return [line];
    if (wrap === "wrap") return wrapped(line, width);
    return [truncated(line, width, wrap, ellipsis)];
  });
}
