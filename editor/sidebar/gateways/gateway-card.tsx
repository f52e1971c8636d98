import { useState } from 'preact/hooks';
import type { GatewayRow } from '../../../runtime/messages/index.ts';
import { gatewayLook, gatewayWords, runningWords } from '../../look/gateway-words.ts';
import { Actions, type Shown } from './actions.tsx';
import { DeployProgress } from './deploy-progress.tsx';
import { Events } from './events.tsx';
import { Facts } from './facts.tsx';
import type { Gateways } from './gateways.ts';
import { LogTail } from './log-tail.tsx';
import { MetricsView } from './metrics-view.tsx';
import { Title } from './title.tsx';
import { Why } from './why.tsx';

interface GatewayCardProps {
  readonly row: GatewayRow;
  readonly now: number;
  readonly gateways: Gateways;
  readonly root: HTMLElement;
  deploy(): void;
}

const SIGNS = { calm: 'check-circle', active: 'refresh', held: 'chain-broken', problem: 'exclamation-circle' };

/** One gateway: how it is in a sentence, what runs there, what happened, and what to do about it. */
export function GatewayCard({ row, now, gateways, root, deploy }: GatewayCardProps) {
  const [shown, setShown] = useState<Shown>();
  const { identity, status, problem, connected } = row;
  const look = gatewayLook(row);
  const problems = [problem, status?.problem].filter((one) => one !== undefined);
  return (
    <section class="millrace-card millrace-gateway" role="listitem" aria-label={row.title}>
      <header>
        <Title row={row} gateways={gateways} />
        <span class="millrace-aside">
          {identity.platform}-{identity.architecture}
        </span>
      </header>
      <div class={`millrace-verdict millrace-outbox-${look}`}>
        <i class={`fa fa-${SIGNS[look]}`} aria-hidden="true" />
        <strong>{gatewayWords(row, now)}</strong>
      </div>
      {status?.running && <p class="millrace-quiet">{runningWords(row, now)}</p>}
      {problems.map((one) => (
        <Why key={one.code} problem={one} />
      ))}
      <DeployProgress row={row} now={now} gateways={gateways} />
      {connected && status && <Facts {...{ status, identity, now }} />}
      <Events events={row.events} now={now} />
      <Actions {...{ row, gateways, deploy, shown }} show={setShown} />
      {shown === 'log' && <LogTail {...{ gateways, root, now }} gateway={identity.gateway} />}
      {shown === 'metrics' && <MetricsView {...{ gateways, root }} gateway={identity.gateway} />}
    </section>
  );
}
