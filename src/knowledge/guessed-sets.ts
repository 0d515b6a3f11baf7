import { toId } from '../battle/generations.ts';
import { findMove, findSpecies, generation, type Move, type Species, type Stats } from './dex.ts';
import { chart } from './effectiveness.ts';
import type { CandidateSet } from './likely-sets.ts';
import { simulator } from './simulator.ts';

type Spread = Pick<CandidateSet, 'nature' | 'evs'>;
type Role = { readonly moves: readonly string[]; readonly items: readonly string[] } & Spread;

const NO_EVS: Stats = { hp: 0, atk: 0, def: 0, spa: 0, spd: 0, spe: 0 };
const FULL_IVS: Stats = { hp: 31, atk: 31, def: 31, spa: 31, spd: 31, spe: 31 };
const OLD_EVS: Stats = { hp: 255, atk: 255, def: 255, spa: 255, spd: 255, spe: 255 };
const OLD_IVS: Stats = { hp: 30, atk: 30, def: 30, spa: 30, spd: 30, spe: 30 };

const PHYSICAL_SETUP = ['dragondance', 'swordsdance', 'shellsmash', 'bulkup', 'curse', 'bellydrum'];
const SPECIAL_SETUP = ['quiverdance', 'nastyplot', 'shellsmash', 'calmmind', 'tailglow', 'growth', 'amnesia'];
const RECOVERY = [
  'recover',
  'roost',
  'slackoff',
  'softboiled',
  'moonlight',
  'synthesis',
  'milkdrink',
  'shoreup',
  'rest',
];
const SUPPORT = [
  'stealthrock',
  'spikes',
  'toxicspikes',
  'stickyweb',
  'defog',
  'rapidspin',
  'willowisp',
  'toxic',
  'thunderwave',
  'leechseed',
  'spore',
  'sleeppowder',
  'knockoff',
  'uturn',
  'voltswitch',
  'haze',
  'encore',
  'taunt',
  'protect',
];

/** Attacks with a drawback that keeps players from using them by default. */
const COSTLY = new Set([
  'belch',
  'blastburn',
  'burnup',
  'dreameater',
  'eternabeam',
  'explosion',
  'fling',
  'focuspunch',
  'frenzyplant',
  'futuresight',
  'gigaimpact',
  'hydrocannon',
  'hyperbeam',
  'lastresort',
  'meteorassault',
  'mindblown',
  'mistyexplosion',
  'prismaticlaser',
  'roaroftime',
  'rockwrecker',
  'selfdestruct',
  'skyattack',
  'snore',
  'steelbeam',
  'steelroller',
  'suckerpunch',
  'synchronoise',
]);

const caches = new Map<string, readonly CandidateSet[]>();

/**
 * Sets a species might have when nothing better is known, from its learnset and base stats: an attacker by its better
 * stat, a setup sweeper and a bulky set, each with the items and abilities it would likely have. Weights sum to 1; most
 * likely first.
 */
export function guessedSets(gen: number, species: string, level: number): readonly CandidateSet[] {
  const key = `${gen}/${toId(species)}/${level}`;
  let sets = caches.get(key);
  if (!sets) {
    sets = guess(gen, species, level);
    caches.set(key, sets);
  }
  return sets;
}

function guess(gen: number, name: string, level: number): readonly CandidateSet[] {
  const species = findSpecies(gen, name);
  const moves = species ? learnable(gen, species) : [];
  const roles = species ? rolesOf(gen, species, moves) : [];
  const abilities = species ? abilitiesOf(gen, species) : [''];
  const combinations = roles.flatMap((role) =>
    role.items.flatMap((item) => abilities.map((ability) => ({ role, item, ability }))),
  );
  if (combinations.length === 0) return [unknownSet(gen, abilities[0] ?? '', level)];
  const weight = (role: Role): number => 1 / (roles.length * role.items.length * abilities.length);
  return combinations.map(({ role, item, ability }) => ({
    moves: role.moves,
    item,
    ability,
    ...(gen >= 9 && species ? { teraType: species.requiredTeraType ?? species.types[0] } : {}),
    level,
    nature: gen >= 3 ? role.nature : '',
    evs: gen >= 3 ? role.evs : OLD_EVS,
    ivs: gen >= 3 ? FULL_IVS : OLD_IVS,
    weight: weight(role),
  }));
}

function unknownSet(gen: number, ability: string, level: number): CandidateSet {
  const old = gen <= 2;
  return {
    moves: [],
    item: '',
    ability,
    level,
    nature: old ? '' : 'serious',
    evs: old ? OLD_EVS : { hp: 84, atk: 84, def: 84, spa: 84, spd: 84, spe: 84 },
    ivs: old ? OLD_IVS : FULL_IVS,
    weight: 1,
  };
}

