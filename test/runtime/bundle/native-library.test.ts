import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { machinesOf } from '../../../runtime/bundle/packages/native-library.ts';

/** The prebuilt libraries that come with the serial port. */
const prebuilds = join(import.meta.dirname, '../../../node_modules/@serialport/bindings-cpp/prebuilds');

describe('what machine a native library is for', () => {
  it.each(
    readdirSync(prebuilds).flatMap((folder) => readdirSync(join(prebuilds, folder)).map((file) => [folder, file])),
  )('is read off %s/%s', (folder = '', file = '') => {
    const machines = machinesOf(readFileSync(join(prebuilds, folder, file)).subarray(0, 4096));
    const [platform = '', processors = ''] = folder.split('-');
    // Android loads ELF too.
    const expected = processors.split('+').map((each) => `${platform === 'android' ? 'linux' : platform}-${each}`);
    expect([...machines].sort()).toEqual(expected.sort());
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a script', Buffer.from('#!/usr/bin/env node\nconsole.log("hello")\n')],
    ['a cut header', Buffer.from('\u007fELF')],
    ["Java's class file", Buffer.from('cafebabe00000034000000000000000000000000', 'hex')],
    ['a program for DOS', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(100, 0xff)])],
  ])('is not told of %s', (_, head) => {
    expect(machinesOf(head)).toEqual([]);
  });
});
