import { settingWords, SWITCH_WORDS, TRAINING_WORDS as WORDS } from '../../look/training-words.ts';
import { ChoiceField } from './choice-field.tsx';
import { NumberField } from './number-field.tsx';
import { fieldsOf, type SchemaField, textOf, valueOf } from './schema-fields.ts';

interface TrainerSettingsProps {
  /** JSON Schema. */
  readonly schema: unknown;
  readonly settings: Readonly<Record<string, unknown>>;
  change(settings: Record<string, unknown>): void;
}

/** The settings of one trainer; what is left alone has the trainer's default. */
export function TrainerSettings({ schema, settings, change }: TrainerSettingsProps) {
  const set = (name: string, value: unknown) => {
    const { [name]: _before, ...rest } = settings;
    change(value === undefined ? rest : { ...rest, [name]: value });
  };
  return (
    <div class="millrace-pair millrace-trainer-settings">
      {fieldsOf(schema).map((field) => (
        <Setting
          key={field.name}
          field={field}
          value={settings[field.name]}
          change={(value) => set(field.name, value)}
        />
      ))}
    </div>
  );
}

interface SettingProps {
  readonly field: SchemaField;
  readonly value: unknown;
  change(value: unknown): void;
}

function Setting({ field, value, change }: SettingProps) {
  const label = settingWords(field.name);
  if (field.kind === 'number' && typeof field.standard === 'number') {
    const { standard, description: title, whole, min, max } = field;
    return (
      <NumberField
        {...{ label, standard, title, whole, change }}
        {...(min !== undefined && { min })}
        {...(max !== undefined && { max })}
        value={typeof value === 'number' ? value : undefined}
      />
    );
  }
  const standard: readonly [string, string] = ['', WORDS.standard(textOf(field.standard))];
  if (field.kind === 'choice' || field.kind === 'flag') {
    const options =
      field.kind === 'flag'
        ? ([
            ['true', SWITCH_WORDS['on'] ?? ''],
            ['false', SWITCH_WORDS['off'] ?? ''],
          ] as const)
        : field.options.map((option) => [option, option] as const);
    return (
      <ChoiceField
        label={label}
        value={textOf(value)}
        options={[standard, ...options]}
        hint={field.description}
        change={(text) => change(valueOf(field, text))}
      />
    );
  }
  return (
    <label class="millrace-field" title={field.description}>
      <span>{label}</span>
      <input
        type="text"
        value={textOf(value)}
        placeholder={textOf(field.standard)}
        onInput={({ currentTarget }) => change(valueOf(field, currentTarget.value))}
      />
    </label>
  );
}
