/**
 * {@linkcode Toast}: something to know that goes away by itself.
 *
 * @module
 */
import { Box } from "../box.ts";
import { Canvas } from "../canvas.ts";
import type { CanvasElement, Element } from "../element.ts";
import { textWidth } from "../grapheme.ts";
import type { Glyphs } from "../glyphs.ts";
import type { Styles } from "../theme.ts";

/** How a notice is meant. */
export type Tone = "note" | "good" | "warning" | "bad";

/** Something that the user has to know for a while. */
export interface Notice {
  /** The text. */
  readonly text: string;
  /** How it is meant. */
  readonly tone: Tone;
  /** Milliseconds until it goes. */
  readonly leftMillis: number;
}

/** How long a notice stays. */
const NOTICE_MILLIS = 4000;
/** More notices at a time push out the oldest. */
const NOTICES_MAX = 3;

/** Notices with a new one, the newest last; the same text again only stays for longer. */
export function withNotice(
  notices: readonly Notice[],
  text: string,
  tone: Tone = "note",
): readonly Notice[] {
  const notice = { text, tone, leftMillis: NOTICE_MILLIS };
  const others = notices.filter((one) => one.text !== text);
  return [...others, notice].slice(-NOTICES_MAX);
}

/** What is left of notices after some milliseconds, as a tick of the app tells; the same list where it is empty. */
export function agedNotices(
  notices: readonly Notice[],
  millis: number,
): readonly Notice[] {
  if (notices.length === 0) return notices;
  return notices
    .map((one) => ({ ...one, leftMillis: one.leftMillis - millis }))
    .filter(({ leftMillis }) => leftMillis > 0);
}

const STYLES: Readonly<Record<Tone, keyof Styles>> = {
  note: "accent",
  good: "good",
  warning: "warning",
  bad: "bad",
};

function textOf({ text, tone }: Notice, glyphs: Glyphs): string {
  return ` ${glyphs[tone]} ${text} `;
}

function NoticeLine({ notice }: { readonly notice: Notice }): CanvasElement {
  return Canvas({
    height: 1,
    flexShrink: 0,
    natural: { columns: textWidth(notice.text) + 4, rows: 1 },
    draw: ({ put, glyphs, styles, columns }) => {
      const style = { ...styles[STYLES[notice.tone]], inverse: true };
      put(0, 0, " ".repeat(columns), style);
      put(0, 0, textOf(notice, glyphs), style);
    },
  });
}

/** Props of {@linkcode Toast}. */
export interface ToastProps {
  /** The notices, the newest last. */
  readonly notices: readonly Notice[];
}

/**
 * Notices in the lower right corner of its parent, over its siblings, each with
 * a sign of how it is meant; must be its last child. {@linkcode withNotice} adds
 * one to the app's state, and {@linkcode agedNotices} lets time pass.
 */
export function Toast({ notices }: ToastProps): Element {
  return (
    <Box
      position="absolute"
      top={0}
      left={0}
      width="100%"
      height="100%"
      flexDirection="column"
      alignItems="flex-end"
      justifyContent="flex-end"
      overflow="hidden"
    >
      {notices.map((notice) => (
        <Box key={notice.text} opaque flexShrink={0} maxWidth="100%">
          <NoticeLine notice={notice} />
        </Box>
      ))}
    </Box>
  );
}
