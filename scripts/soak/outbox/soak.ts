/** The long form of what the tests of the outbox hold: kills and power cuts. */
import type { SoakVerdict } from '../judge.ts';
import { MOST_REPEATS } from './books.ts';
import { killAgainAndAgain } from './kills.ts';
import { cutThePower, mayMount } from './power-cuts.ts';

export interface OutboxSoak {
  readonly seed: number;
  readonly kills: number;
  readonly cuts: number;
  readonly progress?: (words: string) => void;
}

export async function soakOutbox({ seed, kills, cuts, progress = () => undefined }: OutboxSoak) {
  const verdicts: SoakVerdict[] = [];
  const killed = await killAgainAndAgain({ seed, kills, progress });
  const { taken, lost, repeats, repeatsAfterAKill, wrong, complaints } = killed;
  verdicts.push(
    {
      what: `nothing lost over ${kills} kills`,
      met: lost === 0 && wrong.length + complaints.length === 0,
      found: [`${lost} of ${taken} lost`, ...wrong, ...complaints].join('; '),
    },
    {
      what: `at most ${MOST_REPEATS} repeats after a kill`,
      met: repeatsAfterAKill <= MOST_REPEATS,
      found: `at most ${repeatsAfterAKill}, ${repeats} in all`,
    },
  );
  if (!mayMount()) {
    progress('no power cuts: only root may mount the disk that fails');
    return verdicts;
  }
  const cut = await cutThePower({ seed, cuts, progress });
  verdicts.push({
    what: `nothing lost over ${cuts} power cuts`,
    met: cut.lost === 0 && cut.wrong.length + cut.complaints.length === 0,
    found: [`${cut.lost} of ${cut.taken} lost`, ...cut.wrong, ...cut.complaints].join('; '),
  });
  return verdicts;
}
