import { HAZARDS } from '../../../knowledge/hazards.ts';
import { CHOICES, GIMMICK, NO_CHOICE, SWITCH, Z_MOVE } from '../../../mechanics/choices.ts';
import { type ModelMove, zMove } from '../../../mechanics/model-move.ts';
import { Pokemon } from '../../../mechanics/pokemon.ts';
import { priorityOf } from '../../../mechanics/priority.ts';
import type { SearchState } from '../../../mechanics/search-state.ts';
import { FAINTED, type Side } from '../../../mechanics/side.ts';
import { entryCost } from '../entry-cost.ts';
import { attackFactor, bestAttack, goesFirst, race, speedIn } from '../expected-attack.ts';
import { type Attacks, type Matchups, MOVES, TEAM } from '../matchups.ts';
import { CLEARING, recovers, setsUp } from '../move-uses.ts';
import { CHOICE, CHOICE_INPUTS } from './choice-features.ts';
import { CONTEXT, CONTEXT_INPUTS } from './context-features.ts';
import { traitsOf } from './move-traits.ts';

const LEAST_HP = 0.03;
const MOST = 1.5;
/** Value for a Pokémon that has fainted, or has no opponent. */
const FALLEN = -0.5;
/** Assumed effect of a healing move when its data do not show it. */
const USUAL_HEAL = 0.5;

/** How a team member fares, or would, against the opponent's active Pokémon. */
class Duel {
  /** Where the matchups have the pair. */
  at = 0;
  /** Expected shares of the other's maximum HP that the best attack takes a turn. */
  dealt = 0;
  taken = 0;
  /** 1 if ours goes first, 0 if not. */
  first = 0;
  /** −1 to 1. */
  outlook = 0;
}

/**
 * The policy network's inputs for a side's choices in a state: numbers in flat arrays, overwritten for each state of
 * one world without allocating.
 */
export class ChoiceInputs {
  readonly context = new Float64Array(CONTEXT_INPUTS);
  /** {@link CHOICE_INPUTS} for each choice of the list. */
  readonly choices = new Float64Array(CHOICES * CHOICE_INPUTS);
  private readonly matchups: Matchups;
  /** Both teams as they would be after their gimmick. */
  private readonly changed: readonly (readonly Pokemon[])[];
  private readonly duels = Array.from({ length: TEAM }, () => new Duel());
  private side: 0 | 1 = 0;

  /** @param root where the search begins; not changed */
  constructor(root: SearchState, matchups: Matchups) {
    this.matchups = matchups;
    this.changed = root.sides.map(({ pokemon: team }) =>
      team.map(({ index, forme }) => {
        const pokemon = new Pokemon(index, forme.gimmickForme ?? forme);
        pokemon.terastallized = root.gimmick === 'terastallize';
        return pokemon;
      }),
    );
  }

  /** Reads a state, and the first `count` of the choices that a side has in it. */
  read(p: SearchState, side: Side, list: Int8Array, count: number): void {
    this.side = side === p.sides[0] ? 0 : 1;
    for (const pokemon of side.pokemon) {
      if (pokemon.hp > 0 || pokemon === side.active) this.readDuel(p, side, pokemon);
    }
    this.readContext(side);
    this.choices.fill(0, 0, count * CHOICE_INPUTS);
    let best = 0;
    for (let i = 0; i < count; i++) {
      const choice = list[i] ?? 0;
      const to = i * CHOICE_INPUTS;
      if (choice < SWITCH) best = Math.max(best, this.readMove(p, side, choice, to));
      else if (choice < NO_CHOICE) this.readSwitch(side, choice - SWITCH, to);
    }
    if (best > 0) this.compareAttacks(count, best);
  }

  private matchup(own: Pokemon, foe: Pokemon): number {
    return this.side === 0 ? this.matchups.at(own, foe) : this.matchups.at(foe, own);
  }

  private get own(): Attacks {
    return this.matchups.attacks[this.side];
  }

  private get foes(): Attacks {
    return this.matchups.attacks[this.side === 0 ? 1 : 0];
  }

  private duel(index: number): Duel {
    return this.duels[index] as Duel;
  }

