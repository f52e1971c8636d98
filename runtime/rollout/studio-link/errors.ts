import { defineErrors } from '../../base/index.ts';

export const errors = defineErrors('studio-link', {
  PAIRING_CODE_INVALID: {
    title: 'no pairing code',
    meaning: 'What was given is not a pairing code, or only a part of one.',
    message: (v: { given: string }) => `"${v.given}" is not a pairing code`,
    hint: 'Copy the whole line that the view "Gateways" of the studio shows; it begins with "millrace1." and has no spaces.',
  },
  STUDIO_UNREACHABLE: {
    title: 'studio unreachable',
    meaning: 'Nobody answers at the addresses of the studio, or the network between the two is down.',
    message: (v: { addresses: string; reason: string }) => `the studio does not answer at ${v.addresses}: ${v.reason}`,
    hint: 'Look whether the studio runs (with --host 0.0.0.0, where it is another machine) and whether its port for gateways is open to this network.',
  },
  STUDIO_OTHER_CERTIFICATE: {
    title: 'another certificate',
    meaning:
      'Who answers at the studio’s address shows another certificate than the one that is known, and cannot prove to be the studio. Nothing was said to it.',
    message: (v: { address: string; known: string; shown: string }) =>
      `${v.address} shows the certificate ${v.shown.slice(0, 16)}…, the studio that this gateway knows has ${v.known.slice(0, 16)}…`,
    hint: 'If the studio was set up anew, pair the gateway anew: millrace gateway pair CODE. If it was not, something else answers at its address.',
  },
  STUDIO_ANSWER_INVALID: {
    title: 'answer not valid',
    meaning: 'What the studio sent does not follow the protocol. It was not used.',
    message: (v: { what: string; reason: string }) => `the studio’s "${v.what}" cannot be understood: ${v.reason}`,
    hint: 'Bring studio and gateway to the same version of Millrace.',
  },
  STUDIO_UNPROVED: {
    title: 'studio not proved',
    meaning: 'Who answered a pairing did not prove that it knows the pairing code. Nothing was kept of it.',
    message: (v: { address: string }) => `who answers at ${v.address} did not prove that it made this pairing code`,
    hint: 'Ask for a new code, and look who is between the gateway and the studio.',
  },
  ROOT_OF_ANOTHER: {
    title: 'other root pinned',
    meaning:
      'The gateway trusts the keys of another studio, or of your firm, and is being paired with a studio that signs with its own.',
    message: (v: { file: string }) => `${v.file} holds another root of trust than the studio's`,
    hint: 'Pair once more with --root keep (bundles must then be signed by the root that is pinned) or --root replace (the studio’s own are taken, no others). The code was not used up.',
  },
});
