import type { TurnEvents } from '../battle/event.ts';
import type { BattleState, KnownMove, PokemonState, SideState } from '../battle/state.ts';
import { findSpecies } from '../knowledge/dex.ts';
import { type MainGimmick, mainGimmick } from '../knowledge/gimmick.ts';
import { ABILITY_EFFECTS } from './abilities.ts';
import { copyOf, resetForme, takeFormeForNow } from './change-forme.ts';
import { type Status, type Terrain, WEATHERS } from './condition-ids.ts';
import { conditionTurns, setConditions, setVolatiles, turnsLeft } from './conditions-from-state.ts';
import { type Forme, formeOf } from './forme.ts';
import {
  delayedBy,
  disabledMove,
  hasRested,
  isLoafing,
  lastWish,
  movesSinceEntry,
  rampageTurns,
  shieldsInARow,
  timesFainted,
} from './infer-hidden-state.ts';
import { ITEM_EFFECTS } from './items.ts';
import { modelMove } from './model-move.ts';
import { MOVE_EFFECTS } from './moves.ts';
import { Pokemon } from './pokemon.ts';
import { rules } from './rules.ts';
import { type Effects, SearchState } from './search-state.ts';
import { FAINTED, PASS, PIVOT, Side } from './side.ts';
import { typeChart } from './types.ts';
import { FAILED_NOW } from './volatiles.ts';

const EFFECTS: Effects = { abilities: ABILITY_EFFECTS, items: ITEM_EFFECTS, moves: MOVE_EFFECTS };

/** Formes by the list of moves: Pokémon that share it are mostly the same one in several worlds. */
const formes = new WeakMap<readonly KnownMove[], { readonly of: PokemonState; readonly forme: Forme }>();

function knownForme(gen: number, gimmick: MainGimmick | undefined, pokemon: PokemonState): Forme {
  const known = formes.get(pokemon.moves);
  if (known && isAlike(known.of, pokemon)) return known.forme;
  const forme = formeOf(gen, gimmick, pokemon);
  formes.set(pokemon.moves, { of: pokemon, forme });
  return forme;
}

/** Whether two Pokémon with the same moves have the same forme. */
function isAlike(a: PokemonState, b: PokemonState): boolean {
  return (
    a.species === b.species &&
    a.ability === b.ability &&
    a.baseAbility === b.baseAbility &&
    a.item === b.item &&
    a.level === b.level &&
    a.stats === b.stats &&
    a.maxHp === b.maxHp &&
    a.teraType === b.teraType &&
    a.terastallized === b.terastallized &&
    a.volatiles.dynamax === b.volatiles.dynamax
  );
}

/**
 * The mechanics' state for a world. `sides[0]` is our side, with its team in the order of `world.own.pokemon`.
 *
 * @param world a state in which nothing is unknown
 * @param turns what happened so far: when a replacement is requested it shows what is still to come in this turn
 * @param asked what our side is asked
 * @param random uniform in [0, 1); draws what even a complete state leaves open (sleep turns left …), and all luck in
 * the states that follow
 */
export function searchStateOf(
  world: BattleState,
  turns: readonly TurnEvents[],
  asked: 'move' | 'switch',
  random: () => number,
): SearchState {
  const { gen, field } = world;
  const gimmick = mainGimmick(gen, world.format);
  const source = { gen, gimmick, turns, random };
  const own = sideOf(source, world.own);
  const foe = sideOf(source, world.foe);
  const p = new SearchState(
    { rules: rules(gen), chart: typeChart(gen), gimmick, effects: EFFECTS },
    [own, foe],
    random,
  );
  copyLooks(gen, own, world.own);
  copyLooks(gen, foe, world.foe);
  p.weather = WEATHERS[field.weather ?? ''] ?? '';
  p.weatherTurns = field.weatherTurnsLeft ? turnsLeft(field.weatherTurnsLeft, random) : 0;
  p.terrain = (field.terrain ?? '') as Terrain;
  p.terrainTurns = field.terrainTurnsLeft ? turnsLeft(field.terrainTurnsLeft, random) : 0;
  p.trickRoom = conditionTurns(field.conditions.trickroom, random);
  p.gravity = conditionTurns(field.conditions.gravity, random);
  p.turn = world.turn;
  if (world.own.justLost) own.faintedIn = p.turn - 1;
  if (world.foe.justLost) foe.faintedIn = p.turn - 1;
  setFromHistory(source, own, world.own);
  setFromHistory(source, foe, world.foe);
  if (asked === 'switch') interrupt(p, world, turns);
  for (const side of p.sides) setDelayedAttack(p, world, side, turns);
  setWish(p, world.own, own, turns);
  setWish(p, world.foe, foe, turns);
  return p;
}

/** What a state is made from, besides the world's two sides. */
interface Source {
  readonly gen: number;
  readonly gimmick: MainGimmick | undefined;
  readonly turns: readonly TurnEvents[];
  readonly random: () => number;
}

