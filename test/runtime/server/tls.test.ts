import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { endpoint, startHost, tab, temporaryDirectory } from './host.ts';

const file = (name: string) => join(import.meta.dirname, 'tls', name);

it('serves over TLS with the same guard at the door', async () => {
  const host = await startHost({
    userDir: await temporaryDirectory(),
    flow: [tab, ...endpoint('/hello', `msg.payload = 'hello';`)],
    options: { tls: { cert: file('cert.pem'), key: file('key.pem') } },
  });
  const url = new URL('/hello', host.summary.url);
  expect(url.protocol).toBe('https:');
  const ca = await readFile(file('cert.pem'));
  const status = (headers: Record<string, string>) =>
    new Promise((resolve, reject) => {
      const sent = request(url, { ca, headers, servername: 'localhost' }, (response) =>
        resolve(response.resume().statusCode),
      );
      sent.on('error', reject).end();
    });
  expect(await status({})).toBe(200);
  expect(await status({ origin: url.origin })).toBe(200);
  expect(await status({ origin: url.origin.replace('https', 'http') })).toBe(403);
  expect(await status({ host: 'evil.example' })).toBe(403);
});
