interface ChecksProps {
  readonly names: readonly string[] | undefined;
  readonly chosen: readonly string[];
  say(name: string): string;
  choose(chosen: readonly string[]): void;
}

/** A box to tick for each. */
export function Checks({ names = [], chosen, say, choose }: ChecksProps) {
  return names.map((name) => (
    <label key={name} class="millrace-check">
      <input
        type="checkbox"
        checked={chosen.includes(name)}
        onChange={() => choose(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name])}
      />{' '}
      {say(name)}
    </label>
  ));
}
