import type { BoardView } from '../../runtime/messages/index.ts';
import type { Entry, ShownOf } from '../live/store.ts';
import { number } from '../look/numbers.ts';
import { isWell, plain, worldPart } from '../look/words.ts';
import { Card } from './card.tsx';

type Pin = BoardView['pins'][number];

/** The board: its lamps and outputs, its inputs, and in what state its virtual world is. */
export function Board({ entry }: { readonly entry: Entry<ShownOf<'board'>> }) {
  const { board, connected, pins, world } = entry.latest;
  const outputs = pins.filter(isOutput);
  const inputs = pins.filter((pin) => !isOutput(pin));
  return (
    <Card
      title="Board"
      view={entry.latest}
      aside={connected ? (board === entry.latest.name ? '' : board) : 'not connected'}
    >
      {outputs.map((pin) => (
        <div key={pin.pin} class="millrace-lamp-row">
          <span class={`millrace-lamp millrace-lamp-${pin.value > 0 ? 'on' : 'off'}`} />
          <strong>
            {plain(pin.label)} {stateOf(pin)}
          </strong>
          <span class="millrace-aside">pin {pin.pin}</span>
        </div>
      ))}
      {Object.keys(world).length > 0 && (
        <dl class="millrace-world">
          {Object.entries(world).map(([part, state]) => (
            <div key={part} class={isWell(String(state)) ? undefined : 'millrace-unwell'}>
              <dt>{worldPart(part)}</dt>
              <dd>{plain(String(state))}</dd>
            </div>
          ))}
        </dl>
      )}
      {inputs.length > 0 && (
        <ul class="millrace-pins">
          {inputs.map(({ pin, label, value }) => (
            <li key={pin} title={plain(label)}>
              <b>{pin}</b> <em>{plain(label)}</em> <span>{number(value)}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

const isOutput = ({ mode }: Pin) => /out|pwm|servo/i.test(mode);
const stateOf = ({ value }: Pin) => (value === 0 ? 'off' : value === 1 ? 'on' : number(value));
