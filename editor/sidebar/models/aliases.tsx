import { useState } from 'preact/hooks';
import { MODEL_WORDS as WORDS } from '../../look/model-words.ts';
import { Button, IconButton } from '../button.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import { ALIASES } from './alias-field.tsx';
import type { Models } from './models.ts';

interface AliasesProps {
  readonly name: string;
  readonly version: string;
  readonly aliases: readonly string[];
  readonly models: Models;
}

const OWN = ' own';

/** What this version is used as: names that move from version to version, and take flows along. */
export function Aliases({ name, version, aliases, models }: AliasesProps) {
  const [own, setOwn] = useState<string>();
  const set = (alias: string) => {
    setOwn(undefined);
    void models.alias(name, alias, version);
  };
  const offered = ALIASES.filter((alias) => !aliases.includes(alias));
  return (
    <div class="millrace-chips">
      {aliases.map((alias) => (
        <span key={alias} class={`millrace-alias millrace-alias-${alias}`}>
          {alias}
          {mayWrite() && (
            <IconButton
              icon="times"
              label={WORDS.dropAlias(alias)}
              act={() => void models.alias(name, alias, undefined)}
            />
          )}
        </span>
      ))}
      {mayWrite() && own === undefined && (
        <select
          aria-label={WORDS.aliasMenu(version)}
          value=""
          onChange={({ currentTarget }) => {
            const { value } = currentTarget;
            currentTarget.value = '';
            if (value === OWN) setOwn('');
            else if (value !== '') set(value);
          }}
        >
          <option value="">{WORDS.setAlias}</option>
          {offered.map((alias) => (
            <option key={alias} value={alias}>
              {alias}
            </option>
          ))}
          <option value={OWN}>{WORDS.ownAlias}</option>
        </select>
      )}
      {own !== undefined && (
        <form
          class="millrace-inline"
          onSubmit={(event) => {
            event.preventDefault();
            if (own.trim() !== '') set(own.trim());
          }}
        >
          <input
            type="text"
            autofocus
            aria-label={WORDS.aliasName}
            placeholder={WORDS.aliasName}
            value={own}
            onInput={({ currentTarget }) => setOwn(currentTarget.value)}
          />
          <Button icon="check" label={WORDS.save} act={() => own.trim() !== '' && set(own.trim())} />
          <Button icon="undo" label={WORDS.cancel} act={() => setOwn(undefined)} />
        </form>
      )}
    </div>
  );
}
