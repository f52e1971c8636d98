interface ButtonProps {
  /** Of Font Awesome 4, which Node-RED brings. */
  readonly icon: string;
  readonly label: string;
  /** The one that is meant to be pressed next. */
  readonly main?: boolean;
  readonly disabled?: boolean;
  act(): void;
}

export const Button = ({ icon, label, main = false, disabled = false, act }: ButtonProps) => (
  <button
    type="button"
    class={main ? 'millrace-button millrace-button-main' : 'millrace-button'}
    disabled={disabled}
    onClick={act}
  >
    <i class={`fa fa-${icon}`} aria-hidden="true" /> {label}
  </button>
);

interface IconButtonProps {
  readonly icon: string;
  /** Read aloud, and shown under the pointer. */
  readonly label: string;
  readonly disabled?: boolean;
  act(): void;
}

export const IconButton = ({ icon, label, disabled = false, act }: IconButtonProps) => (
  <button type="button" class="millrace-icon-button" title={label} aria-label={label} disabled={disabled} onClick={act}>
    <i class={`fa fa-${icon}`} aria-hidden="true" />
  </button>
);
