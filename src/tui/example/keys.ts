/**
 * The example's keys, and what its events mean.
 *
 * @module
 */
import {
  type AppEvent,
  type KeyMap,
  type KeyScope,
  keysOf,
  listKeys,
  type MouseHitEvent,
  promptAction,
  promptMouse,
  scrollKeys,
  scrollMouse,
  tableMouse,
  tabsMouse,
  treeKeys,
  treeMouse,
} from "../mod.ts";
import { type Hours, type Message, VIEWS } from "./state.ts";

const APP: KeyScope<Message> = {
  title: "everywhere",
  keys: [
    { keys: ["q"], does: "leaves", legend: "quit", message: { kind: "quit" } },
    {
      keys: ["?"],
      does: "shows this help",
      legend: "help",
      message: { kind: "help" },
    },
    {
      keys: ["space"],
      does: "starts or stops the chosen task's clock",
      legend: "clock",
      message: { kind: "clock" },
    },
    {
      keys: ["n"],
      does: "adds a task",
      legend: "new",
      message: { kind: "ask", about: "task" },
    },
    {
      keys: ["b"],
      does: "sets the chosen task's budget",
      legend: "budget",
      message: { kind: "ask", about: "budget" },
    },
    ...VIEWS.map((view, index) => ({
      keys: [String(index + 1)],
      does: `shows the ${view}`,
      message: { kind: "view", index } as const,
    })),
    {
      keys: ["t"],
      does: "uses other colours",
      message: { kind: "colors" },
    },
  ],
};

const TABLE: KeyScope<Message> = {
  title: "tasks",
  keys: [
    ...listKeys<Message>((action) => ({ kind: "table", action })),
    {
      keys: ["s"],
      does: "sorts by the next column",
      legend: "sort",
      message: { kind: "table", action: { kind: "sort-next" } },
    },
    {
      keys: ["S"],
      does: "sorts the other way round",
      message: { kind: "table", action: { kind: "reverse" } },
    },
  ],
};

const TREE: KeyScope<Message> = {
  title: "projects",
  keys: treeKeys((action) => ({ kind: "tree", action })),
};

const HELP: KeyScope<Message> = {
  title: "help",
  keys: [
    {
      keys: ["escape", "?", "q"],
      does: "closes the help",
      legend: "close",
      message: { kind: "close" },
    },
    ...scrollKeys<Message>((action) => ({ kind: "scroll", action })),
  ],
};

const QUESTION: KeyScope<Message> = {
  title: "questions",
  keys: [
    {
      keys: ["enter"],
      does: "takes the answer",
      legend: "take",
      message: { kind: "answer" },
    },
    {
      keys: ["escape"],
      does: "takes nothing",
      legend: "cancel",
      message: { kind: "close" },
    },
  ],
};

/** All keys, for the help. */
export const SCOPES: readonly KeyScope<Message>[] = [
  APP,
  TABLE,
  TREE,
  QUESTION,
  HELP,
];

/** The keys that mean something now. */
export function activeKeys({ question, help, focus }: Hours): KeyMap<Message> {
  if (question !== undefined) return QUESTION.keys;
  if (help !== undefined) return HELP.keys;
  if (focus === "tasks") return keysOf([TABLE, APP]);
  return keysOf(focus === "projects" ? [TREE, APP] : [APP]);
}

function mouseMessage(event: MouseHitEvent): Message | undefined {
  const view = tabsMouse(event, "views");
  if (view !== undefined) return { kind: "view", index: view };
  const table = tableMouse(event, "tasks");
  if (table !== undefined) return { kind: "table", action: table };
  const tree = treeMouse(event, "projects");
  if (tree !== undefined) return { kind: "tree", action: tree };
  const scroll = scrollMouse(event, "help");
  if (scroll !== undefined) return { kind: "scroll", action: scroll };
  const edit = promptMouse(event, "answer");
  return edit && { kind: "edit", action: edit };
}

/** What an event means that no key stands for. */
export function messageOf(event: AppEvent, hours: Hours): Message | undefined {
  switch (event.kind) {
    case "key":
    case "paste": {
      if (hours.question === undefined) return undefined;
      const action = promptAction(event);
      return action && { kind: "edit", action };
    }
    case "mouse":
      return mouseMessage(event);
    case "focus":
      return { kind: "focus", id: event.id };
    case "layout":
      return { kind: "layout", areas: event.areas };
    case "suspend-denied":
      return { kind: "notice", text: "Ctrl-Z needs --allow-run" };
  }
}
