import {
  type Gimmick,
  type MoveAction,
  type SlotAction,
  type SwitchAction,
  slotActions,
  toChoice,
} from '../../battle/action.ts';
import type { BattleState, PokemonState } from '../../battle/state.ts';
import { assessTurn } from '../../knowledge/assess-turn.ts';
import type { Pairing, TurnAssessment } from '../../knowledge/assessment.ts';
import { ownCombatant } from '../../knowledge/combatant.ts';
import { findMove, type Move } from '../../knowledge/dex.ts';
import { effectivenessOf } from '../../knowledge/effectiveness.ts';
import { settingOf } from '../../knowledge/setting.ts';
import type { DecisionContext } from '../../memory/decision-context.ts';
import { table } from '../../util/table.ts';
import type { ActionScore } from '../agent.ts';
import { actChance } from './affliction.ts';
import { fieldWorth } from './field-worth.ts';
import { gimmickForm } from './gimmick-form.ts';
import { orderChance, strikeOf } from './hit.ts';
import { type AttackOdds, chanceOfKo } from './ko-chance.ts';
import { gimmickCost, stageWorth, statusWorth } from './lasting-worth.ts';
import { MatchupState } from './matchup-state.ts';
import { moveEffects } from './move-effects.ts';
import { describeEntry, describeMove } from './notes.ts';
import { type Stakes, stakesOf, worth } from './worth.ts';

/** Weight of the next turns' attacks beside this turn's. */
const FUTURE = 0.6;
const SWITCH_COST = 0.08;
/** Chance that the opponents aim at the better of two targets. */
const FOCUS = 0.7;
const PROTECT_COST = 0.12;

/** What one slot's action would do; computed once, then combined with the other slot's. */
interface Plan {
  readonly note: string;
  /** HP of the Pokémon in the slot afterwards; 0 for none. */
  readonly hp: number;
  readonly matchups: readonly MatchupState[];
  /** By opponent, in the order of {@link Doubles.foes}. */
  readonly attacks: readonly (AttackOdds | undefined)[];
  /** Fraction of its HP that the ally loses to a move that hits all around. */
  readonly onAlly: number;
  readonly protects: boolean;
  /** Lasting worth of its effects besides damage, less its costs. */
  readonly bonus: number;
}

/** Scores every pair of actions of a doubles turn with an opponent on the field, in healthy Pokémon gained. */
export function scoreDoubles(turn: DecisionContext): ActionScore[] {
  return new Doubles(turn).scores();
}

class Doubles {
  private readonly turn: DecisionContext;
  private readonly state: BattleState;
  private readonly assessment: TurnAssessment;
  private readonly foes: readonly PokemonState[];
  private readonly field: { gen: number; trickRoom: boolean };
  /** Chance that an opponent aims at a slot, by opponent and slot. */
  private readonly aim: readonly (readonly number[])[];
  private readonly isMoveTurn: boolean;
  private readonly stakes: Stakes;

  constructor(turn: DecisionContext) {
    const { state } = turn;
    this.turn = turn;
    this.state = state;
    this.field = { gen: state.gen, trickRoom: state.field.conditions.trickroom !== undefined };
    this.assessment = assessTurn(state, turn.memory.turns);
    this.foes = state.foe.active.filter((foe): foe is PokemonState => foe !== null && !foe.fainted);
    this.stakes = stakesOf(state);
    this.isMoveTurn = turn.request.type === 'move';
    this.aim = this.foes.map((foe) => this.aimOf(foe));
  }

  scores(): ActionScore[] {
    const plans = new Map<SlotAction, Plan>();
    return this.turn.actions.map((action) => {
      const pair = slotActions(action).map((part, position) => {
        if (part.type === 'team') throw new TypeError('Expected no team preview here');
        const plan = plans.get(part) ?? this.plan(part, position);
        if (part.type !== 'pass') plans.set(part, plan);
        return plan;
      });
      const note = pair
        .map((plan) => plan.note)
        .filter(Boolean)
        .join('; ');
      return { choice: toChoice(action), score: this.value(pair), note };
    });
  }

