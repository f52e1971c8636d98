import type { TrainerRow, TrainingChoices } from '../../../runtime/messages/index.ts';
import { SWITCH_WORDS, TASK_WORDS, TEST_BY_WORDS, TRAINING_WORDS as WORDS } from '../../look/training-words.ts';
import { TextField } from '../models/text-field.tsx';
import { ChoiceField } from './choice-field.tsx';
import { NumberField } from './number-field.tsx';
import { TrainerSettings } from './trainer-settings.tsx';

/** What was decided; the rest has its default. */
export type Chosen = Partial<TrainingChoices>;

interface ChoicesFieldsProps {
  readonly chosen: Chosen;
  readonly trainers: readonly TrainerRow[];
  change(chosen: Chosen): void;
}

const pairs = (words: Readonly<Record<string, string>>) => Object.entries(words);

/** Everything that an expert may decide about a training. */
export function ChoicesFields({ chosen, trainers, change }: ChoicesFieldsProps) {
  const { trainer = 'automatic', task = 'auto', settings = {} } = chosen;
  const card = trainers.find(({ name }) => name === trainer);
  const fitting = trainers.filter(({ tasks }) => task === 'auto' || tasks.includes(task));
  /** What is as by default is not said. */
  const set = <K extends keyof TrainingChoices>(key: K, value: TrainingChoices[K] | undefined) => {
    const { [key]: _before, ...rest } = chosen;
    change(value === undefined ? rest : { ...rest, [key]: value });
  };
  return (
    <div class="millrace-choices">
      <ChoiceField
        label={WORDS.trainer}
        value={trainer}
        options={[['automatic', WORDS.automatic], ...fitting.map(({ name, title }) => [name, title] as const)]}
        {...(card && { hint: card.suits })}
        change={(value) => {
          const { settings: _others, ...rest } = chosen;
          change({ ...rest, trainer: value as TrainingChoices['trainer'] });
        }}
      />
      {card && <TrainerSettings schema={card.settings} settings={settings} change={(next) => set('settings', next)} />}
      <ChoiceField
        label={WORDS.task}
        value={task}
        options={pairs(TASK_WORDS)}
        change={(value) => set('task', value as TrainingChoices['task'])}
      />
      <div class="millrace-pair">
        <ChoiceField
          label={WORDS.testBy}
          value={chosen.testBy ?? 'auto'}
          options={pairs(TEST_BY_WORDS)}
          change={(value) => set('testBy', value as TrainingChoices['testBy'])}
        />
        <NumberField
          label={WORDS.testShare}
          value={chosen.testShare === undefined ? undefined : Math.round(chosen.testShare * 100)}
          standard={25}
          min={5}
          max={50}
          change={(value) => set('testShare', value === undefined ? undefined : value / 100)}
        />
      </div>
      <div class="millrace-pair">
        <ChoiceField
          label={WORDS.balance}
          value={chosen.balance ?? 'auto'}
          options={pairs(SWITCH_WORDS)}
          change={(value) => set('balance', value as TrainingChoices['balance'])}
        />
        <ChoiceField
          label={WORDS.calibrate}
          value={chosen.calibrate ?? 'auto'}
          options={pairs(SWITCH_WORDS)}
          change={(value) => set('calibrate', value as TrainingChoices['calibrate'])}
        />
      </div>
      <div class="millrace-pair">
        <NumberField
          label={WORDS.seconds}
          value={chosen.seconds}
          standard={60}
          min={1}
          max={86_400}
          change={(value) => set('seconds', value)}
        />
        <NumberField
          label={WORDS.folds}
          value={chosen.folds}
          standard={0}
          min={0}
          max={20}
          whole
          change={(value) => set('folds', value)}
        />
        <NumberField
          label={WORDS.seed}
          value={chosen.seed}
          standard={1}
          min={0}
          whole
          change={(value) => set('seed', value)}
        />
      </div>
      <TextField
        label={WORDS.embedding}
        value={chosen.embedding ?? ''}
        placeholder={WORDS.embeddingHint}
        change={(value) => set('embedding', value.trim() === '' ? undefined : value)}
      />
    </div>
  );
}
