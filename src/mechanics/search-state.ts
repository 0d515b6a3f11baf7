// A state, an attack on it and the events of abilities, items and moves refer to each other, and so are one file.
import type { MainGimmick } from '../knowledge/gimmick.ts';
import type { Status, Terrain, Weather } from './condition-ids.ts';
import type { ModelMove, Stages } from './model-move.ts';
import { Pokemon } from './pokemon.ts';
import type { Rules } from './rules.ts';
import { Side } from './side.ts';
import type { TypeChart } from './types.ts';

/** Where in a turn a state waits. */
export type Stage = 'choose' | 'act' | 'residual' | 'over';

/** Instead of a winner: while the battle goes on, and when both sides lose their last Pokémon at once. */
export const NOBODY = -1;
export const TIE = 2;

/** What does not change during a battle. */
export interface BattleSetting {
  readonly rules: Rules;
  readonly chart: TypeChart;
  readonly gimmick: MainGimmick | undefined;
  readonly effects: Effects;
}

/**
 * A singles battle as the search sees it: mutable, and copied in place, so that a search allocates nothing. HP are in
 * points. Both sides are complete: a state is one *world*, with nothing unknown.
 */
export class SearchState {
  readonly gen: number;
  readonly chart: TypeChart;
  /** The gimmick that one Pokémon of each side may use once. */
  readonly gimmick: MainGimmick | undefined;
  readonly sides: readonly [Side, Side];
  readonly rules: Rules;
  /** Effects of abilities, items and moves. */
  readonly effects: Effects;
  /** The attack under way. */
  readonly attack = new Attack();
  /** Uniform in [0, 1). */
  random: () => number;
  weather: Weather = '';
  /** Turns left; 0 for one without an end. */
  weatherTurns = 0;
  terrain: Terrain = '';
  terrainTurns = 0;
  trickRoom = 0;
  gravity = 0;
  /** Factor of Echoed Voice, and the turn in which a Pokémon used it last. */
  echo = 0;
  echoedIn = -9;
  turn = 0;
  /** The last turn whose end has been played. */
  endedTurn = -1;
  stage: Stage = 'choose';
  /** Index of the side that has won, once over. */
  winner = NOBODY;

  constructor(
    { rules, chart, gimmick, effects }: BattleSetting,
    sides: readonly [Side, Side],
    random: () => number,
  ) {
    this.gen = rules.gen;
    this.rules = rules;
    this.chart = chart;
    this.gimmick = gimmick;
    this.effects = effects;
    this.sides = sides;
    this.random = random;
    sides[0].foe = sides[1];
    sides[1].foe = sides[0];
  }

  /** Copies another state of the same world into this one. */
  copyFrom(o: SearchState): void {
    this.sides[0].copyFrom(o.sides[0]);
    this.sides[1].copyFrom(o.sides[1]);
    this.weather = o.weather;
    this.weatherTurns = o.weatherTurns;
    this.terrain = o.terrain;
    this.terrainTurns = o.terrainTurns;
    this.trickRoom = o.trickRoom;
    this.gravity = o.gravity;
    this.echo = o.echo;
    this.echoedIn = o.echoedIn;
    this.turn = o.turn;
    this.endedTurn = o.endedTurn;
    this.stage = o.stage;
    this.winner = o.winner;
  }

  /** An independent copy of this state. */
  clone(): SearchState {
    const [own, foe] = this.sides.map(cloneSide) as [Side, Side];
    const copy = new SearchState(this, [own, foe], this.random);
    copy.copyFrom(this);
    return copy;
  }

  /** Draws whether something of this chance happens. */
  chance(probability: number): boolean {
    return probability >= 1 || (probability > 0 && this.random() < probability);
  }
}

function cloneSide(side: Side): Side {
  const team = side.pokemon.map(({ index, forme }) => new Pokemon(index, forme));
  return new Side(team, team[side.active.index] ?? (team[0] as Pokemon));
}

/**
 * One use of an attack on the opposing active Pokémon. Each state has one such object and sets it up for each use, so
 * that attacks allocate nothing.
 */
export class Attack {
  user!: Side;
  target!: Side;
  move!: ModelMove;
  /** Type of the move now. */
  type = 0;
  /** Type multiplier against the target. */
  effectiveness = 1;
  physical = false;
  contact = false;
  /** Base power now, before abilities and items. */
  power = 0;
  crit = false;
  /** The random factor, 0.85–1. */
  roll = 1;
  /** HP points that all hits together took. */
  dealt = 0;
  /** A substitute took the hits. */
  hadSubstitute = false;
  /** Id of the target's ability, as far as it affects the move; `''` for none. */
  ability = '';
  /** The user's ability, the target's, and the target's as far as it affects the move. */
  userAbility: AbilityEffects = NO_ABILITY;
  targetAbility: AbilityEffects = NO_ABILITY;
  defendingAbility: AbilityEffects = NO_ABILITY;
  userItem: ItemEffects = NO_ITEM;
  targetItem: ItemEffects = NO_ITEM;
  moveEffects: MoveEffects | undefined;
}

