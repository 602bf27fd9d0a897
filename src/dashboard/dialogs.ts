/**
 * What lies over the panels and takes the keys: the help, the knob editor, the
 * menus, and the line in which a filter is typed.
 *
 * @module
 */
import {
  EMPTY_PROMPT,
  type PromptAction,
  promptOf,
  type PromptState,
  updatePrompt,
  updateScroll,
} from "../tui/mod.ts";
import type { KnobAnswer } from "../observe/rewind.ts";
import { type ExportFormat, EXPORTS } from "./exports.ts";
import type { PanelName } from "./panels.ts";
import { listPanel } from "./rows.ts";
import { followed } from "./motion.ts";
import { type DashboardState, isInPast, isRecording } from "./state.ts";

/** The help. */
export interface HelpDialog {
  /** Tells it from others. */
  readonly kind: "help";
  /** The first line that is seen. */
  readonly offset: number;
}

/** Why a write to a knob came to nothing. */
export interface Refusal {
  /** Name of the knob. */
  readonly knob: string;
  /** What was written. */
  readonly text: string;
  /** What the knob takes, in words. */
  readonly valid: string;
  /** What it reads still. */
  readonly now: string;
  /** Linux's number of the error. */
  readonly errno: number;
}

/** The knob editor. */
export interface KnobDialog {
  /** Tells it from others. */
  readonly kind: "knobs";
  /** Index of the chosen knob. */
  readonly chosen: number;
  /** What is typed for it; missing while one is chosen. */
  readonly prompt: PromptState | undefined;
  /** What came of the last write, where it was refused. */
  readonly refusal: Refusal | undefined;
}

/** A list to choose from. */
export interface MenuDialog {
  /** What is chosen: a workload to go on with, or how to write out what is seen. */
  readonly kind: "workloads" | "export";
  /** Index of the chosen entry. */
  readonly chosen: number;
}

/** The line in which a filter is typed. */
export interface FilterDialog {
  /** Tells it from others. */
  readonly kind: "filter";
  /** The panel whose rows are filtered. */
  readonly panel: PanelName;
  /** What is typed. */
  readonly prompt: PromptState;
}

/** What may lie over the panels. */
export type Dialog = HelpDialog | KnobDialog | MenuDialog | FilterDialog;

/** What can be done in a dialog. */
export type DialogAction =
  /** Another row is chosen, so many further down; the help scrolls. */
  | { readonly kind: "move"; readonly by: number }
  /** A row is chosen; if it was already, that is as good as enter. */
  | { readonly kind: "choose"; readonly index: number }
  /** What is chosen or typed is to count. */
  | { readonly kind: "enter" }
  /** Text is edited. */
  | { readonly kind: "edit"; readonly action: PromptAction };

/** What a dialog asks of the world outside. */
export type Request =
  /** A write to a knob. */
  | { readonly kind: "knob"; readonly knob: string; readonly text: string }
  /** Another workload. */
  | { readonly kind: "workload"; readonly name: string }
  /** A file with what is seen. */
  | { readonly kind: "export"; readonly format: ExportFormat };

/** Id of what scrolls in the help. */
export const HELP_ID = "help";

/** Id of the list in a dialog. */
export const MENU_ID = "menu";

/** Id of the line in which text is typed. */
export const PROMPT_ID = "prompt";

/** The knobs that can be chosen, in their order. */
export function knobNames({ snapshot }: DashboardState): string[] {
  return Object.keys(snapshot.knobs);
}

/** The text that is being typed, if any is. */
export function promptIn(dialog: Dialog | undefined): PromptState | undefined {
  return dialog?.kind === "knobs" || dialog?.kind === "filter"
    ? dialog.prompt
    : undefined;
}

/** A dialog as it opens, or why there is none. */
function newDialog(
  state: DashboardState,
  kind: Dialog["kind"],
): Dialog | string {
  switch (kind) {
    case "help":
      return { kind, offset: 0 };
    case "knobs":
      return { kind, chosen: 0, prompt: undefined, refusal: undefined };
    case "export":
      return { kind, chosen: 0 };
    case "workloads": {
      const names = state.workloads.map(({ name }) => name);
      const chosen = Math.max(0, names.indexOf(state.snapshot.title));
      return names.length === 0 ? noWorkloadText(state) : { kind, chosen };
    }
    case "filter": {
      const panel = listPanel(state);
      if (panel === undefined) {
        return "Filters are for LOCKS, KSMD, PROCESSES and EVENTS: tab to one";
      }
      return { kind, panel, prompt: promptOf(state.filters[panel] ?? "") };
    }
  }
}

/** The state with a dialog open; where it was open, without. */
export function toggled(
  state: DashboardState,
  kind: Dialog["kind"],
): DashboardState {
  if (state.dialog?.kind === kind) return { ...state, dialog: undefined };
  const dialog = newDialog(state, kind);
  return typeof dialog === "string"
    ? { ...state, notice: dialog }
    : { ...state, dialog };
}

/** How many rows one can choose among. */
function rowsIn(
  state: DashboardState,
  { kind }: KnobDialog | MenuDialog,
): number {
  switch (kind) {
    case "knobs":
      return knobNames(state).length;
    case "workloads":
      return state.workloads.length;
    case "export":
      return EXPORTS.length;
  }
}

