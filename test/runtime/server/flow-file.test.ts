import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Log } from '../../../runtime/server/index.ts';
import { chooseFlow, readFlow } from '../../../runtime/server/flow-file.ts';
import { temporaryDirectory } from './host.ts';

const flow = JSON.stringify([{ id: 'tab', type: 'tab', label: 'Pump' }]);
const edited = JSON.stringify([{ id: 'tab', type: 'tab', label: 'Mine' }]);

async function place() {
  const directory = await temporaryDirectory();
  const shipped = join(directory, 'shipped');
  const userDir = join(directory, 'user');
  await mkdir(join(shipped, 'pump'), { recursive: true });
  await mkdir(userDir);
  await writeFile(join(shipped, 'pump/flow.json'), flow);
  const told: unknown[] = [];
  const log: Log = { info: () => 0, warn: () => 0, error: () => 0, report: (_, error) => told.push(error) };
  return { directory, shipped, userDir, told, log };
}

describe('the flow to start', () => {
  it('is the pump in a new user directory, and later the user’s own copy of it', async () => {
    const { shipped, userDir, log } = await place();
    const first = await chooseFlow(userDir, undefined, shipped);
    expect(first).toMatchObject({ file: join(userDir, 'flows/pump.json'), fresh: true });
    await writeFile(first.file, edited);
    for (const wanted of [undefined, 'pump']) {
      const again = await chooseFlow(userDir, wanted, shipped);
      expect(again).toMatchObject({ file: first.file, fresh: false });
      expect(await readFlow(again, 'now', log)).toEqual(JSON.parse(edited));
    }
  });

  it('is a file where a path is given, and that file stays in its place', async () => {
    const { directory, shipped, userDir } = await place();
    const file = join(directory, 'mine.json');
    await writeFile(file, edited);
    expect(await chooseFlow(userDir, file, shipped)).toEqual({ file, fresh: false });
    expect(await readdir(userDir)).toEqual([]);
  });

  it('is the flow of a Node-RED user directory that was taken over', async () => {
    const { shipped, userDir } = await place();
    await writeFile(join(userDir, 'flows.json'), edited);
    expect((await chooseFlow(userDir, undefined, shipped)).file).toBe(join(userDir, 'flows.json'));
  });

  it('must exist, and what there is is named', async () => {
    const { shipped, userDir } = await place();
    await expect(chooseFlow(userDir, 'pmup', shipped)).rejects.toMatchObject({
      code: 'FLOW_NOT_FOUND',
      hint: expect.stringContaining('pump') as string,
    });
  });

  it('falls back to the version before where it was cut in half, and keeps the half', async () => {
    const { shipped, userDir, told, log } = await place();
    const choice = await chooseFlow(userDir, 'pump', shipped);
    await writeFile(choice.file, edited.slice(0, 20));
    await writeFile(join(dirname(choice.file), '.pump.json.backup'), edited);
    expect(await readFlow(choice, 'now', log)).toEqual(JSON.parse(edited));
    expect(await readFile(choice.file, 'utf8')).toBe(edited);
    expect(await readFile(`${choice.file}.broken-now`, 'utf8')).toBe(edited.slice(0, 20));
    expect(told).toMatchObject([{ code: 'STATE_FILE_DAMAGED' }]);
  });

  it('that was never saved is copied anew where it was cut in half', async () => {
    const { shipped, userDir, log } = await place();
    const choice = await chooseFlow(userDir, 'pump', shipped);
    await writeFile(choice.file, '');
    expect(await readFlow(choice, 'now', log)).toEqual(JSON.parse(flow));
  });

  it.each([
    ['[{"id":"a","ty', 'FLOW_NOT_JSON'],
    ['{"id":"a"}', 'FLOW_NOT_A_FLOW'],
    ['[1]', 'FLOW_NOT_A_FLOW'],
    ['null', 'FLOW_NOT_A_FLOW'],
  ])('is refused and left alone where it is %s and there is no other copy', async (text, code) => {
    const { directory, shipped, userDir, log } = await place();
    const file = join(directory, 'mine.json');
    await writeFile(file, text);
    await expect(readFlow(await chooseFlow(userDir, file, shipped), 'now', log)).rejects.toMatchObject({ code });
    expect(await readFile(file, 'utf8')).toBe(text);
  });
});
