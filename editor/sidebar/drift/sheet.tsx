import { useRef, useState } from 'preact/hooks';
import type { DriftKind, DriftSpan, WatchedStream } from '../../../runtime/messages/index.ts';
import { DRIFT_WORDS as WORDS } from '../../look/drift-words.ts';
import { count } from '../../look/numbers.ts';
import { plain } from '../../look/words.ts';
import { useLoaded } from '../data/use-loaded.ts';
import { Notice } from '../notice.tsx';
import { isThere } from '../reveal.ts';
import { Part } from '../training/part.tsx';
import { Actions } from './actions.tsx';
import { Course } from './course.tsx';
import { Features } from './features.tsx';
import { type Streams, zoneHere } from './streams.ts';
import { useWidth } from './use-width.ts';

interface SheetProps {
  readonly stream: WatchedStream;
  readonly streams: Streams;
}

/** Features that are enough to see what is the matter, and all that a browser should draw. */
const [FEW, ALL] = [8, 300];
/** While it is looked at it is asked for so often, ms. */
const SPACING = 2_000;
const LOOK = {
  learning: 'hourglass-half',
  calm: 'check-circle',
  drifting: 'exclamation-circle',
  fault: 'chain-broken',
} as const;

/** One stream: the sentence, the features with reference beside now, the course of one of them, and what is to be known. */
export function Sheet({ stream: { node, time }, streams }: SheetProps) {
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const [chosen, choose] = useState<{ readonly kind: DriftKind; readonly name: string }>();
  const [span, setSpan] = useState<DriftSpan>();
  const [all, setAll] = useState(false);
  const request = {
    ...{ zone: zoneHere(), width, shown: all ? ALL : FEW },
    ...(span && { span }),
    ...(chosen && { feature: chosen.name, kind: chosen.kind }),
  };
  const load = () => streams.sheet(node, request);
  const { value: sheet, trouble } = useLoaded(load, JSON.stringify([node, request]), String(time), SPACING);
  return (
    <div class="millrace-drift-sheet" ref={place}>
      <Notice trouble={trouble} />
      {!sheet && !trouble && <p class="millrace-quiet">{WORDS.loading}</p>}
      {sheet && (
        <>
          <div class={`millrace-verdict millrace-verdict-${sheet.look}`} role="status">
            <i class={`fa fa-${LOOK[sheet.look]}`} aria-hidden="true" />
            <strong>{sheet.headline}</strong>
          </div>
          {sheet.words.map((words) => (
            <p key={words}>{words}</p>
          ))}
          {!isThere(node) && <p class="millrace-quiet">{WORDS.gone}</p>}
          {sheet.features.length > 0 && (
            <Features
              features={sheet.features}
              more={sheet.more}
              chosen={sheet.course}
              choose={choose}
              showAll={() => setAll(true)}
            />
          )}
          {sheet.course && <Course course={sheet.course} span={sheet.span} setSpan={setSpan} />}
          <Part title={WORDS.events} open={sheet.events.length > 0}>
            {sheet.events.length === 0 && <p class="millrace-quiet">{WORDS.noEvents}</p>}
            <ol class="millrace-drift-events">
              {sheet.events.map(({ time: at, when, kind, state, words }) => (
                <li key={`${at} ${kind} ${state}`} class={`millrace-drift-event-${state}`}>
                  <time dateTime={new Date(at).toISOString()}>{when}</time> <b>{WORDS.steps[state]}</b> {words}
                </li>
              ))}
            </ol>
          </Part>
          <Said title={WORDS.performance} lines={sheet.performance} open />
          <Said title={WORDS.promise} lines={sheet.promise} open />
          <Said title={WORDS.leftOut} lines={sheet.leftOut.map(({ name, reason }) => `${plain(name)}: ${reason}`)} />
          <Said title={WORDS.counts} lines={sheet.counts.map(({ what, count: n }) => `${what}: ${count(n)}`)} />
          <Actions node={node} streams={streams} />
        </>
      )}
    </div>
  );
}

interface SaidProps {
  readonly title: string;
  readonly lines: readonly string[];
  readonly open?: boolean;
}

function Said({ title, lines, open = false }: SaidProps) {
  if (lines.length === 0) return null;
  return (
    <Part title={title} open={open}>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </Part>
  );
}
