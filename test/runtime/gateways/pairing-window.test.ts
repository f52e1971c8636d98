import { expect, it, vi } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import { createPairingWindow } from '../../../runtime/gateways/pairing.ts';
import { proveSecret } from '../../../runtime/keys/index.ts';

const statement = Buffer.from('gateway pairs');
const open = () => {
  const closed = vi.fn();
  const pairing = createPairingWindow(systemClock, closed);
  const { secret } = pairing.renew();
  return { pairing, closed, prove: (by = secret) => pairing.take(statement, proveSecret(by, statement)) };
};

it('gives a code to the first who proves that he knows it, while he is taken on and after', () => {
  const { pairing, closed, prove } = open();
  const first = prove();
  expect(first).toBeDefined();
  expect(prove()).toBeUndefined();
  // The studio is still open to the one who comes.
  expect(pairing.open).toBe(true);
  first?.used();
  expect([pairing.open, closed.mock.calls.length]).toEqual([false, 1]);
  expect(prove()).toBeUndefined();
});

it('lets a code be used again by whom was not taken on, unless another was made', () => {
  const { pairing, prove } = open();
  prove()?.giveBack();
  const again = prove();
  expect(again).toBeDefined();
  const { secret } = pairing.renew();
  again?.giveBack();
  expect(prove()).toBeUndefined();
  prove(secret)?.used();
  expect(pairing.open).toBe(false);
});

it('leaves a code open that was made while the one before it was used', () => {
  const { pairing, prove } = open();
  const first = prove();
  const { secret } = pairing.renew();
  first?.used();
  expect(pairing.open).toBe(true);
  expect(prove(secret)).toBeDefined();
  pairing.close();
});
