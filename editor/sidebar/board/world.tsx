import { useEffect, useMemo } from 'preact/hooks';
import type { BoardView, WorldControl } from '../../../runtime/messages/index.ts';
import { askGateway } from '../../gateway.ts';
import { BOARD_WORDS } from '../../look/board-words.ts';
import { isWell, plain, worldPart } from '../../look/words.ts';
import { Notice } from '../notice.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import { useObserved } from '../use-observed.ts';
import { createWorldEdits } from './world-edits.ts';

/** The virtual world around the board: to be set by whoever may change the flows, else as it stands. */
export function World({ view }: { readonly view: BoardView }) {
  const { scene, controls = [], connected } = view;
  if (controls.length === 0 || !mayWrite()) return <Standing view={view} />;
  return (
    <section class="millrace-controls" aria-label={BOARD_WORDS.world(scene ?? '')}>
      <h4>{BOARD_WORDS.world(scene ?? '')}</h4>
      <Controls key={view.node} node={view.node} controls={controls} disabled={!connected} />
    </section>
  );
}

interface ControlsProps {
  readonly node: string;
  readonly controls: readonly WorldControl[];
  readonly disabled: boolean;
}

function Controls({ node, controls, disabled }: ControlsProps) {
  const edits = useMemo(
    () =>
      createWorldEdits({
        send: (world) => askGateway(`boards/${encodeURIComponent(node)}/world`, { world }),
        after(ms, call) {
          const timer = setTimeout(call, ms);
          return () => clearTimeout(timer);
        },
      }),
    [node],
  );
  useEffect(() => () => edits.close(), [edits]);
  useEffect(() => edits.seen(controls), [edits, controls]);
  const pending = useObserved(edits.pending);
  const trouble = useObserved(edits.trouble);
  const draw = (control: WorldControl) => {
    const waits = control.name in pending;
    const shared = { id: `millrace-world-${node}-${control.name}`, disabled, waits };
    const set = (value: string | number) => edits.set(control.name, value);
    return control.kind === 'slider' ? (
      <Slider key={control.name} {...shared} set={set} control={shown(control, pending[control.name])} />
    ) : (
      <Choice key={control.name} {...shared} set={set} control={shown(control, pending[control.name])} />
    );
  };
  const faults = controls.filter(isFault);
  return (
    <>
      {controls.filter((control) => !isFault(control)).map(draw)}
      {faults.length > 0 && (
        <details open={faults.some(({ value, options }) => value !== options[0])}>
          <summary>{BOARD_WORDS.faults}</summary>
          {faults.map(draw)}
        </details>
      )}
      <Notice trouble={trouble} />
    </>
  );
}

type ChoiceControl = Extract<WorldControl, { kind: 'choice' }>;

/** A sensor that can be broken: few want to, and a scene has many. */
const isFault = (control: WorldControl): control is ChoiceControl =>
  control.kind === 'choice' && control.options.includes('stuck');

/** A control as it will stand. */
const shown = <C extends WorldControl>(control: C, pending: string | number | undefined): C =>
  pending === undefined ? control : { ...control, value: pending };

interface ControlProps<C> {
  readonly id: string;
  readonly control: C;
  readonly disabled: boolean;
  readonly waits: boolean;
  set(value: string | number): void;
}

function Slider({ id, control, disabled, waits, set }: ControlProps<Extract<WorldControl, { kind: 'slider' }>>) {
  const { label, value, unit, min, max, step } = control;
  const words = `${tidy(value, step)}${unit && ` ${unit}`}`;
  return (
    <div class="millrace-slider">
      <label for={id}>{label}</label>
      <output for={id} aria-live="off" class={waits ? 'millrace-waits' : undefined}>
        {words}
        {waits && <span class="millrace-spoken"> {BOARD_WORDS.setting}</span>}
      </output>
      <input
        type="range"
        {...{ id, min, max, step, value, disabled }}
        aria-valuetext={words}
        onInput={({ currentTarget }) => set(currentTarget.valueAsNumber)}
      />
    </div>
  );
}

/** As many digits as the slider's steps have: arithmetic adds more. */
const tidy = (value: number, step: number) =>
  value.toFixed(Math.min(4, (String(step).split('.')[1] ?? '').length)).replace('-', '−');

function Choice({ id, control, disabled, waits, set }: ControlProps<ChoiceControl>) {
  const { label, value, options } = control;
  const unwell = value !== options[0];
  return (
    <div class={unwell ? 'millrace-choice millrace-choice-unwell' : 'millrace-choice'}>
      <label for={id}>{label}</label>
      {waits && <span class="millrace-spoken">{BOARD_WORDS.setting}</span>}
      <select
        {...{ id, value, disabled }}
        class={waits ? 'millrace-waits' : undefined}
        onChange={({ currentTarget }) => set(currentTarget.value)}
      >
        {options.map((option) => (
          <option key={option} value={option}>
            {plain(option)}
          </option>
        ))}
      </select>
    </div>
  );
}

function Standing({ view: { world, scene } }: { readonly view: BoardView }) {
  const parts = Object.entries(world);
  if (parts.length === 0) return null;
  return (
    <>
      {scene !== undefined && <h4>{BOARD_WORDS.world(scene)}</h4>}
      <dl class="millrace-world">
        {parts.map(([part, state]) => (
          <div key={part} class={typeof state === 'number' || isWell(state) ? undefined : 'millrace-unwell'}>
            <dt>{worldPart(part)}</dt>
            <dd>{plain(String(state))}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
