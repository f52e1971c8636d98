/** The keys of objects that stand for what JSON has no word for. */
const MARKS = new Set(['$number', '$undefined', '$date', '$buffer', '$plain']);

export const isMark = (key: string): boolean => MARKS.has(key);
