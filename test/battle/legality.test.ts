import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readTeam } from '../../src/arena/team.ts';
import { type PairAction, toChoice } from '../../src/battle/action.ts';
import type { MoveRequest } from '../../src/battle/request.ts';
import { type Moment, type Refusal, simulate } from '../support/simulated-battle.ts';

/** Long stalls show nothing new. */
const MAX_TURNS = 40;

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/teams/${name}`, import.meta.url), 'utf8');
const OU_TEAMS = {
  p1: readTeam(fixture('gen9ou-balance.txt'), 'gen9ou', 'balance'),
  p2: readTeam(fixture('gen9ou-rain.txt'), 'gen9ou', 'rain'),
};

const BATTLES: readonly (readonly [format: string, battles: number])[] = [
  ['gen1randombattle', 110],
  ['gen2randombattle', 100],
  ['gen3randombattle', 100],
  ['gen4randombattle', 100],
  ['gen5randombattle', 90],
  ['gen6randombattle', 90],
  ['gen7randombattle', 110],
  ['gen8randombattle', 100],
  ['gen9randombattle', 110],
  ['gen8randomdoublesbattle', 40],
  ['gen9randomdoublesbattle', 60],
  ['gen9ou', 20],
];

/** What occurred, so that a test that saw nothing of a rule fails. */
const seen = new Map<string, number>();
function count(what: string): void {
  seen.set(what, (seen.get(what) ?? 0) + 1);
}

describe.each(BATTLES)('%s', (format, battles) => {
  test(`the simulator takes every choice in ${battles} battles, and on a sample exactly those offered`, () => {
    for (let battle = 0; battle < battles; battle++) {
      simulate({
        format,
        seed: `legality-${battle}`,
        maxTurns: MAX_TURNS,
        ...(format === 'gen9ou' ? { teams: OU_TEAMS } : {}),
        onMoment(moment) {
          note(moment);
          if (moment.random.below(moment.request.type === 'move' ? 40 : 15) === 0) compare(moment);
        },
        onRefusal: expectHiddenReason,
        onProblem({ line, error }) {
          throw new Error(`Could not follow ${line}`, { cause: error });
        },
      });
    }
  }, 240_000);
});

test('everything that is rare occurred', () => {
  const expected =
    'mega zmove dynamax terastallize revive trapped maybeTrapped locked struggle double-switch forced-pass compared team';
  expect(expected.split(' ').filter((what) => !seen.has(what))).toEqual([]);
});

function note({ request, actions }: Moment): void {
  if (request.type === 'team') count('team');
  if (request.type === 'switch') {
    if (request.forceSwitch.filter(Boolean).length === 2) count('double-switch');
    if (request.side.pokemon.some(({ reviving }) => reviving)) count('revive');
    const passes = actions.some(
      (action) => action.type === 'pair' && forcedPass(action, request.forceSwitch),
    );
    if (passes) count('forced-pass');
  }
  if (request.type !== 'move') return;
  for (const active of request.active) {
    if (active?.trapped) count('trapped');
    if (active?.maybeTrapped) count('maybeTrapped');
    if (active?.moves.length === 1) count('locked');
  }
  for (const choice of actions.map(toChoice)) {
    const gimmick = /(mega|zmove|dynamax|terastallize)/.exec(choice)?.[1];
    if (gimmick) count(gimmick);
  }
  if (actions.some((action) => action.type === 'move' && action.move === 'struggle')) count('struggle');
}

function forcedPass({ left, right }: PairAction, forced: readonly boolean[]): boolean {
  return (forced[0] === true && left.type === 'pass') || (forced[1] === true && right.type === 'pass');
}

/** A choice may be refused only for what the request could not tell, and is then not offered again. */
function expectHiddenReason({ moment, action, message, next }: Refusal): void {
  count('refused');
  expect(message).toMatch(/^\[Unavailable choice\]/);
  expect(moment.request.type).toBe('move');
  expect(next?.update).toBe(true);
  expect(action).toBeDefined();
}

const GIMMICKS = ['', ' mega', ' megax', ' megay', ' ultra', ' zmove', ' dynamax', ' terastallize'];

/** Everything one slot could say in the canonical grammar. */
function utterances({ request }: Moment, position: number): string[] {
  const slots = request.side.pokemon.map((_, index) => index + 1);
  const switches = [...slots.map((slot) => `switch ${slot}`), 'pass'];
  if (request.type !== 'move') return switches;
  const active = request.active[position];
  if (!active) return switches;
  // The simulator reads any move and gimmick as the only move there is: locked, recharging, or all moves disabled.
  const only = active.moves.length === 1 || active.moves.every(({ disabled }) => disabled);
  const moves = only ? [1] : active.moves.map((_, index) => index + 1);
  // A Pokémon that is dynamaxed may say `dynamax` again, to no effect.
  const dynamaxed = active.maxMoves !== undefined && !active.canDynamax;
  const gimmicks = only ? [''] : GIMMICKS.filter((gimmick) => !(dynamaxed && gimmick === ' dynamax'));
  const targets = request.active.length > 1 ? ['', ' +1', ' +2', ' -1', ' -2'] : [''];
  const spoken = moves.flatMap((move) =>
    targets.flatMap((target) => gimmicks.map((gimmick) => `move ${move}${target}${gimmick}`)),
  );
  return [...spoken, ...switches];
}

/** Compares the offered actions with what the simulator's own checker takes. */
function compare(moment: Moment): void {
  const { sim, side, request, actions, random } = moment;
  if (request.type === 'move' && request.active.some(hidesSomething)) return;
  const checker = sim.sides[side === 'p1' ? 0 : 1];
  if (!checker) throw new Error('no such side');
  const takes = (choice: string): boolean => {
    const taken = checker.choose(choice) && checker.isChoiceDone();
    checker.clearChoice();
    return taken;
  };
  count('compared');
  const offered = actions.map(toChoice);
  expect(new Set(offered).size).toBe(offered.length);
  if (request.type === 'team') {
    const size = request.side.pokemon.length;
    expect(offered).toHaveLength(
      [...Array(size).keys()].reduce((product, index) => product * (index + 1), 1),
    );
    for (const choice of offered) expect(takes(choice), choice).toBe(true);
    return;
  }
  const pair = random.pick(actions);
  if (pair.type !== 'pair') {
    expect(utterances(moment, 0).filter(takes).sort()).toEqual([...offered].sort());
    return;
  }
  // All pairs would be too many: each half is tried out beside one partner.
  const [left, right] = [toChoice(pair.left), toChoice(pair.right)];
  const lefts = utterances(moment, 0).map((choice) => `${choice}, ${right}`);
  const rights = utterances(moment, 1).map((choice) => `${left}, ${choice}`);
  expect(lefts.filter(takes).sort()).toEqual(
    offered.filter((choice) => choice.endsWith(`, ${right}`)).sort(),
  );
  expect(rights.filter(takes).sort()).toEqual(
    offered.filter((choice) => choice.startsWith(`${left}, `)).sort(),
  );
}

function hidesSomething(active: MoveRequest['active'][number]): boolean {
  return Boolean(active?.maybeTrapped || active?.maybeDisabled || active?.maybeLocked);
}
