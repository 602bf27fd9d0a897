/**
 * {@linkcode Box}, which lays out others, and {@linkcode Spacer}.
 *
 * @module
 */
import {
  type BorderProps,
  type BoxElement,
  type Children,
  elementsOf,
} from "./element.ts";
import type { ContainerProps, PlaceProps } from "./layout_props.ts";

/** Props of {@linkcode Box}. */
export interface BoxProps extends PlaceProps, ContainerProps, BorderProps {
  /** What the box holds. */
  readonly children?: Children;
}

/** Lays out its children by the rules of flexbox, in a row unless told otherwise. */
export function Box(props: BoxProps): BoxElement {
  const { children, ...rest } = props;
  return { kind: "box", props: rest, children: elementsOf(children) };
}

/** Takes all the room that its siblings leave over. */
export function Spacer(): BoxElement {
  return Box({ flexGrow: 1 });
}
