import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { trainingChoices as schema } from '../../../runtime/messages/index.ts';
import type { MakeWidget } from '../../dialog/dialog.ts';
import { useObserved } from '../use-observed.ts';
import { ChoicesFields, type Chosen } from './choices-fields.tsx';
import { pageTrainings } from './page-trainings.ts';

/** Everything that may be decided about a training; what is left alone has its default. */
export const trainingChoices: MakeWidget = (element, value) => {
  let chosen: Chosen = schema.safeParse(value).data ?? {};
  const change = (next: Chosen) => {
    chosen = next;
    element.dispatchEvent(new Event('change', { bubbles: true }));
  };
  render(<Choices initial={chosen} change={change} />, element);
  return { value: () => schema.safeParse(chosen).data ?? chosen, close: () => render(null, element) };
};

function Choices({ initial, change }: { readonly initial: Chosen; change(chosen: Chosen): void }) {
  const { trainers } = useObserved(pageTrainings.state);
  const [chosen, setChosen] = useState(initial);
  useEffect(() => void pageTrainings.refresh(), []);
  return (
    <div class="millrace-sidebar millrace-embedded millrace-editor">
      <ChoicesFields
        {...{ trainers, chosen }}
        change={(next) => {
          setChosen(next);
          change(next);
        }}
      />
    </div>
  );
}
