import { describe, expect, it } from 'vitest';
import type { MillraceError } from '../../../runtime/base/index.ts';
import { checkTarget } from '../../../runtime/outbox/check-target.ts';
import { makeAuthority } from '../../support/certificates.ts';

const authority = makeAuthority();
const own = authority.sign('gateway-1');

/** PEM without its last line of data. */
const cutOff = (pem: string) => pem.replace(/\n.+\n-----END/, '\n-----END');

const failureOf = (settings: { ca?: string; certificate?: string; privateKey?: string; headers?: object }) => {
  try {
    checkTarget({ type: 'https', url: 'https://cloud.example/in', ...settings } as never);
  } catch (thrown) {
    return thrown as MillraceError;
  }
  return undefined;
};

describe('the certificates of a target', () => {
  it('are taken as PEM, several authorities too', () => {
    expect(failureOf({ ca: `${authority.ca}\n${makeAuthority().ca}`, ...own })).toBeUndefined();
  });

  it.each([
    ['ca', { ca: '/etc/ssl/ca.pem' }, /no PEM text/],
    ['ca', { ca: cutOff(authority.ca) }, /not a certificate/],
    ['certificate', { privateKey: own.privateKey }, /no certificate that belongs/],
    ['privateKey', { certificate: own.certificate }, /not its private key/],
    ['privateKey', { ...own, privateKey: authority.sign('other').privateKey }, /does not belong/],
    ['privateKey', { ...own, privateKey: own.certificate }, /no PEM text of a private key/],
  ])('say what is wrong with "%s" %#', (setting, settings, reason) => {
    const failure = failureOf(settings);
    expect(failure).toMatchObject({ code: 'TARGET_INVALID' });
    expect(failure?.message).toContain(setting);
    expect(failure?.message).toMatch(reason);
  });

  it('keep a private key to themselves', () => {
    const broken = cutOff(own.privateKey);
    const failure = failureOf({ ...own, privateKey: broken });
    expect(String(failure)).not.toContain(broken.slice(60, 90));
    expect(failure?.message).toContain('(hidden)');
  });
});

describe('the headers of an https target', () => {
  it('are not those that describe the body, and hold what headers may hold', () => {
    expect(failureOf({ headers: { 'X-Api-Key': 'a b' } })).toBeUndefined();
    for (const headers of [{ 'Content-Length': '1' }, { 'a b': 'c' }, { host: 'x' }, { 'X-Two': 'a\r\nEvil: b' }]) {
      expect(failureOf({ headers })).toMatchObject({ code: 'TARGET_INVALID' });
    }
  });
});
