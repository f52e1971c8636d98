import type { BundleNeeds } from '../../bundle/index.ts';
import type { BundleEstimate, DoctorFinding, MachineProfile } from '../../messages/index.ts';

/** What may keep a bundle from a machine. `docs/doctor.md` lists them. */
export interface ProblemKind {
  readonly severity: DoctorFinding['severity'];
  /** In general: for the docs. */
  readonly meaning: string;
  readonly fix: string;
  readonly find: (place: FitPlace) => readonly (string | { readonly text: string; readonly hint: string })[];
}
export type ProblemKinds = Readonly<Record<string, ProblemKind>>;

export interface FitPlace {
  readonly needs: BundleNeeds;
  readonly profile: MachineProfile;
  readonly estimate: BundleEstimate;
  /** Whether the bundle brings packages with nodes along. */
  readonly brought: boolean;
  /** Whether its files lie there already. */
  readonly unpacked: boolean;
}
