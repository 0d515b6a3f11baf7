/**
 * PokéLLMon for TypeScript: agents that play Pokémon battles with language models.
 *
 * @example
 * const model = createOpenAIModel({ model: 'llama3.1', baseUrl: 'http://localhost:11434/v1' });
 * const agent = createLLMAgent({ model, strategy: 'self-consistency', promptStyle: 'grounded', votes: 3, fallback: calcAgent });
 * const { result } = await playMatch({
 *   battleId: 'first',
 *   format: 'gen9randombattle',
 *   seed: '1',
 *   players: { p1: { agent, name: 'llm' }, p2: { agent: heuristicsAgent, name: 'heuristics' } },
 *   fallback: calcAgent,
 *   turnMs: 30_000,
 * });
 *
 * @packageDocumentation
 */

export * from './agent/agent.ts';
export { BASELINES } from './agent/baselines.ts';
export { calcAgent } from './agent/calc.ts';
export { heuristicsAgent } from './agent/heuristics.ts';
export { createLLMAgent, type LLMAgentOptions } from './agent/llm/llm-agent.ts';
export { STRATEGIES, type StrategyName } from './agent/llm/strategy-names.ts';
export { maxPowerAgent } from './agent/max-power.ts';
export { randomAgent } from './agent/random.ts';
export { createSearchAgent, type SearchAgentOptions } from './agent/search-agent.ts';
export { type DecideOptions, decideWithin } from './agent/within-deadline.ts';
export { checkFormat, type PlayableFormat } from './arena/format.ts';
export {
  type MatchOptions,
  type MatchPlayer,
  type MatchResult,
  playMatch,
} from './arena/match.ts';
export {
  type BattleFollower,
  type Entrant,
  playSeries,
  type SeriesBattle,
  type SeriesOptions,
} from './arena/series.ts';
export { readTeam } from './arena/team.ts';
export * from './battle/action.ts';
export * from './battle/event.ts';
export { legalActions } from './battle/legal-actions.ts';
export { reconstructView } from './battle/reconstruct-view.ts';
export {
  type BattleRequest,
  type ChoiceRequest,
  type MoveRequest,
  parseRequest,
  RequestError,
  type SwitchRequest,
  type TeamRequest,
  type WaitRequest,
} from './battle/request.ts';
export * from './battle/state.ts';
export { BattleTracker, type TrackerOptions } from './battle/tracker.ts';
export { assessTurn } from './knowledge/assess-turn.ts';
export * from './knowledge/assessment.ts';
export { expectedThreat } from './knowledge/expected-threat.ts';
export type { MainGimmick } from './knowledge/gimmick.ts';
export type { Suspicion } from './knowledge/illusion-signs.ts';
export type {
  CandidateSet,
  Doubt,
  LikelySets,
  Marginal,
  OffMetaChoices as Surprises,
  SetOrigin,
} from './knowledge/likely-sets.ts';
export {
  type BattleFolder,
  type BattleLedger,
  type LedgerOptions,
  NO_LEDGER,
  openBattleLedger,
} from './ledger/battle-ledger.ts';
export type { View } from './ledger/protocol-log.ts';
export { readBattle, type StoredBattle } from './ledger/read-battle.ts';
export { type ReadDecisions, readDecisions } from './ledger/read-decisions.ts';
export type { ReadRecords } from './ledger/read-records.ts';
export { type Replay, readReplay } from './ledger/read-replay.ts';
export { readSession } from './ledger/read-session.ts';
export {
  type BattleFaults,
  type BattleInfo,
  type BattleMeta,
  type BattlePlayer,
  type BattleResult,
  DEFAULT_CHOICE,
  type Decided,
  type DecisionRecord,
} from './ledger/record.ts';
export { readResults } from './ledger/results-ledger.ts';
export type { SavedBattle } from './ledger/resume.ts';
export type { SessionEvent, SessionRecord } from './ledger/session-record.ts';
export {
  type DecisionSummary,
  type Outcomes,
  type PlayedBattle,
  type Summary,
  summarise,
} from './ledger/summary.ts';
export type { Status, Terrain, Weather } from './mechanics/condition-ids.ts';
export type { Forme } from './mechanics/forme.ts';
export type { ModelMove, Secondary, Stages } from './mechanics/model-move.ts';
export type { Pokemon } from './mechanics/pokemon.ts';
export type { SearchState, Stage } from './mechanics/search-state.ts';
export type { Side } from './mechanics/side.ts';
export type { TypeChart } from './mechanics/types.ts';
export type { Volatiles } from './mechanics/volatiles.ts';
export type { BattleMemory, ForeseenChoice, PastDecision } from './memory/battle-memory.ts';
export type { DecisionClock, DecisionContext } from './memory/decision-context.ts';
export { type DecisionPoint, decisionPoints, type RecordedDecision } from './memory/decision-points.ts';
export { recentFeedback, type TurnFeedback, turnFeedback } from './memory/turn-feedback.ts';
export type { Viewpoint } from './memory/viewpoint.ts';
export { type Budget, type BudgetLimits, createBudget, withBudget } from './model/budget.ts';
export { type CacheOptions, withCache } from './model/cache.ts';
export { withConcurrency } from './model/concurrency.ts';
export * from './model/language-model.ts';
export { createOpenAIModel, type OpenAIOptions } from './model/openai.ts';
export { type PreflightOptions, tryModel } from './model/preflight.ts';
export { recordModel } from './model/recorder.ts';
export { replayModel } from './model/replay.ts';
export {
  type Script,
  type ScriptedAnswer,
  type ScriptedModel,
  type ScriptedModelOptions,
  scriptedModel,
} from './model/scripted.ts';
export type {
  Candidate,
  PromptInput,
  PromptMessage,
  PromptQuestion,
  Proposal,
  RenderedPrompt,
} from './observation/prompt.ts';
export { renderPrompt } from './observation/render-prompt.ts';
export { styleNames } from './observation/styles.ts';
export {
  type Evaluator,
  type EvaluatorFactory,
  neuralEvaluator,
} from './search/evaluation/evaluator.ts';
export type { ExpectedReply } from './search/opponent-model/opponent-prior.ts';
export {
  isSearchable,
  type SearchedAction,
  type SearchOptions,
  type SearchResult,
  search,
} from './search/search.ts';
export type { BattleRoomId } from './showdown/battle-id.ts';
export type { BattleRoom, RoomObserver, RoomOutcome } from './showdown/battle-room.ts';
export type { BattleRoomConfig } from './showdown/battle-room-config.ts';
export type { ClientOptions } from './showdown/client.ts';
export type { Account } from './showdown/login-answer.ts';
export type { Matchmaking } from './showdown/matchmaking.ts';
export type { RoomEvent } from './showdown/room-events.ts';
export type { RoomPlayer } from './showdown/room-players.ts';
export type { Outgoing } from './showdown/send-queue.ts';
export { parseServer, type ServerAddress } from './showdown/server-address.ts';
export { playSession } from './showdown/session.ts';
export type { SessionOptions, SessionResult } from './showdown/session-options.ts';
export * from './util/errors.ts';
export { createRandom, type Random } from './util/random.ts';
