import { describe, expect, it } from 'vitest';
import { receivedMessages } from '../../../runtime/messages/index.ts';

const sent = (sequence: number) => ({ payload: sequence / 2, key: { gateway: 'g', stream: 'pump', sequence } });
const told = { key: { gateway: 'g', stream: 'pump', sequence: 3 }, gap: { first: 3, last: 5, reason: 'expired' } };

describe('what a gateway sent', () => {
  it.each([
    ['an object', sent(1), [sent(1)]],
    ['text', JSON.stringify(sent(1)), [sent(1)]],
    ['bytes', Buffer.from(JSON.stringify(sent(1))), [sent(1)]],
    ['an array', [sent(1), told], [sent(1), told]],
    ['an array as text', JSON.stringify([sent(1), sent(2)]), [sent(1), sent(2)]],
    ['JSON lines', `${JSON.stringify(sent(1))}\n${JSON.stringify(told)}\n`, [sent(1), told]],
    ['JSON lines of Windows', `${JSON.stringify(sent(1))}\r\n${JSON.stringify(sent(2))}\r\n`, [sent(1), sent(2)]],
  ])('is found in %s', (_, payload, expected) => {
    expect(receivedMessages({ topic: 'millrace/pump', payload })).toEqual(expected);
  });

  it.each([
    ['a number', 3],
    ['nothing', undefined],
    ['an object without a key', { payload: 3 }],
    ['a key that is none', { payload: 3, key: 'door' }],
    ['a sequence of 0', { payload: 3, key: { gateway: 'g', stream: 's', sequence: 0 } }],
    ['an array in which one is something else', [sent(1), { payload: 2 }]],
    ['an empty array', []],
    ['text that is cut', JSON.stringify(sent(1)).slice(0, -3)],
    ['any text', 'pump is well'],
  ])('is not seen in %s', (_, payload) => {
    expect(receivedMessages({ payload })).toBeUndefined();
  });
});
