import { useState } from 'preact/hooks';
import type { DestinationRow } from '../../../runtime/messages/index.ts';
import { OUTBOX_WORDS as WORDS } from '../../look/outbox-words.ts';
import { Button } from '../button.tsx';
import { Notice, type Trouble, troubleOf } from '../notice.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import type { Destinations } from './destinations.ts';

interface ActionsProps {
  readonly row: DestinationRow;
  readonly outbox: Destinations;
}

/** Stops and resumes the sending. */
export function Actions({ row: { id, paused }, outbox }: ActionsProps) {
  const [trouble, setTrouble] = useState<Trouble>();
  if (!mayWrite()) return null;
  const act = () =>
    void outbox.command({ do: paused ? 'resume' : 'pause', destination: id }).then(
      () => setTrouble(undefined),
      (error: unknown) => setTrouble(troubleOf(error)),
    );
  return (
    <>
      <Notice trouble={trouble} />
      <div class="millrace-actions">
        <Button icon={paused ? 'play' : 'pause'} label={paused ? WORDS.resume : WORDS.pause} main={paused} act={act} />
        {paused && <span class="millrace-quiet">{WORDS.pauseHint}</span>}
      </div>
    </>
  );
}
