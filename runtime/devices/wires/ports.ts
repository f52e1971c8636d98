/** What is plugged in: serial ports by the name that stays, and in words for people. */
import { access, constants, readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { SerialPorts } from '../../messages/index.ts';
import { forbidden } from './permission.ts';
import { serialLibrary } from './serial.ts';
import { productOf } from './products.ts';

type FoundPort = SerialPorts['ports'][number];

/** Where Linux keeps its devices and what it knows of them. */
export interface Roots {
  readonly dev: string;
  readonly sys: string;
}
const LINUX: Roots = { dev: '/dev', sys: '/sys' };

/** What each USB or on-board serial port is, and the board that is plugged in there as far as it says so. */
interface Device {
  /** The system's own name: `ttyACM0`. */
  readonly name: string;
  readonly path: string;
  readonly product: string;
}

/**
 * Lists the serial ports, those with a stable name first.
 *
 * @throws SERIAL_UNAVAILABLE where the system's own list needs the serial library
 */
export async function listPorts(roots: Roots = LINUX): Promise<FoundPort[]> {
  const found = process.platform === 'linux' || roots !== LINUX ? await linuxPorts(roots) : await otherPorts();
  return found.sort((a, b) => Number(b.stable) - Number(a.stable) || (a.port < b.port ? -1 : 1));
}

async function linuxPorts({ dev, sys }: Roots): Promise<FoundPort[]> {
  // The last of those in by-id is the one that is proposed.
  const [stable, others] = await Promise.all([
    linksIn(join(dev, 'serial/by-id')),
    Promise.all([dev, join(dev, 'serial/by-path')].map(linksIn)).then((links) => links.flat()),
  ]);
  const devices = await linuxDevices({ dev, sys });
  return Promise.all(
    devices.map(async ({ name, path, product }) => {
      const device = await realpath(path).catch(() => path);
      const leadingTo = (links: readonly Link[]) => links.flatMap((link) => (link.device === device ? link.path : []));
      const port = leadingTo(stable).at(-1) ?? path;
      const names = [path, ...leadingTo(stable), ...leadingTo(others)].filter((each) => each !== port).sort();
      return {
        port,
        label: product === '' ? name : `${product} (${name})`,
        stable: port !== path,
        ...(names.length > 0 && { others: names }),
        ...(await problemOf(path)),
      };
    }),
  );
}

/** A name that leads to a device, as udev and its rules make them. */
interface Link {
  readonly path: string;
  readonly device: string;
}

async function linksIn(directory: string): Promise<readonly Link[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  const links = entries
    .filter((entry) => entry.isSymbolicLink())
    .map(async ({ name }): Promise<Link[]> => {
      const path = join(directory, name);
      const device = await realpath(path).catch(() => undefined);
      return device === undefined ? [] : [{ path, device }];
    });
  return (await Promise.all(links)).flat();
}

async function linuxDevices({ dev, sys }: Roots): Promise<Device[]> {
  const classes = join(sys, 'class/tty');
  const names = await readdir(classes).catch(() => []);
  const devices = await Promise.all(
    names.map(async (name): Promise<Device[]> => {
      const hardware = await realpath(join(classes, name, 'device')).catch(() => undefined);
      // Terminals have no hardware, and a kernel lists serial ports of a PC that are not there: their type is 0.
      if (hardware === undefined || (await text(join(classes, name, 'type'))) === '0') return [];
      const path = join(dev, name);
      if (!(await exists(path))) return [];
      return [{ name, path, product: await usbProduct(hardware) }];
    }),
  );
  return devices.flat();
}

/** The USB device that a port belongs to lies some folders above it. */
async function usbProduct(hardware: string): Promise<string> {
  for (let at = hardware, up = 0; up < 4; at = join(at, '..'), up++) {
    const vendor = await text(join(at, 'idVendor'));
    if (vendor === '') continue;
    const [product, manufacturer] = [await text(join(at, 'product')), await text(join(at, 'manufacturer'))];
    return productOf({ vendor, model: await text(join(at, 'idProduct')), product, manufacturer });
  }
  return '';
}

async function otherPorts(): Promise<FoundPort[]> {
  const ports = await (await serialLibrary()).list();
  return Promise.all(
    ports.map(async ({ path, vendorId, productId, manufacturer }) => {
      const ids = { vendor: vendorId ?? '', model: productId ?? '', product: '', manufacturer: manufacturer ?? '' };
      const product = productOf(ids);
      const label = product === '' ? path : `${product} (${path})`;
      // macOS puts the serial number of the board into the name of its port.
      return { port: path, label, stable: false, ...(process.platform === 'darwin' ? await problemOf(path) : {}) };
    }),
  );
}

async function problemOf(path: string): Promise<{ problem?: string }> {
  try {
    await access(path, constants.R_OK | constants.W_OK);
    return {};
  } catch {
    const { message, hint } = await forbidden(path);
    return { problem: `${message}. ${hint ?? ''}`.trim() };
  }
}

const text = async (file: string): Promise<string> => (await readFile(file, 'utf8').catch(() => '')).trim();
const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
