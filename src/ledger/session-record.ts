import { z } from 'zod';
import {
  battleFaultsSchema,
  endedBySchema,
  LEDGER_VERSION,
  playerSchema,
  resultSchema,
  sideSchema,
} from './record.ts';

const started = z.object({
  type: z.literal('started'),
  player: playerSchema,
  /** Host and port of the server. */
  server: z.string(),
  /** How battles are found. */
  by: z.enum(['ladder', 'challenge', 'accept']),
  /** Format ids. */
  formats: z.array(z.string()),
  /** Users to challenge, or the only users whose challenges are accepted. */
  users: z.array(z.string()).optional(),
  /** Number of battles to play; absent for no end. */
  battles: z.number().int().optional(),
  concurrency: z.number().int(),
  /** Most time for a decision, in ms. */
  turnMs: z.number(),
  /** Whether to ask for the battle timer. */
  timer: z.boolean(),
  /** Most that the model may cost in all, in US dollars. */
  budgetUsd: z.number().optional(),
  seed: z.string(),
  /** Versions of what plays, by package name. */
  versions: z.record(z.string(), z.string()),
});

const connected = z.object({ type: z.literal('connected') });
/** The server has not answered yet; the client keeps trying. */
const connecting = z.object({
  type: z.literal('connecting'),
  cause: z.string(),
  /** How long the client keeps trying in all, in ms. */
  limitMs: z.number(),
});
const disconnected = z.object({
  type: z.literal('disconnected'),
  cause: z.string(),
  /** How long the client tries to reconnect in all, in ms. */
  limitMs: z.number().optional(),
});
const reconnected = z.object({ type: z.literal('reconnected') });

/** A message of the server to the player outside of battles: a pop-up, a refused name. */
const message = z.object({
  type: z.literal('message'),
  text: z.string(),
  /** A running search for a battle has taken it as its answer. */
  search: z.boolean().optional(),
});

/** The server does not offer a battle at the moment, and is asked again. */
const waiting = z.object({
  type: z.literal('waiting'),
  /** In the server's words or, with a limit, in ours. */
  reason: z.string(),
  /** How long to wait for it, in ms. */
  limitMs: z.number().optional(),
});

/** The server is asked for a battle: on the ladder, against one user, or by accepting a challenge. Users by id. */
const searching = z.object({ type: z.literal('searching'), format: z.string() });
const challenging = z.object({ type: z.literal('challenging'), user: z.string(), format: z.string() });
const accepting = z.object({ type: z.literal('accepting'), from: z.string(), format: z.string() });

const challengeRejected = z.object({
  type: z.literal('challenge-rejected'),
  /** Ids of the users. */
  from: z.string(),
  to: z.string(),
  format: z.string(),
  reason: z.enum(['format', 'user', 'declined']),
  /** Number of repetitions after the first, which has its own record. */
  times: z.number().int().optional(),
});

const battle = z.object({
  battleId: z.string(),
  format: z.string(),
  /** Our side. */
  side: sideSchema,
  opponent: z.string(),
  /** Name of the battle's folder. */
  folder: z.string(),
});

const battleStarted = battle.extend({
  type: z.literal('battle-started'),
  /** An interrupted run had begun it. */
  resumed: z.boolean(),
});

const battleFinished = battle.extend({
  type: z.literal('battle-finished'),
  /** Absent when the battle was left before its end, or the server ended it without a result. */
  result: resultSchema.omit({ faults: true }).optional(),
  endedBy: endedBySchema.optional(),
  faults: battleFaultsSchema,
});

/** A battle that cannot be played is forfeited. */
const battleGivenUp = z.object({
  type: z.literal('battle-given-up'),
  battleId: z.string(),
  format: z.string(),
  reason: z.string(),
});

/** The battle's room is re-entered, because lines were lost or the server removed us from it. */
const roomReentered = z.object({ type: z.literal('room-reentered'), battleId: z.string() });

/** Something said in a battle's room that the server has repeated: a greeting or a farewell. */
const said = z.object({ type: z.literal('said'), battleId: z.string(), text: z.string() });

/** The server did not pass on our chat message. */
const chatRefused = z.object({
  type: z.literal('chat-refused'),
  battleId: z.string(),
  text: z.string(),
  reason: z.string(),
});

/** The choice is left to the server, or the server chose because no answer came. */
const defaultChosen = z.object({
  type: z.literal('default-chosen'),
  battleId: z.string(),
  /** Number of the request; absent where it could not be read. */
  rqid: z.number().int().optional(),
  reason: z.string(),
});

/** The server complains about a choice. */
const choiceRefused = z.object({
  type: z.literal('choice-refused'),
  battleId: z.string(),
  reason: z.string(),
});

const replayPublished = z.object({ type: z.literal('replay-published'), url: z.string() });
const replayRefused = z.object({ type: z.literal('replay-refused'), reason: z.string() });

/** A line of a battle could not be followed. */
const lineSkipped = z.object({
  type: z.literal('line-skipped'),
  battleId: z.string(),
  line: z.string(),
  reason: z.string(),
});

const ended = z.object({
  type: z.literal('ended'),
  /** `stopped` by the user; `failed` with an error. */
  how: z.enum(['finished', 'stopped', 'failed']),
  error: z.string().optional(),
  battles: z.number().int(),
  wins: z.number().int(),
  losses: z.number().int(),
  ties: z.number().int(),
  /**
   * Battles whose decisions were mostly made by another agent: they do not count as wins, losses or ties of this one.
   */
  notOwn: z.number().int().optional(),
  /** Battles without a result. */
  unfinished: z.number().int(),
  /** Over all battles. */
  faults: battleFaultsSchema.optional(),
  /** Lines of unknown kinds, by kind. */
  unknownKinds: z.record(z.string(), z.number().int()).optional(),
});

const sessionEventSchema = z.discriminatedUnion('type', [
  started,
  connecting,
  connected,
  disconnected,
  reconnected,
  message,
  searching,
  challenging,
  accepting,
  waiting,
  challengeRejected,
  battleStarted,
  battleFinished,
  battleGivenUp,
  roomReentered,
  said,
  chatRefused,
  defaultChosen,
  choiceRefused,
  replayPublished,
  replayRefused,
  lineSkipped,
  ended,
]);

/** One line of a session's log. */
export const sessionRecordSchema = z
  .object({
    version: z.literal(LEDGER_VERSION),
    /** ISO 8601, UTC. */
    at: z.string(),
  })
  .and(sessionEventSchema);

/** An event of a player's session on a server, from its settings at the start to how it ends. */
export type SessionEvent = z.infer<typeof sessionEventSchema>;
/** An event as the ledger keeps it. */
export type SessionRecord = z.infer<typeof sessionRecordSchema>;
