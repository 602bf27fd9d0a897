/**
 * The dashboard as an app of the toolkit: state, keys, view, and the edge.
 *
 * @module
 */
import { isRecorded } from "../observe/rewind.ts";
import type { Source } from "../observe/snapshot.ts";
import {
  type App,
  type AppEvent,
  type Areas,
  pictureText,
  promptAction,
  type Screen,
} from "../tui/mod.ts";
import { HELP_ID, promptIn, type Request } from "./dialogs.ts";
import {
  exported,
  type ExportFormat,
  type Save,
  stateJson,
} from "./exports.ts";
import { keysOf } from "./keys.ts";
import type { Live } from "./live.ts";
import { headingId, mouseMessage, rowsId } from "./mouse.ts";
import { isPanel, PANELS, TABLE_PANELS } from "./panels.ts";
import {
  type DashboardState,
  initialState,
  type PanelRows,
  type PanelTitles,
  type StartOptions,
  workOf,
} from "./state.ts";
import { Stage } from "./stage.ts";
import { THEMES } from "./theme.ts";
import { momentOf } from "./travel.ts";
import { type Message, type Seen, update } from "./update.ts";
import { Dashboard, SCREEN } from "./views/dashboard.tsx";

/** Milliseconds between two frames while the machine runs: 20 frames a second. */
const TICK_MILLIS = 50;

/** Another workload, ready to be shown. */
export interface OpenedWorkload {
  /** Where its snapshots come from. */
  readonly source: Source;
  /** What to watch in it. */
  readonly caption?: string | undefined;
}

/** What the dashboard can ask for of the world outside; what is missing it does without. */
export interface DashboardPorts {
  /** Starts the workload of that name. */
  readonly open?: (name: string) => OpenedWorkload;
  /** Is told of the source that is shown instead of the one before. */
  readonly shows?: (source: Source) => void;
  /** What an error of such a workload says, where it is the user's; `undefined` for a bug. */
  readonly usersError?: (thrown: unknown) => string | undefined;
  /** Writes a file. */
  readonly save?: Save;
}

/** The dashboard over a source. `now` is a clock of milliseconds that never goes back. */
export function dashboardApp(
  source: Source,
  options: StartOptions,
  now: () => number,
  ports: DashboardPorts = {},
): App<DashboardState, Message> {
  const stage = new Stage(source, now);
  return {
    init: initialState(
      stage.live.snapshot,
      options,
      momentOf(source),
      isRecorded(source) ? source.readings : undefined,
    ),
    update,
    view: (state, screen) => Dashboard({ state, screen }),
    keys: keysOf,
    ended: (state) => state.left,
    focused: (state) => state.focused,
    theme: (state) => THEMES[state.theme],
    tick: { millis: TICK_MILLIS, message: { kind: "tick" } },
    on: messageOf,
    perform: (message, state, send, screen) => {
      let messages: Message[];
      try {
        messages = performed(stage, ports, message, state, screen);
      } catch (thrown) {
        const text = ports.usersError?.(thrown);
        const message = text && afterError(stage, ports, state, text);
        if (!message) throw thrown;
        messages = [message];
      }
      messages.forEach(send);
    },
  };
}

/** What comes of a message beyond the state. */
function performed(
  stage: Stage,
  ports: DashboardPorts,
  message: Message,
  state: DashboardState,
  screen: () => Screen,
): Message[] {
  const { request } = state;
  if (request !== undefined && isUsers(message)) {
    return answered(stage, ports, request, state, screen());
  }
  const seen = worked(stage.live, message, state);
  if (seen !== undefined) return [seen];
  const details = stage.inquiry.ask(state);
  return details === undefined ? [] : [{ kind: "answered", details }];
}

/** What comes of a request. */
function answered(
  stage: Stage,
  ports: DashboardPorts,
  request: Request,
  state: DashboardState,
  screen: Screen,
): Message[] {
  switch (request.kind) {
    case "workload":
      return [opened(stage, ports, request.name, state)];
    case "knob": {
      const { knob, text } = request;
      const { answer, seen } = stage.live.setKnob(knob, text);
      return [seen, { kind: "written", knob, text, answer }];
    }
    case "export":
      return [{
        kind: "answer",
        text: exportedTo(ports.save, request.format, state, screen),
      }];
  }
}

