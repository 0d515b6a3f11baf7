import type { Action, MoveAction, SwitchAction } from '../../battle/action.ts';
import { toChoice } from '../../battle/action.ts';
import type { BattleState, PokemonState } from '../../battle/state.ts';
import { assessTurn } from '../../knowledge/assess-turn.ts';
import type { MoveAssessment, SwitchAssessment } from '../../knowledge/assessment.ts';
import { findMove, type Move } from '../../knowledge/dex.ts';
import type { DecisionContext } from '../../memory/decision-context.ts';
import type { ActionScore } from '../agent.ts';
import { actChance } from './affliction.ts';
import { foeHasActed, switchesInARow } from './decision-history.ts';
import { fieldWorth } from './field-worth.ts';
import type { Reply } from './foe-replies.ts';
import { gimmickForm } from './gimmick-form.ts';
import { orderChance, strikeOf } from './hit.ts';
import { foeStageWorth, gimmickCost, stageWorth, statusWorth } from './lasting-worth.ts';
import { DISCOUNT } from './matchup-duel.ts';
import { Bout } from './matchup-state.ts';
import { type MoveEffects, moveEffects, NO_EFFECTS } from './move-effects.ts';
import { describeEntry, describeMove } from './notes.ts';
import { addStages, expectedHit, NO_REPLY, type NoReply, type Round, sleepChance } from './round.ts';
import { NO_SHIFT, type Shift, shiftAfter } from './turn-effects.ts';
import { FREE_ENTRY, type Stakes, stakesOf, worth } from './worth.ts';

/** Worth of the initiative that goes with a switch; keeps equal positions from being swapped for ever. */
const SWITCH_COST = 0.04;
const REPEATED_SWITCH_COST = 0.08;
/** How many Pokémon after the next may have to come in against the same foe. */
const REVENGE_DEPTH = 2;
/** Share of the foe's replies that foresee a switch. */
const FORESIGHT = 0.15;

/** What the foe does is never more certain than this: where all else is equal, what helps if it does less counts. */
const MOST_CERTAIN = 0.98;

/** A benched Pokémon that may come in. */
interface Benched {
  readonly pokemon: PokemonState;
  readonly assessment: SwitchAssessment;
  readonly bout: Bout;
  /** After hazards; 0 when it would faint. */
  readonly hp: number;
  /** Expected damage from what the foe aims at the active Pokémon. */
  readonly hit: number;
}

/** Scores every action of a singles turn with a foe on the field, in healthy Pokémon gained. */
export function scoreSingles(turn: DecisionContext): ActionScore[] {
  return new Singles(turn).scores();
}

