import type { Observed } from '../live/observed.ts';
import { useObserved } from './use-observed.ts';

export const PARTS = [
  'live',
  'recordings',
  'tests',
  'data',
  'training',
  'models',
  'drift',
  'outbox',
  'gateways',
] as const;
/** One of the parts of the sidebar's tab. */
export type PartName = (typeof PARTS)[number];

const LABELS: Readonly<Record<PartName, string>> = {
  live: 'Live',
  recordings: 'Recordings',
  tests: 'Tests',
  data: 'Data',
  training: 'Training',
  models: 'Models',
  drift: 'Drift',
  outbox: 'Outbox',
  gateways: 'Gateways',
};

const MARK_CLASSES: Readonly<Record<PartName, string>> = {
  live: '',
  recordings: 'millrace-recording-dot',
  tests: 'millrace-recording-dot millrace-running-mark',
  data: 'millrace-recording-dot',
  training: 'millrace-recording-dot millrace-running-mark',
  models: 'millrace-recording-dot millrace-running-mark',
  drift: 'millrace-recording-dot millrace-drift-mark',
  outbox: 'millrace-recording-dot millrace-outbox-mark',
  gateways: 'millrace-recording-dot millrace-outbox-mark',
};

export const tabId = (part: PartName) => `millrace-tab-${part}`;
export const panelId = (part: PartName) => `millrace-panel-${part}`;

interface PartsProps {
  /** Those that there are here, in their order. */
  readonly parts: readonly PartName[];
  readonly chosen: Observed<PartName>;
  /** Said after a label: that something runs there. */
  readonly marks: Readonly<Partial<Record<PartName, string>>>;
}

/** The tabs of the parts: the arrow keys move among them, Tab leaves them. */
export function Parts({ parts, chosen, marks }: PartsProps) {
  const now = useObserved(chosen);
  const go = (part: PartName | undefined) => {
    if (part === undefined) return;
    chosen.set(part);
    document.getElementById(tabId(part))?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    const index = parts.indexOf(now);
    const to = {
      ArrowRight: (index + 1) % parts.length,
      ArrowLeft: (index + parts.length - 1) % parts.length,
      Home: 0,
      End: parts.length - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(parts[to]);
  };
  return (
    <div class="millrace-parts" role="tablist" aria-label="Millrace" onKeyDown={onKey}>
      {parts.map((part) => (
        <button
          key={part}
          type="button"
          role="tab"
          id={tabId(part)}
          aria-controls={panelId(part)}
          aria-selected={part === now}
          tabIndex={part === now ? 0 : -1}
          onClick={() => chosen.set(part)}
        >
          {LABELS[part]}
          {marks[part] !== undefined && <span class={MARK_CLASSES[part]} role="img" aria-label={marks[part]} />}
        </button>
      ))}
    </div>
  );
}
