import { connectAsync } from 'mqtt';
import { wireMessage, type WireMessage } from '../../../runtime/messages/index.ts';
import { mosquittoMissing, startMosquitto } from '../../support/mosquitto.ts';
import { sendersConform } from './conformance.ts';
import type { Harness } from './harness.ts';

const users = { gateway: 'first secret', reader: 'second secret' };

const mosquitto = (version: '3.1.1' | '5'): Harness => ({
  kind: `mqtt ${version}`,
  repeats: 'key',
  network: true,
  signsIn: true,
  missing: mosquittoMissing,
  async start() {
    const broker = await startMosquitto({ users });
    const received: WireMessage[] = [];
    const reader = await connectAsync(broker.url, { username: 'reader', password: users.reader });
    reader.on('message', (_topic, body) => received.push(wireMessage.parse(JSON.parse(body.toString()))));
    await reader.subscribeAsync('#', { qos: 1 });
    const through = (port: number) =>
      ({
        type: 'mqtt',
        url: `mqtt://127.0.0.1:${port}`,
        version,
        username: 'gateway',
        password: users.gateway,
      }) as const;
    return {
      settings: through(broker.port),
      network: { port: broker.port, through },
      wrong: { ...through(broker.port), password: 'not the secret' },
      received: () => Promise.resolve(received),
      async stop() {
        await reader.endAsync(true);
        await broker.close();
      },
    };
  },
});

sendersConform(mosquitto('3.1.1'));
sendersConform(mosquitto('5'));
