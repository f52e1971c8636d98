import { askGateway } from '../../gateway.ts';
import { createModels } from './models.ts';

/** The sidebar and the dialogs of one page know the same models. */
export const pageModels = createModels(askGateway);
