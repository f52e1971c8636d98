/** The sidebar's card of a board: what it says of pins, and what becomes of a slider that is moved. */
import { describe, expect, it } from 'vitest';
import { Refused } from '../../../editor/gateway.ts';
import { chipValue, pinRuns, pinWords, shortValue, valueWords } from '../../../editor/look/board-words.ts';
import { layoutFor } from '../../../editor/sidebar/board/layout.ts';
import { createWorldEdits } from '../../../editor/sidebar/board/world-edits.ts';

const pin = {
  pin: 'A3',
  mode: 'analog',
  label: 'thermometer',
  value: 24.26,
  unit: '°C',
  level: 0.4,
  holders: ['cool'],
};

describe('what is said of a pin', () => {
  it('names what is there, its value, and who uses it', () => {
    expect(pinWords(pin)).toBe('A3, thermometer, 24.3 °C, used by cool');
    expect(valueWords({ mode: 'pwm', value: 0.4, level: 0.4 })).toBe('40 %');
    expect(valueWords({ mode: 'servo', value: 90, unit: '°' })).toBe('90°');
    expect(shortValue(pin)).toBe('24.3');
  });
  it('gives a servo that turns on and on a speed, and no angle', () => {
    expect(valueWords({ mode: 'servo', value: -0.5 })).toBe('−50 %');
    expect(shortValue({ mode: 'servo', value: -0.5 })).toBe('−50');
    expect(shortValue({ mode: 'servo', value: 45, unit: '°' })).toBe('45°');
  });
  it('says of a wire of a display what is there, and not its level', () => {
    const wire = { pin: 'D2', mode: 'signal', label: 'LED matrix', value: 1, holders: ['show'] };
    expect(pinWords(wire)).toBe('D2, LED matrix, used by show');
    expect(shortValue(wire)).toBe('');
    expect(pinRuns(['D12', 'D11', 'D5', 'D4', 'D3', 'A0'])).toEqual(['A0', 'D3–D5', 'D11–D12']);
  });
  it('tells the name of what a chip gives from its value', () => {
    expect(chipValue('acceleration x -0.116 g')).toEqual({ name: 'acceleration x', value: '−0.116 g' });
    expect(chipValue('channel 3: off')).toEqual({ name: 'channel 3', value: 'off' });
    expect(chipValue('42')).toEqual({ name: '', value: '42' });
  });
  it('does not call an output off or at 0° that was never set', () => {
    expect(valueWords({ mode: 'servo', value: 0, unset: true })).toBe('not set');
    expect(valueWords({ mode: 'output', value: 0, unset: true })).toBe('not set');
    expect(shortValue({ mode: 'output', value: 0, unset: true })).toBe('–');
  });
  it('shows no value of an input that was not read', () => {
    expect(valueWords({ mode: 'analog', value: 0 })).toBe('–');
  });
});

describe('the picture', () => {
  it('is an Uno where every pin is one of an Uno, else has a place for each pin in use', () => {
    expect(layoutFor(['D13', 'A0'])).toMatchObject({ uno: true });
    expect(layoutFor(['D53', 'A15']).places.map((place) => place.pin)).toEqual(['D53', 'A15']);
  });
});

describe('a slider that is moved', () => {
  const made = (send: (world: unknown) => Promise<unknown>) => {
    const timers: (() => void)[] = [];
    const edits = createWorldEdits({ send, after: (_ms, call) => (timers.push(call), () => undefined) });
    return { edits, due: () => timers.splice(0).forEach((call) => call()) };
  };
  const settled = () => new Promise((resolve) => setTimeout(resolve));

  it('sends the newest position only, and shows it until the board says the same', async () => {
    const sent: unknown[] = [];
    const { edits, due } = made((world) => Promise.resolve(sent.push(world)));
    for (const value of [10, 20, 30]) edits.set('sun', value);
    expect(edits.pending.value).toEqual({ sun: 30 });
    due();
    await settled();
    expect(sent).toEqual([{ sun: 30 }]);
    edits.seen([{ name: 'sun', value: 80 }]);
    expect(edits.pending.value).toEqual({ sun: 30 });
    edits.seen([{ name: 'sun', value: 30 }]);
    expect(edits.pending.value).toEqual({});
  });

  it('goes back, and says why, where it was refused', async () => {
    const { edits, due } = made(() => Promise.reject(new Refused('the board is away', 'Plug it in.')));
    edits.set('sun', 10);
    due();
    await settled();
    expect(edits.pending.value).toEqual({});
    expect(edits.trouble.value).toEqual({ text: 'the board is away', hint: 'Plug it in.' });
  });
});
