import { useState } from 'preact/hooks';
import type { ModelRow } from '../../../runtime/messages/index.ts';
import { count } from '../../look/numbers.ts';
import type { Models } from './models.ts';
import { VersionItem } from './version-item.tsx';

/** Versions that are shown without being asked for. */
const FIRST = 4;

interface ModelItemProps {
  readonly row: ModelRow;
  readonly models: Models;
  /** Reference of the version that is open. */
  readonly opened: string | undefined;
  toggle(reference: string): void;
}

/** A model with its versions, newest first. */
export function ModelItem({ row: { name, versions }, models, opened, toggle }: ModelItemProps) {
  const [all, setAll] = useState(false);
  const shown = all ? versions : versions.slice(0, FIRST);
  const hidden = versions.length - shown.length;
  return (
    <li class="millrace-model">
      <h4>{name}</h4>
      <ul class="millrace-items" aria-label={name}>
        {shown.map((version, index) => {
          const reference = `${name}@${version.version}`;
          return (
            <VersionItem
              key={reference}
              {...{ name, version, models }}
              newest={index === 0 && versions.length > 1}
              opened={opened === reference}
              toggle={() => toggle(reference)}
            />
          );
        })}
      </ul>
      {hidden > 0 && (
        <button type="button" class="millrace-more" onClick={() => setAll(true)}>
          {count(hidden)} older
        </button>
      )}
    </li>
  );
}
