import { Dots } from './dots.tsx';

interface DisplayProps {
  /** Its rows. */
  readonly text: readonly string[] | undefined;
  /** Of a matrix of lamps, such as `#..#`, a lit one `#`. */
  readonly dots: readonly string[] | undefined;
}

/** What a display shows, as it shows it. */
export const Display = ({ text, dots }: DisplayProps) => (
  <>
    {dots && <Dots rows={dots} />}
    {text && <pre class="millrace-display">{text.join('\n')}</pre>}
  </>
);
