import { describe, expect, it } from 'vitest';
import type { BattleEvent, PokemonRef, TurnEvents } from '../../src/battle/event.ts';
import { foeCombatant, ownCombatant } from '../../src/knowledge/combatant.ts';
import { damageOf } from '../../src/knowledge/damage.ts';
import { findMove } from '../../src/knowledge/dex.ts';
import { observe } from '../../src/knowledge/evidence.ts';
import { buildTests, itemTest, type SetTest } from '../../src/knowledge/rule-out.ts';
import { settingOf } from '../../src/knowledge/setting.ts';
import { simTurn } from '../support/sim-turn.ts';
import { pokemon, set, side, state } from './states.ts';

const own = pokemon('p1', 'Snorlax', { item: 'leftovers', ability: 'immunity' });
const foe = pokemon('p2', 'Garchomp', { hp: 0.8 });
const now = state(side([own]), side([foe]));
const OWN: PokemonRef = { id: own.id, side: 'p1', species: 'Snorlax' };
const FOE: PokemonRef = { id: foe.id, side: 'p2', species: 'Garchomp' };

const enter = (ref: PokemonRef): BattleEvent => ({
  type: 'switch',
  how: 'switch',
  pokemon: ref,
  position: 0,
  hp: 1,
});
const move = (pokemon: PokemonRef, id: string, target: PokemonRef): BattleEvent => ({
  type: 'move',
  pokemon,
  move: id,
  name: id,
  target,
  missed: false,
  noTarget: false,
  still: false,
  zMove: false,
});
const lose = (pokemon: PokemonRef, before: number, after: number): BattleEvent => ({
  type: 'damage',
  pokemon,
  before,
  after,
});
const turn = (number: number): BattleEvent => ({ type: 'turn', turn: number });

/** The events of each turn, as a battle's memory keeps them. */
function turnsOf(events: readonly BattleEvent[]): TurnEvents[] {
  const turns: { turn: number; events: BattleEvent[] }[] = [{ turn: 0, events: [] }];
  for (const event of events) {
    if (event.type === 'turn') turns.push({ turn: event.turn, events: [] });
    else turns.at(-1)?.events.push(event);
  }
  return turns;
}

function evidenceTests(...[at, whose, evidence]: Parameters<typeof buildTests>): readonly SetTest[] {
  return [itemTest(whose, evidence), ...buildTests(at, whose, evidence)];
}

/** The sets that the events leave possible, by item. */
function left(events: readonly BattleEvent[], items: readonly string[]): readonly string[] {
  const evidence = observe(turnsOf([enter(OWN), enter(FOE), turn(1), ...events]), 'p1');
  const tests = evidenceTests(now, foe, evidence);
  return items.filter((item) => tests.every((test) => test(set({ item, ability: 'roughskin' }))));
}

/** The fraction of Snorlax's HP that Garchomp's Earthquake takes with an item, at the mean roll. */
function earthquake(item: string): number {
  const setting = settingOf(now);
  const found = findMove(9, 'earthquake');
  if (!found) throw new Error('no Earthquake');
  const user = foeCombatant(setting, foe, set({ item, ability: 'roughskin' }));
  return damageOf(setting, [{ user, target: ownCombatant(setting, own), weight: 1 }], { move: found }, 1)
    .mean;
}

