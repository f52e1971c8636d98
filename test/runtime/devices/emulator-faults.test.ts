import { describe, expect, it } from 'vitest';
import { UNO_HEX } from '../../../runtime/devices/firmware/uno.ts';
import { plugInEmulated, stillWorld, sysex } from './emulated-rig.ts';

const END = ':00000001FF';
/** `for (;;);` */
const STUCK = `:02000000FFCF30\n${END}`;
/** Sends 0xf9, sets its watchdog to 15 ms, and hangs. */
const HANGS = `:1000000088E08093C10022E230E03093C500209365
:10001000C40092E09093C00099EF9093C60098E1DD
:100020000FB6F894A895909360000FBE809360007F
:02003000FFCF00
${END}`;

const run = (firmware: string) => plugInEmulated({ world: stillWorld().world, firmware });

describe('an emulated board whose firmware is not well', () => {
  it('is reset by its watchdog, and begins again', () => {
    const { advance, take } = run(HANGS);
    advance(1000);
    const begun = take();
    expect(begun.length).toBeGreaterThan(50);
    expect(new Set(begun)).toEqual(new Set([0xf9]));
  });

  it.each([
    ['does nothing for ever', STUCK],
    ['is not there: its flash is erased', END],
  ])('is silent where it %s, and can be unplugged', (_what, firmware) => {
    const { board, advance, take, write, timers } = run(firmware);
    advance(200);
    write(...sysex(0x79));
    advance(200);
    expect(take()).toEqual([]);
    board.close();
    expect(timers.size).toBe(0);
  });

  it.each([
    ['no Intel HEX', 'hello', 'line 1 of the firmware is no Intel HEX'],
    ['a flipped bit', UNO_HEX.replace(':1', ':0'), 'bytes and says'],
    ['a wrong checksum', UNO_HEX.replace('0C9452', '0C9453'), 'has a wrong checksum'],
    ['no end', UNO_HEX.trim().split('\n').slice(0, -1).join('\n'), 'it is cut off'],
    ['something after its end', `${UNO_HEX}:00000001FF`, 'comes after its end'],
    ['more than the flash holds', `:01800000007F\n${END}`, 'lies outside of the flash'],
    ['a record of another computer', `:020000021000EC\n${END}`, 'a record of the kind 2'],
  ])('is not switched on with a firmware with %s, and says why', (_what, firmware, words) => {
    expect(() => run(firmware)).toThrow(words);
  });
});
