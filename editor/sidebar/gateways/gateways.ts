/** The gateways that are paired with this studio, as this page knows them. */
import {
  bundlePreview,
  type BundlePreview,
  type DeployRequest,
  deployStarted,
  type DeployStarted,
  gatewayLogAnswer,
  gatewayMetricsAnswer,
  type GatewayRow,
  gatewaysAnswer,
  type LogLine,
  pairingAnswer,
  type PairingAnswer,
  type PreviewRequest,
} from '../../../runtime/messages/index.ts';
import { type AskGateway, Refused } from '../../gateway.ts';
import { type Observed, observed } from '../../live/observed.ts';
import { query } from '../../query.ts';
import { attempts } from '../attempts.ts';
import type { Trouble } from '../notice.tsx';

export interface GatewaysState {
  /** The studio has answered once. */
  readonly loaded: boolean;
  readonly gateways: readonly GatewayRow[];
  /** Where gateways reach the studio; none while it does not listen. */
  readonly address?: string;
  /** Why those of other machines cannot. */
  readonly closed?: string;
  readonly trouble?: Trouble;
}

export type GatewayCommand = 'restart' | 'roll-back' | 'withdraw' | 'forget';

export interface Gateways {
  readonly state: Observed<GatewaysState>;
  /** Whether there is a studio here that takes gateways: a plain Node-RED is none. */
  readonly there: Observed<boolean>;
  refresh(): Promise<void>;
  /** Each of these @throws {Refused} */
  pair(): Promise<PairingAnswer>;
  preview(bundle: PreviewRequest): Promise<BundlePreview>;
  deploy(deploy: DeployRequest): Promise<DeployStarted>;
  command(gateway: string, command: GatewayCommand): Promise<void>;
  rename(gateway: string, title: string): Promise<void>;
  /** Newer than `after`. */
  log(gateway: string, after: number): Promise<readonly LogLine[]>;
  /** In the text format of Prometheus. */
  metrics(gateway: string): Promise<string>;
}

/** @param ask asks the studio */
export function createGateways(ask: AskGateway): Gateways {
  const state = observed<GatewaysState>({ loaded: false, gateways: [] });
  const there = observed(false);
  const attempt = attempts(state);
  let asking: Promise<void> | undefined;

  const take = async () => {
    try {
      const { gateways, address, closed } = gatewaysAnswer.parse(await ask('gateways'));
      state.set({
        loaded: true,
        gateways,
        ...(address !== undefined && { address }),
        ...(closed !== undefined && { closed }),
      });
      there.set(true);
    } catch (error) {
      if (error instanceof Refused && error.status === 404) return there.set(false);
      throw error;
    }
  };
  const refresh = async () => {
    // A studio that is slow to answer is not asked twice at a time.
    asking ??= attempt(take).then(() => void (asking = undefined));
    await asking;
  };
  /** What was asked for shows at once. */
  const changed = async <T>(answer: T): Promise<T> => {
    await asking;
    await refresh();
    return answer;
  };
  const pathOf = (gateway: string, what: string) => `gateways/${encodeURIComponent(gateway)}/${what}`;
  return {
    state,
    there,
    refresh,
    pair: async () => await changed(pairingAnswer.parse(await ask('gateways/pairing', {}))),
    preview: async (bundle) => bundlePreview.parse(await ask('gateways/preview', bundle)),
    deploy: async (deploy) => await changed(deployStarted.parse(await ask('gateways/deploy', deploy))),
    command: async (gateway, command) => void (await changed(await ask(pathOf(gateway, command), {}))),
    rename: async (gateway, title) => void (await changed(await ask(pathOf(gateway, 'rename'), { title }))),
    log: async (gateway, after) =>
      gatewayLogAnswer.parse(await ask(`${pathOf(gateway, 'log')}?${query({ after })}`)).lines,
    metrics: async (gateway) => gatewayMetricsAnswer.parse(await ask(pathOf(gateway, 'metrics'))).text,
  };
}

/** Whether something is the matter that does not pass by itself. */
export const needsSomebody = ({ problem, deploy, status }: GatewayRow): boolean =>
  problem !== undefined || deploy?.phase === 'failed' || status?.problem !== undefined;
