import { expect, it } from 'vitest';
import { flowTest } from '../../../runtime/messages/index.ts';

const test = (more: object) =>
  flowTest.safeParse({ format: 1, name: 'a', duration: '1 s', expect: [{ node: 'n', expect: 'nothing' }], ...more });

it('refuses a test that ends before what it gives or expects', () => {
  expect(test({}).success).toBe(true);
  expect(test({ give: [{ node: 'n', at: '1 s' }] }).success).toBe(true);
  expect(test({ give: [{ node: 'n', at: '3 s' }] }).error?.issues[0]?.path).toEqual(['give', 0, 'at']);
  const late = test({ expect: [{ node: 'n', expect: 'nothing', within: '5 s' }] });
  expect(late.error?.issues[0]?.message).toContain('after the end of the test');
  expect(test({ expect: [{ node: 'n', expect: 'nothing', from: '4 s' }] }).success).toBe(false);
});
