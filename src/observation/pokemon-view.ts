import type { BoostId, KnownMove, PokemonState } from '../battle/state.ts';
import { abilityName, findMove, generation, itemName } from '../knowledge/dex.ts';
import { moveEffect } from '../knowledge/effect-text.ts';
import { chart } from '../knowledge/effectiveness.ts';
import { percent } from '../memory/format-feedback.ts';
import { safeLine } from '../util/safe-text.ts';
import { conditionName, nameOf } from './names.ts';
import type { MoveView, PokemonView } from './view.ts';

const STAT_NAMES = [
  ['atk', 'Atk'],
  ['def', 'Def'],
  ['spa', 'SpA'],
  ['spd', 'SpD'],
  ['spe', 'Spe'],
] as const;

const BOOST_NAMES: readonly (readonly [BoostId, string])[] = [
  ...STAT_NAMES,
  ['accuracy', 'accuracy'],
  ['evasion', 'evasion'],
];

/** Conditions that other lines already mention, or that end before they could matter. */
export const HIDDEN_CONDITIONS =
  /^(typechange|typeadd|transform|fallen\d*|itemremoved|protosynthesis|quarkdrive|protect|roost|endure|stall)$/;
const REDUNDANT =
  /No additional effect\.|This move does not check accuracy\.|(?:Usually|Nearly always) goes first\.|Usually moves last\./g;
const BOOSTED_STAT = /^(protosynthesis|quarkdrive)(atk|def|spa|spd|spe)$/;

/** A list in words, or null when it is empty. */
export function listed(texts: readonly string[]): string | null {
  return texts.length > 0 ? texts.join(', ') : null;
}

/** A number with its sign, or null for 0. */
export function signed(value: number): string | null {
  return value === 0 ? null : `${value > 0 ? '+' : ''}${value}`;
}

/** The first generation with items. */
export const FIRST_ITEMS = 2;

/** The item of a Pokémon; null when unknown, or when there are no items. */
function heldItem(gen: number, { item }: PokemonState): string | null {
  if (item === undefined || gen < FIRST_ITEMS) return null;
  return item === '' ? 'none' : itemName(gen, item);
}

/** A species as text for a prompt. */
export function speciesName(pokemon: Pick<PokemonState, 'species'>): string {
  return safeLine(pokemon.species, 40);
}

/** A move a Pokémon has, as the game describes it. */
export function moveView(gen: number, known: KnownMove): MoveView {
  const move = findMove(gen, `${known.id}${known.power ?? ''}`);
  if (!move) {
    const name = nameOf(gen, known.id);
    return {
      ...{ name, type: 'Normal', category: 'Status', power: null, accuracy: null, priority: null },
      ...{ pp: known.pp, effect: null },
    };
  }
  return {
    name: move.name,
    type: move.type,
    category: move.category,
    power: move.basePower > 0 ? move.basePower : null,
    accuracy: move.accuracy === true || move.accuracy === 100 ? null : `${move.accuracy}%`,
    priority: signed(move.priority),
    pp: known.pp,
    effect: effectOf(moveEffect(gen, known.id)),
  };
}

/** The part of a description that the move's other facts do not cover. */
function effectOf(description: string): string | null {
  const rest = description.replace(REDUNDANT, '').trim();
  return rest === '' ? null : rest;
}

function boostsOf(pokemon: PokemonState): string | null {
  return listed(
    BOOST_NAMES.flatMap(([id, name]) => {
      const stage = pokemon.boosts[id] ?? 0;
      return stage === 0 ? [] : [`${name} ${signed(stage)}`];
    }),
  );
}

function conditionsOf(gen: number, pokemon: PokemonState): string | null {
  return listed(
    Object.keys(pokemon.volatiles).flatMap((id) => {
      const [, ability, stat] = BOOSTED_STAT.exec(id) ?? [];
      if (ability) {
        const name = STAT_NAMES.find(([known]) => known === stat)?.[1] ?? '';
        return [`${conditionName(gen, ability)} raising ${name}`];
      }
      if (HIDDEN_CONDITIONS.test(id)) return [];
      const perish = /^perish(\d)$/.exec(id)?.[1];
      return [perish ? `Perish count ${perish}` : conditionName(gen, id)];
    }),
  );
}

function statusOf(gen: number, pokemon: PokemonState): string | null {
  if (!pokemon.status) return null;
  const turns =
    pokemon.status === 'slp' && pokemon.statusTurns > 0 ? ` for ${pokemon.statusTurns} turns` : '';
  return conditionName(gen, pokemon.status) + turns.replace(' 1 turns', ' 1 turn');
}

function statsOf({ stats, maxHp }: PokemonState): string | null {
  if (!stats) return null;
  const hp = maxHp === undefined ? [] : [`HP ${maxHp}`];
  return [...hp, ...STAT_NAMES.map(([id, name]) => `${name} ${stats[id]}`)].join(', ');
}

type Defence = Pick<PokemonView, 'weakTo' | 'resists' | 'immuneTo'>;

const defences = new Map<string, Defence>();

/** The effect of attacking types on these types, in words. */
export function defenceOf(gen: number, types: readonly string[]): Defence {
  const key = `${gen} ${types.join()}`;
  const known = defences.get(key);
  if (known) return known;
  const taken = [...generation(gen).types]
    .filter(({ name }) => name !== '???' && name !== 'Stellar')
    .map(({ name }) => ({
      name,
      multiplier: types.reduce((product, type) => product * chart(gen, name, type), 1),
    }));
  const those = (test: (multiplier: number) => boolean): string | null =>
    listed(
      taken
        .filter(({ multiplier }) => test(multiplier))
        .map(({ name, multiplier }) => (multiplier === 0 ? name : `${name} x${multiplier}`)),
    );
  const defence = {
    weakTo: those((multiplier) => multiplier > 1),
    resists: those((multiplier) => multiplier > 0 && multiplier < 1),
    immuneTo: those((multiplier) => multiplier === 0),
  };
  defences.set(key, defence);
  return defence;
}

const views = new WeakMap<PokemonState, PokemonView>();

/** One Pokémon as a prompt shows it. */
export function pokemonView(gen: number, pokemon: PokemonState): PokemonView {
  const known = views.get(pokemon);
  if (known) return known;
  const view = viewOf(gen, pokemon);
  views.set(pokemon, view);
  return view;
}

function viewOf(gen: number, pokemon: PokemonState): PokemonView {
  return {
    species: speciesName(pokemon),
    level: pokemon.level,
    types: pokemon.types.map((type) => safeLine(type, 20)).join('/'),
    hp: percent(pokemon.hp),
    status: statusOf(gen, pokemon),
    boosts: boostsOf(pokemon),
    conditions: conditionsOf(gen, pokemon),
    item: heldItem(gen, pokemon),
    ability: pokemon.ability === undefined ? null : abilityName(gen, pokemon.ability),
    tera: pokemon.teraType === undefined ? null : safeLine(pokemon.teraType, 20),
    lastMove: pokemon.lastMove === undefined ? null : nameOf(gen, pokemon.lastMove),
    terastallized: pokemon.terastallized,
    fainted: pokemon.fainted,
    active: pokemon.position !== undefined,
    stats: statsOf(pokemon),
    moves: pokemon.moves.map((move) => moveView(gen, move)),
    disguise: null,
    ...defenceOf(gen, pokemon.types),
  };
}
