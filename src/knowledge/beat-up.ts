import type { Combatant } from './combatant.ts';
import { findSpecies, generation, type Move } from './dex.ts';
import type { Setting } from './setting.ts';

/** Base Attack of a member that has not been seen. */
const AVERAGE_ATTACK = 80;

/** A party member that takes part. */
interface Member {
  /** Base Attack. */
  readonly attack: number;
  readonly level: number;
}

/** A Pokémon that attacks at all has recovered from these. */
const MUST_END = new Set(['frz', 'slp']);

/** The party members that take part in Beat Up: those able to battle. */
function membersOf({ gen }: Setting, { pokemon: self, side }: Combatant): readonly Member[] {
  const { species } = generation(gen).dex;
  const able = side.pokemon.filter(
    ({ id, fainted, status }) =>
      !fainted && (status === undefined || (id === self.id && (gen >= 5 || MUST_END.has(status)))),
  );
  const unseen = Math.max(0, Math.min(6, side.teamSize) - side.pokemon.length);
  return [
    ...able.map(({ baseSpecies, level }) => ({
      attack: species.get(baseSpecies).baseStats?.atk ?? AVERAGE_ATTACK,
      level,
    })),
    ...Array.from({ length: unseen }, () => ({ attack: AVERAGE_ATTACK, level: self.level })),
  ];
}

/** Base powers of the hits of Beat Up; undefined for all other moves and before generation 5. */
export function beatUpPowers(setting: Setting, user: Combatant, move: Move): readonly number[] | undefined {
  if (move.id !== 'beatup' || setting.gen < 5) return undefined;
  return membersOf(setting, user).map(({ attack }) => 5 + Math.floor(attack / 10));
}

/**
 * Rolls of the hits of Beat Up before generation 5, in HP points: typeless, from the members' base Attack and the
 * target's base Defense; undefined for all other moves.
 */
export function oldBeatUp(
  setting: Setting,
  user: Combatant,
  target: Combatant,
  move: Move,
): readonly (readonly number[])[] | undefined {
  const { gen } = setting;
  if (move.id !== 'beatup' || gen >= 5) return undefined;
  const targetSpecies = gen === 2 ? target.species : findSpecies(gen, target.pokemon.baseSpecies);
  const defence = Math.max(1, (targetSpecies ?? target.species).baseStats.def);
  return membersOf(setting, user).map((member) => {
    // In generation 2 the members' levels also count.
    const level = Math.floor((2 * (gen === 2 ? member.level : user.pokemon.level)) / 5) + 2;
    const base = Math.floor(Math.floor((level * move.basePower * member.attack) / defence) / 50) + 2;
    return gen === 2
      ? Array.from({ length: 39 }, (_, roll) => Math.max(1, Math.floor((base * (217 + roll)) / 255)))
      : Array.from({ length: 16 }, (_, roll) => Math.floor((base * (85 + roll)) / 100));
  });
}
