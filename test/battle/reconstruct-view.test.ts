import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Action, slotActions } from '../../src/battle/action.ts';
import { reconstructView } from '../../src/battle/reconstruct-view.ts';
import type { BattleState, PokemonState, SideId } from '../../src/battle/state.ts';
import { BattleTracker } from '../../src/battle/tracker.ts';
import { decisionPoints } from '../../src/memory/decision-points.ts';
import { type SimTurnOptions, simTurn } from '../support/sim-turn.ts';
import { simulate } from '../support/simulated-battle.ts';
import { RECORDED_VIEWS, recordedView, spectatorLines } from './recorded-view.ts';

/** The state at the request that opens each turn. */
function turnStates(lines: readonly string[], side: SideId): Map<number, BattleState> {
  const tracker = new BattleTracker({
    side,
    onProblem({ line, error }) {
      throw new Error(`Could not follow ${line}`, { cause: error });
    },
  });
  const states = new Map<number, BattleState>();
  for (const line of lines) {
    tracker.add(line);
    if (line.startsWith('|request|{"active"')) states.set(tracker.state.turn, tracker.state);
  }
  return states;
}

test("what a spectator saw, made of a player's view, is what the server recorded", () => {
  const url = new URL('../fixtures/battles/battle-01/spectator.log', import.meta.url);
  const battleLine = /^\|(switch|drag|move|-[a-z]+|faint|turn|win)\|/;
  const recorded = readFileSync(url, 'utf8')
    .split('\n')
    .filter((line) => battleLine.test(line));
  for (const file of ['battle-01.fpr100a.log.gz', 'battle-01.per100a.log.gz']) {
    expect(spectatorLines(recordedView(file)).filter((line) => battleLine.test(line))).toEqual(recorded);
  }
});

describe('a view reconstructed from a spectator’s log', () => {
  test.each(RECORDED_VIEWS)("%s: agrees with the player's own view in all that can be known", (file) => {
    const view = recordedView(file);
    const real = turnStates(view.lines, view.side);
    const reconstructed = turnStates(reconstructView(spectatorLines(view), view.side), view.side);
    expect(real.size).toBeGreaterThan(5);
    expect([...reconstructed.keys()]).toEqual(expect.arrayContaining([...real.keys()]));
    for (const [turn, truth] of real) {
      const seen = reconstructed.get(turn);
      if (!seen) throw new Error(`turn ${turn} is missing`);
      const where = `${file} turn ${turn}`;
      expect(seen.foe, where).toEqual(truth.foe);
      expect(seen.field, where).toEqual(truth.field);
      expect(seen.own.conditions, where).toEqual(truth.own.conditions);
      expect(seen.own.spent, where).toEqual(truth.own.spent);
      expect([seen.own.fainted, seen.own.teamSize], where).toEqual([truth.own.fainted, truth.own.teamSize]);
      if (!truth.own.active.some((pokemon) => pokemon && isInDisguise(pokemon))) {
        expect(seen.own.active.map(shown), where).toEqual(truth.own.active.map(shown));
      }
      for (const pokemon of seen.own.pokemon) {
        const own = truth.own.pokemon.find(({ baseSpecies }) => baseSpecies === pokemon.baseSpecies);
        expect(own, `${where} ${pokemon.species}`).toBeDefined();
        if (own) expectKnown(pokemon, own, truth.own.pokemon.some(isInDisguise), where);
      }
    }
  });
});

/** When a side was asked, and for what, except at team preview. */
function moments(lines: readonly string[], side: SideId): string[] {
  return [...decisionPoints(lines, side)].flatMap(({ turn, request, state }) =>
    request.type === 'team'
      ? []
      : [`${turn} ${request.type} ${state.own.active.map((active) => active?.species ?? '-')}`],
  );
}

test.each(RECORDED_VIEWS)('%s: a choice is requested wherever there was one', (file) => {
  const { lines, side } = recordedView(file);
  const asked = (view: readonly string[]): string[] =>
    moments(view, side).map((moment) => moment.split(' ', 2).join(' '));
  expect(asked(reconstructView(spectatorLines({ lines, side }), side))).toEqual(asked(lines));
});

