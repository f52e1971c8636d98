/** Real servers behind a bad network, and a day without any: the ids that were sent are the ids that arrive. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../../runtime/base/index.ts';
import { type Destination, openOutbox, type Outbox, type OutboxOptions } from '../../runtime/outbox/index.ts';
import { type Books, openBooks } from '../../scripts/soak/outbox/books.ts';
import { builtInPlace, mosquittoPlace, type Place, postgresPlace, s3Place } from '../faults/outbox/places.ts';
import { virtualClock } from '../runtime/outbox/virtual-clock.ts';
import { mosquittoMissing } from '../support/mosquitto.ts';
import { hasPostgres } from '../support/postgres.ts';

/** In memory where there is a place for that: a day has many chunks. */
async function openIn(options: Pick<OutboxOptions, 'clock'>): Promise<Outbox> {
  const directory = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'millrace-servers-'));
  const outbox = openOutbox({ directory: join(directory, 'outbox'), gateway: 'gateway-1', ...options });
  onTestFinished(async () => {
    await outbox.close();
    await rm(directory, { recursive: true, force: true });
  });
  return outbox;
}

async function at(place: Promise<Place>): Promise<Place> {
  const there = await place;
  onTestFinished(() => there.close());
  return there;
}

/** Every id that was sent has arrived under its key, and no other. */
async function allArrived(place: Place, books: Books): Promise<void> {
  for (const message of await place.received()) books.arrived(message);
  const verdict = books.verdict();
  expect(verdict).toMatchObject({ lost: 0, wrong: [] });
  expect(verdict.arrived).toBe(verdict.taken);
}

const servers: readonly [string, () => Promise<Place>, boolean][] = [
  ['mosquitto', mosquittoPlace, mosquittoMissing],
  ['PostgreSQL', postgresPlace, !(await hasPostgres())],
  ['an S3-compatible store', s3Place, false],
];

describe.each(servers)('%s, that is killed, cut off and changes its password', (_name, open, missing) => {
  it.skipIf(missing)('has every id that was sent', async () => {
    const place = await at(open());
    const { proxy } = place;
    if (!proxy) throw new Error('there is no network to break');
    const outbox = await openIn({ clock: systemClock });
    const books = openBooks();
    const serve = () => outbox.destination(place.id, place.settings);
    let cloud: Destination = serve();
    let n = 0;
    let over = false;
    onTestFinished(() => void (over = true));
    const sender = async () => {
      while (!over) {
        const own = n++;
        const message = { payload: { n: own, temperature: 40 + Math.sin(own) } };
        const { stream, sequence } = await outbox.put(place.id, `pump-${own % 3}`, message);
        books.taken(stream, sequence, own);
        await sleep(5);
      }
    };
    const sending = Promise.all([sender(), sender(), sender()]);
    const progress = () => cloud.state().sent;
    /** It goes on: something more has been acknowledged. */
    const goesOn = async () => {
      const before = progress();
      await vi.waitFor(() => expect(progress()).toBeGreaterThan(before), { timeout: 60_000, interval: 20 });
    };

    await goesOn();
    for (const round of [1, 2]) {
      proxy.cut();
      await goesOn();
      proxy.reset();
      await goesOn();
      proxy.resetAfter(3_000 * round);
      await sleep(1_500);
      await proxy.heal();
      await goesOn();
      // The server hears, its acknowledgements are lost.
      proxy.swallow('down');
      await sleep(1_000);
      await proxy.heal();
      await goesOn();
      proxy.swallow();
      await sleep(1_000);
      await proxy.heal();
      await goesOn();
      await place.kill();
      await sleep(500 * round);
      await place.start();
      await goesOn();
    }
    if (place.wrong) {
      // The settings given last hold.
      const wrong = outbox.destination(place.id, place.wrong);
      await cloud.close();
      await vi.waitFor(() => expect(wrong.state().problem).toBeDefined(), { timeout: 60_000, interval: 20 });
      expect(JSON.stringify(wrong.state().problem?.message)).not.toContain('wrong');
      cloud = serve();
      await wrong.close();
      await goesOn();
    }
    over = true;
    await sending;
    await vi.waitFor(() => expect(cloud.state().depth).toBe(0), { timeout: 60_000, interval: 50 });
    expect(cloud.state().dead).toBe(0);
    await allArrived(place, books);
    expect(books.verdict().taken).toBeGreaterThan(500);
  });
});

const DAY = 24 * 60 * 60;
const YEAR = 365 * DAY * 1000;

/** Ten messages every ten seconds are as many, and each commit really flushes the disk. */
const BEAT = 10;

describe('a day without any server, at a message a second to each', () => {
  const missing = servers.some(([, , isMissing]) => isMissing);

  it.skipIf(missing)(
    'is made up for, whatever the clock on the wall says: the ids sent are the ids received',
    async () => {
      const { clock, pass, until, set } = virtualClock();
      const builtIn = await builtInPlace();
      const places = [
        await at(mosquittoPlace()),
        await at(postgresPlace()),
        await at(s3Place()),
        await at(Promise.resolve(builtIn)),
      ];
      await builtIn.kill();
      const outbox = await openIn({ clock });
      const books = new Map(places.map(({ id }) => [id, openBooks()]));
      const served = places.map(({ id, settings }) => outbox.destination(id, settings));
      let n = 0;
      let begun = 0;
      let settled = 0;
      const putOne = ({ id }: Place, own: number) => {
        begun++;
        // What may wait for a month does not expire in a day.
        const put = outbox.put(id, `${id}-pump`, { payload: { n: own } }, { ttl: YEAR / 12 });
        put.then(
          ({ stream, sequence }) => {
            settled++;
            books.get(id)?.taken(stream, sequence, own);
          },
          () => undefined,
        );
      };
      const seconds = async (count: number) => {
        for (let second = 0; second < count; second += BEAT) {
          for (let one = 0; one < BEAT; one++) {
            n++;
            for (const place of places) putOne(place, n);
          }
          await pass(BEAT * 1_000);
        }
      };

      await seconds(60);
      for (const place of places) if (place !== builtIn) await place.kill();
      await seconds(DAY / 3);
      set(clock.now() + 5 * YEAR);
      await seconds(DAY / 3);
      set(clock.now() - 9 * YEAR);
      await seconds(DAY / 3);
      for (const destination of served) expect(destination.state().depth).toBeGreaterThanOrEqual(DAY);

      for (const place of places) await place.start();
      // A client of the built-in broker looks for it in real time, while the outbox does so in virtual time.
      while (!(await builtIn.listen())) {
        await pass(5_000);
        await sleep(20);
      }
      await until(() => served.every((destination) => destination.state().depth === 0), 24 * 3_600_000);
      expect(settled).toBe(begun);
      for (const place of places) await allArrived(place, books.get(place.id) ?? openBooks());
    },
    20 * 60_000,
  );
});
