import type { PredictionView } from '../../runtime/messages/index.ts';
import { duration, number, percent } from '../look/numbers.ts';
import { WORDS } from '../look/words.ts';

/** How a candidate does beside the model in use, on the same messages. */
export function Comparison({ shadow }: { readonly shadow: NonNullable<PredictionView['shadow']> }) {
  const { model, compared, agreed, failed, problem, confidence, difference, latencyMs } = shadow;
  return (
    <section class="millrace-candidate" aria-label={WORDS.candidate}>
      <h5>
        {WORDS.candidate} <b>{model.name}</b> {model.version}
      </h5>
      <p>{WORDS.agreement(agreed, compared)}</p>
      <p class="millrace-quiet">
        {confidence && <>{WORDS.surer(percent(confidence.candidate), percent(confidence.production))}; </>}
        {difference !== undefined && <>{WORDS.apart(number(difference))}; </>}
        {WORDS.slower(duration(latencyMs.candidate), duration(latencyMs.production))}
      </p>
      {failed > 0 && (
        <p class="millrace-warning" title={problem?.hint}>
          {WORDS.failedAt(failed)}
          {problem && `: ${problem.message}`}
        </p>
      )}
    </section>
  );
}
