import type { Battle, Pokemon as SimPokemon, Side as SimSide } from '@pkmn/sim';
import type { BattleState, PokemonState, SideId, SideState } from '../../src/battle/state.ts';
import type { SimulatedBattle } from './simulated-battle.ts';

/** A mistake of a tracker. */
export interface Difference {
  /** What is wrong, e.g. `foe HP`. */
  readonly kind: string;
  /** The Pokémon concerned, if there is one. */
  readonly about?: string;
  readonly believed: unknown;
  readonly truth: unknown;
}

/** A difference in one line: `kind of Pokémon: believed …, is …`. */
export function describeDifference({ kind, about, believed, truth }: Difference): string {
  return `${kind}${about ? ` of ${about}` : ''}: believed ${stable(believed)}, is ${stable(truth)}`;
}

/** The real Pokémon that the opponent's ids have stood for so far. */
export type Identities = ReadonlyMap<string, SimPokemon>;

/**
 * The differences between what a side's tracker believes and what the simulator knows. What a side cannot know (the
 * opponent's unseen Pokémon, items and moves) may be missing but not wrong.
 *
 * @param identities tells the opponent's Pokémon of one species apart
 */
export function differences(
  { sim, trackers }: SimulatedBattle,
  side: SideId,
  identities: Identities = new Map(),
): Difference[] {
  const { state, request } = trackers[side];
  const found: Difference[] = [];
  const check: Check = (kind, believed, truth, about) => {
    if (stable(believed) !== stable(truth)) found.push({ kind, about, believed, truth });
  };
  check('turn', state.turn, sim.turn);
  check('gen', state.gen, sim.gen);
  check('game type', state.gameType, sim.gameType);
  const truth = sim.getSide(side);
  compareOwn(state, truth, request?.type === 'move', check);
  compareFoe(state, truth.foe, { asked: request?.type === 'move', identities }, check);
  compareConditions('own', state.own, truth, check);
  compareConditions('foe', state.foe, truth.foe, check);
  compareField(state, sim, check);
  return found;
}

type Check = (kind: string, believed: unknown, truth: unknown, about?: string) => void;

/** JSON with sorted keys. */
function stable(value: unknown): string {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return JSON.stringify(value) ?? '-';
  return JSON.stringify(Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))));
}

function compareOwn(state: BattleState, truth: SimSide, asked: boolean, check: Check): void {
  const { own } = state;
  check('own team size', [own.teamSize, own.pokemon.length], [truth.pokemon.length, truth.pokemon.length]);
  check('own fainted', own.fainted, truth.pokemon.filter(({ fainted }) => fainted).length);
  check('own active', own.active.map(species), shown(truth, true));
  for (const [index, pokemon] of own.pokemon.entries()) {
    const real = truth.pokemon[(pokemon.requestSlot ?? 0) - 1];
    check('own id', pokemon.id, `${truth.id}-${index}`);
    check('own order', real && truth.team.indexOf(real.set), index);
    if (!real) continue;
    comparePokemon('own', pokemon, { real, asked }, check);
    if (!real.fainted) compareOwnSecrets(pokemon, real, asked, check);
  }
}

/** What only the owner knows must be exactly as in the simulator. */
function compareOwnSecrets(pokemon: PokemonState, real: SimPokemon, asked: boolean, check: Check): void {
  const { gen, sides } = real.battle;
  const on: Check = (name, believed, truth) => check(`own ${name}`, believed, truth, real.species.name);
  on('max HP', pokemon.maxHp, real.maxhp);
  on('level', pokemon.level, real.level);
  on('tera type', pokemon.teraType, gen === 9 ? real.teraType : undefined);
  // Before generation 7 a request does not show the current ability, and a copied one may be unknown.
  if (gen > 6 || pokemon.ability) on('ability', pokemon.ability, real.ability);
  on('base ability', pokemon.baseAbility, gen > 2 ? real.baseAbility : undefined);
  on('item', pokemon.item, real.item);
  on('stats', pokemon.stats, { ...real.baseStoredStats, hp: undefined });
  on(
    'moves',
    pokemon.moves.map(({ id }) => baseId(id)),
    real.moveSlots.map(({ id }) => id),
  );
  // The base move of a Max Move or Z-Move, and the moves of a disguised Pokémon, show only in the next move request.
  if (!asked || sides.some(hasIllusion) || !hasPlainPp(real)) return;
  const pp = (moves: readonly { pp: number; max: number }[]): string[] =>
    moves.map((m) => `${m.pp}/${m.max}`);
  on(
    'PP',
    pp(pokemon.moves.map((move) => ({ pp: move.pp, max: move.maxPp }))),
    pp(real.moveSlots.map((move) => ({ pp: move.pp, max: move.maxpp }))),
  );
}

