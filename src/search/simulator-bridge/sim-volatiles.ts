import type { Battle, Pokemon } from '@pkmn/sim';
import type { TurnEvents } from '../../battle/event.ts';
import type { PokemonState } from '../../battle/state.ts';
import { shieldsInARow } from '../../mechanics/infer-hidden-state.ts';
import type { Random } from '../../util/random.ts';
import { table } from '../../util/table.ts';

/** What a volatile condition is made from. */
interface Bearer {
  readonly battle: Battle;
  readonly pokemon: Pokemon;
  readonly state: PokemonState;
  /** The Pokémon that counts as its source. */
  readonly foe: Pokemon;
  readonly random: Random;
  /** What has happened so far. */
  readonly turns: readonly TurnEvents[];
}

type Extra = Readonly<Record<string, unknown>>;

const fromItself = ({ pokemon }: Bearer): Extra => ({ source: pokemon, sourceSlot: pokemon.getSlot() });
const fromFoe = ({ foe }: Bearer): Extra => ({ source: foe, sourceSlot: foe.getSlot() });

/**
 * Turns left of a condition that ends by itself: the state's count if it has one, otherwise drawn up to the longest
 * possible.
 */
const counted =
  (most: number) =>
  ({ state, random }: Bearer, id: string): Extra => {
    const level = state.volatiles[id] ?? 1;
    return { duration: level > 1 ? level : 1 + random.below(most) };
  };

const onLastMove =
  (most: number) =>
  (bearer: Bearer, id: string): Extra | undefined => {
    const move = lastOwnMove(bearer);
    return move ? { ...counted(most)(bearer, id), move } : undefined;
  };

function lastOwnMove({ pokemon, state: { lastMove } }: Bearer): string | undefined {
  return lastMove && pokemon.hasMove(lastMove) ? lastMove : undefined;
}

const paradox =
  (id: string) =>
  ({ state }: Bearer): Extra => {
    const found = Object.keys(state.volatiles).find((key) => key.startsWith(id));
    return { bestStat: found?.slice(id.length) || 'atk', fromBooster: state.lastItem === 'boosterenergy' };
  };

/**
 * The volatile conditions that are carried over, with what they need besides their id; undefined leaves the condition
 * out.
 */
const CARRIED: Readonly<Record<string, (bearer: Bearer, id: string) => Extra | undefined>> = table({
  ...Object.fromEntries(
    ['aquaring', 'charge', 'commanding', 'curse', 'defensecurl', 'destinybond', 'flashfire', 'focusenergy']
      .concat(['foresight', 'gastroacid', 'grudge', 'imprison', 'ingrain', 'lightscreen', 'minimize'])
      .concat(['miracleeye', 'mist', 'nightmare', 'noretreat', 'powertrick', 'rage', 'reflect', 'saltcure'])
      .concat(['smackdown', 'tarshot', 'torment'])
      .map((id) => [id, fromItself]),
  ),
  attract: fromFoe,
  commanded: fromFoe,
  leechseed: fromFoe,
  octolock: fromFoe,
  confusion: ({ random }) => ({ time: 1 + random.below(4) }),
  disable: onLastMove(4),
  embargo: counted(4),
  encore: onLastMove(2),
  healblock: counted(4),
  laserfocus: counted(1),
  magnetrise: counted(4),
  perishsong: ({ state }) => ({ duration: Math.max(1, state.volatiles.perishsong ?? 3) }),
  syrupbomb: (bearer, id) => ({ ...fromFoe(bearer), ...counted(3)(bearer, id) }),
  taunt: counted(2),
  telekinesis: counted(2),
  throatchop: counted(1),
  uproar: counted(2),
  yawn: (bearer) => ({ ...fromFoe(bearer), duration: 1 }),
  mustrecharge: () => ({ duration: 1 }),
  substitute: ({ pokemon }) => ({ hp: Math.floor(pokemon.maxhp / 4) }),
  stockpile: ({ state }) => {
    const layers = state.volatiles.stockpile ?? 1;
    return { layers, def: -layers, spd: -layers };
  },
  // It has lasted for one or two turns: after the third it ends.
  dynamax: ({ random }) => ({ turns: 1 + random.below(2) }),
  protosynthesis: paradox('protosynthesis'),
  quarkdrive: paradox('quarkdrive'),
  partiallytrapped: (bearer, id) => {
    const { battle, foe } = bearer;
    // In generation 1 it also holds its user, by a condition that no line shows.
    if (battle.gen === 1) return undefined;
    const bound = Object.keys(bearer.state.volatiles).map((key) => battle.dex.moves.get(key));
    const sourceEffect = bound.find(({ volatileStatus }) => volatileStatus === 'partiallytrapped');
    const share = foe.item === 'bindingband' ? 6 : 8;
    return {
      ...fromFoe(bearer),
      ...counted(4)(bearer, id),
      sourceEffect: sourceEffect ?? battle.dex.moves.get('bind'),
      boundDivisor: battle.gen >= 6 ? share : 16,
    };
  },
});

