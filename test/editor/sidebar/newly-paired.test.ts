import { expect, it } from 'vitest';
import { newlyPaired } from '../../../editor/sidebar/gateways/newly-paired.ts';
import type { GatewayRow } from '../../../runtime/messages/index.ts';

const row = (gateway: string, paired: number): GatewayRow => ({
  identity: {
    ...{ gateway, name: gateway, version: '0.1.0', platform: 'linux', architecture: 'arm64' },
    ...{ node: 'v24.21.0', group: 'any' },
  },
  ...{ title: gateway, connected: false, paired, events: [] },
});

it('finds who is paired for the first time, and who is paired anew', () => {
  const [one, other] = [row('one', 1_000), row('other', 2_000)];
  const find = newlyPaired([one, other]);
  expect(find([one, other])).toBeUndefined();
  expect(find([other])).toBeUndefined();
  expect(find([one, other, row('third', 3_000)])?.title).toBe('third');
  expect(find([one, row('other', 3_000)])?.title).toBe('other');
});