/**
 * Whether the log shows the PP cost of moves: not in generations 1 and 2 for Pokémon that copy, charge or continue by
 * themselves.
 */
function hasPlainPp(real: SimPokemon): boolean {
  const { battle, baseMoveSlots, volatiles } = real;
  const others = battle.sides.flatMap(({ pokemon }) => pokemon.flatMap((one) => one.baseMoveSlots));
  // In generation 3 Pressure does not announce itself: only the species shows whether a Pokémon has it, if its ability
  // is legal.
  if (battle.gen === 3 && battle.getAllPokemon().some((other) => hidesPressureFrom(real, other)))
    return false;
  if (battle.gen <= 2 && others.some(({ id }) => COPYING.has(id))) return false;
  // Which of two attacks of a type became a Max Move is not shown by any request if its user has left in that turn.
  if (battle.gen === 8 && !real.isActive && real.side.dynamaxUsed && hasTwoOfAType(real)) return false;
  // The target of a charging move, and so its PP cost, shows when it ends.
  if (volatiles.twoturnmove && battle.gameType === 'doubles') return false;
  return !baseMoveSlots.some(({ id }) => id === 'skydrop' || (battle.gen <= 2 && UNUSUAL.has(id)));
}

function hasTwoOfAType({ battle, baseMoveSlots }: SimPokemon): boolean {
  const types = baseMoveSlots.map(({ id }) => {
    const { category, type } = battle.dex.moves.get(id);
    return category === 'Status' ? category : type;
  });
  return new Set(types).size < types.length;
}

/**
 * Whether a Pokémon that this one may have met, as an opponent or an ally, has or lacks Pressure contrary to its
 * species.
 */
function hidesPressureFrom({ battle, side }: SimPokemon, other: SimPokemon): boolean {
  const isAlly = other.side === side;
  if (other.previouslySwitchedIn === 0 || (isAlly && battle.gameType === 'singles')) return false;
  const { set, ability } = other;
  const possible = Object.values(battle.dex.species.get(set.species).abilities);
  const may = possible.some((name) => name === 'Pressure');
  return may ? ability !== 'pressure' && possible.length === 1 : ability === 'pressure';
}

const COPYING = new Set(['metronome', 'mimic', 'mirrormove', 'transform']);
const UNUSUAL = new Set(
  ['bide', 'dig', 'fly', 'outrage', 'petaldance', 'rage', 'razorwind', 'rollout', 'skullbash'].concat([
    'skyattack',
    'solarbeam',
    'thrash',
  ]),
);

function compareFoe(
  { foe }: BattleState,
  truth: SimSide,
  { asked, identities }: { readonly asked: boolean; readonly identities: Identities },
  check: Check,
): void {
  check('foe team size', foe.teamSize, truth.pokemon.length);
  // Two look-alikes cannot be told apart.
  const lookAlikes = foe.active.length > 1 && hasIllusion(truth);
  if (!lookAlikes) check('foe active', foe.active.map(species), shown(truth, false));
  for (const [position, pokemon] of foe.active.entries()) {
    const real = truth.active[position];
    if (!pokemon || !real || lookAlikes) continue;
    check('foe position', pokemon.position, position);
    comparePokemon('foe', pokemon, { real, asked }, check);
    compareFoeSecrets(pokemon, real, check);
  }
  // A Pokémon that was disguised for a while cannot be told from the one it imitated.
  if (hasIllusion(truth)) return;
  check('foe fainted', foe.fainted, truth.pokemon.filter(({ fainted }) => fainted).length);
  for (const real of truth.pokemon) {
    if (real.isActive && !real.fainted) continue;
    const base = (name: string): string => baseName(real.battle, name);
    const isOfItsKind = (name: string): boolean => base(name) === base(real.set.species);
    const hasTwin = truth.pokemon.filter(({ set }) => isOfItsKind(set.species)).length > 1;
    const [pokemon, twin] = foe.pokemon.filter(({ id, baseSpecies }) =>
      hasTwin ? identities.get(id) === real : isOfItsKind(baseSpecies),
    );
    if (hasTwin && !(pokemon && identities.has(pokemon.id))) continue;
    check('foe twin', twin?.species, undefined);
    if (!pokemon) {
      check('foe seen', false, real.previouslySwitchedIn > 0);
      continue;
    }
    if (real.previouslySwitchedIn === 0) continue;
    comparePokemon('foe', pokemon, { real, asked }, check);
    compareFoeSecrets(pokemon, real, check);
  }
}

