import type { Battle, Pokemon } from '@pkmn/sim';
import type { TurnEvents } from '../../battle/event.ts';
import { loggedMoveId } from '../../battle/move-id.ts';
import type { BattleState, PokemonState } from '../../battle/state.ts';
import { originalOf } from '../../knowledge/combatant.ts';
import { hasRested } from '../../mechanics/infer-hidden-state.ts';
import type { Random } from '../../util/random.ts';

/** Formes that a Pokémon keeps when it leaves the field, besides mega evolutions and similar ones. */
const LASTING_FORMES = new Set(
  [
    'eiscuenoice',
    'greninjaash',
    'mimikyubusted',
    'mimikyubustedtotem',
    'palafinhero',
    'terapagosstellar',
  ].concat(['terapagosterastal', 'zygardecomplete']),
);

/** Lengths of sleep by generation: the shortest, and how many there are. */
const SLEEP: readonly (readonly [shortest: number, lengths: number])[] = [
  [2, 3],
  [1, 7],
  [2, 6],
  [2, 4],
  [2, 4],
];

/** What a battle in the simulator is set up from. */
export interface SetUp {
  readonly world: BattleState;
  readonly turns: readonly TurnEvents[];
  /** Draws what the world leaves open. */
  readonly random: Random;
}

/**
 * Brings a Pokémon just made from its set into the condition that a world describes: forme, HP, status, stages, PP,
 * item and ability. Nothing takes effect on the way. Volatile conditions come later, when every Pokémon is in place.
 */
export function setCondition(pokemon: Pokemon, state: PokemonState, { world, turns, random }: SetUp): void {
  const { battle } = pokemon;
  setForme(battle, pokemon, state);
  if (state.stats) {
    Object.assign(pokemon.baseStoredStats, state.stats);
    Object.assign(pokemon.storedStats, state.stats);
  }
  setHealth(pokemon, state);
  pokemon.timesAttacked = state.timesHit ?? 0;
  setHeld(battle, pokemon, state);
  setMoves(pokemon, state);
  if (state.volatiles.transform) setCopied(world, battle, pokemon, state);
  setTypes(pokemon, state);
  Object.assign(pokemon.boosts, state.boosts);
  if (state.status && !state.fainted) setStatus(pokemon, state, turns, random);
  if (battle.gen === 1) setModifiedStats(pokemon);
}

function setForme(battle: Battle, pokemon: Pokemon, state: PokemonState): void {
  const species = battle.dex.species.get(state.species);
  if (!species.exists || species.id === pokemon.species.id || species.name.endsWith('-Gmax')) return;
  pokemon.setSpecies(species, null, state.volatiles.transform !== undefined);
  const lasting =
    species.isMega || species.isPrimal || species.forme === 'Ultra' || LASTING_FORMES.has(species.id);
  if (state.volatiles.transform || !(lasting || /-Tera$/.test(species.name))) return;
  pokemon.baseSpecies = species;
  pokemon.details = pokemon.getUpdatedDetails();
  pokemon.formeRegression = species.isMega || species.isPrimal || species.forme === 'Ultra';
  pokemon.heroMessageDisplayed = species.id === 'palafinhero';
}

function setHealth(pokemon: Pokemon, state: PokemonState): void {
  const { maxHp = pokemon.maxhp, fainted, hp } = state;
  pokemon.maxhp = maxHp;
  pokemon.baseMaxhp = state.volatiles.dynamax && maxHp > 1 ? Math.ceil(maxHp / 2) : maxHp;
  const least = fainted ? 0 : 1;
  // HP just below full are shown as less than 1.
  const most = hp < 1 && maxHp > 1 ? maxHp - 1 : maxHp;
  pokemon.hp = Math.min(most, Math.max(least, Math.round(hp * maxHp)));
  if (!fainted) return;
  Object.assign(pokemon, { hp: 0, fainted: true, status: 'fnt' });
}

function setHeld(battle: Battle, pokemon: Pokemon, state: PokemonState): void {
  const id = (text: string | undefined): Pokemon['item'] => (text ?? '') as Pokemon['item'];
  pokemon.item = id(state.item);
  pokemon.itemState = battle.initEffectState({ id: pokemon.item, target: pokemon });
  pokemon.lastItem = id(state.lastItem);
  pokemon.ateBerry = pokemon.lastItem.endsWith('berry');
  // There are no abilities before generation 3.
  pokemon.baseAbility = id(state.baseAbility ?? 'noability');
  pokemon.ability = id(state.ability ?? 'noability');
  pokemon.abilityState = battle.initEffectState({ id: pokemon.ability, target: pokemon });
  if (state.volatiles.slowstart) pokemon.abilityState.counter = 5;
  if (!state.terastallized) return;
  const type = state.teraType ?? pokemon.teraType;
  Object.assign(pokemon, { terastallized: type, knownType: true, apparentType: type });
}

