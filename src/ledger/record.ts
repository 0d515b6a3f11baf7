import { z } from 'zod';
import { usageSchema } from '../model/usage-schema.ts';

/** Version of the shapes in this file; a reader skips records of a version it does not know. */
export const LEDGER_VERSION = 1;

/** A side of a battle. */
export const sideSchema = z.enum(['p1', 'p2']);

const voteSchema = z.object({
  /** Choice string of the action voted for; absent in an abstention. */
  choice: z.string().optional(),
  /** The action in words. */
  words: z.string().optional(),
  abstained: z.string().optional(),
  text: z.string(),
});

const scoreSchema = z.object({
  choice: z.string(),
  words: z.string(),
  score: z.number(),
  note: z.string().optional(),
});

const switchingSchema = z.object({
  consecutive: z.number(),
  expectedDamageSwitching: z.number().optional(),
  expectedDamageStaying: z.number().optional(),
  intoMoreDamage: z.boolean(),
});

const promptSchema = z.object({
  style: z.string(),
  /** SHA-256 of the messages, in hex. */
  hash: z.string(),
  messages: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })),
});

/** All that is measured on a clock: without it, the same seed gives the same bytes. */
const timingSchema = z.object({
  latencyMs: z.number(),
  /** Time the agent was given, in ms. */
  turnMs: z.number(),
  /** Time that was left for the rest of the battle, in ms. */
  battleMs: z.number().optional(),
  /** Latency of each vote, in their order. */
  votesMs: z.array(z.number()).optional(),
});

/** The choice that leaves it to the server what is done. */
export const DEFAULT_CHOICE = 'default';

/** One line of `decisions.jsonl`. */
export const decisionRecordSchema = z.object({
  version: z.literal(LEDGER_VERSION),
  battleId: z.string(),
  side: sideSchema,
  agent: z.string(),
  turn: z.number().int().min(0),
  rqid: z.number().optional(),
  /** What the server wanted: a move (or switch), a forced switch, or the team's order; unknown if it cannot be read. */
  request: z.enum(['move', 'switch', 'team', 'unknown']),
  legalActions: z.number().int(),
  /** As it is sent to the server; {@link DEFAULT_CHOICE} leaves the choice to it. */
  choice: z.string(),
  words: z.string(),
  reasoning: z.string().optional(),
  votes: z.array(voteSchema).optional(),
  scores: z.array(scoreSchema).optional(),
  /** What the scores count. */
  scoreUnit: z.string().optional(),
  /** Playouts of the search behind it. */
  playouts: z.number().int().optional(),
  /** What the foe was expected to choose. */
  foreseen: z.array(z.object({ id: z.string(), share: z.number(), value: z.number() })).optional(),
  fallback: z.object({ reason: z.string(), detail: z.string(), agent: z.string() }).optional(),
  /** Choices for this request that the server had refused before. */
  refused: z.array(z.object({ choice: z.string(), message: z.string() })).optional(),
  switching: switchingSchema.optional(),
  usage: usageSchema.optional(),
  prompt: promptSchema.optional(),
  timing: timingSchema,
});

/** One decision as the ledger keeps it. */
export type DecisionRecord = z.infer<typeof decisionRecordSchema>;

/** A player as the ledger names it. */
export const playerSchema = z.object({
  /** Name on the server. */
  name: z.string(),
  /** The agent that decides; absent for a player who is not ours. */
  agent: z.string().optional(),
  /** Model id, e.g. `openai/gpt-4.1-mini`. */
  model: z.string().optional(),
  strategy: z.string().optional(),
  promptStyle: z.string().optional(),
  /** Beginning of the SHA-256 of the packed team that was brought. */
  team: z.string().optional(),
  /** What else the agent played with, defaults included, by name; a server's host, never its credentials. */
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});

const ratingSchema = z.object({ before: z.number(), after: z.number() });

/** Counts of what should not happen in a battle on a server. */
export const battleFaultsSchema = z.object({
  /** Choices the server refused as invalid: each is a fault of this package. */
  invalid: z.number().int(),
  /** Choices that a hidden trap or a disabled move made impossible. */
  unavailable: z.number().int(),
  /** Decisions and answers that came too late for their request. */
  stale: z.number().int(),
  /** Times the room was entered anew because lines were missing. */
  resyncs: z.number().int(),
  /** Times the connection was lost. */
  reconnects: z.number().int(),
  /** Battles lost on time. */
  timeouts: z.number().int(),
});

const decidedSchema = z.object({
  /** Decisions between several legal actions that were played: what only one could be and what the server refused is left out. */
  of: z.number().int(),
  /** Those that the player's own agent made. */
  own: z.number().int(),
  /** The other deciders, most frequent first, each with its reason as the ledger names it. */
  instead: z.array(z.object({ agent: z.string(), reason: z.string(), count: z.number().int() })),
});

/** How a battle ended. */
export const resultSchema = z.object({
  /** Null for a tie. */
  winner: sideSchema.nullable(),
  turns: z.number().int(),
  /** A `tie` is one that was played to or agreed on; at the turn limit and without anybody's answer there are others. */
  ended: z.enum(['played-out', 'forfeit', 'inactivity', 'tie', 'turn-limit']).optional(),
  /** Elo on the server's ladder, where the battle was rated and the server tells. */
  ratings: z.object({ p1: ratingSchema.optional(), p2: ratingSchema.optional() }).optional(),
  /** Of a battle on a server, as counted by the process that ended it. */
  faults: battleFaultsSchema.optional(),
  /** Who made the decisions of the players of ours. */
  decided: z.object({ p1: decidedSchema.optional(), p2: decidedSchema.optional() }).optional(),
});

/**
 * Who has ended a battle without a result, the `server`, as one that is started again: nobody has lost it; or the
 * `player`, who has forfeited what cannot be played.
 */
export const endedBySchema = z.enum(['server', 'player']);

/** The content of `battle.json`. */
export const battleMetaSchema = z.object({
  version: z.literal(LEDGER_VERSION),
  id: z.string(),
  /** Format id, e.g. `gen9randombattle`. */
  format: z.string(),
  seed: z.string().optional(),
  /** Host and port of the server it was played on; absent for a battle in this process. */
  server: z.string().optional(),
  players: z.object({ p1: playerSchema, p2: playerSchema }),
  /** Versions of what played, by package name. */
  versions: z.record(z.string(), z.string()),
  /** The most that a decision may take, in ms. */
  turnMs: z.number().optional(),
  /** Absent while the battle runs, and for good when it never ended. */
  result: resultSchema.optional(),
  /** The battle was left before its end, in good order; without this and a result it still runs or was cut off. */
  stopped: z.literal(true).optional(),
  endedBy: endedBySchema.optional(),
  /** ISO 8601, UTC. */
  timing: z.object({ startedAt: z.string(), finishedAt: z.string().optional() }),
});

/** Format, players and end of a battle. */
export type BattleMeta = z.infer<typeof battleMetaSchema>;
/** One of the two players in {@link BattleMeta}. */
export type BattlePlayer = z.infer<typeof playerSchema>;
/** What went wrong in a battle on a server, counted. */
export type BattleFaults = z.infer<typeof battleFaultsSchema>;
/** Who made a player's decisions. */
export type Decided = z.infer<typeof decidedSchema>;
/** How a battle ended. */
export type BattleResult = z.infer<typeof resultSchema>;
/** Who has ended a battle without a result. */
export type EndedBy = z.infer<typeof endedBySchema>;
/** What is known when a battle starts; the ledger adds version and times. */
export type BattleInfo = Omit<BattleMeta, 'version' | 'result' | 'stopped' | 'endedBy' | 'timing'>;
