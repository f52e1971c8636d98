import { wireMessage } from '../../../runtime/messages/index.ts';
import { makeAuthority } from '../../support/certificates.ts';
import { startHttpsServer } from '../../support/https-server.ts';
import { sendersConform } from './conformance.ts';
import type { Harness } from './harness.ts';

const authority = makeAuthority();
const tls = authority.sign('localhost');
const token = 'a token of the gateway';

const https = (compression: 'none' | 'zstd'): Harness => ({
  kind: `https, ${compression === 'none' ? 'as it is' : compression}`,
  repeats: 'once',
  network: true,
  signsIn: true,
  async start() {
    const server = await startHttpsServer({ tls, token });
    const through = (port: number) => {
      const url = `https://localhost:${port}/take`;
      return { type: 'https', url, token, ca: authority.ca, compression } as const;
    };
    return {
      settings: through(server.port),
      network: { port: server.port, through },
      wrong: { ...through(server.port), token: 'a token that nobody knows' },
      received: () =>
        Promise.resolve(
          server.taken.flatMap(({ body }) =>
            body
              .toString()
              .split('\n')
              .filter((line) => line !== '')
              .map((line) => wireMessage.parse(JSON.parse(line))),
          ),
        ),
      stop: () => server.close(),
    };
  },
});

sendersConform(https('none'));
sendersConform(https('zstd'));
