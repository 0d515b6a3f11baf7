import { execSync } from 'node:child_process';
import { installServer } from '../../scripts/showdown-server.mjs';

/** Before all tests: some of them run the package as it is published, others a real Showdown server. */
export default async function build(): Promise<void> {
  execSync('npm run build --silent', { cwd: new URL('../..', import.meta.url), stdio: 'inherit' });
  await installServer();
}
