import type { DestinationRow } from '../../../runtime/messages/index.ts';
import { bytes, count } from '../../look/numbers.ts';
import { ageWords, OUTBOX_WORDS as WORDS, rateWords, timeWords } from '../../look/outbox-words.ts';

/** The figures of a destination, and of its lanes if more than one has something. */
export function Facts({ row, now }: { readonly row: DestinationRow; readonly now: number }) {
  const { depth, bytes: size, oldestMs, rate, sent, acknowledgedAt, lanes } = row;
  const busy = lanes.filter((lane) => lane.depth > 0);
  const facts: readonly (readonly [string, string])[] = [
    [WORDS.depth, depth === 0 ? '0' : `${count(depth)} (${bytes(size)})`],
    [WORDS.oldest, ageWords(oldestMs, depth)],
    [WORDS.rate, rateWords(rate)],
    [WORDS.sent, count(sent)],
    [WORDS.acknowledged, acknowledgedAt === undefined ? WORDS.never : timeWords(acknowledgedAt, now)],
    ...(busy.length > 1
      ? [[WORDS.lanes, busy.map((lane) => `${WORDS.lane[lane.lane]} ${count(lane.depth)}`).join(' · ')] as const]
      : []),
  ];
  return (
    <dl class="millrace-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