  // --- one slot ------------------------------------------------------------------------------------------------

  private plan(action: SlotAction, position: number): Plan {
    switch (action.type) {
      case 'move':
        return this.movePlan(action, position);
      case 'switch':
        return action.revive ? this.revivePlan(position) : this.switchPlan(action, position);
      case 'pass':
        return this.standing(position, '');
    }
  }

  /** The plan of a slot that does nothing. */
  private standing(position: number, note: string, gimmick?: Gimmick): Plan {
    const own = this.state.own.active[position];
    const matchups = this.foes.flatMap((foe) => {
      const pairing = this.pairing(own, foe);
      return pairing ? [new MatchupState(pairing, this.field, gimmickForm(this.turn, pairing, gimmick))] : [];
    });
    const hp = own && !own.fainted ? own.hp : 0;
    return { note, hp, matchups, attacks: [], onAlly: 0, protects: false, bonus: 0 };
  }

  private pairing(own: PokemonState | null | undefined, foe: PokemonState): Pairing | undefined {
    return this.assessment.pairings.find(
      (pairing) => pairing.own.id === own?.id && pairing.foe.id === foe.id,
    );
  }

  private movePlan(action: MoveAction, position: number): Plan {
    const own = this.state.own.active[position];
    const idle = this.standing(position, '', action.gimmick);
    const data = findMove(this.state.gen, action.move);
    if (!own || !data) return idle;
    const acts = actChance(own, this.state.gen);
    const usual = action.gimmick !== 'zmove' && action.gimmick !== 'dynamax';
    const effects = usual ? moveEffects(data, own.types) : undefined;
    const targets = this.targets(action, data);
    const attacks = this.foes.map((foe, index): AttackOdds | undefined => {
      const share = targets.get(foe) ?? 0;
      const matchup = idle.matchups[index];
      const move = matchup?.moveOf(action);
      if (!share || !matchup || !move?.damage) return undefined;
      const { min, max } = move.damage;
      const first = orderChance(move.priority, matchup.replies[0]?.move.priority ?? 0, matchup.ownFirst());
      return { min, max, accuracy: move.accuracy * acts * share, first, flinch: effects?.flinch ?? 0 };
    });
    let bonus = -gimmickCost(action.gimmick, this.state.own);
    let note = '';
    for (const [index, foe] of this.foes.entries()) {
      const matchup = idle.matchups[index];
      const move = matchup?.moveOf(action);
      if (!matchup || !move || !targets.has(foe)) continue;
      note ||= describeMove(move, matchup);
      const lands = move.effectiveness === 0 ? 0 : move.accuracy * acts;
      if (effects) bonus += lands * statusWorth(effects, foe, this.state.foe, foe.hp);
    }
    if (effects) {
      const healed = Math.min(1, own.hp + effects.heal) - effects.cost;
      bonus +=
        acts *
        (worth(healed) -
          worth(own.hp) +
          stageWorth(idle.matchups[0]?.ownMoves ?? [], effects.ownStages) * own.hp);
      bonus += acts * fieldWorth(data, this.state) + acts * (TEAMWORK[data.id] ?? 0);
    }
    // Moves at one's ally are rarely useful.
    if (action.target !== undefined && action.target < 0 && data.category !== 'Status') bonus -= 2;
    const protects = Boolean(effects?.protects) && !isGuard(own.lastMove, this.state.gen);
    if (effects?.protects) bonus -= PROTECT_COST;
    return { ...idle, note, attacks, onAlly: this.onAlly(action, data, position, idle), protects, bonus };
  }

