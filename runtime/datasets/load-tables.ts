/**
 * Loads what reads tables where the first one is met. By itself: beside an `await using`, the compiler leaves the path of an
 * `import()` as it stands in the source, and the build would ask for a file that it does not have.
 */
export const loadTables = () => import('./tables.ts');