/** A factor on an attack, or another number. */
export type AttackFactor = (p: SearchState, attack: Attack) => number;
/** An effect that an attack sets off. */
export type AttackEvent = (p: SearchState, attack: Attack) => void;
/** An effect on the bearer. */
export type SideEvent = (p: SearchState, side: Side) => void;
type SideFactor = (p: SearchState, side: Side) => number;

/** Effects that both abilities and held items may have, by Showdown's names of events. */
class BearerEffects {
  /** Of the user: factor on the power, on its attacking stat, on the damage. */
  readonly onBasePower = undefined as AttackFactor | undefined;
  readonly onModifyAtk = undefined as AttackFactor | undefined;
  readonly onModifySpA = undefined as AttackFactor | undefined;
  readonly onModifyDamage = undefined as AttackFactor | undefined;
  /** Of the target: factor on its defending stat. */
  readonly onModifyDef = undefined as AttackFactor | undefined;
  readonly onModifySpD = undefined as AttackFactor | undefined;
  /** Of the target, after each hit that it took itself. */
  readonly onDamagingHit = undefined as AttackEvent | undefined;
  readonly onModifySpe = undefined as SideFactor | undefined;
  /** When its bearer comes in or gets it. */
  readonly onStart = undefined as SideEvent | undefined;
  /** At the end of a turn: first what cures and heals, last what changes stages, status and formes. */
  readonly onEarlyResidual = undefined as SideEvent | undefined;
  readonly onResidual = undefined as SideEvent | undefined;
}

/** Effects of an ability, by Showdown's names of events. */
export class AbilityEffects extends BearerEffects {
  /** Type that it gives a damaging move of the user. */
  readonly onModifyType = undefined as ((move: ModelMove) => number) | undefined;
  readonly onModifyPriority = undefined as
    | ((p: SearchState, user: Side, move: ModelMove) => number)
    | undefined;
  /** Factor on the accuracy of its bearer's moves, and of moves aimed at it. */
  readonly onSourceModifyAccuracy = undefined as
    | ((p: SearchState, target: Side, move: ModelMove) => number)
    | undefined;
  readonly onModifyAccuracy = undefined as ((p: SearchState, target: Side) => number) | undefined;
  /** The same-type attack bonus, which is 1.5, or 2 after terastallization. */
  readonly onModifySTAB = undefined as ((stab: number) => number) | undefined;
  /** Of the target: factor on the attacker's stat, and on the damage. */
  readonly onSourceModifyAtk = undefined as AttackFactor | undefined;
  readonly onSourceModifySpA = undefined as AttackFactor | undefined;
  readonly onSourceModifyDamage = undefined as AttackFactor | undefined;
  /** Factor on the stat of every other Pokémon. */
  readonly onAnyModifyAtk: number = 1;
  readonly onAnyModifySpA: number = 1;
  readonly onAnyModifyDef: number = 1;
  readonly onAnyModifySpD: number = 1;
  /** Whether a move of this type does nothing to its bearer; applies what the bearer gains. */
  readonly onTryHit = undefined as
    | ((p: SearchState, target: Side, move: ModelMove, type: number) => boolean)
    | undefined;
  readonly onAbsorb = undefined as SideEvent | undefined;
  /** Of the user, once its attack has hit. */
  readonly onSourceDamagingHit = undefined as AttackEvent | undefined;
  /** Of the user, once its target has fainted. */
  readonly onSourceAfterFaint = undefined as SideEvent | undefined;
  readonly onSwitchOut = undefined as SideEvent | undefined;
  readonly onWeather = undefined as ((p: SearchState, side: Side, weather: Weather) => void) | undefined;
  /** Weathers that do not hurt its bearer. */
  readonly weatherproof: readonly Weather[] = [];
  /** Whether its bearer is immune to a status. */
  readonly onSetStatus = undefined as ((p: SearchState, target: Side, status: Status) => boolean) | undefined;
  /** Ids of volatile conditions to which its bearer is immune. */
  readonly volatileproof: readonly string[] = [];
  /** What a change of one of its bearer's stages becomes. */
  readonly onChangeBoost = undefined as ((amount: number) => number) | undefined;
  /** Whether it prevents others from lowering a stage. */
  readonly onTryBoost = undefined as ((stat: keyof Stages) => boolean) | undefined;
  /** After another Pokémon has lowered a stage. */
  readonly onAfterEachBoost = undefined as SideEvent | undefined;
  /** Reaction to the other side's Intimidate; returns true if that has no effect. */
  readonly onIntimidate = undefined as ((p: SearchState, side: Side) => boolean) | undefined;
  /** Whether it traps the other side's active Pokémon. */
  readonly onFoeTrapPokemon = undefined as ((p: SearchState, trapped: Side) => boolean) | undefined;
  /** After its bearer was made to flinch. */
  readonly onFlinch = undefined as ((side: Side) => void) | undefined;
  /** At the end of a turn, after damage from statuses. */
  readonly onSufferedStatus = undefined as SideEvent | undefined;
  /** The highest accuracy that a status move aimed at its bearer can have. */
  readonly onStatusAccuracy: number = 1;
  readonly ignoresAbilities: boolean = false;
  readonly ignoresBurn: boolean = false;
  /** Paralysis does not slow its bearer. */
  readonly ignoresParalysis: boolean = false;
  /** Neither its bearer's moves nor those aimed at it can miss. */
  readonly neverMisses: boolean = false;
  readonly ignoresEvasion: boolean = false;
  readonly ignoresStages: boolean = false;
  /** Normal and Fighting moves hit Ghosts. */
  readonly hitsGhosts: boolean = false;
  /** Its bearer cannot be forced out. */
  readonly staysPut: boolean = false;
  readonly stopsBerries: boolean = false;
  readonly stopsCrits: boolean = false;
  readonly stopsPowder: boolean = false;
  readonly stopsPriority: boolean = false;
  readonly stopsSecondaries: boolean = false;
  readonly stopsStatusMoves: boolean = false;

