import { describe, expect, test } from 'vitest';
import type { BattleEvent, PokemonRef } from '../../src/battle/event.ts';
import { parseEvent } from '../../src/battle/parse-event.ts';
import { BattleTracker } from '../../src/battle/tracker.ts';
import { createRandom } from '../../src/util/random.ts';
import { RECORDED_VIEWS, recordedView } from './recorded-view.ts';

/** The event that a line must give; lines of other kinds give one or none. */
const EVENT_OF: Readonly<Record<string, BattleEvent['type']>> = {
  ...{ switch: 'switch', drag: 'switch', replace: 'switch', move: 'move', cant: 'cant', faint: 'faint' },
  ...{
    '-damage': 'damage',
    '-heal': 'heal',
    '-sethp': 'sethp',
    '-status': 'status',
    '-curestatus': 'curestatus',
  },
  ...{
    '-boost': 'boost',
    '-unboost': 'boost',
    '-supereffective': 'effectiveness',
    '-resisted': 'effectiveness',
  },
  ...{ '-crit': 'crit', '-miss': 'miss', '-immune': 'immune', '-fail': 'fail', '-hitcount': 'hitcount' },
  ...{ '-ability': 'ability', '-item': 'item', '-enditem': 'item', '-start': 'volatile', '-end': 'volatile' },
  ...{ '-terastallize': 'forme', '-sidestart': 'sidecondition', '-sideend': 'sidecondition' },
  ...{ '-weather': 'weather', '-fieldstart': 'field', '-fieldend': 'field', win: 'result' },
};

/** The events of each line of a view. */
function* eventsOf(file: string): Generator<{ line: string; events: readonly BattleEvent[] }> {
  const { lines, side } = recordedView(file);
  const tracker = new BattleTracker({ side });
  const count = (): number => tracker.turns.reduce((sum, { events }) => sum + events.length, 0);
  for (const line of lines) {
    const before = count();
    tracker.add(line);
    yield { line, events: tracker.turns.flatMap(({ events }) => events).slice(before) };
  }
}

test.each(RECORDED_VIEWS)('%s: each line of the battle gives the one right event', (file) => {
  const fractions = new Map<string, number>();
  let checked = 0;
  for (const { line, events } of eventsOf(file)) {
    const [, kind = '', ident = '', first = '', second = ''] = line.split('|');
    const expected = EVENT_OF[kind];
    if (!expected) {
      expect(events.length, line).toBeLessThanOrEqual(1);
      continue;
    }
    checked++;
    expect(
      events.map(({ type }) => type),
      line,
    ).toEqual([expected]);
    const [event] = events;
    if (!event || !('pokemon' in event)) continue;
    const side = ident.slice(0, 2);
    expect(event.pokemon.side, line).toBe(side);
    if (event.type === 'move') expect(event.name, line).toBe(first);
    if (event.type === 'boost') expect(Math.abs(event.amount), line).toBe(Number(second));
    if (event.type === 'switch') fractions.set(side, event.hp);
    if (event.type === 'damage' || event.type === 'heal') {
      const [points = 0, most = 1] = first.split(' ')[0]?.split('/').map(Number) ?? [];
      expect(event.before, line).toBeCloseTo(fractions.get(side) ?? -1, 6);
      expect(event.after, line).toBeCloseTo(points / most, 6);
      fractions.set(side, event.after);
    }
  }
  expect(checked).toBeGreaterThan(40);
});

/** Fills in what a line needs of the battle. */
function parse(kind: string, args: readonly string[], kwArgs: Record<string, string> = {}) {
  const pokemon = (ident: string | undefined): PokemonRef | undefined =>
    ident?.startsWith('p') ? { id: `${ident.slice(0, 2)}-0`, side: 'p1', species: 'Mew' } : undefined;
  const names = { pokemon, side: () => 'p2' as const };
  const context = { names, before: 1, after: 0.5, replaced: undefined };
  return parseEvent({ args: [kind, ...args], kwArgs }, { ...context, subject: pokemon(args[0]) });
}