  private readDuel(p: SearchState, side: Side, pokemon: Pokemon): void {
    const { foe } = side;
    const { active: facing } = foe;
    const duel = this.duel(pokemon.index);
    const at = this.matchup(pokemon, facing);
    duel.at = at;
    duel.dealt = bestAttack(side, pokemon, facing, this.own, at);
    duel.taken = bestAttack(foe, facing, pokemon, this.foes, at);
    duel.first = goesFirst(p, speedIn(p, side, pokemon), speedIn(p, foe, facing));
    const { dealt, taken, first } = duel;
    if (facing.hp <= 0) duel.outlook = pokemon === side.active ? FALLEN : 0;
    else if (pokemon.hp <= 0) duel.outlook = FALLEN;
    else duel.outlook = race(dealt, taken, first, pokemon.hp / pokemon.maxHp, facing.hp / facing.maxHp);
  }

  private readContext(side: Side): void {
    const { context: c } = this;
    const { active, foe, volatiles: v } = side;
    const { active: facing, volatiles: w } = foe;
    const { at, dealt, taken, first, outlook } = this.duel(active.index);
    const hp = active.hp / active.maxHp;
    const foeHp = facing.hp / facing.maxHp;
    c[CONTEXT.hp] = hp;
    c[CONTEXT.foeHp] = foeHp;
    c[CONTEXT.first] = first;
    c[CONTEXT.outlook] = outlook;
    c[CONTEXT.deals] = shareOf(dealt, foeHp);
    c[CONTEXT.takes] = shareOf(taken, hp);
    c[CONTEXT.takesQuick] = shareOf(this.foes.quick[at] ?? 0, hp);
    c[CONTEXT.attack] = Math.max(v.atk, v.spa) / 3;
    c[CONTEXT.defence] = (v.def + v.spd) / 3;
    c[CONTEXT.speed] = v.spe / 3;
    c[CONTEXT.foeAttack] = Math.max(w.atk, w.spa) / 3;
    c[CONTEXT.foeDefence] = (w.def + w.spd) / 3;
    c[CONTEXT.foeSpeed] = w.spe / 3;
    c[CONTEXT.ill] = Number(active.status !== '');
    c[CONTEXT.foeIll] = Number(facing.status !== '');
    c[CONTEXT.foeHelpless] = Number(isHelpless(foe));
    c[CONTEXT.substitute] = Number(v.substitute > 0);
    c[CONTEXT.foeSubstitute] = Number(w.substitute > 0);
    c[CONTEXT.gimmick] = Number(!side.gimmickSpent);
    c[CONTEXT.foeGimmick] = Number(!foe.gimmickSpent);
    c[CONTEXT.replaces] = Number(side.mustSwitch === FAINTED);
    c[CONTEXT.pivoted] = Number(side.mustSwitch > FAINTED);
    c[CONTEXT.foeIsDown] = Number(foeHp <= 0);
    c[CONTEXT.afflicted] = Number(isAfflicted(side));
    c[CONTEXT.foeAfflicted] = Number(isAfflicted(foe));
    c[CONTEXT.locked] = Number(v.lockedMove > 0 || v.encore > 0);
    c[CONTEXT.foeLocked] = Number(w.lockedMove > 0 || w.encore > 0);
    c[CONTEXT.fresh] = Number(v.movesMade === 0);
    c[CONTEXT.foeFresh] = Number(w.movesMade === 0);
    c[CONTEXT.hazards] = hazards(side);
    c[CONTEXT.foeHazards] = hazards(foe);
    c[CONTEXT.screens] = screens(side);
    c[CONTEXT.foeScreens] = screens(foe);
    c[CONTEXT.stalled] = Number(v.stalled > 0);
    c[CONTEXT.regenerates] = active.forme.ability === 'regenerator' ? 1 - hp : 0;
    c[CONTEXT.foeSetsUp] = Number(facing.forme.moves.some(setsUp));
    c[CONTEXT.standing] = standing(side) / TEAM;
    c[CONTEXT.foeStanding] = standing(foe) / TEAM;
    c[CONTEXT.bestGain] = this.bestOutlook(side) - outlook;
  }

  /** How the best on the bench would fare. */
  private bestOutlook(side: Side): number {
    let best = -1;
    for (const pokemon of side.pokemon) {
      if (pokemon.hp > 0 && pokemon !== side.active) best = Math.max(best, this.duel(pokemon.index).outlook);
    }
    return best;
  }

