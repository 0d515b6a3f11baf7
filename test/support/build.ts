import { execSync } from 'node:child_process';

/** Before all tests: some of them run the package as it is published. */
export default function build(): void {
  execSync('npm run build --silent', { cwd: new URL('../..', import.meta.url), stdio: 'inherit' });
}
