import { describe, expect, it } from 'vitest';
import { type Action, toChoice } from '../../../src/battle/action.ts';
import { legalActions } from '../../../src/battle/legal-actions.ts';
import type { SideId } from '../../../src/battle/state.ts';
import { GIMMICK, legalChoices, mustChoose } from '../../../src/mechanics/choices.ts';
import { searchStateOf } from '../../../src/mechanics/from-battle-state.ts';
import { advance } from '../../../src/mechanics/turn.ts';
import { choiceOf } from '../../../src/search/choice-of-action.ts';
import { copyBattle } from '../../../src/search/simulator-bridge/copy-battle.ts';
import { simulatedTurnOf } from '../../../src/search/simulator-bridge/simulated-turn.ts';
import { simulatorWorld } from '../../../src/search/simulator-bridge/simulator-world.ts';
import { rosterOf } from '../../../src/search/simulator-bridge/world-after.ts';
import { createRandom, type Random } from '../../../src/util/random.ts';
import { rareTeam } from '../../support/rare-sets.ts';
import { simTurnOfBoth } from '../../support/sim-turn.ts';
import { type SimulatedBattle, simulate } from '../../support/simulated-battle.ts';
import { trueWorld } from '../../support/true-world.ts';
import { featuresOfBattle, featuresOfPosition } from '../../support/turn-features.ts';

/** A choice with the name of its move: a locked opponent has fewer moves to number. */
function byName(action: Action): string {
  if (action.type !== 'move') return toChoice(action);
  return toChoice(action).replace(/^move \d/, `move ${action.move.replace(/^(hiddenpower).*/, '$1')}`);
}

/**
 * Simulates a turn of random choices and plays it in the real battle; returns what differs afterwards, or undefined
 * when nothing was played.
 */
function differences(moment: SimulatedBattle, random: Random): string[] | undefined {
  const { p1, p2 } = moment.trackers;
  if (p1.request?.type !== 'move' || p2.request?.type !== 'move') return undefined;
  const world = trueWorld(moment, 'p1');
  const start = searchStateOf(world, p1.turns, 'move', random.next);
  const mirrored = searchStateOf(trueWorld(moment, 'p2'), p2.turns, 'move', random.next);
  const [own, foe] = [random.pick(legalActions(p1.request)), random.pick(legalActions(p2.request))];
  const [choice, reply] = [choiceOf(own, p1.state, start), choiceOf(foe, p2.state, mirrored)];
  if (choice === undefined || reply === undefined) return undefined;

  const [seed, twin] = [String(random.next()), String(random.next())];
  const p = simulatedTurnOf(
    { world, searchState: start },
    p1.request,
    p1.turns,
    createRandom(seed + twin),
  )(choice, reply);

  const luck = createRandom(seed + twin);
  const battle = simulatorWorld(world, p1.request, p1.turns, luck);
  const roster = rosterOf(battle, world);
  const copy = copyBattle(battle);
  copy.resetRNG(luck.simSeed());
  const taken = copy.choose('p1', toChoice(own)) && copy.choose('p2', byName(foe));
  if (!p || !taken) return p || taken ? ['only one of both took the choices'] : undefined;
  const teams = [world.own, world.foe].map((side) => side.pokemon.map(({ id }) => roster.get(id)));
  const expected = featuresOfBattle(copy, teams);
  const found = featuresOfPosition(p);
  const off = [...expected].flatMap(([name, value]) =>
    Math.abs((found.get(name) ?? Number.NaN) - value) < 1e-9
      ? []
      : [`${name}: ${found.get(name)}, not ${value}`],
  );
  const over = p.stage === 'over';
  if (over !== copy.ended) off.push(`over: ${over}`);
  // Which side must bring in a Pokémon.
  for (const [index, id] of (['p1', 'p2'] as const).entries()) {
    const leaves = copy.requestState === 'switch' && Boolean(copy.getSide(id).active[0]?.switchFlag);
    if (leaves !== (p.sides[index] as (typeof p.sides)[0]).mustSwitch > 0)
      off.push(`${id} comes in: ${!leaves}`);
  }
  // And the model can go on from there.
  const list = new Int8Array(32);
  for (let turn = 0; turn < 3 && p.stage !== 'over'; turn++) {
    const [a, b] = p.sides.map((side) =>
      mustChoose(p, side) ? (list[random.below(legalChoices(p, side, list))] ?? 0) : 0,
    ) as [number, number];
    advance(p, a, b);
  }
  return off;
}

const GENERATIONS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

describe('a simulated turn', () => {
  it.each(GENERATIONS)('ends in the simulator’s state, in generation %i', (gen) => {
    const random = createRandom(`rehearsal-${gen}`);
    const off: string[] = [];
    let played = 0;
    for (const format of [`gen${gen}randombattle`, `gen${gen}customgame`]) {
      const teams: Readonly<Record<SideId, string>> | undefined = format.endsWith('customgame')
        ? { p1: rareTeam(gen, 6, random), p2: rareTeam(gen, 6, random) }
        : undefined;
      for (let index = 0; index < 2; index++) {
        simulate({
          format,
          seed: `rehearsal-${index}`,
          maxTurns: 30,
          ...(teams ? { teams } : {}),
          onDecision: (moment) => {
            if (random.below(3) > 0) return;
            const found = differences(moment, random);
            if (!found) return;
            played++;
            off.push(...found.map((what) => `${format} turn ${moment.sim.turn}: ${what}`));
          },
        });
      }
    }
    expect(off).toEqual([]);
    expect(played).toBeGreaterThan(15);
  });

  /** A turn that both sides' choices lead to, as p1 simulates it. */
  const rehearsed = (
    p1: readonly string[],
    p2: readonly string[],
    choices: readonly [number, number],
    luck: string,
  ) => {
    const { world, request, memory } = simTurnOfBoth({
      format: 'gen9customgame@@@!Team Preview',
      p1: p1.join('\n'),
      p2: p2.join('\n'),
      choices: [],
    });
    if (request.type !== 'move') throw new Error('expected a turn');
    const start = searchStateOf(world, memory.turns, 'move', createRandom(luck).next);
    return simulatedTurnOf(
      { world, searchState: start },
      request,
      memory.turns,
      createRandom(luck),
    )(...choices);
  };

  it('leaves a Pokémon asleep for as many turns as the simulator does', () => {
    const spore = ['Breloom', 'Ability: Technician', 'Level: 50', '- Spore'];
    const awake = ['Chansey', 'Ability: Healer', 'Level: 50', '- Splash'];
    const left = new Set<number>();
    for (let i = 0; i < 40; i++) {
      const p = rehearsed(spore, awake, [0, 0], `sleep-${i}`);
      // Breloom is faster: the first of one to three turns is lost already.
      if (p) left.add(p.sides[1].active.counter);
    }
    expect([...left].sort()).toEqual([0, 1, 2]);
  });

  it('remembers that terastallization is spent after its user has fainted', () => {
    const doomed = [
      'Magikarp',
      'Ability: Swift Swim',
      'Level: 1',
      '- Splash',
      '',
      'Mew',
      'Level: 50',
      '- Splash',
    ];
    const p = rehearsed(doomed, ['Garchomp', 'Level: 50', '- Earthquake'], [GIMMICK, 0], 'tera');
    expect(p?.sides[0].fainted).toBe(1);
    expect(p?.sides.map(({ gimmickSpent }) => gimmickSpent)).toEqual([1, 0]);
  });
});