/** Sets a delayed attack on its way from a side. The turn in which it was used shows its user. */
function setDelayedAttack(
  p: SearchState,
  world: BattleState,
  side: Side,
  turns: readonly TurnEvents[],
): void {
  const [known, other] = side === p.sides[0] ? [world.own, world.foe] : [world.foe, world.own];
  const { futuresight, doomdesire } = other.conditions;
  const [left = 0] = (futuresight ?? doomdesire)?.turnsLeft ?? [];
  const delayed = left > 0 ? delayedBy(known, turns) : undefined;
  const user = delayed ? indexOf(known, delayed.user) : -1;
  if (!delayed || user < 0) return;
  side.foe.futureTurns = isTurnOver(p) ? left - 1 : left;
  side.foe.futureUser = user;
  side.foe.futureMove = modelMove(p.gen, delayed.move);
}

/** Sets a Wish on its way. */
function setWish(p: SearchState, known: SideState, side: Side, turns: readonly TurnEvents[]): void {
  const wish = lastWish(known, turns);
  const member = wish && side.pokemon[indexOf(known, wish.user)];
  if (!wish || !member) return;
  // It takes effect at the end of the turn after the one in which it was used.
  side.wishTurns = Math.max(0, wish.turn + 2 - p.turn - (isTurnOver(p) ? 1 : 0));
  side.wishHp = Math.floor((p.gen >= 5 ? member.maxHp : side.active.maxHp) / 2);
}

const indexOf = ({ pokemon }: SideState, id: string): number => pokemon.findIndex((one) => one.id === id);
const isTurnOver = (p: SearchState): boolean => p.endedTurn === p.turn;

/** Sets what no state shows of the active Pokémon but its history implies. */
function setFromHistory({ gen, turns, random }: Source, side: Side, known: SideState): void {
  const standing = known.active[0];
  if (!standing || standing.fainted) return;
  const { volatiles: v, ability } = side;
  const slotOf = (move: string | undefined): number => standing.moves.findIndex(({ id }) => id === move) + 1;
  v.stalled = shieldsInARow(standing, turns, (move) => modelMove(gen, move).protects);
  if (standing.volatiles.disable) {
    v.disable = 2;
    v.disabledMove = slotOf(disabledMove(standing, turns));
  }
  const raged = rampageTurns(gen, standing, turns, (move) => modelMove(gen, move).rampages);
  if (raged > 0 && v.rampage === 0) {
    v.rampage = rampageLeft(gen, raged, random);
    v.lockedMove = slotOf(standing.lastMove);
  }
  for (const move of movesSinceEntry(standing, turns)) {
    const slot = slotOf(move);
    if (slot > 0) v.usedMoves |= 1 << (slot - 1);
  }
  const { streak, lastMoveFailed } = standing;
  if (streak?.move === standing.lastMove) v.streak = streak?.uses ?? 0;
  v.failed = lastMoveFailed ? FAILED_NOW : 0;
  const fallen = /^fallen(\d)$/.exec(
    Object.keys(standing.volatiles).find((id) => id.startsWith('fallen')) ?? '',
  );
  if (ability === 'supremeoverlord') v.fallen = Math.min(5, fallen ? Number(fallen[1]) : side.everFainted);
  if (ability === 'truant') v.loafing = isLoafing(gen, standing, turns) ? 1 : 0;
}

/** Remaining uses of a move that continues for two or three turns, in generation 1 for three or four. */
function rampageLeft(gen: number, used: number, random: () => number): number {
  const least = rules(gen).fewestRampageTurns;
  const first = Math.max(least, used + 1);
  return Math.max(1, first - used + Math.floor(random() * (least + 2 - first)));
}

/** A transformed Pokémon has the forme of the opponent it looks like, and its own again once it leaves. */
function copyLooks(gen: number, side: Side, known: SideState): void {
  const standing = known.active[0];
  if (!standing?.volatiles.transform || standing.fainted) return;
  const { active, foe } = side;
  const looks = findSpecies(gen, standing.species)?.id;
  const original = foe.pokemon.find(({ forme }) => forme.species === looks)?.forme;
  const copied = original ?? formeOf(gen, undefined, { ...standing, stats: undefined });
  const own = active.forme;
  const moves = standing.moves.slice(0, 4).map(({ id }) => modelMove(gen, id));
  const [type1, type2] = [side.type1, side.type2];
  takeFormeForNow(side, { ...copyOf(copied, own), moves });
  side.ability = abilityOf(gen, standing);
  side.type1 = type1;
  side.type2 = type2;
}

/** The forme of a Pokémon without Transform. */
function ownForme(gen: number, gimmick: MainGimmick | undefined, pokemon: PokemonState): Forme {
  if (!pokemon.volatiles.transform) return knownForme(gen, gimmick, pokemon);
  const { baseSpecies, baseAbility } = pokemon;
  const moves = [{ id: 'transform', pp: 10, maxPp: 10 }];
  return knownForme(gen, gimmick, { ...pokemon, species: baseSpecies, ability: baseAbility, moves });
}

function abilityOf(gen: number, { ability, baseAbility, volatiles }: PokemonState): string {
  return gen < 3 || volatiles.gastroacid ? '' : (ability ?? baseAbility ?? '');
}