/** Sets a Pokémon's volatile conditions, without any immediate effect. */
export function setVolatiles(bearer: Bearer): void {
  const { state } = bearer;
  for (const key of Object.keys(state.volatiles)) {
    const id = key.replace(/^(protosynthesis|quarkdrive).*/, '$1');
    const extra = CARRIED[id]?.(bearer, id);
    if (extra) add(bearer, id, extra);
  }
  if (state.volatiles.powertrick) swapAttackAndDefence(bearer.pokemon);
  if (state.volatiles.trapped) trap(bearer);
  if (state.volatiles.twoturnmove) charge(bearer);
  setImplied(bearer);
}

function add({ battle, pokemon }: Bearer, id: string, extra: Extra): void {
  pokemon.volatiles[id] = battle.initEffectState({ id, target: pokemon, ...extra });
}

function swapAttackAndDefence({ storedStats }: Pokemon): void {
  const { atk, def } = storedStats;
  Object.assign(storedStats, { atk: def, def: atk });
}

/** Traps such as Mean Look end when either of the two Pokémon leaves. */
function trap(bearer: Bearer): void {
  const { pokemon, foe } = bearer;
  add(bearer, 'trapped', { source: foe, linkedPokemon: [foe], linkedStatus: 'trapper' });
  add({ ...bearer, pokemon: foe }, 'trapper', { linkedPokemon: [pokemon], linkedStatus: 'trapped' });
}

function charge(bearer: Bearer): void {
  const { battle, state, foe } = bearer;
  const { lastMove } = state;
  // Sky Drop also holds a target, which is unknown in doubles.
  if (!lastMove || lastMove === 'skydrop' || !battle.dex.moves.get(lastMove).flags.charge) return;
  add(bearer, 'twoturnmove', { move: lastMove, duration: 1 });
  add(bearer, lastMove, { targetLoc: bearer.pokemon.getLocOf(foe), duration: 1 });
}

/** Conditions that no line announces but that known facts imply. */
function setImplied(bearer: Bearer): void {
  const { battle, pokemon, state } = bearer;
  const move = lastOwnMove(bearer);
  if (move && battle.dex.items.get(pokemon.item).isChoice && !state.volatiles.dynamax) {
    add(bearer, 'choicelock', { move });
  }
  if (move && pokemon.ability === 'gorillatactics') add(bearer, 'gorillatactics', { move });
  const { state: standing, turns } = bearer;
  const protectedFor = shieldsInARow(standing, turns, (id) => Boolean(battle.dex.moves.get(id).stallingMove));
  if (protectedFor > 0)
    add(bearer, 'stall', { duration: 1, counter: stallCounter(battle.gen, protectedFor) });
  if (pokemon.ability === 'unburden' && !pokemon.item && standing.volatiles.itemremoved)
    add(bearer, 'unburden', {});
}

/** One over the chance that it works again; in generation 2 that chance in 255ths. */
function stallCounter(gen: number, count: number): number {
  if (gen === 2) return 127 / 2 ** (count - 1);
  if (gen <= 5) return Math.min(gen === 5 ? 256 : 8, 2 ** count);
  return Math.min(729, 3 ** count);
}

/** Makes a Pokémon continue a move such as Outrage for one or two turns. */
export function lockInto(battle: Battle, pokemon: Pokemon, move: string, random: Random): void {
  const left = 1 + random.below(2);
  const lasting = { duration: 1, trueDuration: left, time: left, accuracy: 255 };
  pokemon.volatiles.lockedmove = battle.initEffectState({
    id: 'lockedmove',
    target: pokemon,
    move,
    ...lasting,
  });
}
