import type { Battle, Pokemon, Side } from '@pkmn/sim';
import { FUTURE_MOVES } from '../../battle/future-moves.ts';
import type { ConditionState, FieldState, SideState } from '../../battle/state.ts';
import type { Random } from '../../util/random.ts';

/** Turns left, drawn when unknown; nothing for a condition without an end. */
function duration(range: readonly [number, number] | undefined, random: Random): { duration?: number } {
  if (!range) return {};
  const [least, most] = range;
  return { duration: least + random.below(most - least + 1) };
}

function whoever(side: Side): Pokemon {
  return (side.active.find((pokemon) => pokemon !== null) ?? side.pokemon[0]) as Pokemon;
}

/** Sets hazards, screens and other conditions of a side, without any immediate effect. */
export function setSideConditions(battle: Battle, side: Side, state: SideState, random: Random): void {
  // Who set it is unknown, and matters to almost nothing.
  const source = whoever(side.foe);
  for (const [id, condition] of Object.entries(state.conditions)) {
    if (FUTURE_MOVES.has(id)) {
      setFutureMove(side, id, condition, random);
      continue;
    }
    if (!battle.dex.conditions.get(id).exists) continue;
    side.sideConditions[id] = battle.initEffectState({
      id,
      target: side,
      source,
      sourceSlot: source.getSlot(),
      layers: condition.layers,
      ...duration(condition.turnsLeft, random),
    });
  }
}

function setFutureMove(side: Side, id: string, { turnsLeft }: ConditionState, random: Random): void {
  const { battle } = side;
  const { name, accuracy, basePower, category, type } = battle.dex.moves.get(id);
  const user = side.foe.pokemon.find((pokemon) => pokemon.hasMove(id)) ?? whoever(side.foe);
  const { duration: left = 1 } = duration(turnsLeft, random);
  const moveData = { id, name, accuracy, basePower, category, type, priority: 0, ignoreImmunity: false };
  const state = battle.initEffectState({
    id: 'futuremove',
    target: side,
    source: user,
    sourceSlot: user.getSlot(),
    isSlotCondition: true,
    targetSlot: `${side.id}a`,
    endingTurn: battle.turn - 2 + left,
    duration: battle.gen <= 4 ? left : undefined,
    move: id,
    moveData: { ...moveData, flags: { allyanim: 1, metronome: 1, futuremove: 1 }, effectType: 'Move' },
  });
  const [slot] = side.slotConditions;
  if (slot) slot.futuremove = state;
}

/** Sets weather, terrain, rooms and similar conditions, without any immediate effect. */
export function setField(battle: Battle, field: FieldState, random: Random): void {
  const [first] = battle.sides;
  const source = whoever(first as Side);
  const origin = { source, sourceSlot: source.getSlot() };
  const { weather = '', terrain = '' } = field;
  if (battle.dex.conditions.get(weather).exists) {
    battle.field.weather = battle.dex.conditions.get(weather).id;
    battle.field.weatherState = battle.initEffectState({
      id: weather,
      ...origin,
      // Weather from an ability is permanent in early generations.
      duration: battle.gen <= 5 ? 0 : undefined,
      ...duration(field.weatherTurnsLeft, random),
    });
  }
  if (battle.dex.conditions.get(terrain).exists) {
    battle.field.terrain = battle.dex.conditions.get(terrain).id;
    battle.field.terrainState = battle.initEffectState({
      id: terrain,
      ...origin,
      ...duration(field.terrainTurnsLeft, random),
    });
  }
  for (const [id, { layers, turnsLeft }] of Object.entries(field.conditions)) {
    if (!battle.dex.conditions.get(id).exists) continue;
    battle.field.pseudoWeather[id] = battle.initEffectState({
      id,
      ...origin,
      // The factor of Echoed Voice.
      multiplier: layers,
      ...duration(turnsLeft, random),
    });
  }
}
