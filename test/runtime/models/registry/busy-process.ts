/** A process that imports versions and moves an alias as fast as it can: `busy-process.ts DIRECTORY MARK ROUNDS`. */
import { openRegistry } from '../../../../runtime/models/registry/index.ts';
import { softmaxOnnx, tinyManifest } from '../../inference/tiny-model.ts';

const [directory = '', mark = '', rounds = '0'] = process.argv.slice(2);
const registry = openRegistry({ layers: [], directory });
const refused: string[] = [];
for (let round = 0; round < Number(rounds); round++) {
  const version = `1.0.${round}`;
  // Every other version is fought for: both want it, with other bytes.
  const description = round % 2 === 0 ? mark : '';
  try {
    await registry.put({ manifest: { ...tinyManifest, name: 'fan', version, description }, onnx: softmaxOnnx() });
  } catch (error) {
    refused.push((error as { code: string }).code);
  }
  await registry.alias('fan', 'production', version);
}
await registry.close();
process.stdout.write(JSON.stringify(refused));
