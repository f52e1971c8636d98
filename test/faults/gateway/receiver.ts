import { readFile } from 'node:fs/promises';
import mqtt from 'mqtt';

interface Arrived {
  readonly payload: unknown;
  readonly key: { readonly gateway: string; readonly stream: string; readonly sequence: number };
  readonly gap?: unknown;
}

/** Who listens at the broker and keeps the books: what was acknowledged to the flow against what has come. */
export async function listen(url: string, acknowledged: string) {
  const client = await mqtt.connectAsync(url, { clientId: 'books', clean: false });
  const ids = new Set<unknown>();
  const bySequence = new Map<string, string>();
  const wrong: string[] = [];
  client.on('message', (_topic, body) => {
    const { payload, key, gap } = JSON.parse(body.toString()) as Arrived;
    const place = `${key.gateway}/${key.stream}/${key.sequence}`;
    if (gap !== undefined) wrong.push(`${place}: a gap`);
    const text = JSON.stringify(payload);
    const before = bySequence.get(place);
    if (before !== undefined && before !== text) wrong.push(`${place} came as ${before} and as ${text}`);
    bySequence.set(place, text);
    if (key.stream === 'ticks') ids.add(payload);
  });
  await client.subscribeAsync('#', { qos: 1 });
  return {
    /** What was acknowledged so far, and has not come. */
    async lost(): Promise<{ readonly taken: number; readonly lost: number; readonly predictions: number }> {
      const text = await readFile(acknowledged, 'utf8').catch(() => '');
      // The last line may be cut by a kill: then the flow did not hear of it either.
      const taken = text.split('\n').slice(0, -1);
      const predictions = [...bySequence.keys()].filter((place) => place.includes('/pump/')).length;
      return { taken: taken.length, lost: taken.filter((one) => !ids.has(one)).length, predictions };
    },
    wrong,
    close: () => client.endAsync(true),
  };
}
