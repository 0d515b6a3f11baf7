import type { MoveAction } from '../../battle/action.ts';
import type { PokemonState, StatId } from '../../battle/state.ts';
import type { MoveAssessment, Pairing } from '../../knowledge/assessment.ts';
import { findMove, type Move, moveIdWithoutPower } from '../../knowledge/dex.ts';
import { stageFactor } from '../../knowledge/stat-stages.ts';
import { idleTurns, residual } from './affliction.ts';
import { likelyReplies, type Reply } from './foe-replies.ts';
import {
  type Attack,
  chanceToDown,
  type Duel,
  type DuelSide,
  duelWorth,
  type Offence,
} from './matchup-duel.ts';
import type { Stages } from './move-effects.ts';
import { NO_SHIFT, type Shift } from './turn-effects.ts';
import { NO_STAKES } from './worth.ts';

/** How a gimmick changes the moves. */
export interface Form {
  readonly ownMoves?: readonly MoveAssessment[];
  readonly foeMoves?: readonly MoveAssessment[];
  /** Factor on the damage taken. */
  readonly foeScale?: number;
}

/** HP fractions of the two. */
export interface HpPair {
  readonly own: number;
  readonly foe: number;
}

/** How two Pokémon fight on; what is left out is as now, with no other Pokémon behind them. */
type Outlook = Partial<Pick<Duel, 'stakes' | 'afterLoss'>> & { readonly shift?: Shift };

interface Weapon {
  readonly attack: Attack;
  readonly physical: boolean;
}

/**
 * One of our Pokémon against one opponent, with the moves of both in some form (as they are, or after
 * Terastallization).
 */
export class MatchupState {
  readonly own: PokemonState;
  readonly foe: PokemonState;
  readonly replies: readonly Reply[];
  readonly pairing: Pairing;
  readonly ownMoves: readonly MoveAssessment[];
  readonly foeMoves: readonly MoveAssessment[];
  private readonly foeScale: number;
  private readonly weapons: readonly Weapon[];
  private readonly threats: readonly (Weapon & { readonly weight: number })[];
  private readonly gen: number;
  private readonly trickRoom: boolean;

  constructor(pairing: Pairing, field: { gen: number; trickRoom: boolean }, form: Form = {}) {
    this.pairing = pairing;
    this.own = pairing.own;
    this.foe = pairing.foe;
    this.gen = field.gen;
    this.trickRoom = field.trickRoom;
    this.foeScale = form.foeScale ?? 1;
    this.ownMoves = form.ownMoves ?? pairing.ownMoves;
    this.foeMoves = form.foeMoves ?? pairing.foeMoves;
    this.replies = likelyReplies(this.foeMoves, pairing.own.hp);
    this.weapons = this.ownMoves.flatMap((move) => weapon(move, this.gen));
    const attacks = this.replies.filter(({ move }) => move.damage);
    const total = attacks.reduce((sum, { weight }) => sum + weight, 0);
    this.threats = attacks.flatMap(({ move, weight }) =>
      weapon(move, this.gen).map((threat) => ({ ...threat, weight: weight / total })),
    );
  }

  /**
   * The assessment of the move that an action names; undefined for moves that no Pokémon has (Struggle, recharging).
   */
  moveOf({ move: id }: MoveAction): MoveAssessment | undefined {
    // Requests use the same id for every Hidden Power.
    const isIt = (known: string): boolean =>
      moveIdWithoutPower(known) === id || (id === 'hiddenpower' && known.startsWith(id));
    return this.ownMoves.find(({ move }) => isIt(move));
  }

  /** What the opponent does with the attack it is likely to have. */
  foeOffence(shift: Shift = NO_SHIFT): Offence {
    const threats = this.threats.map(({ attack, physical, weight }) => {
      const scaled = scale(attack, this.foeFactor(physical, shift));
      return { weight, attack: { ...scaled, accuracy: scaled.accuracy * shift.foeAccuracy } };
    });
    return {
      chanceToDown: (uses, hp) =>
        threats.reduce((sum, { attack, weight }) => sum + weight * chanceToDown(attack, uses, hp), 0),
      perUse: threats.reduce((sum, { attack, weight }) => sum + weight * attack.mean * attack.accuracy, 0),
    };
  }

