import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../runtime/base/index.ts';
import { createInference } from '../runtime/inference/index.ts';
import { readPackage } from '../runtime/models/package/index.ts';
import { bySequence, outboxIn, startBroker } from './runtime/outbox/support.ts';
import { until } from './support/node-red.ts';

const samples = join(import.meta.dirname, 'samples');

describe('what an older Millrace has written', () => {
  it('outbox, format 1: its backlog is delivered', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'millrace-sample-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    await copyFile(join(samples, 'outbox-1.sqlite'), join(directory, 'outbox.sqlite'));
    const broker = await startBroker();
    const destination = outboxIn(directory).destination('cloud', {
      type: 'mqtt',
      url: broker.url,
      clientId: '',
      username: '',
      password: '',
    });
    destination.start();
    await until(() => broker.received.length >= 3 || undefined, 'the backlog');
    expect([...bySequence(broker.received, 'pump')]).toEqual([
      [1, { label: 'healthy', confidence: 0.25 }],
      [2, { label: 'healthy', confidence: 0.5 }],
      [3, { label: 'healthy', confidence: 0.75 }],
    ]);
  });

  it('model package, format 1: it is read, checked against its vectors, and predicts', async () => {
    const pkg = await readPackage(join(samples, 'model-1'));
    const inference = createInference({ clock: systemClock });
    onTestFinished(() => inference.close());
    const predictor = await inference.open(pkg);
    const features = Object.fromEntries(predictor.featureNames.map((name) => [name, 0.1]));
    expect(await predictor.predict(features)).toMatchObject({ payload: { label: expect.any(String) as string } });
    await predictor.close();
  });
});
