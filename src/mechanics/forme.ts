import { loggedMoveId } from '../battle/move-id.ts';
import type { PokemonState } from '../battle/state.ts';
import { makesZMove } from '../battle/z-crystal.ts';
import { defaultSpread, speciesNow } from '../knowledge/combatant.ts';
import { findSpecies, type Species, statsOf } from '../knowledge/dex.ts';
import { chart } from '../knowledge/effectiveness.ts';
import { afterGimmick, inForme, type MainGimmick } from '../knowledge/gimmick.ts';
import { simulator } from '../knowledge/simulator.ts';
import { table } from '../util/table.ts';
import { ABILITY_IDS } from './ids.ts';
import { type ModelMove, modelMove } from './model-move.ts';
import { NO_TYPE, typeNumber } from './types.ts';

/** The properties of a Pokémon in one forme, which do not change. */
export interface Forme {
  /** Id of the species, e.g. `rotomwash`. */
  readonly species: string;
  readonly level: number;
  readonly type1: number;
  readonly type2: number;
  readonly teraType: number;
  readonly ability: string;
  /** Number of its ability, see `ids.ts`. */
  readonly abilityNumber: number;
  /** HP points without Dynamax. */
  readonly maxHp: number;
  readonly atk: number;
  readonly def: number;
  readonly spa: number;
  readonly spd: number;
  readonly spe: number;
  /** Base Speed of the species: critical hits of generation 1. */
  readonly baseSpe: number;
  /** In kilograms. */
  readonly weight: number;
  readonly canEvolve: boolean;
  /** Multiplier of Rock on its types, for Stealth Rock. */
  readonly rockWeakness: number;
  /** On the ground as far as types and ability go. */
  readonly grounded: boolean;
  /** Id of the item that cannot be taken from it, such as its own Orb; `''` for none. */
  readonly boundItem: string;
  readonly moves: readonly ModelMove[];
  readonly canDynamax: boolean;
  /** The moves that its crystal turns into an attacking Z-move, one bit per slot. */
  readonly zMoves: number;
  /** Its forme after Mega Evolution, Ultra Burst or terastallization, if that changes it. */
  readonly gimmickForme: Forme | undefined;
  /** The forme that its ability, or a move of its own, changes it into during battle. */
  readonly otherForme: Forme | undefined;
}

/** The forme of a Pokémon of a world. Its state must be complete: moves, ability, stats and maximum HP known. */
export function formeOf(gen: number, gimmick: MainGimmick | undefined, pokemon: PokemonState): Forme {
  const forme = withGimmick(gen, gimmick, pokemon);
  const other = inOtherForme(gen, pokemon);
  if (!other) return forme;
  // The two formes refer to each other.
  const both: { -readonly [Key in keyof Forme]: Forme[Key] } = withGimmick(gen, gimmick, other);
  both.otherForme = { ...forme, otherForme: both };
  return both.otherForme;
}

/** Whether two formes agree in everything that matters in battle. */
export function isSameForme(a: Forme, b: Forme): boolean {
  return (
    a.species === b.species &&
    a.ability === b.ability &&
    a.level === b.level &&
    a.maxHp === b.maxHp &&
    a.atk === b.atk &&
    a.def === b.def &&
    a.spa === b.spa &&
    a.spd === b.spd &&
    a.spe === b.spe &&
    a.teraType === b.teraType &&
    a.moves.length === b.moves.length &&
    a.moves.every((move, slot) => move === b.moves[slot])
  );
}

function withGimmick(gen: number, gimmick: MainGimmick | undefined, pokemon: PokemonState): Forme {
  const changed = formeAfterGimmick(gen, gimmick, pokemon);
  return { ...plainForme(gen, pokemon), gimmickForme: changed && plainForme(gen, changed) };
}

/** Formes that change during battle, each with its counterpart. */
const OTHER_FORMES: Readonly<Record<string, string>> = table({
  Aegislash: 'Aegislash-Blade',
  'Aegislash-Blade': 'Aegislash',
  Darmanitan: 'Darmanitan-Zen',
  'Darmanitan-Zen': 'Darmanitan',
  'Darmanitan-Galar': 'Darmanitan-Galar-Zen',
  'Darmanitan-Galar-Zen': 'Darmanitan-Galar',
  Eiscue: 'Eiscue-Noice',
  'Eiscue-Noice': 'Eiscue',
  'Greninja-Bond': 'Greninja-Ash',
  Meloetta: 'Meloetta-Pirouette',
  'Meloetta-Pirouette': 'Meloetta',
  'Minior-Meteor': 'Minior',
  Morpeko: 'Morpeko-Hangry',
  'Morpeko-Hangry': 'Morpeko',
  Palafin: 'Palafin-Hero',
  Terapagos: 'Terapagos-Terastal',
  Wishiwashi: 'Wishiwashi-School',
  'Wishiwashi-School': 'Wishiwashi',
  Zygarde: 'Zygarde-Complete',
  'Zygarde-10%': 'Zygarde-Complete',
});

