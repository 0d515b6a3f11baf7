import type { Action, MoveAction, SwitchAction } from '../../battle/action.ts';
import { toChoice } from '../../battle/action.ts';
import type { BattleState, PokemonState } from '../../battle/state.ts';
import { assessTurn } from '../../knowledge/assess-turn.ts';
import type { MoveAssessment, SwitchAssessment } from '../../knowledge/assessment.ts';
import { findMove, type Move } from '../../knowledge/dex.ts';
import type { DecisionContext } from '../../memory/decision-context.ts';
import type { ActionScore } from '../agent.ts';
import { actChance } from './affliction.ts';
import { Bench, type Benched, SWITCH_COST } from './bench.ts';
import { foeHasActed, switchesInARow } from './decision-history.ts';
import { fieldWorth } from './field-worth.ts';
import type { Reply } from './foe-replies.ts';
import { gimmickForm } from './gimmick-form.ts';
import { orderChance, strikeOf } from './hit.ts';
import { foeStageWorth, gimmickCost, stageWorth, statusWorth } from './lasting-worth.ts';
import { DISCOUNT } from './matchup-duel.ts';
import { type HpPair, MatchupState } from './matchup-state.ts';
import { type MoveEffects, moveEffects, NO_EFFECTS } from './move-effects.ts';
import { describeEntry, describeMove } from './notes.ts';
import { addStages, expectedHit, NO_REPLY, type Round, sleepChance } from './round.ts';
import { NO_SHIFT, type Shift, shiftAfter } from './turn-effects.ts';
import { FREE_ENTRY, type Stakes, stakesOf, worth } from './worth.ts';

const REPEATED_SWITCH_COST = 0.08;
/** Share of the opponent's replies that predict a switch. */
const FORESIGHT = 0.15;

/**
 * The opponent's replies are never more certain than this, so that on a tie the action that is better against other
 * replies wins.
 */
const MOST_CERTAIN = 0.98;

/** Scores every action of a singles turn with an opponent on the field, in healthy Pokémon gained. */
export function scoreSingles(turn: DecisionContext): ActionScore[] {
  return new Singles(turn).scores();
}

/** One possible course of a round. */
interface Course {
  /** Our move works. */
  readonly landed: boolean;
  /** Ours acts first. */
  readonly ownFirst: boolean;
  /** The opponent acts and hits. */
  readonly hit: boolean;
}

const EITHER = [true, false];
const COURSES: readonly Course[] = EITHER.flatMap((landed) =>
  EITHER.flatMap((ownFirst) => EITHER.map((hit) => ({ landed, ownFirst, hit }))),
);

class Singles {
  private readonly turn: DecisionContext;
  private readonly state: BattleState;
  private readonly foe: PokemonState;
  private readonly field: { gen: number; trickRoom: boolean };
  private readonly stakes: Stakes;
  private readonly active: MatchupState | undefined;
  private readonly bench: Bench;

  constructor(turn: DecisionContext) {
    const { state } = turn;
    this.turn = turn;
    this.state = state;
    this.field = { gen: state.gen, trickRoom: state.field.conditions.trickroom !== undefined };
    const assessment = assessTurn(state, turn.memory.turns);
    const [pairing] = assessment.pairings;
    const foe = state.foe.active[0];
    if (!foe) throw new RangeError('Expected a foe on the field');
    this.foe = foe;
    this.stakes = stakesOf(state);
    this.active = pairing && new MatchupState(pairing, this.field);
    const benched = assessment.switches.flatMap((entry) => this.benched(entry));
    this.bench = new Bench(benched, foe, { gen: state.gen, stakes: this.stakes });
  }

  scores(): ActionScore[] {
    return this.turn.actions.map((action) => {
      const { score, note } = this.score(action);
      return { choice: toChoice(action), score, note };
    });
  }

  private score(action: Action): { score: number; note: string } {
    if (action.type === 'switch') return this.scoreSwitch(action);
    if (action.type === 'move') return this.scoreMove(action);
    return { score: 0, note: '' };
  }

  // --- moves ---------------------------------------------------------------------------------------------------

  private scoreMove(action: MoveAction): { score: number; note: string } {
    const matchup = this.boutFor(action);
    const move = matchup?.moveOf(action);
    if (!matchup || !move) return { score: -5, note: 'nothing is known about this move' };
    const data = findMove(this.state.gen, action.move);
    const plain = action.gimmick !== 'zmove' && action.gimmick !== 'dynamax';
    const effects = data && plain ? moveEffects(data, matchup.own.types) : NO_EFFECTS;
    const score = this.moveValue(matchup, move, effects, data) - gimmickCost(action.gimmick, this.state.own);
    return { score, note: describeMove(move, matchup) };
  }

  private boutFor({ gimmick }: MoveAction): MatchupState | undefined {
    const { active, turn } = this;
    if (!active || gimmick === undefined) return active;
    return new MatchupState(active.pairing, this.field, gimmickForm(turn, active.pairing, gimmick));
  }

