import type { Combatant } from './combatant.ts';
import type { Move } from './dex.ts';

/**
 * Base power where it depends on something the damage calculator does not know; undefined where it does.
 */
export function knownBasePower(user: Combatant, move: Move): number | undefined {
  const { volatiles } = user.pokemon;
  switch (move.id) {
    case 'lastrespects':
      return Math.min(50 + 50 * user.side.fainted, 5050);
    case 'spitup':
      return 100 * stockpiled(volatiles);
    case 'furycutter':
    case 'rollout':
    case 'iceball':
      return move.basePower * 2 ** Math.min(4, volatiles[move.id] ?? 0);
    case 'trumpcard':
      return 40;
    case 'beatup':
      // One strike for each able member of the party; ten is what an average one adds.
      return 10;
    case 'magnitude':
    case 'present':
      return EXPECTED_POWER[move.id];
    default:
      return move.id.startsWith('hiddenpower') ? move.basePower : undefined;
  }
}

/** Mean of the random powers: Magnitude 10–150, Present 40–120 (its chance to heal counts as 0). */
const EXPECTED_POWER: Readonly<Record<string, number>> = { magnitude: 71, present: 52 };

function stockpiled(volatiles: Readonly<Record<string, number>>): number {
  const level = Object.keys(volatiles).find((id) => /^stockpile[123]$/.test(id));
  return level ? Number(level.at(-1)) : (volatiles.stockpile ?? 1);
}
