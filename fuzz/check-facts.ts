import type { Pokemon } from '@pkmn/sim';
import { type Action, type Gimmick, type MoveAction, slotActions } from '../src/battle/action.ts';
import type { BattleState, PokemonState, SideId, SideState } from '../src/battle/state.ts';
import { assessFoeMoves, assessOwnMoves, type Hypothesis } from '../src/knowledge/assess-moves.ts';
import type { MoveAssessment } from '../src/knowledge/assessment.ts';
import { type Combatant, foeCombatant, originalOf, ownCombatant } from '../src/knowledge/combatant.ts';
import { findMove } from '../src/knowledge/dex.ts';
import { hasFixedDamage } from '../src/knowledge/effectiveness.ts';
import { afterGimmick } from '../src/knowledge/gimmick.ts';
import { type Setting, settingOf } from '../src/knowledge/setting.ts';
import { speedNow } from '../src/knowledge/speed.ts';
import { CERTAIN } from '../src/observation/format-damage.ts';
import { certain, requestId, trueSet } from '../test/knowledge/sim.ts';
import type { SimulatedBattle } from '../test/support/simulated-battle.ts';
import type { Finding } from './finding.ts';
import { type AsItWas, asTheyAre, type FirstMove, type PlannedMove, type Strike } from './watch-turn.ts';

type Found = Omit<Finding, 'turn' | 'side'>;

/** A turn as one side sees it at its decision, with the foe's sets filled in. */
export interface Viewpoint {
  readonly battle: SimulatedBattle;
  readonly side: SideId;
  /** What both sides have chosen. */
  readonly chosen: Readonly<Partial<Record<SideId, Action>>>;
}

/** A viewpoint with what was true at the decision. */
interface View extends Viewpoint {
  readonly before: ReadonlyMap<Pokemon, AsItWas>;
}

/** The side's state, with what the foe hides of its active Pokémon filled in. */
function knownState({ battle, side, before }: View): BattleState {
  const { state } = battle.trackers[side];
  const team = battle.sim.getSide(side).foe;
  const told = new Map<string, PokemonState>();
  for (const [position, pokemon] of state.foe.active.entries()) {
    const real = team.active[position];
    const truth = real && before.get(real);
    // Who is behind a disguise is not the one that the side knows by that id.
    if (!pokemon || !truth || truth.disguised) continue;
    // What one in disguise has shown is taken for the likeness's.
    const { ability = truth.ability, item = truth.item } = team.pokemon.some(hasIllusion) ? {} : pokemon;
    const { atk, def, spa, spd, spe } = truth.stats;
    told.set(pokemon.id, { ...pokemon, ability, item, stats: { atk, def, spa, spd, spe } });
  }
  // In generations 3 and 4 nobody is told what Skill Swap has brought an own one of a foe's unknown ability.
  for (const [position, pokemon] of state.own.active.entries()) {
    const real = team.foe.active[position];
    const truth = real && before.get(real);
    const isSwapped =
      [3, 4].includes(state.gen) && pokemon?.ability === undefined && !pokemon?.volatiles.transform;
    if (pokemon && truth && isSwapped) told.set(pokemon.id, { ...pokemon, ability: truth.ability });
  }
  return { ...state, own: filled(state.own, told), foe: filled(state.foe, told) };
}

function filled(side: SideState, told: ReadonlyMap<string, PokemonState>): SideState {
  const fill = (pokemon: PokemonState): PokemonState => told.get(pokemon.id) ?? pokemon;
  return {
    ...side,
    pokemon: side.pokemon.map(fill),
    active: side.active.map((one) => one && fill(one)),
  };
}

function hasIllusion({ set }: Pokemon): boolean {
  return /^illusion$/i.test(set.ability);
}

/** The side's view of a real Pokémon on the field; undefined where it cannot know who that is. */
function seen(view: View, real: Pokemon): PokemonState | undefined {
  const state = knownState(view);
  const isOwn = real.side.id === view.side;
  if (!isOwn && view.before.get(real)?.disguised) return undefined;
  const pokemon = (isOwn ? state.own : state.foe).active[real.position];
  if (!pokemon || pokemon.fainted) return undefined;
  // The stats of a copy are its original's, which nobody knows once that one is gone.
  const original = pokemon.volatiles.transform && isOwn ? originalOf(state, pokemon) : undefined;
  return original && original.position === undefined ? undefined : pokemon;
}