  constructor(effects: Partial<AbilityEffects>) {
    super();
    Object.assign(this, effects);
  }
}

/** Effects of a held item, by Showdown's names of events. */
export class ItemEffects extends BearerEffects {
  /** Factor on the accuracy of its holder's moves, and of moves aimed at it. */
  readonly onSourceModifyAccuracy: number = 1;
  readonly onModifyAccuracy: number = 1;
  /** A berry, once its holder's HP are low enough. */
  readonly onUpdate = undefined as SideEvent | undefined;
  /** Statuses that it cures at once. */
  readonly cures: readonly Status[] = [];
  /** The type whose moves a plate or similar item strengthens, or that uses up a gem. */
  readonly type: number = -1;
  readonly gem: number = -1;
  /** The type of attacks that a berry weakens. */
  readonly weakens: number = -1;
  /** The weather that it prolongs. */
  readonly lengthens: Weather = '';

  constructor(effects: Partial<ItemEffects>) {
    super();
    Object.assign(this, effects);
  }
}

/** What a move does beyond its data, by Showdown's names of events. */
export interface MoveEffects {
  /** Base power now. */
  readonly basePowerCallback?: (p: SearchState, user: Side, move: ModelMove) => number;
  /** Damage outside of the formula, in points; 0 when the move fails. */
  readonly damageCallback?: (p: SearchState, user: Side) => number;
  readonly onModifyType?: (p: SearchState, user: Side, move: ModelMove) => number;
  /** Accuracy now, 0–1; above 1 when it cannot miss. */
  readonly onModifyAccuracy?: (p: SearchState, accuracy: number) => number;
  /** Whether it can work at all. */
  readonly onTry?: (p: SearchState, user: Side) => boolean;
  /** Effect of a status move on the opposing active Pokémon; returns whether it worked. */
  readonly onHit?: (p: SearchState, user: Side, target: Side) => boolean;
  /**
   * Effect of a status move on its user, its side or the field; returns whether it worked, or undefined when its data
   * decide.
   */
  readonly onHitSide?: (p: SearchState, user: Side, move: ModelMove) => boolean | undefined;
  /** Effect with the chance of the move's secondary effect. */
  readonly onSecondaryHit?: (p: SearchState, user: Side, target: Side) => void;
  /** It removes screens before it hits. */
  readonly breaksScreens?: boolean;
  /** What a protecting move does to an attacker that makes contact. */
  readonly onShieldTouched?: SideEvent;
  /** After the attack has hit. */
  readonly onAfterHit?: AttackEvent;
}

/** Effects of abilities, items and moves, by the number of their id. */
export interface Effects {
  readonly abilities: readonly (AbilityEffects | undefined)[];
  readonly items: readonly (ItemEffects | undefined)[];
  readonly moves: readonly (MoveEffects | undefined)[];
}

/** The ability without effects. */
export const NO_ABILITY = new AbilityEffects({});
export const NO_ITEM = new ItemEffects({});
