import type { BundlePreview, GatewayProblem } from '../../../runtime/messages/index.ts';
import { GATEWAY_WORDS as WORDS } from '../../look/gateway-words.ts';
import { bytes } from '../../look/numbers.ts';

/** What a bundle would hold, what the device must be given, and what stands in its way. */
export function PreviewList({ preview }: { readonly preview: BundlePreview }) {
  const { models, settings, tests, tabs, fit, problems, warnings } = preview;
  return (
    <div class="millrace-preview" role="group" aria-label={WORDS.preview}>
      <Findings title={WORDS.problems} findings={problems} problem />
      <dl class="millrace-facts">
        <div>
          <dt>{WORDS.tabs}</dt>
          <dd>{tabs.map(({ label }) => label).join(', ')}</dd>
        </div>
        <div>
          <dt>{WORDS.models}</dt>
          <dd>
            {models.map(({ name, version, alias }) => WORDS.model(name, version, alias)).join(', ') || WORDS.nothing}
          </dd>
        </div>
        <div>
          <dt>{WORDS.tests}</dt>
          <dd>{tests.length === 0 ? WORDS.nothing : tests.join(', ')}</dd>
        </div>
        <div>
          <dt>{WORDS.size}</dt>
          <dd>{bytes(preview.bytes)}</dd>
        </div>
        {fit && (
          <div>
            <dt>{WORDS.memoryThere}</dt>
            <dd>{WORDS.memoryOf(bytes(fit.memoryBytes), bytes(fit.freeBytes))}</dd>
          </div>
        )}
      </dl>
      {settings.length > 0 && (
        <>
          <h4>{WORDS.settings}</h4>
          <p class="millrace-quiet">{WORDS.settingsHint}</p>
          <ul class="millrace-settings">
            {settings.map(({ name, secret, use }) => (
              <li key={name}>
                <code>{name}</code> {secret && <i class="fa fa-lock" role="img" aria-label={WORDS.secret} />}
                <small>{use}</small>
              </li>
            ))}
          </ul>
        </>
      )}
      <Findings title={WORDS.warnings} findings={warnings} />
    </div>
  );
}

interface FindingsProps {
  readonly title: string;
  readonly findings: readonly GatewayProblem[];
  readonly problem?: boolean;
}

function Findings({ title, findings, problem = false }: FindingsProps) {
  if (findings.length === 0) return null;
  return (
    <div class={problem ? 'millrace-problem' : 'millrace-problem millrace-awaits'}>
      <strong>{title}</strong>
      {findings.map(({ code, message, hint }) => (
        <div key={`${code} ${message}`} class="millrace-finding">
          <p>{message}</p>
          <p class="millrace-hint">{hint}</p>
        </div>
      ))}
    </div>
  );
}
