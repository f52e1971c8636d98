import { useState } from 'preact/hooks';
import type { Ledger } from '../../../runtime/messages/index.ts';
import { count } from '../../look/numbers.ts';
import { OUTBOX_WORDS as WORDS } from '../../look/outbox-words.ts';
import { Notice, type Trouble, troubleOf } from '../notice.tsx';
import type { Destinations } from './destinations.ts';

interface StreamsProps {
  readonly destination: string;
  readonly outbox: Destinations;
}

/** Gaps of a stream that a person can still take in. */
const GAPS = 8;
/** Numbers that went to other destinations are no loss. */
const ELSEWHERE = 'not sent to this destination';

/** How far each stream is, and what its receiver was told will never come. Asked for when it is opened. */
export function Streams({ destination, outbox }: StreamsProps) {
  const [streams, setStreams] = useState<Ledger['streams']>();
  const [trouble, setTrouble] = useState<Trouble>();
  const load = () =>
    void outbox.streams(destination).then(
      (loaded) => {
        setStreams(loaded);
        setTrouble(undefined);
      },
      (error: unknown) => setTrouble(troubleOf(error)),
    );
  return (
    <details class="millrace-part" onToggle={({ currentTarget }) => currentTarget.open && load()}>
      <summary>{WORDS.streams}</summary>
      <Notice trouble={trouble} />
      {streams && (
        <table class="millrace-streams">
          <thead>
            <tr>
              <th scope="col">{WORDS.stream}</th>
              <th scope="col">{WORDS.taken}</th>
              <th scope="col">{WORDS.acked}</th>
              <th scope="col">{WORDS.gaps}</th>
            </tr>
          </thead>
          <tbody>
            {streams.map(({ stream, appended, acknowledged, gaps, relayed }) => (
              <tr key={stream}>
                <th scope="row">
                  {stream}
                  {relayed && <div class="millrace-quiet">{WORDS.relayed}</div>}
                </th>
                <td>{count(appended)}</td>
                <td>{count(acknowledged)}</td>
                <td>
                  <Gaps gaps={gaps.filter(({ reason }) => reason !== ELSEWHERE)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p class="millrace-quiet">{WORDS.ledgerHint}</p>
    </details>
  );
}

function Gaps({ gaps }: { readonly gaps: Ledger['streams'][number]['gaps'] }) {
  if (gaps.length === 0) return <>{WORDS.noGaps}</>;
  const newest = gaps.slice(-GAPS);
  return (
    <>
      {newest.map(({ first, last, reason }) => (
        <div key={first}>
          {first === last ? count(first) : `${count(first)}–${count(last)}`} {reason}
        </div>
      ))}
      {gaps.length > GAPS && <div>{WORDS.moreGaps(gaps.length - GAPS)}</div>}
    </>
  );
}
