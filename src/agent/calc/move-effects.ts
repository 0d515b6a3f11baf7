import type { BoostId, StatusId } from '../../battle/state.ts';
import type { Move } from '../../knowledge/dex.ts';
import { table } from '../../util/table.ts';

/** Expected stat stages, signed, chances included. */
export type Stages = Partial<Record<BoostId, number>>;

/** What a move does besides its damage, when it hits. */
export interface MoveEffects {
  readonly ownStages: Stages;
  readonly foeStages: Stages;
  /** Statuses that the opponent may get, with their chances. */
  readonly statuses: readonly (readonly [status: StatusId, chance: number])[];
  readonly flinch: number;
  /** Fraction of maximum HP restored. */
  readonly heal: number;
  /** Fraction of the damage that returns as HP; negative for recoil. */
  readonly drain: number;
  /** Fraction of maximum HP the user pays; 1 when it faints. */
  readonly cost: number;
  /** The user then switches out. */
  readonly pivots: boolean;
  /** Protects from most moves this turn. */
  readonly protects: boolean;
  readonly leechSeeds: boolean;
  /** Expected turns that it costs the opponent, besides a status (confusion, attraction …). */
  readonly hinders: number;
}

/** A move without effects besides its damage. */
export const NO_EFFECTS: MoveEffects = {
  ownStages: {},
  foeStages: {},
  statuses: [],
  flinch: 0,
  heal: 0,
  drain: 0,
  cost: 0,
  pivots: false,
  protects: false,
  leechSeeds: false,
  hinders: 0,
};

/** Moves that restore HP in ways the data do not state, with the fraction in plain weather. */
const HEALERS: Readonly<Record<string, number>> = table({
  lifedew: 0.25,
  moonlight: 0.5,
  morningsun: 0.5,
  rest: 1,
  shoreup: 0.5,
  synthesis: 0.5,
  wish: 0.45,
  junglehealing: 0.25,
  lunarblessing: 0.25,
  strengthsap: 0.4,
});

/** Setup moves whose price or effect is implemented in code, not data. */
const SPECIAL_STAGES: Readonly<Record<string, { readonly stages: Stages; readonly cost: number }>> = table({
  bellydrum: { stages: { atk: 6 }, cost: 0.5 },
  clangoroussoul: { stages: { atk: 1, def: 1, spa: 1, spd: 1, spe: 1 }, cost: 1 / 3 },
  filletaway: { stages: { atk: 2, spa: 2, spe: 2 }, cost: 0.5 },
  acupressure: { stages: { atk: 0.3, spa: 0.3, spe: 0.3, def: 0.3, spd: 0.3 }, cost: 0 },
});

const HP_PRICES: Readonly<Record<string, number>> = table({
  chloroblast: 0.5,
  mindblown: 0.5,
  steelbeam: 0.5,
  struggle: 0.25,
  substitute: 0.25,
  shedtail: 0.5,
});

const CURSE_STAGES: Stages = { atk: 1, def: 1, spe: -1 };

/** Reads a move's effects from the dex. */
export function moveEffects(move: Move, userTypes: readonly string[]): MoveEffects {
  const special = SPECIAL_STAGES[move.id];
  const ownStages: Stages = { ...special?.stages };
  const foeStages: Stages = {};
  const statuses: (readonly [StatusId, number])[] = [];
  const atSelf = move.target === 'self' || move.target === 'allySide' || move.target === 'allies';
  const add = (to: Stages, boosts: object | undefined, chance: number): void => {
    for (const [id, stages] of Object.entries(boosts ?? {})) {
      to[id as BoostId] = (to[id as BoostId] ?? 0) + chance * Number(stages);
    }
  };
  add(atSelf ? ownStages : foeStages, move.boosts, 1);
  add(ownStages, move.self?.boosts, 1);
  add(ownStages, move.selfBoost?.boosts, 1);
  if (move.id === 'curse' && !userTypes.includes('Ghost')) add(ownStages, CURSE_STAGES, 1);
  if (move.status && !atSelf) statuses.push([move.status as StatusId, 1]);
  if (move.volatileStatus === 'yawn') statuses.push(['slp', 0.5]);
  for (const secondary of move.secondaries ?? []) {
    const chance = (secondary.chance ?? 100) / 100;
    add(ownStages, secondary.self?.boosts, chance);
    add(foeStages, secondary.boosts, chance);
    if (secondary.status) statuses.push([secondary.status as StatusId, chance]);
  }
  const confuses = move.volatileStatus === 'confusion' && !atSelf;
  return {
    ownStages,
    foeStages,
    statuses,
    flinch: Math.min(1, secondaryChance(move, 'flinch')),
    heal: HEALERS[move.id] ?? fraction(move.heal),
    drain: fraction(move.drain) - fraction(move.recoil),
    cost: move.selfdestruct ? 1 : (HP_PRICES[move.id] ?? special?.cost ?? 0),
    pivots: Boolean(move.selfSwitch),
    protects: Boolean(move.stallingMove) && move.id !== 'endure',
    leechSeeds: move.volatileStatus === 'leechseed',
    hinders: CONFUSION_HINDERS * ((confuses ? 1 : 0) + secondaryChance(move, 'confusion')),
  };
}

/** Share of a move's worth that confusion takes away. */
const CONFUSION_HINDERS = 0.8;

/** Chance that a move's secondary effects cause a volatile condition. */
function secondaryChance({ secondaries }: Move, condition: string): number {
  return (secondaries ?? []).reduce(
    (sum, { volatileStatus, chance }) => (volatileStatus === condition ? sum + (chance ?? 100) / 100 : sum),
    0,
  );
}

function fraction(ratio: readonly number[] | null | undefined): number {
  const [over = 0, under = 1] = ratio ?? [];
  return over / under;
}