  /** Returns the expected share of the opponent's maximum HP that a move takes. */
  private readMove(p: SearchState, side: Side, choice: number, to: number): number {
    const { choices: out } = this;
    const { active, foe } = side;
    const slot = choice & 3;
    const move = side.forme.moves[slot];
    if (!move) return 0;
    out.set(traitsOf(move), to);
    const isChanged = choice >= GIMMICK && choice < Z_MOVE;
    const at = isChanged ? this.readGimmick(side, to) : this.duel(active.index).at;
    if (choice >= Z_MOVE) out[to + CHOICE.zMove] = 1;
    const priority = priorityOf(p, side, move);
    if (priority > 0) out[to + CHOICE.goesFirst] = 1;
    else if (priority < 0) out[to + CHOICE.goesLast] = 1;
    this.readEffects(side, move, to);
    if (move.category === 'Status') return 0;
    const factor = attackFactor(side, active, foe.active, move.category === 'Physical');
    const power = choice >= Z_MOVE && move.power > 0 ? zMove(move).power / move.power : 1;
    const share = Math.min(MOST, (this.own.moves[at * MOVES + slot] ?? 0) * factor * power);
    this.readDamage(move, share, priority, to);
    return share;
  }

  /** Returns where the matchups have the active Pokémon after its gimmick. */
  private readGimmick(side: Side, to: number): number {
    const { choices: out, context: c } = this;
    const { active, foe } = side;
    const at = this.matchup(this.changed[this.side]?.[active.index] ?? active, foe.active);
    const taken = bestAttack(foe, foe.active, active, this.foes, at);
    out[to + CHOICE.gimmick] = 1;
    out[to + CHOICE.gimmickTakes] = shareOf(taken, c[CONTEXT.hp] ?? 0) - (c[CONTEXT.takes] ?? 0);
    return at;
  }

  private readDamage(move: ModelMove, share: number, priority: number, to: number): void {
    const { choices: out, context: c } = this;
    const left = Math.max(c[CONTEXT.foeHp] ?? 0, LEAST_HP);
    out[to + CHOICE.deals] = Math.min(MOST, share / left);
    out[to + CHOICE.dealsOfAll] = share;
    if (share >= left) {
      out[to + CHOICE.faints] = 1;
      out[to + CHOICE.faintsFirst] = priority > 0 ? 1 : priority < 0 ? 0 : (c[CONTEXT.first] ?? 0);
    }
    out[to + CHOICE.harmless] = Number(share === 0);
    out[to + CHOICE.drains] = move.drain * Math.min(share, left);
    if (move.recoil > 0) out[to + CHOICE.costs] = move.recoil * Math.min(share, left);
  }

  /** Effects of a move besides damage, as far as they depend on the state. */
  private readEffects(side: Side, move: ModelMove, to: number): void {
    const { choices: out, context: c } = this;
    const { foe, active, volatiles: v } = side;
    this.readStatuses(foe.active.status === '', move, to);
    if (HAZARDS.has(move.sideCondition))
      out[to + (isFull(foe, move.sideCondition) ? CHOICE.hazardsInVain : CHOICE.laysHazards)] = 1;
    else if (move.sideCondition !== '') out[to + CHOICE.helpsSide] = 1;
    if (CLEARING.has(move.id)) out[to + CHOICE.clearsHazards] = c[CONTEXT.hazards] ?? 0;
    if (move.forcesOut) out[to + CHOICE.forcesOut] = 1 + (c[CONTEXT.foeAttack] ?? 0);
    if (move.rampages || (v.lockedMove === 0 && active.item.startsWith('choice'))) out[to + CHOICE.locks] = 1;
    if (move.id === 'knockoff' && foe.active.item !== '') out[to + CHOICE.takesItem] = 1;
    if (move.protects && v.stalled > 0) out[to + CHOICE.protectsAgain] = 1;
    if (move.volatile === 'leechseed' && !foe.volatiles.leechSeed) out[to + CHOICE.seeds] = 1;
    if (recovers(move)) {
      out[to + CHOICE.heals] = 1;
      out[to + CHOICE.healsMissing] = Math.min(1 - (c[CONTEXT.hp] ?? 0), move.heal || USUAL_HEAL);
    }
  }

  private readStatuses(isHealthy: boolean, move: ModelMove, to: number): void {
    const { choices: out, context: c } = this;
    if (move.status !== '' && move.category === 'Status')
      out[to + (isHealthy ? STATUS[move.status] : CHOICE.statusInVain)] = 1;
    for (const { status, volatile, chance } of move.secondaries) {
      if (status !== '' && isHealthy) out[to + CHOICE.mayGiveStatus] = chance;
      if (volatile === 'flinch') out[to + CHOICE.mayFlinch] = chance * (c[CONTEXT.first] ?? 0);
    }
  }

