import { useEffect, useRef, useState } from 'preact/hooks';
import type { GatewayRow } from '../../../runtime/messages/index.ts';
import { download } from '../../gateway.ts';
import { GATEWAY_WORDS as WORDS } from '../../look/gateway-words.ts';
import { red } from '../../red.ts';
import { Button } from '../button.tsx';
import { Notice, type Trouble, troubleOf } from '../notice.tsx';
import { Checks } from './checks.tsx';
import type { Gateways } from './gateways.ts';
import type { Making } from './making.ts';
import { PreviewList } from './preview-list.tsx';
import { tabsOf } from './tabs-of.ts';
import { usePreview } from './use-preview.ts';

interface BundleBoxProps {
  readonly made: Making;
  readonly rows: readonly GatewayRow[];
  readonly gateways: Gateways;
  close(): void;
}

/** Under which the browser remembers how the bundle was called. */
const NAME = 'millrace-bundle-name';

/** Makes a bundle of what is deployed in the editor: shows what will be in it, then saves it or sends it to a gateway. */
export function BundleBox({ made: { purpose, gateway: first }, rows, gateways, close }: BundleBoxProps) {
  const [tabs] = useState(tabsOf);
  const [name, setName] = useState(() => red().settings.getLocal(NAME) ?? tabs[0]?.label.slice(0, 64) ?? 'flow');
  const [left, setLeft] = useState<ReadonlySet<string>>(
    () => new Set(tabs.filter((tab) => tab.disabled).map(({ id }) => id)),
  );
  const [tests, setTests] = useState(true);
  const [allow, setAllow] = useState<readonly string[]>([]);
  const [local, setLocal] = useState<readonly string[]>([]);
  const [gateway, setGateway] = useState(first ?? rows[0]?.identity.gateway ?? '');
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const taken = tabs.filter(({ id }) => !left.has(id)).map(({ id }) => id);
  const chosen = { allow: [...allow], localAliases: [...local] };
  const bundle = { name: name.trim() || 'flow', tests, ...chosen, ...(left.size > 0 && { tabs: taken }) };
  const there =
    purpose === 'deploy' && rows.some(({ identity, connected }) => identity.gateway === gateway && connected);
  const { preview, refused } = usePreview(gateways, bundle, there ? gateway : undefined);
  const act = (work: () => Promise<unknown>) => {
    setBusy(true);
    red().settings.setLocal(NAME, bundle.name);
    work().then(close, (error: unknown) => {
      setTrouble(troubleOf(error));
      setBusy(false);
    });
  };
  const blocked = busy || !preview || preview.problems.length > 0 || taken.length === 0;
  const toggle = (id: string) => {
    const next = new Set(left);
    if (!next.delete(id)) next.add(id);
    setLeft(next);
    // Its models may have been of this tab only.
    setLocal([]);
  };
  // It was asked for at a card that may lie far below.
  const place = useRef<HTMLElement>(null);
  useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), []);
  return (
    <section
      ref={place}
      class="millrace-card millrace-bundle millrace-editor"
      aria-label={purpose === 'export' ? WORDS.export : WORDS.deploy}
    >
      <header>
        <h3>{purpose === 'export' ? WORDS.export : WORDS.deploy}</h3>
      </header>
      {red().nodes.dirty() && <p class="millrace-warn">{WORDS.undeployed}</p>}
      <div class="millrace-name">
        <label>
          {WORDS.name}
          <input
            type="text"
            maxLength={64}
            value={name}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        </label>
      </div>
      {purpose === 'deploy' && (
        <label class="millrace-choice">
          {WORDS.gateway}
          <select value={gateway} onChange={({ currentTarget }) => setGateway(currentTarget.value)}>
            {rows.map(({ identity, title, connected }) => (
              <option key={identity.gateway} value={identity.gateway}>
                {connected ? title : WORDS.awayOption(title)}
              </option>
            ))}
          </select>
        </label>
      )}
      {tabs.length > 1 && (
        <div role="group" aria-label={WORDS.tabs}>
          <h4>{WORDS.tabs}</h4>
          {tabs.map(({ id, label }) => (
            <label key={id} class="millrace-check">
              <input type="checkbox" checked={!left.has(id)} onChange={() => toggle(id)} /> {label}
            </label>
          ))}
        </div>
      )}
      <label class="millrace-check">
        <input type="checkbox" checked={tests} onChange={() => setTests(!tests)} /> {WORDS.withTests}
      </label>
      <Checks names={preview?.risky} chosen={allow} say={WORDS.allow} choose={setAllow} />
      <Checks names={preview?.aliases} chosen={local} say={WORDS.localAlias} choose={setLocal} />
      <Notice trouble={refused} />
      {!preview && !refused && <p class="millrace-quiet">{WORDS.looking}</p>}
      {preview && <PreviewList preview={preview} />}
      <Notice trouble={trouble} />
      <div class="millrace-actions">
        {purpose === 'export' ? (
          <Button
            icon="download"
            label={WORDS.save}
            main
            disabled={blocked}
            act={() => act(() => download('gateways/bundle', bundle))}
          />
        ) : (
          <Button
            icon="cloud-download"
            label={WORDS.deployNow}
            main
            disabled={blocked || gateway === ''}
            act={() => act(() => gateways.deploy({ ...bundle, gateway }))}
          />
        )}
        <Button icon="times" label={WORDS.cancel} act={close} />
      </div>
    </section>
  );
}
