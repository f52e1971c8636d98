/** The numbers of a reading, as the sidebar shows them; undefined if the payload is no reading. */
export function channelsOf(payload: unknown) {
  if (typeof payload === 'number') return [channel('value', payload)];
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return undefined;
  const entries = Object.entries(payload);
  if (entries.length === 0 || !entries.every((entry): entry is [string, number] => typeof entry[1] === 'number')) {
    return undefined;
  }
  return entries.map(([name, value]) => channel(name, value));
}

const channel = (name: string, last: number) => ({ name, last, min: last, max: last });
