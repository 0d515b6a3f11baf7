import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const packageSchema = z.object({ name: z.string().optional(), version: z.string().optional() });

/** Versions of the programs that made a record. */
export function recordedVersions(): Record<string, string> {
  return { pokellmon: packageVersion(), node: process.versions.node };
}

/**
 * The version of an installed package, `unknown` if it does not state one.
 *
 * @param name name of a package; this one when left out
 */
export function packageVersion(name = 'pokellmon'): string {
  const self = fileURLToPath(import.meta.url);
  // Most packages do not export their package.json, so it is searched for above a file that they do export.
  let folder = dirname(name === 'pokellmon' ? self : createRequire(self).resolve(name));
  while (folder !== dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file)) {
      const found = packageSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
      if (found.name === name) return found.version ?? 'unknown';
    }
    folder = dirname(folder);
  }
  return 'unknown';
}
