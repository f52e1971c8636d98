/** Parts of docs/devices.md are generated from the tables of the devices' room. The rest of the page is written by hand. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ControlSpec, type SceneDescription, SCENES } from '../runtime/devices/schema.ts';
import { root } from './build/paths.ts';
import { actuatorsPart, sensorsPart } from './catalogue-part.ts';

/** What stands between `<!-- generated: NAME … -->` and `<!-- end -->`, by name. */
const PARTS: Readonly<Record<string, () => string>> = {
  scenes: scenesPart,
  sensors: sensorsPart,
  actuators: actuatorsPart,
};

/** The page's whole text, with every generated part as the tables have it now. */
export async function devicesPage(): Promise<string> {
  const page = await readFile(join(root, 'docs/devices.md'), 'utf8');
  return page.replace(
    /(<!-- generated: (\w+)[^>]*-->\n)([^]*?)(?=<!-- end -->)/g,
    (_, begin: string, name: string, before: string) => begin + (PARTS[name] ? `\n${PARTS[name]()}\n` : before),
  );
}

function scenesPart(): string {
  return Object.entries(SCENES)
    .map(([name, scene]) => scenePart(name, scene))
    .join('\n');
}

function scenePart(name: string, { label, about, inputs, outputs, chips, controls }: SceneDescription): string {
  const rows = [
    ...inputs.map(({ pin, what }) => [`\`${pin}\``, what]),
    ...chips.map(({ address, what }) => [`I2C \`0x${address.toString(16)}\``, what]),
    ...outputs.map(({ pin, what }) => [`\`${pin}\`, set by an actuator`, what]),
  ];
  const words = controls.map((control) => row([`\`${control.name}\``, control.label, takes(control)]));
  return [
    `#### \`${name}\`: ${label}`,
    '',
    about,
    '',
    ...(rows.length > 0 ? ['| where | what is wired there |', '| --- | --- |', ...rows.map(row)] : []),
    ...(words.length > 0 ? ['', '| in `msg.world` | what it is | takes |', '| --- | --- | --- |', ...words] : []),
    '',
  ].join('\n');
}

/** How a sensor of any scene may be broken is said above the scenes. */
const BROKEN = ['drifting', 'stuck', 'dropout', 'spike', 'out of range'];

function takes(control: ControlSpec): string {
  if (control.kind === 'slider') return `${control.min} to ${control.max} ${control.unit}`.trim();
  const { options } = control;
  const breaks = BROKEN.every((each) => options.includes(each));
  const named = options.filter((option) => !breaks || !BROKEN.includes(option)).map((option) => `\`"${option}"\``);
  return named.join(', ') + (breaks ? ', or broken' : '');
}

const row = (cells: readonly (string | undefined)[]) => `| ${cells.join(' | ')} |`;
