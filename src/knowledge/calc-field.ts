import { Field } from '@smogon/calc';
import { type PokemonState, standing } from '../battle/state.ts';
import { table } from '../util/table.ts';
import { abilityInEffect, type Combatant, copiedAbility, speciesNow } from './combatant.ts';
import type { Move } from './dex.ts';
import { ignoresAbilities, isBreakable } from './effectiveness.ts';
import type { Setting } from './setting.ts';

type FieldOptions = NonNullable<ConstructorParameters<typeof Field>[0]>;
type Weather = FieldOptions['weather'];
type Terrain = FieldOptions['terrain'];

const WEATHERS: Readonly<Record<string, Weather>> = table({
  sunnyday: 'Sun',
  desolateland: 'Harsh Sunshine',
  raindance: 'Rain',
  primordialsea: 'Heavy Rain',
  sandstorm: 'Sand',
  hail: 'Hail',
  snowscape: 'Snow',
  snow: 'Snow',
  deltastream: 'Strong Winds',
});
const TERRAINS: Readonly<Record<string, Terrain>> = table({
  electricterrain: 'Electric',
  grassyterrain: 'Grassy',
  mistyterrain: 'Misty',
  psychicterrain: 'Psychic',
});

/** The calculator's field, and a text that differs whenever the field does. */
export interface KeyedField {
  readonly field: Field;
  readonly key: string;
}

const fields = new WeakMap<Setting, Map<string, KeyedField>>();

/** The field in the calculator's terms for one Pokémon attacking another with a move; built once per pair. */
export function calcField(setting: Setting, user: Combatant, target: Combatant, move: Move): KeyedField {
  let pairs = fields.get(setting);
  if (!pairs) {
    pairs = new Map();
    fields.set(setting, pairs);
  }
  const ignores = setting.doubles && ignoresAbilities(user, move);
  const pair = `${user.pokemon.id}>${target.pokemon.id}${ignores ? '!' : ''}`;
  let found = pairs.get(pair);
  if (!found) {
    const field = build(setting, user, target, ignores);
    // Most keys of a field are empty: keeping hundreds of texts of two kilobytes each would be a waste.
    found = { field, key: JSON.stringify(field, (_, part) => part || undefined) };
    pairs.set(pair, found);
  }
  return found;
}

/** The aura ability of a Pokémon beside the two, as a list; empty if there is none. */
function auraOf(setting: Setting, ally: PokemonState, ignores: boolean): readonly string[] {
  const own = ally.ability ?? copiedAbility(setting, ally, speciesNow(setting.gen, ally)) ?? '';
  const ability = abilityInEffect(setting, ally, own, ally.item ?? '');
  if (ignores && ally.item !== 'abilityshield' && isBreakable(setting.gen, ability)) return [];
  // A copied Flower Gift does nothing.
  return ability === '' || (ability === 'flowergift' && !ally.species.startsWith('Cherrim')) ? [] : [ability];
}

/** @param ignores whether the move ignores abilities, those of allies included */
function build(setting: Setting, user: Combatant, target: Combatant, ignores: boolean): Field {
  const own = user.side.id === setting.own.id ? setting.own : setting.foe;
  const other = own === setting.own ? setting.foe : setting.own;
  const defending = target.side.id === own.id ? own : other;
  const allies = (side: typeof own, self: Combatant): readonly string[] =>
    setting.doubles
      ? side.active.flatMap((ally) =>
          ally && !ally.fainted && ally.id !== self.pokemon.id ? auraOf(setting, ally, ignores) : [],
        )
      : [];
  const helpers = allies(own, user);
  const guards = allies(defending, target);
  const others = [...helpers, ...guards];
  // Screens cover one Pokémon in generation 1, and its side in later ones.
  const conditions = { ...target.pokemon.volatiles, ...defending.conditions };
  // Up to generation 4 a screen covers a lone Pokémon as in singles.
  const isScreenedAlone =
    setting.gen <= 4 &&
    Boolean(conditions.reflect ?? conditions.lightscreen) &&
    standing(defending).length === 1;
  return new Field({
    gameType: setting.doubles && !isScreenedAlone ? 'Doubles' : 'Singles',
    weather: WEATHERS[setting.weather ?? ''],
    terrain: TERRAINS[setting.terrain ?? ''],
    isGravity: Boolean(setting.conditions.gravity),
    isMagicRoom: Boolean(setting.conditions.magicroom),
    isWonderRoom: Boolean(setting.conditions.wonderroom),
    isAuraBreak: others.includes('aurabreak'),
    isFairyAura: others.includes('fairyaura'),
    isDarkAura: others.includes('darkaura'),
    isBeadsOfRuin: others.includes('beadsofruin'),
    isSwordOfRuin: others.includes('swordofruin'),
    isTabletsOfRuin: others.includes('tabletsofruin'),
    isVesselOfRuin: others.includes('vesselofruin'),
    attackerSide: {
      isTailwind: Boolean(own.conditions.tailwind),
      isCharge: Boolean(user.pokemon.volatiles.charge),
      isBattery: helpers.includes('battery'),
      isPowerSpot: helpers.includes('powerspot'),
      isSteelySpirit: helpers.includes('steelyspirit'),
      isFlowerGift: helpers.includes('flowergift'),
    },
    defenderSide: {
      isReflect: Boolean(conditions.reflect),
      isLightScreen: Boolean(conditions.lightscreen),
      isAuroraVeil: Boolean(conditions.auroraveil),
      isTailwind: Boolean(conditions.tailwind),
      isFriendGuard: guards.includes('friendguard'),
      isFlowerGift: guards.includes('flowergift'),
      isForesight: Boolean(target.pokemon.volatiles.foresight || target.pokemon.volatiles.odorsleuth),
    },
  });
}
