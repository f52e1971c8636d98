import { defineErrors } from '../base/index.ts';

export const errors = defineErrors('bundle', {
  BUNDLE_FLOW_INVALID: {
    title: 'bundle: wrong flow',
    meaning: 'The flow in a bundle cannot be read.',
    message: (v: { file: string; problem: string }) => `${v.file} in the bundle is no part of a flow: ${v.problem}`,
    hint: 'Make the bundle anew with "millrace bundle pack".',
  },
  BUNDLE_PATH_UNFIT: {
    title: 'path too long',
    meaning: 'A file has a path that a tar cannot hold.',
    message: (v: { path: string }) => `the path ${v.path} is too long for a tar`,
    hint: 'Give the file, or the folder that it lies in, a shorter name.',
  },
});
