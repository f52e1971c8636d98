import { useState } from 'preact/hooks';
import type { GatewayRow } from '../../../runtime/messages/index.ts';
import { GATEWAY_WORDS as WORDS } from '../../look/gateway-words.ts';
import { IconButton } from '../button.tsx';
import { troubleOf } from '../notice.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import type { Gateways } from './gateways.ts';

/** How somebody calls a gateway here; the pencil changes it. */
export function Title({ row, gateways }: { readonly row: GatewayRow; readonly gateways: Gateways }) {
  const [draft, setDraft] = useState<string>();
  const [refused, setRefused] = useState('');
  if (draft === undefined) {
    return (
      <>
        <h3 title={row.identity.gateway}>{row.title}</h3>
        {mayWrite() && <IconButton icon="pencil" label={WORDS.rename} act={() => setDraft(row.title)} />}
      </>
    );
  }
  const save = () => {
    const title = draft.trim();
    if (title === '' || title === row.title) return setDraft(undefined);
    gateways.rename(row.identity.gateway, title).then(
      () => setDraft(undefined),
      (error: unknown) => setRefused(troubleOf(error).text),
    );
  };
  return (
    <form
      class="millrace-rename"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <input
        type="text"
        aria-label={WORDS.rename}
        maxLength={64}
        value={draft}
        ref={(element) => element?.focus()}
        onInput={({ currentTarget }) => setDraft(currentTarget.value)}
        onKeyDown={({ key }) => key === 'Escape' && setDraft(undefined)}
      />
      <IconButton icon="check" label={WORDS.save} act={save} />
      {refused !== '' && <small role="alert">{refused}</small>}
    </form>
  );
}
