/**
 * Panels in one column.
 *
 * @module
 */
import type { Children, Element } from "../../tui/mod.ts";
import type { PanelName } from "../panels.ts";
import { Actors, actorsHeading } from "./actors.tsx";
import { Events, EVENTS_HEADING } from "./events.tsx";
import { Band, LocksBand, MapBand, type Scene } from "./frame.tsx";
import { SIDES } from "../plan.ts";
import { titled } from "./focus.ts";
import { Ksmd, ksmdHeading } from "./ksmd.tsx";
import { Memory, memoryHeading } from "./memory.tsx";
import { Processes, PROCESSES_HEADING } from "./processes.tsx";
import { type Heading, Rule } from "./rule.ts";
import { Trees, TREES_HEADING } from "./trees.tsx";

interface SectionProps extends Scene {
  readonly name?: PanelName;
  readonly heading: Heading;
  readonly height: number;
  readonly children?: Children;
}

/** A panel with its heading. */
function Section(props: SectionProps): Element {
  const { state, symbols, name, heading, height, children } = props;
  const title = name === undefined
    ? heading
    : titled(state, name, heading, symbols);
  return (
    <>
      <Rule edge="middle" headings={[title]} />
      <Band name={name} height={height}>{children}</Band>
    </>
  );
}

/** ACTORS, PROCESSES and EVENTS. */
function LowerSections(scene: Scene): Element {
  const { state, symbols, columns, rows } = scene;
  const { snapshot } = state;
  return (
    <>
      {rows.actors > 0 && (
        <Section
          {...scene}
          heading={actorsHeading(snapshot, symbols)}
          height={rows.actors}
        >
          <Actors state={state} symbols={symbols} />
        </Section>
      )}
      {rows.processes > 0 && (
        <Section
          {...scene}
          name="processes"
          heading={PROCESSES_HEADING}
          height={rows.processes}
        >
          <Processes state={state} symbols={symbols} />
        </Section>
      )}
      {rows.events > 0 && (
        <Section
          {...scene}
          name="events"
          heading={EVENTS_HEADING}
          height={rows.events}
        >
          <Events
            state={state}
            symbols={symbols}
            columns={columns - SIDES}
            rows={rows.events}
          />
        </Section>
      )}
    </>
  );
}

/** All panels that the plan has room for, one below the other. */
export function Narrow(scene: Scene): Element {
  const { state, symbols, columns, rows } = scene;
  const { snapshot } = state;
  return (
    <>
      <Section
        {...scene}
        name="memory"
        heading={memoryHeading(snapshot, symbols)}
        height={rows.memory}
      >
        <Memory snapshot={snapshot} symbols={symbols} rows={rows.memory} />
      </Section>
      {rows.trees > 0 && (
        <Section
          {...scene}
          name="trees"
          heading={TREES_HEADING}
          height={rows.trees}
        >
          <Trees
            state={state}
            columns={columns - SIDES}
            rows={rows.trees}
            symbols={symbols}
          />
        </Section>
      )}
      {rows.map > 0 && <MapBand {...scene} />}
      {rows.locks > 0 && snapshot.locks && (
        <LocksBand {...scene} locks={snapshot.locks} />
      )}
      <Section
        {...scene}
        name="ksmd"
        heading={ksmdHeading(snapshot, symbols, rows.locks)}
        height={rows.ksmd}
      >
        <Ksmd state={state} symbols={symbols} />
      </Section>
      <LowerSections {...scene} />
    </>
  );
}
