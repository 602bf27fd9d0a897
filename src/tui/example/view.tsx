/**
 * What the example shows.
 *
 * @module
 */
import {
  Box,
  BrailleChart,
  type Element,
  Gauge,
  Histogram,
  KeyHelp,
  KeyLegend,
  Overlay,
  Prompt,
  type Screen,
  ScrollBox,
  Static,
  Table,
  tableProps,
  Tabs,
  Text,
  Toast,
  TreeView,
} from "../mod.ts";
import { activeKeys, SCOPES } from "./keys.ts";
import {
  clockText,
  DAY_MINUTES,
  projectBins,
  projectTree,
  spentSeconds,
  taskTable,
} from "./report.ts";
import {
  type Hours,
  type LogLine,
  problemOf,
  type Question,
  VIEWS,
} from "./state.ts";

/** Screens of fewer columns show no charts. */
const CHARTS_COLUMNS = 64;

interface Props {
  readonly hours: Hours;
}

/** The day so far. */
function Day({ hours: { tasks } }: Props): Element {
  const spent = spentSeconds(tasks);
  return (
    <Box height={1} flexShrink={0} columnGap={1}>
      <Text wrap="truncate">day {clockText(spent)}</Text>
      <Gauge value={spent / 60 / DAY_MINUTES} color="blue" />
    </Box>
  );
}

function Line({ atSeconds, text }: LogLine): Element {
  return (
    <Text>
      <Text dim>{clockText(atSeconds)}</Text> {text}
    </Text>
  );
}

/** The view that the tabs have led to. */
function Shown({ hours }: Props): Element {
  const { view, table, tree, tasks, log } = hours;
  switch (VIEWS[view]) {
    case "tasks":
      return (
        <Table
          id="tasks"
          focusable
          flexGrow={1}
          {...tableProps(table, taskTable(hours))}
        />
      );
    case "projects":
      return (
        <TreeView
          id="projects"
          focusable
          flexGrow={1}
          roots={projectTree(tasks)}
          state={tree}
        />
      );
    case "log":
      return <Static id="log" items={log} item={Line} />;
  }
}

function Charts({ hours: { tasks, history } }: Props): Element {
  return (
    <Box width="40%" flexDirection="column">
      <Box borderStyle="round" title="minutes by project">
        <Histogram bins={projectBins(tasks)} color="cyan" />
      </Box>
      <Box borderStyle="round" title="worked" flexGrow={1}>
        <BrailleChart above={{ values: history, color: "green" }} />
      </Box>
    </Box>
  );
}

function Help({ offset }: { readonly offset: number }): Element {
  return (
    <Overlay title="keys">
      <ScrollBox id="help" offset={offset}>
        {SCOPES.map(({ title, keys }) => (
          <Box key={title} flexDirection="column" flexShrink={0}>
            <Text bold>{title}</Text>
            <KeyHelp keys={keys} />
          </Box>
        ))}
      </ScrollBox>
    </Overlay>
  );
}

const LABELS: Readonly<Record<Question["about"], string>> = {
  task: "new task:",
  budget: "minutes:",
};

function Ask(
  { hours, question }: Props & { readonly question: Question },
): Element {
  const { about, prompt } = question;
  return (
    <Overlay title="question">
      <Prompt
        id="answer"
        width={48}
        label={LABELS[about]}
        state={prompt}
        validate={(text) => problemOf(hours, about, text)}
        hint="enter takes it, escape does not"
      />
    </Overlay>
  );
}

/** The whole screen. */
export function view(hours: Hours, { columns }: Screen): Element {
  const { question, help, notices, focus } = hours;
  return (
    <Box flexDirection="column" flexGrow={1}>
      <Tabs id="views" titles={VIEWS} selected={hours.view} />
      <Day hours={hours} />
      <Box flexGrow={1}>
        <Box
          flexGrow={1}
          borderStyle="round"
          title={VIEWS[hours.view]}
          focused={focus === VIEWS[hours.view]}
        >
          <Shown hours={hours} />
        </Box>
        {columns >= CHARTS_COLUMNS && <Charts hours={hours} />}
      </Box>
      <Box height={1} flexShrink={0}>
        <KeyLegend keys={activeKeys(hours)} />
      </Box>
      <Toast notices={notices} />
      {help !== undefined && <Help offset={help} />}
      {question !== undefined && <Ask hours={hours} question={question} />}
    </Box>
  );
}
