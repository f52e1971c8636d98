import { FINDING_GROUPS, memoryRoom, show } from '../doctor/index.ts';
import type { BundleFit, DoctorAnswer, DoctorFinding, MachineProfile } from '../messages/index.ts';
import { columns } from './columns.ts';
import { type Paints, paints } from './paints.ts';

const MARKS = { error: '✗', warning: '!', note: '·' } as const;

/** What was found, by group, for a person. */
export function findingLines({ profile, findings }: DoctorAnswer, colour: boolean): string[] {
  const colours = paints(colour);
  const groups = Object.entries(FINDING_GROUPS).flatMap(([group, kinds]) => {
    const own = findings.filter(({ code }) => code in kinds);
    return own.length === 0 ? [] : ['', colours.strong(group), ...own.flatMap((each) => lines(each, colours))];
  });
  return [colours.faint(machineLine(profile)), ...groups, '', findingsLine(findings, colours)];
}

/** Whether it fits, and what it will cost. */
export function fitLines(name: string, fit: BundleFit, profile: MachineProfile, colour: boolean): string[] {
  const colours = paints(colour);
  const { fits, problems, estimates } = fit;
  const { memory, disk } = profile;
  const rows = [
    ['memory', show.bytes(estimates.memoryBytes), `of ${show.bytes(memoryRoom(memory))}`],
    ['disk', show.bytes(estimates.diskBytes), `of ${show.bytes(disk.freeBytes)}`],
    ['start', `${(estimates.startMs / 1000).toFixed(1)} s`, ''],
    ...estimates.models.map(({ name: model, tier, latencyMs, measured }) => [
      model,
      show.micro((latencyMs[tier] ?? 0) * 1000),
      `${tier}${measured ? '' : ', guessed from its size'}`,
    ]),
  ];
  return [
    colours.strong(`What ${name} will cost, as far as can be told`),
    ...columns(rows).map((line) => `  ${line}`),
    ...(problems.length > 0 ? [''] : []),
    ...problems.flatMap((each) => lines(each, colours)),
    '',
    fits ? colours.good('It fits.') : colours.bad('It does not fit.'),
  ];
}

/** What the machine is and has. */
export function profileLines(profile: MachineProfile, colour: boolean): string[] {
  const { faint } = paints(colour);
  const { cpu, memory, disk, user, userDir, tiers, serial, boards, ports, startMs, clock } = profile;
  const tier = (name: keyof typeof tiers) => {
    const { works, micro, reason, bytes } = tiers[name];
    if (!works || !micro) return `no: ${reason ?? 'unknown'}`;
    return `dense net ${show.micro(micro.dense)}, 50 trees ${show.micro(micro.trees)}, ${show.bytes(bytes ?? 0)}`;
  };
  const groups = user.groups.length > 0 ? ` (${user.groups.join(', ')})` : '';
  const quota = cpu.quota === undefined ? '' : `, ${cpu.quota} of them allowed`;
  const rows = [
    ['processor', `${cpu.model}, ${cpu.cores} cores${quota}`],
    [
      'memory',
      `${show.bytes(memory.availableBytes)} of ${show.bytes(memory.limitBytes ?? memory.totalBytes)} available`,
    ],
    [
      'disk',
      `${show.bytes(disk.freeBytes)} of ${show.bytes(disk.totalBytes)} free${disk.kind === undefined ? '' : `, ${disk.kind}`}`,
    ],
    ['flushed writes', disk.syncs === undefined ? 'cannot be measured' : `${Math.round(disk.syncs)} a second`],
    ['kept in', userDir.path],
    ['user', `${user.name}${groups}`],
    ['starts a process', `in ${Math.round(startMs)} ms`],
    ['compiled', tier('compiled')],
    ['native', tier('native')],
    ['wasm', tier('wasm')],
    [
      'clock',
      clock.synchronised === undefined
        ? 'nobody says whether it is kept right'
        : clock.synchronised
          ? 'kept right'
          : 'not kept right',
    ],
    [
      'serial ports',
      serial.ports.map(({ port, problem }) => `${port}${problem === undefined ? '' : ' (no permission)'}`).join(', ') ||
        'none',
    ],
    ...boards.map(({ port, firmware }) => ['board', `${firmware} on ${port}`] as const),
    ['listening on', ports.map(({ port }) => String(port)).join(', ') || 'nothing'],
  ];
  return [faint(machineLine(profile)), '', ...columns(rows).map((line) => `  ${line}`)];
}

function machineLine({ millrace, node, system }: MachineProfile): string {
  const libc = system.libc === undefined ? '' : `, ${system.libc}`;
  return `Millrace ${millrace}, Node.js ${node.version} (ABI ${node.abi}), ${system.platform}-${system.architecture}${libc}, ${system.name}`;
}

function lines({ code, severity, text, hint }: DoctorFinding, { bad, doubtful, faint }: Paints): string[] {
  const paint = severity === 'error' ? bad : severity === 'warning' ? doubtful : (plain: string) => plain;
  return [`  ${paint(`${MARKS[severity]} ${text}`)} ${faint(code)}`, `    ${hint}`];
}

function findingsLine(findings: readonly DoctorFinding[], { good, bad, doubtful }: Paints): string {
  const count = (severity: DoctorFinding['severity']) => findings.filter((each) => each.severity === severity).length;
  const [wrong, warnings] = [count('error'), count('warning')];
  const said = [
    ...(wrong > 0 ? [bad(`${wrong} error${wrong === 1 ? '' : 's'}`)] : []),
    ...(warnings > 0 ? [doubtful(`${warnings} warning${warnings === 1 ? '' : 's'}`)] : []),
  ];
  return said.length === 0 ? good('All is well.') : `${said.join(', ')}.`;
}