/** The state in the middle of a turn or at its end, when a Pokémon has to come in. */
function interrupt(p: SearchState, world: BattleState, turns: readonly TurnEvents[]): void {
  const [own, foe] = p.sides;
  const events = turns.at(-1)?.events ?? [];
  const acted = events.some(
    (event) =>
      (event.type === 'move' ||
        event.type === 'cant' ||
        (event.type === 'switch' && event.how === 'switch')) &&
      event.pokemon.side === world.foe.id,
  );
  const pivoting = own.active.hp > 0;
  if (pivoting) {
    own.choice = Math.max(0, own.volatiles.lastMove - 1);
    own.mustSwitch = own.active.forme.moves[own.choice]?.passesVolatiles ? PASS : PIVOT;
  } else {
    own.mustSwitch = FAINTED;
    if (foe.active.hp <= 0 && foe.fainted < foe.pokemon.length) foe.mustSwitch = FAINTED;
  }
  // In generations 2 and 3 a turn ends once a replacement has come in; in generation 1 nothing follows.
  const hasEnded = p.gen === 1 || events.some(({ type }) => type === 'upkeep');
  if (pivoting && !acted && foe.active.hp > 0) {
    p.stage = 'act';
    foe.pending = 1;
    foe.undecided = 1;
  } else {
    p.stage = pivoting ? 'act' : 'residual';
    if (!pivoting && hasEnded) p.endedTurn = p.turn;
  }
}

function sideOf({ gen, gimmick, turns, random }: Source, known: SideState): Side {
  const team = known.pokemon.map((pokemon, index) => {
    const member = memberOf(ownForme(gen, gimmick, pokemon), pokemon, index);
    if (member.status === 'slp') member.counter = sleepLeft(gen, pokemon, turns, random);
    member.timesHit = pokemon.timesHit ?? 0;
    return member;
  });
  const standing = known.active[0];
  const fallen = known.pokemon.findIndex(({ fainted }) => fainted);
  const at = standing ? known.pokemon.findIndex(({ id }) => id === standing.id) : fallen;
  const active = team[Math.max(0, at)];
  if (!active) throw new RangeError('Expected a world with at least one Pokémon a side');
  const side = new Side(team, active);
  resetForme(side);
  side.fainted = team.filter(({ hp }) => hp <= 0).length;
  side.gimmickSpent = isSpent(gimmick, known) ? 1 : 0;
  side.zMoveSpent = known.spent.includes('zmove') ? 1 : 0;
  setConditions(side, known, random);
  side.everFainted = Math.max(side.fainted, timesFainted(known, turns));
  if (standing && !standing.fainted) {
    side.ability = abilityOf(gen, standing);
    if (ENDS_ON_THE_BENCH.test(active.forme.species)) side.formeAtHome = active.forme.otherForme;
    setVolatiles(side, standing, random);
  }
  return side;
}

/** Formes that a Pokémon has only while it is on the field. */
const ENDS_ON_THE_BENCH =
  /(aegislashblade|darmanitan.*zen|meloettapirouette|morpekohangry|wishiwashischool|miniormeteor)$/;

function isSpent(gimmick: MainGimmick | undefined, { spent }: SideState): boolean {
  if (gimmick === 'mega' && spent.includes('ultra')) return true;
  return gimmick !== undefined && spent.includes(gimmick);
}

function memberOf(forme: Forme, pokemon: PokemonState, index: number): Pokemon {
  const member = new Pokemon(index, forme);
  member.maxHp = pokemon.volatiles.dynamax && forme.maxHp > 1 ? forme.maxHp * 2 : forme.maxHp;
  const points = pokemon.hp * member.maxHp;
  member.hp =
    pokemon.fainted || pokemon.hp <= 0 ? 0 : Math.max(1, Math.min(member.maxHp, Math.round(points)));
  member.status = member.hp > 0 ? ((pokemon.status ?? '') as Status) : '';
  member.counter = pokemon.statusTurns;
  member.item = pokemon.item ?? '';
  member.lostItem = Boolean(pokemon.lastItem);
  member.terastallized = pokemon.terastallized;
  member.abilitySpent = /^(mimikyubusted|eiscuenoice)/.test(forme.species);
  member.ateBerry = pokemon.lastItem?.endsWith('berry') ?? false;
  member.pp0 = pokemon.moves[0]?.pp ?? 0;
  member.pp1 = pokemon.moves[1]?.pp ?? 0;
  member.pp2 = pokemon.moves[2]?.pp ?? 0;
  member.pp3 = pokemon.moves[3]?.pp ?? 0;
  return member;
}

/** Turns it will still lose, drawn as likely as they are after those it has slept. */
function sleepLeft(
  gen: number,
  pokemon: PokemonState,
  turns: readonly TurnEvents[],
  random: () => number,
): number {
  const slept = pokemon.statusTurns;
  if (hasRested(pokemon, turns)) return Math.max(0, 2 - slept);
  const most = rules(gen).longestSleep;
  const least = Math.max(1, slept);
  return Math.max(0, least + Math.floor(random() * (most - least + 1)) - slept);
}