  /** The opponents that a move reaches, with the share of its uses that reach each. */
  private targets(action: MoveAction, data: Move): Map<PokemonState, number> {
    const { foes } = this;
    if (action.target !== undefined) {
      if (action.target < 0) return new Map();
      const aimed = this.state.foe.active[action.target - 1];
      // The simulator redirects a move at an empty slot to the other one.
      const hit = aimed && !aimed.fainted ? aimed : foes[0];
      return new Map(hit ? [[hit, 1]] : []);
    }
    const everyone = data.target === 'allAdjacent' || data.target === 'allAdjacentFoes';
    const anyone = data.target === 'randomNormal' || data.target === 'scripted';
    if (!everyone && !anyone && data.category === 'Status') return new Map();
    return new Map(foes.map((foe) => [foe, everyone ? 1 : 1 / foes.length]));
  }

  /** Damage to the ally of a move that hits everyone around, estimated from its damage to the opponents. */
  private onAlly(action: MoveAction, data: Move, position: number, idle: Plan): number {
    const user = this.state.own.active[position];
    const ally = this.state.own.active[1 - position];
    if (!user || !ally || ally.fainted || data.target !== 'allAdjacent' || data.category === 'Status')
      return 0;
    const setting = settingOf(this.state);
    const both = { user: ownCombatant(setting, user), target: ownCombatant(setting, ally) };
    const onAlly = effectivenessOf({ setting, ...both, move: data });
    const rates = idle.matchups.flatMap((matchup) => {
      const move = matchup.moveOf(action);
      return move?.damage && move.effectiveness > 0 ? [move.damage.mean / move.effectiveness] : [];
    });
    return onAlly * (rates.length > 0 ? Math.max(...rates) : 0.3);
  }

  /** The user of Revival Blessing stays, and a fainted Pokémon returns with half its HP. */
  private revivePlan(position: number): Plan {
    return { ...this.standing(position, 'revived'), bonus: worth(0.5) };
  }

  private switchPlan(action: SwitchAction, position: number): Plan {
    const entry = this.assessment.switches.find(({ pokemon }) => pokemon.requestSlot === action.slot);
    const nothing = { attacks: [], onAlly: 0, protects: false };
    if (!entry) return { ...nothing, note: '', hp: 0, matchups: [], bonus: 0 };
    const own = this.state.own.active[position];
    const isHeld =
      this.isMoveTurn && this.assessment.pairings.some((pairing) => pairing.own === own && pairing.ownHeld);
    if (isHeld) return { ...nothing, note: 'cannot leave', hp: 0, matchups: [], bonus: -5 };
    const matchups = entry.pairings.map((pairing) => new MatchupState(pairing, this.field));
    const hp = entry.faintsOnEntry ? 0 : entry.pokemon.hp - entry.hazardDamage;
    const [matchup] = matchups;
    const bonus = worth(hp) - worth(entry.pokemon.hp) - (this.isMoveTurn ? SWITCH_COST : 0);
    return { ...nothing, note: matchup ? describeEntry(entry, matchup) : '', hp, matchups, bonus };
  }

  // --- both slots ----------------------------------------------------------------------------------------------

  private value(plans: readonly Plan[]): number {
    const fates = this.foes.map((foe, index) => this.fateOf(foe, index, plans));
    let value = 0;
    for (const [index, fate] of fates.entries()) {
      value += fate.gain - FUTURE * (1 - fate.ko) * this.threatOf(index, plans);
    }
    for (const [position, plan] of plans.entries()) {
      value += plan.bonus;
      if (plan.hp <= 0) continue;
      const ally = plans[1 - position];
      const { ko, loss } = this.lossOf(plan, position, fates, plan.protects ? 0 : (ally?.onAlly ?? 0));
      value += FUTURE * (1 - ko) * this.offenceOf(plan, fates) - loss;
    }
    return value;
  }

