import { TeamGenerators } from '@pkmn/randoms';
import { Battle, type PokemonSet, Teams } from '@pkmn/sim';
import { type Action, toChoice } from '../../src/battle/action.ts';
import { legalActions } from '../../src/battle/legal-actions.ts';
import type { ChoiceRequest } from '../../src/battle/request.ts';
import type { SideId } from '../../src/battle/state.ts';
import { BattleTracker } from '../../src/battle/tracker.ts';
import { createRandom, type Random } from '../../src/util/random.ts';

Teams.setGeneratorFactory(TeamGenerators);

export const SIDES = ['p1', 'p2'] as const;

/** A battle between random players in this process; a tracker for each side follows the lines that it sees. */
export interface SimulatedBattle {
  readonly sim: Battle;
  readonly trackers: Readonly<Record<SideId, BattleTracker>>;
  /** The lines each side has seen, requests included. */
  readonly lines: Readonly<Record<SideId, readonly string[]>>;
}

/** One side is asked. */
export interface Moment extends SimulatedBattle {
  readonly side: SideId;
  readonly request: ChoiceRequest;
  readonly actions: readonly Action[];
  readonly random: Random;
}

/** The simulator refused an offered action. */
export interface Refusal {
  readonly moment: Moment;
  readonly action: Action;
  readonly message: string;
  /** The new request; undefined when the request stayed. */
  readonly next: ChoiceRequest | undefined;
}

export interface SimulationOptions {
  readonly format: string;
  readonly seed: string;
  /** Packed teams, or sets; default: random ones. */
  readonly teams?: Readonly<Record<SideId, string | PokemonSet[]>>;
  /** Default: uniform over all actions. */
  readonly choose?: (moment: Moment) => Action;
  /** Changes the simulator before the players join. */
  readonly prepare?: (sim: Battle) => void;
  /** Called with both sides' state before either chooses. */
  readonly onDecision?: (battle: SimulatedBattle) => void;
  readonly onMoment?: (moment: Moment) => void;
  readonly onRefusal?: (refusal: Refusal) => void;
  readonly onProblem?: (problem: { readonly line: string; readonly error: unknown }) => void;
  /** The battle is left then. Default: it is played to its end. */
  readonly maxTurns?: number;
}

/** Plays one battle in the real simulator; every choice comes from {@link legalActions}. */
export function simulate(options: SimulationOptions): SimulatedBattle {
  const { format, seed, choose = ({ actions, random }) => random.pick(actions), maxTurns = 1000 } = options;
  const random = createRandom(seed);
  const lines: Record<SideId, string[]> = { p1: [], p2: [] };
  const errors: string[] = [];
  const tracker = (side: SideId): BattleTracker =>
    new BattleTracker({ side, format, onProblem: options.onProblem });
  const trackers = { p1: tracker('p1'), p2: tracker('p2') };
  const see = (side: SideId, line: string): void => {
    if (line === '') return;
    lines[side].push(line);
    trackers[side].add(line);
  };
  const receive = (side: SideId, line: string): void => {
    if (line.startsWith('|error|')) errors.push(line.slice('|error|'.length));
    else see(side, line);
  };
  const sim = new Battle({
    formatid: format as Battle['format']['id'],
    seed: random.stream('battle').simSeed(),
    send: (type, data) => {
      if (type !== 'sideupdate' || typeof data !== 'string') return;
      const [side, ...sent] = data.split('\n');
      for (const line of sent) receive(side as SideId, line);
    },
  });
  options.prepare?.(sim);
  for (const side of SIDES) {
    const teamSeed = random.stream(`team-${side}`).simSeed();
    const team = options.teams?.[side] ?? Teams.pack(Teams.generate(format, { seed: teamSeed }));
    sim.setPlayer(side, { name: `${side} player`, team });
  }

  let read = 0;
  const update = (): void => {
    while (read < sim.log.length) {
      const line = sim.log[read++] ?? '';
      const owner = line.startsWith('|split|') ? line.slice('|split|'.length) : undefined;
      // `|split|p1` is followed by the line that p1 sees and the line that everybody else sees.
      const [secret, shared] = owner === undefined ? [line, line] : [sim.log[read++], sim.log[read++]];
      for (const side of SIDES) see(side, (side === owner ? secret : shared) ?? '');
    }
    sim.sendUpdates();
  };

  const battle: SimulatedBattle = { sim, trackers, lines };
  const answer = (side: SideId): void => {
    const request = openRequest(trackers[side]);
    if (!request) return;
    const actions = legalActions(request);
    const moment: Moment = { ...battle, side, request, actions, random };
    options.onMoment?.(moment);
    const action = choose(moment);
    if (sim.choose(side, toChoice(action))) return;
    const message = errors.pop() ?? '';
    const now = openRequest(trackers[side]);
    options.onRefusal?.({ moment, action, message, next: now === request ? undefined : now });
    if (now === request)
      throw new Error(`Refused: ${toChoice(action)}: ${message}\n${JSON.stringify(request)}`);
    answer(side);
  };

  update();
  while (!sim.ended && sim.turn <= maxTurns) {
    options.onDecision?.(battle);
    for (const side of SIDES) answer(side);
    update();
  }
  return battle;
}

function openRequest(tracker: BattleTracker): ChoiceRequest | undefined {
  const { request } = tracker;
  return request === undefined || request.type === 'wait' ? undefined : request;
}
