import { useId } from 'preact/hooks';
import type { BoardAbilities } from '../../../runtime/messages/index.ts';
import { wiredTo } from './judge.ts';
import type { ComponentRow } from './table.ts';

interface PinFieldProps {
  readonly role: ComponentRow['pins'][number];
  readonly label: string;
  readonly value: string;
  readonly board: BoardAbilities | undefined;
  onChange(pin: string): void;
}

/** Pins of an Uno, for a board that is not running yet. */
const STANDARD = {
  analog: ['A0', 'A1', 'A2', 'A3', 'A4', 'A5'],
  pwm: ['D3', 'D5', 'D6', 'D9', 'D10', 'D11'],
  digital: ['D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8', 'D9', 'D10', 'D11', 'D12', 'D13'],
} as const;

/** One wire of a component: a pin of the board that can do it, with who has it already and what is wired there. */
export function PinField({ role: { use, optional }, label, value, board, onChange }: PinFieldProps) {
  const id = useId();
  const known = board?.connected
    ? board.pins.filter(({ uses }) => uses.includes(use))
    : STANDARD[use === 'analog' || use === 'pwm' ? use : 'digital'].map((name) => ({ name, holders: [] }));
  const names = known.map(({ name }) => name);
  const words = (name: string, holders: readonly string[]) => {
    const what = wiredTo(board).find(({ pin }) => pin === name)?.what;
    return [name, what, holders.length > 0 ? `used by ${holders.join(', ')}` : ''].filter(Boolean).join(' · ');
  };
  return (
    <>
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {(optional ?? value === '') && <option value="">–</option>}
        {value !== '' && !names.includes(value) && <option value={value}>{value}</option>}
        {known.map(({ name, holders }) => (
          <option key={name} value={name}>
            {words(name, holders)}
          </option>
        ))}
      </select>
    </>
  );
}