/** What the opponent may keep hidden must be unknown or right. */
function compareFoeSecrets(pokemon: PokemonState, real: SimPokemon, check: Check): void {
  const { sides } = real.battle;
  if (real.fainted || sides.some(hasIllusion)) return;
  const on: Check = (name, believed, truth) => check(`foe ${name}`, believed, truth, real.species.name);
  on('level', pokemon.level, real.level);
  if (pokemon.teraType) on('tera type', pokemon.teraType, real.teraType);
  if (pokemon.ability) on('ability', pokemon.ability, real.ability);
  if (pokemon.baseAbility) on('base ability', pokemon.baseAbility, real.baseAbility);
  if (pokemon.item !== undefined) on('item', pokemon.item, real.item);
  if (!hasPlainPp(real)) return;
  for (const { id, pp, maxPp } of hasPlainPp(real) ? pokemon.moves : []) {
    const slot = real.baseMoveSlots.find((known) => known.id === baseId(id));
    on('move', id, slot ? id : undefined);
    if (!slot) continue;
    on(`least PP of ${id}`, pp >= slot.pp, true);
    on(`most PP of ${id}`, maxPp, slot.maxpp);
  }
}

function comparePokemon(
  who: 'own' | 'foe',
  pokemon: PokemonState,
  { real, asked }: RealPokemon,
  check: Check,
): void {
  const { sides } = real.battle;
  const about = `${real.species.name}${real.isActive ? '' : ' (bench)'}`;
  const on: Check = (name, believed, truth) => check(`${who} ${name}`, believed, truth, about);
  const { secret, shared } = real.getHealth();
  const healedUnseen = who === 'foe' && !real.isActive && sides.some(hasRegenerator);
  if (!healedUnseen) on('HP', pokemon.hp, fraction(who === 'own' ? secret : shared));
  on('faint', pokemon.fainted, real.fainted);
  on('status', pokemon.status ?? '', real.fainted ? '' : real.status);
  if (real.fainted) return;

  on('boosts', nonZero(pokemon.boosts), nonZero(real.boosts));
  on('tera', pokemon.terastallized, Boolean(real.terastallized));
  compareVolatiles(who, pokemon, { real, asked }, on);
  if (who === 'foe' && real.illusion) return;
  on('species', looks(pokemon.species), looks(real.species.name));
  on('gender', pokemon.gender, real.gender || 'N');
  on('types', [...pokemon.types].sort(), [...real.getTypes()].sort());
  if (real.terastallized) on('types under Tera', pokemon.typesUnderTera, real.getTypes(true, true));
  if (real.isActive) compareStatusTurns(pokemon, real, on);
}

/** A Pokémon of the simulator, and whether its side is asked for a choice now. */
interface RealPokemon {
  readonly real: SimPokemon;
  readonly asked: boolean;
}

function compareVolatiles(
  who: 'own' | 'foe',
  pokemon: PokemonState,
  { real, asked }: RealPokemon,
  on: Check,
): void {
  const { gen } = real.battle;
  // In generation 1 an unseen flinch ends the need to recharge; its owner is then asked for a move.
  const hasRested = who === 'foe' && gen === 1 && !('mustrecharge' in real.volatiles);
  const believed = seenVolatiles(pokemon).filter((id) => id !== 'mustrecharge' || !hasRested);
  on('volatiles', believed, realVolatiles(real));
  if (asked && gen > 1) on('rampage', rampage(pokemon, real), 'lockedmove' in real.volatiles);
  if (real.ability === 'unburden') {
    const lost = pokemon.item === '' && 'itemremoved' in pokemon.volatiles;
    // With another item the simulator only waits for that one to be lost.
    on('Unburden', lost, 'unburden' in real.volatiles && real.item === '');
  }
  // The simulator ends it at the end of the turn.
  if (asked) on('charge', 'twoturnmove' in pokemon.volatiles, 'twoturnmove' in real.volatiles);
  for (const [id, field] of [
    ['perishsong', 'duration'],
    ['stockpile', 'layers'],
  ] as const) {
    // A Perish count starts with 3 in the log and with 4 in the simulator.
    const level = real.volatiles[id]?.[field];
    if (level) on(id, pokemon.volatiles[id], Math.min(3, level));
  }
}

