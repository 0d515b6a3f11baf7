import { createRequire } from 'node:module';

/**
 * Loads a CommonJS package as `require` does. An `import` of one first scans its whole text for exported names, which
 * takes longer than running it when the text is megabytes of the game's data.
 */
export const requirePackage = createRequire(import.meta.url);
