import type { DoctorFinding, MachineProfile } from '../../messages/index.ts';
import type { FindingKinds } from './kind.ts';
import { MACHINE } from './machine.ts';
import { SOFTWARE } from './software.ts';
import { STORAGE } from './storage.ts';
import { WIRES } from './wires.ts';

/** Everything that the doctor looks for, by group: what docs/doctor.md lists. */
export const FINDING_GROUPS: Readonly<Record<string, FindingKinds>> = {
  Software: SOFTWARE,
  Machine: MACHINE,
  'User directory and disk': STORAGE,
  'Boards and ports': WIRES,
};

const ORDER = { error: 0, warning: 1, note: 2 } as const;

/** What is wrong with a machine or its installation, the worst first; each with what to do. */
export function diagnose(profile: MachineProfile): DoctorFinding[] {
  const findings = Object.values(FINDING_GROUPS).flatMap((kinds) =>
    Object.entries(kinds).flatMap(([code, { severity, fix, find }]) =>
      find(profile).map((found): DoctorFinding => {
        const said = typeof found === 'string' ? { text: found, hint: fix } : found;
        return { code, severity, ...said };
      }),
    ),
  );
  return findings.sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
}
