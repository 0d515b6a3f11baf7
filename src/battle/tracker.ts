import { Battle, type Pokemon } from '@pkmn/client';
import { Protocol } from '@pkmn/protocol';
import { Announced } from './announced.ts';
import { BenchCache } from './bench-cache.ts';
import { ClientCorrections } from './client-corrections/client-corrections.ts';
import { Copies } from './client-corrections/copies.ts';
import type { BattleEvent, PokemonRef, TurnEvents } from './event.ts';
import { FirstGeneration } from './first-generation.ts';
import { generations } from './generations.ts';
import { IdentLookup } from './ident-lookup.ts';
import { Identities } from './identities.ts';
import { ImpliedConditions } from './implied-conditions.ts';
import { ENTRIES, hasBadHealth, IDLE_LINES, LAST_LINES, sideOfIdent } from './line-kinds.ts';
import { cutFields } from './long-text.ts';
import { hideNamesakes } from './namesakes.ts';
import { type SyncedTeam, type SyncListener, syncOwnTeam } from './own-team.ts';
import { count, type ParsedLine, parseEvent } from './parse-event.ts';
import { isRefusal, revealTrapper } from './refused-switch.ts';
import { type BattleRequest, parseRequest } from './request.ts';
import { snapshot } from './snapshot.ts';
import { type BattleState, otherSide, type SideId } from './state.ts';
import { TurnHistory } from './turn-history.ts';

/** How to follow a battle. */
export interface TrackerOptions {
  /** The side whose view is followed. */
  readonly side: SideId;
  /**
   * Format id.
   *
   * @default read from the battle's `|tier|` line
   */
  readonly format?: string;
  /**
   * Called for every line that could not be followed, and for errors that {@link TrackerOptions.onTurnEnd} throws. The
   * battle goes on without them.
   *
   * @default lines are skipped silently
   */
  readonly onProblem?: (problem: { readonly line: string; readonly error: unknown }) => void;
  /**
   * Called when a turn is over: after the battle's last line, or else before the first line of the next turn, when the
   * request that follows a turn has come as well. Until it returns, {@link BattleTracker.state} is that of the turn's
   * end.
   */
  readonly onTurnEnd?: (turn: TurnEvents) => void;
}

/** At most this many lines wait to be followed: a few turns. */
const BATCH = 128;

/** What still has to be followed: a line, or the mark that a request and its log have both arrived. */
type Pending =
  | { readonly line: string; readonly kind: string; readonly request?: BattleRequest }
  | { readonly settled: BattleRequest };

/**
 * Follows one battle from one side's protocol lines: what the side knows ({@link BattleTracker.state}), what it is
 * asked ({@link BattleTracker.request}) and what has happened ({@link BattleTracker.turns}). Lines are followed in
 * batches, on demand or every few turns: one by one, between other work, takes twice as long.
 *
 * @example
 * const tracker = new BattleTracker({ side: 'p1' });
 * for (const line of lines) tracker.add(line);
 * if (tracker.request?.type === 'move') console.log(tracker.state.own.active[0]?.species);
 */
export class BattleTracker {
  readonly side: SideId;
  private readonly battle = new Battle(generations);
  private readonly corrections = new ClientCorrections(this.battle);
  private readonly options: TrackerOptions;
  private readonly identities = new Identities();
  private readonly lookup: IdentLookup;
  private readonly listener: SyncListener = {
    replaced: (old, replacement) => this.identities.replaced(old, replacement),
    unmasked: (masked, real) => this.corrections.disguises.unmask(masked, real),
  };
  private readonly implied = new ImpliedConditions(this.battle, this.identities.idOf);
  private readonly firstGeneration = new FirstGeneration(this.battle);
  private readonly benchCache = new BenchCache();
  private readonly history = new TurnHistory();
  private readonly announced: Announced;
  private result: BattleState['result'];
  private readonly pending: Pending[] = [];
  private isFollowing = false;
  private lastTurn = 0;
  /** The request last received, and the last one that has been followed. */
  private asked: BattleRequest | undefined;
  private current: BattleRequest | undefined;
  /** The request last applied to our team, and the team at that time. */
  private applied: BattleRequest | undefined;
  private synced: SyncedTeam | undefined;
  private readonly copies = new Copies();
  /** Whether requests come before the log they belong to; known from the first one. */
  private requestsFirst: boolean | undefined;
  private cached: BattleState | undefined;

  constructor(options: TrackerOptions) {
    this.options = options;
    this.side = options.side;
    this.lookup = new IdentLookup(this.battle, options.side, this.identities);
    this.announced = new Announced(options.format ?? '');
  }

