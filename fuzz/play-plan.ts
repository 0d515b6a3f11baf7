import type { Battle } from '@pkmn/sim';
import type { Action } from '../src/battle/action.ts';
import type { SideId } from '../src/battle/state.ts';
import { createRandom, type Random } from '../src/util/random.ts';
import { type LegalityFault, legalityFaults, refusalFaults } from '../test/support/choice-checker.ts';
import {
  type Moment,
  type Refusal,
  SIDES,
  type SimulatedBattle,
  simulate,
} from '../test/support/simulated-battle.ts';
import { type BattlePlan, formatOf } from './battle-plan.ts';
import { checkMove, checkOrder } from './check-facts.ts';
import { checkGuesses } from './check-guesses.ts';
import { checkPrompt } from './check-prompt.ts';
import { checkReading, checkTracker, FoeIdentities } from './check-tracker.ts';
import type { Finding } from './finding.ts';
import { watchTurns } from './watch-turn.ts';
import { chooseAgain, type WrittenChoice, write } from './written-choice.ts';

/** The outcome of a battle. */
export interface Played {
  readonly findings: readonly Finding[];
  readonly decisions: number;
  readonly turns: number;
  /** What both sides chose, to play it again. */
  readonly choices: Readonly<Record<SideId, readonly WrittenChoice[]>>;
  /** What each side saw. */
  readonly lines: Readonly<Record<SideId, readonly string[]>>;
  /** How the simulator itself failed, if it did: what came after says nothing. */
  readonly simulatorFailed?: string;
}

/** One decision in this many gets the costly checks. */
const SAMPLE = { legality: 10, prompt: 8, reading: 20 };

type Found = Omit<Finding, 'turn' | 'side'>;

/** Plays a battle between random players, or as written down, and compares throughout. */
export function playPlan(plan: BattlePlan): Played {
  return new PlannedBattle(plan).play();
}

class PlannedBattle {
  private readonly plan: BattlePlan;
  private readonly findings: Finding[] = [];
  private readonly choices: Record<SideId, WrittenChoice[]> = { p1: [], p2: [] };
  private readonly chosen: Partial<Record<SideId, Action>> = {};
  private readonly identities = { p1: new FoeIdentities(), p2: new FoeIdentities() };
  private readonly sample: Random;
  private decisions = 0;
  private sim: Battle | undefined;
  private battle: SimulatedBattle | undefined;
  private beginTurn = (): void => {};
  /** The state of this decision is wrong, so assessments of it are, too. */
  private isWrong = false;

  constructor(plan: BattlePlan) {
    this.plan = plan;
    this.sample = createRandom(`${plan.seed}/sample`);
  }

  play(): Played {
    const { plan } = this;
    let simulatorFailed: string | undefined;
    try {
      const battle = simulate({
        format: formatOf(plan),
        seed: plan.seed,
        teams: { p1: structuredClone([...plan.teams.p1]), p2: structuredClone([...plan.teams.p2]) },
        maxTurns: plan.maxTurns,
        prepare: (sim) => this.prepare(sim),
        onProblem: ({ line, error }) => this.note('p1', [crash(`line ${line.split('|', 2)[1]}`, error)]),
        onDecision: (now) => this.decide(now),
        onMoment: (moment) => this.see(moment),
        onRefusal: (refusal) => this.refuse(refusal),
        choose: (moment) => this.choose(moment),
      });
      for (const side of SIDES) this.guard(side, 'reading', () => checkReading(battle, side));
    } catch (error) {
      if (isOfSimulator(error)) simulatorFailed = String(error instanceof Error ? error.stack : error);
      else this.note('p1', [crash('battle', error)]);
    }
    return {
      findings: this.findings,
      decisions: this.decisions,
      turns: this.sim?.turn ?? 0,
      choices: this.choices,
      lines: this.battle?.lines ?? { p1: [], p2: [] },
      ...(simulatorFailed === undefined ? {} : { simulatorFailed }),
    };
  }

