import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readTeam } from '../../src/arena/team.ts';
import { type PairAction, toChoice } from '../../src/battle/action.ts';
import { expectExactlyLegal, expectHiddenReason } from '../support/expect-legal.ts';
import { type Moment, simulate } from '../support/simulated-battle.ts';
import { scaled } from '../support/thorough.ts';

/** Long stalls show nothing new. */
const MAX_TURNS = 40;

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/teams/${name}`, import.meta.url), 'utf8');
const OU_TEAMS = {
  p1: readTeam(fixture('gen9ou-balance.txt'), 'gen9ou', 'balance'),
  p2: readTeam(fixture('gen9ou-rain.txt'), 'gen9ou', 'rain'),
};

/** Battles of a thorough run. Few battles, compared at many moments: most of the time goes into playing them. */
const BATTLES: readonly (readonly [format: string, battles: number])[] = [
  ['gen1randombattle', 40],
  ['gen2randombattle', 40],
  ['gen3randombattle', 40],
  ['gen4randombattle', 40],
  ['gen5randombattle', 40],
  ['gen6randombattle', 40],
  ['gen7randombattle', 40],
  ['gen8randombattle', 40],
  ['gen9randombattle', 60],
  ['gen8randomdoublesbattle', 30],
  ['gen9randomdoublesbattle', 40],
  ['gen9ou', 15],
];

/** What occurred, so that a test that never met a rule fails. */
const seen = new Map<string, number>();
function count(what: string): void {
  seen.set(what, (seen.get(what) ?? 0) + 1);
}

describe.each(BATTLES)('%s', (format, thorough) => {
  const battles = scaled(thorough);
  test(`the simulator accepts every choice in ${battles} battles, and in a sample exactly the offered ones`, () => {
    for (let battle = 0; battle < battles; battle++) {
      simulate({
        format,
        seed: `legality-${battle}`,
        maxTurns: MAX_TURNS,
        ...(format === 'gen9ou' ? { teams: OU_TEAMS } : {}),
        onMoment(moment) {
          note(moment);
          if (moment.random.below(moment.request.type === 'move' ? 12 : 5) > 0) return;
          count('compared');
          expectExactlyLegal(moment);
        },
        onRefusal: expectHiddenReason,
        onProblem({ line, error }) {
          throw new Error(`Could not follow ${line}`, { cause: error });
        },
      });
    }
  });
});

// Struggle and rarer things are covered by rare-legality.test.ts, with teams that cause them.
test('every rare situation occurred', () => {
  const expected =
    'mega zmove dynamax terastallize revive trapped maybeTrapped locked double-switch forced-pass compared team';
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
}

function forcedPass({ left, right }: PairAction, forced: readonly boolean[]): boolean {
  return (forced[0] === true && left.type === 'pass') || (forced[1] === true && right.type === 'pass');
}
