import fc from 'fast-check';
import { expect, it } from 'vitest';
import { linkEvent } from '../../../../runtime/messages/index.ts';
import { briefEvent } from '../../../../runtime/rollout/studio-link/brief.ts';

const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 3_000 }),
  fc.string({ unit: 'grapheme', maxLength: 3_000 }),
  fc.constantFrom('\u0000', '\ud800', '"', '\n', '😀').chain((unit) => fc.constant(unit.repeat(10_000))),
);

it('leaves of any event what a studio takes', () => {
  fc.assert(
    fc.property(anything, anything, anything, anything, (text, message, hint, title) => {
      const event = {
        sequence: 1,
        time: 0,
        kind: 'refused',
        text,
        problem: { code: 'X', title, message, hint },
      } as const;
      const said = linkEvent.safeParse(JSON.parse(JSON.stringify({ event: briefEvent(event) })));
      expect(said.data?.event).toMatchObject({ kind: 'refused' });
    }),
  );
});

it('leaves short words as they are', () => {
  const event = { sequence: 1, time: 0, kind: 'note', text: 'Pumpe läuft 😀\n\t"gut"' } as const;
  expect(briefEvent(event)).toEqual(event);
});
