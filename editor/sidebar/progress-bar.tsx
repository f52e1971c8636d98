export interface ProgressBarProps {
  /** 0 to 1. */
  readonly share: number;
  /** What goes on, for who does not see the bar. */
  readonly label: string;
}

/** How far something is. */
export function ProgressBar({ share, label }: ProgressBarProps) {
  return (
    <div
      class="millrace-bar"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
    >
      <span style={{ width: `${share * 100}%` }} />
    </div>
  );
}
