import { describe, expect, it } from 'vitest';
import { packBundle, previewBundle } from '../../../runtime/bundle/index.ts';
import { secretsIn } from '../../../runtime/bundle/pack/secrets-in.ts';
import { chain, packing } from '../../support/packing.ts';

const node = (settings: Readonly<Record<string, unknown>>) => ({ id: 'n', type: 'some node', ...settings });
const header = (keyValue: string, valueValue: string, valueType = 'other') => ({
  headers: [{ keyType: 'other', keyValue: 'Accept', valueType: 'other', valueValue: 'text/html' }].concat({
    ...{ keyType: 'other', keyValue, valueType, valueValue },
  }),
});

describe('what looks like a secret in a flow', () => {
  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['url', { url: 'https://miller:sesame@mill.example/data' }],
    ['url', { url: 'https://mill.example/data?unit=C&api_key=0123456789' }],
    ['apiKey', { apiKey: '0123456789' }],
    ['headers[1]', header('Authorization', 'Bearer abcdefghijkl')],
    ['headers[1]', header('X-Auth-Token', 'sesame')],
    ['func', { func: 'const password = "sesame";\nreturn msg;' }],
    ['func', { func: 'msg.headers = { "authorization": `Basic bWlsbGVyOnNlc2FtZQ==` };' }],
    ['props[0]', { props: [{ p: 'password', v: 'sesame', vt: 'str' }] }],
    ['rules[0]', { rules: [{ t: 'set', p: 'headers.x-api-key', pt: 'msg', to: 'sesame', tot: 'str' }] }],
    ['env[0]', { env: [{ name: 'CLOUD_TOKEN', value: 'sesame', type: 'str' }] }],
    ['options.tls.key', { options: { tls: { key: '-----BEGIN PRIVATE KEY-----\nMIIEvQ' } } }],
    ['info', { info: 'The broker: mqtt://miller:sesame@broker' }],
  ])('is found in %s', (place, settings) => {
    expect(secretsIn(node(settings))).toEqual([place]);
  });

  it.each<Readonly<Record<string, unknown>>>([
    { url: '${WHERE}' },
    { url: 'https://mill.example:8080/token?unit=C' },
    { url: 'https://miller:${PASSWORD}@mill.example' },
    header('Authorization', '${AUTHORIZATION}'),
    header('Authorization', 'AUTHORIZATION', 'env'),
    header('Authorization', 'token', 'msg'),
    { func: 'const password = env.get("PASSWORD"); if (msg.token === "x") return msg;' },
    { template: '{"authorization": "{{env.AUTHORIZATION}}"}' },
    { props: [{ p: 'password', v: 'PASSWORD', vt: 'env' }] },
    { env: [{ name: 'CLOUD_TOKEN', type: 'cred' }] },
    { apiKey: '', token: 'payload.token', tokenType: 'msg', useToken: true },
    { name: 'Ask for the token', label: 'password', credentials: { password: 'sesame' } },
  ])('is not found in %j', (settings) => {
    expect(secretsIn(node(settings))).toEqual([]);
  });

  it('is told by node and place, never by itself, when a bundle is made and in its preview', async () => {
    const flow = chain({ type: 'http request', name: 'ask', url: 'https://miller:sesame@mill.example/', d: true });
    const { warnings } = await packBundle(packing(flow));
    expect(warnings.map(({ code }) => code)).toEqual(['SECRET_IN_FLOW']);
    expect(warnings[0]?.message).toMatch(/^url of the http request "ask" /);
    const { preview } = await previewBundle(packing(flow));
    expect(preview.warnings.map(({ code }) => code)).toEqual(['SECRET_IN_FLOW']);
    expect(JSON.stringify([preview, warnings])).not.toContain('sesame');
  });
});
