import { defineErrors } from '../../base/index.ts';

const SHOWN = 8;

/** The most of a wrong message that an error repeats. */
const LETTERS = 80;
const shown = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, LETTERS);

export const errors = defineErrors('models/registry', {
  MODEL_NOT_FOUND: {
    title: 'model not found',
    meaning: 'No registered model has this name, or no version or alias of it is called so.',
    message: (v: { reference: string; known: readonly string[] }) => {
      const more = v.known.length > SHOWN ? ` and ${v.known.length - SHOWN} more` : '';
      const known =
        v.known.length === 0 ? 'none is registered' : `there is ${v.known.slice(0, SHOWN).join(', ')}${more}`;
      return v.reference === '' ? `there is no example model: ${known}` : `no model "${v.reference}": ${known}`;
    },
    hint: 'Choose one of these in the model\'s dialog as NAME, NAME@VERSION or NAME@ALIAS, or import the model: drop its file on that dialog, or run "millrace model import FILE".',
  },
  MODEL_AWAITED: {
    title: 'no model yet',
    meaning: 'A flow uses a model that is not there yet. Its nodes wait, and begin by themselves when it comes.',
    message: (v: { reference: string; there: string | undefined }) => `there is no model "${v.reference}" yet`,
    hint: (v: { reference: string; there: string | undefined }) =>
      `Train a model of this name, or import it: what waits for it begins by itself.${v.there === undefined ? '' : ` If the name is misspelt: there is ${v.there}.`}`,
  },
  VERSION_TAKEN: {
    title: 'version taken',
    meaning: 'Another model is registered under this name and version, and a version never changes.',
    message: (v: { name: string; version: string; digest: string; free: string }) =>
      `${v.name}@${v.version} is another model already (digest ${v.digest.slice(0, 12)})`,
    hint: (v: { free: string }) => `Give this one the version ${v.free}, which is free.`,
  },
  VERSION_INVALID: {
    title: 'wrong version',
    meaning: 'What was given as a version cannot be one.',
    message: (v: { version: string }) => `"${v.version}" is no version`,
    hint: 'A version begins with a digit and holds digits, letters, ".", "-", "_" and "+", as in 1.2.0.',
  },
  VERSION_ALIASED: {
    title: 'version in use',
    meaning: 'A version was to be removed to which an alias points.',
    message: (v: { name: string; version: string; aliases: readonly string[] }) =>
      `${v.name}@${v.version} is ${v.aliases.map((alias) => `"${alias}"`).join(' and ')}`,
    hint: (v: { name: string; aliases: readonly string[] }) =>
      `Move the alias to another version first (millrace model alias ${v.name} ${v.aliases[0] ?? 'production'} VERSION), or take it away (--remove).`,
  },
  VERSION_SHIPPED: {
    title: 'comes with Millrace',
    meaning: 'A version was to be removed that ships with Millrace, a flow or a bundle.',
    message: (v: { name: string; version: string }) =>
      `${v.name}@${v.version} cannot be removed: it was not added here`,
    hint: 'Leave it: it is used only where a flow names it. A version of your own with the same number hides it.',
  },
  VERSION_DAMAGED: {
    title: 'version damaged',
    meaning: 'The registry knows this version, but its files are gone or are those of another model.',
    message: (v: { name: string; version: string; problem: string }) => `${v.name}@${v.version}: ${v.problem}`,
    hint: 'Import the same file again, which mends it, or remove the version.',
  },
  ALIAS_INVALID: {
    title: 'wrong alias',
    meaning: 'What was given as the name of an alias cannot be one.',
    message: (v: { alias: string; problem: string }) => `"${v.alias}" cannot be an alias: ${v.problem}`,
    hint: 'Take a word, such as "production" or "candidate".',
  },
  ALIAS_DANGLING: {
    title: 'alias leads nowhere',
    meaning: 'The version that an alias names is no longer there.',
    message: (v: { name: string; alias: string; version: string; digest: string }) =>
      `${v.name}@${v.alias} is version ${v.version} (digest ${v.digest.slice(0, 12)}), which is not there`,
    hint: 'Point the alias to a version that is there, or import that version again.',
  },
  ALIAS_COMMAND_INVALID: {
    title: 'wrong msg.alias',
    meaning: 'A control message that should move an alias has another form than {name, to}.',
    message: (v: { command: unknown }) => `msg.alias is ${shown(v.command)}`,
    hint: 'Set msg.alias to {"name": "production", "to": "1.1.0"}, or "to": "previous" for the version of before. A message whose alias means something else needs another property for it.',
  },
  ALIAS_PINNED: {
    title: 'alias pinned',
    meaning: 'A control message was to move an alias, but the bundle that runs lays down which version it means.',
    message: (v: { reference: string }) => `the bundle pins "${v.reference}" to one version: it cannot be moved here`,
    hint: (v: { reference: string }) => `Pack the bundle anew with --local-alias ${v.reference}, and deploy it.`,
  },
  ALIAS_NOT_FOLLOWED: {
    title: 'alias not used here',
    meaning: 'A control message named an alias that the node it came to does not follow.',
    message: (v: {
      alias: string;
      model: string | undefined;
      follows: readonly string[];
      models: readonly string[];
    }) => {
      const wanted = v.model === undefined ? `"${v.alias}"` : `"${v.model}@${v.alias}"`;
      if (v.models.length > 1) return `alias ${wanted} may be that of ${v.models.join(' or of ')}`;
      const used = v.follows.map((one) => (one === '' ? 'the example' : `"${one}"`)).join(' and ');
      return `there is no alias ${wanted} here: this node uses ${used}`;
    },
    hint: (v: { alias: string; models: readonly string[] }) =>
      v.models.length > 1
        ? `Say whose in the message: {"name": "${v.alias}", "model": "${v.models[0] ?? ''}", "to": …}.`
        : `Only an alias can move: write NAME@${v.alias} in the model that this node uses, and give that alias a version in the sidebar under Models, or by "millrace model alias NAME ${v.alias} VERSION".`,
  },
  ALIAS_NO_PREVIOUS: {
    title: 'no version before',
    meaning: 'An alias should go back to where it was, and was nowhere else, or has gone back already.',
    message: (v: { reference: string; version: string; removed: string | undefined }) =>
      v.removed === undefined
        ? `${v.reference} is ${v.version} and has nothing left to go back to`
        : `${v.reference} is ${v.version}, and ${v.removed}, which it was before, is not there any more`,
    hint: 'Name the version that it should be: {"name": …, "to": "1.0.0"}. "millrace model alias NAME ALIAS" shows where it was.',
  },
  ALIAS_SWITCHED_OFTEN: {
    title: 'switched too often',
    meaning: 'Control messages move an alias to and fro: it stays where it is until an hour has fewer moves.',
    message: (v: { reference: string; count: number; most: number }) =>
      `${v.reference} was moved ${v.count} times within an hour; ${v.most} are allowed`,
    hint: 'Switch on the start of drift only, and not back on its end. The limit is MILLRACE_LIMIT_ALIAS_SWITCHES_PER_HOUR; by hand, "millrace model alias" always moves it.',
  },
  ALIASES_INVALID: {
    title: 'aliases not valid',
    meaning: 'The file aliases.json beside packages that ship cannot be read.',
    message: (v: { file: string; problem: string }) => `${v.file} is wrong: ${v.problem}`,
    hint: 'It holds {"NAME": {"ALIAS": "VERSION"}}. Install again what it came with.',
  },
  REGISTRY_CLOSED: {
    title: 'closed',
    meaning: 'Something was asked of the registry of models in a process that is ending.',
    message: (v: { directory: string }) => `the registry in ${v.directory} is closed`,
    hint: 'Start again.',
  },
});
