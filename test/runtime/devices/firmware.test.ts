import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { UNO_HEX } from '../../../runtime/devices/firmware/uno.ts';

const folder = new URL('../../../runtime/devices/firmware/', import.meta.url);
const compiler = spawnSync('avr-gcc', ['--version']).status === 0;
if (!compiler)
  process.stderr.write('avr-gcc is not installed: the firmware is not built (apt-get install gcc-avr avr-libc)\n');

describe('the shipped firmware', () => {
  it('is what the emulated board runs', () => {
    const shipped = readFileSync(new URL('uno.hex', folder), 'utf8');
    expect(UNO_HEX.trim()).toBe(shipped.replaceAll('\r', '').trim());
  });

  it.skipIf(!compiler && !process.env['CI'])('is what its sources build', () => {
    const fresh = mkdtempSync(join(tmpdir(), 'millrace-firmware-'));
    onTestFinished(() => rmSync(fresh, { recursive: true }));
    execFileSync('sh', [new URL('build.sh', folder).pathname, fresh], { stdio: 'ignore' });
    for (const file of ['uno.hex', 'uno.ts']) {
      expect(readFileSync(join(fresh, file)).equals(readFileSync(new URL(file, folder)))).toBe(true);
    }
  });
});
