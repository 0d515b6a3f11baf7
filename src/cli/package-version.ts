import { createRequire } from 'node:module';
import { z } from 'zod';

const packageSchema = z.object({ version: z.string() });
const require = createRequire(import.meta.url);

/**
 * The version of an installed package.
 *
 * @param name default: this package
 */
export function packageVersion(name?: string): string {
  return packageSchema.parse(require(name === undefined ? '../../package.json' : `${name}/package.json`))
    .version;
}
