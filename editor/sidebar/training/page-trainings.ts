import { askGateway } from '../../gateway.ts';
import { pageModels } from '../models/page-models.ts';
import { createTrainings } from './trainings.ts';

/** The sidebar and the dialogs of one page know the same trainings. */
export const pageTrainings = createTrainings(
  askGateway,
  async (ms) => {
    // Nobody looks at a hidden page.
    do await new Promise((later) => setTimeout(later, ms));
    while (document.hidden);
  },
  () => void pageModels.refresh(),
);
