/**
 * What the example knows, and how that changes: tasks, each with the time that
 * went into it, and the one whose clock runs.
 *
 * @module
 */
import {
  agedNotices,
  type Areas,
  NEW_TABLE,
  NEW_TREE,
  type Notice,
  type PromptAction,
  promptOf,
  type PromptState,
  type ScrollAction,
  type TableAction,
  type TableState,
  type TreeAction,
  type TreeState,
  updatePrompt,
  updateScroll,
  updateTable,
  updateTree,
  withNotice,
} from "../mod.ts";
import { DAY_MINUTES, projectTree, taskTable } from "./report.ts";

/** Something to do, and the time for it. */
export interface Task {
  /** Its project and its own name, with a slash between them. */
  readonly name: string;
  /** Minutes that it may take. */
  readonly budgetMinutes: number;
  /** Seconds that have gone into it. */
  readonly spentSeconds: number;
}

/** A line of the log. */
export interface LogLine {
  /** Seconds since the start. */
  readonly atSeconds: number;
  /** What happened. */
  readonly text: string;
}

/** What the user is asked. */
export interface Question {
  /** What for. */
  readonly about: "task" | "budget";
  /** The answer so far. */
  readonly prompt: PromptState;
}

/** The views that tabs lead to. */
export const VIEWS = ["tasks", "projects", "log"] as const;

/** All that the example knows. */
export interface Hours {
  /** The tasks, oldest first. */
  readonly tasks: readonly Task[];
  /** Name of the one whose clock runs. */
  readonly running: string | undefined;
  /** Seconds since the start. */
  readonly seconds: number;
  /** Seconds that went into tasks, after each second. */
  readonly history: readonly number[];
  /** What happened, oldest first. */
  readonly log: readonly LogLine[];
  /** Index of the view that is shown. */
  readonly view: number;
  /** Id of the element that has the focus. */
  readonly focus: string | undefined;
  /** The table of tasks. */
  readonly table: TableState;
  /** The tree of projects. */
  readonly tree: TreeState;
  /** What the user is being asked. */
  readonly question: Question | undefined;
  /** First row of the help that is seen; missing while it is closed. */
  readonly help: number | undefined;
  /** What the user has to know for a while. */
  readonly notices: readonly Notice[];
  /** Whether richer colours than the terminal's own are used where there are any. */
  readonly rich: boolean;
  /** Sizes of the elements on the screen. */
  readonly areas: Areas;
  /** Whether the user has asked to leave. */
  readonly left: boolean;
}

/** What can happen. */
export type Message =
  /** A second has passed. */
  | { readonly kind: "second" }
  /** Elements have other sizes. */
  | { readonly kind: "layout"; readonly areas: Areas }
  /** The focus is to go elsewhere. */
  | { readonly kind: "focus"; readonly id: string }
  /** Another view is to be shown. */
  | { readonly kind: "view"; readonly index: number }
  /** Something is to be done with the table. */
  | { readonly kind: "table"; readonly action: TableAction }
  /** Something is to be done with the tree. */
  | { readonly kind: "tree"; readonly action: TreeAction }
  /** The chosen task's clock is to start, or to stop. */
  | { readonly kind: "clock" }
  /** The user is to be asked for something. */
  | { readonly kind: "ask"; readonly about: Question["about"] }
  /** The answer is being written. */
  | { readonly kind: "edit"; readonly action: PromptAction }
  /** The answer is to be taken. */
  | { readonly kind: "answer" }
  /** The help is to open, or to close. */
  | { readonly kind: "help" }
  /** The help is to scroll. */
  | { readonly kind: "scroll"; readonly action: ScrollAction }
  /** What lies over the rest is to go. */
  | { readonly kind: "close" }
  /** Colours are to be richer, or not. */
  | { readonly kind: "colors" }
  /** The user has to know something. */
  | { readonly kind: "notice"; readonly text: string }
  /** The user leaves. */
  | { readonly kind: "quit" };

const FIRST_TASKS: readonly Task[] = [
  { name: "home/letters", budgetMinutes: 30, spentSeconds: 0 },
  { name: "work/reviews", budgetMinutes: 120, spentSeconds: 0 },
  { name: "work/release", budgetMinutes: 90, spentSeconds: 0 },
];

/** The start of a day. */
export const MORNING: Hours = {
  tasks: FIRST_TASKS,
  running: undefined,
  seconds: 0,
  history: [],
  log: [],
  view: 0,
  focus: "tasks",
  table: NEW_TABLE,
  tree: { ...NEW_TREE, unfolded: ["home", "work"] },
  question: undefined,
  help: undefined,
  notices: [],
  rich: false,
  areas: new Map(),
  left: false,
};

const HISTORY_MAX = 600;
const BUDGET_MINUTES = 60;

function logged(hours: Hours, text: string): Hours {
  return {
    ...hours,
    log: [...hours.log, { atSeconds: hours.seconds, text }],
  };
}

/** One second later: the running task has used it, and may have used it up. */
function second(hours: Hours): Hours {
  const { running, history } = hours;
  const tasks = hours.tasks.map((task) =>
    task.name === running
      ? { ...task, spentSeconds: task.spentSeconds + 1 }
      : task
  );
  const spent = tasks.reduce((sum, task) => sum + task.spentSeconds, 0);
  const task = tasks.find(({ name }) => name === running);
  const over = task?.spentSeconds === (task?.budgetMinutes ?? 0) * 60;
  const notices = agedNotices(hours.notices, 1000);
  return {
    ...hours,
    tasks,
    seconds: hours.seconds + 1,
    history: [...history, spent].slice(-HISTORY_MAX),
    notices: over && task !== undefined
      ? withNotice(notices, `${task.name} has used its time`, "warning")
      : notices,
  };
}