function opened(
  stage: Stage,
  ports: DashboardPorts,
  name: string,
  state: DashboardState,
): Message {
  if (ports.open === undefined) {
    return { kind: "answer", text: "No other workload can be opened here" };
  }
  const { source, caption } = ports.open(name);
  stage.open(source, state);
  ports.shows?.(source);
  const { snapshot } = stage.live;
  return { kind: "opened", snapshot, caption, moment: momentOf(source) };
}

/** What comes of an error of the user: what was shown before goes on; nothing where it was what is shown first that failed. */
function afterError(
  stage: Stage,
  ports: DashboardPorts,
  state: DashboardState,
  text: string,
): Message | undefined {
  if (state.request?.kind === "workload") return { kind: "answer", text };
  const before = stage.reopen();
  if (before === undefined) return undefined;
  ports.shows?.(stage.source);
  return { kind: "resumed", state: before, text };
}

/** What comes of work that a message leads to; nothing where it leads to none. */
function worked(
  live: Live,
  message: Message,
  state: DashboardState,
): Seen | undefined {
  const work = workOf(state);
  switch (message.kind) {
    case "tick":
      return live.frame(work);
    case "step":
      return work?.kind === "step" ? live.step(work.stride) : undefined;
    case "travel":
      return work?.kind === "travel" ? live.travel(work.to) : undefined;
    default:
      return undefined;
  }
}

/** Whether a message is one of those that requests come of. */
function isUsers({ kind }: Message): boolean {
  return kind === "dialog";
}

/** Writes out what is seen, with nothing over it; says what came of it. */
function exportedTo(
  save: Save | undefined,
  format: ExportFormat,
  state: DashboardState,
  screen: Screen,
): string {
  if (save === undefined) return "Nothing can be exported from here";
  const text = format === "json"
    ? stateJson(state)
    : pictureText(Dashboard({ state, screen }), screen);
  return exported(state, format, text, save);
}

/** Rows that the panels on the screen have for their lists. */
function panelRowsOf(areas: Areas): PanelRows {
  return Object.fromEntries(PANELS.flatMap((panel) => {
    const area = areas.get(rowsId(panel)) ?? areas.get(panel);
    if (area === undefined || !areas.has(panel)) return [];
    return [[panel, area.rows - Number(TABLE_PANELS.includes(panel))]];
  }));
}

/** Titles that are seen over the lists of panels. */
function panelTitlesOf(areas: Areas): PanelTitles {
  return Object.fromEntries(PANELS.flatMap((panel) => {
    const titles = areas.get(rowsId(panel))?.titles ??
      areas.get(headingId([panel]))?.titles;
    return titles === undefined ? [] : [[panel, titles]];
  }));
}

/** Told only when it is news, since a frame is then made once more. */
function sized(areas: Areas, state: DashboardState): Message | undefined {
  const { screen: known, helpArea } = state;
  const screen = areas.get(SCREEN) ?? known;
  const help = areas.get(HELP_ID);
  const { zoomed, dialog } = state;
  const areSeen = dialog === undefined && zoomed === undefined;
  const panelTitles = areSeen ? panelTitlesOf(areas) : state.panelTitles;
  const panelRows = areSeen ? panelRowsOf(areas) : state.panelRows;
  const same = screen.columns === known.columns &&
    screen.rows === known.rows && help?.rows === helpArea?.rows &&
    help?.contentRows === helpArea?.contentRows &&
    PANELS.every((panel) =>
      panelRows[panel] === state.panelRows[panel] &&
      panelTitles[panel]?.join() === state.panelTitles[panel]?.join()
    );
  return same
    ? undefined
    : { kind: "sized", screen, help, panelRows, panelTitles };
}

function messageOf(
  event: AppEvent,
  state: DashboardState,
): Message | undefined {
  switch (event.kind) {
    case "key":
    case "paste": {
      const action = promptIn(state.dialog) && promptAction(event);
      return action && { kind: "dialog", action: { kind: "edit", action } };
    }
    case "mouse":
      return mouseMessage(event, state);
    case "layout":
      return sized(event.areas, state);
    case "suspend-denied":
      return { kind: "notice", text: "Ctrl-Z needs --allow-run" };
    case "focus":
      return isPanel(event.id) ? { kind: "focus", panel: event.id } : undefined;
    default:
      return undefined;
  }
}
