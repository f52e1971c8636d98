import type { GatewayRow } from '../../../runtime/messages/index.ts';
import { deployWords, GATEWAY_WORDS as WORDS } from '../../look/gateway-words.ts';
import { Why } from './why.tsx';
import { ProgressBar } from '../progress-bar.tsx';

/** How far the deploy is that this studio has under way, or how the last one ended. */
export function DeployProgress({ row, now }: { readonly row: GatewayRow; readonly now: number }) {
  const { deploy, status } = row;
  if (!deploy) return null;
  const { phase, bytes, problem } = deploy;
  const share =
    phase === 'sending' && bytes
      ? bytes.sent / Math.max(1, bytes.all)
      : phase === 'gateway'
        ? status?.progress?.share
        : undefined;
  return (
    <div class={`millrace-deploy millrace-deploy-${phase}`} role="status" aria-label={WORDS.deployState}>
      <p>{deployWords(row, now)}</p>
      {share !== undefined && <ProgressBar share={share} label={WORDS.deployState} />}
      {problem && <Why problem={problem} />}
    </div>
  );
}
