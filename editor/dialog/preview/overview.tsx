import type { RecipePreview } from '../../../runtime/messages/index.ts';
import { bytes, count, duration, microseconds } from '../../look/numbers.ts';
import type { DialogForm } from '../dialog.ts';
import { Strips } from './strips.tsx';
import type { PreviewProblem } from './use-preview.ts';

/** How long a window may be the newest until it is said how old it is, ms. */
const FRESH = 3000;

interface OverviewProps {
  readonly preview: RecipePreview | undefined;
  readonly form: DialogForm;
  /** What is wrong, and no block is to blame for. */
  readonly problem: PreviewProblem | undefined;
  more(hidden: number): string;
}

/** The window as it comes: where it is from, and each of its channels. */
export function Overview({ preview, form, problem, more }: OverviewProps) {
  return (
    <section class="millrace-window">
      {problem && (
        <p class="millrace-block-problem" role="alert">
          {problem.text} {problem.hint}
        </p>
      )}
      {!preview && !problem && <p>{form.text('preview.waiting')}</p>}
      {preview && (
        <>
          <Origin preview={preview} form={form} />
          <Strips
            lines={preview.window.channels}
            channels={preview.window.channels.map(({ name }) => name)}
            more={more}
          />
        </>
      )}
    </section>
  );
}

function Origin({ preview, form }: { readonly preview: RecipePreview; readonly form: DialogForm }) {
  const { source, age = 0, window } = preview;
  const about = form.text('preview.window', {
    samples: count(window.length),
    rate: rounded(window.rate),
    span: duration((1000 * window.length) / window.rate),
  });
  return (
    <header>
      <span class={`millrace-origin millrace-origin-${source}`}>
        {form.text(`preview.${source}`)}
        {age > FRESH && `, ${form.text('preview.age', { age: duration(age) })}`}
      </span>
      <span>{about}</span>
    </header>
  );
}

/** What all blocks together cost. */
export function Total({ preview, form }: { readonly preview: RecipePreview; readonly form: DialogForm }) {
  const { micros, every, blocks } = preview;
  const features = blocks.reduce((sum, block) => sum + block.features.length, 0);
  const cost = { time: microseconds(micros ?? NaN), bytes: bytes(preview.bytes) };
  const share = every === undefined || micros === null ? undefined : micros / (1000 * every);
  return (
    <footer class="millrace-total">
      <strong>{form.text('preview.features', { count: features })}</strong>
      <span>{form.text('preview.total', cost)}</span>
      {share !== undefined && every !== undefined && (
        <span>{form.text('preview.share', { share: sharePercent(share), rate: rounded(1000 / every) })}</span>
      )}
    </footer>
  );
}

const rounded = (value: number): string => String(Number(value.toPrecision(3)));

/** Of a core: mostly far below a percent, and that is worth knowing. */
const sharePercent = (share: number): string => `${Number((share * 100).toPrecision(2))} %`;
