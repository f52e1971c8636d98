import { useState } from 'preact/hooks';
import type { GatewayRow } from '../../../runtime/messages/index.ts';
import { GATEWAY_WORDS as WORDS } from '../../look/gateway-words.ts';
import { Button } from '../button.tsx';
import { Notice, type Trouble, troubleOf } from '../notice.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import type { Gateways } from './gateways.ts';

/** What is unfolded below a gateway. */
export type Shown = 'log' | 'metrics' | undefined;

type Asked = keyof typeof WORDS.really;

interface ActionsProps {
  readonly row: GatewayRow;
  readonly gateways: Gateways;
  readonly shown: Shown;
  deploy(): void;
  show(what: Shown): void;
}

/** What one can do with a gateway. What cannot be taken back is asked first. */
export function Actions({ row, gateways, shown, deploy, show }: ActionsProps) {
  const [trouble, setTrouble] = useState<Trouble>();
  const [asking, setAsking] = useState<Asked>();
  const { identity, connected, status, title } = row;
  const idle = status?.state === 'idle' || status?.state === 'probation';
  const command = (what: Asked) => {
    setAsking(undefined);
    gateways.command(identity.gateway, what).then(
      () => setTrouble(undefined),
      (error: unknown) => setTrouble(troubleOf(error)),
    );
  };
  return (
    <>
      <Notice trouble={trouble} />
      {asking ? (
        <div class="millrace-actions" role="group" aria-label={WORDS.commands[asking]}>
          <span>{WORDS.really[asking](title)}</span>
          <Button icon="check" label={WORDS.commands[asking]} main act={() => command(asking)} />
          <Button icon="undo" label={WORDS.cancel} act={() => setAsking(undefined)} />
        </div>
      ) : (
        <div class="millrace-actions">
          {mayWrite() && <Button icon="cloud-download" label={WORDS.deployHere} act={deploy} />}
          {(['log', 'metrics'] as const).map((what) => (
            <Button
              key={what}
              icon={shown === what ? 'caret-down' : 'caret-right'}
              label={WORDS[what]}
              disabled={what === 'metrics' && !connected}
              act={() => show(shown === what ? undefined : what)}
            />
          ))}
          {mayWrite() && (
            <>
              <Button
                icon="repeat"
                label={WORDS.commands.restart}
                disabled={!connected}
                act={() => setAsking('restart')}
              />
              <Button
                icon="step-backward"
                label={WORDS.commands['roll-back']}
                disabled={!connected || !idle || !status.previous}
                act={() => setAsking('roll-back')}
              />
              <Button icon="trash-o" label={WORDS.commands.forget} act={() => setAsking('forget')} />
            </>
          )}
        </div>
      )}
    </>
  );
}
