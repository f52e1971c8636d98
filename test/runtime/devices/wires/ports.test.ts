import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listPorts } from '../../../../runtime/devices/wires/ports.ts';
import { productOf } from '../../../../runtime/devices/wires/products.ts';

let root = '';
beforeEach(async () => (root = await mkdtemp(join(tmpdir(), 'millrace-ports-'))));
afterEach(() => rm(root, { recursive: true }));

/** What Linux shows of a port: a device, and above it the USB device that it belongs to. */
async function plug(name: string, usb?: Readonly<Record<string, string>>, stable?: string): Promise<void> {
  const device = join(root, `sys/devices/usb-${name}/interface/${name}`);
  await mkdir(join(root, 'sys/class/tty', name), { recursive: true });
  await mkdir(device, { recursive: true });
  await symlink(device, join(root, 'sys/class/tty', name, 'device'));
  for (const [file, text] of Object.entries(usb ?? {})) {
    await writeFile(join(root, `sys/devices/usb-${name}`, file), `${text}\n`);
  }
  await mkdir(join(root, 'dev/serial/by-id'), { recursive: true });
  await writeFile(join(root, 'dev', name), '');
  if (stable !== undefined) await symlink(join(root, 'dev', name), join(root, 'dev/serial/by-id', stable));
}
const list = () => listPorts({ dev: join(root, 'dev'), sys: join(root, 'sys') });

describe('the list of serial ports', () => {
  it('names each by what stays, with the board in words, stable ones first', async () => {
    await plug('ttyS0');
    await plug('ttyUSB0', { idVendor: '1a86', idProduct: '7523', product: 'USB Serial' });
    const uno = { idVendor: '2341', idProduct: '0043', manufacturer: 'Arduino (www.arduino.cc)' };
    await plug('ttyACM0', uno, 'usb-Arduino__www.arduino.cc__0043_7563-if00');
    const ports = await list();
    expect(ports.map(({ port }) => port.slice(root.length))).toEqual([
      '/dev/serial/by-id/usb-Arduino__www.arduino.cc__0043_7563-if00',
      '/dev/ttyS0',
      '/dev/ttyUSB0',
    ]);
    expect(ports.map(({ label, stable }) => [label, stable])).toEqual([
      ['Arduino Uno (ttyACM0)', true],
      ['ttyS0', false],
      ['board with a CH340 (ttyUSB0)', false],
    ]);
    expect(ports.every(({ problem }) => problem === undefined)).toBe(true);
  });

  it('knows the other names of each: the system’s own, and those that rules of udev have made', async () => {
    await plug('ttyACM0', { idVendor: '2341', idProduct: '0043' }, 'usb-Arduino-if00');
    await symlink('ttyACM0', join(root, 'dev/pump-board'));
    await mkdir(join(root, 'dev/serial/by-path'), { recursive: true });
    await symlink('../../ttyACM0', join(root, 'dev/serial/by-path/pci-0000-usb-0'));
    await symlink('nowhere', join(root, 'dev/dangling'));
    await plug('ttyS0');
    const names = (await list()).map(({ port, others }) =>
      [port, ...(others ?? [])].map((name) => name.slice(root.length)),
    );
    expect(names).toEqual([
      ['/dev/serial/by-id/usb-Arduino-if00', '/dev/pump-board', '/dev/serial/by-path/pci-0000-usb-0', '/dev/ttyACM0'],
      ['/dev/ttyS0'],
    ]);
  });

  it('leaves out terminals, and ports that a kernel lists though the machine has none', async () => {
    await mkdir(join(root, 'sys/class/tty/tty1'), { recursive: true });
    await plug('ttyS3');
    await writeFile(join(root, 'sys/class/tty/ttyS3/type'), '0\n');
    expect(await list()).toEqual([]);
  });

  it('is empty where there is nothing', async () => {
    expect(await list()).toEqual([]);
  });
});

describe('what a USB device is called', () => {
  it.each([
    [{ vendor: '2E8A', model: '000a', product: 'Pico', manufacturer: 'Raspberry Pi' }, 'Raspberry Pi Pico'],
    [
      { vendor: '2e8a', model: '000a', product: 'Raspberry Pi Pico', manufacturer: 'Raspberry Pi' },
      'Raspberry Pi Pico',
    ],
    [{ vendor: '0403', model: '6001', product: 'FT232R USB UART', manufacturer: 'FTDI' }, 'FTDI FT232R USB UART'],
    [{ vendor: '9999', model: '1', product: 'USB2.0-Serial', manufacturer: 'Somebody' }, 'Somebody'],
    [{ vendor: '', model: '', product: '', manufacturer: '' }, ''],
  ])('%j', (usb, name) => expect(productOf(usb)).toBe(name));
});
