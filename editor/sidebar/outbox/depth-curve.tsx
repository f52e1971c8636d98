import { count } from '../../look/numbers.ts';
import { OUTBOX_WORDS as WORDS } from '../../look/outbox-words.ts';
import { WORDS as COMMON } from '../../look/words.ts';
import { stepPath } from './step-path.ts';

interface DepthCurveProps {
  /** [time in ms, messages from then on], oldest first. */
  readonly course: readonly (readonly [number, number])[];
  readonly look: string;
}

/** Of the drawing's own coordinates, which are stretched to the room there is. */
const BOX = { width: 240, height: 36 };
const HOUR = 3_600_000;
/** As much time as it shows at least. */
const LEAST = 60_000;

/** What waited over the last hour, with its highest value beside it. */
export function DepthCurve({ course, look }: DepthCurveProps) {
  const most = Math.max(1, ...course.map(([, depth]) => depth));
  const [oldest = 0, newest = 0] = [course[0]?.[0], course.at(-1)?.[0]];
  // Young as it is, it fills its room.
  const span = Math.min(HOUR, Math.max(LEAST, newest - oldest));
  const path = stepPath(course, span, most, BOX);
  return (
    <figure class={`millrace-depth millrace-depth-${look}`}>
      <svg
        viewBox={`0 -2 ${BOX.width} ${BOX.height + 3}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={WORDS.course(span, course.at(-1)?.[1] ?? 0, Math.max(0, ...course.map(([, depth]) => depth)))}
      >
        <line x1="0" x2={BOX.width} y1={BOX.height} y2={BOX.height} />
        <path class="millrace-depth-area" d={`${path}V${BOX.height}H${leftOf(path)}Z`} />
        <path d={path} />
      </svg>
      <figcaption aria-hidden="true">
        <span>{COMMON.last(span)}</span>
        <span>{count(most)}</span>
      </figcaption>
    </figure>
  );
}

/** Where the path begins, so that the area closes below it. */
const leftOf = (path: string) => /^M([\d.-]+)/.exec(path)?.[1] ?? '0';
