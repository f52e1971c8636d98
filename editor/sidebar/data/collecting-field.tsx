import { render } from 'preact';
import type { MakeWidget } from '../../dialog/dialog.ts';
import { pageStore } from '../../live/page-store.ts';
import { DATA_WORDS as WORDS } from '../../look/data-words.ts';
import { Collecting } from './collecting.tsx';
import { pageHolding } from './page-data.ts';

/**
 * The labels' own widget, and under it the buttons of the node as it is deployed. The dialog's `.form-tips` say what the data
 * set holds.
 */
export const collecting =
  (labels: MakeWidget): MakeWidget =>
  (element, value, form) => {
    const [table, buttons] = [document.createElement('div'), document.createElement('div')];
    buttons.className = 'millrace-sidebar millrace-embedded millrace-collecting';
    element.append(table, buttons);
    const widget = labels(table, value, form);
    const node = String(form.node['id']);
    render(<Collecting store={pageStore} holding={pageHolding} root={buttons} node={node} />, buttons);
    const tips = form.element('.form-tips');
    const say = () => {
      const words = wordsOf(node);
      if (tips.textContent !== words) tips.textContent = words;
    };
    say();
    const end = pageStore.onChange(say);
    return {
      value: () => widget.value(),
      close() {
        end();
        pageHolding.release();
        render(null, buttons);
        widget.close?.();
      },
    };
  };

function wordsOf(node: string): string {
  const view = pageStore.get('collect', node)?.latest;
  if (!view) return WORDS.dialogDeploy;
  const examples = view.labels.reduce((sum, label) => sum + label.examples, view.unlabelled);
  const labels = view.labels.map((one) => `${one.label} ${one.examples}`).join(', ');
  const state = WORDS.dialogState(examples, view.dataSet);
  return examples > 0 && labels !== '' ? `${state.replace(/\.$/, '')}: ${labels}.` : state;
}
