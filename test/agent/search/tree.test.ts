import { describe, expect, it } from 'vitest';
import { damageJudge } from '../../../src/agent/search/judge.ts';
import { bandit, type Node, Tree } from '../../../src/agent/search/tree.ts';
import { legalChoices } from '../../../src/agent/search/turn-model/choices.ts';
import { positionOf } from '../../../src/agent/search/turn-model/from-world.ts';
import { createRandom } from '../../../src/util/random.ts';
import { simTurn } from '../../support/sim-turn.ts';

describe('a search tree', () => {
  it('tells outcomes of the same choices apart once it has met them often', () => {
    const options = {
      format: 'gen9customgame@@@!Team Preview',
      p1: 'Scizor\nAbility: Technician\nLevel: 50\n- Scald\n- Body Slam',
      p2: 'Chansey\nAbility: Healer\nLevel: 50\n- Splash',
      choices: [],
    };
    const [own, foe] = [simTurn(options), simTurn({ ...options, side: 'p2' as const })];
    const position = positionOf({ ...own.state, foe: foe.state.own }, [], 'move', createRandom('luck').next);
    const list = new Int8Array(32);
    const choices = list.slice(0, legalChoices(position, position.sides[0], list));
    const settings = { judgement: damageJudge(position), exploration: 1, depth: 4 };
    const tree = new Tree(position, settings, bandit(), choices);
    const grow = (walks: number): Node[] => {
      for (let walk = 0; walk < walks; walk++) tree.iterate();
      return [...(tree.root.grown?.children.values() ?? [])];
    };
    const most = (nodes: readonly Node[]): number =>
      Math.max(
        ...nodes.map(({ own: a, foe: b }) => nodes.filter((node) => node.own === a && node.foe === b).length),
      );
    expect(most(grow(150))).toBe(1);
    expect(most(grow(600))).toBeGreaterThan(1);
  });
});
