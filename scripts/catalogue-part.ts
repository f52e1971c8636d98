/** The tables of sensors and actuators in docs/devices.md. */
import {
  type ActuatorEntry,
  actuatorKinds,
  ACTUATORS,
  type SensorEntry,
  sensorKinds,
  SENSORS,
} from '../runtime/devices/schema.ts';
import { ACTUATORS_NOT_EXERCISED, NOT_EXERCISED } from '../runtime/devices/catalogue/exercised.ts';

const hex = (address: number) => `\`0x${address.toString(16).padStart(2, '0')}\``;

/** Addresses that straps choose are many: from where to where. */
const MANY = 8;

function wiring({ pins, addresses }: Pick<SensorEntry | ActuatorEntry, 'pins' | 'addresses'>): string {
  if (!addresses) return pins.map(({ label, use }) => `${label} (${use})`).join(', ');
  if (addresses.length <= MANY) return `I2C ${addresses.map(hex).join(', ')}`;
  const [usual = 0] = addresses;
  return `I2C ${hex(usual)}, or ${hex(Math.min(...addresses))} to ${hex(Math.max(...addresses))}`;
}

const values = ({ gives }: SensorEntry) =>
  gives.map(({ name, unit }) => (unit ? `${name} (${unit})` : name)).join(', ');

const exercise = (why: string | undefined) => (why ? `no: ${why}` : 'virtual board');

interface Row {
  readonly group: string;
  readonly cells: readonly string[];
}

/** One table a group, in the catalogue's order. */
function tables(title: string, head: readonly string[], rows: readonly Row[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [...new Set(rows.map(({ group }) => group))]
    .map((group) => {
      const mine = rows.filter((row) => row.group === group).map(({ cells }) => line(cells));
      return [`#### ${title}: ${group}`, '', line(head), line(head.map(() => '---')), ...mine, ''].join('\n');
    })
    .join('\n');
}

const firmware = ({ needs = [] }: Pick<SensorEntry | ActuatorEntry, 'needs'>) => needs.join(', ') || 'any Firmata';

export function sensorsPart(): string {
  const rows = sensorKinds.map((kind) => {
    const entry = SENSORS[kind];
    const cells = [entry.label, wiring(entry), values(entry), firmware(entry), exercise(NOT_EXERCISED[kind])];
    return { group: entry.group, cells };
  });
  return tables('Sensors', ['sensor', 'wiring', 'gives', 'firmware needs', 'exercised by tests'], rows);
}

export function actuatorsPart(): string {
  const rows = actuatorKinds.map((kind) => {
    const entry = ACTUATORS[kind];
    const cells = [entry.label, wiring(entry), entry.range, firmware(entry), exercise(ACTUATORS_NOT_EXERCISED[kind])];
    return { group: entry.group, cells };
  });
  return tables('Actuators', ['actuator', 'wiring', 'takes', 'firmware needs', 'exercised by tests'], rows);
}
