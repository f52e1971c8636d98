import type { ClientConfig } from 'pg';
import type { PostgresTarget } from '../../schema.ts';
import { tlsOptions } from '../tls.ts';

/** Until the server has taken the sign-in, ms. */
const CONNECT_TIMEOUT = 10_000;

/** A server that says nothing for so long is asked whether it is still there, ms. */
const KEEP_ALIVE = 30_000;

/**
 * How to reach the server. Beyond this machine the connection is encrypted and the server has to prove who it is, unless
 * the address says `?sslmode=disable`.
 */
export function clientConfig(target: PostgresTarget): ClientConfig {
  const url = new URL(target.url);
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname);
  const database = decodeURIComponent(url.pathname.slice(1));
  return {
    host: host.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? 5432 : Number(url.port),
    ...(database !== '' && { database }),
    ...(target.username !== '' && { user: target.username }),
    ...(target.password !== '' && { password: target.password }),
    ssl: isEncrypted(target, host, url.searchParams.get('sslmode')) && tlsOptions(target),
    application_name: 'millrace',
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE,
  };
}

function isEncrypted({ ca, certificate }: PostgresTarget, host: string, mode: string | null): boolean {
  if (mode !== null) return mode !== 'disable';
  return ca !== '' || certificate !== '' || !isHere(host);
}

/** This machine, or a socket file on it. */
const isHere = (host: string) => /^(localhost|127(\.\d+){3}|\[?::1\]?|\/.*)$/.test(host);
