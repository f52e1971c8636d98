import { expect, it } from 'vitest';
import { wholeStatus } from '../../../../runtime/rollout/supervisor/whole-status.ts';

const problem = (code: string) => ({ code, title: code, message: code, hint: code });
const [identity, ofDeploy, ofProcess] = [problem('ID'), problem('WENT_BACK'), problem('PORT_TAKEN')];
const deploy = { state: 'idle' as const };

it.each([
  ['what keeps every deploy away, whatever else', 'running', identity, { ofDeploy, ofProcess }, identity],
  ['the last deploy, of a flow that runs', 'running', undefined, { ofDeploy, ofProcess }, ofDeploy],
  ['why it was started anew, where no deploy failed', 'running', undefined, { ofProcess }, ofProcess],
  ['what keeps the flow from running now', 'waiting', undefined, { ofDeploy, ofProcess }, ofProcess],
  ['the last deploy, of one that nothing keeps from running', 'starting', undefined, { ofDeploy }, ofDeploy],
  ['nothing', 'running', undefined, {}, undefined],
] as const)('says first %s', (_, process, own, said, expected) => {
  const status = wholeStatus(
    { ...deploy, ...('ofDeploy' in said && { problem: said.ofDeploy }) },
    { process, restarts: 2, ...('ofProcess' in said && { problem: said.ofProcess }) },
    own,
  );
  expect(status).toEqual({ state: 'idle', process, restarts: 2, ...(expected && { problem: expected }) });
});
