import { useState } from 'preact/hooks';
import type { GatewayRow } from '../../../runtime/messages/index.ts';
import { GATEWAY_WORDS as WORDS } from '../../look/gateway-words.ts';
import { Button } from '../button.tsx';
import { Notice, type Trouble, troubleOf } from '../notice.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import type { GatewayCommand, Gateways } from './gateways.ts';

interface ActionsProps {
  readonly row: GatewayRow;
  readonly gateways: Gateways;
  /** Its log is shown. */
  readonly logged: boolean;
  deploy(): void;
  toggleLog(): void;
}

/** What one can do with a gateway. What cannot be taken back is asked first. */
export function Actions({ row, gateways, logged, deploy, toggleLog }: ActionsProps) {
  const [trouble, setTrouble] = useState<Trouble>();
  const [asking, setAsking] = useState<GatewayCommand>();
  const { identity, connected, status, title } = row;
  const idle = status?.state === 'idle' || status?.state === 'probation';
  const command = (what: GatewayCommand) => {
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
          <Button icon={logged ? 'caret-down' : 'caret-right'} label={WORDS.log} act={toggleLog} />
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
