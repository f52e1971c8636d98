/** Node.js, what is installed, and the ways of running models. */
import { show } from '../show.ts';
import { type FindingKinds, when } from './kind.ts';

/** Bytes for other machines that are worth a word. */
const WORTH_REMOVING = 50e6;

export const SOFTWARE: FindingKinds = {
  NODE_TOO_OLD: {
    severity: 'error',
    meaning: 'Node.js is older than what Millrace needs.',
    fix: 'Install a newer Node.js: https://nodejs.org.',
    find: ({ node }) =>
      when(
        isOlder(node.version, node.least),
        `Node.js is ${node.version} (${node.path}), Millrace needs ${node.least} or newer`,
      ),
  },
  NODE_UNEVEN: {
    severity: 'note',
    meaning: 'An odd version of Node.js gets no fixes after half a year.',
    fix: 'Install an even version of Node.js, which is kept safe for years.',
    find: ({ node }) =>
      when(
        Number(node.version.split('.')[0]) % 2 === 1,
        `Node.js ${node.version} is of a line that gets fixes for half a year only`,
      ),
  },
  ADDON_BROKEN: {
    severity: 'warning',
    meaning: 'A package in the user directory has a native part that this Node.js or this machine cannot load.',
    fix: 'Build it anew for this Node.js: `npm rebuild` in the user directory, or install the package again.',
    find: ({ brokenAddons, node, system, userDir }) =>
      brokenAddons.map(({ package: name, file, reason }) => ({
        text: `the native part of the package "${name}" cannot be loaded (${file}): ${reason}`,
        hint: `Build it anew for Node.js ${node.version} (ABI ${node.abi}) on ${system.platform}-${system.architecture}: \`npm rebuild --prefix ${userDir.path} ${name}\`.`,
      })),
  },
  MODELS_CANNOT_RUN: {
    severity: 'error',
    meaning:
      'ONNX Runtime loads neither as a native library nor as WebAssembly: only models that are compiled to JavaScript run.',
    fix: 'Install Millrace again: npm install millrace-studio.',
    find: ({ tiers: { native, wasm } }) =>
      when(
        !native.works && !wasm.works,
        `ONNX Runtime does not work here: native: ${native.reason ?? 'no reason given'}; WebAssembly: ${wasm.reason ?? 'no reason given'}`,
      ),
  },
  NATIVE_CANNOT_RUN: {
    severity: 'warning',
    meaning:
      'The native library of ONNX Runtime does not load. Models that are not compiled run as WebAssembly, more slowly.',
    fix: 'Install the package onnxruntime-node, or leave it so: WebAssembly gives the same answers.',
    find: ({ tiers: { native, wasm }, system }) =>
      native.works || !wasm.works
        ? []
        : [
            {
              text: `the native ONNX Runtime does not load: ${native.reason ?? 'no reason given'}`,
              hint: nativeHint(native.reason ?? '', native.ended === true, system),
            },
          ],
  },
  WASM_CANNOT_RUN: {
    severity: 'note',
    meaning: 'WebAssembly does not run models here. It is only needed where the native library does not load.',
    fix: 'Install Millrace again if models are to run as WebAssembly: npm install millrace-studio.',
    find: ({ tiers: { native, wasm } }) =>
      when(native.works && !wasm.works, `models do not run as WebAssembly: ${wasm.reason ?? 'no reason given'}`),
  },
  TIER_FORCED: {
    severity: 'error',
    meaning: 'MILLRACE_TIER forces a way of running models that does not work on this machine, or that there is not.',
    fix: 'Unset MILLRACE_TIER, or set it to a way that works.',
    find: ({ tier, tiers }) => {
      if (tier === undefined) return [];
      const forced = Object.entries(tiers).find(([name]) => name === tier)?.[1];
      if (!forced) return [`MILLRACE_TIER is "${tier}", which is no way of running models`];
      return when(!forced.works, `MILLRACE_TIER is "${tier}", which does not work here: ${forced.reason ?? ''}`);
    },
  },
  LIBRARIES_UNNEEDED: {
    severity: 'note',
    meaning: 'Libraries for other machines are installed: they only take room.',
    fix: 'Remove them with: millrace gateway install.',
    find: ({ foreignLibraryBytes }) =>
      when(
        foreignLibraryBytes >= WORTH_REMOVING,
        `${show.bytes(foreignLibraryBytes)} of ONNX Runtime's libraries here are for other machines`,
      ),
  },
};

/** Whether one version is older than another, by their numbers. */
export function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split(/[.-]/).map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

interface Built {
  readonly platform: string;
  readonly architecture: string;
  readonly libc?: string | undefined;
}

function nativeHint(reason: string, ended: boolean, { platform, architecture, libc }: Built): string {
  if (libc === 'musl')
    return 'There is no ONNX Runtime for musl (Alpine): use a distribution with glibc, such as Debian, or leave it so.';
  if (/GLIBC(XX)?_[\d.]+.* not found/.test(reason))
    return `The system's C library (${libc ?? 'unknown'}) is too old for it: use a newer release of the distribution, or leave it so.`;
  if (ended)
    return 'It ended the process that loaded it: the processor may lack what it needs. Set MILLRACE_TIER=wasm so that it is not tried.';
  if (/Cannot find (module|package)|MODULE_NOT_FOUND/.test(reason))
    return /bin\/napi/.test(reason)
      ? `The package has no library for ${platform}-${architecture}, or it was removed: install it again, or leave it so.`
      : 'It is not installed: npm install onnxruntime-node, with ONNXRUNTIME_NODE_INSTALL=skip in the environment; or leave it so.';
  return `Install the package onnxruntime-node again on this machine (${platform}-${architecture}), or leave it so: WebAssembly gives the same answers.`;
}
