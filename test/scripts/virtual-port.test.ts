import { describe, expect, it } from 'vitest';
import { portOptions } from '../../scripts/virtual-port.ts';

describe('a virtual Uno at a serial port', () => {
  it('is wired to the scene that is asked for, else to the pump', () => {
    expect(portOptions([])).toMatchObject({ scene: 'pump', seed: 1 });
    expect(portOptions(['--scene', 'room', '--seed', '7', '/tmp/uno'])).toEqual({
      ...{ scene: 'room', seed: 7, path: '/tmp/uno' },
    });
  });

  it('says what it cannot do', () => {
    expect(() => portOptions(['--scene', 'moon'])).toThrow('one of pump, greenhouse, wrist, room');
    expect(() => portOptions(['--seed', 'x'])).toThrow('"x" is not a whole number');
    expect(() => portOptions(['--colour'])).toThrow('--colour');
  });
});
