import type { Battle, Pokemon as SimPokemon, Side as SimSide } from '@pkmn/sim';
import type { SearchState } from '../../src/mechanics/search-state.ts';
import type { Side } from '../../src/mechanics/side.ts';

const STAGES = ['atk', 'def', 'spa', 'spd', 'spe', 'accuracy', 'evasion'] as const;
const STATUSES = ['brn', 'par', 'psn', 'tox', 'slp', 'frz'] as const;

/**
 * The comparable features of a state: HP and status of every Pokémon, and the conditions of the field. `p.sides[0]` is
 * p1.
 */
export function featuresOfPosition(p: SearchState): Map<string, number> {
  const values = new Map<string, number>();
  for (const [side, half] of p.sides.entries()) {
    for (const { index, hp, maxHp, status } of half.pokemon) {
      values.set(`hp ${side}${index}`, hp / maxHp);
      for (const id of STATUSES) values.set(`${id} ${side}${index}`, Number(hp > 0 && status === id));
    }
    ofHalf(values, side, half);
  }
  values.set('weather', Number(p.weather !== ''));
  values.set('terrain', Number(p.terrain !== ''));
  values.set('trick room', Number(p.trickRoom > 0));
  values.set('gravity', Number(p.gravity > 0));
  return values;
}

function ofHalf(values: Map<string, number>, side: number, half: Side): void {
  const { volatiles: v, active } = half;
  const alive = active.hp > 0;
  for (const stat of STAGES) values.set(`${stat} stage ${side}`, alive ? v[stat] : 0);
  values.set(`substitute ${side}`, Number(alive && v.substitute > 0));
  values.set(`confusion ${side}`, Number(alive && v.confusion > 0));
  values.set(`leech seed ${side}`, Number(alive && v.leechSeed > 0));
  values.set(`taunt ${side}`, Number(alive && v.taunt > 0));
  values.set(`encore ${side}`, Number(alive && v.encore > 0));
  const conditions = {
    disable: v.disable,
    'perish count': v.perish,
    bound: v.bound,
    held: v.held,
    curse: v.cursed,
    yawn: v.yawn,
    charging: v.charging,
    recharging: v.recharging,
    rampage: v.rampage,
    'aqua ring': v.aquaRing,
    ingrain: v.ingrain,
    focus: v.focus,
    'salt cure': v.saltCure,
  };
  for (const [name, value] of Object.entries(conditions))
    values.set(`${name} ${side}`, Number(alive && value > 0));
  values.set(`safeguard ${side}`, Number(half.safeguard > 0));
  values.set(`aurora veil ${side}`, Number(half.auroraVeil > 0));
  values.set(`wish ${side}`, Number(half.wishTurns > 0));
  values.set(`delayed attack ${side}`, Number(half.futureTurns > 0));
  values.set(`item ${side}`, Number(!alive || active.item !== ''));
  values.set(`stealth rock ${side}`, half.stealthRock);
  values.set(`spikes ${side}`, half.spikes);
  values.set(`toxic spikes ${side}`, half.toxicSpikes);
  values.set(`web ${side}`, half.stickyWeb);
  values.set(`reflect ${side}`, Number(half.reflect > 0));
  values.set(`light screen ${side}`, Number(half.lightScreen > 0));
  values.set(`tailwind ${side}`, Number(half.tailwind > 0));
}

/**
 * The same for a battle in the simulator.
 *
 * @param teams the sets of both sides' Pokémon, in the order of the state's Pokémon
 */
export function featuresOfBattle(
  battle: Battle,
  teams: readonly (readonly (SimPokemon['set'] | undefined)[])[],
): Map<string, number> {
  const values = new Map<string, number>();
  for (const [side, simSide] of [battle.p1, battle.p2].entries()) {
    for (const [index, set] of (teams[side] ?? []).entries()) {
      const pokemon = simSide.pokemon.find((each) => each.set === set);
      if (!pokemon) continue;
      values.set(`hp ${side}${index}`, pokemon.hp / pokemon.maxhp);
      for (const id of STATUSES)
        values.set(`${id} ${side}${index}`, Number(pokemon.hp > 0 && pokemon.status === id));
    }
    ofSide(values, side, simSide);
  }
  values.set('weather', Number(battle.field.weather !== ''));
  values.set('terrain', Number(battle.field.terrain !== ''));
  values.set('trick room', Number(Boolean(battle.field.pseudoWeather.trickroom)));
  values.set('gravity', Number(Boolean(battle.field.pseudoWeather.gravity)));
  return values;
}

function ofSide(values: Map<string, number>, side: number, simSide: SimSide): void {
  const [active] = simSide.active;
  const { sideConditions } = simSide;
  const alive = Boolean(active && active.hp > 0);
  const volatile = (id: string): number => Number(alive && Boolean(active?.volatiles[id]));
  for (const stat of STAGES) values.set(`${stat} stage ${side}`, alive ? (active?.boosts[stat] ?? 0) : 0);
  values.set(`substitute ${side}`, volatile('substitute'));
  values.set(`confusion ${side}`, volatile('confusion'));
  values.set(`leech seed ${side}`, volatile('leechseed'));
  values.set(`taunt ${side}`, volatile('taunt'));
  values.set(`encore ${side}`, volatile('encore'));
  const conditions = {
    disable: volatile('disable'),
    'perish count': volatile('perishsong'),
    bound: volatile('partiallytrapped'),
    held: volatile('trapped') || volatile('noretreat'),
    curse: volatile('curse'),
    yawn: volatile('yawn'),
    charging: volatile('twoturnmove'),
    recharging: volatile('mustrecharge'),
    rampage: volatile('lockedmove'),
    'aqua ring': volatile('aquaring'),
    ingrain: volatile('ingrain'),
    focus: volatile('focusenergy') || volatile('dragoncheer') || volatile('laserfocus'),
    'salt cure': volatile('saltcure'),
  };
  for (const [name, value] of Object.entries(conditions)) values.set(`${name} ${side}`, value);
  const [slot] = simSide.slotConditions;
  values.set(`safeguard ${side}`, Number(Boolean(sideConditions.safeguard)));
  values.set(`aurora veil ${side}`, Number(Boolean(sideConditions.auroraveil)));
  values.set(`wish ${side}`, Number(Boolean(slot?.wish)));
  values.set(`delayed attack ${side}`, Number(Boolean(slot?.futuremove)));
  values.set(`item ${side}`, Number(!alive || active?.item !== ''));
  values.set(`stealth rock ${side}`, Number(Boolean(sideConditions.stealthrock)));
  values.set(`spikes ${side}`, sideConditions.spikes?.layers ?? 0);
  values.set(`toxic spikes ${side}`, sideConditions.toxicspikes?.layers ?? 0);
  values.set(`web ${side}`, Number(Boolean(sideConditions.stickyweb)));
  values.set(`reflect ${side}`, Number(Boolean(sideConditions.reflect)) || volatile('reflect'));
  values.set(`light screen ${side}`, Number(Boolean(sideConditions.lightscreen)) || volatile('lightscreen'));
  values.set(`tailwind ${side}`, Number(Boolean(sideConditions.tailwind)));
}
