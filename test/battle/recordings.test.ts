import { describe, expect, test } from 'vitest';
import type { BattleState, SideId, SideState } from '../../src/battle/state.ts';
import { BattleTracker } from '../../src/battle/tracker.ts';
import { inOldOrder, isRequest, RECORDED_VIEWS, recordedView } from './recorded-view.ts';

interface TruePokemon {
  hp: number;
  status: string;
}

/** The facts of a log, read line by line without any library: the truth to compare with. */
class Truth {
  readonly pokemon: Record<SideId, Map<string, TruePokemon>> = { p1: new Map(), p2: new Map() };
  readonly active: Record<SideId, string> = { p1: '', p2: '' };
  readonly boosts: Record<SideId, Map<string, number>> = { p1: new Map(), p2: new Map() };
  readonly hazards: Record<SideId, Map<string, number>> = { p1: new Map(), p2: new Map() };

  add(line: string): void {
    const [, kind = '', ident = '', a = '', b = ''] = line.split('|');
    const side = ident.slice(0, 2) as SideId;
    const name = ident.replace(/^p\d[a-c]?: /, '');
    const from = /\[from\] ([^|]*)/.exec(line)?.[1] ?? '';
    switch (kind) {
      case 'switch':
      case 'drag':
        this.active[side] = name;
        this.health(side, name, b);
        if (!/Baton Pass/.test(from)) this.boosts[side].clear();
        break;
      case '-damage':
      case '-heal':
      case '-sethp':
        this.health(side, name, a);
        break;
      case 'faint':
        this.health(side, name, '0 fnt');
        break;
      case '-status':
        this.member(side, name).status = a;
        break;
      case '-curestatus':
        this.member(side, name).status = '';
        break;
      case '-cureteam':
        for (const member of this.pokemon[side].values()) member.status = '';
        break;
      case '-boost':
        this.boost(side, a, Number(b));
        break;
      case '-unboost':
        this.boost(side, a, -Number(b));
        break;
      case '-setboost':
        this.boosts[side].set(a, Number(b));
        break;
      case '-clearboost':
        this.boosts[side].clear();
        break;
      case '-clearallboost':
        this.boosts.p1.clear();
        this.boosts.p2.clear();
        break;
      case '-clearnegativeboost':
        for (const [stat, stage] of this.boosts[side]) if (stage < 0) this.boosts[side].delete(stat);
        break;
      case '-sidestart':
        this.hazard(side, a, 1);
        break;
      case '-sideend':
        this.hazards[side].delete(id(a));
        break;
    }
  }

  /** Regenerator and Natural Cure work without a line in the log; only the player's own request shows it. */
  request(json: string): void {
    for (const { ident, condition, active, baseAbility } of JSON.parse(json).side.pokemon) {
      if (active || !['regenerator', 'naturalcure'].includes(baseAbility)) continue;
      this.health(ident.slice(0, 2), ident.slice(4), condition);
    }
  }

  private member(side: SideId, name: string): TruePokemon {
    const known = this.pokemon[side].get(name) ?? { hp: 1, status: '' };
    this.pokemon[side].set(name, known);
    return known;
  }

  private health(side: SideId, name: string, condition: string): void {
    const [points = '', status = ''] = condition.split(' ');
    const [now = 0, most = 1] = points.split('/').map(Number);
    const member = this.member(side, name);
    member.hp = now / most;
    member.status = status === 'fnt' ? '' : status;
    if (status === 'fnt') member.hp = 0;
  }

  private boost(side: SideId, stat: string, stages: number): void {
    const boosts = this.boosts[side];
    boosts.set(stat, Math.max(-6, Math.min(6, (boosts.get(stat) ?? 0) + stages)));
  }

  private hazard(side: SideId, condition: string, layers: number): void {
    const hazards = this.hazards[side];
    const stacks = /spikes/i.test(condition);
    hazards.set(id(condition), stacks ? (hazards.get(id(condition)) ?? 0) + layers : 1);
  }
}

