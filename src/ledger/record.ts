import { z } from 'zod';
import { usageSchema } from '../model/usage-schema.ts';

/** Version of the schemas in this file; a reader skips records of a version it does not know. */
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

/** Everything measured on a clock: without it, the same seed gives the same bytes. */
const timingSchema = z.object({
  latencyMs: z.number(),
  /** Time the agent was given, in ms. */
  turnMs: z.number(),
  /** Time that was left for the rest of the battle, in ms. */
  battleMs: z.number().optional(),
  /** Latency of each vote, in their order. */
  votesMs: z.array(z.number()).optional(),
});

/** The choice that leaves the decision to the server. */
export const DEFAULT_CHOICE = 'default';

/** One line of `decisions.jsonl`. */
export const decisionRecordSchema = z.object({
  version: z.literal(LEDGER_VERSION),
  battleId: z.string(),
  side: sideSchema,
  agent: z.string(),
  turn: z.number().int().min(0),
  rqid: z.number().optional(),
  /**
   * What the server asked for: a move (or switch), a forced switch, or the team's order; unknown if it cannot be read.
   */
  request: z.enum(['move', 'switch', 'team', 'unknown']),
  legalActions: z.number().int(),
  /** As sent to the server; {@link DEFAULT_CHOICE} leaves the choice to it. */
  choice: z.string(),
  words: z.string(),
  reasoning: z.string().optional(),
  votes: z.array(voteSchema).optional(),
  scores: z.array(scoreSchema).optional(),
  /** The unit of the scores. */
  scoreUnit: z.string().optional(),
  /** Playouts of the search behind it. */
  playouts: z.number().int().optional(),
  /** What the opponent was expected to choose. */
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

/** A player in the ledger. */
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
  /** Other settings of the agent, defaults included, by name; a server's host, never its credentials. */
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});

const ratingSchema = z.object({ before: z.number(), after: z.number() });

/** Counts of things that should not happen in a battle on a server. */
export const battleFaultsSchema = z.object({
  /** Choices the server refused as invalid: each is a bug in this package. */
  invalid: z.number().int(),
  /** Choices that a hidden trap or a disabled move made impossible. */
  unavailable: z.number().int(),
  /** Decisions and answers that came too late for their request. */
  stale: z.number().int(),
  /** How often the room was re-entered because lines were missing. */
  resyncs: z.number().int(),
  /** How often the connection was lost. */
  reconnects: z.number().int(),
  /** Battles lost on time. */
  timeouts: z.number().int(),
});

const decidedSchema = z.object({
  /**
   * Decisions between several legal actions that were played; choices without an alternative, and refused ones, are
   * left out.
   */
  of: z.number().int(),
  /** The number made by the player's own agent. */
  own: z.number().int(),
  /** The other deciders, most frequent first, each with its reason as in the ledger. */
  instead: z.array(z.object({ agent: z.string(), reason: z.string(), count: z.number().int() })),
});

/** How a battle ended. */
export const resultSchema = z.object({
  /** Null for a tie. */
  winner: sideSchema.nullable(),
  turns: z.number().int(),
  /** A `tie` was played out or agreed on; the turn limit and missing answers end in ties of their own kinds. */
  ended: z.enum(['played-out', 'forfeit', 'inactivity', 'tie', 'turn-limit']).optional(),
  /** Elo on the server's ladder, if the battle was rated and the server reports it. */
  ratings: z.object({ p1: ratingSchema.optional(), p2: ratingSchema.optional() }).optional(),
  /** For a battle on a server, as counted by the process that ended it. */
  faults: battleFaultsSchema.optional(),
  /** Who made the decisions of our players. */
  decided: z.object({ p1: decidedSchema.optional(), p2: decidedSchema.optional() }).optional(),
});

/**
 * Who ended a battle without a result: the `server`, e.g. by a restart, in which case neither side has lost it; or the
 * `player`, who has forfeited because it could not be played.
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
  /** Most time for a decision, in ms. */
  turnMs: z.number().optional(),
  /** Absent while the battle runs, and for good when it never ended. */
  result: resultSchema.optional(),
  /**
   * The battle was left in good order before its end; without this and a result it is still running or was interrupted.
   */
  stopped: z.literal(true).optional(),
  endedBy: endedBySchema.optional(),
  /** ISO 8601, UTC. */
  timing: z.object({ startedAt: z.string(), finishedAt: z.string().optional() }),
});

/** Format, players and end of a battle. */
export type BattleMeta = z.infer<typeof battleMetaSchema>;
/** One of the two players in {@link BattleMeta}. */
export type BattlePlayer = z.infer<typeof playerSchema>;
/** Counts of what went wrong in a battle on a server. */
export type BattleFaults = z.infer<typeof battleFaultsSchema>;
/** Who made a player's decisions. */
export type Decided = z.infer<typeof decidedSchema>;
/** How a battle ended. */
export type BattleResult = z.infer<typeof resultSchema>;
/** Who ended a battle without a result. */
export type EndedBy = z.infer<typeof endedBySchema>;
/** What is known when a battle starts; the ledger adds version and times. */
export type BattleInfo = Omit<BattleMeta, 'version' | 'result' | 'stopped' | 'endedBy' | 'timing'>;
