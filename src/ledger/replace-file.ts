import { renameSync, rmSync, writeFileSync } from 'node:fs';

/** Writes a whole file so that a reader finds either the old content or the new, never part of it. */
export function replaceFile(path: string, content: string): void {
  const part = `${path}.tmp`;
  try {
    writeFileSync(part, content);
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}
