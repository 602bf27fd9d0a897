/**
 * What a component returns: a tree of plain values. There are three kinds of
 * nodes: boxes hold others, text is measured and wrapped, and a canvas draws
 * itself once its size is known. All components come down to these.
 *
 * A component is called where its JSX is written. There is no state in the tree
 * and nothing to reconcile: a frame is a function of the app's state.
 *
 * @module
 */
import type { Color } from "./color.ts";
import type { BorderStyle } from "./glyphs.ts";
import type { ContainerProps, PlaceProps } from "./layout_props.ts";
import type { Size } from "./screen.ts";
import type { TextStyle } from "./style.ts";
import type { Surface } from "./surface.ts";

/** What happens to text that is wider than its place. */
export type TextWrap =
  /** Goes on in the next line, between words where it can. */
  | "wrap"
  /** Loses its end. */
  | "truncate"
  /** Loses its start. */
  | "truncate-start"
  /** Loses its middle. */
  | "truncate-middle";

/** A box: lays out its children, and may draw a border around them. */
export interface BoxElement {
  /** Tells boxes from other elements. */
  readonly kind: "box";
  /** Its own place, the layout of its children, and its border. */
  readonly props: PlaceProps & ContainerProps & BorderProps;
  /** Its children, in the order in which they are drawn. */
  readonly children: readonly Element[];
}

/** The border of a box, what of it shows, and what is behind. */
export interface BorderProps {
  /** Draws a border. */
  readonly borderStyle?: BorderStyle | undefined;
  /** Colour of the border. */
  readonly borderColor?: Color | undefined;
  /** Whether the border is faint. */
  readonly borderDim?: boolean | undefined;
  /** Text in the upper border at its start: a string or a `Text`. */
  readonly title?: string | Element | undefined;
  /** Text in the upper border at its end: a string or a `Text`. */
  readonly titleEnd?: string | Element | undefined;
  /** Whether the box hides what was drawn under it. */
  readonly opaque?: boolean | undefined;
  /** Whether neither the mouse nor the tab key reaches what was drawn before it. */
  readonly modal?: boolean | undefined;
  /** Whether the border shows that the focus is here: bold, and in the theme's style. */
  readonly focused?: boolean | undefined;
  /** First row of its content to be seen; more than there are shows the last ones. Makes the box a window with a scroll bar. */
  readonly scrollTop?: number | undefined;
}

/** Text, with parts that may have styles of their own. */
export interface TextElement {
  /** Tells text from other elements. */
  readonly kind: "text";
  /** How it looks where its parts do not say otherwise. */
  readonly style: TextStyle;
  /** What happens when it is too wide; only the outermost text's counts. */
  readonly wrap: TextWrap;
  /** Its parts in order. */
  readonly children: readonly (string | TextElement)[];
}

/** A leaf that draws itself when its size is known. */
export interface CanvasElement {
  /** Tells canvases from other elements. */
  readonly kind: "canvas";
  /** Its own place. */
  readonly props: PlaceProps;
  /** The size that it takes where nothing else decides. */
  readonly natural: Size;
  /** Draws it; must depend on nothing but its props and the surface. */
  readonly draw: (surface: Surface) => void;
}

/** Several elements in the place of one; those inside a box become its children. */
export interface FragmentElement {
  /** Tells fragments from other elements. */
  readonly kind: "fragment";
  /** The elements, none of them a fragment. */
  readonly children: readonly Element[];
}

/** A node of the tree. */
export type Element =
  | BoxElement
  | TextElement
  | CanvasElement
  | FragmentElement;

/** What may stand between the tags of a box; what is neither element nor list is left out. */
export type Children =
  | Element
  | boolean
  | null
  | undefined
  | readonly Children[];

/** What may stand between the tags of a text; elements must be texts. */
export type TextChildren =
  | Element
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly TextChildren[];

/** A pure function from props to an element. */
export type Component<Props> = (props: Props) => Element;

/** The elements among children, in order; fragments are replaced by their content. */
export function elementsOf(children: Children): Element[] {
  const found: Element[] = [];
  collect(children, found);
  return found;
}

function collect(children: Children, found: Element[]): void {
  if (children === null || typeof children !== "object") {
    if (typeof children === "string" || typeof children === "number") {
      throw new Error(`text outside of Text: ${children}`);
    }
  } else if (isList(children)) {
    for (const child of children) collect(child, found);
  } else if (children.kind === "fragment") {
    found.push(...children.children);
  } else {
    found.push(children);
  }
}

/** Arrays, also where the type says that they are read-only. */
export function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}
