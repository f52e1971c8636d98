import type { DoctorFinding, MachineProfile } from '../../messages/index.ts';

/** One thing that may be wrong with a machine or an installation. `docs/doctor.md` lists them. */
export interface FindingKind {
  readonly severity: DoctorFinding['severity'];
  /** What is wrong, in general: for the docs. */
  readonly meaning: string;
  /** What to do about it, in general. A finding may know better. */
  readonly fix: string;
  /** One a time that it is so; none where all is well. */
  readonly find: (profile: MachineProfile) => readonly (string | { readonly text: string; readonly hint: string })[];
}

export type FindingKinds = Readonly<Record<string, FindingKind>>;

/** The sentence if it is so. */
export const when = (so: boolean | undefined, text: string): string[] => (so ? [text] : []);
