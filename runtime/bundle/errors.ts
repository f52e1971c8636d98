import { defineErrors } from '../base/index.ts';

interface Place {
  /** The bundle's file or folder. */
  readonly bundle: string;
}

const COPY_AGAIN = 'Copy or download the bundle again. If it stays so, pack it again where it was made.';

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
  BUNDLE_TAB_UNKNOWN: {
    title: 'tab not found',
    meaning: 'A bundle was to hold a tab that the flow does not have.',
    message: (v: { tab: string; known: readonly string[] }) => `the flow has no tab "${v.tab}"`,
    hint: (v: { known: readonly string[] }) => `Choose among its tabs: ${v.known.join(', ') || 'it has none'}.`,
  },
  TEST_NOT_PACKED: {
    title: 'test not packed',
    meaning: 'A test of the flow cannot be read: the bundle comes without it, and no gateway runs it.',
    message: (v: { test: string }) => `the test ${v.test} cannot be read`,
    hint: 'Mend it first: "millrace test" says what is wrong with it.',
  },
  TEST_LEFT_OUT: {
    title: 'test left out',
    meaning: 'A bundle of some tabs cannot run a test that names a node of another tab: it comes without it.',
    message: (v: { test: string; node: string }) =>
      `the test ${v.test} names "${v.node}", which is on no tab of the bundle`,
    hint: 'Take that tab into the bundle too, or write a test of the chosen tabs alone.',
  },
  LINK_LEFT_OUT: {
    title: 'link ends here',
    meaning: 'A bundle of some tabs has a link to a tab that it does not hold: messages end there.',
    message: (v: { node: string; other: string }) => `${v.node} leads to ${v.other}, which is on no tab of the bundle`,
    hint: 'Take that tab into the bundle too, if its messages are to go on.',
  },
  LOCAL_ALIAS_UNUSED: {
    title: 'alias not used',
    meaning: 'A bundle was to leave a model to the device under a name that no node of the flow uses.',
    message: (v: { alias: string; known: readonly string[] }) => `no node of the flow uses the model "${v.alias}"`,
    hint: (v: { known: readonly string[] }) =>
      `Give the name as the flow has it: ${v.known.filter((each) => each !== '').join(', ') || 'it names none'}.`,
  },
  MODEL_LEFT_TO_DEVICE: {
    title: 'model not packed',
    meaning: 'A node takes the name of its model from a setting of the device: a bundle cannot know which to bring.',
    message: (v: { node: string; reference: string }) =>
      `${v.node} asks for the model ${v.reference}, which is not packed`,
    hint: 'Import the model on the device, or name it in the node.',
  },
  MODEL_NOT_TRAINED_YET: {
    title: 'not trained yet',
    meaning:
      'A node uses a model that the flow itself trains, and that was not trained here. The bundle comes without it.',
    message: (v: { node: string; reference: string }) =>
      `${v.node} uses "${v.reference}", which the flow has yet to train`,
    hint: 'Train it here before you make the bundle, or let the device train it.',
  },
  RECORDING_NOT_PACKED: {
    title: 'recording missing',
    meaning: 'A replay node plays a recording that is not in the bundle.',
    message: (v: { node: string; recording: string; isPath: boolean }) =>
      v.isPath
        ? `${v.node} plays the file ${v.recording}, which stays on this machine`
        : `${v.node} plays "${v.recording}", which is not among the recordings here`,
    hint: 'Choose a recording of the list in the node, or put the file at the same place on the device.',
  },
  NODE_OFF_ON_DEVICE: {
    title: 'off on gateways',
    meaning: 'A flow has a node that could do anything on a gateway. It is off there, unless the bundle allows it.',
    message: (v: { node: string; allow: string }) => `${v.node} is off on the gateway: it could do anything there`,
    hint: (v: { allow: string }) => `If the flow is to be trusted with it: millrace bundle pack --allow "${v.allow}"`,
  },
  ALLOW_UNKNOWN: {
    title: 'nothing to allow',
    meaning: 'A bundle was to allow something that gateways do not switch off.',
    message: (v: { type: string; known: readonly string[] }) => `"${v.type}" is nothing that a bundle must allow`,
    hint: (v: { known: readonly string[] }) => `What can be allowed: ${v.known.join(', ')}.`,
  },
  NODE_TYPE_NOT_HERE: {
    title: 'node not installed',
    meaning:
      'A flow uses a node type of which no package is installed here: a bundle could not bring it to the device.',
    message: (v: { node: string; type: string }) =>
      `nothing that is installed here has the node type "${v.type}" (${v.node})`,
    hint: 'Install its package in the user directory, or remove the node or switch it off.',
  },
  PACKAGE_INCOMPLETE: {
    title: 'package incomplete',
    meaning: 'A package that a node needs is not installed, or not with all that it needs itself.',
    message: (v: { name: string; from: string }) => `${v.from} needs the package ${v.name}, which is not installed`,
    hint: 'Run "npm install" in the user directory, then make the bundle again.',
  },
  PACKAGE_UNREADABLE: {
    title: 'package unreadable',
    meaning: 'The package.json of an installed package cannot be read.',
    message: (v: { directory: string; reason: string }) => `${v.directory}/package.json cannot be read: ${v.reason}`,
    hint: 'Install the package again.',
  },
  ARCHITECTURE_UNKNOWN: {
    title: 'wrong architecture',
    meaning: 'A bundle was to be made for a kind of machine that there is not.',
    message: (v: { architecture: string }) => `"${v.architecture}" is no architecture`,
    hint: 'Write it like linux-arm64 or linux-x64; "any" is all of them.',
  },
  ARCHITECTURE_NOT_BUILT: {
    title: 'native part missing',
    meaning:
      'The packages of a flow hold parts that were built for one kind of machine, and not for the one that was asked for.',
    message: (v: { architecture: string; packages: readonly string[]; there: readonly string[] }) =>
      `${v.packages.join(', ')}: built for ${v.there.join(', ') || 'no machine in common'}, not for ${v.architecture}`,
    hint: 'Install the packages on such a machine and make the bundle there.',
  },
  SETTING_NAME_UNFIT: {
    title: 'wrong variable',
    meaning: 'A flow uses an environment variable whose name cannot be set on a device.',
    message: (v: { name: string; use: string }) =>
      `"${v.name}" (${v.use}) cannot be the name of an environment variable`,
    hint: 'Use letters, digits and "_" only.',
  },
  SECRET_IN_FLOW: {
    title: 'secret in clear',
    meaning:
      'A setting of a node looks like a password, a token or a key. Whoever can read the bundle can read it: only the node’s own password fields stay out.',
    message: (v: { node: string; property: string }) =>
      `${v.property} of ${v.node} may hold a secret, which everybody can read in the bundle`,
    hint: 'Write ${NAME} as the whole value, env.get("NAME") in a function or {{env.NAME}} in a template, and set it on the gateway: millrace gateway set NAME',
  },
  RELEASE_INVALID: {
    title: 'wrong release',
    meaning: 'A bundle was to be signed with a version, an expiry or a group that cannot be.',
    message: (v: { problem: string }) => `the release cannot be signed: ${v.problem}`,
    hint: 'Leave the option out: a version that grows, and a year, are taken then.',
  },
  BUNDLE_MISSING: {
    title: 'bundle not found',
    meaning: 'The bundle is not there, or cannot be read.',
    message: (v: Place & { reason: string }) => `cannot read the bundle ${v.bundle}: ${v.reason}`,
    hint: 'Give the path of a .mrb file, or of the folder that one was unpacked to.',
  },
  BUNDLE_COMPRESSED: {
    title: 'bundle compressed',
    meaning: 'The bundle was compressed on its way. A bundle is a plain tar.',
    message: (v: Place & { with: string; command: string }) => `${v.bundle} is compressed with ${v.with}`,
    hint: (v: Place & { with: string; command: string }) => `Decompress it first: ${v.command}`,
  },
  BUNDLE_INVALID: {
    title: 'no bundle',
    meaning: 'What was given is no bundle, or its description cannot be understood.',
    message: (v: Place & { problem: string }) => `${v.bundle} is no bundle: ${v.problem}`,
    hint: 'Give a .mrb file as "millrace bundle pack" or "Export bundle" made it.',
  },
  BUNDLE_FORMAT_NEWER: {
    title: 'bundle too new',
    meaning: 'The bundle was made by a newer Millrace, in a format that this one does not know.',
    message: (v: Place & { format: number; known: number }) =>
      `${v.bundle} has the format ${v.format}, this Millrace reads up to ${v.known}`,
    hint: 'Update Millrace here, or pack the bundle with an older one.',
  },
  BUNDLE_CUT: {
    title: 'bundle cut short',
    meaning: 'The end of a bundle is missing: a copy or a download did not finish.',
    message: (v: Place & { missing: string }) => `${v.bundle} is cut short: ${v.missing}`,
    hint: COPY_AGAIN,
  },
  BUNDLE_ALTERED: {
    title: 'bundle altered',
    meaning: 'Something in a bundle is not what its description says: it was damaged, or somebody changed it.',
    message: (v: Place & { problem: string }) => `${v.bundle} was altered: ${v.problem}`,
    hint: COPY_AGAIN,
  },
  BUNDLE_PATH_UNSAFE: {
    title: 'unsafe path',
    meaning:
      'A bundle, or a package in it, holds a path or a link that could write outside its folder, or that not every system can hold.',
    message: (v: Place & { path: string; problem: string }) =>
      `${v.bundle} holds ${JSON.stringify(v.path.slice(0, 200))}: ${v.problem}`,
    hint: 'Do not use it: Millrace makes no such bundles. Ask whoever gave it to you.',
  },
  BUNDLE_TOO_BIG: {
    title: 'bundle too big',
    meaning: 'A bundle, or a package in it, is larger than Millrace unpacks.',
    message: (v: Place & { what: string; value: number; limit: number }) =>
      `${v.bundle}: ${v.what}: ${v.value}, the limit is ${v.limit}`,
    hint: 'If the bundle is to be trusted, set a higher limit: docs/limits.md.',
  },
  BUNDLE_NO_ROOM: {
    title: 'disk full',
    meaning: 'The disk was full before a bundle was unpacked. What had been written of it was removed.',
    message: (v: Place & { directory: string; bytes: number }) =>
      `${v.bundle} does not fit on the disk of ${v.directory}: it takes ${v.bytes} bytes`,
    hint: 'Make room on this disk, then try again. What runs goes on running.',
  },
  BUNDLE_NOT_UNPACKED: {
    title: 'not unpacked',
    meaning: 'A bundle could not be written to the folder that it was to be unpacked to.',
    message: (v: Place & { directory: string; reason: string }) =>
      `cannot unpack ${v.bundle} to ${v.directory}: ${v.reason}`,
    hint: 'Give the folder to the user that runs Millrace.',
  },
  RELEASE_UNSIGNED: {
    title: 'not signed',
    meaning: 'The bundle carries no signature.',
    message: (v: { name: string }) => `the bundle "${v.name}" is not signed`,
    hint: 'Sign it where the release key is: millrace keys sign BUNDLE --key FILE',
  },
  RELEASE_TAMPERED: {
    title: 'signature wrong',
    meaning: 'The signature of a bundle is not that of what the bundle holds.',
    message: (v: { name: string; reason: string }) => `the bundle "${v.name}" is not what was signed: ${v.reason}`,
    hint: 'Do not use it. Fetch the bundle again from where it was signed.',
  },
  RELEASE_OLDER: {
    title: 'release older',
    meaning: 'A newer release, or another one of the same version, was accepted here before.',
    message: (v: { name: string; version: number; newest: number }) =>
      v.version === v.newest
        ? `"${v.name}" has version ${v.version}, and another bundle of this version was accepted here before`
        : `"${v.name}" has version ${v.version}, but version ${v.newest} was accepted here before`,
    hint: (v: { newest: number }) =>
      `Sign the bundle again with a version above ${v.newest}. To go back to the bundle before, use "roll back".`,
  },
  RELEASE_EXPIRED: {
    title: 'release expired',
    meaning: 'The time until which a release may be put on a gateway is over.',
    message: (v: { name: string; expires: number; now: number }) =>
      `"${v.name}" expired on ${day(v.expires)}; here it is ${day(v.now)}`,
    hint: 'Sign the bundle again. If the date of this machine is wrong, set its clock.',
  },
  RELEASE_FOREIGN: {
    title: 'for others',
    meaning: 'The release was signed for gateways of another group.',
    message: (v: { name: string; group: string; here: string }) =>
      `"${v.name}" is for the group "${v.group}", this gateway belongs to "${v.here}"`,
    hint: (v: { here: string }) => `Sign the bundle for this group: millrace keys sign BUNDLE --group ${v.here}`,
  },
  RUNTIME_TOO_OLD: {
    title: 'Millrace too old',
    meaning: 'The bundle needs a newer Millrace than the one that is installed here.',
    message: (v: { name: string; needs: string; here: string }) =>
      `"${v.name}" needs Millrace ${v.needs}, this is ${v.here}`,
    hint: 'Update Millrace on this machine.',
  },
  ARCHITECTURE_UNFIT: {
    title: 'other machine',
    meaning: 'The bundle holds native parts, and none for a machine like this one.',
    message: (v: { name: string; architectures: readonly string[]; here: string }) =>
      `"${v.name}" is for ${v.architectures.join(', ')}, this machine is ${v.here}`,
    hint: (v: { here: string }) => `Pack the bundle on a machine that is ${v.here}.`,
  },
  NATIVE_LIBRARY_FOREIGN: {
    title: 'other machine',
    meaning:
      'A node package in the bundle holds a native library, and none that was built for a machine like this one.',
    message: (v: { package: string; machines: readonly string[]; here: string }) =>
      `the package ${v.package} holds native libraries for ${v.machines.join(', ')}, this machine is ${v.here}`,
    hint: (v: { here: string }) =>
      `Install the package on a machine that is ${v.here}, and pack the bundle there; or use a node without native parts.`,
  },
});

const day = (time: number) => (Number.isFinite(time) ? new Date(time).toISOString().slice(0, 10) : String(time));
