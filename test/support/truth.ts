import type { Battle, Pokemon as SimPokemon, Side as SimSide } from '@pkmn/sim';
import type { BattleState, ConditionState, PokemonState, SideId } from '../../src/battle/state.ts';
import type { SimulatedBattle } from './simulated-battle.ts';

/**
 * Where what a side's tracker believes is not what the simulator knows: one line a difference, `kind: detail`. What the
 * side cannot know (the foe's unseen Pokémon, items and moves) may be missing but not wrong.
 */
export function differences(battle: SimulatedBattle, side: SideId): string[] {
  const { sim, trackers } = battle;
  const state = trackers[side].state;
  const found: string[] = [];
  const check = (kind: string, believed: unknown, truth: unknown): void => {
    const [a, b] = [stable(believed), stable(truth)];
    if (a !== b) found.push(`${kind}: believed ${a}, is ${b}`);
  };
  check('turn', state.turn, sim.turn);
  check('gen', state.gen, sim.gen);
  check('gameType', state.gameType, sim.gameType);
  compareSide(sim, state, sim.getSide(side), true, check);
  compareSide(sim, state, sim.getSide(side).foe, false, check);
  compareField(sim, state, check);
  return found;
}

type Check = (kind: string, believed: unknown, truth: unknown) => void;

function stable(value: unknown): string {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return JSON.stringify(value) ?? 'undefined';
  return JSON.stringify(Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))));
}

function compareSide(sim: Battle, state: BattleState, truth: SimSide, own: boolean, check: Check): void {
  const half = own ? state.own : state.foe;
  const who = own ? 'own' : 'foe';
  check(`${who} teamSize`, half.teamSize, truth.pokemon.length);
  const seen = half.pokemon;
  if (own) {
    check('own count', seen.length, truth.pokemon.length);
    for (const [index, pokemon] of seen.entries()) {
      const real = truth.pokemon[(pokemon.requestSlot ?? 0) - 1];
      check('own id', pokemon.id, `${truth.id}-${index}`);
      check('own order', real && truth.team.indexOf(real.set), index);
      if (real) comparePokemon(sim, pokemon, real, true, check);
    }
  }
  const started = sim.requestState !== 'teampreview';
  check(
    `${who} active`,
    half.active.map((pokemon) => pokemon?.species ?? null),
    truth.active.map((pokemon, i) =>
      started && pokemon && !pokemon.fainted ? look(pokemon, own, half.active[i] ?? undefined) : null,
    ),
  );
  for (const [position, pokemon] of half.active.entries()) {
    const real = truth.active[position];
    if (pokemon && real && !own) comparePokemon(sim, pokemon, real, false, check);
    if (pokemon) check(`${who} position`, pokemon.position, position);
  }
  if (!own) {
    const disguised = truth.pokemon.some(
      (p) => p.illusion || p.baseSpecies.baseSpecies === 'Zoroark' || p.baseSpecies.baseSpecies === 'Zorua',
    );
    for (const real of truth.pokemon) {
      if (real.isActive && !real.fainted) continue;
      const matching = seen.filter(
        (p) =>
          sim.dex.species.get(p.baseSpecies).baseSpecies ===
            sim.dex.species.get(real.set.species).baseSpecies && p.level === real.level,
      );
      if (matching.length > 1) {
        if (!disguised)
          check(
            'foe double',
            matching.map((p) => p.species),
            [real.species.name],
          );
        continue;
      }
      const pokemon = matching[0];
      if (!pokemon) {
        if (real.previouslySwitchedIn > 0 && !disguised) check('foe missing', null, real.species.name);
        continue;
      }
      if (disguised) continue;
      comparePokemon(sim, pokemon, real, false, check);
    }
    if (!disguised) check('foe fainted', half.fainted, truth.pokemon.filter((p) => p.fainted).length);
  } else check('own fainted', half.fainted, truth.pokemon.filter((p) => p.fainted).length);

  const conditions: Record<string, ConditionState> = { ...half.conditions };
  const real: Record<string, number> = {};
  for (const [id, condition] of Object.entries(truth.sideConditions)) {
    if (HIDDEN_SIDE_CONDITIONS.has(id)) continue;
    real[id] = condition['layers'] ?? 1;
    duration(`${who} ${id}`, conditions[id]?.turnsLeft, condition.duration, check);
  }
  for (const slot of truth.slotConditions) {
    for (const [id, condition] of Object.entries(slot)) {
      if (id === 'futuremove') {
        real[condition['move']] = 1;
        duration(
          `${who} futuremove`,
          conditions[condition['move']]?.turnsLeft,
          condition.duration ??
            (condition['endingTurn'] === undefined ? undefined : condition['endingTurn'] - sim.turn + 2),
          check,
        );
      }
    }
  }
  check(
    `${who} conditions`,
    Object.fromEntries(Object.entries(conditions).map(([id, c]) => [id, c.layers])),
    real,
  );
}