describe('a replacement', () => {
  const set = (name: string, ...moves: readonly string[]): string =>
    [name, 'Ability: Illuminate', 'Level: 50', ...moves.map((move) => `- ${move}`)].join('\n');
  const team = (...sets: readonly string[]): string => sets.join('\n\n');
  const compare = (options: SimTurnOptions): void => {
    const { lines } = simTurn(options);
    const view = reconstructView(spectatorLines({ lines, side: 'p1' }), 'p1');
    expect(moments(view, 'p1')).toEqual(moments(lines, 'p1'));
  };
  const GEN9 = 'gen9customgame@@@!Team Preview';

  test('is requested after an Eject Button, but not when the opponent has one', () => {
    const ours = team(
      set('Chansey @ Eject Button', 'Splash'),
      set('Snorlax', 'Memento'),
      set('Mew', 'Splash'),
    );
    const theirs = team(set('Gengar', 'Night Shade', 'Splash'), set('Blissey @ Eject Button', 'Splash'));
    compare({
      ...{ format: GEN9, p1: ours, p2: theirs },
      choices: [
        ['move 1', 'move 1'],
        ['switch 2', ''],
        ['move 1', 'switch 2'],
        ['switch 3', ''],
      ],
    });
    compare({
      ...{
        format: GEN9,
        p1: team(set('Gengar', 'Explosion'), set('Mew', 'Splash')),
        p2: team(set('Blissey @ Eject Button', 'Splash'), set('Mew', 'Splash')),
      },
      choices: [
        ['move 1', 'move 1'],
        ['', 'switch 2'],
        ['switch 2', ''],
      ],
    });
  });

  test('is not requested when one of ours faints as it comes in and the opponent switches by choice', () => {
    compare({
      format: GEN9,
      p1: team(set('Chansey', 'Splash'), set('Shedinja', 'Splash'), set('Mew', 'Splash')),
      p2: team(set('Gengar', 'Stealth Rock'), set('Snorlax', 'Splash')),
      choices: [
        ['move 1', 'move 1'],
        ['switch 2', 'switch 2'],
        ['switch 3', ''],
      ],
    });
  });

  test('stands where Ally Switch has put it', () => {
    compare({
      format: 'gen9doublescustomgame@@@!Team Preview',
      p1: team(set('Blissey', 'Ally Switch'), set('Chansey', 'Splash'), set('Snorlax', 'Splash')),
      p2: team(set('Gengar', 'Splash'), set('Mew', 'Splash')),
      choices: [
        ['move 1, move 1', 'move 1, move 1'],
        ['switch 3, move 1', 'move 1, move 1'],
      ],
    });
  });

  test('has the stats and the ability of its current forme', () => {
    const gyarados = set('Gyarados @ Gyaradosite', 'Splash').replace('Illuminate', 'Intimidate');
    const { lines } = simTurn({
      ...{ format: 'gen7customgame@@@!Team Preview', p1: gyarados, p2: set('Chansey', 'Splash') },
      choices: [
        ['move 1', 'move 1'],
        ['move 1 mega', 'move 1'],
      ],
    });
    const view = reconstructView(spectatorLines({ lines, side: 'p1' }), 'p1');
    const seen = [...decisionPoints(view, 'p1')].map(({ state: { own } }) => own.active[0]);
    expect(seen.map((pokemon) => [pokemon?.species, pokemon?.ability])).toEqual([
      ['Gyarados', 'intimidate'],
      ['Gyarados', 'intimidate'],
      ['Gyarados-Mega', 'moldbreaker'],
    ]);
    expect(seen[2]?.stats?.atk).toBeGreaterThan(seen[1]?.stats?.atk ?? Number.NaN);
    expect(seen[1]?.stats).toEqual(seen[0]?.stats);
  });
});

const gimmickOf = (action: Action): string | undefined =>
  slotActions(action)
    .flatMap((part) => (part.type === 'move' ? (part.gimmick ?? []) : []))
    .at(0);

