import { useState } from 'preact/hooks';
import { GATEWAY_WORDS as WORDS } from '../../look/gateway-words.ts';
import { red } from '../../red.ts';
import { IconButton } from '../button.tsx';

/** A line to type elsewhere, with a button that copies it. */
export function CommandLine({ text, label }: { readonly text: string; readonly label: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <div class="millrace-command">
      <code aria-label={label}>{text}</code>
      <IconButton
        icon={copied ? 'check' : 'clone'}
        label={copied ? WORDS.copied : WORDS.copy}
        act={() => setCopied(red().clipboard.copyText(text))}
      />
    </div>
  );
}
