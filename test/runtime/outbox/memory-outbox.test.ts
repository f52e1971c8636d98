import { describe, expect, it } from 'vitest';
import { openMemoryOutbox } from '../../../runtime/outbox/index.ts';

function open() {
  const taken: { destination: string; message: Readonly<Record<string, unknown>> }[] = [];
  const outbox = openMemoryOutbox({
    gateway: 'gateway',
    taken: (destination, message) => void taken.push({ destination, message }),
  });
  return { outbox, taken };
}

describe('an outbox in memory', () => {
  it('hands on what it takes in the form that goes over the wire, with a key that counts', async () => {
    const { outbox, taken } = open();
    const standard = outbox.standard();
    await standard.put('pump', { payload: Float32Array.of(1, 2), _msgid: 'own' });
    await standard.put('pump', { payload: 3 });
    expect(taken).toEqual([
      {
        destination: 'built-in',
        message: { payload: [1, 2], key: { gateway: 'gateway', stream: 'pump', sequence: 1 } },
      },
      { destination: 'built-in', message: { payload: 3, key: { gateway: 'gateway', stream: 'pump', sequence: 2 } } },
    ]);
    expect(standard.state()).toMatchObject({ connected: true, depth: 0, sent: 2 });
  });

  it('refuses what a real one refuses', async () => {
    const { outbox, taken } = open();
    const standard = outbox.standard();
    await expect(standard.put('a/+', { payload: 1 })).rejects.toMatchObject({ code: 'STREAM_INVALID' });
    await expect(standard.put('pump', { payload: 1n })).rejects.toMatchObject({ code: 'UPLOAD_UNSERIALISABLE' });
    expect(() => outbox.destination('d', { type: 'mqtt', url: 'nowhere' })).toThrow(/nowhere/);
    expect(taken).toEqual([]);
    await outbox.close();
    await expect(standard.put('pump', { payload: 1 })).rejects.toMatchObject({ code: 'OUTBOX_CLOSED' });
  });
});
