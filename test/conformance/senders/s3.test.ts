import { wireMessage } from '../../../runtime/messages/index.ts';
import type { TargetSettings } from '../../../runtime/outbox/index.ts';
import { S3_KEYS, startS3 } from '../../support/s3.ts';
import { sendersConform } from './conformance.ts';

const S3 = { type: 's3', bucket: 'plant' } as const;

sendersConform({
  kind: 's3',
  repeats: 'once',
  network: true,
  signsIn: true,
  async start() {
    const store = await startS3();
    const through = (port: number): TargetSettings => ({ ...S3, ...S3_KEYS, endpoint: `http://127.0.0.1:${port}` });
    return {
      settings: through(store.port),
      network: { port: store.port, through },
      wrong: { ...S3, endpoint: store.endpoint, accessKeyId: 'nobody', secretAccessKey: 'not the key' },
      async received() {
        const lines = [...(await store.objects()).values()].flatMap((body) => {
          // Behind the last newline there is nothing: s3rver keeps what it got of a body whose sender went away, where
          // other stores hold its length and digest against it. The repeat takes its place.
          return body.toString().split('\n').slice(0, -1);
        });
        return lines.map((line) => wireMessage.parse(JSON.parse(line)));
      },
      async stop() {
        await store[Symbol.asyncDispose]();
      },
    };
  },
});
