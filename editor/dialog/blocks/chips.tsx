interface ChipsProps {
  readonly options: readonly string[];
  readonly chosen: readonly string[];
  word(option: string): string;
  set(chosen: string[]): void;
}

/** Several of a few: each is on or off. */
export function Chips({ options, chosen, word, set }: ChipsProps) {
  return (
    <span class="millrace-chips">
      {options.map((option) => {
        const on = chosen.includes(option);
        return (
          <button
            type="button"
            key={option}
            class={on ? 'millrace-chip millrace-chip-on' : 'millrace-chip'}
            aria-pressed={on}
            onClick={() => set(on ? chosen.filter((held) => held !== option) : [...chosen, option])}
          >
            {word(option)}
          </button>
        );
      })}
    </span>
  );
}

interface ChannelsProps {
  readonly chosen: readonly string[];
  /** Of the window, as far as they are known. */
  readonly known: readonly string[];
  readonly label: string;
  /** What an empty list means, in words. */
  readonly everyChannel: string;
  set(chosen: string[]): void;
}

/** The channels that a block is for: those of the window to choose from, and a field for names that it does not have. */
export function Channels({ chosen, known, label, everyChannel, set }: ChannelsProps) {
  const options = [...new Set([...known, ...chosen])];
  return (
    <span class="millrace-channels">
      <Chips options={options} chosen={chosen} word={(name) => name} set={set} />
      <input
        type="text"
        aria-label={label}
        placeholder={everyChannel}
        value={chosen.join(', ')}
        onChange={({ currentTarget }) =>
          set(
            currentTarget.value
              .split(',')
              .map((name) => name.trim())
              .filter(Boolean),
          )
        }
      />
    </span>
  );
}
