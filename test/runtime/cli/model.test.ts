import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { millrace, millraceHere } from '../../support/command.ts';
import { bytesOf, forestWithZipMap, regressor } from '../models/import/sample-models.ts';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-cli-'));
  await writeFile(join(directory, 'forest.onnx'), bytesOf(forestWithZipMap(['worn', 'well', 'unknown'])));
  await writeFile(join(directory, 'estimate.onnx'), bytesOf(regressor()));
  await writeFile(join(directory, 'no-model.onnx'), 'version https://git-lfs.github.com/spec/v1\n');
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const place = () => ({ cwd: directory, env: { MILLRACE_USER_DIR: join(directory, 'user') } });
const model = (...args: readonly string[]) => millraceHere(['model', ...args], place());

describe('millrace model', () => {
  it('says what a file is, and stores nothing in a dry run', async () => {
    const { code, stdout } = await millrace(['model', 'import', 'forest.onnx', '--dry-run'], place());
    expect(code).toBe(0);
    expect(stdout).toMatch(/task +classification\. It holds a classifier/);
    expect(stdout).toMatch(/takes +"X": 3 numbers.*: f0, f1, f2/);
    expect(stdout).toMatch(/labels +worn, well, unknown/);
    expect(stdout).toMatch(/answered +\{"label":"w/);
    expect((await model('list')).stdout).not.toContain('forest');
  });

  it('leads a model from its file to production, back, and away', async () => {
    const first = await model(
      'import',
      'forest.onnx',
      '--features',
      'a,b,c',
      '--alias',
      'production',
      '--note',
      'first',
    );
    expect(first).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Stored as forest@1.0.0, which is production') as string,
    });
    // The same file again is the same version, with other names it is another.
    expect((await model('import', 'forest.onnx', '--features', 'a,b,c')).stdout).toContain('Stored as forest@1.0.0');
    const second = await model('import', 'forest.onnx', '--labels', 'bad,good,other', '--version', '2.0.0', '--json');
    expect(JSON.parse(second.stdout)).toMatchObject({
      proposal: { labels: ['bad', 'good', 'other'], sample: { prediction: { label: expect.any(String) as string } } },
      stored: { name: 'forest', version: '2.0.0' },
    });
    const moved = await model('alias', 'forest', 'production', '2.0.0');
    expect(moved.stdout).toBe('forest@production is version 2.0.0.\n');
    expect(moved.stderr).toContain('millrace model alias forest production 1.0.0');
    const held = await model('remove', 'forest@2.0.0');
    expect(held).toMatchObject({ code: 1, stderr: expect.stringContaining('VERSION_ALIASED') as string });
    await model('alias', 'forest', 'production', '1.0.0');
    expect((await model('remove', 'forest@2.0.0')).code).toBe(0);
    const { stdout } = await model('list');
    expect(stdout).toMatch(/^forest@1\.0\.0 +production +classification .* first$/m);
    expect(stdout).toMatch(/^pump-health@1\.0\.0 .*comes with Millrace$/m);
    expect(JSON.parse((await model('list', 'forest', '--json')).stdout)).toMatchObject({
      models: [{ name: 'forest', versions: [{ version: '1.0.0', aliases: ['production'] }] }],
    });
    expect((await model('show', 'forest@production')).stdout).toMatch(/labels +worn, well, unknown/);
  });

  it('exports a package that can be imported elsewhere, and the model alone', async () => {
    await model('import', 'estimate.onnx', '--name', 'flow-rate', '--units', 'bar,°C');
    expect((await model('export', 'flow-rate', 'packed')).code).toBe(0);
    expect(JSON.parse(await readFile(join(directory, 'packed', 'model.json'), 'utf8'))).toMatchObject({
      name: 'flow-rate',
      inputs: [{ units: ['bar', '°C'] }],
    });
    expect((await model('export', 'flow-rate', 'packed')).stderr).toContain('EXPORT_UNWRITABLE');
    await model('export', 'flow-rate', 'out.onnx');
    expect(await readFile(join(directory, 'out.onnx'))).toEqual(await readFile(join(directory, 'estimate.onnx')));
    await model('remove', 'flow-rate@1.0.0');
    expect((await model('import', 'packed', '--note', 'back')).stdout).toContain('Stored as flow-rate@1.0.0');
    await model('note', 'flow-rate@1.0.0', 'kept');
    expect((await model('show', 'flow-rate')).stdout).toMatch(/note +kept/);
  });

  it.each([
    [['import', 'nowhere.onnx'], 2, 'MODEL_FILE_UNREADABLE'],
    [['import', 'no-model.onnx'], 1, 'ONNX_'],
    [['import', 'estimate.onnx', '--features', 'a,b,c'], 2, 'IMPORT_FEATURES_COUNT'],
    [['import', 'estimate.onnx', '--features', 'Y=a,b'], 2, 'IMPORT_UNKNOWN_NAME'],
    [['import', 'forest.onnx', '--labels', 'a'], 2, 'IMPORT_LABELS_COUNT'],
    [['import', 'forest.onnx', '--name', 'Über'], 2, 'IMPORT_NAME_INVALID'],
    [['import', 'estimate.onnx', '--kind', 'image'], 2, 'IMPORT_KIND_UNFIT'],
    [['import', 'estimate.onnx', '--task', 'anomaly'], 2, 'IMPORT_TASK_UNFIT'],
    [['show', 'pump-helth'], 2, 'there is pump-health@1.0.0'],
    [['alias', 'pump-health', 'latest', '1.0.0'], 2, 'ALIAS_INVALID'],
    [['remove', 'pump-health'], 2, 'OPTION_INVALID'],
    [['remove', 'pump-health@1.0.0'], 1, 'VERSION_SHIPPED'],
  ])('says of %j what is wrong and what to do', async (args, code, expected) => {
    const outcome = await model(...args);
    expect(outcome).toMatchObject({ code, stdout: '' });
    expect(outcome.stderr).toContain(expected);
    expect(outcome.stderr).toMatch(/^millrace: [A-Z_]+: .+\n {2}\S/);
  });
});
