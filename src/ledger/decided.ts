import type { FallbackReason } from '../agent/agent.ts';
import type { SideId } from '../battle/state.ts';
import { type BattlePlayer, DEFAULT_CHOICE, type Decided, type DecisionRecord } from './record.ts';

/** The parts of a decision that show who made it. */
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

/**
 * Who made a decision in the agent's place, and why; undefined when the agent made it, even if only as its second
 * choice.
 */
export function madeInstead({
  agent,
  fallback,
}: Pick<AttributedDecision, 'agent' | 'fallback'>): AttributedDecision['fallback'] {
  return fallback?.reason === 'refused-choice' && fallback.agent === agent ? undefined : fallback;
}

/** Who made the decisions, for each side that has any. */
export function decidedBySide(
  records: readonly (AttributedDecision & Pick<DecisionRecord, 'side'>)[],
): Partial<Record<SideId, Decided>> {
  const of = (side: SideId) => {
    const own = records.filter((record) => record.side === side);
    return own.length > 0 ? { [side]: decidedIn(own) } : {};
  };
  return { ...of('p1'), ...of('p2') };
}

/** Leaves out choices that the server refused: the decision after each of them lists them. */
export function carriedOut<T extends Pick<AttributedDecision, 'choice' | 'refused'>>(
  decisions: readonly T[],
): readonly T[] {
  return decisions.filter(
    ({ choice }, index) => !decisions[index + 1]?.refused?.some((refused) => refused.choice === choice),
  );
}

/** Whether a battle counts as the agent's own: at most half of its decisions were made in its place. */
export function isOwnBattle({ own, of }: Decided): boolean {
  return 2 * own >= of;
}

/** Reasons in words; those that mean the same to a reader share theirs. */
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

/** A reason for a fallback in words; one unknown to this version is returned unchanged. */
export function causeWords(reason: string): string {
  return Object.hasOwn(CAUSES, reason) ? CAUSES[reason as FallbackReason] : reason;
}

/**
 * Who decided, in one line: `the model decided 31 of 36, calc 5: 4 late, 1 unreadable`.
 *
 * @param who the agent that was to decide
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
 * Names for the agents of a battle in texts about who decided: `the model` when only one of them has one, and the
 * players' names when both are the same.
 *
 * @param players the second may be another user
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

/** The players whose decisions in a battle are known, by the names of {@link deciderNames}. */
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

/**
 * Says that a battle does not count for a player, because most of that player's decisions were made by another agent.
 */
function notTheirs(who: string): string {
  return `this battle is not ${who}'s`;
}

/** Who decided on each side of a battle whose decisions are known, one line each. */
export function battleDecidedWords(
  players: BattlePlayers,
  decided: Partial<Record<SideId, Decided>>,
): readonly string[] {
  return deciders(players, decided).map(({ who, made }) =>
    [decidedWords(who, made), ...(isOwnBattle(made) ? [] : [notTheirs(who)])].join('; '),
  );
}

/** Says for whom a battle does not count; empty when it counts for both. */
export function battleNotWhose(
  players: BattlePlayers,
  decided: Partial<Record<SideId, Decided>>,
): readonly string[] {
  return deciders(players, decided).flatMap(({ who, made }) => (isOwnBattle(made) ? [] : [notTheirs(who)]));
}
