/**
 * Where an element goes: flexbox in cells, by the names that Ink and the web use.
 *
 * @module
 */

/** Cells, or a part of the parent's size. */
export type Length = number | `${number}%`;

/** Where children stand across the main direction. */
export type Align = "flex-start" | "center" | "flex-end" | "stretch";

/** Where children stand along the main direction. */
export type Justify =
  | "flex-start"
  | "center"
  | "flex-end"
  | "space-between"
  | "space-around"
  | "space-evenly";

/** What makes an element known by name to events of the mouse and to the tab key. */
export interface TargetProps {
  /** Its name in events; one name stands for one element of a view. */
  readonly id?: string | undefined;
  /** Whether the tab key and a click can put the focus on it; it needs an id. */
  readonly focusable?: boolean | undefined;
}

/** An element's own place among its siblings. */
export interface PlaceProps extends TargetProps {
  /** Width with border and padding. */
  readonly width?: Length | undefined;
  /** Height with border and padding. */
  readonly height?: Length | undefined;
  /** Width at least. */
  readonly minWidth?: Length | undefined;
  /** Height at least. */
  readonly minHeight?: Length | undefined;
  /** Width at most. */
  readonly maxWidth?: Length | undefined;
  /** Height at most. */
  readonly maxHeight?: Length | undefined;
  /** Share of the room left over; 0 when missing. */
  readonly flexGrow?: number | undefined;
  /** Share of the room lacking; 1 when missing. With 0 the element keeps its size, and its siblings shrink. */
  readonly flexShrink?: number | undefined;
  /** Size along the main direction before growing and shrinking. */
  readonly flexBasis?: Length | undefined;
  /** Overrides the parent's `alignItems`. */
  readonly alignSelf?: Align | undefined;
  /** Empty cells around the element. */
  readonly margin?: number | undefined;
  /** Empty cells on the left and on the right. */
  readonly marginX?: number | undefined;
  /** Empty cells above and below. */
  readonly marginY?: number | undefined;
  /** Empty cells above. */
  readonly marginTop?: number | undefined;
  /** Empty cells on the right. */
  readonly marginRight?: number | undefined;
  /** Empty cells below. */
  readonly marginBottom?: number | undefined;
  /** Empty cells on the left. */
  readonly marginLeft?: number | undefined;
  /** `none`: takes no room and is not drawn. */
  readonly display?: "flex" | "none" | undefined;
  /** `absolute`: lies over its siblings, and they do not make room for it. */
  readonly position?: "relative" | "absolute" | undefined;
  /** Distance from the parent's top edge. */
  readonly top?: Length | undefined;
  /** Distance from the parent's right edge. */
  readonly right?: Length | undefined;
  /** Distance from the parent's bottom edge. */
  readonly bottom?: Length | undefined;
  /** Distance from the parent's left edge. */
  readonly left?: Length | undefined;
}

/** How an element lays out its children. */
export interface ContainerProps {
  /** The main direction; `row` when missing. */
  readonly flexDirection?: "row" | "column" | undefined;
  /** Whether children that do not fit go to a further line. */
  readonly flexWrap?: "nowrap" | "wrap" | undefined;
  /** Where children stand across the main direction; `stretch` when missing. */
  readonly alignItems?: Align | undefined;
  /** Where children stand along the main direction; `flex-start` when missing. */
  readonly justifyContent?: Justify | undefined;
  /** Empty cells between children. */
  readonly gap?: number | undefined;
  /** Empty cells between children of a row. */
  readonly columnGap?: number | undefined;
  /** Empty cells between children of a column. */
  readonly rowGap?: number | undefined;
  /** Empty cells inside the border. */
  readonly padding?: number | undefined;
  /** Empty cells inside the border on the left and on the right. */
  readonly paddingX?: number | undefined;
  /** Empty cells inside the border above and below. */
  readonly paddingY?: number | undefined;
  /** Empty cells inside the border above. */
  readonly paddingTop?: number | undefined;
  /** Empty cells inside the border on the right. */
  readonly paddingRight?: number | undefined;
  /** Empty cells inside the border below. */
  readonly paddingBottom?: number | undefined;
  /** Empty cells inside the border on the left. */
  readonly paddingLeft?: number | undefined;
  /** `hidden`: children are cut off at the border; `visible` when missing. */
  readonly overflow?: "visible" | "hidden" | undefined;
}