describe('evidence about an opponent’s item', () => {
  const items = ['choiceband', 'choicescarf', 'lifeorb', 'leftovers', 'heavydutyboots'];

  it('is in the damage it deals', () => {
    const banded = 1 - earthquake('choiceband');
    expect(left([move(FOE, 'earthquake', OWN), lose(OWN, 1, banded)], items)).toEqual(['choiceband']);
    const bare = 1 - earthquake('');
    const hit = [move(FOE, 'earthquake', OWN), lose(OWN, 1, bare)];
    expect(left(hit, items)).toEqual(['choicescarf', 'leftovers', 'heavydutyboots']);
  });

  it('is not in a hit that something else explains', () => {
    const banded = 1 - earthquake('choiceband');
    const strike = [move(FOE, 'earthquake', OWN), lose(OWN, 1, banded)];
    const boosted: BattleEvent = { type: 'boost', pokemon: FOE, stat: 'atk', amount: 1 };
    const crit: BattleEvent = { type: 'crit', pokemon: OWN };
    const terrain: BattleEvent = { type: 'field', condition: 'grassyterrain', change: 'start' };
    const [earth, loss] = strike;
    if (!earth || !loss) throw new Error('no strike');
    const orbless = items.filter((item) => item !== 'lifeorb');
    expect(left([boosted, ...strike], items)).toEqual(orbless);
    expect(left([earth, crit, loss], items)).toEqual(orbless);
    expect(left([terrain, ...strike], items)).toEqual(orbless);
  });

  it('is in two different moves, in hazard damage taken and in healing not seen', () => {
    const two = [move(FOE, 'swordsdance', FOE), turn(2), move(FOE, 'scaleshot', FOE)];
    expect(left(two, items)).toEqual(['lifeorb', 'leftovers', 'heavydutyboots']);
    const rocks: BattleEvent = {
      type: 'damage',
      pokemon: FOE,
      before: 1,
      after: 0.94,
      cause: { kind: 'other', id: 'stealthrock', name: 'Stealth Rock' },
    };
    expect(left([rocks], items)).not.toContain('heavydutyboots');
    expect(left([rocks, turn(2)], items)).toContain('leftovers');
    expect(left([rocks, turn(2), turn(3)], items)).not.toContain('leftovers');
  });

  it('is in which Pokémon moves first', () => {
    // Garchomp is by far the faster one: no set explains that it moves second at equal priority, but a Speed drop does.
    const slow = state(side([pokemon('p1', 'Dragapult')]), side([foe]));
    const dragapult: PokemonRef = { id: 'p1-Dragapult', side: 'p1', species: 'Dragapult' };
    const first = [move(FOE, 'earthquake', dragapult), move(dragapult, 'uturn', FOE), turn(2)];
    const evidence = observe(turnsOf([enter(dragapult), enter(FOE), turn(1), ...first]), 'p1');
    const tests = evidenceTests(slow, foe, { ...evidence, hits: [], notHeld: new Map() });
    const possible = items.filter((item) => tests.every((test) => test(set({ item }))));
    expect(possible).toEqual(['choicescarf']);
    const priority = [move(FOE, 'extremespeed', dragapult), move(dragapult, 'uturn', FOE), turn(2)];
    const quick = observe(turnsOf([enter(dragapult), enter(FOE), turn(1), ...priority]), 'p1');
    const quickTests = evidenceTests(slow, foe, { ...quick, hits: [], notHeld: new Map() });
    expect(items.filter((item) => quickTests.every((test) => test(set({ item }))))).toEqual(items);
  });

  it('is forgotten when an Illusion ends', () => {
    const two = [move(FOE, 'swordsdance', FOE), turn(2), move(FOE, 'scaleshot', FOE)];
    const zoroark: PokemonRef = { id: 'p2-9', side: 'p2', species: 'Zoroark' };
    const ends: BattleEvent = {
      type: 'switch',
      how: 'replace',
      pokemon: zoroark,
      position: 0,
      hp: 0.5,
      replaced: FOE,
    };
    expect(left([...two, ends], items)).toEqual(items);
  });
});

it('a battle followed live shows who holds a Choice Scarf and who has no Leftovers', () => {
  const member = (name: string, item: string, ability: string, ...moves: readonly string[]): string =>
    [`${name} @ ${item}`, `Ability: ${ability}`, 'EVs: 252 Spe', ...moves.map((one) => `- ${one}`)].join(
      '\n',
    );
  const { state, memory } = simTurn({
    format: 'gen9customgame@@@!Team Preview',
    p1: member('Jolteon', 'Heavy-Duty Boots', 'Quick Feet', 'Shadow Ball'),
    p2: member('Gholdengo', 'Choice Scarf', 'Good as Gold', 'Dazzling Gleam'),
    choices: [
      ['move 1', 'move 1'],
      ['move 1', 'move 1'],
    ],
  });
  const { orders, notHeld } = observe(memory.turns, 'p1');
  const [gholdengo] = state.foe.pokemon;
  expect(orders.map(({ first }) => first.id)).toEqual([gholdengo?.id, gholdengo?.id]);
  const items = [...(notHeld.get(gholdengo?.id ?? '') ?? [])];
  expect(items).toEqual(expect.arrayContaining(['leftovers', 'lifeorb']));
  expect(items).not.toContain('choicescarf');
});
