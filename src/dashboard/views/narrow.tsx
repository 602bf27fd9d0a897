/**
 * Panels in one column.
 *
 * @module
 */
import type { Children, Element } from "../../tui/mod.ts";
import { Actors, actorsHeading } from "./actors.tsx";
import { Events, EVENTS_HEADING } from "./events.tsx";
import { Band, LocksBand, MapBand, type Scene, SIDES } from "./frame.tsx";
import { Ksmd, ksmdHeading } from "./ksmd.tsx";
import { Memory, memoryHeading } from "./memory.tsx";
import { Processes, PROCESSES_HEADING } from "./processes.tsx";
import { type Heading, Rule } from "./rule.ts";
import { Trees, TREES_HEADING } from "./trees.tsx";

interface SectionProps {
  readonly heading: Heading;
  readonly rows: number;
  readonly children?: Children;
}

/** A panel with its heading. */
function Section(props: SectionProps): Element {
  return (
    <>
      <Rule edge="middle" headings={[props.heading]} />
      <Band height={props.rows}>{props.children}</Band>
    </>
  );
}

/** All panels that the plan has room for, one below the other. */
export function Narrow(scene: Scene): Element {
  const { state, symbols, columns, rows } = scene;
  const { snapshot } = state;
  return (
    <>
      <Section heading={memoryHeading(snapshot)} rows={rows.memory}>
        <Memory snapshot={snapshot} symbols={symbols} rows={rows.memory} />
      </Section>
      {rows.trees > 0 && (
        <Section heading={TREES_HEADING} rows={rows.trees}>
          <Trees state={state} columns={columns - SIDES} rows={rows.trees} />
        </Section>
      )}
      {rows.map > 0 && <MapBand {...scene} />}
      {rows.locks > 0 && snapshot.locks && (
        <LocksBand {...scene} locks={snapshot.locks} />
      )}
      <Section
        heading={ksmdHeading(snapshot, symbols, rows.locks)}
        rows={rows.ksmd}
      >
        <Ksmd snapshot={snapshot} />
      </Section>
      {rows.actors > 0 && (
        <Section heading={actorsHeading(snapshot, symbols)} rows={rows.actors}>
          <Actors snapshot={snapshot} symbols={symbols} />
        </Section>
      )}
      {rows.processes > 0 && (
        <Section heading={PROCESSES_HEADING} rows={rows.processes}>
          <Processes snapshot={snapshot} />
        </Section>
      )}
      {rows.events > 0 && (
        <Section heading={EVENTS_HEADING} rows={rows.events}>
          <Events
            snapshot={snapshot}
            symbols={symbols}
            columns={columns - SIDES}
            rows={rows.events}
          />
        </Section>
      )}
    </>
  );
}
