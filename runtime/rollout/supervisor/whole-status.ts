import type { GatewayProblem, GatewayStatus } from '../../messages/index.ts';
import type { RolloutStatus } from '../deploy/types.ts';
import type { ProcessStatus } from './supervisor.ts';

/**
 * What keeps every deploy away is said first. Then what keeps the flow from running now; of one that runs, what became of the
 * last deploy is newer than why it was started anew.
 */
export function wholeStatus(
  deploy: RolloutStatus,
  process: ProcessStatus,
  ofIdentity: GatewayProblem | undefined,
): GatewayStatus {
  const why = process.process === 'running' ? (deploy.problem ?? process.problem) : (process.problem ?? deploy.problem);
  const problem = ofIdentity ?? why;
  return { ...process, ...deploy, ...(problem && { problem }) };
}