function hypothesis({ before }: View, setting: Setting, pokemon: PokemonState, real: Pokemon): Hypothesis {
  // What is hidden is filled in as it is now: abilities and items may have changed hands unseen.
  const { ability = real.ability, item = real.item } = before.get(real) ?? {};
  const set = { ...trueSet(real), ability, item };
  return {
    combatant: foeCombatant(setting, pokemon, set),
    weight: 1,
    moveWeights: new Map(set.moves.map((id) => [requestId(real, id), 1])),
  };
}

/** The move that a Pokémon was told to use. */
function told({ chosen }: View, real: Pokemon): MoveAction | undefined {
  const action = chosen[real.side.id as SideId];
  const slot = action && slotActions(action)[real.position];
  return slot?.type === 'move' ? slot : undefined;
}

/** What would be said of a move of one real Pokémon on another; undefined where nothing is. */
function assessed(
  view: View,
  user: Pokemon,
  target: Pokemon,
  move: string,
  gimmick: Gimmick | undefined,
): MoveAssessment | undefined {
  const { side } = view;
  const setting = settingOf(knownState(view));
  const [a, b] = [seen(view, user), seen(view, target)];
  if (!a || !b || isBorrowed(setting, a) || isBorrowed(setting, b)) return undefined;
  const id = requestId(user, move);
  if (user.side.id === side) {
    const changed = gimmick ? afterGimmick(setting.gen, a, gimmick) : a;
    if (!changed) return undefined;
    const own = ownCombatant(setting, changed);
    const moves = assessOwnMoves({ setting, own, foes: [hypothesis(view, setting, b, target)] }, gimmick);
    return moves.find((one) => one.move === id);
  }
  if (gimmick) return undefined;
  const foe = hypothesis(view, setting, a, user);
  const likely = certain(trueSet(user));
  const moves = assessFoeMoves(
    { setting, own: ownCombatant(setting, b), foes: [foe] },
    likely.moves.map(([one, chance]) => [requestId(user, one), chance] as const),
  );
  return moves.find((one) => one.move === id);
}

/** Stats that were shared or swapped with another's, or copied, are known as badly as the other's. */
function isBorrowed(setting: Setting, pokemon: PokemonState): boolean {
  const { statChanges = [], volatiles } = pokemon;
  const original = volatiles.transform ? originalOf(setting, pokemon) : pokemon;
  // Those of an original before it changed its forme hang on a nature that no request tells.
  if (!original || (volatiles.transform && !original.stats) || original.species !== pokemon.species)
    return true;
  return statChanges.some(({ kind }) => kind !== 'powertrick');
}

/** The Speed that a Quick Claw gives up to generation 3. */
const FIRST_OF_ALL = 65535;

/** Speed and priority as the side would be told, against what the simulator sorts by. */
export function checkOrder(viewpoint: Viewpoint, planned: readonly PlannedMove[]): Found[] {
  const view = { ...viewpoint, before: asTheyAre(viewpoint.battle.sim) };
  const found: Found[] = [];
  const { side } = view;
  const setting = settingOf(knownState(view));
  for (const { pokemon, move, priority, speed } of planned) {
    const known = seen(view, pokemon);
    const action = told(view, pokemon);
    if (!known || !action || action.move !== requestId(pokemon, move) || isBorrowed(setting, known)) continue;
    const own = pokemon.side.id === side;
    const who = own ? 'own' : 'foe';
    const combatant: Combatant = own
      ? ownCombatant(setting, known)
      : hypothesis(view, setting, known, pokemon).combatant;
    const about = `${describe(pokemon)}`;
    // In generations 3 and 4 whoever goes last for an item goes by another Speed, as does a Quick Claw before them.
    if (priority >= Math.round(priority) && speed < FIRST_OF_ALL && !action.gimmick) {
      const believed = speedNow(setting, combatant);
      if (believed !== speed) {
        found.push({ check: 'speed', kind: 'Speed', detail: `${who} ${about}: ${believed}, is ${speed}` });
      }
    }
    const target = pokemon.foes()[0];
    // A Mega Evolution comes before all moves, and settles what its ability does to them.
    if (action.gimmick && /mega|ultra/.test(action.gimmick)) continue;
    const claim = target && assessed(view, pokemon, target, move, action.gimmick);
    if (claim && claim.priority !== Math.round(priority)) {
      found.push({
        check: 'speed',
        kind: `priority of ${claim.category === 'Status' && isDynamaxed(known, action) ? 'Max Guard' : move}`,
        detail: `${who} ${about} ${move}: ${claim.priority}, is ${priority}`,
      });
    }
  }
  return found;
}

function isDynamaxed({ volatiles }: PokemonState, { gimmick }: MoveAction): boolean {
  return 'dynamax' in volatiles || gimmick === 'dynamax';
}

