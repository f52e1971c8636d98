import type { BundleManifest, BundleNeeds } from '../../bundle/index.ts';
import type { BundleFit, DoctorFinding, MachineProfile } from '../../messages/index.ts';
import { isOlder } from '../findings/software.ts';
import { estimateOf } from './estimate.ts';
import type { FitOptions } from './options.ts';
import { PARTS } from './parts.ts';
import type { ProblemKinds } from './problem.ts';
import { RESOURCES } from './resources.ts';

/** What is held against a machine, by code: what docs/doctor.md lists. */
export const FIT_PROBLEMS: ProblemKinds = { ...RESOURCES, ...PARTS };

/** What a bundle needs, held against a machine. A refusal says what is missing and what would help. */
export function fitOf(needs: BundleNeeds, profile: MachineProfile, options: FitOptions = {}): BundleFit {
  const estimates = estimateOf(needs, profile, options);
  const place = {
    needs,
    profile,
    estimate: estimates,
    brought: options.brought ?? false,
    unpacked: options.unpacked ?? false,
  };
  const problems = Object.entries(FIT_PROBLEMS).flatMap(([code, { severity, fix, find }]) =>
    find(place).map((found): DoctorFinding => {
      const said = typeof found === 'string' ? { text: found, hint: fix } : found;
      return { code, severity, ...said };
    }),
  );
  return { fits: problems.every(({ severity }) => severity !== 'error'), problems, estimates };
}

/** As `fitOf`, and whether the bundle is for such a machine at all. */
export function fitOfBundle(
  manifest: Pick<BundleManifest, 'needs' | 'architectures' | 'runtime' | 'packages' | 'settings'>,
  profile: MachineProfile,
  options: FitOptions = {},
): BundleFit {
  const { needs, architectures, runtime, packages, settings } = manifest;
  const { platform, architecture } = profile.system;
  const here = `${platform}-${architecture}`;
  const problems: DoctorFinding[] = [];
  if (!architectures.includes('any') && !architectures.includes(here)) {
    problems.push({
      code: 'ARCHITECTURE_OTHER',
      severity: 'error',
      text: `it is for ${architectures.join(', ')}, and this is ${here}`,
      hint: 'Pack it on a machine like the gateway, where its native packages are built for it.',
    });
  }
  if (isOlder(profile.millrace, runtime)) {
    problems.push({
      code: 'MILLRACE_OLDER',
      severity: 'error',
      text: `it needs Millrace ${runtime}, and ${profile.millrace} is installed`,
      hint: 'Install the newer Millrace on the gateway: npm install -g millrace-studio.',
    });
  }
  const set = new Set([...profile.settings, ...(options.environment ?? [])]);
  const unset = settings.filter(({ name }) => !set.has(name));
  for (const { name, use } of unset) {
    problems.push({
      code: 'SETTING_UNSET',
      severity: options.environment ? 'error' : 'warning',
      text: `${name} is not set there: ${use}`,
      hint: `On the gateway: millrace gateway set ${name}. Or set it in the environment of its service.`,
    });
  }
  const fit = fitOf(needs, profile, { brought: packages.length > 0, ...options });
  const all = [...problems, ...fit.problems];
  return { ...fit, problems: all, fits: all.every(({ severity }) => severity !== 'error') };
}
