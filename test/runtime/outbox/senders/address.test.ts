import { describe, expect, it } from 'vitest';
import { checkTarget } from '../../../../runtime/outbox/check-target.ts';
import { addressOf } from '../../../../runtime/outbox/senders/index.ts';

describe('how a target is named', () => {
  it.each([
    [{ type: 'mqtt', url: 'wss://broker.example/mqtt?X-Amz-Signature=secret' }, 'wss://broker.example/mqtt'],
    [{ type: 'https', url: 'https://hook.example/in?token=secret#part' }, 'https://hook.example/in'],
    [{ type: 'postgres', url: 'postgres://db.example:5432/plant?sslmode=disable' }, 'postgres://db.example:5432/plant'],
    [{ type: 's3', bucket: 'readings', endpoint: 'https://minio.example' }, 'https://minio.example/readings'],
    [{ type: 'built-in' }, '127.0.0.1:1885'],
  ] as const)('%o: without what may be a secret', (settings, address) => {
    expect(addressOf(checkTarget(settings))).toBe(address);
  });
});