  private moveValue(
    matchup: MatchupState,
    move: MoveAssessment,
    effects: MoveEffects,
    data: Move | undefined,
  ): number {
    const lands = this.landChance(matchup, move, effects, data);
    let value = 0;
    for (const reply of matchup.replies.length > 0 ? matchup.replies : [NO_REPLY]) {
      const first = orderChance(move.priority, reply.move?.priority ?? 0, matchup.ownFirst());
      const acts = MOST_CERTAIN * actChance(this.foe, this.state.gen) * (reply.move?.accuracy ?? 0);
      value += reply.weight * this.roundValue({ matchup, move, effects, data, lands, reply, first, acts });
    }
    return value;
  }

  private landChance(
    matchup: MatchupState,
    move: MoveAssessment,
    effects: MoveEffects,
    data: Move | undefined,
  ): number {
    let chance = move.accuracy * actChance(matchup.own, this.state.gen);
    if (move.effectiveness === 0) return 0;
    if (
      effects.protects &&
      matchup.own.lastMove &&
      findMove(this.state.gen, matchup.own.lastMove)?.stallingMove
    ) {
      chance /= 3;
    }
    const heals = effects.heal > 0 && move.category === 'Status' && data?.id !== 'wish';
    if (heals && matchup.own.hp >= 1 && matchup.ownFirst() > 0.9) return 0;
    const paysInAdvance = move.category === 'Status' && effects.cost > 0 && effects.cost < 1;
    if (paysInAdvance && matchup.own.hp <= effects.cost) return 0;
    if (data?.volatileStatus === 'substitute' && matchup.own.volatiles.substitute) return 0;
    return chance;
  }

  /** Expected value of the round over who acts first, what hits, and the damage rolls. */
  private roundValue(round: Round): number {
    const shift = shiftAfter(round.effects, round.matchup.own, this.foe, this.state);
    let value = 0;
    for (const course of COURSES) {
      const chance = this.courseChance(round, course);
      if (chance > 0.001) value += chance * this.courseValue(round, course, course.landed ? shift : NO_SHIFT);
    }
    return value + round.lands * fieldWorth(round.data, this.state);
  }

  private courseChance({ lands, first, acts, effects }: Round, { landed, ownFirst, hit }: Course): number {
    const guarded = landed && effects.protects;
    const held = landed ? 1 - (1 - effects.flinch) * (1 - sleepChance(effects, this.foe)) : 0;
    const hitChance = guarded ? 0 : ownFirst ? acts * (1 - held) : acts;
    return (landed ? lands : 1 - lands) * (ownFirst ? first : 1 - first) * (hit ? hitChance : 1 - hitChance);
  }

  /** One course of a round: both may hit, in a given order. */
  private courseValue(round: Round, { landed, ownFirst, hit }: Course, shift: Shift): number {
    const { matchup, effects, reply } = round;
    const start: HpPair = { own: matchup.own.hp, foe: this.foe.hp };
    const end: Next = (hp) => this.endOfRound(round, shift, landed, hp);
    const ownActs = (hp: HpPair, next: Next): number =>
      landed ? this.ownStrike(round, hp, shift, next) : next(hp);
    const foeActs = (hp: HpPair, under: Shift, next: Next): number =>
      hit ? this.foeStrike(round, hp, under, next) : next(hp);
    if (!ownFirst) {
      return foeActs(start, NO_SHIFT, (hp) => ownActs(hp, end));
    }
    if (landed && effects.pivots && !this.bench.isEmpty) {
      return ownActs(start, ({ foe }) => this.bench.bestEntry(foe, hit ? reply : undefined));
    }
    return ownActs(start, (hp) => foeActs(hp, shift, end));
  }

  private ownStrike(round: Round, { own, foe }: HpPair, shift: Shift, next: Next): number {
    const { matchup, move, effects } = round;
    const strike = strikeOf(move, foe, this.foe.hp, 1);
    const dealt = foe - (1 - strike.ko) * strike.left;
    const healed = effects.heal > 0 ? Math.min(1, own + effects.heal) : own;
    const left = Math.min(1, healed + effects.drain * dealt) - effects.cost;
    if (left <= 0) {
      const lost = -worth(own, this.stakes.own);
      const downed = strike.ko * worth(foe, this.stakes.foe);
      return (
        lost + downed + (1 - strike.ko) * (worth(foe) - worth(strike.left) + this.bench.revenge(strike.left))
      );
    }
    const change = worth(left) - worth(own);
    const won = worth(foe, this.stakes.foe) - FREE_ENTRY + this.ownStageWorth(matchup, shift) * left;
    const rest = strike.ko < 1 ? worth(foe) - worth(strike.left) + next({ own: left, foe: strike.left }) : 0;
    return change + strike.ko * won + (1 - strike.ko) * rest;
  }