describe('a reconstructed view of a battle with gimmicks', () => {
  test.each([
    ['gen6randombattle', 'mega'],
    ['gen7randombattle', 'mega'],
    ['gen7randombattle', 'zmove'],
    ['gen8randombattle', 'dynamax'],
    ['gen8randomdoublesbattle', 'dynamax'],
    ['gen9randombattle', 'terastallize'],
  ])('%s: offers what was used (%s)', (format, gimmick) => {
    let seen = 0;
    for (let battle = 0; battle < 12 && seen < 3; battle++) {
      const used: number[] = [];
      const { lines } = simulate({
        format,
        seed: `gimmicks-${battle}`,
        choose: ({ actions, random, side, sim }) => {
          const [found] = actions.filter((action) => gimmickOf(action) === gimmick);
          if (found && side === 'p1') used.push(sim.turn);
          return found ?? random.pick(actions);
        },
      });
      // It was used up the last time it was chosen, unless its user fainted first.
      const last = used.at(-1);
      if (last === undefined) continue;
      const view = reconstructView(spectatorLines({ lines: lines.p1, side: 'p1' }), 'p1');
      // A refused choice is requested once more, which no spectator sees.
      const asked = moments(lines.p1, 'p1').filter((moment, index, all) => moment !== all[index - 1]);
      expect(moments(view, 'p1')).toEqual(asked);
      const then = [...decisionPoints(view, 'p1')].find(
        ({ turn, request }) => turn === last && request.type === 'move',
      );
      const shows = view.some((line) =>
        /^\|(-mega|-zpower|-terastallize)\|p1|^\|-start\|p1.*Dynamax/.test(line),
      );
      if (!shows) continue;
      expect(then?.actions.map(gimmickOf), `${format} ${battle}`).toContain(gimmick);
      seen++;
    }
    expect(seen).toBe(3);
  });
});

/** What everybody sees of a Pokémon on the field. */
function shown(pokemon: PokemonState | null): unknown {
  if (!pokemon) return null;
  const { species, level, gender, position, fainted, status, boosts, volatiles, types, terastallized } =
    pokemon;
  const { lastMove, justSwitchedIn } = pokemon;
  return {
    species,
    level,
    gender,
    position,
    fainted,
    status,
    boosts,
    volatiles,
    types,
    terastallized,
    lastMove,
    justSwitchedIn,
  };
}

/** A Pokémon with Illusion is mistaken for another until it is unmasked, and perhaps to the end. */
function isInDisguise({ baseAbility }: PokemonState): boolean {
  return baseAbility === 'illusion';
}

/** Everything claimed of a Pokémon is true, even if it is not the whole truth. */
function expectKnown(seen: PokemonState, truth: PokemonState, disguises: boolean, where: string): void {
  const what = `${where} ${seen.species}`;
  const heals =
    ['regenerator', 'naturalcure'].includes(truth.baseAbility ?? '') && truth.position === undefined;
  if (!heals) {
    expect(Math.abs(seen.hp - truth.hp), what).toBeLessThanOrEqual(0.012);
    expect(seen.status, what).toBe(truth.status);
  }
  expect(seen.fainted, what).toBe(truth.fainted);
  if (seen.item) expect(seen.item, what).toBe(truth.item);
  // Terapagos changes its forme, and with it its ability, for good.
  if (seen.baseAbility && !truth.baseSpecies.startsWith('Terapagos')) {
    expect(seen.baseAbility, what).toBe(truth.baseAbility);
  }
  if (disguises) return;
  const moves = truth.moves.map(({ id }) => id);
  expect(moves, what).toEqual(expect.arrayContaining(seen.moves.map(({ id }) => id)));
  if (seen.teraType) expect(seen.teraType, what).toBe(truth.teraType);
}

describe('names of 10,000 letters', () => {
  const LONG = 'x'.repeat(10_000);
  const view = recordedView('battle-01.fpr100a.log.gz');
  const lines = spectatorLines(view);
  test.each([
    ['of a Pokémon', (line: string) => line.replace(/(p1[ab]?: [\w-]+)/g, `$1${LONG}`)],
    ['of a species', (line: string) => line.replace(/\|(Appletun|Milotic)\b/g, `|$1${LONG}`)],
    ['of a move', (line: string) => line.replace(/(\|move\|p1a: \w+\|Recover)\b/, `$1${LONG}`)],
    ['of an item', (line: string) => line.replace(/(item: Leftovers)/g, `$1${LONG}`)],
    ['of a user', (line: string) => line.replace(/(fpr100a)/g, `$1${LONG}`)],
  ])('%s: a choice is requested wherever there was one', (_, rename) => {
    const renamed = lines.map(rename);
    expect(renamed.join('').length).toBeGreaterThan(lines.join('').length);
    const turns = (asked: readonly string[]): string[] =>
      moments(asked, view.side).map((moment) => moment.split(' ', 2).join(' '));
    expect(turns(reconstructView(renamed, view.side))).toEqual(turns(reconstructView(lines, view.side)));
  });
});