/** What was said of a move, against what it did. */
export function checkMove(viewpoint: Viewpoint, first: FirstMove): Found[] {
  const view = { ...viewpoint, before: first.before };
  const { user, move, lines, strikes } = first;
  const action = told(view, user);
  if (!action || action.move !== requestId(user, move)) return [];
  const own = user.side.id === view.side;
  const who = own ? 'own' : 'foe';
  const found: Found[] = [];
  // Moves such as Metronome use another one, of which nothing was said.
  const used = lines.filter((line) => line.startsWith('|move|'));
  if (used.length !== 1) return [];
  for (const target of user.foes(true)) {
    const claim = assessed(view, user, target, move, action.gimmick);
    if (!claim) continue;
    const about = `${describe(user)} ${move}${action.gimmick ? ` (${action.gimmick})` : ''} on ${describe(target)}`;
    const add = (kind: string, believed: unknown, truth: unknown): void =>
      void found.push({
        check: 'move',
        kind: `${kind} (${move})`,
        detail: `${who} ${about}: ${String(believed)}, is ${String(truth)}`,
      });
    const hits = strikes.filter((strike) => strike.target === target);
    const ident = `${target.side.id}${'abc'[target.position]}: `;
    const says = (kind: string): boolean =>
      lines.some((line) => line.startsWith(`|${kind}|`) && line.includes(`|${ident}`));
    // Up to generation 2 only the user is named.
    const missed = lines.some(
      (line) => line.startsWith('|-miss|') && (line.includes(`|${ident}`) || line.split('|').length === 3),
    );
    // What a Jump Kick that misses would have done is reckoned for its user.
    const dealt = !missed && hits.some(({ damage }) => damage > 0);
    if (missed && claim.accuracy >= 1) add('sure to hit, missed', claim.accuracy, 'a miss');
    if (dealt && claim.accuracy === 0) add('sure to fail, hit', claim.accuracy, hits[0]?.damage);
    // Endeavor fails on who is no healthier than its user, which is not known to the point.
    const leastKnown = move === 'endeavor' ? hpStep(user, target) / target.maxhp : 0;
    const mayWork = claim.accuracy > 0 && (claim.damage === undefined || claim.damage.max > leastKnown);
    if (says('-immune') && claim.effectiveness > 0 && mayWork && !missed && !dealt) {
      add('immune', claim.effectiveness, 'immune');
    }
    checkStrikes(first, target, hits, claim, own, add);
  }
  return found;
}

/** Lines of a move between whose strikes nothing changes. */
const PLAIN = new Set([
  'move',
  '-damage',
  '-crit',
  '-supereffective',
  '-resisted',
  '-hitcount',
  'split',
  '-miss',
  'faint',
  '-anim',
  '',
]);

/** The foe's HP are known in steps only, and these moves take a share of them. */
const SHARE_TAKERS = new Set(['endeavor', 'guardianofalola', 'naturesmadness', 'ruination', 'superfang']);
const COARSEST_STEP = 48;

/** How many HP one step may be, of which either Pokémon's are told in. */
function hpStep(user: Pokemon, target: Pokemon): number {
  return Math.max(target.maxhp, user.maxhp) / COARSEST_STEP;
}

/** Moves whose power follows the HP of the user or the target. */
const USER_HP_MOVES = new Set(['dragonenergy', 'eruption', 'finalgambit', 'flail', 'reversal', 'waterspout']);
const FRIENDSHIP_MOVES = new Set(['frustration', 'return']);
const TARGET_HP_MOVES = new Set(['crushgrip', 'hardpress', 'wringout']);

/** How far a stat may be off that a nature raises or lowers, and another one was taken for it. */
const UNTOLD_NATURE = 0.15;

