import { wireMessage, type WireMessage } from '../../../runtime/messages/index.ts';

/** What documents of JSON lines hold, in the order of their names. */
export const fromLines = (documents: readonly (readonly [name: string, body: Buffer])[]): readonly WireMessage[] =>
  documents
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, body]) => body.toString().split('\n'))
    .filter((line) => line !== '')
    .map((line) => wireMessage.parse(JSON.parse(line)));
