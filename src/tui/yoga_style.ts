/**
 * Props as Yoga's settings.
 *
 * @module
 */
import Yoga, {
  Align as YogaAlign,
  Edge,
  FlexDirection,
  Gutter,
  Justify as YogaJustify,
  type Node,
  PositionType,
  Wrap,
} from "yoga-layout";
import type {
  Align,
  ContainerProps,
  Justify,
  PlaceProps,
} from "./layout_props.ts";

const ALIGN: Readonly<Record<Align, YogaAlign>> = {
  "flex-start": YogaAlign.FlexStart,
  "center": YogaAlign.Center,
  "flex-end": YogaAlign.FlexEnd,
  "stretch": YogaAlign.Stretch,
};

const JUSTIFY: Readonly<Record<Justify, YogaJustify>> = {
  "flex-start": YogaJustify.FlexStart,
  "center": YogaJustify.Center,
  "flex-end": YogaJustify.FlexEnd,
  "space-between": YogaJustify.SpaceBetween,
  "space-around": YogaJustify.SpaceAround,
  "space-evenly": YogaJustify.SpaceEvenly,
};

const MARGINS = [
  ["margin", Edge.All],
  ["marginX", Edge.Horizontal],
  ["marginY", Edge.Vertical],
  ["marginTop", Edge.Top],
  ["marginRight", Edge.Right],
  ["marginBottom", Edge.Bottom],
  ["marginLeft", Edge.Left],
] as const;

const PADDINGS = [
  ["padding", Edge.All],
  ["paddingX", Edge.Horizontal],
  ["paddingY", Edge.Vertical],
  ["paddingTop", Edge.Top],
  ["paddingRight", Edge.Right],
  ["paddingBottom", Edge.Bottom],
  ["paddingLeft", Edge.Left],
] as const;

const POSITIONS = [
  ["top", Edge.Top],
  ["right", Edge.Right],
  ["bottom", Edge.Bottom],
  ["left", Edge.Left],
] as const;

const GAPS = [
  ["gap", Gutter.All],
  ["columnGap", Gutter.Column],
  ["rowGap", Gutter.Row],
] as const;

const SIZES = [
  "width",
  "height",
  "minWidth",
  "minHeight",
  "maxWidth",
  "maxHeight",
] as const;

/** All that {@linkcode setPlace} looks at. */
const PLACE: readonly (keyof PlaceProps)[] = [
  ...SIZES,
  "flexGrow",
  "flexShrink",
  "flexBasis",
  "alignSelf",
  "position",
  ...[...MARGINS, ...POSITIONS].map(([name]) => name),
];

/** All that {@linkcode setContainer} looks at. */
const CONTAINER: readonly (keyof ContainerProps)[] = [
  "flexDirection",
  "flexWrap",
  "alignItems",
  "justifyContent",
  ...[...GAPS, ...PADDINGS].map(([name]) => name),
];

/** Sizes stay as exact as they are: `layout_node` makes whole cells of them, since here that would not be the same for a tree that is kept. */
const config = Yoga.Config.create();
config.setPointScaleFactor(0);

/** Whether two elements have the same place of their own. */
export function samePlace(a: PlaceProps, b: PlaceProps): boolean {
  return PLACE.every((name) => a[name] === b[name]);
}

/** Whether two elements lay out their children alike. */
export function sameContainer(a: ContainerProps, b: ContainerProps): boolean {
  return CONTAINER.every((name) => a[name] === b[name]);
}

/** A node of the layout tree; its maker frees it. */
export function createNode(): Node {
  return Yoga.Node.create(config);
}

/** Lets Yoga forget what it knows of a node without children: its own `markDirty` is for nodes that are measured. */
export function markEmptyDirty(node: Node): void {
  const grow = node.getFlexGrow();
  node.setFlexGrow(grow + 1);
  node.setFlexGrow(grow);
}

function setSize(node: Node, props: PlaceProps): void {
  if (props.width !== undefined) node.setWidth(props.width);
  if (props.height !== undefined) node.setHeight(props.height);
  if (props.minWidth !== undefined) node.setMinWidth(props.minWidth);
  if (props.minHeight !== undefined) node.setMinHeight(props.minHeight);
  if (props.maxWidth !== undefined) node.setMaxWidth(props.maxWidth);
  if (props.maxHeight !== undefined) node.setMaxHeight(props.maxHeight);
}

/** Sets an element's own place. */
export function setPlace(node: Node, props: PlaceProps): void {
  setSize(node, props);
  node.setFlexGrow(props.flexGrow ?? 0);
  node.setFlexShrink(props.flexShrink ?? 1);
  if (props.flexBasis !== undefined) node.setFlexBasis(props.flexBasis);
  if (props.alignSelf !== undefined) node.setAlignSelf(ALIGN[props.alignSelf]);
  for (const [name, edge] of MARGINS) {
    const cells = props[name];
    if (cells !== undefined) node.setMargin(edge, cells);
  }
  if (props.position === "absolute") {
    node.setPositionType(PositionType.Absolute);
  }
  for (const [name, edge] of POSITIONS) {
    const length = props[name];
    if (length !== undefined) node.setPosition(edge, length);
  }
}

/** Sets how an element lays out its children. */
export function setContainer(node: Node, props: ContainerProps): void {
  const column = props.flexDirection === "column";
  node.setFlexDirection(column ? FlexDirection.Column : FlexDirection.Row);
  if (props.flexWrap === "wrap") node.setFlexWrap(Wrap.Wrap);
  node.setAlignItems(ALIGN[props.alignItems ?? "stretch"]);
  node.setJustifyContent(JUSTIFY[props.justifyContent ?? "flex-start"]);
  for (const [name, gutter] of GAPS) {
    const cells = props[name];
    if (cells !== undefined) node.setGap(gutter, cells);
  }
  for (const [name, edge] of PADDINGS) {
    const cells = props[name];
    if (cells !== undefined) node.setPadding(edge, cells);
  }
}
