import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Linked, pairedGateway, startTestStudio, type TestStudio } from '../../support/gateways.ts';
import { heldBytes } from '../../support/heap.ts';
import { until } from '../../support/node-red.ts';

let studio: TestStudio;
let linked: Linked;
let id: string;

beforeEach(async () => {
  studio = await startTestStudio();
  linked = await pairedGateway(studio);
  id = linked.gateway.identity.gateway;
});
afterEach(async () => {
  await linked.close();
  await studio.remove();
});

describe('what a studio asks of a gateway', () => {
  it('is done there, and answered', async () => {
    const { gateways } = studio;
    await gateways.restart(id);
    await gateways.rollBack(id);
    expect(linked.gateway.calls).toEqual(['restart', 'roll-back']);
    expect(await gateways.metrics(id)).toBe('millrace_up 1\n');
    expect(await gateways.profile(id)).toEqual({ memory: 1 });
  });

  it('is kept nowhere once it is answered, however often it is asked', async () => {
    let asks = 0;
    linked.gateway.metrics = () => Promise.resolve(`${(asks += 1)}${'x'.repeat(200_000)}`);
    const ask = async (times: number) => {
      for (let time = 0; time < times; time++) await studio.gateways.metrics(id);
    };
    await ask(5);
    const before = await heldBytes();
    await ask(200);
    expect((await heldBytes()) - before).toBeLessThan(20e6);
  }, 60_000);

  it('is refused with the gateway’s own error', async () => {
    const nothing = { code: 'NOTHING_TO_GO_BACK_TO', message: 'the first', hint: 'deploy one', title: 'the first' };
    linked.gateway.refuse = Object.assign(new Error('the first'), nothing);
    await expect(studio.gateways.rollBack(id)).rejects.toMatchObject(nothing);
  });

  it('says which gateway is away, and which is unknown', async () => {
    await linked.link.close();
    await until(() => !studio.row(id).connected, 'the gateway to go');
    await expect(studio.gateways.restart(id)).rejects.toMatchObject({ code: 'GATEWAY_AWAY' });
    await expect(studio.gateways.metrics('nobody')).rejects.toMatchObject({ code: 'GATEWAY_UNKNOWN' });
  });

  it('shows the log: the past, then new lines as they come', async () => {
    for (let i = 1; i <= 300; i++) linked.gateway.write(`line ${i}`);
    const past = await studio.gateways.log(id, 0);
    expect(past.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 200 }, (_, i) => i + 101));
    linked.gateway.write('after a look');
    const after = past.at(-1)?.sequence ?? 0;
    const next = await until(async () => {
      const lines = await studio.gateways.log(id, after);
      return lines.length > 0 ? lines : undefined;
    }, 'the new line');
    expect(next.map(({ text }) => text)).toEqual(['after a look']);
  });

  it('is told of changes of the status, at most one a second, the newest always', async () => {
    const before = studio.row(id).status;
    expect(before?.restarts).toBe(0);
    for (let restarts = 1; restarts <= 500; restarts++) linked.gateway.set({ restarts });
    await until(() => studio.row(id).status?.restarts === 500, 'the newest status');
  });

  it('hears the beginning of what is too long to be told', async () => {
    const problem = { code: 'JUDGE_FAILED', message: 'no '.repeat(500_000), hint: 'look', title: 'no' };
    linked.gateway.add({ kind: 'refused', text: 'long '.repeat(500_000), problem });
    await until(() => studio.row(id).events.length === 1, 'the event');
    const [event] = studio.row(id).events;
    expect(event?.text).toMatch(/^long long .*…$/);
    expect(event?.problem?.message.length).toBeLessThan(3_000);
  });

  it('hears what a device’s bytes are in, and what it cannot read, and all that comes after', async () => {
    const bytes = Buffer.alloc(4_000, 1).toString('latin1');
    const problem = { code: 'BUNDLE_TESTS_FAILED', message: `a test: ${bytes}`, hint: bytes, title: 'tests' };
    linked.gateway.add({ kind: 'refused', text: `refused: ${bytes}`, problem });
    linked.gateway.add({ kind: 'painted' as 'note', text: 'of a newer gateway' });
    linked.gateway.add({ kind: 'note', text: 'later' });
    await until(() => studio.row(id).events.length === 3, 'the events');
    expect(studio.row(id).events).toMatchObject([
      { kind: 'refused', text: expect.stringMatching(/^refused: �+…$/) as string },
      { kind: 'note', text: expect.stringContaining('cannot read') as string },
      { kind: 'note', text: 'later' },
    ]);
    expect(studio.row(id).connected).toBe(true);
  });

  it('tells whoever shows it that something has changed', async () => {
    let changes = 0;
    const stop = studio.gateways.onChange(() => void (changes += 1));
    linked.gateway.add({ kind: 'note', text: 'a note' });
    await until(() => changes > 0 && studio.row(id).events.length === 1, 'the change');
    stop();
    await studio.gateways.rename(id, 'Hall 3');
    expect(studio.row(id).title).toBe('Hall 3');
  });
});
