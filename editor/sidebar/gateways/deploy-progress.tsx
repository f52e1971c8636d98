import { useEffect, useState } from 'preact/hooks';
import type { GatewayRow } from '../../../runtime/messages/index.ts';
import { deployWords, GATEWAY_WORDS as WORDS } from '../../look/gateway-words.ts';
import { Button } from '../button.tsx';
import { Notice, type Trouble, troubleOf } from '../notice.tsx';
import { ProgressBar } from '../progress-bar.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import type { Gateways } from './gateways.ts';
import { Why } from './why.tsx';

interface DeployProgressProps {
  readonly row: GatewayRow;
  readonly now: number;
  readonly gateways: Gateways;
}

type Phase = NonNullable<GatewayRow['deploy']>['phase'];

/** Where a deploy can be taken back, or put aside, and how that is called. */
const LET_GO: Partial<Record<Phase, string>> = {
  waiting: WORDS.withdraw,
  offering: WORDS.withdraw,
  sending: WORDS.withdraw,
  failed: WORDS.dismiss,
};

/** How far the deploy is that this studio has under way, or how the last one ended. */
export function DeployProgress({ row, now, gateways }: DeployProgressProps) {
  const [trouble, setTrouble] = useState<Trouble>();
  const { deploy, status, identity } = row;
  // What could not be done then is of no use any more.
  useEffect(() => setTrouble(undefined), [deploy?.phase, deploy?.release.version]);
  if (!deploy) return null;
  const { phase, bytes, problem } = deploy;
  const share =
    phase === 'sending' && bytes
      ? bytes.sent / Math.max(1, bytes.all)
      : phase === 'gateway'
        ? status?.progress?.share
        : undefined;
  const letGo = deploy.handedOver ? undefined : LET_GO[phase];
  const withdraw = () => {
    gateways.command(identity.gateway, 'withdraw').then(
      () => setTrouble(undefined),
      (error: unknown) => setTrouble(troubleOf(error)),
    );
  };
  return (
    <div class={`millrace-deploy millrace-deploy-${phase}`}>
      <div role="status" aria-label={WORDS.deployState}>
        <p>{deployWords(row, now)}</p>
        {share !== undefined && <ProgressBar share={share} label={WORDS.deployState} />}
        {problem && <Why problem={problem} />}
      </div>
      <Notice trouble={trouble} />
      {letGo !== undefined && mayWrite() && (
        <div class="millrace-actions">
          <Button icon="times" label={letGo} act={withdraw} />
        </div>
      )}
    </div>
  );
}