function checkStrikes(
  { user, move: id, lines, before }: FirstMove,
  target: Pokemon,
  hits: readonly Strike[],
  claim: MoveAssessment,
  own: boolean,
  add: (kind: string, believed: unknown, truth: unknown) => void,
): void {
  const { gen } = user.battle;
  // Nobody knows the foe's HP to the point, and so the power of these.
  if ((own ? TARGET_HP_MOVES : USER_HP_MOVES).has(id)) return;
  // Nor how it likes its trainer, nor which moves its Z-Moves and Max Moves were.
  if (!own && (FRIENDSHIP_MOVES.has(id) || (id === 'trumpcard' && (gen === 7 || gen === 8)))) return;
  const move = findMove(gen, id);
  const [firstHit] = hits;
  const { damage } = claim;
  // Whoever is fainted at once has lost what was left; the simulator calls it the maximum.
  if (!firstHit || !move || move.ohko || !damage || claim.category === 'Status') return;
  const shielded = ['disguise', 'iceface'].includes(target.ability);
  if (firstHit.type !== claim.type) add('type', claim.type, firstHit.type);
  else if (
    !hasFixedDamage(move) &&
    !shielded &&
    target.ability !== 'wonderguard' &&
    firstHit.damage > 0 &&
    firstHit.effectiveness !== claim.effectiveness
  ) {
    add('effectiveness', claim.effectiveness, firstHit.effectiveness);
    return;
  }
  const sum = hits.reduce((total, hit) => total + hit.damage, 0);
  if (sum === 0 || hits.some(({ crit }) => crit) || shielded) return;
  if (claim.effectiveness === 0) {
    add('no effect, hit', 0, sum);
    return;
  }
  const changes = lines.some((line) => !PLAIN.has(line.split('|', 2)[1] ?? ''));
  if (hits.length > 1 && changes) return;
  // Who faints is as it was brought again: a Zygarde loses the HP of its complete forme.
  const max = before.get(target)?.maxhp ?? target.maxhp;
  const fainted = target.hp <= 0;
  // Endeavor compares the HP of both, of which one's are always the foe's.
  const isCoarse = id === 'endeavor' || (own && SHARE_TAKERS.has(id));
  const share = isCoarse ? hpStep(user, target) : 0;
  // What an own blade does before it was drawn hangs on a nature, which no request tells.
  const isUntold =
    own && user.species.name === 'Aegislash-Blade' && before.get(user)?.species === 'Aegislash';
  const blade = isUntold ? UNTOLD_NATURE * damage.max * max : 0;
  // In doubles of generations 3 and 4 screens and, in the latter, what strikes several are rounded to the nearest, and by the
  // calculator down: a point before STAB and types.
  const isSpread = gen === 4 && lines.some((line) => line.startsWith('|move|') && line.includes('|[spread]'));
  const isRounded = isSpread || (gen >= 3 && gen <= 4 && isScreenedWithAlly(target));
  const slack = share + blade + (isRounded ? 2 * claim.effectiveness : 0);
  // In generation 1 a hold goes on as it began, and nobody is told how hard it struck a Substitute.
  const goesOn = gen === 1 && lines.some((line) => line.startsWith('|move|') && line.includes('|[from]'));
  const highest = goesOn ? Math.max(damage.max, damage.crit?.max ?? 0) : damage.max;
  const [least, most] = [damage.min * max - slack, highest * max + slack];
  // A foe that is faster may have chosen what comes later, which nobody knows: then this is not doubled.
  if (id === 'payback' && 2 * sum >= least - 1 && 2 * sum <= most + 1) return;
  // In generation 1 strikes end with the Substitute, whose HP are not told, and are reckoned only once.
  const isOnSubstitute =
    gen === 1 && lines.some((line) => /^\|-(?:end|activate)\|[^|]*\|Substitute/.test(line));
  const strikesTwice = before.get(user)?.ability === 'parentalbond';
  // How often Beat Up strikes is for the party to say.
  const strikesOn = move.multihit !== undefined || id === 'beatup' || strikesTwice;
  // What strikes back may end the user, and with it the move.
  const cut = strikesOn && (fainted || user.hp <= 0 || isOnSubstitute);
  if (sum > most + 1e-6 || (sum < least - 1e-6 && !cut)) {
    add('damage', `${Math.round(least)}-${Math.round(most)} of ${max}`, `${sum} (${hits.length} strikes)`);
    return;
  }
  if (isUntold) return;
  // They strike two turns later.
  if (move.flags.futuremove) return;
  if (damage.koChance >= CERTAIN && !fainted)
    add('sure KO, stands', damage.koChance, `${target.hp} of ${before.get(target)?.hp} left`);
  if (
    damage.koChance === 0 &&
    claim.accuracy > 0 &&
    fainted &&
    lines.every((line) => PLAIN.has(line.split('|', 2)[1] ?? ''))
  ) {
    add('no KO, fainted', damage.hitsToKo.join('-'), `${before.get(target)?.hp} lost`);
  }
}

function isScreenedWithAlly(target: Pokemon): boolean {
  const { reflect, lightscreen } = target.side.sideConditions;
  return target.alliesAndSelf().length > 1 && Boolean(reflect ?? lightscreen);
}

function describe(pokemon: Pokemon): string {
  return `${pokemon.species.name} (${pokemon.ability || '-'}, ${pokemon.item || '-'})`;
}
