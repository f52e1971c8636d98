import { useCallback, useState } from 'preact/hooks';
import { GATEWAY_WORDS as WORDS } from '../../look/gateway-words.ts';
import { type MetricRow, metricRows } from '../../look/metric-rows.ts';
import { Notice, type Trouble, troubleOf } from '../notice.tsx';
import { usePolling } from '../use-polling.ts';
import type { Gateways } from './gateways.ts';

interface MetricsViewProps {
  readonly gateway: string;
  readonly gateways: Gateways;
  readonly root: HTMLElement;
}

/** While they are looked at they are asked for so often, ms. */
const PERIOD = 5_000;

/** What a gateway's flow counts and measures, as a monitoring system would read it. */
export function MetricsView({ gateway, gateways, root }: MetricsViewProps) {
  const [rows, setRows] = useState<readonly MetricRow[]>();
  const [trouble, setTrouble] = useState<Trouble>();
  const look = useCallback(async () => {
    try {
      setRows(metricRows(await gateways.metrics(gateway)));
      setTrouble(undefined);
    } catch (error) {
      setTrouble(troubleOf(error));
    }
  }, [gateway, gateways]);
  usePolling(look, PERIOD, root);
  return (
    <div class="millrace-metrics" role="region" aria-label={WORDS.metrics}>
      <Notice trouble={trouble} />
      {rows?.length === 0 && <p class="millrace-quiet">{WORDS.noMetrics}</p>}
      <dl class="millrace-facts">
        {rows?.map(({ name, what, of, value }) => (
          <div key={`${name} ${of}`} title={name}>
            <dt>{of === '' ? what : `${what}: ${of}`}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
