import { defineErrors } from '../base/index.ts';

export const errors = defineErrors('doctor', {
  PROFILE_UNREADABLE: {
    title: 'no profile',
    meaning: 'What was given as the profile of a machine is none that this version of Millrace knows.',
    message: (v: { source: string; reason: string }) => `${v.source} is not the profile of a machine: ${v.reason}`,
    hint: 'Make one on that machine, with the same version of Millrace: millrace doctor --profile --json > profile.json',
  },
});
