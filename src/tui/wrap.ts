/**
 * Text with styles, broken into lines that fit.
 *
 * @module
 */
import type { TextElement, TextWrap } from "./element.ts";
import { graphemes, textWidth } from "./grapheme.ts";
import { PLAIN, type StyleId, styleId } from "./style.ts";

/** One grapheme with its style. */
export interface StyledGrapheme {
  /** Its text; `"\n"`, of width 0, for the end of a line. */
  readonly text: string;
  /** Columns: 1 or 2. */
  readonly width: number;
  /** How it looks. */
  readonly style: StyleId;
}

/** Graphemes on one line. */
export type Line = readonly StyledGrapheme[];

/** The graphemes of a text in order, each with the style that it ends up with. */
export function styledGraphemes(
  text: TextElement,
  base: StyleId = PLAIN,
): StyledGrapheme[] {
  const style = styleId(text.style, base);
  return text.children.flatMap((child) =>
    typeof child === "string"
      ? graphemes(child).map(({ text, width }) => ({ text, width, style }))
      : styledGraphemes(child, style)
  );
}

/** Columns of a line. */
export function lineWidth(line: Line): number {
  return line.reduce((sum, { width }) => sum + width, 0);
}

/** The lines as they were written, before any breaking. */
export function paragraphs(text: Line): Line[] {
  const lines: StyledGrapheme[][] = [[]];
  for (const grapheme of text) {
    if (grapheme.text === "\n") lines.push([]);
    else lines[lines.length - 1].push(grapheme);
  }
  return lines;
}

/** Words, runs of spaces, and wide graphemes, between which a line may break. */
function tokens(line: Line): Line[] {
  const found: StyledGrapheme[][] = [];
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
    startOf(graphemes(ellipsis).map((g) => ({ ...g, style })), width);
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
