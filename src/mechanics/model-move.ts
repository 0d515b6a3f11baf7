import { moveIdWithoutPower } from '../knowledge/dex.ts';
import { simulator } from '../knowledge/simulator.ts';
import { table } from '../util/table.ts';
import type { Status } from './condition-ids.ts';
import { MOVE_IDS } from './ids.ts';
import { typeNumber } from './types.ts';

/** Changes of stages. */
export interface Stages {
  readonly atk: number;
  readonly def: number;
  readonly spa: number;
  readonly spd: number;
  readonly spe: number;
  readonly accuracy: number;
  readonly evasion: number;
}

/** A secondary effect of a hit. */
export interface Secondary {
  /** 0–1. */
  readonly chance: number;
  readonly status: Status;
  /** Id of the volatile condition it gives the target; `''` for none. */
  readonly volatile: string;
  readonly boosts: Stages | undefined;
  readonly selfBoosts: Stages | undefined;
}

/** A move as the mechanics use it: the dex's data in one fixed shape. */
export interface ModelMove {
  readonly id: string;
  /** See `ids.ts`. */
  readonly number: number;
  readonly power: number;
  readonly type: number;
  readonly category: 'Physical' | 'Special' | 'Status';
  /** 0–1; above 1 for moves that cannot miss. */
  readonly accuracy: number;
  readonly priority: number;
  readonly maxPp: number;
  /** Aimed at the opponent, so that Protect, a substitute or Magic Bounce may stop it. */
  readonly aimed: boolean;
  readonly contact: boolean;
  readonly sound: boolean;
  readonly punch: boolean;
  readonly bite: boolean;
  readonly pulse: boolean;
  readonly bullet: boolean;
  readonly slicing: boolean;
  readonly powder: boolean;
  readonly wind: boolean;
  readonly heals: boolean;
  readonly reflectable: boolean;
  readonly stoppedByProtect: boolean;
  readonly passesSubstitute: boolean;
  readonly thawsUser: boolean;
  readonly usableAsleep: boolean;
  readonly charges: boolean;
  readonly recharges: boolean;
  readonly rampages: boolean;
  /** Cannot be chosen twice in a row. */
  readonly needsPause: boolean;
  readonly minHits: number;
  readonly maxHits: number;
  /** Each hit checks accuracy. */
  readonly rollsEachHit: boolean;
  readonly critStage: number;
  readonly alwaysCrits: boolean;
  /** Fraction of the damage. */
  readonly drain: number;
  readonly recoil: number;
  /** Fraction of the user's maximum HP that it costs, whether or not it hits. */
  readonly hpCost: number;
  readonly crashes: boolean;
  readonly selfDestructs: boolean;
  /** Fraction of maximum HP that a status move restores to its user. */
  readonly heal: number;
  readonly ohko: boolean;
  /** Ignores immunity by type. */
  readonly ignoresImmunity: boolean;
  /** Fixed damage in points; −1 for the user's level; 0 for none. */
  readonly fixedDamage: number;
  /** Uses the defence stat of the other category. */
  readonly hitsOtherDefence: boolean;
  readonly ignoresDefensiveStages: boolean;
  readonly ignoresAbility: boolean;
  readonly hasSecondary: boolean;
  readonly secondaries: readonly Secondary[];
  /** Status that a status move gives its target. */
  readonly status: Status;
  readonly volatile: string;
  readonly boosts: Stages | undefined;
  /** Stages that the user changes on success. */
  readonly selfBoosts: Stages | undefined;
  readonly selfVolatile: string;
  readonly sideCondition: string;
  readonly weather: string;
  readonly terrain: string;
  readonly pseudoWeather: string;
  readonly pivots: boolean;
  readonly passesVolatiles: boolean;
  readonly forcesOut: boolean;
  readonly protects: boolean;
}

const AIMED = new Set(['normal', 'any', 'adjacentFoe', 'allAdjacent', 'allAdjacentFoes', 'randomNormal']);

/**
 * Moves by id, for each generation; looked up in the middle of a search, where even building a combined key would cost.
 */
const known: Map<string, ModelMove>[] = Array.from({ length: 10 }, () => new Map());