const HIDDEN_SIDE_CONDITIONS = new Set(['allyswitch', 'wideguard', 'quickguard', 'matblock', 'craftyshield']);

function duration(
  what: string,
  believed: readonly [number, number] | undefined,
  truth: number | undefined,
  check: Check,
): void {
  if (truth === undefined || truth === 0) check(`${what} duration`, believed, undefined);
  else
    check(
      `${what} duration`,
      believed !== undefined && believed[0] <= truth && truth <= believed[1] ? truth : (believed ?? null),
      truth,
    );
}

function compareField(sim: Battle, state: BattleState, check: Check): void {
  const { field } = sim;
  check('weather', state.field.weather ?? '', field.weather);
  if (field.weather) duration('weather', state.field.weatherTurnsLeft, field.weatherState.duration, check);
  check('terrain', state.field.terrain ?? '', field.terrain);
  if (field.terrain) duration('terrain', state.field.terrainTurnsLeft, field.terrainState.duration, check);
  check(
    'pseudoWeather',
    Object.keys(state.field.conditions).sort(),
    Object.keys(field.pseudoWeather)
      .filter((id) => !id.endsWith('mod') && id !== 'echoedvoice' && id !== 'fairylock' && id !== 'iondeluge')
      .sort(),
  );
  for (const [id, condition] of Object.entries(field.pseudoWeather)) {
    if (state.field.conditions[id])
      duration(id, state.field.conditions[id].turnsLeft, condition.duration, check);
  }
}

/** Conditions everybody sees; the rest of the simulator's are its own bookkeeping or hidden. */
const SEEN_VOLATILES = new Set(
  'substitute confusion leechseed taunt encore disable torment yawn perishsong attract curse nightmare ingrain aquaring magnetrise telekinesis embargo healblock foresight miracleeye focusenergy laserfocus dynamax mustrecharge smackdown gastroacid flashfire charge stockpile imprison powertrick protosynthesis quarkdrive saltcure syrupbomb tarshot octolock noretreat throatchop commanding destinybond bide partiallytrapped trapped uproar lightscreen reflect mist'.split(
    ' ',
  ),
);

function look(real: SimPokemon, own: boolean, believed: PokemonState | undefined): string {
  const shown = own ? real : (real.illusion ?? real);
  if (!own && !believed?.ability && ['Greninja-Bond', 'Rockruff-Dusk'].includes(shown.species.name))
    return shown.species.baseSpecies;
  return shown.species.name;
}

const hasZOrMax = (sim: Battle): boolean => sim.gen === 7 || sim.gen === 8;