  /** The request last received; undefined before the first and once the battle is over. */
  get request(): BattleRequest | undefined {
    return this.asked;
  }

  /** Everything that has happened, oldest turn first; the last entry is the running turn. */
  get turns(): readonly TurnEvents[] {
    this.catchUp();
    return this.history.turns;
  }

  /** Number of the running turn, 0 before the first: like `turns.at(-1)`, without following any lines. */
  get turn(): number {
    return this.lastTurn;
  }

  /** True after `|win|` or `|tie|`. */
  get ended(): boolean {
    this.catchUp();
    return this.result !== undefined;
  }

  /** What the side knows now. The same object until the next line arrives. */
  get state(): BattleState {
    this.settle();
    this.catchUp();
    this.cached ??= snapshot({
      battle: this.battle,
      side: this.side,
      format: this.announced.format,
      team: this.applied?.side?.pokemon,
      teamSize: this.announced.teamSize,
      weather: this.announced.weather,
      futureMoves: this.corrections.pendingMoves.turns,
      mimicked: this.corrections.learned.mimicked,
      faintedUnseen: this.corrections.disguises.faintedUnseen,
      result: this.result,
      spent: this.announced.spent,
      arrivals: this.history.arrivals,
      implied: this.implied,
      firstGeneration: this.firstGeneration,
      idOf: this.identities.idOf,
      unchanged: this.benchCache,
    });
    return this.cached;
  }

  /**
   * Takes one line of this side's view of the battle, `|request|` lines included. A line that cannot be followed is
   * skipped and reported to `onProblem`, at the latest when its turn is read: this never throws.
   *
   * @param request the content of a `|request|` line, when it has been parsed already
   */
  add(line: string, request?: BattleRequest): void {
    const kind = line.slice(1, line.indexOf('|', 1) >>> 0);
    if (!line.startsWith('|') || IDLE_LINES.has(kind)) return;
    this.cached = undefined;
    if (kind === 'request') this.ask(line, request);
    else this.pending.push({ line: cutFields(line), kind });
    if (kind === 'turn') this.lastTurn = count(line.slice('|turn|'.length)) ?? this.lastTurn;
    if (this.pending.length >= BATCH || LAST_LINES.has(kind)) this.catchUp();
  }

  /** A request is available at once, because it wants an answer. */
  private ask(line: string, read: BattleRequest | undefined): void {
    try {
      this.asked = read ?? parseRequest(line.slice('|request|'.length));
      this.pending.push({ line, kind: 'request', request: this.asked });
    } catch (error) {
      this.options.onProblem?.({ line, error });
    }
  }

  /**
   * Follows everything received so far, as reading the state or the turns does. A listener for the end of a turn in
   * between sees the state of that time.
   */
  catchUp(): void {
    if (this.isFollowing) return;
    this.isFollowing = true;
    try {
      for (let next = this.pending.shift(); next; next = this.pending.shift()) {
        if ('settled' in next) this.bringInLine(next.settled);
        else this.take(next);
      }
    } finally {
      this.isFollowing = false;
    }
  }

  private take({ line, kind, request }: Extract<Pending, { line: string }>): void {
    if (kind !== 'request' || this.requestsFirst) this.endTurn();
    this.cached = undefined;
    try {
      if (kind === 'request') this.receive(request);
      else this.follow(line);
    } catch (error) {
      this.options.onProblem?.({ line, error });
    }
    if (this.result !== undefined) this.endTurn();
  }

  private endTurn(): void {
    const over = this.history.takeOver();
    if (!over) return;
    try {
      this.options.onTurnEnd?.(over);
    } catch (error) {
      this.options.onProblem?.({ line: `the end of turn ${over.turn}`, error });
    }
  }

  private receive(request: BattleRequest | undefined): void {
    const before = this.current;
    this.current = request;
    if (!this.current?.side) return;
    if (isRefusal(before, this.current)) revealTrapper(this.battle[otherSide(this.side)]);
    this.requestsFirst ??= this.isAheadOfLog(this.current);
    if (!this.requestsFirst) this.apply(this.current);
  }

  /** A request for Pokémon that the log has not shown yet. */
  private isAheadOfLog(request: BattleRequest): boolean {
    const { team, active } = this.battle[this.side];
    return request.type === 'team' ? team.length === 0 : !active.some(Boolean);
  }

