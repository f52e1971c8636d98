import {
  evaluateRequest,
  type EvaluationReport,
  idRequest,
  reportRequest,
  trainRequest,
  type TrainingReport,
  type TrainingsAnswer,
  type TrainingState,
} from '../../messages/index.ts';
import type { Services } from '../../services/index.ts';
import { parseRequest } from './requests.ts';
import type { AdminRoutes } from './routes.ts';

/** Trainings of this machine: listed, begun, cancelled, looked at; models measured on data sets. */
export function serveTraining(routes: AdminRoutes, { learning }: Services): void {
  routes.on('get', '/training', 'flows.read', (): TrainingsAnswer => ({ trainings: [...learning.trainings()] }));
  routes.on('get', '/training/trainers', 'flows.read', () => ({ trainers: learning.trainers() }));
  routes.on('get', '/training/report', 'flows.read', ({ query }): Promise<TrainingReport | undefined> => {
    return learning.report(parseRequest(reportRequest, query).model);
  });
  routes.on('post', '/training/train', 'flows.write', async ({ body }): Promise<TrainingState> => {
    return (await learning.train(parseRequest(trainRequest, body))).state;
  });
  routes.on('post', '/training/cancel', 'flows.write', ({ body }) => {
    learning.cancel(parseRequest(idRequest, body).id);
    return {};
  });
  // It changes nothing, but it works the machine: not for somebody who may only look.
  routes.on('post', '/training/evaluate', 'flows.write', ({ body }): Promise<EvaluationReport> => {
    return learning.evaluate(parseRequest(evaluateRequest, body));
  });
}
