import { OUTBOX_WORDS as WORDS } from '../../look/outbox-words.ts';

/** From here on new messages may soon be refused, or the oldest dropped. */
const TIGHT = 0.85;

/** How much of what the outbox may take on disk is taken. */
export function Room({ used, quota }: { readonly used: number; readonly quota: number }) {
  const share = Math.min(1, used / quota);
  return (
    <div class={share > TIGHT ? 'millrace-room millrace-room-tight' : 'millrace-room'}>
      <div
        class="millrace-bar"
        role="meter"
        aria-label={WORDS.usedName}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={WORDS.used(used, quota)}
      >
        <span style={{ width: `${share * 100}%` }} />
      </div>
      <p class="millrace-quiet" aria-hidden="true">
        {WORDS.used(used, quota)}
      </p>
    </div>
  );
}