  private readSwitch(side: Side, index: number, to: number): void {
    const { choices: out, context: c } = this;
    const { active: facing } = side.foe;
    const pokemon = side.pokemon[index];
    if (!pokemon) return;
    const { at, dealt, taken, first, outlook } = this.duel(index);
    const here = this.duel(side.active.index);
    const hp = pokemon.hp / pokemon.maxHp;
    const foeHp = facing.hp / facing.maxHp;
    const best = (c[CONTEXT.bestGain] ?? 0) + here.outlook;
    out[to + CHOICE.isSwitch] = 1;
    out[to + CHOICE.outlook] = outlook;
    out[to + CHOICE.gain] = outlook - here.outlook;
    out[to + CHOICE.behindBest] = best - outlook;
    out[to + CHOICE.isBestSwitch] = Number(best === outlook);
    out[to + CHOICE.newHp] = hp;
    out[to + CHOICE.newIll] = Number(pokemon.status !== '');
    out[to + CHOICE.newSetsUp] = Number(pokemon.forme.moves.some(setsUp));
    out[to + CHOICE.entryCost] = entryCost(side, pokemon) / Math.max(hp, LEAST_HP);
    if (foeHp <= 0) return;
    out[to + CHOICE.newDeals] = shareOf(dealt, foeHp);
    out[to + CHOICE.newTakes] = shareOf(taken, hp);
    out[to + CHOICE.newFirst] = first;
    out[to + CHOICE.expectedHit] = shareOf(this.damageOfBest(here.at, at), hp);
  }

  /**
   * Damage to another Pokémon of the opponent's move that damages this one most, by the places of both in the matchups.
   */
  private damageOfBest(here: number, there: number): number {
    const { moves } = this.foes;
    let most = 0;
    let damage = 0;
    for (let slot = 0; slot < MOVES; slot++) {
      const share = moves[here * MOVES + slot] ?? 0;
      if (share <= most) continue;
      most = share;
      damage = moves[there * MOVES + slot] ?? 0;
    }
    return damage;
  }

  /** @param best expected share of the opponent's maximum HP that the best attack takes */
  private compareAttacks(count: number, best: number): void {
    const { choices: out } = this;
    for (let i = 0; i < count; i++) {
      const at = i * CHOICE_INPUTS;
      if (!out[at + CHOICE.isAttack]) continue;
      const share = out[at + CHOICE.dealsOfAll] ?? 0;
      out[at + CHOICE.ofBest] = share / best;
      out[at + CHOICE.isBest] = Number(share === best);
    }
  }
}

const STATUS = {
  brn: CHOICE.burns,
  par: CHOICE.paralyses,
  psn: CHOICE.poisons,
  tox: CHOICE.poisons,
  slp: CHOICE.sendsToSleep,
  frz: CHOICE.sendsToSleep,
} as const;

/** Damage as a share of the HP left. */
function shareOf(damage: number, hp: number): number {
  return Math.min(MOST, damage / Math.max(hp, LEAST_HP));
}

function isHelpless({ active, volatiles }: Side): boolean {
  return active.status === 'slp' || active.status === 'frz' || volatiles.recharging > 0;
}

function isAfflicted({ volatiles: v }: Side): boolean {
  return v.confusion > 0 || v.leechSeed > 0 || v.yawn > 0 || v.perish > 0 || v.cursed > 0 || v.saltCure > 0;
}

function standing({ pokemon: team }: Side): number {
  let count = 0;
  for (const { hp } of team) if (hp > 0) count++;
  return count;
}

function hazards({ stealthRock, spikes, toxicSpikes, stickyWeb }: Side): number {
  return stealthRock + (spikes + toxicSpikes + stickyWeb) / 2;
}

function screens({ reflect, lightScreen, auroraVeil, tailwind }: Side): number {
  return Number(reflect > 0) + Number(lightScreen > 0) + 2 * Number(auroraVeil > 0) + Number(tailwind > 0);
}

/** Whether a side cannot get more of a hazard. */
function isFull({ stealthRock, spikes, toxicSpikes, stickyWeb }: Side, hazard: string): boolean {
  switch (hazard) {
    case 'stealthrock':
      return stealthRock > 0;
    case 'spikes':
      return spikes >= 3;
    case 'toxicspikes':
      return toxicSpikes >= 2;
    default:
      return stickyWeb > 0;
  }
}
