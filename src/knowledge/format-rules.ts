import { plainFormat } from './plain-format.ts';
import { simulator } from './simulator.ts';

/** Whether a format has a rule, by its id, e.g. `speciesclause`; an unknown format has none. */
export function hasRule(format: string, rule: string): boolean {
  const found = simulator.Dex.formats.get(plainFormat(format));
  return found.exists && simulator.Dex.formats.getRuleTable(found).has(rule);
}
