import type { Combatant } from './combatant.ts';
import { generation, type Move } from './dex.ts';
import type { Setting } from './setting.ts';

/** Base Attack of a member that has not been seen. */
const AVERAGE_ATTACK = 80;

/** Base Attack of all who join in Beat Up, itself first: the able members of the party. */
function attacksOf({ gen }: Setting, { pokemon: self, side }: Combatant): readonly number[] {
  const { species } = generation(gen).dex;
  const able = side.pokemon.filter(
    ({ id, fainted, status }) => !fainted && (status === undefined || (id === self.id && gen >= 5)),
  );
  const unseen = Math.max(0, Math.min(6, side.teamSize) - side.pokemon.length);
  return [
    ...able.map(({ baseSpecies }) => species.get(baseSpecies).baseStats?.atk ?? AVERAGE_ATTACK),
    ...Array.from({ length: unseen }, () => AVERAGE_ATTACK),
  ];
}

/** Base powers of the strikes of Beat Up; undefined for all other moves and before generation 5. */
export function beatUpPowers(setting: Setting, user: Combatant, move: Move): readonly number[] | undefined {
  if (move.id !== 'beatup' || setting.gen < 5) return undefined;
  return attacksOf(setting, user).map((attack) => 5 + Math.floor(attack / 10));
}

/**
 * Rolls of the strikes of Beat Up before generation 5, in HP points: typeless, from the members' base Attack and the
 * target's base Defense; undefined for all other moves.
 */
export function oldBeatUp(
  setting: Setting,
  user: Combatant,
  target: Combatant,
  move: Move,
): readonly (readonly number[])[] | undefined {
  if (move.id !== 'beatup' || setting.gen >= 5) return undefined;
  const level = Math.floor((2 * user.pokemon.level) / 5) + 2;
  const defence = Math.max(1, target.species.baseStats.def);
  return attacksOf(setting, user).map((attack) => {
    const base = Math.floor(Math.floor((level * move.basePower * attack) / defence) / 50) + 2;
    return Array.from({ length: 16 }, (_, roll) => Math.floor((base * (85 + roll)) / 100));
  });
}