  /**
   * Marks that a request and the log it belongs to have both arrived. Call it at every decision; reading {@link
   * BattleTracker.state} does, too. It matters only when requests come before their log, as on older servers and in old
   * logs: only the caller knows when both have arrived.
   */
  settle(): void {
    if (this.isFollowing) this.bringInLine(this.current);
    else if (this.asked) this.pending.push({ settled: this.asked });
  }

  private bringInLine(request: BattleRequest | undefined): void {
    if (!request?.side || request === this.applied) return;
    try {
      this.apply(request);
    } catch (error) {
      this.options.onProblem?.({ line: `|request| of turn ${this.battle.turn}`, error });
    }
  }

  private apply(request: BattleRequest): void {
    const before = this.applied?.side?.pokemon;
    const first = this.applied === undefined;
    this.applied = request;
    this.cached = undefined;
    const side = this.battle[this.side];
    syncOwnTeam(side, request, this.listener, this.synced);
    this.synced = { team: [...side.team], entries: request.side?.pokemon ?? [] };
    this.corrections.abilities.noteBase(side.team);
    this.copies.learn(side, request);
    this.corrections.learned.dropMimicked();
    this.benchCache.requested(side.team, request.side?.pokemon ?? [], before);
    if (first) this.identities.first(side, this.battle.turn <= 1);
    else this.identities.later(side);
  }

  private follow(text: string): void {
    const parsed = Protocol.parseBattleLine(text);
    // The protocol's types distinguish every message; here fields are read by position.
    const line = parsed as unknown as ParsedLine;
    const showNamesakes = hideNamesakes(this.battle, line);
    try {
      this.followLine(parsed, line, text);
    } finally {
      showNamesakes();
    }
  }

  private followLine(parsed: Parsed, line: ParsedLine, text: string): void {
    const [kind = '', ident] = line.args;
    const side = sideOfIdent(ident);
    if (hasBadHealth(line)) throw new Error('The HP is not a number');
    const subject = this.lookup.find(ident);
    const before = hpFraction(subject);
    const entry = side && ENTRIES.has(kind) ? this.beforeEntry(side, ident) : undefined;
    this.forget(line, subject);
    if (this.corrections.before(line, subject)) this.battle.add(parsed.args, parsed.kwArgs);
    if (entry) this.identities.entered(this.battle[entry.side], entry.team);
    const pokemon = entry ? this.lookup.find(ident) : subject;
    if (entry) this.benchCache.named(pokemon);
    this.corrections.after(line, pokemon, text);
    this.implied.after(line, pokemon);
    this.firstGeneration.after(line, pokemon, before);
    if (kind === 'poke') this.previewed(ident);
    this.announced.note(line, side);
    const event = parseEvent(line, {
      subject: pokemon && this.identities.refOf(pokemon),
      before,
      after: hpFraction(pokemon),
      replaced: entry?.replaced,
      names: this.lookup,
    });
    if (event) this.record(event);
  }

  /** The Pokémon that a line is about has changed since it sat on the bench. */
  private forget({ args: [kind], kwArgs: { of } }: ParsedLine, subject: Pokemon | undefined): void {
    this.benchCache.named(subject);
    // A move used by a copy becomes known for its original.
    if (kind === 'move') this.benchCache.named(subject?.volatiles.transform?.pokemon);
    if (of !== undefined) this.benchCache.named(this.lookup.find(String(of)));
    if (kind === '-cureteam') this.benchCache.clear();
  }

  private beforeEntry(side: SideId, ident = ''): Entry {
    this.benchCache.entering(this.battle[side]);
    const replaced = this.battle[side].active['abc'.indexOf(ident.charAt(2))];
    return {
      side,
      team: [...this.battle[side].team],
      replaced: replaced ? this.identities.refOf(replaced) : undefined,
    };
  }

  /** @param player the player whose team member is shown */
  private previewed(player: string | undefined): void {
    if (player !== 'p1' && player !== 'p2') return;
    for (const pokemon of this.battle[player].team) this.identities.idOf(pokemon);
  }

  private record(event: BattleEvent): void {
    this.history.record(event, this.battle.turn);
    if (event.type !== 'result') return;
    this.current = undefined;
    this.asked = undefined;
    this.result = event.winner === null ? 'tie' : event.winner === this.side ? 'win' : 'loss';
  }
}

type Parsed = ReturnType<typeof Protocol.parseBattleLine>;

interface Entry {
  readonly side: SideId;
  readonly team: readonly Pokemon[];
  readonly replaced: PokemonRef | undefined;
}

function hpFraction(pokemon: Pokemon | undefined): number {
  return pokemon && pokemon.maxhp > 0 ? pokemon.hp / pokemon.maxhp : 0;
}
