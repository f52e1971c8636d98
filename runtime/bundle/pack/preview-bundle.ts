import { type MillraceError, toPlainError } from '../../base/index.ts';
import { parseBundle } from '../parse-bundle.ts';
import { canonicalText } from '../sorted-json.ts';
import { gather } from './gather.ts';
import type { PackOptions, PreviewedBundle } from './options.ts';

/** As `when-asked.ts` hands it out. */
export async function previewBundle(options: PackOptions): Promise<PreviewedBundle> {
  const { manifest, files, findings, risky, aliases } = await gather(options);
  const { name, tabs, models, settings, tests } = manifest;
  // Too large, or a path that not every system can hold.
  await findings.attempt(Promise.resolve().then(() => parseBundle(name, canonicalText(manifest))));
  const plain = (found: readonly MillraceError[]) => found.map((error) => toPlainError(error));
  const preview = {
    ...{ name, tests: tests.map((path) => path.replace(/^tests\/|\.json$/g, '')) },
    tabs: tabs.map(({ id, label }) => ({ id, label })),
    models: models.map(({ name: model, version, references }) => {
      const alias = references
        .map((reference) => reference.split('@')[1])
        .find((each) => each !== undefined && each !== version);
      return { name: model, version, ...(alias !== undefined && { alias }) };
    }),
    settings: settings.map(({ name: setting, secret, use }) => ({ name: setting, secret, use })),
    risky: [...risky],
    aliases: [...aliases],
    bytes: [...files.values()].reduce((sum, { byteLength }) => sum + byteLength, 0),
    warnings: plain(findings.warnings),
    problems: plain(findings.problems),
  };
  return { manifest, preview };
}
