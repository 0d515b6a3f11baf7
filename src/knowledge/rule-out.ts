import type { BattleState, PokemonState } from '../battle/state.ts';
import { type Combatant, foeCombatant, maxHpOf, ownCombatant } from './combatant.ts';
import { damageRolls } from './damage-rolls.ts';
import { findMove, findSpecies } from './dex.ts';
import { effectivenessOf, hasFixedDamage } from './effectiveness.ts';
import type { Evidence, ObservedHit, ObservedOrder } from './evidence.ts';
import { hitCounts } from './hit-count.ts';
import type { CandidateSet } from './likely-sets.ts';
import type { MoveUse } from './move-form.ts';
import { priorityNow } from './priority.ts';
import type { Setting } from './setting.ts';
import { movesLast, speedNow } from './speed.ts';

/** Abilities whose effect on damage depends on more than a hit shows. */
const OPAQUE_ABILITIES = new Set([
  'analytic',
  'disguise',
  'electromorphosis',
  'iceface',
  'illusion',
  'protosynthesis',
  'quarkdrive',
  'stakeout',
  'supremeoverlord',
]);

/** Unless Sheer Force or Magic Guard prevents it, a Life Orb shows by its recoil. */
const RECOILLESS = new Set(['sheerforce', 'magicguard']);

/** Only the latest hits are weighed: each costs a calculation per candidate. */
const HITS_WEIGHED = 8;

/** A test that a candidate set passes or fails. */
export type SetTest = (set: CandidateSet) => boolean;

/** Whether a set's item is not among those whose effect would have shown. */
export function itemTest({ id }: PokemonState, evidence: Evidence): SetTest {
  const denied = evidence.notHeld.get(id);
  return (set) => !denied?.has(set.item) || (set.item === 'lifeorb' && RECOILLESS.has(set.ability));
}

/**
 * What a battle's evidence says about the build of one of the opponent's Pokémon, as tests: the order of moves, damage
 * dealt and taken.
 */
export function buildTests(
  state: BattleState,
  pokemon: PokemonState,
  evidence: Evidence,
): readonly SetTest[] {
  const orders = evidence.orders.filter(({ first, second }) => [first.id, second.id].includes(pokemon.id));
  const hits = evidence.hits
    .filter(({ attackerId, defenderId }) => [attackerId, defenderId].includes(pokemon.id))
    .slice(-HITS_WEIGHED);
  const setting = plainSetting(state);
  return [
    ...orders.map((order) => byBuild((set) => allowsOrder({ state, setting }, pokemon, set, order))),
    ...hits.map((hit) => byBuild((set) => allowsHit({ state, setting }, pokemon, set, hit), hit.move)),
  ];
}

/** Many sets differ in their moves only, which affect neither speed nor damage: those are tested once. */
function byBuild(test: SetTest, move = ''): SetTest {
  const results = new Map<string, boolean>();
  return (set) => {
    const key = [
      set.item,
      set.ability,
      set.nature,
      ...Object.values(set.evs),
      ...Object.values(set.ivs),
      moveOf(set, move),
    ].join();
    let result = results.get(key);
    if (result === undefined) {
      result = test(set);
      results.set(key, result);
    }
    return result;
  };
}

/** Evidence is collected under plain conditions only, so it is weighed under them. */
function plainSetting(state: BattleState): Setting {
  return {
    gen: state.gen,
    doubles: false,
    conditions: {},
    abilities: [],
    own: { ...state.own, conditions: {} },
    foe: { ...state.foe, conditions: {} },
  };
}

/** A Pokémon as it was before anything happened to it. */
function plain(state: BattleState, pokemon: PokemonState, hp: number): PokemonState {
  const species = findSpecies(state.gen, pokemon.baseSpecies);
  const { item, ability, status, ...rest } = pokemon;
  return {
    ...rest,
    species: pokemon.baseSpecies,
    hp,
    boosts: {},
    volatiles: {},
    types: species?.types ?? pokemon.types,
    terastallized: false,
    position: 0,
  };
}

function plainOwn(setting: Setting, state: BattleState, id: string, hp: number): Combatant | undefined {
  const own = state.own.pokemon.find((pokemon) => pokemon.id === id);
  if (!own) return undefined;
  const item = own.lastItem ?? own.item ?? '';
  return ownCombatant(setting, {
    ...plain(state, own, hp),
    item,
    ability: own.baseAbility ?? own.ability ?? '',
  });
}

/** A battle, and the plain conditions under which evidence from it is weighed. */
interface Weighing {
  readonly state: BattleState;
  readonly setting: Setting;
}

function allowsOrder(
  { state, setting }: Weighing,
  pokemon: PokemonState,
  set: CandidateSet,
  { first, second }: ObservedOrder,
): boolean {
  const foeFirst = first.id === pokemon.id;
  const own = plainOwn(setting, state, foeFirst ? second.id : first.id, 1);
  const ownMove = findMove(state.gen, foeFirst ? second.move : first.move);
  const foeMove = findMove(state.gen, foeFirst ? first.move : second.move);
  if (!own || !ownMove || !foeMove) return true;
  // Gale Wings depends on full HP: nothing is concluded when it could matter.
  const foe = foeCombatant(setting, plain(state, pokemon, 1), set);
  if (own.ability === 'galewings' || foe.ability === 'galewings') return true;
  // An ability that makes its bearer act last hides its Speed.
  if ([own, foe].some((one) => one.ability === 'myceliummight' || movesLast(setting, one))) return true;
  if (priorityNow(setting, own, ownMove) !== priorityNow(setting, foe, foeMove)) return true;
  const [ownSpeed, foeSpeed] = [speedNow(setting, own), speedNow(setting, foe)];
  return foeFirst ? foeSpeed >= ownSpeed : foeSpeed <= ownSpeed;
}

function allowsHit(
  { state, setting }: Weighing,
  pokemon: PokemonState,
  set: CandidateSet,
  hit: ObservedHit,
): boolean {
  const foeAttacks = hit.attackerId === pokemon.id;
  const own = plainOwn(
    setting,
    state,
    foeAttacks ? hit.defenderId : hit.attackerId,
    foeAttacks ? hit.defenderHp : hit.attackerHp,
  );
  const foe = foeCombatant(setting, plain(state, pokemon, foeAttacks ? hit.attackerHp : hit.defenderHp), set);
  const move = findMove(state.gen, moveOf(set, hit.move));
  if (!own || !move || OPAQUE_ABILITIES.has(own.ability) || OPAQUE_ABILITIES.has(foe.ability)) return true;
  const [user, target] = foeAttacks ? [foe, own] : [own, foe];
  return matchesDamage({ setting, user, target, move }, hit);
}

/** An opponent's Hidden Power is shown without its type; the set knows it. */
function moveOf(set: CandidateSet, move: string): string {
  return (move === 'hiddenpower' && set.moves.find((id) => id.startsWith('hiddenpower'))) || move;
}

function matchesDamage(use: MoveUse, hit: ObservedHit): boolean {
  const { setting, user, target, move } = use;
  const single = hitCounts(setting, user, target, move).length === 1 && !move.multihit;
  if (move.category === 'Status' || hasFixedDamage(move) || !single) return true;
  if (effectivenessOf(use) === 0) return false;
  const { strikes } = damageRolls(use);
  const [rolls = []] = strikes;
  if (strikes.length > 1 || rolls.length === 0) return true;
  const max = maxHpOf(target);
  const [least, most] = [(rolls[0] ?? 0) / max, (rolls.at(-1) ?? 0) / max];
  return hit.damage[0] <= most && hit.damage[1] >= least;
}