function comparePokemon(
  sim: Battle,
  pokemon: PokemonState,
  real: SimPokemon,
  own: boolean,
  check: Check,
): void {
  const who = own ? 'own' : 'foe';
  const disguised = !own && real.illusion !== null && real.isActive;
  const kind = (name: string): string => `${who} ${name}`;
  const note = (name: string, believed: unknown, truth: unknown): void =>
    check(
      kind(name) +
        (stable(believed) === stable(truth)
          ? ''
          : `: ${pokemon.species} ${real.isActive ? 'active' : 'bench'}`),
      believed,
      truth,
    );
  const health = real.getHealth();
  const [points = ''] = (own ? health.secret : health.shared).split(' ');
  const [hp = 0, max = 0] = points
    .replace(/[ygr]$/, '')
    .split('/')
    .map(Number);
  note('fainted', pokemon.fainted, real.fainted);
  if (own || real.isActive || !sim.sides.some((s) => s.pokemon.some((p) => p.baseAbility === 'regenerator')))
    note('hp', pokemon.hp, max > 0 ? hp / max : 0);
  if (own && !real.fainted) note('maxHp', pokemon.maxHp, real.maxhp);
  note('status', pokemon.status ?? '', real.fainted ? '' : real.status);
  if (!disguised) note('level', pokemon.level, real.level);
  if (!disguised) note('gender', pokemon.gender, real.gender || 'N');
  if (real.fainted) return;
  if (real.status === 'tox' && real.isActive && real.statusState.stage !== undefined)
    note('toxic', pokemon.statusTurns, real.statusState.stage);
  if (real.status === 'slp' && real.isActive && sim.gen > 3 && real.statusState['startTime'])
    note(
      'sleep',
      pokemon.statusTurns,
      sim.gen === 1 ? 0 : (real.statusState['startTime'] ?? 0) - (real.statusState.time ?? 0),
    );
  if (!disguised) note('species', pokemon.species, look(real, own, pokemon));
  note(
    'boosts',
    Object.fromEntries(Object.entries(pokemon.boosts).filter(([, v]) => v !== 0)),
    Object.fromEntries(Object.entries(real.boosts).filter(([, v]) => v !== 0)),
  );
  if (!disguised) note('types', [...pokemon.types].sort(), real.getTypes().slice().sort());
  const volatiles = Object.keys(real.volatiles).filter((id) => SEEN_VOLATILES.has(id));
  if (real.transformed) volatiles.push('transform');
  note(
    'volatiles',
    Object.keys(pokemon.volatiles)
      .map((id) => id.replace(/(?<=^(?:protosynthesis|quarkdrive)).*/, ''))
      .filter((id) => SEEN_VOLATILES.has(id) || id === 'transform')
      .sort(),
    volatiles.sort(),
  );
  if (real.volatiles['perishsong'])
    note('perish', pokemon.volatiles['perishsong'], real.volatiles['perishsong'].duration);
  if (real.volatiles['stockpile'])
    note('stockpile', pokemon.volatiles['stockpile'], real.volatiles['stockpile']['layers']);
  note('terastallized', pokemon.terastallized, real.terastallized !== undefined && real.terastallized !== '');
  if (own) {
    note('teraType', pokemon.teraType ?? '', sim.gen === 9 ? real.teraType : '');
    if (pokemon.ability || sim.gen > 6) note('ability', pokemon.ability ?? 'noability', real.ability);
    note('baseAbility', pokemon.baseAbility ?? 'noability', real.baseAbility);
    note('item', pokemon.item, real.item);
    note(
      'moves',
      pokemon.moves.map((m) => `${m.id.replace(/^(hiddenpower).*/, '$1')} ${m.pp}/${m.maxPp}`),
      real.moveSlots.map((m) => `${m.id} ${m.pp}/${m.maxpp}`),
    );
    note('stats', pokemon.stats, { ...real.baseStoredStats, hp: undefined });
  } else if (!disguised) {
    if (pokemon.teraType) note('teraType', pokemon.teraType, real.teraType);
    if (pokemon.ability) note('ability', pokemon.ability, real.ability);
    if (pokemon.baseAbility) note('baseAbility', pokemon.baseAbility, real.baseAbility);
    if (pokemon.item !== undefined) note('item', pokemon.item, real.item);
    const slots = real.baseMoveSlots;
    for (const move of pokemon.moves) {
      const slot = slots.find((s) => s.id === move.id.replace(/^(hiddenpower).*/, '$1'));
      note('knows', move.id, slot?.id ?? null);
      if (slot) note('foePP', move.pp >= slot.pp, true);
      if (slot && sim.gen > 3 && !hasZOrMax(sim)) note('foePPexact', move.pp, slot.pp);
      if (slot) note('foeMaxPP', move.maxPp, slot.maxpp);
    }
  }
}
