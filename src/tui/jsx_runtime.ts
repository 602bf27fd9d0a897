/**
 * What the compiler calls for JSX (`"jsx": "react-jsx"`): a component is called
 * where it stands, so that what is left is a tree of boxes, texts and canvases.
 *
 * @module
 */
import {
  type Children,
  type Component,
  type Element,
  elementsOf,
  type FragmentElement,
} from "./element.ts";

/** Calls a component. Keys are accepted out of habit, and mean nothing here. */
export function jsx<Props>(type: Component<Props>, props: Props): Element {
  return type(props);
}

/** The same for elements with several children. */
export const jsxs: typeof jsx = jsx;

/** Props of {@linkcode Fragment}. */
export interface FragmentProps {
  /** The elements. */
  readonly children?: Children;
}

/** Several elements without a box around them. */
export function Fragment(props: FragmentProps): FragmentElement {
  return { kind: "fragment", children: elementsOf(props.children) };
}

/** What the type checker asks about JSX. */
export declare namespace JSX {
  /** What a JSX expression is. */
  export type Element = import("./element.ts").Element;
  /** The prop that takes what stands between the tags. */
  export interface ElementChildrenAttribute {
    /** Only its name counts. */
    children: unknown;
  }
  /** Props that each component takes. */
  export interface IntrinsicAttributes {
    /** Accepted out of habit. */
    key?: string | number;
  }
  /** There are no tags besides components. */
  export type IntrinsicElements = Record<never, never>;
}
