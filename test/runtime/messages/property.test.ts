import { describe, expect, it } from 'vitest';
import { readProperty, withProperty } from '../../../runtime/messages/index.ts';

describe("a node's property setting", () => {
  it('names a value of the message at any depth', () => {
    const message = { payload: { temperature: { inlet: 21 } } };
    expect(readProperty(message, 'payload')).toBe(message.payload);
    expect(readProperty(message, 'payload.temperature.inlet')).toBe(21);
    expect(readProperty(message, 'payload.pressure.inlet')).toBeUndefined();
    expect(readProperty(message, 'constructor.name')).toBeUndefined();
  });

  it('is written without touching the message or what lies beside it', () => {
    const message = { payload: { temperature: 21, pressure: 3 }, topic: 'pump' };
    expect(withProperty(message, 'payload.temperature', 22)).toEqual({
      payload: { temperature: 22, pressure: 3 },
      topic: 'pump',
    });
    expect(withProperty(message, 'result.label', 'well')).toEqual({ ...message, result: { label: 'well' } });
    expect(message.payload.temperature).toBe(21);
  });
});