/** The moves a species can have in a generation, or had in the last one that included it; sorted by id. */
export function learnable(gen: number, species: Species): readonly Move[] {
  const { species: table } = simulator.Dex.forGen(gen);
  const base = typeof species.battleOnly === 'string' ? species.battleOnly : species.name;
  const { id, isNonstandard } = table.get(base);
  const [now, ever] = [table.getMovePool(id), table.getMovePool(id, true)];
  // Species that a generation left out still have the moves of the last one that included them.
  const isLeftOut = isNonstandard === 'Past';
  const pools = [isLeftOut ? ever : now, table.getMovePool(table.get(species.baseSpecies).id), ever];
  const ids = [...(pools.find((pool) => pool.size > 0) ?? [])];
  return ids.sort().flatMap((id) => findMove(gen, id) ?? []);
}

function abilitiesOf(gen: number, species: Species): readonly string[] {
  if (gen < 3) return [''];
  const names = [species.abilities[0], species.abilities[1], species.abilities.H];
  return names.flatMap((name) => (name ? [toId(name)] : []));
}

/** Power times accuracy, STAB included: the measure by which attacks of one type are compared. */
function worth(species: Species, move: Move): number {
  const accuracy = move.accuracy === true ? 1 : move.accuracy / 100;
  const hits = Array.isArray(move.multihit) ? 3 : (move.multihit ?? 1);
  const charging = move.flags.charge || move.flags.recharge ? 0.4 : 1;
  const stab = species.types.some((type) => type === move.type) ? 1.5 : 1;
  return move.basePower * hits * accuracy * accuracy * charging * stab;
}

/** The best attacks of a category: its STABs first, then those that cover most further types. */
function attacks(gen: number, species: Species, moves: readonly Move[], category: string): readonly string[] {
  const best = new Map<string, Move>();
  for (const move of moves) {
    if (move.category !== category || COSTLY.has(move.id) || move.basePower < 40) continue;
    const rival = best.get(move.type);
    if (!rival || worth(species, move) > worth(species, rival)) best.set(move.type, move);
  }
  const chosen = species.types.flatMap((type) => best.get(type) ?? []);
  let others = [...best.values()].filter((move) => !chosen.includes(move));
  while (chosen.length < 4 && others.length > 0) {
    const covered = coveredTypes(gen, chosen);
    const gain = (move: Move): number =>
      100 * coveredTypes(gen, [move]).filter((type) => !covered.includes(type)).length + worth(species, move);
    const next = others.reduce((top, move) => (gain(move) > gain(top) ? move : top));
    chosen.push(next);
    others = others.filter((move) => move !== next);
  }
  return chosen.map((move) => move.id);
}

/** The types that some of these moves hit super effectively. */
function coveredTypes(gen: number, moves: readonly Move[]): readonly string[] {
  return [...generation(gen).types].flatMap(({ name }) =>
    moves.some((move) => chart(gen, move.type, name) > 1) ? [name] : [],
  );
}

function rolesOf(gen: number, species: Species, moves: readonly Move[]): readonly Role[] {
  const { atk, spa, hp, def, spd } = species.baseStats;
  const physical = atk >= spa;
  const category = physical ? 'Physical' : 'Special';
  const offence = attacks(gen, species, moves, category);
  const ids = new Set(moves.map((move) => move.id as string));
  const setup = (physical ? PHYSICAL_SETUP : SPECIAL_SETUP).find((id) => ids.has(id));
  const sweep: Spread = {
    nature: physical ? 'jolly' : 'timid',
    evs: physical ? { ...NO_EVS, atk: 252, spd: 4, spe: 252 } : { ...NO_EVS, spa: 252, spd: 4, spe: 252 },
  };
  const roles: Role[] = [];
  if (offence.length > 0) {
    const band = physical ? 'choiceband' : 'choicespecs';
    roles.push({ ...sweep, moves: offence, items: available(gen, ['lifeorb', 'choicescarf', band]) });
    if (setup) {
      const moves = [setup, ...offence.slice(0, 3)];
      roles.push({ ...sweep, moves, items: available(gen, ['leftovers', 'lifeorb', 'heavydutyboots']) });
    }
  }
  const recovery = RECOVERY.find((id) => ids.has(id));
  const support = SUPPORT.filter((id) => ids.has(id));
  if (recovery || (support.length >= 2 && hp + def + spd >= atk + spa + 60)) {
    const moves = [...(recovery ? [recovery] : []), ...offence.slice(0, 1), ...support].slice(0, 4);
    roles.push({
      moves,
      items: available(gen, ['leftovers', 'heavydutyboots']),
      nature: def >= spd ? 'impish' : 'careful',
      evs: def >= spd ? { ...NO_EVS, hp: 252, def: 252, spd: 4 } : { ...NO_EVS, hp: 252, def: 4, spd: 252 },
    });
  }
  return roles;
}

/** The items that exist in the generation; `''` alone when none do. */
function available(gen: number, items: readonly string[]): readonly string[] {
  const { dex } = generation(gen);
  const known = items.filter((id) => {
    const item = dex.items.get(id);
    return gen >= 2 && item.exists && item.gen <= gen;
  });
  return known.length > 0 ? known : [''];
}
