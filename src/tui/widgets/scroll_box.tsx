/**
 * {@linkcode ScrollBox}: a window over content that is larger.
 *
 * @module
 */
import { Box } from "../box.ts";
import type { Children, Element } from "../element.ts";
import type { PlaceProps } from "../layout_props.ts";

/** Props of {@linkcode ScrollBox}. */
export interface ScrollBoxProps extends PlaceProps {
  /** First row of the content that is seen; one that is too large shows the end. */
  readonly offset: number;
  /** The content, from top to bottom. */
  readonly children?: Children;
}

/**
 * A window over content of any height, with a bar in its last column where
 * there is more than it shows. All of the content is laid out for each frame:
 * for thousands of rows there are `Table` and `Static`.
 */
export function ScrollBox(props: ScrollBoxProps): Element {
  const { offset, children, ...place } = props;
  return (
    <Box
      flexGrow={1}
      {...place}
      flexDirection="column"
      overflow="hidden"
      scrollTop={offset}
    >
      <Box flexDirection="column" flexShrink={0} marginRight={1}>
        {children}
      </Box>
    </Box>
  );
}