/** Abilities and moves that change their bearer's forme; without them it stays the same. */
const CHANGING = new Set(
  [
    'battlebond',
    'hungerswitch',
    'iceface',
    'powerconstruct',
    'schooling',
    'shieldsdown',
    'stancechange',
  ].concat(['terashift', 'zenmode', 'zerotohero']),
);

function inOtherForme(gen: number, pokemon: PokemonState): PokemonState | undefined {
  const { species, baseAbility, ability = baseAbility, moves } = pokemon;
  const isMinior = species.startsWith('Minior') && species !== 'Minior-Meteor';
  const name = isMinior ? 'Minior-Meteor' : OTHER_FORMES[species];
  const changes = CHANGING.has(ability ?? '') || moves.some(({ id }) => id === 'relicsong');
  const other = name !== undefined && changes ? inForme(gen, pokemon, name) : undefined;
  return other && { ...other, ability, baseAbility };
}

function formeAfterGimmick(
  gen: number,
  gimmick: MainGimmick | undefined,
  pokemon: PokemonState,
): PokemonState | undefined {
  if (gimmick === 'mega') return afterGimmick(gen, pokemon, 'mega');
  if (gimmick !== 'terastallize' || pokemon.terastallized) return undefined;
  const changed = afterGimmick(gen, pokemon, 'terastallize');
  return changed?.species === pokemon.species ? undefined : changed;
}

function plainForme(gen: number, pokemon: PokemonState): Forme {
  const species = speciesNow(gen, pokemon);
  const guess = statsOf(gen, species, { ...defaultSpread(gen), level: pokemon.level });
  const stats = { ...guess, ...pokemon.stats };
  const dynamaxed = pokemon.volatiles.dynamax !== undefined;
  const maxHp = pokemon.maxHp === undefined ? guess.hp : dynamaxed ? pokemon.maxHp / 2 : pokemon.maxHp;
  const [type1, type2] = species.types;
  const ability = gen >= 3 ? (pokemon.baseAbility ?? pokemon.ability ?? '') : '';
  return {
    species: species.id,
    level: pokemon.level,
    type1: typeNumber(type1),
    type2: type2 ? typeNumber(type2) : NO_TYPE,
    teraType: typeNumber(pokemon.teraType),
    ability,
    abilityNumber: ABILITY_IDS.numberOf(ability),
    maxHp: Math.max(1, Math.round(maxHp)),
    atk: stats.atk,
    def: stats.def,
    spa: stats.spa,
    spd: stats.spd,
    spe: stats.spe,
    baseSpe: species.baseStats.spe,
    weight: species.weightkg,
    canEvolve: Boolean(species.nfe),
    rockWeakness: species.types.reduce((product, type) => product * chart(gen, 'Rock', type), 1),
    grounded: !species.types.includes('Flying') && pokemon.ability !== 'levitate',
    boundItem: boundItem(gen, species, pokemon.item ?? ''),
    moves: pokemon.moves.slice(0, 4).map(({ id }) => modelMove(gen, id)),
    canDynamax: !species.cannotDynamax,
    zMoves: zMovesOf(gen, species, pokemon),
    gimmickForme: undefined,
    otherForme: undefined,
  };
}

function zMovesOf(gen: number, species: Species, { item = '', moves }: PokemonState): number {
  const dex = simulator.Dex.forGen(gen);
  const crystal = dex.items.get(item);
  if (!crystal.zMove || (crystal.itemUser && !crystal.itemUser.includes(species.name))) return 0;
  return moves.slice(0, 4).reduce((bits, { id }, slot) => {
    const move = dex.moves.get(loggedMoveId(id));
    return move.category !== 'Status' && makesZMove(crystal, move) ? bits | (1 << slot) : bits;
  }, 0);
}

function boundItem(gen: number, species: Species, id: string): string {
  const item = simulator.Dex.forGen(gen).items.get(id);
  if (!('onTakeItem' in item)) return '';
  const isOwn = (item.itemUser ?? [item.forcedForme ?? '']).some(
    (user) => findSpecies(gen, user)?.baseSpecies === species.baseSpecies,
  );
  const isParadox = item.id === 'boosterenergy' && species.tags.includes('Paradox');
  return item.zMove || isOwn || isParadox ? id : '';
}
