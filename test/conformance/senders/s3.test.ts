import { S3_KEYS, startS3 } from '../../support/s3.ts';
import { sendersConform } from './conformance.ts';
import type { Harness } from './harness.ts';
import { fromLines } from './lines.ts';

const s3: Harness = {
  kind: 's3',
  repeats: 'once',
  network: true,
  signsIn: true,
  async start() {
    const store = await startS3();
    const through = (port: number) =>
      ({ type: 's3', bucket: 'plant', endpoint: `http://127.0.0.1:${port}`, ...S3_KEYS }) as const;
    return {
      settings: through(store.port),
      network: { port: store.port, through },
      // It does not check signatures of the present version, but whose they are.
      wrong: { ...through(store.port), accessKeyId: 'nobody', secretAccessKey: 'not the secret' },
      received: async () => fromLines([...(await store.objects())]),
      stop: async () => await store[Symbol.asyncDispose](),
    };
  },
};

sendersConform(s3);
