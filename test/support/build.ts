import { execSync } from 'node:child_process';
import { installServer } from '../../scripts/showdown-server.mjs';

/** Builds before all tests: some of them run the published package, others a real Showdown server. */
export default async function build(): Promise<void> {
  execSync('npm run build --silent', { cwd: new URL('../..', import.meta.url), stdio: 'inherit' });
  await installServer();
}
