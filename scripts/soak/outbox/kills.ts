/**
 * A gateway that is killed again and again, at random moments, while it takes, sends, is acknowledged and trims; and whether
 * everything that it had taken arrives in the end.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../../../runtime/numerics/index.ts';
import { openBooks, type Verdict } from './books.ts';
import { createGateway } from './gateway.ts';
import { startReceiver } from './receiver.ts';

export interface KillOptions {
  readonly seed: number;
  readonly kills: number;
  readonly progress?: (words: string) => void;
}

export interface KillVerdict extends Verdict {
  readonly kills: number;
  readonly complaints: readonly string[];
}

export async function killAgainAndAgain({ seed, kills, progress }: KillOptions): Promise<KillVerdict> {
  const random = seededRandom(seed);
  const root = await mkdtemp(join(tmpdir(), 'millrace-kills-'));
  const books = openBooks();
  const receiver = await startReceiver(books.arrived);
  const gateway = createGateway({ books, url: receiver.url, notes: join(root, 'notes') });
  const directory = join(root, 'outbox');
  try {
    for (let kill = 1; kill <= kills; kill++) {
      const kind = random();
      // Mostly all at once; sometimes a backlog grows that nobody serves, sometimes there is only what waits.
      const life = gateway.start({ directory, take: kind > 0.2, send: kind < 0.85, drain: false });
      // Opening is one of the moments, too.
      await (random() < 0.15 ? life.begun : life.open);
      setTimeout(() => life.process.kill('SIGKILL'), 400 * random() ** 1.5);
      await life.ended;
      if (kill % 25 === 0) progress?.(`${kill} kills: ${JSON.stringify({ ...books.verdict(), wrong: undefined })}`);
    }
    await gateway.start({ directory, take: false, send: true, drain: true }).ended;
    return { ...books.verdict(), kills, complaints: gateway.complaints };
  } finally {
    await receiver.close();
    await rm(root, { recursive: true, force: true });
  }
}