  /** Factor on the opponent's damage. */
  foeFactor(physical: boolean, shift: Shift): number {
    const offence = stageRatio(this.foe, physical ? 'atk' : 'spa', shift.foeStages);
    const defence = stageRatio(this.own, physical ? 'def' : 'spd', shift.ownStages);
    return (offence / defence) * (physical ? shift.foePhysical : 1) * this.foeScale;
  }

  /** Factor on our damage. */
  ownFactor(physical: boolean, shift: Shift): number {
    const offence = stageRatio(this.own, physical ? 'atk' : 'spa', shift.ownStages);
    const defence = stageRatio(this.foe, physical ? 'def' : 'spd', shift.foeStages);
    return offence / defence;
  }

  /** What our Pokémon does with its best attack. */
  ownOffence(shift: Shift = NO_SHIFT): Offence {
    const attacks = this.weapons.map(({ attack, physical }) =>
      scale(attack, this.ownFactor(physical, shift)),
    );
    return {
      chanceToDown: (uses, hp) => Math.max(0, ...attacks.map((attack) => chanceToDown(attack, uses, hp))),
      perUse: Math.max(0, ...attacks.map((attack) => attack.mean * attack.accuracy)),
    };
  }

  /** Chance that ours acts first at equal priority. */
  ownFirst(shift: Shift = NO_SHIFT): number {
    const { speed } = this.pairing;
    const factor = stageRatio(this.own, 'spe', shift.ownStages);
    const foeFactor = stageRatio(this.foe, 'spe', shift.foeStages) * shift.foeSpeed;
    if (factor === foeFactor) return speed.ownFirst;
    const own = speed.own * factor;
    const [slowest, fastest] = [speed.foe[0] * foeFactor, speed.foe[1] * foeFactor];
    const faster = own > fastest ? 1 : own < slowest ? 0 : (own - slowest + 0.5) / (fastest - slowest + 1);
    return this.trickRoom ? 1 - faster : faster;
  }

  /** Worth of fighting on with these HP fractions; see {@link duelWorth}. */
  worth(hp: HpPair, { shift = NO_SHIFT, stakes = NO_STAKES, afterLoss = () => 0 }: Outlook = {}): number {
    const own: DuelSide = {
      hp: hp.own,
      offence: this.ownOffence(shift),
      residual: residual(this.own, this.gen) + shift.ownResidual,
      idleTurns: idleTurns(this.own) + shift.ownIdle,
    };
    const foe: DuelSide = {
      hp: hp.foe,
      offence: this.foeOffence(shift),
      residual: residual(this.foe, this.gen) + shift.foeResidual,
      idleTurns: idleTurns(this.foe) + shift.foeIdle,
    };
    return duelWorth({ own, foe, ownFirst: this.ownFirst(shift), stakes, afterLoss });
  }
}

/** The move's attack, if it can be used again and again. */
function weapon(move: MoveAssessment, gen: number): Weapon[] {
  if (!move.damage || move.damage.max === 0) return [];
  const data = findMove(gen, move.move);
  if (data?.selfdestruct) return [];
  const pace = data && (data.flags.charge || data.flags.recharge) ? 0.5 : 1;
  const { min, mean, max } = move.damage;
  // A target that is out of reach now will be back.
  const accuracy = move.targetAway && data ? plainAccuracy(data) : move.accuracy;
  return [
    {
      attack: scale({ min, mean, max, accuracy }, pace),
      physical: move.category === 'Physical',
    },
  ];
}

function plainAccuracy({ accuracy }: Move): number {
  return accuracy === true ? 1 : accuracy / 100;
}

function scale(attack: Attack, factor: number): Attack {
  if (factor === 1) return attack;
  const { min, mean, max, accuracy } = attack;
  return { min: min * factor, mean: mean * factor, max: max * factor, accuracy };
}

/** A stat's factor after a change of stages. */
function stageRatio(pokemon: PokemonState, stat: Exclude<StatId, 'hp'>, change: Stages): number {
  const delta = change[stat];
  if (!delta) return 1;
  const now = pokemon.boosts[stat] ?? 0;
  return stageFactor(now + delta) / stageFactor(now);
}