function compareStatusTurns(pokemon: PokemonState, real: SimPokemon, on: Check): void {
  const { gen, sides } = real.battle;
  const { stage, startTime, time } = real.statusState as Record<string, number | undefined>;
  if (real.status === 'tox' && stage !== undefined) on('toxic turns', pokemon.statusTurns, stage);
  // Earlier generations count differently, Early Bird counts twice, and a disguised sleeper was not seen to sleep.
  if (real.status !== 'slp' || gen < 4 || sides.some(hasIllusion) || real.ability === 'earlybird') return;
  if (startTime !== undefined && time !== undefined) {
    on('sleep turns', pokemon.statusTurns, startTime - time);
  }
}

function compareConditions(who: 'own' | 'foe', half: SideState, truth: SimSide, check: Check): void {
  const real: Record<string, { layers: number; left: number | undefined }> = {};
  for (const [id, { layers, duration }] of Object.entries(truth.sideConditions)) {
    if (!UNSEEN_CONDITIONS.has(id)) real[id] = { layers: layers ?? 1, left: duration };
  }
  for (const slot of truth.slotConditions) {
    const { futuremove } = slot;
    if (!futuremove) continue;
    const { move, endingTurn } = futuremove;
    const left = Math.min(endingTurn - truth.battle.turn + 2, real[move]?.left ?? 9);
    real[move] = { layers: 1, left };
  }
  check(
    `${who} conditions`,
    Object.fromEntries(Object.entries(half.conditions).map(([id, { layers }]) => [id, layers])),
    Object.fromEntries(Object.entries(real).map(([id, { layers }]) => [id, layers])),
  );
  for (const [id, { left }] of Object.entries(real)) {
    checkTurns(`${who} turns of ${id}`, half.conditions[id]?.turnsLeft, left, check);
  }
}

function compareField({ field }: BattleState, { field: truth }: Battle, check: Check): void {
  check('weather', field.weather ?? '', truth.weather);
  if (truth.weather) checkTurns('weather turns', field.weatherTurnsLeft, truth.weatherState.duration, check);
  check('terrain', field.terrain ?? '', truth.terrain);
  if (truth.terrain) checkTurns('terrain turns', field.terrainTurnsLeft, truth.terrainState.duration, check);
  const real = Object.entries(truth.pseudoWeather).filter(
    ([id]) => !UNSEEN_CONDITIONS.has(id) && !/mod$/.test(id),
  );
  check('field conditions', Object.keys(field.conditions).sort(), real.map(([id]) => id).sort());
  for (const [id, { duration }] of real) {
    checkTurns(`turns of ${id}`, field.conditions[id]?.turnsLeft, duration, check);
  }
}

/** Over by the end of the turn, or the simulator's own bookkeeping. */
const UNSEEN_CONDITIONS = new Set(
  ['allyswitch', 'wideguard', 'quickguard', 'matblock', 'craftyshield'].concat([
    'fairylock',
    'iondeluge',
    'roundsequence',
  ]),
);

function checkTurns(
  kind: string,
  believed: readonly [number, number] | undefined,
  truth: number | undefined,
  check: Check,
): void {
  if (!truth) check(kind, believed, undefined);
  else if (!believed || truth < believed[0] || truth > believed[1]) check(kind, believed, truth);
}

