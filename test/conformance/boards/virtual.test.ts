import { boardsConform } from './conformance.ts';
import { simulated } from './simulated.ts';

boardsConform(simulated('virtual'));