function moved(
  state: DashboardState,
  dialog: Dialog,
  by: number,
): DashboardState {
  switch (dialog.kind) {
    case "filter":
      return state;
    case "help": {
      const { helpArea: area } = state;
      if (area === undefined) return state;
      const action = { kind: "scroll", by } as const;
      const offset = updateScroll(dialog.offset, action, area);
      return { ...state, dialog: { ...dialog, offset } };
    }
    default:
      return chosenIn(state, dialog, dialog.chosen + by);
  }
}

function chosenIn(
  state: DashboardState,
  dialog: KnobDialog | MenuDialog,
  index: number,
): DashboardState {
  const last = rowsIn(state, dialog) - 1;
  const chosen = Math.max(0, Math.min(last, index));
  return dialog.kind === "knobs"
    ? { ...state, dialog: { ...dialog, chosen, refusal: undefined } }
    : { ...state, dialog: { ...dialog, chosen } };
}

/** The chosen knob; missing where there are none. */
export function chosenKnob(
  state: DashboardState,
  { chosen }: Pick<KnobDialog, "chosen">,
): string | undefined {
  return knobNames(state).at(chosen);
}

/** Why there is no other workload. */
function noWorkloadText(state: DashboardState): string {
  return isRecording(state)
    ? "A recording is of one workload: leave it to start another one"
    : "A session is of one machine: leave it to start another workload";
}

/** Why no knob can be written. */
function readOnlyText(state: DashboardState): string {
  if (isRecording(state)) {
    return "Knobs cannot be written in a recording: they are as they were";
  }
  if (state.defect !== undefined) {
    return "Nothing goes on after a defect: go back with [ to write a knob";
  }
  return isInPast(state)
    ? "Too long ago to go on from here another way: G goes to the end"
    : "Knobs cannot be written here: read-only";
}

/** Whether the source's knobs can be written. */
export function takesWrites({ moment }: DashboardState): boolean {
  return moment?.branches === true;
}

function enteredKnob(
  state: DashboardState,
  dialog: KnobDialog,
): DashboardState {
  const knob = chosenKnob(state, dialog);
  if (knob === undefined) return state;
  const { prompt } = dialog;
  // A write is to the machine as it is, so that is what is to be seen.
  const seeing = followed(state);
  if (!takesWrites(seeing)) {
    return { ...seeing, notice: readOnlyText(seeing) };
  }
  if (prompt === undefined) {
    return { ...seeing, dialog: { ...dialog, prompt: EMPTY_PROMPT } };
  }
  const request: Request = { kind: "knob", knob, text: prompt.text };
  return { ...seeing, request };
}

function entered(state: DashboardState, dialog: Dialog): DashboardState {
  const without = { ...state, dialog: undefined };
  switch (dialog.kind) {
    case "help":
    case "filter":
      return without;
    case "knobs":
      return enteredKnob(state, dialog);
    case "workloads": {
      const choice = state.workloads.at(dialog.chosen);
      if (choice === undefined) return without;
      return { ...without, request: { kind: "workload", name: choice.name } };
    }
    case "export": {
      const { format } = EXPORTS[dialog.chosen];
      return { ...without, request: { kind: "export", format } };
    }
  }
}

function edited(
  state: DashboardState,
  dialog: Dialog,
  action: PromptAction,
): DashboardState {
  if (dialog.kind === "filter") {
    const prompt = updatePrompt(dialog.prompt, action);
    const filters = { ...state.filters, [dialog.panel]: prompt.text };
    return { ...state, filters, dialog: { ...dialog, prompt } };
  }
  if (dialog.kind !== "knobs" || dialog.prompt === undefined) return state;
  const prompt = updatePrompt(dialog.prompt, action);
  return { ...state, dialog: { ...dialog, prompt, refusal: undefined } };
}

/** The state after something was done in its dialog. */
export function acted(
  state: DashboardState,
  action: DialogAction,
): DashboardState {
  const { dialog } = state;
  if (dialog === undefined) return state;
  switch (action.kind) {
    case "move":
      return moved(state, dialog, action.by);
    case "choose": {
      if (!("chosen" in dialog) || promptIn(dialog) !== undefined) return state;
      return dialog.chosen === action.index
        ? entered(state, dialog)
        : chosenIn(state, dialog, action.index);
    }
    case "enter":
      return entered(state, dialog);
    case "edit":
      return edited(state, dialog, action.action);
  }
}

/** The state one step back in its dialog: a text that was typed is given up, then the dialog closes. */
export function stepBack(state: DashboardState): DashboardState {
  const { dialog } = state;
  if (dialog?.kind === "knobs" && dialog.prompt !== undefined) {
    const closed = { ...dialog, prompt: undefined, refusal: undefined };
    return { ...state, dialog: closed };
  }
  const filters = dialog?.kind === "filter"
    ? { ...state.filters, [dialog.panel]: "" }
    : state.filters;
  return { ...state, filters, dialog: undefined };
}

/** The state after a write to a knob: taken, the editor goes back to the list; refused, the text can be mended. */
export function afterWrite(
  state: DashboardState,
  knob: string,
  text: string,
  { errno, now, valid }: KnobAnswer,
): DashboardState {
  const done = { ...state, request: undefined };
  const { dialog } = state;
  if (dialog?.kind !== "knobs") return done;
  if (errno !== 0) {
    const refusal = { knob, text, errno, now, valid };
    return { ...done, dialog: { ...dialog, refusal } };
  }
  const notice = `${knob} is ${now} now`;
  return { ...done, notice, dialog: { ...dialog, prompt: undefined } };
}
