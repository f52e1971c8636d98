import { type AddressInfo, createServer, type Server } from 'node:net';
import { errors } from './errors.ts';

/** How many ports above the wanted one are tried for the hint. */
const LOOK = 20;

/**
 * Listens, and says who else does where that fails.
 *
 * @returns the port, which the system chose if 0 was asked for
 * @throws PORT_IN_USE with a port that is free; ADDRESS_UNUSABLE
 */
export async function listen(server: Server, port: number, host: string): Promise<number> {
  try {
    return await tryListen(server, port, host);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw errors.PORT_IN_USE({ host, port, free: await findFree(port, host) });
    throw errors.ADDRESS_UNUSABLE({ host, port, reason: message }, { cause: error });
  }
}

async function findFree(port: number, host: string): Promise<number | undefined> {
  for (let candidate = port + 1; candidate <= Math.min(port + LOOK, 65_535); candidate++) {
    const probe = createServer();
    const free = await tryListen(probe, candidate, host).catch(() => undefined);
    await new Promise((resolve) => probe.close(resolve));
    if (free !== undefined) return free;
  }
  return undefined;
}

// An HTTP server is a net server too.
function tryListen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
