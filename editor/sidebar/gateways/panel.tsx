import { useEffect, useReducer, useState } from 'preact/hooks';
import { GATEWAY_WORDS as WORDS } from '../../look/gateway-words.ts';
import { Button } from '../button.tsx';
import { Notice } from '../notice.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import { useObserved } from '../use-observed.ts';
import { usePolling } from '../use-polling.ts';
import { BundleBox } from './bundle-box.tsx';
import { GatewayCard } from './gateway-card.tsx';
import type { Gateways } from './gateways.ts';
import { making } from './making.ts';
import { Pairing } from './pairing.tsx';

interface PanelProps {
  readonly gateways: Gateways;
  readonly root: HTMLElement;
}

/** The feed tells of changes; where it is down this does, ms. */
const PERIOD = 5_000;
/** How long something takes is told even when nothing changes, ms. */
const TICK = 1_000;

/** The gateways of this studio: how each is, what runs there, and what one can do about it. */
export function GatewaysPanel({ gateways, root }: PanelProps) {
  const { loaded, gateways: rows, closed, trouble } = useObserved(gateways.state);
  const made = useObserved(making);
  const [pairing, setPairing] = useState(false);
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  usePolling(gateways.refresh, PERIOD, root);
  useEffect(() => {
    const tick = setInterval(() => !document.hidden && redraw(undefined), TICK);
    return () => clearInterval(tick);
  }, []);
  const may = mayWrite();
  const begin = (purpose: 'export' | 'deploy', gateway?: string) =>
    making.set({ purpose, ...(gateway !== undefined && { gateway }) });
  const now = Date.now();
  return (
    <>
      <Notice trouble={trouble} />
      {!loaded && !trouble && <p class="millrace-quiet">{WORDS.loading}</p>}
      {loaded && may && (
        <div class="millrace-toolbar">
          <Button icon="plus" label={WORDS.pair} main={rows.length === 0} act={() => setPairing(true)} />
          <Button icon="archive" label={WORDS.export} act={() => begin('export')} />
          {rows.length > 0 && <Button icon="cloud-download" label={WORDS.deploy} act={() => begin('deploy')} />}
        </div>
      )}
      {pairing && <Pairing gateways={gateways} close={() => setPairing(false)} />}
      {made && (
        <BundleBox
          key={`${made.purpose} ${made.gateway ?? ''}`}
          {...{ made, rows, gateways }}
          close={() => making.set(undefined)}
        />
      )}
      {loaded && rows.length === 0 && !pairing && !made && (
        <div class="millrace-empty">
          <strong>{WORDS.none}</strong>
          <p>{WORDS.noneHint}</p>
        </div>
      )}
      {rows.length > 0 && !may && <p class="millrace-quiet">{WORDS.readOnly}</p>}
      <div role="list" aria-label={WORDS.list}>
        {rows.map((row) => (
          <GatewayCard
            key={row.identity.gateway}
            {...{ row, now, gateways, root }}
            deploy={() => begin('deploy', row.identity.gateway)}
          />
        ))}
      </div>
      {rows.length > 0 && closed !== undefined && !pairing && <p class="millrace-quiet">{closed}</p>}
    </>
  );
}
