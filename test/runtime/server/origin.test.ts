import { describe, expect, it } from 'vitest';
import { foreignness, isLoopback } from '../../../runtime/server/origin.ts';

describe('without a password', () => {
  it.each(['localhost:1880', '127.0.0.1:1880', '127.0.0.1', '127.8.4.2:80', '[::1]:1880', 'LocalHost:3000'])(
    'serves %s',
    (host) => {
      expect(foreignness({ host }, false)).toBeUndefined();
      expect(foreignness({ host, origin: `http://${host}` }, false)).toBeUndefined();
      expect(foreignness({ host, origin: `https://${host}` }, true)).toBeUndefined();
    },
  );

  it.each([
    'evil.example',
    'evil.example:1880',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '192.168.1.4:1880',
    '0.0.0.0:1880',
    '',
    '[::ffff:1.2.3.4]:80',
  ])('refuses the name "%s"', (host) => expect(foreignness({ host }, false)).toEqual({ what: 'Host', value: host }));

  it('refuses a request that names no host', () => {
    expect(foreignness({}, false)?.what).toBe('Host');
  });

  it.each([
    'http://evil.example',
    'null',
    'http://localhost:3000',
    'https://localhost:1880',
    'http://127.0.0.1:1880',
    '',
  ])('refuses pages of %s', (origin) =>
    expect(foreignness({ host: 'localhost:1880', origin }, false)).toEqual({ what: 'Origin', value: origin }),
  );

  it('lets another site link here, but not embed or fetch', () => {
    const from = (mode: string, dest: string) => ({
      ...{ host: 'localhost:1880', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': mode, 'sec-fetch-dest': dest },
    });
    expect(foreignness(from('navigate', 'document'), false)).toBeUndefined();
    expect(foreignness(from('navigate', 'iframe'), false)?.what).toBe('Sec-Fetch-Site');
    expect(foreignness(from('no-cors', 'image'), false)?.what).toBe('Sec-Fetch-Site');
  });

  it('takes only addresses of this machine for loopback', () => {
    expect(['127.0.0.1', 'localhost', '::1'].every(isLoopback)).toBe(true);
    expect(['0.0.0.0', '::', '192.168.0.1', 'example.org', '127.0.0.1.evil.example'].some(isLoopback)).toBe(false);
  });
});
