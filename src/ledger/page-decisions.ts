import type { DecisionRecord } from './record.ts';

/** How many samples voted for one action. */
export interface VoteTally {
  /** The action in words, or why samples abstained. */
  readonly words: string;
  readonly count: number;
  readonly kind: 'chosen' | 'other' | 'abstained';
}

/**
 * A decision as the replay page shows it; long texts are indices into a table, because prompts share most of theirs.
 */
export interface PageDecision extends Omit<DecisionRecord, 'votes' | 'prompt' | 'timing'> {
  readonly tally: readonly VoteTally[];
  readonly votes: readonly { readonly words: string; readonly text: number; readonly ms?: number }[];
  readonly prompt?: {
    readonly style: string;
    readonly hash: string;
    readonly messages: readonly { readonly role: string; readonly text: number }[];
  };
  readonly latencyMs: number;
}

type RecordedVote = NonNullable<DecisionRecord['votes']>[number];

function voteWords({ choice, words, abstained }: RecordedVote): string {
  return choice === undefined ? `no vote: ${abstained ?? 'unusable'}` : (words ?? choice);
}

/** Votes by action, most first; abstentions by reason, last. */
export function tallyVotes(record: Pick<DecisionRecord, 'choice' | 'votes'>): VoteTally[] {
  const tally = new Map<string, VoteTally>();
  for (const vote of record.votes ?? []) {
    const { choice } = vote;
    const kind = choice === undefined ? 'abstained' : choice === record.choice ? 'chosen' : 'other';
    const words = voteWords(vote);
    const key = `${kind} ${choice ?? words}`;
    tally.set(key, { words, kind, count: (tally.get(key)?.count ?? 0) + 1 });
  }
  const rank = ({ kind }: VoteTally) => (kind === 'abstained' ? 1 : 0);
  return [...tally.values()].sort((a, b) => rank(a) - rank(b) || b.count - a.count);
}

/** All decisions of a battle for the page, and the table of their long texts. */
export function pageDecisions(records: readonly DecisionRecord[]): {
  decisions: PageDecision[];
  texts: string[];
} {
  const indices = new Map<string, number>();
  const textIndex = (text: string): number => {
    const index = indices.get(text) ?? indices.size;
    indices.set(text, index);
    return index;
  };
  const decisions = records.map((record): PageDecision => {
    const { votes = [], prompt, timing, ...shown } = record;
    return {
      ...shown,
      tally: tallyVotes(record),
      votes: votes.map((vote, index) => ({
        words: voteWords(vote),
        text: textIndex(vote.text),
        ms: timing.votesMs?.[index],
      })),
      prompt: prompt && {
        ...prompt,
        messages: prompt.messages.map(({ role, content }) => ({ role, text: textIndex(content) })),
      },
      latencyMs: timing.latencyMs,
    };
  });
  return { decisions, texts: [...indices.keys()] };
}