/** PP of the moves it brought. */
function setMoves(pokemon: Pokemon, { moves, volatiles }: PokemonState): void {
  // A Hidden Power is assumed to have the highest power.
  const power = pokemon.battle.gen <= 5 ? 70 : 60;
  Object.assign(pokemon, { hpPower: power, baseHpPower: power });
  if (volatiles.transform) return;
  for (const { id, pp, maxPp } of moves) {
    const slot = pokemon.moveSlots.find((known) => known.id === loggedMoveId(id));
    if (slot) Object.assign(slot, { pp, maxpp: maxPp, used: pp < maxPp });
  }
}

/** What Transform copied: stats and moves, which it loses when it leaves. */
function setCopied(world: BattleState, battle: Battle, pokemon: Pokemon, state: PokemonState): void {
  pokemon.transformed = true;
  Object.assign(pokemon.storedStats, originalOf(world, state)?.stats ?? {});
  pokemon.moveSlots = state.moves.map(({ id, pp, maxPp }) => {
    const move = battle.dex.moves.get(id);
    const plain = id.startsWith('hiddenpower') ? 'hiddenpower' : move.id;
    return {
      ...{ move: move.name, id: plain as typeof move.id, pp, maxpp: maxPp, target: move.target },
      ...{ disabled: false, used: false, virtual: true },
    };
  });
}

/** Types changed by moves or abilities. */
function setTypes(pokemon: Pokemon, { types, terastallized }: PokemonState): void {
  if (terastallized || types.length === 0) return;
  if (types.join() !== pokemon.types.join()) pokemon.setType([...types], true);
}

function setStatus(
  pokemon: Pokemon,
  state: PokemonState,
  turns: readonly TurnEvents[],
  random: Random,
): void {
  const { battle } = pokemon;
  const { status = '', statusTurns } = state;
  pokemon.status = status as Pokemon['status'];
  pokemon.statusState = battle.initEffectState({ id: status, target: pokemon });
  if (status === 'tox') pokemon.statusState.stage = statusTurns;
  // In these generations bad poison counts in a condition of its own.
  if (status === 'tox' && battle.gen <= 2) {
    pokemon.volatiles.residualdmg = battle.initEffectState({
      id: 'residualdmg',
      target: pokemon,
      counter: statusTurns,
    });
  }
  if (status !== 'slp') return;
  const rested = hasRested(state, turns);
  const whole = rested ? (battle.gen === 1 ? 2 : 3) : drawSleep(battle.gen, statusTurns, random);
  Object.assign(pokemon.statusState, {
    startTime: whole,
    time: Math.max(1, whole - statusTurns),
    skippedTime: 0,
    // Sleep Clause counts Pokémon that an opponent put to sleep.
    source: rested ? pokemon : pokemon.side.foe.pokemon[0],
  });
}

/** A length of sleep that has not ended after this many turns; the longest if all should have. */
function drawSleep(gen: number, slept: number, random: Random): number {
  const [shortest, lengths] = SLEEP[gen] ?? SLEEP[0] ?? [2, 3];
  const longest = shortest + lengths - 1;
  const least = Math.min(longest, Math.max(shortest, slept + 1));
  return least + random.below(longest - least + 1);
}

/** The stats of generation 1 are stored with stages, burn and paralysis applied. */
function setModifiedStats(pokemon: Pokemon): void {
  const { modifiedStats, storedStats, boosts, status } = pokemon;
  if (!modifiedStats) return;
  const table = [1, 1.5, 2, 2.5, 3, 3.5, 4];
  for (const stat of ['atk', 'def', 'spa', 'spd', 'spe'] as const) {
    const factor = table[Math.abs(boosts[stat])] ?? 1;
    const value = boosts[stat] >= 0 ? storedStats[stat] * factor : storedStats[stat] / factor;
    modifiedStats[stat] = Math.min(999, Math.max(1, Math.floor(value)));
  }
  if (status === 'par') modifiedStats.spe = Math.max(1, Math.floor(modifiedStats.spe / 4));
  if (status === 'brn') modifiedStats.atk = Math.max(1, Math.floor(modifiedStats.atk / 2));
}
