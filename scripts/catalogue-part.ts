/** The table of sensors in docs/devices.md. */
import { type SensorEntry, sensorKinds, SENSORS } from '../runtime/devices/schema.ts';
import { NOT_EXERCISED } from '../runtime/devices/catalogue/exercised.ts';

const hex = (address: number) => `\`0x${address.toString(16).padStart(2, '0')}\``;

function wiring({ pins, addresses }: SensorEntry): string {
  const wires = pins.map(({ label, use }) => `${label} (${use})`).join(', ');
  return addresses ? `I2C ${addresses.map(hex).join(', ')}` : wires;
}

const values = ({ gives }: SensorEntry) =>
  gives.map(({ name, unit }) => (unit ? `${name} (${unit})` : name)).join(', ');

/** One table a group, in the catalogue's order. */
export function sensorsPart(): string {
  const groups = [...new Set(sensorKinds.map((kind) => SENSORS[kind].group))];
  return groups
    .map((group) => {
      const rows = sensorKinds
        .filter((kind) => SENSORS[kind].group === group)
        .map((kind) => {
          const entry = SENSORS[kind];
          const why = NOT_EXERCISED[kind];
          const firmware = (entry.needs ?? []).join(', ') || 'any Firmata';
          return `| ${entry.label} | ${wiring(entry)} | ${values(entry)} | ${firmware} | ${why ? `no: ${why}` : 'virtual board'} |`;
        });
      const head = [
        '| sensor | wiring | gives | firmware needs | exercised by tests |',
        '| --- | --- | --- | --- | --- |',
      ];
      return [`#### Sensors: ${group}`, '', ...head, ...rows, ''].join('\n');
    })
    .join('\n');
}
