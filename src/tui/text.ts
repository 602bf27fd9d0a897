/**
 * {@linkcode Text} with its style, and {@linkcode Newline}.
 *
 * @module
 */
import {
  isList,
  type TextChildren,
  type TextElement,
  type TextWrap,
} from "./element.ts";
import type { TextStyle } from "./style.ts";

/** Props of {@linkcode Text}. */
export interface TextProps extends TextStyle {
  /** What happens when the text is too wide; `wrap` when missing. */
  readonly wrap?: TextWrap | undefined;
  /** Strings, numbers and further texts. */
  readonly children?: TextChildren;
}

function parts(children: TextChildren): (string | TextElement)[] {
  if (typeof children === "string") return [children];
  if (typeof children === "number") return [String(children)];
  if (typeof children !== "object" || children === null) return [];
  if (isList(children)) return children.flatMap((child) => parts(child));
  if (children.kind === "text") return [children];
  if (children.kind === "fragment") return parts(children.children);
  throw new Error(`a ${children.kind} inside of Text`);
}

/** Text in one style; texts inside it change what they name. */
export function Text(props: TextProps): TextElement {
  const { children, wrap = "wrap", ...style } = props;
  return { kind: "text", style, wrap, children: parts(children) };
}

/** Props of {@linkcode Newline}. */
export interface NewlineProps {
  /** How many line ends; 1 when missing. */
  readonly count?: number | undefined;
}

/** Ends the line inside of a {@linkcode Text}. */
export function Newline({ count = 1 }: NewlineProps): TextElement {
  return Text({ children: "\n".repeat(count) });
}
