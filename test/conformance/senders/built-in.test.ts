import { connectAsync } from 'mqtt';
import { wireMessage, type WireMessage } from '../../../runtime/messages/index.ts';
import { acquireBroker } from '../../../runtime/outbox/senders/shared-broker.ts';
import { freePort } from '../../runtime/outbox/support.ts';
import { sendersConform } from './conformance.ts';

sendersConform({
  kind: 'built-in',
  repeats: 'key',
  network: false,
  signsIn: false,
  async start() {
    const port = await freePort();
    const { release } = await acquireBroker(port);
    const received: WireMessage[] = [];
    const reader = await connectAsync(`mqtt://127.0.0.1:${port}`);
    reader.on('message', (_topic, body) => received.push(wireMessage.parse(JSON.parse(body.toString()))));
    await reader.subscribeAsync('#', { qos: 1 });
    return {
      settings: { type: 'built-in', port },
      received: () => Promise.resolve(received),
      async stop() {
        await reader.endAsync(true);
        await release();
      },
    };
  },
});
