/**
 * What the example makes of its tasks: a table, a tree by project, and sums.
 *
 * @module
 */
import type { Bin, TableData, TreeNode } from "../mod.ts";
import type { Hours, Task } from "./state.ts";

/** Minutes of a working day. */
export const DAY_MINUTES = 480;

/** Seconds as hours, minutes and seconds, always as wide. */
export function clockText(seconds: number): string {
  const two = (part: number) => String(Math.floor(part) % 60).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${two(seconds / 60)}:${two(seconds)}`;
}

/** All time that went into tasks. */
export function spentSeconds(tasks: readonly Task[]): number {
  return tasks.reduce((sum, task) => sum + task.spentSeconds, 0);
}

/** Percent of its budget that a task has used. */
function usedPercent({ spentSeconds, budgetMinutes }: Task): number {
  return Math.round(spentSeconds / (budgetMinutes * 60) * 100);
}

/** The tasks as a table. */
export function taskTable(
  { tasks, running }: Pick<Hours, "tasks" | "running">,
): TableData<Task> {
  return {
    columns: [
      {
        title: "task",
        cell: ({ name }) => name,
        compare: (a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0,
        priority: 4,
        grows: true,
        minWidth: 8,
      },
      {
        title: "clock",
        cell: ({ name }) => name === running ? "runs" : "-",
        priority: 1,
        style: ({ name }) => name === running ? { color: "green" } : {},
      },
      {
        title: "spent",
        cell: (task) => clockText(task.spentSeconds),
        align: "right",
        compare: (a, b) => a.spentSeconds - b.spentSeconds,
        priority: 3,
      },
      {
        title: "used",
        cell: (task) => `${usedPercent(task)} %`,
        align: "right",
        compare: (a, b) => usedPercent(a) - usedPercent(b),
        priority: 2,
        minWidth: 5,
        style: (task) => usedPercent(task) >= 100 ? { color: "red" } : {},
      },
    ],
    rows: tasks,
    keyOf: ({ name }) => name,
  };
}

/** The name of a task's project. */
function projectOf({ name }: Task): string {
  return name.slice(0, name.indexOf("/"));
}

function byProject(tasks: readonly Task[]): ReadonlyMap<string, Task[]> {
  return Map.groupBy(tasks, projectOf);
}

/** The tasks below their projects. */
export function projectTree(tasks: readonly Task[]): TreeNode[] {
  return Array.from(byProject(tasks), ([project, tasks]) => ({
    key: project,
    label: project,
    detail: clockText(spentSeconds(tasks)),
    style: { bold: true },
    children: tasks.map((task) => ({
      key: task.name,
      label: task.name.slice(project.length + 1),
      detail: clockText(task.spentSeconds),
    })),
  }));
}

/** Minutes by project. */
export function projectBins(tasks: readonly Task[]): Bin[] {
  return Array.from(byProject(tasks), ([label, tasks]) => ({
    label,
    value: Math.floor(spentSeconds(tasks) / 60),
  }));
}

/** The day in a few lines, to keep. */
export function dayReport(tasks: readonly Task[]): string {
  return tasks.filter(({ spentSeconds }) => spentSeconds > 0)
    .map((task) => `${clockText(task.spentSeconds)}  ${task.name}`)
    .join("\n");
}
