import { DRIFT_SPANS, type DriftSheet, type DriftSpan } from '../../../runtime/messages/index.ts';
import { DRIFT_WORDS as WORDS } from '../../look/drift-words.ts';
import { plain } from '../../look/words.ts';
import { Drawing } from './drawing.tsx';

interface CourseProps {
  readonly course: NonNullable<DriftSheet['course']>;
  readonly span: DriftSpan;
  setSpan(span: DriftSpan): void;
}

/** The statistic of one feature over time, with its threshold and the moments of alarm. */
export function Course({ course: { name, svg }, span, setSpan }: CourseProps) {
  const title = WORDS.course(plain(name));
  return (
    <section class="millrace-drift-course" aria-label={title}>
      <header>
        <h5>{title}</h5>
        <span role="group" aria-label={WORDS.span}>
          {DRIFT_SPANS.map((each) => (
            <button key={each} type="button" aria-pressed={each === span} onClick={() => setSpan(each)}>
              {WORDS.spans[each]}
            </button>
          ))}
        </span>
      </header>
      <Drawing svg={svg} />
      <p class="millrace-quiet">{WORDS.band}</p>
    </section>
  );
}