/** The task that the user has chosen in the view that is shown. */
export function chosenTask({ tasks, view, table, tree }: Hours) {
  const name = VIEWS[view] === "projects" ? tree.selected : table.selected;
  return tasks.find((task) => task.name === name);
}

/** Starts the clock of the chosen task, or stops it. */
function clock(hours: Hours): Hours {
  const task = chosenTask(hours);
  if (task === undefined) {
    const notices = withNotice(hours.notices, "choose a task first", "warning");
    return { ...hours, notices };
  }
  const stops = hours.running === task.name;
  return logged(
    { ...hours, running: stops ? undefined : task.name },
    `${stops ? "stopped" : "started"} ${task.name}`,
  );
}

/** What is wrong with an answer, if anything. */
export function problemOf(
  { tasks }: Hours,
  about: Question["about"],
  answer: string,
): string | undefined {
  if (about === "budget") {
    const minutes = /^\d{1,4}$/.test(answer) ? Number(answer) : 0;
    return minutes >= 1 && minutes <= DAY_MINUTES
      ? undefined
      : `expected minutes from 1 to ${DAY_MINUTES}`;
  }
  if (!/^[^/\s][^/]*\/[^/]*[^/\s]$/.test(answer)) {
    return "expected a project and a task, as in work/mail";
  }
  return tasks.some(({ name }) => name === answer)
    ? "there is such a task already"
    : undefined;
}

function ask(hours: Hours, about: Question["about"]): Hours {
  const task = chosenTask(hours);
  if (about === "task") {
    const project = task?.name.replace(/[^/]*$/, "") ?? "";
    return { ...hours, question: { about, prompt: promptOf(project) } };
  }
  if (task === undefined) {
    const notices = withNotice(hours.notices, "choose a task first", "warning");
    return { ...hours, notices };
  }
  const prompt = promptOf(String(task.budgetMinutes));
  return { ...hours, question: { about, prompt } };
}

/** Takes an answer that is fine; one that is not stays, with what is wrong beside it. */
function answer(hours: Hours): Hours {
  const { question } = hours;
  if (question === undefined) return hours;
  const { about, prompt: { text } } = question;
  if (problemOf(hours, about, text) !== undefined) return hours;
  const closed = { ...hours, question: undefined };
  if (about === "task") {
    const task = { name: text, budgetMinutes: BUDGET_MINUTES, spentSeconds: 0 };
    const table = { ...hours.table, selected: text };
    const tasks = [...hours.tasks, task];
    return logged({ ...closed, tasks, table }, `added ${text}`);
  }
  const chosen = chosenTask(hours);
  const tasks = hours.tasks.map((task) =>
    task === chosen ? { ...task, budgetMinutes: Number(text) } : task
  );
  return { ...closed, tasks };
}

/** Rows that an element has on the screen. */
function rowsOf({ areas }: Hours, id: string): number {
  return areas.get(id)?.rows ?? 0;
}

/** What the user does with one of the views. */
function moved(
  hours: Hours,
  message: Message & { readonly kind: "table" | "tree" | "scroll" },
): Hours {
  switch (message.kind) {
    case "table": {
      const room = rowsOf(hours, "tasks") - 1;
      const data = taskTable(hours);
      const table = updateTable(hours.table, message.action, data, room);
      return { ...hours, table };
    }
    case "tree": {
      const room = rowsOf(hours, "projects");
      const roots = projectTree(hours.tasks);
      const tree = updateTree(hours.tree, message.action, roots, room);
      return { ...hours, tree };
    }
    case "scroll": {
      const area = hours.areas.get("help");
      const { help } = hours;
      if (area === undefined || help === undefined) return hours;
      return { ...hours, help: updateScroll(help, message.action, area) };
    }
  }
}

/** What a key or a click asks of the app itself. */
function asked(
  hours: Hours,
  message: Exclude<Message, { readonly kind: "table" | "tree" | "scroll" }>,
): Hours {
  switch (message.kind) {
    case "second":
      return second(hours);
    case "layout":
      return { ...hours, areas: message.areas };
    case "focus":
      return { ...hours, focus: message.id };
    case "view":
      return { ...hours, view: message.index, focus: VIEWS[message.index] };
    case "clock":
      return clock(hours);
    case "ask":
      return ask(hours, message.about);
    case "edit": {
      const { question } = hours;
      if (question === undefined) return hours;
      const prompt = updatePrompt(question.prompt, message.action);
      return { ...hours, question: { ...question, prompt } };
    }
    case "answer":
      return answer(hours);
    case "help":
      return { ...hours, help: hours.help === undefined ? 0 : undefined };
    case "close":
      return { ...hours, help: undefined, question: undefined };
    case "colors":
      return { ...hours, rich: !hours.rich };
    case "notice":
      return { ...hours, notices: withNotice(hours.notices, message.text) };
    case "quit":
      return { ...hours, left: true };
  }
}

/** The state after a message. */
export function update(hours: Hours, message: Message): Hours {
  switch (message.kind) {
    case "table":
    case "tree":
    case "scroll":
      return moved(hours, message);
    default:
      return asked(hours, message);
  }
}
