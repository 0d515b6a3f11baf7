import { Battle, Teams } from '@pkmn/sim';
import { legalActions } from '../../src/battle/legal-actions.ts';
import type { BattleState, SideId } from '../../src/battle/state.ts';
import { BattleTracker } from '../../src/battle/tracker.ts';
import type { DecisionContext } from '../../src/memory/decision-context.ts';
import { createRandom } from '../../src/util/random.ts';

/** A position reached in the real simulator. */
export interface SimTurnOptions {
  /** A custom-game format: teams need not be legal. */
  readonly format: string;
  /** Teams in Showdown's export format. */
  readonly p1: string;
  readonly p2: string;
  /**
   * What both sides choose before the turn, in order; an empty string when a side is not asked, `!` before a choice
   * that is refused.
   */
  readonly choices: readonly (readonly [p1: string, p2: string])[];
  /** The side whose turn is wanted; default `p1`. */
  readonly side?: SideId;
  readonly seed?: `${number},${number},${number},${number}`;
  /** Changes the simulator before the players join. */
  readonly prepare?: (battle: Battle) => void;
}

/** A turn, and all lines that its side has seen, without the server's clock. */
export interface SimTurn extends DecisionContext {
  readonly lines: readonly string[];
  /** The simulator, waiting for this turn's choices. */
  readonly battle: Battle;
}

/** Plays the choices in the simulator and returns the turn that a side is then asked for. */
export function simTurn(options: SimTurnOptions): SimTurn {
  const side = options.side ?? 'p1';
  const tracker = new BattleTracker({
    side,
    format: options.format,
    onProblem: ({ line, error }) => {
      throw new Error(`could not follow ${line}`, { cause: error });
    },
  });
  const lines: string[] = [];
  const see = (line: string): void => {
    if (!line.startsWith('|t:|')) lines.push(line);
    tracker.add(line);
  };
  const battle = new Battle({
    formatid: options.format as Battle['format']['id'],
    seed: options.seed ?? '1,2,3,4',
    send: (type, data) => {
      if (type !== 'sideupdate' || typeof data !== 'string') return;
      const [addressee, line] = data.split('\n');
      if (addressee === side && line) see(line);
    },
  });
  options.prepare?.(battle);
  battle.setPlayer('p1', { name: 'Red', team: pack(options.p1) });
  battle.setPlayer('p2', { name: 'Blue', team: pack(options.p2) });
  let read = 0;
  const update = (): void => {
    for (; read < battle.log.length; read++) {
      const line = battle.log[read] ?? '';
      const owner = line.startsWith('|split|') ? line.slice('|split|'.length) : undefined;
      if (owner === undefined) see(line);
      else {
        see(battle.log[read + (owner === side ? 1 : 2)] ?? '');
        read += 2;
      }
    }
    battle.sendUpdates();
  };
  update();
  for (const choices of options.choices) {
    for (const [index, choice] of choices.entries()) {
      const chooser = index === 0 ? 'p1' : 'p2';
      const isRefused = choice.startsWith('!');
      if (choice !== '' && battle.choose(chooser, choice.replace('!', '')) === isRefused) {
        throw new Error(`${chooser} cannot choose "${choice}" so: ${battle[chooser].choice.error}`);
      }
    }
    update();
  }
  const { request } = tracker;
  if (!request || request.type === 'wait') throw new Error(`${side} is not asked for a choice`);
  return {
    battleId: 'test',
    request,
    actions: legalActions(request),
    state: tracker.state,
    memory: { turns: tracker.turns, decisions: [] },
    clock: { turnMs: 60_000 },
    random: createRandom('test'),
    lines,
    battle,
  };
}

function pack(team: string): string {
  const sets = Teams.import(team);
  if (!sets) throw new Error('the team cannot be read');
  return Teams.pack(sets);
}

/** The turn that p1 is asked for, and the state with both sides' real teams. */
export function simTurnOfBoth(
  options: Omit<SimTurnOptions, 'side'>,
): SimTurn & { readonly world: BattleState } {
  const [own, foe] = [simTurn({ ...options, side: 'p1' }), simTurn({ ...options, side: 'p2' })];
  return { ...own, world: { ...own.state, foe: foe.state.own } };
}