  private foeStrike({ matchup, reply }: Round, hp: HpPair, shift: Shift, next: Next): number {
    const { own, foe } = hp;
    const { move } = reply;
    if (!move?.damage) return next(hp);
    const strike = strikeOf(
      move,
      own,
      matchup.own.hp,
      matchup.foeFactor(move.category === 'Physical', shift),
    );
    const downed = -worth(own, this.stakes.own) + this.bench.revenge(foe);
    if (strike.ko >= 1) return downed;
    const rest = worth(strike.left) - worth(own) + next({ own: strike.left, foe });
    return strike.ko * downed + (1 - strike.ko) * rest;
  }

  private endOfRound(
    { matchup, effects }: Round,
    shift: Shift,
    landed: boolean,
    { own, foe }: HpPair,
  ): number {
    if (landed && effects.pivots && !this.bench.isEmpty) return this.bench.bestEntry(foe, undefined);
    const lasting =
      this.ownStageWorth(matchup, shift) * own +
      foeStageWorth(addStages(this.foe.boosts, shift.foeStages)) * foe +
      (landed ? statusWorth(effects, this.foe, this.state.foe, foe) : 0);
    return lasting + this.goOn(matchup, { own, foe }, shift);
  }

  private ownStageWorth(matchup: MatchupState, shift: Shift): number {
    return stageWorth(matchup.ownMoves, addStages(matchup.own.boosts, shift.ownStages));
  }

  /** Value of the position when both still stand: fight on, or leave. */
  private goOn(matchup: MatchupState, hp: HpPair, shift: Shift): number {
    const afterLoss = (left: number): number => this.bench.revenge(left);
    const stay = matchup.worth(hp, { shift, stakes: this.stakes, afterLoss });
    return this.bench.isEmpty ? stay : Math.max(stay, DISCOUNT * this.bench.leave(hp.foe));
  }

  // --- switches ------------------------------------------------------------------------------------------------

  private scoreSwitch(action: SwitchAction): { score: number; note: string } {
    if (action.revive) return { score: this.reviveValue(action), note: 'revived' };
    if (this.isHeld()) return { score: -5, note: `${this.foe.species} does not let it go` };
    const entry = this.bench.pokemon.find(({ pokemon }) => pokemon.requestSlot === action.slot);
    if (!entry) return { score: -5, note: 'nothing is known about it' };
    const forced = this.turn.request.type === 'switch';
    const foeIsDone = forced && foeHasActed(this.turn);
    const note = describeEntry(entry.assessment, entry.matchup);
    if (foeIsDone || !this.active) return { score: this.bench.entryValue(entry, 0, this.foe.hp), note };
    let value = 0;
    for (const { move, weight } of this.repliesTo(entry)) {
      const onEntry = entry.matchup.foeMoves.find((candidate) => candidate.move === move.move);
      value += weight * this.bench.entryUnder(entry, onEntry);
    }
    const cost = forced ? 0 : SWITCH_COST + REPEATED_SWITCH_COST * switchesInARow(this.turn);
    return { score: value - cost + this.leavingWorth(), note };
  }

  /** The request allows switching, but the opponent's ability does not. */
  private isHeld(): boolean {
    const { request } = this.turn;
    return request.type === 'move' && this.active?.pairing.ownHeld === true;
  }

  /** The opponent's replies while a Pokémon comes in: mostly those to the active one. */
  private repliesTo(entry: Benched): readonly Reply[] {
    const blind = this.active?.replies ?? [];
    const seeing = entry.matchup.replies;
    return [
      ...blind.map(({ move, weight }) => ({ move, weight: weight * (1 - FORESIGHT) })),
      ...seeing.map(({ move, weight }) => ({ move, weight: weight * FORESIGHT })),
    ];
  }

  /** What the active Pokémon gains or loses by leaving. */
  private leavingWorth(): number {
    const own = this.active?.own;
    if (!own || own.fainted || !this.active) return 0;
    let gain = 0;
    if (own.ability === 'regenerator') gain += worth(Math.min(1, own.hp + 1 / 3)) - worth(own.hp);
    if (own.ability === 'naturalcure' && own.status) gain += 0.15;
    if (own.volatiles.leechseed || own.volatiles.perish1 || own.volatiles.yawn) gain += 0.1;
    return gain;
  }

  private reviveValue(action: SwitchAction): number {
    const pokemon = this.state.own.pokemon.find(({ requestSlot }) => requestSlot === action.slot);
    const stats = pokemon?.stats;
    return stats ? (Math.max(stats.atk, stats.spa) + stats.spe) / 1000 : 0;
  }

  private benched(assessment: SwitchAssessment): Benched[] {
    const [pairing] = assessment.pairings;
    if (!pairing) return [];
    const { pokemon } = assessment;
    const matchup = new MatchupState(pairing, this.field);
    const hp = assessment.faintsOnEntry ? 0 : pokemon.hp - assessment.hazardDamage;
    const replies = this.active?.replies ?? matchup.replies;
    const hit = replies.reduce((sum, { move, weight }) => sum + weight * expectedHit(matchup, move), 0);
    return [{ pokemon, assessment, matchup, hp, hit }];
  }
}

type Next = (hp: HpPair) => number;
