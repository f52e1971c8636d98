export { run } from './run.ts';
export { keepHeapSmall } from './small-heap.ts';