describe('one line', () => {
  const mew = { id: 'p1-0', side: 'p1', species: 'Mew' } as const;

  test.each([
    [
      ['-damage', 'p1a: x', '50/100'],
      { from: 'item: Life Orb' },
      {
        type: 'damage',
        pokemon: mew,
        cause: { kind: 'item', id: 'lifeorb', name: 'Life Orb' },
        before: 1,
        after: 0.5,
      },
    ],
    [
      ['-damage', 'p1a: x', '50/100'],
      { from: 'ability: Rough Skin', of: 'p2a: y' },
      {
        type: 'damage',
        pokemon: mew,
        cause: { kind: 'ability', id: 'roughskin', name: 'Rough Skin', of: { ...mew, id: 'p2-0' } },
        before: 1,
        after: 0.5,
      },
    ],
    [
      ['-damage', 'p1a: x', '50/100'],
      { from: 'psn' },
      {
        type: 'damage',
        pokemon: mew,
        cause: { kind: 'other', id: 'psn', name: 'psn' },
        before: 1,
        after: 0.5,
      },
    ],
    [
      ['-unboost', 'p1a: x', 'spa', '2'],
      {},
      { type: 'boost', pokemon: mew, cause: undefined, stat: 'spa', amount: -2 },
    ],
    [
      ['cant', 'p1a: x', 'move: Imprison', 'Psychic'],
      {},
      { type: 'cant', pokemon: mew, cause: undefined, reason: 'imprison', move: 'psychic' },
    ],
    [['-weather', 'none'], {}, { type: 'weather', upkeep: false, cause: undefined }],
    [
      ['-weather', 'RainDance'],
      { upkeep: '' },
      { type: 'weather', weather: 'raindance', upkeep: true, cause: undefined },
    ],
    [
      ['-sidestart', 'p2: Blue', 'move: Stealth Rock'],
      {},
      { type: 'sidecondition', side: 'p2', condition: 'stealthrock', change: 'start' },
    ],
    [
      ['-terastallize', 'p1a: x', 'Steel'],
      {},
      { type: 'forme', pokemon: mew, cause: undefined, species: 'Mew', how: 'tera', teraType: 'Steel' },
    ],
    [['win', 'Blue'], {}, { type: 'result', winner: 'p2' }],
    [['tie'], {}, { type: 'result', winner: null }],
    [['upkeep'], {}, { type: 'upkeep' }],
  ] as const)('%j %j', ([kind, ...args], kwArgs, event) => {
    expect(parse(kind, args, kwArgs)).toEqual(event);
  });

  test.each([
    ['turn', 'NaN'],
    ['turn', '-1'],
    ['turn', '1.5'],
    ['turn'],
    ['-sidestart', 'p3: x', 'Spikes'],
    ['-status', 'p1a: x', '__proto__'],
    ['-boost', 'p1a: x', '__proto__', '1'],
    ['-hitcount', 'p1a: x', 'many'],
    ['move', 'nobody', 'Surf'],
    ['faint'],
    ['unheard-of', 'p1a: x'],
    [''],
  ])('%j gives no event', (kind, ...args) => {
    expect(parse(kind, args)).toBeUndefined();
  });
});

test('torn, mixed-up or nonsensical lines give sound events or none', () => {
  const random = createRandom('torn');
  const nonsense = [
    '',
    'NaN',
    '-1',
    '1e999/0',
    '__proto__',
    'constructor',
    'p9z: ?',
    '[from]',
    '[of] p7: x',
    '\u0000',
  ];
  for (const file of RECORDED_VIEWS.slice(0, 6)) {
    const { lines, side } = recordedView(file);
    const tracker = new BattleTracker({ side });
    for (const line of lines) {
      const parts = line.split('|');
      const last = parts.length - 1;
      if (last > 1 && !line.startsWith('|request|')) {
        const torn = parts.map((part, index) =>
          index > 1 && random.below(2) === 0 ? random.pick(nonsense) : part,
        );
        tracker.add(torn.slice(0, 2 + random.below(last)).join('|'));
      }
      tracker.add(line);
    }
    for (const { turn, events } of tracker.turns) {
      expect(turn).toBeGreaterThanOrEqual(0);
      for (const event of events) expectSound(event);
    }
  }
});

function expectSound(event: BattleEvent): void {
  for (const [key, value] of Object.entries(event)) {
    if (typeof value === 'number') expect(Number.isFinite(value), `${event.type} ${key}`).toBe(true);
  }
  if ('after' in event) {
    expect(event.after, event.type).toBeGreaterThanOrEqual(0);
    expect(event.after, event.type).toBeLessThanOrEqual(1);
  }
}
