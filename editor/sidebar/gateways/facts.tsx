import type { GatewayIdentity, GatewayStatus } from '../../../runtime/messages/index.ts';
import { vitalFacts } from '../../look/gateway-words.ts';

interface FactsProps {
  readonly status: GatewayStatus;
  readonly identity: GatewayIdentity;
  readonly now: number;
}

/** The figures of a gateway. */
export function Facts({ status, identity }: FactsProps) {
  return (
    <dl class="millrace-facts">
      {vitalFacts(status, identity).map(([name, value, alarm]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class={alarm === true ? 'millrace-warning' : undefined}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