function id(condition: string): string {
  return condition
    .replace(/^move: /, '')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
}

const HAZARDS = ['stealthrock', 'spikes', 'toxicspikes', 'stickyweb'];

/** A side according to the log and according to the tracker, in the same form. */
function fromLog(truth: Truth, side: SideId): unknown {
  const members = [...truth.pokemon[side].values()];
  return {
    active: truth.pokemon[side].get(truth.active[side]),
    boosts: Object.fromEntries([...truth.boosts[side]].filter(([, stage]) => stage !== 0).sort()),
    hazards: Object.fromEntries([...truth.hazards[side]].filter(([name]) => HAZARDS.includes(name)).sort()),
    fainted: members.filter(({ hp }) => hp === 0).length,
    hurt: members
      .map(({ hp, status }) => `${hp.toFixed(4)} ${status}`)
      .filter((member) => member !== '1.0000 ')
      .sort(),
  };
}

function tracked(state: SideState): unknown {
  const [active] = state.active;
  const known = (member: { hp: number; status?: string }): TruePokemon => ({
    hp: member.hp,
    status: member.status ?? '',
  });
  return {
    active: active ? known(active) : undefined,
    boosts: Object.fromEntries(
      Object.entries(active?.boosts ?? {})
        .filter(([, stage]) => stage !== 0)
        .sort(),
    ),
    hazards: Object.fromEntries(
      Object.entries(state.conditions)
        .filter(([name]) => HAZARDS.includes(name))
        .map(([name, { layers }]) => [name, layers])
        .sort(),
    ),
    fainted: state.fainted,
    hurt: state.pokemon
      .map((member) => `${member.hp.toFixed(4)} ${member.status ?? ''}`)
      .filter((member) => member !== '1.0000 ')
      .sort(),
  };
}

describe('real games between independent bots', () => {
  test('are complete: both views of 24 games', () => {
    expect(RECORDED_VIEWS).toHaveLength(48);
  });

  test.each(RECORDED_VIEWS)(
    '%s: HP, status, boosts, hazards and faints match the log, every turn',
    (file) => {
      const { lines, side } = recordedView(file);
      const tracker = new BattleTracker({
        side,
        onProblem({ line, error }) {
          throw new Error(`Could not follow ${line}`, { cause: error });
        },
      });
      const truth = new Truth();
      let turns = 0;
      for (const [index, line] of lines.entries()) {
        tracker.add(line);
        truth.add(line);
        const next = lines[index + 1] ?? '';
        // A request belongs to the log before it, so the turn is complete after its request.
        if (!line.startsWith('|request|{"active"') || next.startsWith('|request|')) continue;
        turns++;
        truth.request(line.slice('|request|'.length));
        const { state } = tracker;
        for (const half of [state.own, state.foe]) {
          expect(tracked(half), `${file} turn ${state.turn} ${half.id}`).toEqual(fromLog(truth, half.id));
        }
      }
      expect(turns).toBeGreaterThan(5);
      expect(tracker.ended).toBe(true);
    },
  );

  test.each(RECORDED_VIEWS)(
    '%s: can also be followed in the old order: each request before its log',
    (file) => {
      const { lines, side } = recordedView(file);
      const states = (lines: readonly string[], isDecision: (line: string, next: string) => boolean) => {
        const tracker = new BattleTracker({
          side,
          onProblem({ line, error }) {
            throw new Error(`Could not follow ${line}`, { cause: error });
          },
        });
        const seen: BattleState[] = [];
        for (const [index, line] of lines.entries()) {
          tracker.add(line);
          if (isDecision(line, lines[index + 1] ?? '')) seen.push(tracker.state);
        }
        expect(tracker.ended).toBe(true);
        return seen;
      };
      const now = states(lines, isRequest);
      const before = states(inOldOrder(lines), (_, next) => isRequest(next));
      expect(now.length).toBeGreaterThan(10);
      // What follows the last request is the end of the game.
      expect(before).toEqual(now.slice(0, -1));
    },
  );
});
