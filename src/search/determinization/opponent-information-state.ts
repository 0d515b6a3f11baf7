import type { BattleEvent, PokemonRef, TurnEvents } from '../../battle/event.ts';
import { loggedMoveId } from '../../battle/move-id.ts';
import { type BattleState, otherSide, type PokemonState } from '../../battle/state.ts';
import { hasRule } from '../../knowledge/format-rules.ts';
import { isRandomFormat } from '../../knowledge/random-sets.ts';
import { type OwnDisguise, ownDisguises } from './own-disguises.ts';
import { metSoFar } from './sample-brought.ts';
import { withTeam } from './with-team.ts';

/** Generation 5 introduced team preview. */
const FIRST_PREVIEW = 5;

/** What a side has shown of its team, by id of the Pokémon. */
interface Shown {
  readonly moves: ReadonlyMap<string, ReadonlySet<string>>;
  readonly abilities: ReadonlySet<string>;
  readonly items: ReadonlySet<string>;
}

/**
 * The battle as the opponent would know it if a world were the true one: its own team complete, and of ours only what
 * was shown. A disguised Pokémon of ours is the one it looks like.
 *
 * @param world complete, as `sampleWorlds` returns it
 * @param turns all that has happened
 */
export function opponentInformationState(world: BattleState, turns: readonly TurnEvents[]): BattleState {
  const { gen, format, own, foe, side } = world;
  const shown = shownIn(turns);
  const previewed = gen >= FIRST_PREVIEW && !isRandomFormat(format);
  const met = metSoFar(turns);
  const disguises = ownDisguises(own, turns);
  const imitated = new Set([...disguises.values()].map(({ likeness }) => likeness.id));
  const pokemon = own.pokemon.flatMap((one) => {
    const disguise = disguises.get(one.id);
    const isKnown = previewed || met.has(one.id);
    if (disguise)
      return [inDisguise(one, disguise, world, shown), ...(isKnown ? [waiting(one, disguise, shown)] : [])];
    return isKnown && !imitated.has(one.id) ? [asShown(one, shown)] : [];
  });
  return { ...world, side: otherSide(side), own: foe, foe: withTeam(own, pokemon) };
}

function asShown(pokemon: PokemonState, shown: Shown): PokemonState {
  const { requestSlot, maxHp, stats, ability, baseAbility, item, teraType, moves, ...open } = pokemon;
  const { id, hp, volatiles, terastallized } = pokemon;
  const used = shown.moves.get(id) ?? new Set();
  return {
    ...open,
    hp: Math.ceil(hp * 100) / 100,
    // Under Transform they are the copied ones.
    moves: volatiles.transform ? [] : moves.filter((move) => used.has(loggedMoveId(move.id))),
    ...(shown.abilities.has(id) ? { ability, baseAbility } : {}),
    ...(shown.items.has(id) ? { item } : {}),
    ...(terastallized ? { teraType } : {}),
  };
}

/** What is on the field of a disguised Pokémon, with the looks and the past of the one it looks like. */
function inDisguise(
  pokemon: PokemonState,
  { likeness, moves: used }: OwnDisguise,
  { format }: BattleState,
  shown: Shown,
): PokemonState {
  const { item: _item, ability: _ability, baseAbility: _base, ...seen } = asShown(pokemon, shown);
  const looks = asShown(likeness, shown);
  const { species, baseSpecies, gender, types } = looks;
  return {
    ...seen,
    species,
    baseSpecies,
    gender,
    level: hasRule(format, 'illusionlevelmod') ? looks.level : seen.level,
    types: seen.terastallized ? seen.types : types,
    moves: [
      ...looks.moves.filter(({ id }) => !used.has(id)),
      ...seen.moves.filter(({ id }) => used.has(loggedMoveId(id))),
    ],
    ...(looks.ability && { ability: looks.ability, baseAbility: looks.baseAbility }),
    ...(looks.item && { item: looks.item }),
  };
}

/** A disguised Pokémon as it was before: on the bench, in the place of the one it looks like. */
function waiting(pokemon: PokemonState, { likeness, moves: used }: OwnDisguise, shown: Shown): PokemonState {
  const { position: _position, status: _status, ...seen } = asShown(pokemon, shown);
  return {
    ...seen,
    id: likeness.id,
    moves: seen.moves.filter(({ id }) => !used.has(loggedMoveId(id))),
    statusTurns: 0,
    boosts: {},
    volatiles: {},
  };
}

function shownIn(turns: readonly TurnEvents[]): Shown {
  const moves = new Map<string, Set<string>>();
  const abilities = new Set<string>();
  const items = new Set<string>();
  for (const event of turns.flatMap(({ events }) => events)) {
    if (!('pokemon' in event)) continue;
    const { id } = event.pokemon;
    if (event.type === 'move') moves.set(id, (moves.get(id) ?? new Set()).add(event.move));
    if (event.type === 'ability') abilities.add(id);
    if (event.type === 'item') items.add(id);
    const { kind, whose } = causeOf(event, event.pokemon);
    if (kind === 'ability') abilities.add(whose.id);
    if (kind === 'item') items.add(whose.id);
  }
  return { moves, abilities, items };
}

function causeOf(event: BattleEvent, pokemon: PokemonRef): { kind?: string; whose: PokemonRef } {
  const cause = 'cause' in event ? event.cause : undefined;
  return { kind: cause?.kind, whose: cause?.of ?? pokemon };
}
