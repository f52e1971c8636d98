import type { BlockPreview, PreviewLine } from '../../../runtime/messages/index.ts';
import { WORDS } from '../../look/words.ts';
import { Cost } from '../preview/cost.tsx';
import { Features } from '../preview/features.tsx';
import { Spectrum } from '../preview/spectrum.tsx';
import { Strips } from '../preview/strips.tsx';
import type { BlockProblem } from './check.ts';
import type { Field } from './fields.ts';
import { Parameter } from './parameter.tsx';
import { type BlockValue, summarise } from './summary.ts';
import type { BlockWords } from './words.ts';

/** What can be done with a block of one's own. */
export interface BlockEdits {
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly isOpen: boolean;
  toggle(): void;
  move(by: number, control: string): void;
  remove(): void;
  set(parameter: string, value: unknown): void;
}

interface BlockProps {
  readonly block: BlockValue;
  readonly index: number;
  readonly fields: readonly Field[];
  readonly words: BlockWords;
  readonly everyChannel: string;
  /** Of the window, as far as they are known. */
  readonly channels: readonly string[];
  readonly problems: readonly BlockProblem[];
  /** What it made of the window, where that is known. */
  readonly made: BlockPreview | undefined;
  /** The channels as it found them. */
  readonly before: readonly PreviewLine[];
  more(hidden: number): string;
  /** Not there in a recipe that is a model's. */
  readonly edits: BlockEdits | undefined;
}

/** One block: what it does on one line, its parameters on request, what it made of the window, and what that cost. */
export function Block(props: BlockProps) {
  const { block, index, fields, words, problems, edits, made } = props;
  const name = words.name(block.type);
  const title = (
    <>
      <strong>{name}</strong>
      <span>{summarise(block, fields, words)}</span>
    </>
  );
  const onKey = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    edits?.move(event.key === 'ArrowUp' ? -1 : 1, 'title');
  };
  return (
    <li class={problems.length > 0 ? 'millrace-block millrace-block-wrong' : 'millrace-block'} data-block={block.type}>
      <header>
        {edits ? (
          <button
            type="button"
            class="millrace-block-title"
            data-control="title"
            aria-expanded={edits.isOpen}
            onClick={edits.toggle}
            onKeyDown={onKey}
          >
            <i class={`fa fa-caret-${edits.isOpen ? 'down' : 'right'}`} aria-hidden="true" />
            {title}
          </button>
        ) : (
          <span class="millrace-block-title">{title}</span>
        )}
        {made && <Cost micros={made.micros} bytes={made.bytes} />}
        {edits && <Actions name={`${name}, ${WORDS.row(index)}`} edits={edits} />}
      </header>
      {problems.map(({ parameter, text }) => (
        <p key={parameter} class="millrace-block-problem" role="alert">
          {parameter === undefined ? text : `${words.parameter(block.type, parameter)}: ${text}`}
        </p>
      ))}
      {edits?.isOpen && <Parameters {...props} edits={edits} />}
      {made && <Made {...props} made={made} />}
    </li>
  );
}

function Actions({ name, edits }: { readonly name: string; readonly edits: BlockEdits }) {
  const buttons = [
    { control: 'up', icon: 'chevron-up', off: edits.isFirst, act: () => edits.move(-1, 'up') },
    { control: 'down', icon: 'chevron-down', off: edits.isLast, act: () => edits.move(1, 'down') },
    { control: 'remove', icon: 'times', off: false, act: edits.remove },
  ] as const;
  return (
    <span class="millrace-rows-actions">
      {buttons.map(({ control, icon, off, act }) => (
        <button
          key={control}
          type="button"
          class="red-ui-button red-ui-button-small"
          data-control={control}
          title={WORDS[control]}
          aria-label={`${WORDS[control]}, ${name}`}
          disabled={off}
          onClick={act}
        >
          <i class={`fa fa-${icon}`} aria-hidden="true" />
        </button>
      ))}
    </span>
  );
}

function Parameters({ block, fields, words, problems, edits, ...rest }: BlockProps & { readonly edits: BlockEdits }) {
  const about = words.about(block.type);
  return (
    <div class="millrace-parameters">
      {about !== undefined && <p>{about}</p>}
      {fields.map((field) => (
        <Parameter
          key={field.key}
          field={field}
          type={block.type}
          value={block[field.key]}
          channels={rest.channels}
          everyChannel={rest.everyChannel}
          words={words}
          wrong={problems.some(({ parameter }) => parameter === field.key)}
          set={(value) => edits.set(field.key, value)}
        />
      ))}
    </div>
  );
}

function Made({ made, before, channels, more }: BlockProps & { readonly made: BlockPreview }) {
  const { changed, features, picture } = made;
  return (
    <div class="millrace-made">
      {changed && <Strips lines={changed} before={before} channels={channels} more={more} />}
      {picture && <Spectrum picture={picture} channels={channels} />}
      {features.length > 0 && <Features features={features} channels={channels} more={more} />}
    </div>
  );
}