  private prepare(sim: Battle): void {
    this.sim = sim;
    // Custom games show everybody's exact HP; the usual formats do not.
    sim.reportExactHP = false;
    this.beginTurn = watchTurns(sim, {
      onOrder: (planned) => this.eachView((view) => checkOrder(view, planned)),
      onFirstMove: (move) => this.eachView((view) => checkMove(view, move)),
    });
  }

  private eachView(check: (view: Parameters<typeof checkMove>[0]) => readonly Found[]): void {
    const { battle, chosen, isWrong } = this;
    if (!battle || isWrong) return;
    for (const side of SIDES) {
      if (!this.identities[side].areMixedUp) this.guard(side, 'facts', () => check({ battle, side, chosen }));
    }
  }

  private decide(battle: SimulatedBattle): void {
    this.battle = battle;
    this.decisions++;
    this.isWrong = false;
    for (const side of SIDES) {
      this.guard(side, 'tracker', () => {
        const identities = this.identities[side];
        const found = [...identities.check(battle, side), ...checkTracker(battle, side, identities)];
        this.isWrong ||= found.length > 0;
        return found;
      });
      if (this.isDrawn('reading')) this.guard(side, 'reading', () => checkReading(battle, side));
    }
    if (battle.sim.requestState === 'move') this.beginTurn();
  }

  private see(moment: Moment): void {
    const { side, request } = moment;
    if (this.isDrawn('legality')) {
      this.guard(side, 'legality', () => legalityFaults(moment).map((fault) => illegality(moment, fault)));
    }
    if (this.isDrawn('prompt')) this.guard(side, 'prompt', () => checkPrompt(moment));
    const isKnown = !this.isWrong && !this.identities[side].areMixedUp;
    if (isKnown && request.type === 'move') this.guard(side, 'guess', () => checkGuesses(moment));
  }

  private refuse(refusal: Refusal): void {
    const { side } = refusal.moment;
    const faults = refusalFaults(refusal);
    this.note(
      side,
      faults.map((detail) => ({ check: 'legality', kind: detail.replace(/:.*/, ''), detail })),
    );
    this.choices[side].pop();
  }

  private choose(moment: Moment): Action {
    const { side } = moment;
    const index = this.choices[side].length;
    const written = this.plan.choices?.[side][index];
    const action = chooseAgain(moment, written, createRandom(`${this.plan.seed}/${side}/${index}`));
    this.choices[side].push(write(moment, action));
    this.chosen[side] = action;
    return action;
  }

  private isDrawn(check: keyof typeof SAMPLE): boolean {
    return this.sample.below(SAMPLE[check]) === 0 || this.plan.always === check;
  }

  private guard(side: SideId, what: string, check: () => readonly Found[]): void {
    try {
      this.note(side, check());
    } catch (error) {
      this.note(side, [crash(what, error)]);
    }
  }

  private note(side: SideId, found: readonly Found[]): void {
    for (const one of found) this.findings.push({ ...one, turn: this.sim?.turn ?? 0, side });
  }
}

function illegality({ request }: Moment, { kind, choice }: LegalityFault): Found {
  return {
    check: 'legality',
    kind: `${kind} ${choice.replace(/\d+/g, 'N')}`,
    detail: `${choice}; ${JSON.stringify(request)}`,
  };
}

function crash(what: string, error: unknown): Found {
  const [message = '', ...stack] = (error instanceof Error ? (error.stack ?? '') : String(error)).split('\n');
  const place = stack
    .find((line) => line.includes('/src/'))
    ?.replace(/.*\/src\//, '')
    .replace(/:\d+\)?$/, '');
  return { check: 'crash', kind: `${what} at ${place ?? '?'}`, detail: message.slice(0, 400) };
}

/** Whether an error came from the simulator, and not from this package. */
function isOfSimulator(error: unknown): boolean {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return (
    stack
      .split('\n')
      .find((line) => line.includes('    at '))
      ?.includes('@pkmn/sim') ?? false
  );
}
