import { render } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import type { MakeWidget } from '../../dialog/dialog.ts';
import { dataSetWords } from '../../look/data-words.ts';
import { TRAINING_WORDS as WORDS } from '../../look/training-words.ts';
import { pageData } from '../data/page-data.ts';
import { useObserved } from '../use-observed.ts';

/** The name of a data set: one of those that there are, or one that will be. */
export const dataSetChoice: MakeWidget = (element, value) => {
  let name = typeof value === 'string' ? value : '';
  const change = (next: string) => {
    name = next;
    element.dispatchEvent(new Event('change', { bubbles: true }));
  };
  render(<DataSetChoice initial={name} change={change} />, element);
  return { value: () => name.trim(), close: () => render(null, element) };
};

function DataSetChoice({ initial, change }: { readonly initial: string; change(name: string): void }) {
  const { dataSets } = useObserved(pageData.state);
  const [name, setName] = useState(initial);
  const list = useId();
  useEffect(() => void pageData.refresh(), []);
  const row = dataSets.find((one) => one.name === name.trim());
  return (
    <div>
      <input
        type="text"
        list={list}
        aria-label={WORDS.from}
        placeholder={WORDS.dataPlaceholder}
        autocomplete="off"
        value={name}
        onInput={({ currentTarget }) => {
          setName(currentTarget.value);
          change(currentTarget.value);
        }}
      />
      <datalist id={list}>
        {dataSets.map((one) => (
          <option key={one.name} value={one.name} />
        ))}
      </datalist>
      {row && <small class="millrace-quiet">{dataSetWords(row, Date.now())}</small>}
    </div>
  );
}
