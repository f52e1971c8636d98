/** What large providers take, by their documentation: so that their recipes need no more than an address and a certificate. */
import type { MqttTarget } from '../schema.ts';

type Limits = Pick<MqttTarget, 'maxMessageBytes' | 'maxInFlight' | 'messagesPerSecond'>;

interface Provider {
  readonly host: RegExp;
  readonly limits: Limits;
  /** The protocol to be asked for at port 443. */
  readonly alpn: string;
}

/**
 * @see https://docs.aws.amazon.com/general/latest/gr/iot-core.html
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/protocols.html
 * @see https://learn.microsoft.com/azure/iot-hub/iot-hub-devguide-quotas-throttling
 */
const PROVIDERS: readonly Provider[] = [
  {
    host: /(^|\.)iot\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/,
    limits: { maxMessageBytes: 131_072, maxInFlight: 100, messagesPerSecond: 100 },
    alpn: 'x-amzn-mqtt-ca',
  },
  {
    host: /\.azure-devices\.(net|cn|us)$/,
    limits: { maxMessageBytes: 262_144, maxInFlight: 0, messagesPerSecond: 0 },
    alpn: '',
  },
];

/**
 * The target with what its provider allows, where the target itself says nothing.
 */
export function withProvider(target: MqttTarget): MqttTarget {
  const { protocol, hostname, port } = new URL(target.url);
  const provider = PROVIDERS.find(({ host }) => host.test(hostname));
  if (!provider) return target;
  const { limits } = provider;
  const asks = protocol === 'mqtts:' && port === '443' && target.alpn === '';
  return {
    ...target,
    maxMessageBytes: target.maxMessageBytes || limits.maxMessageBytes,
    maxInFlight: target.maxInFlight || limits.maxInFlight,
    messagesPerSecond: target.messagesPerSecond || limits.messagesPerSecond,
    ...(asks && { alpn: provider.alpn }),
  };
}
