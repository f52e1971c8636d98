/** The tables of sensors and actuators in docs/devices.md. */
import {
  type ActuatorEntry,
  type ActuatorKind,
  actuatorKinds,
  ACTUATORS,
  safeValue,
  type SensorEntry,
  type SensorKind,
  sensorKinds,
  SENSORS,
} from '../runtime/devices/schema.ts';
import {
  ACTUATORS_EMULATED,
  ACTUATORS_NOT_EXERCISED,
  FIRMWARE_PLAYED,
  NOT_EXERCISED,
  ON_EVERY_BOARD,
  SENSORS_EMULATED,
} from '../runtime/devices/catalogue/exercised.ts';

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

const BOTH = 'virtual and emulated board';

/** Where a sensor was read by a test. */
function read(kind: SensorKind): string {
  const why = NOT_EXERCISED[kind];
  if (why) return `no: ${why}`;
  if (FIRMWARE_PLAYED.some((each) => each === kind)) return 'imitated firmware only, no board';
  return SENSORS_EMULATED.some((each) => each === kind) ? BOTH : 'virtual board';
}

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
    const cells = [entry.label, wiring(entry), values(entry), firmware(entry), read(kind)];
    return { group: entry.group, cells };
  });
  return tables('Sensors', ['sensor', 'wiring', 'gives', 'firmware needs', 'exercised by tests'], rows);
}

/** What becomes of it when its flow stops, as its options are at first. */
function stopped(kind: ActuatorKind): string {
  const { options = [], takes }: ActuatorEntry = ACTUATORS[kind];
  const safe = safeValue(kind, Object.fromEntries(options.map(({ key, standard }) => [key, standard])));
  if (safe === undefined) return 'stays as it is';
  if (safe === '') return 'blank';
  return takes.tell(safe) || 'off';
}

/** Where an actuator was set by a test. */
function tried(kind: ActuatorKind): string {
  const { needs = [] }: ActuatorEntry = ACTUATORS[kind];
  const why = ACTUATORS_NOT_EXERCISED[kind];
  if (why) return `no: ${why}`;
  if (ON_EVERY_BOARD.some((each) => each === kind)) return 'every kind of board';
  if (ACTUATORS_EMULATED.some((each) => each === kind)) return BOTH;
  // The board in software is given pins that can step: no firmware of ours has them.
  return needs.includes('stepper') ? 'virtual board with stepper pins' : 'virtual board';
}

export function actuatorsPart(): string {
  const rows = actuatorKinds.map((kind) => {
    const entry = ACTUATORS[kind];
    const cells = [entry.label, wiring(entry), entry.range, stopped(kind), firmware(entry), tried(kind)];
    return { group: entry.group, cells };
  });
  const head = ['actuator', 'wiring', 'takes', 'when its flow stops', 'firmware needs', 'exercised by tests'];
  return tables('Actuators', head, rows);
}
