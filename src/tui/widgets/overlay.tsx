/**
 * {@linkcode Overlay}: a panel over everything else.
 *
 * @module
 */
import { Box } from "../box.ts";
import type { Children, Element } from "../element.ts";
import type { Color } from "../color.ts";

/** Props of {@linkcode Overlay}. */
export interface OverlayProps {
  /** Text in the upper border. */
  readonly title?: string | Element | undefined;
  /** Colour of the border. */
  readonly borderColor?: Color | undefined;
  /** What the panel shows, from top to bottom. */
  readonly children?: Children;
}

/**
 * A panel in the middle of its parent, over its siblings. It hides what is
 * behind, is never larger than its parent, and must be its last child. Mouse
 * and tab key do not reach what it lies over.
 */
export function Overlay(props: OverlayProps): Element {
  return (
    <Box
      modal
      position="absolute"
      top={0}
      left={0}
      width="100%"
      height="100%"
      alignItems="center"
      justifyContent="center"
    >
      <Box
        opaque
        flexDirection="column"
        borderStyle="single"
        borderColor={props.borderColor}
        title={props.title}
        maxWidth="100%"
        maxHeight="100%"
        paddingX={1}
        overflow="hidden"
      >
        {props.children}
      </Box>
    </Box>
  );
}
