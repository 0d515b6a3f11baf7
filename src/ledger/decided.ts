import type { FallbackReason } from '../agent/agent.ts';
import type { SideId } from '../battle/state.ts';
import { type BattlePlayer, DEFAULT_CHOICE, type Decided, type DecisionRecord } from './record.ts';

/** What is needed of a decision to tell who made it. */
export type AttributedDecision = Pick<
  DecisionRecord,
  'agent' | 'choice' | 'legalActions' | 'fallback' | 'refused'
>;

type Instead = Decided['instead'][number];

/** Counts who made decisions, over any number of battles. */
export class DecidedTally {
  private of = 0;
  private own = 0;
  private readonly instead = new Map<string, Instead>();

  add({ of, own, instead }: Decided): void {
    this.of += of;
    this.own += own;
    for (const one of instead) {
      const key = `${one.agent} ${one.reason}`;
      this.instead.set(key, { ...one, count: one.count + (this.instead.get(key)?.count ?? 0) });
    }
  }

  get decided(): Decided {
    const instead = [...this.instead.values()].sort(
      (a, b) => b.count - a.count || (`${a.agent} ${a.reason}` < `${b.agent} ${b.reason}` ? -1 : 1),
    );
    return { of: this.of, own: this.own, instead };
  }
}

/**
 * Who made a player's decisions in one battle.
 *
 * @param decisions in their order
 */
export function decidedIn(decisions: readonly AttributedDecision[]): Decided {
  const tally = new DecidedTally();
  for (const decision of carriedOut(decisions)) {
    if (decision.legalActions <= 1 && decision.choice !== DEFAULT_CHOICE) continue;
    const instead = madeInstead(decision);
    tally.add({
      of: 1,
      own: instead ? 0 : 1,
      instead: instead ? [{ agent: instead.agent, reason: instead.reason, count: 1 }] : [],
    });
  }
  return tally.decided;
}

/** Who made a decision in the agent's place, and why; undefined where the agent made it, if only as its second choice. */
export function madeInstead({
  agent,
  fallback,
}: Pick<AttributedDecision, 'agent' | 'fallback'>): AttributedDecision['fallback'] {
  return fallback?.reason === 'refused-choice' && fallback.agent === agent ? undefined : fallback;
}

/** Who made the decisions on each side that has any. */
export function decidedBySide(
  records: readonly (AttributedDecision & Pick<DecisionRecord, 'side'>)[],
): Partial<Record<SideId, Decided>> {
  const of = (side: SideId) => {
    const own = records.filter((record) => record.side === side);
    return own.length > 0 ? { [side]: decidedIn(own) } : {};
  };
  return { ...of('p1'), ...of('p2') };
}

/** Without the choices that the server refused: the decision after each says so. */
export function carriedOut<T extends Pick<AttributedDecision, 'choice' | 'refused'>>(
  decisions: readonly T[],
): readonly T[] {
  return decisions.filter(
    ({ choice }, index) => !decisions[index + 1]?.refused?.some((refused) => refused.choice === choice),
  );
}

/** Whether a battle was the agent's own: no more than half of its decisions were made in its place. */
export function isOwnBattle({ own, of }: Decided): boolean {
  return 2 * own >= of;
}

/** Reasons as people say them; those that mean the same to a reader share their words. */
const CAUSES: Readonly<Record<FallbackReason, string>> = {
  timeout: 'late',
  deadline: 'late',
  unparsable: 'unreadable',
  'bad-response': 'unreadable',
  empty: 'empty',
  'illegal-action': 'not legal',
  'unknown-action': 'made up',
  'no-votes': 'unusable for several reasons',
  refused: 'refused to answer',
  connection: 'no connection',
  'server-error': 'server error',
  'rate-limit': 'rate limit',
  auth: 'key not accepted',
  budget: 'budget spent',
  'agent-error': 'failed',
  'refused-choice': 'refused by the server',
  unsupported: 'of a kind it cannot decide',
  'given-up': 'after it was given up',
  'server-default': 'no usable choice',
};

/** A reason for a fallback in words; one that this version does not know as it is. */
export function causeWords(reason: string): string {
  return Object.hasOwn(CAUSES, reason) ? CAUSES[reason as FallbackReason] : reason;
}

/**
 * Who decided, in one line: `the model decided 31 of 36, calc 5: 4 late, 1 unreadable`.
 *
 * @param who the agent whose decisions they were to be
 */
export function decidedWords(who: string, { of, own, instead }: Decided): string {
  if (of === 0) return `${who} had nothing to decide`;
  const agents = [...new Set(instead.map(({ agent }) => agent))];
  return [`${who} decided ${own} of ${of}`, ...agents.map((agent) => insteadWords(agent, instead))].join(
    ', ',
  );
}

function insteadWords(name: string, instead: readonly Instead[]): string {
  const causes = new Map<string, number>();
  let all = 0;
  for (const { agent, reason, count } of instead) {
    if (agent !== name) continue;
    const words = causeWords(reason);
    causes.set(words, (causes.get(words) ?? 0) + count);
    all += count;
  }
  const listed = [...causes].sort(([, a], [, b]) => b - a).map(([words, count]) => `${count} ${words}`);
  return `${name} ${all}: ${listed.join(', ')}`;
}

/**
 * What to call the agents of a battle where it is said who decided: `the model` where only one of them has one, and by
 * the players' names where both are the same.
 *
 * @param players the second may be somebody else's
 */
export function deciderNames(
  players: readonly Pick<BattlePlayer, 'name' | 'agent' | 'model'>[],
): readonly string[] {
  const models = players.filter(({ model }) => model !== undefined).length;
  const isMirror = players.length > 1 && new Set(players.map(({ agent }) => agent)).size === 1;
  return players.map(({ name, agent, model }) => {
    if (model !== undefined && models === 1) return 'the model';
    return isMirror ? name : (agent ?? name);
  });
}

type BattlePlayers = Readonly<Record<SideId, Pick<BattlePlayer, 'name' | 'agent' | 'model'>>>;

/** Those whose decisions in a battle are known, by the names of {@link deciderNames}. */
function deciders(
  players: BattlePlayers,
  decided: Partial<Record<SideId, Decided>>,
): { readonly who: string; readonly made: Decided }[] {
  const sides = ['p1', 'p2'] as const;
  const names = deciderNames(sides.map((side) => players[side]));
  return sides.flatMap((side, index) => {
    const made = decided[side];
    return made ? [{ who: names[index] ?? side, made }] : [];
  });
}

/** Says of a battle that it is not somebody's, where most of their decisions were made by somebody else. */
function notTheirs(who: string): string {
  return `this battle is not ${who}'s`;
}

/** Who decided on each side of a battle whose decisions are known, in a line each. */
export function battleDecidedWords(
  players: BattlePlayers,
  decided: Partial<Record<SideId, Decided>>,
): readonly string[] {
  return deciders(players, decided).map(({ who, made }) =>
    [decidedWords(who, made), ...(isOwnBattle(made) ? [] : [notTheirs(who)])].join('; '),
  );
}

/** Whose a battle is not, in words; none where it is that of both. */
export function battleNotWhose(
  players: BattlePlayers,
  decided: Partial<Record<SideId, Decided>>,
): readonly string[] {
  return deciders(players, decided).flatMap(({ who, made }) => (isOwnBattle(made) ? [] : [notTheirs(who)]));
}