/** Conditions that everybody sees; the simulator's other ones are its own bookkeeping, or hidden. */
const SEEN_VOLATILES = new Set(
  `aquaring attract bide charge commanded commanding confusion curse destinybond disable dynamax embargo encore
  focusenergy foresight gastroacid glaiverush grudge healblock imprison ingrain laserfocus leechseed lightscreen
  lockon magnetrise miracleeye mist mudsport mustrecharge nightmare noretreat octolock partiallytrapped perishsong powertrick protosynthesis quarkdrive rage
  reflect saltcure smackdown stockpile substitute syrupbomb tarshot taunt telekinesis throatchop torment trapped
  uproar watersport yawn`.split(/\s+/),
);

function seenVolatiles({ volatiles }: PokemonState): string[] {
  const ids = Object.keys(volatiles).map((id) => id.replace(/^(protosynthesis|quarkdrive).*/, '$1'));
  return ids.filter((id) => SEEN_VOLATILES.has(id) || id === 'transform').sort();
}

function realVolatiles(real: SimPokemon): string[] {
  // No line shows partial trapping in generation 1, nor the source of Mean Look in doubles.
  const hidden = new Set<string>(real.battle.gen === 1 ? ['partiallytrapped'] : []);
  // A lock on a Pokémon that has left has no effect.
  if (real.volatiles.lockon?.source?.isActive === false) hidden.add('lockon');
  const ids = Object.keys(real.volatiles).filter((id) => SEEN_VOLATILES.has(id) && !hidden.has(id));
  return [...ids, ...(real.transformed ? ['transform'] : [])].sort();
}

/** A rampage that ends after two turns does so unseen if its user cannot be confused. */
function rampage({ volatiles, streak }: PokemonState, real: SimPokemon): boolean {
  if (!('lockedmove' in volatiles) && !('lockedmove' in real.volatiles)) return false;
  const { battle, ability, side } = real;
  const isSafe = battle.gen === 2 && 'safeguard' in side.sideConditions;
  const isCalm = isSafe || ability === 'owntempo' || hadMist(battle);
  // From its second turn on a rampage may have ended like that, and another begun.
  const mayHaveBegunAgain = isCalm && (streak?.uses ?? 0) > 1;
  const hasEndedUnseen =
    mayHaveBegunAgain || (volatiles.lockedmove === 2 && (real.volatiles.confusion || isCalm));
  return hasEndedUnseen ? 'lockedmove' in real.volatiles : 'lockedmove' in volatiles;
}

/** Whether there was Misty Terrain at the end of the last turn, at which it may have ended itself. */
function hadMist({ field, log }: SimPokemon['battle']): boolean {
  const turns = log.flatMap((line, index) => (line.startsWith('|turn|') ? [index] : []));
  const lastTurn = log.slice(turns.at(-2) ?? 0);
  return (
    field.isTerrain('mistyterrain') || lastTurn.some((line) => /^\|-fieldend\|.*Misty Terrain/.test(line))
  );
}

function shown(side: SimSide, own: boolean): (string | null)[] {
  if (side.battle.requestState === 'teampreview') return side.active.map(() => null);
  return side.active.map((pokemon) => {
    if (!pokemon || pokemon.fainted) return null;
    return looks(own ? pokemon.species.name : (pokemon.illusion ?? pokemon).species.name);
  });
}

function species(pokemon: PokemonState | null): string | null {
  return pokemon && looks(pokemon.species);
}

/** Some formes can only be identified by their ability. */
function looks(name: string): string {
  return /^(?:Greninja-Bond|Rockruff-Dusk)$/.test(name) ? name.replace(/-.*/, '') : name;
}

function hasIllusion(side: SimSide): boolean {
  return side.pokemon.some(({ set }) => set.ability.toLowerCase() === 'illusion');
}

function hasRegenerator(side: SimSide): boolean {
  return side.pokemon.some(({ baseAbility }) => baseAbility === 'regenerator');
}

function baseName(sim: Battle, name: string): string {
  return sim.dex.species.get(name).baseSpecies;
}

function baseId(move: string): string {
  return move.startsWith('hiddenpower') ? 'hiddenpower' : move;
}

function fraction(health: string): number {
  const [hp = 0, max = 0] =
    health
      .split(' ', 1)[0]
      ?.replace(/[gry]$/, '')
      .split('/')
      .map(Number) ?? [];
  return max > 0 ? hp / max : 0;
}

function nonZero(boosts: Readonly<Record<string, number | undefined>>): Record<string, number | undefined> {
  return Object.fromEntries(Object.entries(boosts).filter(([, stages]) => stages));
}
