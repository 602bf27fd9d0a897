/**
 * What lies over the panels.
 *
 * @module
 */
import { Box, type Element, Prompt, type Screen, Text } from "../../tui/mod.ts";
import { type FilterDialog, PROMPT_ID } from "../dialogs.ts";
import { PANEL_TITLES } from "../panels.ts";
import type { DashboardState } from "../state.ts";
import type { Symbols } from "../symbols.ts";
import { Help } from "./help.tsx";
import { KnobEditor, KnobPrompt } from "./knob_editor.tsx";
import { MenuList } from "./menu.tsx";

/** Props of what lies over the panels. */
export interface DialogProps {
  /** The dashboard's state. */
  readonly state: DashboardState;
  /** What it is shown on. */
  readonly screen: Screen;
  /** What to draw with. */
  readonly symbols: Symbols;
}

/** The open dialog; nothing where none is open, or where it is only a line. */
export function DialogPanel(props: DialogProps): Element | undefined {
  const { dialog } = props.state;
  switch (dialog?.kind) {
    case undefined:
    case "filter":
      return undefined;
    case "help":
      return <Help {...props} dialog={dialog} area={props.state.helpArea} />;
    case "knobs":
      return <KnobEditor {...props} dialog={dialog} />;
    case "workloads":
    case "export":
      return <MenuList {...props} dialog={dialog} />;
  }
}

function FilterPrompt({ dialog }: { readonly dialog: FilterDialog }): Element {
  const label = `filter ${PANEL_TITLES[dialog.panel]}:`;
  return <Prompt id={PROMPT_ID} label={label} state={dialog.prompt} />;
}

/** The line in which text is typed, for screens that have room for nothing else; nothing where none is. */
export function PromptLine(
  { state }: Pick<DialogProps, "state">,
): Element | undefined {
  const { dialog } = state;
  if (dialog?.kind === "filter") return <FilterPrompt dialog={dialog} />;
  return dialog?.kind === "knobs" && dialog.prompt !== undefined
    ? <KnobPrompt state={state} dialog={dialog} />
    : undefined;
}

/** Props of {@linkcode FilterLine}. */
export interface FilterLineProps {
  /** The filter that is typed. */
  readonly dialog: FilterDialog;
  /** What it is shown on. */
  readonly screen: Screen;
}

/** The bottom line while a filter is typed. */
export function FilterLine({ dialog, screen }: FilterLineProps): Element {
  const { bottomLeft, bottomRight } = screen.glyphs.borders.single;
  return (
    <Box height={1} flexShrink={0}>
      <Text dim>{`${bottomLeft} `}</Text>
      <FilterPrompt dialog={dialog} />
      <Text dim>{` ${bottomRight}`}</Text>
    </Box>
  );
}
