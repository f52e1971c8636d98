import type { BlockPreview } from '../../../runtime/messages/index.ts';
import { SERIES } from '../../look/theme.ts';
import { BOX, pathOf, rangeOf } from './path.ts';

type Picture = NonNullable<BlockPreview['picture']>;

/** A block's own picture, such as a spectrum: one line a channel, over one axis. */
export function Spectrum({ picture, channels }: { readonly picture: Picture; readonly channels: readonly string[] }) {
  const { axis, curves, unit } = picture;
  const [low, high] = rangeOf(...curves.map(({ values }) => values));
  // An amount begins at 0.
  const range = [Math.min(0, low), high] as const;
  const end = (value: number | null | undefined) => String(Number((value ?? NaN).toPrecision(3)));
  return (
    <div class="millrace-spectrum">
      <svg viewBox={`0 -4 ${BOX.width} ${BOX.height + 8}`} preserveAspectRatio="none" aria-hidden="true">
        {curves.map(({ name, values }) => (
          <path
            key={name}
            class={`millrace-line millrace-line-${(Math.max(0, channels.indexOf(name)) % SERIES) + 1}`}
            d={pathOf(values, range)}
          />
        ))}
      </svg>
      <div class="millrace-spectrum-axis" aria-hidden="true">
        <span>{end(axis[0])}</span>
        <span>{end(axis[axis.length >> 1])}</span>
        <span>
          {end(axis.at(-1))} {unit}
        </span>
      </div>
    </div>
  );
}
