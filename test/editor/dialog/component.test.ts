/** The dialog of a component: what it knows of a board before that runs, and what is found in the catalogue. */
import { describe, expect, it } from 'vitest';
import type { BoardAbilities } from '../../../runtime/messages/index.ts';
import { asItWillBe, fitted, problems, wiredTo } from '../../../editor/dialog/component/judge.ts';
import { found } from '../../../editor/dialog/component/table.ts';
import { plannedBoard, SENSORS } from '../../../runtime/devices/schema.ts';

const greenhouse = { type: 'board', name: 'house', kind: 'virtual', scene: 'greenhouse', seed: 1 };
const running: BoardAbilities = {
  connected: true,
  hardware: 'virtual',
  firmware: 'virtual Uno 2.5',
  pins: [{ name: 'A0', uses: ['analog'], holders: ['another'] }],
  features: ['i2c'],
  chips: [],
  inputs: [{ pin: 'A3', kind: 'tmp36', what: 'TMP36 thermometer on the motor' }],
  outputs: [],
};

describe('a board that was just added', () => {
  it('proposes the pin where its scene has such a sensor, and says what is there', () => {
    const board = plannedBoard(greenhouse);
    expect(fitted('tmp36', SENSORS.tmp36, board).pins).toEqual(['A0']);
    expect(wiredTo(board)).toContainEqual({ pin: 'A0', kind: 'tmp36', what: 'TMP36 thermometer inside' });
    expect(fitted('bme280-temperature', SENSORS['bme280-temperature'], board).address).toBe(0);
    const settings = { kind: 'tmp36', pins: ['A2'], address: 0, options: {} };
    expect(problems(SENSORS.tmp36, settings, board)).toEqual(['On this virtual board it is on A0 and A3.']);
  });

  it('has the signals that the user gave it', () => {
    const signals = [{ type: 'constant', name: 'tank', to: 'A5', as: 'percent', value: 40 }];
    const board = plannedBoard({ ...greenhouse, scene: 'own', signals });
    expect(fitted('potentiometer', SENSORS.potentiometer, board).pins).toEqual(['A5']);
  });

  it('is the built-in pump where none is chosen, and unknown where only the gateway knows', () => {
    expect(wiredTo(plannedBoard({})).map(({ pin }) => pin)).toContain('A3');
    expect(plannedBoard({ ...greenhouse, scene: '${SCENE}' })).toBeUndefined();
    expect(plannedBoard({ kind: 'serial', port: '/dev/ttyACM0' })?.inputs).toBeUndefined();
  });
});

describe('a board that runs', () => {
  it('says which pins are free, and is wired as it will be after the next deploy', () => {
    const board = asItWillBe(plannedBoard(greenhouse), running);
    expect(board).toMatchObject({ connected: true, pins: running.pins, features: ['i2c'] });
    expect(fitted('tmp36', SENSORS.tmp36, board).pins).toEqual(['A0']);
  });

  it('says nothing of the other kind that it will be', () => {
    expect(asItWillBe(plannedBoard({ kind: 'serial' }), running)).toMatchObject({
      connected: false,
      hardware: 'serial',
    });
    expect(asItWillBe(undefined, running)).toBe(running);
  });
});

describe('a search in the catalogue', () => {
  it('chooses the first match where what was chosen is none, and leaves it where it is one, or nothing matches', () => {
    expect(found(SENSORS, 'bme280', 'tmp36')).toBe('bme280-temperature');
    expect(found(SENSORS, 'TMP', 'tmp36')).toBe('tmp36');
    expect(found(SENSORS, 'zzz', 'tmp36')).toBe('tmp36');
    expect(found(SENSORS, '', 'tmp36')).toBe('tmp36');
  });
});
