import chart from 'uplot/dist/uPlot.min.css?inline';
import board from './board.css?inline';
import component from './component.css?inline';
import data from './data.css?inline';
import dialog from './dialog.css?inline';
import drift from './drift.css?inline';
import gateways from './gateways.css?inline';
import models from './models.css?inline';
import outbox from './outbox.css?inline';
import panels from './panels.css?inline';
import recipe from './recipe.css?inline';
import sidebar from './sidebar.css?inline';
import theme from './theme.css?inline';
import training from './training.css?inline';

/** One file is all that the editor loads: the styles come along in it. */
export function addStyles(): void {
  const element = document.createElement('style');
  element.id = 'millrace-styles';
  element.textContent = [
    chart,
    theme,
    sidebar,
    board,
    panels,
    models,
    data,
    training,
    drift,
    outbox,
    gateways,
    dialog,
    component,
    recipe,
  ].join('\n');
  document.head.append(element);
}
