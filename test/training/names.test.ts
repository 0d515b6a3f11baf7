import { expect, it } from 'vitest';
import { startSource } from '../support/run-cli.ts';

it('lists the names that may stand in a prompt, those of the current generation first', async () => {
  const { code, stdout } = await startSource('training/local/names.ts').finished;
  expect(code).toBe(0);
  const names = JSON.parse(stdout) as string[];
  expect(new Set(names).size).toBe(names.length);
  for (const name of [
    'Ogerpon-Wellspring',
    'Swords Dance',
    'Heavy-Duty Boots',
    'Intimidate',
    'Max Geyser',
    'Kyogre-Primal',
  ])
    expect(names).toContain(name);
  expect(names.indexOf('Pikachu')).toBeLessThan(names.indexOf('Venusaur-Mega'));
});