class Singles {
  private readonly turn: DecisionContext;
  private readonly state: BattleState;
  private readonly foe: PokemonState;
  private readonly field: { gen: number; trickRoom: boolean };
  private readonly stakes: Stakes;
  private readonly active: Bout | undefined;
  private readonly bench: readonly Benched[];
  private readonly entries = new Map<string, number>();

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
    this.active = pairing && new Bout(pairing, this.field);
    this.bench = assessment.switches.flatMap((entry) => this.benched(entry));
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
    const bout = this.boutFor(action);
    const move = bout?.moveOf(action);
    if (!bout || !move) return { score: -5, note: 'nothing is known about this move' };
    const data = findMove(this.state.gen, action.move);
    const plain = action.gimmick !== 'zmove' && action.gimmick !== 'dynamax';
    const effects = data && plain ? moveEffects(data, bout.own.types) : NO_EFFECTS;
    const score = this.moveValue(bout, move, effects, data) - gimmickCost(action.gimmick, this.state.own);
    return { score, note: describeMove(move, bout) };
  }

  private boutFor({ gimmick }: MoveAction): Bout | undefined {
    const { active, turn } = this;
    if (!active || gimmick === undefined) return active;
    return new Bout(active.pairing, this.field, gimmickForm(turn, active.pairing, gimmick));
  }

  private moveValue(bout: Bout, move: MoveAssessment, effects: MoveEffects, data: Move | undefined): number {
    const lands = this.landChance(bout, move, effects, data);
    let value = 0;
    for (const reply of bout.replies.length > 0 ? bout.replies : [NO_REPLY]) {
      const first = orderChance(move.priority, reply.move?.priority ?? 0, bout.ownFirst());
      const acts = MOST_CERTAIN * actChance(this.foe, this.state.gen) * (reply.move?.accuracy ?? 0);
      value += reply.weight * this.roundValue({ bout, move, effects, data, lands, reply, first, acts });
    }
    return value;
  }

  private landChance(bout: Bout, move: MoveAssessment, effects: MoveEffects, data: Move | undefined): number {
    let chance = move.accuracy * actChance(bout.own, this.state.gen);
    if (move.effectiveness === 0) return 0;
    if (effects.protects && bout.own.lastMove && findMove(this.state.gen, bout.own.lastMove)?.stallingMove) {
      chance /= 3;
    }
    const heals = effects.heal > 0 && move.category === 'Status' && data?.id !== 'wish';
    if (heals && bout.own.hp >= 1 && bout.ownFirst() > 0.9) return 0;
    const paysInAdvance = move.category === 'Status' && effects.cost > 0 && effects.cost < 1;
    if (paysInAdvance && bout.own.hp <= effects.cost) return 0;
    if (data?.volatileStatus === 'substitute' && bout.own.volatiles.substitute) return 0;
    return chance;
  }

  /** Expected value of the round over who is first, who hits, and the damage rolls. */
  private roundValue(round: Round): number {
    const { lands, first, acts, effects } = round;
    const shift = shiftAfter(effects, round.bout.own, this.foe, this.state);
    let value = 0;
    for (const landed of [true, false]) {
      const landChance = landed ? lands : 1 - lands;
      if (landChance <= 0) continue;
      const guarded = landed && effects.protects;
      const held = landed ? 1 - (1 - effects.flinch) * (1 - sleepChance(round.effects, this.foe)) : 0;
      const change = landed ? shift : NO_SHIFT;
      for (const ownFirst of [true, false]) {
        const order = ownFirst ? first : 1 - first;
        if (order <= 0) continue;
        const hitChance = guarded ? 0 : ownFirst ? acts * (1 - held) : acts;
        for (const hit of [true, false]) {
          const chance = landChance * order * (hit ? hitChance : 1 - hitChance);
          if (chance > 0.001) value += chance * this.sequence(round, change, landed, ownFirst, hit);
        }
      }
    }
    return value + lands * fieldWorth(round.data, this.state);
  }

  /** One course of a round: both may hit, in a given order. */
  private sequence(round: Round, shift: Shift, landed: boolean, ownFirst: boolean, hit: boolean): number {
    const { bout, effects, reply } = round;
    const own = bout.own.hp;
    const foe = this.foe.hp;
    const end = (a: number, b: number): number => this.endOfRound(round, shift, landed, a, b);
    const ownActs = (a: number, b: number, next: Next): number =>
      landed ? this.ownStrike(round, a, b, shift, next) : next(a, b);
    const foeActs = (a: number, b: number, under: Shift, next: Next): number =>
      hit ? this.foeStrike(bout, reply, a, b, under, next) : next(a, b);
    if (!ownFirst) {
      return foeActs(own, foe, NO_SHIFT, (a, b) => ownActs(a, b, end));
    }
    if (landed && effects.pivots && this.bench.length > 0) {
      return ownActs(own, foe, (_, b) => this.bestEntry(b, hit ? reply : undefined));
    }
    return ownActs(own, foe, (a, b) => foeActs(a, b, shift, end));
  }

  private ownStrike(round: Round, own: number, foe: number, shift: Shift, next: Next): number {
    const { bout, move, effects } = round;
    const strike = strikeOf(move, foe, this.foe.hp, 1);
    const dealt = foe - (1 - strike.ko) * strike.left;
    const healed = effects.heal > 0 ? Math.min(1, own + effects.heal) : own;
    const left = Math.min(1, healed + effects.drain * dealt) - effects.cost;
    if (left <= 0) {
      const lost = -worth(own, this.stakes.own);
      const downed = strike.ko * worth(foe, this.stakes.foe);
      return lost + downed + (1 - strike.ko) * (worth(foe) - worth(strike.left) + this.revenge(strike.left));
    }
    const change = worth(left) - worth(own);
    const won = worth(foe, this.stakes.foe) - FREE_ENTRY + this.ownStageWorth(bout, shift) * left;
    const rest = strike.ko < 1 ? worth(foe) - worth(strike.left) + next(left, strike.left) : 0;
    return change + strike.ko * won + (1 - strike.ko) * rest;
  }

  private foeStrike(
    bout: Bout,
    reply: Reply | NoReply,
    own: number,
    foe: number,
    shift: Shift,
    next: Next,
  ): number {
    const { move } = reply;
    if (!move?.damage) return next(own, foe);
    const strike = strikeOf(move, own, bout.own.hp, bout.foeFactor(move.category === 'Physical', shift));
    const downed = -worth(own, this.stakes.own) + this.revenge(foe);
    if (strike.ko >= 1) return downed;
    const rest = worth(strike.left) - worth(own) + next(strike.left, foe);
    return strike.ko * downed + (1 - strike.ko) * rest;
  }

  private endOfRound(round: Round, shift: Shift, landed: boolean, own: number, foe: number): number {
    const { bout, effects } = round;
    if (landed && effects.pivots && this.bench.length > 0) return this.bestEntry(foe, undefined);
    const lasting =
      this.ownStageWorth(bout, shift) * own +
      foeStageWorth(addStages(this.foe.boosts, shift.foeStages)) * foe +
      (landed ? statusWorth(effects, this.foe, this.state.foe, foe) : 0);
    return lasting + this.goOn(bout, own, foe, shift);
  }

  private ownStageWorth(bout: Bout, shift: Shift): number {
    return stageWorth(bout.ownMoves, addStages(bout.own.boosts, shift.ownStages));
  }

  /** What the position is worth with both still standing: fight on, or leave. */
  private goOn(bout: Bout, own: number, foe: number, shift: Shift): number {
    const stay = bout.worth(own, foe, shift, this.stakes, (left) => this.revenge(left));
    return this.bench.length === 0 ? stay : Math.max(stay, DISCOUNT * this.leave(foe));
  }

  /** Best value of switching out next turn, the newcomer taking what is aimed at its predecessor. */
  private leave(foe: number): number {
    return this.kept(
      'leave',
      foe,
      () => Math.max(...this.bench.map((entry) => this.entryValue(entry, entry.hit, foe))) - SWITCH_COST,
    );
  }

  /** Best value of coming in for nothing, after an own Pokémon has fainted. */
  private revenge(foe: number, fainted?: Benched, depth = REVENGE_DEPTH): number {
    const left = this.bench.filter((entry) => entry !== fainted);
    if (left.length === 0) return 0;
    return this.kept(`revenge ${fainted?.pokemon.id} ${depth}`, foe, () =>
      Math.max(...left.map((entry) => this.entryValue(entry, 0, foe, depth))),
    );
  }

  /** Best value of coming in now, on a given reply of the foe's. */
  private bestEntry(foe: number, reply: Reply | NoReply | undefined): number {
    const move = reply?.move;
    return this.kept(`entry ${move?.move}`, foe, () =>
      Math.max(
        ...this.bench.map((entry) => this.entryValue(entry, move ? expectedHit(entry.bout, move) : 0, foe)),
      ),
    );
  }

  private kept(what: string, foe: number, make: () => number): number {
    const key = `${what} ${Math.round(foe * 40)}`;
    const known = this.entries.get(key);
    if (known !== undefined) return known;
    const value = make();
    this.entries.set(key, value);
    return value;
  }

  private entryValue(entry: Benched, hit: number, foe: number, depth = REVENGE_DEPTH): number {
    const left = entry.hp - hit;
    const afterLoss = (foeHp: number): number => (depth > 0 ? this.revenge(foeHp, entry, depth - 1) : 0);
    if (left <= 0) return -worth(entry.pokemon.hp) + afterLoss(foe);
    const harm = entry.assessment.hazardEffects.some((effect) => effect.endsWith('poisoned')) ? 0.1 : 0;
    const change = worth(left) - worth(entry.pokemon.hp) - harm;
    return change + entry.bout.worth(left, foe, this.entryShift(entry), this.stakes, afterLoss);
  }

  private entryShift(entry: Benched): Shift {
    const cowed = entry.pokemon.ability === 'intimidate' && this.foe.ability !== 'clearbody';
    return cowed ? { ...NO_SHIFT, foeStages: { atk: -1 } } : NO_SHIFT;
  }

  // --- switches ------------------------------------------------------------------------------------------------

  private scoreSwitch(action: SwitchAction): { score: number; note: string } {
    if (action.revive) return { score: this.reviveValue(action), note: 'revived' };
    if (this.isHeld()) return { score: -5, note: `${this.foe.species} does not let it go` };
    const entry = this.bench.find(({ pokemon }) => pokemon.requestSlot === action.slot);
    if (!entry) return { score: -5, note: 'nothing is known about it' };
    const forced = this.turn.request.type === 'switch';
    const foeIsDone = forced && foeHasActed(this.turn);
    const note = describeEntry(entry.assessment, entry.bout);
    if (foeIsDone || !this.active) return { score: this.entryValue(entry, 0, this.foe.hp), note };
    let value = 0;
    for (const { move, weight } of this.repliesTo(entry)) {
      const onEntry = entry.bout.foeMoves.find((candidate) => candidate.move === move.move);
      value += weight * this.entryUnder(entry, onEntry);
    }
    const cost = forced ? 0 : SWITCH_COST + REPEATED_SWITCH_COST * switchesInARow(this.turn);
    return { score: value - cost + this.leavingWorth(), note };
  }

  /** The server may let it go for all that the request says, but the foe's ability will not. */
  private isHeld(): boolean {
    const { request } = this.turn;
    return request.type === 'move' && this.active?.pairing.ownHeld === true;
  }

  private entryUnder(entry: Benched, move: MoveAssessment | undefined): number {
    const { foe } = this;
    if (entry.hp <= 0) return -worth(entry.pokemon.hp, this.stakes.own) + this.revenge(foe.hp);
    const settled = (left: number): number => {
      const value = this.entryValue(entry, entry.hp - left, foe.hp);
      const elsewhere = worth(left) - worth(entry.pokemon.hp) + this.leave(foe.hp) - SWITCH_COST;
      return Math.max(value, elsewhere);
    };
    if (!move?.damage) return settled(entry.hp);
    const acts = actChance(foe, this.state.gen) * move.accuracy;
    const strike = strikeOf(
      move,
      entry.hp,
      entry.hp,
      entry.bout.foeFactor(move.category === 'Physical', this.entryShift(entry)),
    );
    const downed = -worth(entry.pokemon.hp, this.stakes.own) + this.revenge(foe.hp);
    const struck = strike.ko * downed + (1 - strike.ko) * settled(strike.left);
    return acts * struck + (1 - acts) * settled(entry.hp);
  }

  /** What the foe does while somebody comes in: mostly what it would do to the active Pokémon. */
  private repliesTo(entry: Benched): readonly Reply[] {
    const blind = this.active?.replies ?? [];
    const seeing = entry.bout.replies;
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
    const bout = new Bout(pairing, this.field);
    const hp = assessment.faintsOnEntry ? 0 : pokemon.hp - assessment.hazardDamage;
    const replies = this.active?.replies ?? bout.replies;
    const hit = replies.reduce((sum, { move, weight }) => sum + weight * expectedHit(bout, move), 0);
    return [{ pokemon, assessment, bout, hp, hit }];
  }
}

type Next = (own: number, foe: number) => number;
