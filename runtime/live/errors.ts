import { defineErrors } from '../base/index.ts';

export const errors = defineErrors('live', {
  LIVE_UNAUTHORISED: {
    title: 'not signed in',
    meaning: 'A browser asked for the live views without a token, or with one that Node-RED does not accept.',
    message: (v: { token: 'missing' | 'refused' }) => `live views refused: the token is ${v.token}`,
    hint: 'Sign in to the editor again.',
  },
  LIVE_FULL: {
    title: 'too many browsers',
    meaning: 'More browsers asked for the live views than one gateway serves.',
    message: (v: { limit: number }) => `live views refused: ${v.limit} browsers are connected already`,
    hint: 'Close editor tabs that nobody looks at; this one connects by itself as soon as there is room.',
  },
});
