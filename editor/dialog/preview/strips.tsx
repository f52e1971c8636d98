import { useState } from 'preact/hooks';
import type { PreviewLine } from '../../../runtime/messages/index.ts';
import { axisEnds } from '../../look/numbers.ts';
import { SERIES } from '../../look/theme.ts';
import { More } from './more.tsx';
import { BOX, comparable, pathOf, rangeOf } from './path.ts';

/** What is enough to see what happens. */
const FEW = 4;

interface StripsProps {
  readonly lines: readonly PreviewLine[];
  /** What they were before, drawn faintly behind. */
  readonly before?: readonly PreviewLine[];
  /** Every channel in its order: gives each its colour. */
  readonly channels: readonly string[];
  /** Of a button that shows the rest. */
  more(hidden: number): string;
}

/** The channels of a window, each a small chart of its own: they may differ in unit. */
export function Strips({ lines, before = [], channels, more }: StripsProps) {
  const [all, setAll] = useState(false);
  const shown = all ? lines : lines.slice(0, FEW);
  return (
    <div class="millrace-strips">
      {shown.map((line) => (
        <Strip
          key={line.name}
          line={line}
          before={before.find(({ name }) => name === line.name)}
          colour={(Math.max(0, channels.indexOf(line.name)) % SERIES) + 1}
        />
      ))}
      {lines.length > FEW && <More hidden={lines.length - FEW} open={all} words={more} toggle={() => setAll(!all)} />}
    </div>
  );
}

interface StripProps {
  readonly line: PreviewLine;
  readonly before: PreviewLine | undefined;
  readonly colour: number;
}

function Strip({ line, before, colour }: StripProps) {
  const own = rangeOf(line.values);
  const old = before ? rangeOf(before.values) : own;
  // What a block has shifted or scaled far away keeps its shape behind the new line, on a scale of its own.
  const together = comparable(own, old) ? rangeOf(own, old) : undefined;
  const range = together ?? own;
  const [low, high] = axisEnds(...own);
  return (
    <div class="millrace-strip-row">
      <span class="millrace-strip-name" title={line.name}>
        <i class="millrace-swatch" style={{ background: `var(--millrace-series-${colour})` }} />
        {line.name}
      </span>
      <svg
        viewBox={`0 -4 ${BOX.width} ${BOX.height + 8}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${line.name}: ${low} … ${high}`}
      >
        {before && <path class="millrace-line-before" d={pathOf(before.values, together ?? old)} />}
        <path class={`millrace-line millrace-line-${colour}`} d={pathOf(line.values, range)} />
      </svg>
      <span class="millrace-strip-range" aria-hidden="true">
        <span>{high}</span>
        <span>{low}</span>
      </span>
    </div>
  );
}