/** A move by id; an unknown one becomes an attack without power. */
export function modelMove(gen: number, id: string): ModelMove {
  const moves = known[gen] as Map<string, ModelMove>;
  let move = moves.get(id);
  if (!move) {
    // The simulator's own data: they know better than the dex what a move did in an older generation.
    const data = simulator.Dex.forGen(gen).moves.get(moveIdWithoutPower(id));
    move = compile(gen, id, data.exists ? data : undefined);
    moves.set(id, move);
  }
  return move;
}

const MAX_MOVES = [
  '',
  'maxstrike',
  'maxflare',
  'maxgeyser',
  'maxlightning',
  'maxovergrowth',
  'maxhailstorm',
  'maxknuckle',
  'maxooze',
  'maxquake',
  'maxairstream',
  'maxmindstorm',
  'maxflutterby',
  'maxrockfall',
  'maxphantasm',
  'maxwyrmwind',
  'maxdarkness',
  'maxsteelspike',
  'maxstarfall',
];

const maxMoves = new Map<ModelMove, ModelMove[]>();
const zMoves = new Map<ModelMove, ModelMove>();

/**
 * What a move becomes under Dynamax; Gigantamax moves count as the Max Moves of their type.
 *
 * @param type type of the move when its user uses it
 */
export function maxMove(move: ModelMove, type: number): ModelMove {
  if (move.category === 'Status') return modelMove(8, 'maxguard');
  let byType = maxMoves.get(move);
  if (!byType) {
    byType = [];
    maxMoves.set(move, byType);
  }
  byType[type] ??= {
    ...modelMove(8, MAX_MOVES[type] || 'maxstrike'),
    power: simulator.Dex.forGen(8).moves.get(move.id).maxMove?.basePower ?? move.power,
    category: move.category,
    type,
  };
  return byType[type];
}

/** What a damaging move becomes as a Z-move. Status moves stay the same. */
export function zMove(move: ModelMove): ModelMove {
  if (move.category === 'Status') return move;
  let made = zMoves.get(move);
  if (!made) {
    made = {
      ...modelMove(7, 'breakneckblitz'),
      power: simulator.Dex.forGen(7).moves.get(move.id).zMove?.basePower ?? move.power,
      category: move.category,
      type: move.type,
    };
    zMoves.set(move, made);
  }
  return made;
}

function fraction(pair: readonly number[] | undefined): number {
  const [numerator = 0, denominator = 1] = pair ?? [];
  return numerator / denominator;
}

function stages(boosts: Partial<Record<string, number>> | undefined): Stages | undefined {
  if (!boosts) return undefined;
  const { atk = 0, def = 0, spa = 0, spd = 0, spe = 0, accuracy = 0, evasion = 0 } = boosts;
  return { atk, def, spa, spd, spe, accuracy, evasion };
}

/** The simulator implements these in code, not as data. */
const HEALS_OF_GEN_1: Readonly<Record<string, readonly [number, number]>> = table({
  recover: [1, 2],
  softboiled: [1, 2],
});

type MoveData = ReturnType<typeof simulator.Dex.moves.get>;

interface SelfEffect {
  readonly chance?: number;
  readonly boosts?: Partial<Record<string, number>>;
  readonly volatileStatus?: string;
  readonly sideCondition?: string;
}

// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one fact a line
function compile(gen: number, name: string, move: MoveData | undefined): ModelMove {
  const flags = (move?.flags ?? {}) as Readonly<Record<string, number | undefined>>;
  const { multihit = 1 } = move ?? {};
  const self: SelfEffect | undefined = move?.self ?? undefined;
  const [minHits, maxHits] = Array.isArray(multihit) ? multihit : [multihit, multihit];
  const target = move?.target ?? 'normal';
  const onUser = target === 'self' || target === 'adjacentAllyOrSelf' || target === 'allies';
  const volatile = move?.volatileStatus ?? '';
  const id = move ? moveIdWithoutPower(name) : '';
  // In generation 1 screens belong to their user and last while it stays.
  const isScreen = volatile === 'reflect' || volatile === 'lightscreen';
  // A self effect with a chance below 1 works like a secondary one.
  const selfChance = (self?.chance ?? 100) / 100;
  const certainSelf = selfChance >= 1;
  const secondaries = (move?.secondaries ?? []).map((secondary) => ({
    chance: (secondary.chance ?? 100) / 100,
    status: (secondary.status ?? '') as Status,
    volatile: secondary.volatileStatus ?? '',
    boosts: stages(secondary.boosts),
    selfBoosts: stages(secondary.self?.boosts),
  }));
  if (self?.boosts && !certainSelf) {
    secondaries.push({
      chance: selfChance,
      status: '',
      volatile: '',
      boosts: undefined,
      selfBoosts: stages(self.boosts),
    });
  }
  return {
    id,
    number: MOVE_IDS.numberOf(id),
    power: move?.basePower ?? 0,
    type: typeNumber(move?.type),
    category: move?.category ?? 'Physical',
    accuracy: !move || move.accuracy === true ? 2 : move.accuracy / 100,
    priority: move?.priority ?? 0,
    maxPp: move && !move.noPPBoosts ? (move.pp * 8) / 5 : (move?.pp ?? 1),
    aimed: AIMED.has(target),
    contact: Boolean(flags.contact),
    sound: Boolean(flags.sound),
    punch: Boolean(flags.punch),
    bite: Boolean(flags.bite),
    pulse: Boolean(flags.pulse),
    bullet: Boolean(flags.bullet),
    slicing: Boolean(flags.slicing),
    powder: Boolean(flags.powder),
    wind: Boolean(flags.wind),
    heals: Boolean(flags.heal),
    reflectable: Boolean(flags.reflectable),
    stoppedByProtect: Boolean(flags.protect),
    passesSubstitute: Boolean(flags.bypasssub) || (gen >= 6 && Boolean(flags.sound)),
    thawsUser: Boolean(flags.defrost),
    usableAsleep: Boolean(move?.sleepUsable),
    charges: Boolean(flags.charge),
    recharges: Boolean(flags.recharge),
    needsPause: Boolean(flags.cantusetwice),
    rampages: self?.volatileStatus === 'lockedmove',
    minHits: minHits ?? 1,
    maxHits: maxHits ?? 1,
    rollsEachHit: Boolean(move?.multiaccuracy),
    critStage: (move?.critRatio ?? 1) - 1,
    alwaysCrits: Boolean(move?.willCrit),
    drain: fraction(move?.drain),
    recoil: fraction(move?.recoil),
    hpCost: move?.mindBlownRecoil || id === 'chloroblast' || id === 'steelbeam' ? 1 / 2 : 0,
    crashes: Boolean(move?.hasCrashDamage),
    selfDestructs: Boolean(move?.selfdestruct),
    heal: onUser ? fraction(move?.heal ?? HEALS_OF_GEN_1[gen === 1 ? id : '']) : 0,
    ohko: Boolean(move?.ohko),
    ignoresImmunity: move?.category !== 'Status' && move?.ignoreImmunity === true,
    fixedDamage: move?.damage === 'level' ? -1 : typeof move?.damage === 'number' ? move.damage : 0,
    hitsOtherDefence: hitsOtherDefence(move),
    ignoresDefensiveStages: Boolean(move?.ignoreDefensive),
    ignoresAbility: Boolean(move?.ignoreAbility),
    hasSecondary: secondaries.length > 0 || Boolean(move?.hasSheerForceBoost),
    secondaries,
    status: (move?.status ?? '') as Status,
    volatile: onUser ? '' : volatile,
    boosts: onUser ? undefined : stages(move?.boosts),
    selfBoosts: certainSelf
      ? stages(self?.boosts ?? move?.selfBoost?.boosts ?? (onUser ? move?.boosts : undefined))
      : undefined,
    selfVolatile: isScreen ? '' : onUser ? volatile : (self?.volatileStatus ?? ''),
    sideCondition: isScreen ? volatile : (move?.sideCondition ?? self?.sideCondition ?? ''),
    weather: (move?.weather ?? '').toLowerCase(),
    terrain: move?.terrain ?? '',
    pseudoWeather: move?.pseudoWeather ?? '',
    pivots: move?.selfSwitch === true,
    passesVolatiles: move?.selfSwitch === 'copyvolatile' || move?.selfSwitch === 'shedtail',
    forcesOut: Boolean(move?.forceSwitch),
    protects: Boolean(move?.stallingMove),
  };
}

function hitsOtherDefence(move: MoveData | undefined): boolean {
  if (!move?.overrideDefensiveStat) return false;
  return move.overrideDefensiveStat === (move.category === 'Special' ? 'def' : 'spd');
}
