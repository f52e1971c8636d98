import { useEffect, useState } from 'preact/hooks';
import type { PairingAnswer } from '../../../runtime/messages/index.ts';
import { GATEWAY_WORDS as WORDS } from '../../look/gateway-words.ts';
import { Button } from '../button.tsx';
import { Notice, type Trouble, troubleOf } from '../notice.tsx';
import { useObserved } from '../use-observed.ts';
import { CommandLine } from './command-line.tsx';
import type { Gateways } from './gateways.ts';
import { newlyPaired } from './newly-paired.ts';

interface PairingProps {
  readonly gateways: Gateways;
  close(): void;
}

/** Opens the studio for one more gateway, and says what to type there. */
export function Pairing({ gateways, close }: PairingProps) {
  const { gateways: rows } = useObserved(gateways.state);
  const [findCome] = useState(() => newlyPaired(rows));
  const [answer, setAnswer] = useState<PairingAnswer & { readonly at: number }>();
  const [trouble, setTrouble] = useState<Trouble>();
  const ask = () =>
    void gateways.pair().then(
      (fresh) => {
        setAnswer({ ...fresh, at: performance.now() });
        setTrouble(undefined);
      },
      (error: unknown) => setTrouble(troubleOf(error)),
    );
  useEffect(ask, []);
  const come = findCome(rows);
  // Not by the time of day, which the studio may see otherwise.
  const left = answer ? answer.left - (performance.now() - answer.at) : 0;
  return (
    <section class="millrace-card millrace-pairing" aria-label={WORDS.pair}>
      <header>
        <h3>{come ? WORDS.paired(come.title) : WORDS.pair}</h3>
      </header>
      <Notice trouble={trouble} />
      {come && <p role="status">{WORDS.pairedHint}</p>}
      {!come && !answer && !trouble && <p class="millrace-quiet">{WORDS.loading}</p>}
      {!come && answer && left > 0 && (
        <>
          <p>{WORDS.onDevice}</p>
          <CommandLine text={`millrace gateway pair ${answer.code}`} label={WORDS.code} />
          <p class="millrace-quiet">{WORDS.codeHint(left)}</p>
          <p>{WORDS.thenStart}</p>
          <CommandLine text="millrace gateway start" label={WORDS.startLine} />
          <details>
            <summary>{WORDS.service}</summary>
            <p class="millrace-quiet">{WORDS.serviceHint}</p>
            <CommandLine
              text={`sudo -u millrace millrace gateway pair ${answer.code} --user-dir /var/lib/millrace`}
              label={WORDS.serviceLine}
            />
          </details>
          <p class="millrace-quiet">{WORDS.reaches(answer.address)}</p>
        </>
      )}
      {!come && answer && left <= 0 && <p>{WORDS.codeOver}</p>}
      {!come && answer?.closed !== undefined && <p class="millrace-warn">{answer.closed}</p>}
      <div class="millrace-actions">
        {!come && (trouble || (answer && left <= 0)) && <Button icon="refresh" label={WORDS.newCode} main act={ask} />}
        <Button icon={come ? 'check' : 'times'} label={WORDS.close} act={close} />
      </div>
    </section>
  );
}
