import { memoize } from '../util/memoize.ts';
import type { BattleEvent, TurnEvents } from './event.ts';
import { generations, toId } from './generations.ts';
import type { RequestActive } from './request.ts';
import type { BattleState, PokemonState } from './state.ts';
import { makesZMove } from './z-crystal.ts';

/** What a battle revealed about each Pokémon's access to gimmicks. */
export interface Means {
  /** A Pokémon used Dynamax: the format allows it. */
  readonly dynamax: boolean;
  /** Ids of Pokémon that turned out to have a Gigantamax form. */
  readonly gigantamax: ReadonlySet<string>;
  /** Ids of Pokémon that used Mega Evolution or Ultra Burst. */
  readonly mega: ReadonlySet<string>;
  readonly ultra: ReadonlySet<string>;
  /** The stone or crystal that a Pokémon must hold for what it did, by the Pokémon's id. */
  readonly items: ReadonlyMap<string, string>;
  /** Types that Pokémon terastallized to, by their ids. */
  readonly teraTypes: ReadonlyMap<string, string>;
}

/**
 * Derives from a whole battle what its Pokémon hold for Mega Evolution, Ultra Burst and Z-Moves.
 *
 * @param gigantamax see {@link Means}; no event shows it
 */
export function meansOf(turns: readonly TurnEvents[], gigantamax: ReadonlySet<string>): Means {
  const [mega, ultra] = [new Set<string>(), new Set<string>()];
  const [items, teraTypes] = [new Map<string, string>(), new Map<string, string>()];
  let dynamax = false;
  for (const event of turns.flatMap(({ events }) => events)) {
    if (event.type === 'volatile' && event.effect === 'dynamax') dynamax = true;
    const item = itemNeededFor(event);
    if (item !== undefined && 'pokemon' in event) items.set(event.pokemon.id, item);
    if (event.type !== 'forme') continue;
    const { how, pokemon, teraType } = event;
    if (how === 'mega') mega.add(pokemon.id);
    if (how === 'ultra') ultra.add(pokemon.id);
    if (how === 'tera' && teraType) teraTypes.set(pokemon.id, teraType);
  }
  return { dynamax, gigantamax, mega, ultra, items, teraTypes };
}

/** The stone or crystal that an event requires. */
function itemNeededFor(event: BattleEvent): string | undefined {
  if (event.type === 'move') return event.zMove ? crystalFor(event.move) : undefined;
  if (event.type !== 'forme' || (event.how !== 'mega' && event.how !== 'ultra')) return undefined;
  const { requiredItem } = generations.dex.species.get(event.species);
  return requiredItem && toId(requiredItem);
}

/** The crystal of a Z-Move, or of a status move that was used as one. */
function crystalFor(move: string): string | undefined {
  const { isZ, type } = generations.dex.moves.get(move);
  if (typeof isZ === 'string') return isZ;
  return [...generations.get(7).items].find((item) => item.zMoveType === type && item.zMove === true)?.id;
}

/**
 * What a request would say about the gimmicks that an active Pokémon may use.
 *
 * @param whole the Pokémon with all that the battle revealed of it
 * @param now the Pokémon as it is
 */
export function gimmicksOf(
  state: BattleState,
  whole: PokemonState,
  now: PokemonState | undefined,
  means: Means,
): Partial<RequestActive> {
  const isSpent = (gimmick: string): boolean => state.own.spent.includes(gimmick);
  if (now?.volatiles.dynamax) return { maxMoves: maxMovesOf(whole, means) };
  const item = now?.item === '' ? '' : (whole.item ?? '');
  return {
    ...(whole.teraType && !isSpent('terastallize') && { canTerastallize: whole.teraType }),
    ...(state.gen === 8 && means.dynamax && !isSpent('dynamax') && dynamaxOf(whole, means)),
    ...(means.mega.has(whole.id) && !isSpent('mega') && { canMegaEvo: true }),
    ...(means.ultra.has(whole.id) && !isSpent('ultra') && { canUltraBurst: true }),
    ...(!isSpent('zmove') && zMovesOf(whole, item)),
  };
}

const maxMoveOf = memoize((type) =>
  [...generations.get(8).moves].find(
    (move) => move.isMax === true && move.type === type && move.id !== 'maxguard',
  ),
);

/** The Z-Move that a crystal turns attacks of its type into. */
const zMoveOf = memoize((crystal) => [...generations.get(7).moves].find(({ isZ }) => isZ === crystal));

function dynamaxOf(whole: PokemonState, means: Means): Partial<RequestActive> {
  if (generations.dex.species.get(whole.baseSpecies).cannotDynamax) return {};
  return { canDynamax: true, maxMoves: maxMovesOf(whole, means) };
}

function maxMovesOf(whole: PokemonState, { gigantamax }: Means): RequestActive['maxMoves'] {
  const { canGigantamax } = generations.dex.species.get(whole.baseSpecies.replace(/-Gmax$/, ''));
  const own = gigantamax.has(whole.id) ? canGigantamax : undefined;
  const gigantic = own ? generations.dex.moves.get(own) : undefined;
  return {
    maxMoves: whole.moves.map(({ id }) => {
      const { category, type } = generations.dex.moves.get(id);
      if (category === 'Status') return { move: 'maxguard', target: 'self' };
      if (gigantic?.type === type) return { move: gigantic.id, target: 'adjacentFoe' };
      return { move: maxMoveOf(type)?.id ?? id, target: 'adjacentFoe' };
    }),
    ...(gigantic && { gigantamax: gigantic.name }),
  };
}

function zMovesOf(whole: PokemonState, item: string): Partial<RequestActive> {
  const crystal = generations.dex.items.get(item);
  const { zMove } = crystal;
  if (!zMove) return {};
  const typed = zMoveOf(item);
  const canZMove = whole.moves.map(({ id }) => {
    const move = generations.dex.moves.get(id);
    const { name, category, target } = move;
    if (!makesZMove(crystal, move)) return null;
    if (zMove !== true) return { move: zMove, target: generations.dex.moves.get(zMove).target };
    return category === 'Status' || !typed
      ? { move: `Z-${name}`, target }
      : { move: typed.name, target: typed.target };
  });
  return canZMove.some(Boolean) ? { canZMove } : {};
}
