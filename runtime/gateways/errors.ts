import { defineErrors } from '../base/index.ts';

export const errors = defineErrors('gateways', {
  GATEWAY_UNKNOWN: {
    title: 'unknown gateway',
    meaning: 'No gateway of this name or id is paired with the studio, or it was forgotten here.',
    message: (v: { gateway: string }) => `no gateway "${v.gateway}" is paired with this studio`,
    hint: 'Pair it: the view "Gateways" of the sidebar shows a code, which "millrace gateway pair CODE" takes on the device.',
  },
  GATEWAY_AWAY: {
    title: 'gateway away',
    meaning: 'The gateway is not connected, and what was asked for cannot wait.',
    message: (v: { gateway: string }) => `the gateway "${v.gateway}" is not connected`,
    hint: 'It comes back by itself when its network does. On the device "millrace gateway status" says what it waits for.',
  },
  GATEWAY_UNANSWERED: {
    title: 'no answer',
    meaning: 'The gateway is connected and did not answer in time.',
    message: (v: { gateway: string; what: string; seconds: number }) =>
      `the gateway "${v.gateway}" did not answer "${v.what}" within ${v.seconds} s`,
    hint: 'Try again; if it stays so, look at its log, and at the network between the two.',
  },
  GATEWAY_ANSWER_INVALID: {
    title: 'answer not valid',
    meaning: 'What a gateway sent does not follow the protocol. It was not used.',
    message: (v: { gateway: string; what: string; reason: string }) =>
      `the gateway "${v.gateway}" sent a "${v.what}" that cannot be understood: ${v.reason}`,
    hint: 'Bring studio and gateway to the same version of Millrace.',
  },
  GATEWAYS_FULL: {
    title: 'too many gateways',
    meaning: 'The studio has as many paired gateways as it takes.',
    message: (v: { limit: number }) => `${v.limit} gateways are paired with this studio, which is as many as it takes`,
    hint: 'Forget one that is no longer used, in the view "Gateways".',
  },
  STUDIO_CROWDED: {
    title: 'studio crowded',
    meaning: 'Too many connections at once have not said yet which gateway they are.',
    message: (v: { limit: number }) => `${v.limit} other connections have not said yet who they are`,
    hint: 'The gateway tries again by itself. If it stays so, something that is no gateway knocks at the port for gateways.',
  },
  GATEWAY_PORT_IN_USE: {
    title: 'port in use',
    meaning: 'Another program listens on the port where gateways were to reach the studio.',
    message: (v: { host: string; port: number }) => `port ${v.port} on ${v.host} is used by another program`,
    hint: 'Stop the other program, or start the studio with another --gateway-port. Gateways that are paired come by the old one: keep it if you can.',
  },
  GATEWAY_ADDRESS_UNUSABLE: {
    title: 'address unusable',
    meaning: 'The studio cannot listen for gateways at its address.',
    message: (v: { host: string; port: number; reason: string }) =>
      `cannot listen for gateways on ${v.host}, port ${v.port}: ${v.reason}`,
    hint: 'Use an address of this machine with --host and a port above 1023 with --gateway-port.',
  },
  PROTOCOL_UNFIT: {
    title: 'other protocol',
    meaning: 'Studio and gateway speak different versions of their protocol.',
    message: (v: { gateway: string; studio: number }) =>
      `the gateway speaks protocol ${v.gateway}, the studio ${v.studio}`,
    hint: 'Bring both to the same version of Millrace. What runs on the gateway goes on.',
  },
  GATEWAY_REFUSED: {
    title: 'gateway refused',
    meaning: 'The gateway is not paired with this studio, was forgotten there, or has not proved that it is the one.',
    message: (v: { gateway: string }) => `the studio does not know the gateway ${v.gateway} by the key that it showed`,
    hint: 'Pair it anew: take a code from the view "Gateways" to "millrace gateway pair CODE".',
  },
  PAIRING_CODE_REFUSED: {
    title: 'code refused',
    meaning:
      'The pairing code was used before, is older than a quarter of an hour, another one was asked for since, or a gateway that has come with it has not decided yet.',
    message: () => 'the studio does not take this pairing code (any more)',
    hint: 'Ask for a new code in the view "Gateways": each is good once, for 15 minutes.',
  },
  GATEWAY_TWICE: {
    title: 'gateway twice',
    meaning: 'Two devices come with the same gateway id and key: one is a copy of the other, such as a copied SD card.',
    message: (v: { gateway: string }) => `a second device comes as gateway ${v.gateway}, while the first is connected`,
    hint: 'On the copy stop Millrace, delete "gateway" and "millrace/gateway-id" in its user directory, and pair it anew.',
  },
  DEPLOY_UNDER_WAY: {
    title: 'deploy under way',
    meaning: 'A gateway takes one deploy after the other.',
    message: (v: { gateway: string; version: number }) =>
      `version ${v.version} is on its way to "${v.gateway}", or is being tried there`,
    hint: 'Wait until the gateway has decided; the view "Gateways" shows how far it is.',
  },
  DEPLOY_NOT_WITHDRAWN: {
    title: 'not withdrawn',
    meaning:
      'A deploy is taken back while it waits or is being sent. When the gateway has all of it, it decides alone.',
    message: () => 'there is no deploy to this gateway that could still be taken back',
    hint: 'Look in the view "Gateways" how far it is. When it is done, "Go back" takes the gateway to the bundle before.',
  },
  DEPLOY_LOST: {
    title: 'deploy lost',
    meaning: 'The gateway has stopped a deploy and not said why, or the studio has lost the file of it.',
    message: (v: { gateway: string; version: number }) =>
      `the gateway "${v.gateway}" no longer works on version ${v.version}, and does not run it`,
    hint: 'Look at its log and deploy again.',
  },
  STUDIO_FILE_DAMAGED: {
    title: 'file damaged',
    meaning: 'A file that the studio keeps about its gateways is damaged or was written by a newer Millrace.',
    message: (v: { file: string; reason: string }) => `${v.file} cannot be used: ${v.reason}`,
    hint: 'Restore it from a backup, or move it away and pair the gateway anew.',
  },
  STUDIO_FILE_SET_ASIDE: {
    title: 'file set aside',
    meaning:
      'What the studio kept about one gateway, or one deploy that waited, is damaged. The studio goes on without it.',
    message: (v: { file: string; reason: string; aside: string }) =>
      `${v.file} is damaged (${v.reason}) and is now called ${v.aside}`,
    hint: 'Pair the gateway anew or deploy again; or restore the file from a backup and start the studio again.',
  },
});