  /** State of an opponent after the attacks of both slots. */
  private fateOf(foe: PokemonState, index: number, plans: readonly Plan[]): Fate {
    const attacks = plans.flatMap((plan) => plan.attacks[index] ?? []);
    const ko = chanceOfKo(attacks, foe.hp);
    const before = chanceOfKo(
      attacks.filter(({ first }) => first >= 0.5),
      foe.hp,
    );
    const dealt = attacks.reduce((sum, { min, max, accuracy }) => sum + (accuracy * (min + max)) / 2, 0);
    const left = Math.max(0.05, foe.hp - dealt);
    const flinch = attacks.reduce(
      (stays, attack) => stays * (1 - attack.flinch * attack.first * attack.accuracy),
      1,
    );
    return {
      ko,
      gain: ko * worth(foe.hp, this.stakes.foe) + (1 - ko) * (worth(foe.hp) - worth(left)),
      acts: (1 - before) * flinch * actChance(foe, this.state.gen),
    };
  }

  private lossOf(
    plan: Plan,
    position: number,
    fates: readonly Fate[],
    fromAlly: number,
  ): { ko: number; loss: number } {
    if (!this.isMoveTurn || plan.protects) return { ko: 0, loss: 0 };
    let stands = 1;
    let dealt = fromAlly;
    for (const [index, fate] of fates.entries()) {
      const matchup = plan.matchups[index];
      const aimed = fate.acts * (this.aim[index]?.[position] ?? 0);
      if (!matchup || aimed === 0) continue;
      for (const { move, weight } of matchup.replies) {
        if (!move.damage) continue;
        const chance = aimed * weight * move.accuracy;
        stands *= 1 - chance * strikeOf(move, plan.hp, matchup.own.hp, 1).ko;
        dealt += chance * Math.min(plan.hp, move.damage.mean);
      }
    }
    if (fromAlly >= plan.hp) stands = 0;
    const ko = 1 - stands;
    const left = Math.max(0.02, plan.hp - dealt);
    return { ko, loss: ko * worth(plan.hp, this.stakes.own) + stands * (worth(plan.hp) - worth(left)) };
  }

  /** Damage of an opponent's best attack on any Pokémon still standing then. */
  private threatOf(index: number, plans: readonly Plan[]): number {
    return Math.max(
      0,
      ...plans.map((plan) => {
        const matchup = plan.matchups[index];
        return matchup ? Math.min(plan.hp, matchup.foeOffence().perUse) : 0;
      }),
    );
  }

  /** Damage of a slot's best attack on any opponent left then. */
  private offenceOf(plan: Plan, fates: readonly Fate[]): number {
    return Math.max(
      0,
      ...plan.matchups.map((matchup, index) => {
        return (1 - (fates[index]?.ko ?? 0)) * Math.min(matchup.foe.hp, matchup.ownOffence().perUse);
      }),
    );
  }

  private aimOf(foe: PokemonState): readonly number[] {
    const appeals = this.state.own.active.map((own) => {
      const pairing = this.pairing(own, foe);
      if (!pairing || !own || own.fainted) return 0;
      return new MatchupState(pairing, this.field).replies.reduce(
        (sum, { move, weight }) =>
          sum +
          (move.damage
            ? weight * (Math.min(own.hp, move.damage.mean) * move.accuracy + 0.3 * move.damage.koChance)
            : 0),
        0.001,
      );
    });
    const standing = appeals.filter((appeal) => appeal > 0).length;
    const most = Math.max(...appeals);
    return appeals.map((appeal) =>
      appeal === 0 ? 0 : standing === 1 ? 1 : appeal === most ? FOCUS : 1 - FOCUS,
    );
  }
}

interface Fate {
  readonly ko: number;
  /** Worth taken from it. */
  readonly gain: number;
  /** Chance that it gets to act. */
  readonly acts: number;
}

/** Support moves that matter only with a partner. */
const TEAMWORK: Readonly<Record<string, number>> = table({
  tailwind: 0.2,
  helpinghand: 0.05,
  followme: 0.1,
  ragepowder: 0.1,
  icywind: 0.1,
  electroweb: 0.1,
});

function isGuard(move: string | undefined, gen: number): boolean {
  return move !== undefined && Boolean(findMove(gen, move)?.stallingMove);
}
