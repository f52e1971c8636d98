import type { ModelProposal } from '../../../runtime/messages/index.ts';
import { MODEL_WORDS as WORDS, TASK_CHOICES } from '../../look/model-words.ts';
import { Button } from '../button.tsx';
import { Notice } from '../notice.tsx';
import { Choice } from '../tests/field.tsx';
import { useObserved } from '../use-observed.ts';
import { AliasField } from './alias-field.tsx';
import { FileFacts } from './file-facts.tsx';
import type { Importing } from './importing.ts';
import { InputPart } from './input-part.tsx';
import { Labels } from './labels.tsx';
import { OutputPart } from './output-part.tsx';
import { Sample } from './sample.tsx';
import { TextField } from './text-field.tsx';

interface ProposalFormProps {
  readonly importing: Importing;
  readonly proposal: ModelProposal;
  submit(): void;
}

/** What a model file is, in plain words, and what its user may say of it. */
export function ProposalForm({ importing, proposal, submit }: ProposalFormProps) {
  const { choices, busy, trouble, file } = useObserved(importing.state);
  const { task, because, inputs, outputs, labels, labelsFrom, warnings } = proposal;
  const change = importing.change;
  const taskNow = choices.task ?? task;
  return (
    <section class="millrace-card millrace-editor millrace-proposal" aria-label={file}>
      <header>
        <h3>{file}</h3>
        <span class="millrace-aside">{proposal.producer}</span>
      </header>
      {warnings.map((warning) => (
        <p key={warning} class="millrace-warn">
          {warning}
        </p>
      ))}
      <dl class="millrace-facts">
        <dt>{WORDS.takes}</dt>
        <dd>{inputs.map(({ words }) => words).join('; ')}</dd>
        <dt>{WORDS.gives}</dt>
        <dd>{outputs.map(({ words }) => words).join('; ')}</dd>
      </dl>
      <div class="millrace-pair">
        <TextField
          label={WORDS.name}
          value={choices.name ?? proposal.name}
          change={(name) => change({ ...choices, name })}
        />
        <TextField
          label={WORDS.version}
          value={choices.version ?? proposal.version}
          short
          change={(version) => change({ ...choices, version })}
        />
      </div>
      <label class="millrace-field">
        <span>{WORDS.task}</span>
        <Choice
          label={WORDS.task}
          value={taskNow}
          options={TASK_CHOICES}
          change={(value) => change({ ...choices, task: value as ModelProposal['task'] })}
        />
      </label>
      {taskNow === task && <p class="millrace-quiet">{because}</p>}
      {(labels ?? choices.labels) && (
        <Labels
          labels={choices.labels ?? labels ?? []}
          from={choices.labels ? undefined : labelsFrom}
          change={(next) => change({ ...choices, labels: next })}
        />
      )}
      {inputs.map((input) => (
        <InputPart key={input.name} input={input} alone={inputs.length === 1} choices={choices} change={change} />
      ))}
      <h4>{WORDS.sample}</h4>
      <Sample sample={proposal.sample} busy={busy === 'trying'} proposal={proposal} />
      <details>
        <summary>{WORDS.more}</summary>
        <TextField
          label={WORDS.note}
          value={choices.note ?? ''}
          placeholder={WORDS.notePlaceholder}
          change={(note) => change({ ...choices, note })}
        />
        <TextField
          label={WORDS.about}
          value={choices.description ?? proposal.description ?? ''}
          change={(description) => change({ ...choices, description })}
        />
        <OutputPart outputs={outputs} choices={choices} change={change} />
        <FileFacts proposal={proposal} />
      </details>
      <AliasField
        value={choices.alias}
        change={(alias) => {
          const { alias: _before, ...rest } = choices;
          change(alias === undefined ? rest : { ...rest, alias });
        }}
      />
      <Notice trouble={trouble} />
      <footer>
        <div class="millrace-actions">
          <Button
            icon="check"
            label={busy === 'adding' ? WORDS.adding : WORDS.add}
            main
            disabled={busy === 'adding'}
            act={submit}
          />
          <Button icon="undo" label={WORDS.discard} act={() => importing.discard()} />
        </div>
      </footer>
    </section>
  );
}
