import { useEffect, useRef } from 'preact/hooks';
import type { TruthLabel } from '../../../runtime/messages/index.ts';
import { DATA_WORDS as WORDS, labelText } from '../../look/data-words.ts';
import { count } from '../../look/numbers.ts';

interface HoldButtonProps {
  readonly label: TruthLabel;
  readonly examples: number;
  /** Of the label with most examples, 0 to 1. */
  readonly share: number;
  readonly colour: string;
  /** This page holds it. */
  readonly held: boolean;
  /** The gateway records it, whoever holds it. */
  readonly recording: boolean;
  /** A click turns it on, another one off: for those who cannot hold a button. */
  readonly click: boolean;
  press(): void;
  release(): void;
}

/** Records for as long as it is held: by the pointer, or by space or enter. */
export function HoldButton(props: HoldButtonProps) {
  const { label, examples, share, colour, held, recording, click, press, release } = props;
  const now = useRef({ held, click, release });
  now.current = { held, click, release };
  // Whatever takes the button or the page out of sight lets go.
  useEffect(() => {
    const letGo = () => {
      if (now.current.held && !now.current.click) now.current.release();
    };
    const hidden = () => document.hidden && letGo();
    document.addEventListener('visibilitychange', hidden);
    window.addEventListener('blur', letGo);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      window.removeEventListener('blur', letGo);
      if (now.current.held) now.current.release();
    };
  }, []);

  const end = () => {
    if (held) release();
  };
  const isKey = ({ key }: KeyboardEvent) => key === ' ' || key === 'Enter';
  const holds = !click && {
    onPointerDown: (event: PointerEvent & { readonly currentTarget: HTMLButtonElement }) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      press();
    },
    onPointerUp: end,
    onPointerCancel: end,
    onLostPointerCapture: end,
    onContextMenu: (event: Event) => event.preventDefault(),
    onKeyDown: (event: KeyboardEvent) => {
      if (!isKey(event)) return;
      event.preventDefault();
      if (!event.repeat) press();
    },
    onKeyUp: (event: KeyboardEvent) => {
      if (isKey(event)) end();
    },
    onBlur: end,
  };
  const does = recording ? (click ? WORDS.stop : WORDS.recording) : click ? WORDS.click : WORDS.hold;
  return (
    <button
      type="button"
      class={recording ? 'millrace-hold millrace-hold-on' : 'millrace-hold'}
      style={{ '--millrace-label': colour, '--millrace-share': `${share * 100}%` }}
      aria-label={`${WORDS.holdLabel(labelText(label), click)}, ${WORDS.examples(examples)}`}
      aria-pressed={recording}
      {...(click ? { onClick: () => (held ? release() : press()) } : holds)}
    >
      <span class="millrace-hold-dot" aria-hidden="true" />
      <span class="millrace-hold-name">
        <strong>{labelText(label)}</strong>
        <small>{does}</small>
      </span>
      <span class="millrace-hold-count">{count(examples)}</span>
    </button>
  );
}
