import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { chooseTests } from '../../../runtime/cli/test-choice.ts';

const choose = (flow: string) => chooseTests([flow], { userDir: resolve('no-such-directory') });

it('says where it looked for a flow, and that a folder is one', async () => {
  await expect(choose('./none.json')).rejects.toThrow(resolve('none.json'));
  await expect(choose(tmpdir())).rejects.toThrow('is a folder');
});
