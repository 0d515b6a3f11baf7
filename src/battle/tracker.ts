import { Battle, type Pokemon } from '@pkmn/client';
import { Protocol } from '@pkmn/protocol';
import type { BattleEvent, PokemonRef, TurnEvents } from './event.ts';
import { generations, toId } from './generations.ts';
import { type EventContext, type ParsedLine, parseEvent, plainLine } from './parse-event.ts';
import { type BattleRequest, parseRequest } from './request.ts';
import { sideId, snapshot } from './snapshot.ts';
import { type BattleState, otherSide, type SideId } from './state.ts';

/** How to follow a battle. */
export interface TrackerOptions {
  /** The side whose knowledge is kept. */
  readonly side: SideId;
  /** Format id; default: read from the battle's `|tier|` line. */
  readonly format?: string;
  /**
   * Told of every line that could not be followed. The battle goes on without it.
   * @default lines are skipped silently
   */
  readonly onProblem?: (problem: { readonly line: string; readonly error: unknown }) => void;
}

const GIMMICK_LINES = new Map([
  ['-mega', 'mega'],
  ['-burst', 'ultra'],
  ['-zpower', 'zmove'],
  ['-terastallize', 'terastallize'],
]);

/**
 * Follows one battle from one side's protocol lines: what the side knows ({@link BattleTracker.state}), what was asked
 * of it ({@link BattleTracker.request}) and what has happened ({@link BattleTracker.turns}).
 *
 * @example
 * const tracker = new BattleTracker({ side: 'p1' });
 * for (const line of lines) tracker.add(line);
 * if (tracker.request?.type === 'move') console.log(tracker.state.own.active[0]?.species);
 */
export class BattleTracker {
  readonly side: SideId;
  private readonly battle: Battle;
  private readonly options: TrackerOptions;
  private readonly ids = new WeakMap<Pokemon, string>();
  private readonly seen: Record<SideId, number> = { p1: 0, p2: 0 };
  private readonly arrivals = new Map<string, number>();
  private readonly spent: Record<SideId, string[]> = { p1: [], p2: [] };
  private readonly log: { turn: number; events: BattleEvent[] }[] = [{ turn: 0, events: [] }];
  private format: string;
  private weather: string | undefined;
  private result: BattleState['result'];
  private current: BattleRequest | undefined;
  private unapplied: string | undefined;
  private cached: BattleState | undefined;

  constructor(options: TrackerOptions) {
    this.options = options;
    this.side = options.side;
    this.format = options.format ?? '';
    this.battle = new Battle(generations);
  }

  /** The request last received; undefined before the first and once the battle is over. */
  get request(): BattleRequest | undefined {
    return this.current;
  }

  /** Everything that has happened, oldest turn first; the last entry is the running turn. */
  get turns(): readonly TurnEvents[] {
    return this.log;
  }

  /** True after `|win|` or `|tie|`. */
  get ended(): boolean {
    return this.result !== undefined;
  }

  /** What the side knows now. The same object until the next line arrives. */
  get state(): BattleState {
    this.settle();
    this.cached ??= snapshot({
      battle: this.battle,
      side: this.side,
      format: this.format,
      request: this.current,
      weather: this.weather,
      result: this.result,
      spent: { p1: [...this.spent.p1], p2: [...this.spent.p2] },
      idOf: (pokemon) => this.idOf(pokemon),
      arrival: (id) => this.arrivals.get(id),
    });
    return this.cached;
  }

  /**
   * Takes one line of this side's view of the battle, `|request|` lines included. A line that cannot be followed is
   * reported to `onProblem` and skipped: it never throws.
   */
  add(line: string): void {
    if (line === '' || line === '|') return;
    this.cached = undefined;
    try {
      if (line.startsWith('|request|')) this.receive(line.slice('|request|'.length));
      else this.follow(line);
    } catch (error) {
      this.options.onProblem?.({ line, error });
    }
  }

  private receive(json: string): void {
    this.current = parseRequest(json);
    this.unapplied = this.current?.side ? json : undefined;
  }

  /**
   * Says that a request and the log it belongs to have both arrived. Call it at every decision; reading
   * {@link BattleTracker.state} does, too. Some servers send a request before its log, and only the caller knows when
   * both are there.
   */
  settle(): void {
    const json = this.unapplied;
    if (json === undefined) return;
    this.unapplied = undefined;
    this.cached = undefined;
    try {
      this.battle.update(Protocol.parseRequest(json as Protocol.RequestJSON));
      for (const pokemon of this.battle[this.side].team) this.idOf(pokemon);
    } catch (error) {
      this.options.onProblem?.({ line: `|request|${json}`, error });
    }
  }

  private follow(text: string): void {
    const parsed = Protocol.parseBattleLine(text);
    const line = plainLine(parsed);
    const [kind] = line.args;
    if (kind === 'error' || kind === 'inactive' || kind === 'c' || kind === 'chat' || kind === 't:') return;
    if (kind === 'tier' && this.format === '') this.format = toId(line.args[1] ?? '');
    const before = this.observe(line);
    this.battle.add(parsed.args, parsed.kwArgs);
    this.keepIds(before);
    this.note(line);
    const after = this.find(line.args[1]);
    const event = parseEvent(line, {
      pokemon: (ident) => this.ref(ident),
      before: before.hp,
      after: hpFraction(after),
      replaced: before.active,
      sideOf: (name) => this.sideOf(name),
    } satisfies EventContext);
    if (event) this.record(event);
  }

  private observe(line: ParsedLine): Before {
    const ident = line.args[1];
    const pokemon = this.find(ident);
    const side = sideOfIdent(ident);
    const position = ident === undefined ? -1 : 'ab'.indexOf(ident.charAt(2));
    const active = side && position >= 0 ? this.battle[side].active[position] : undefined;
    return {
      hp: hpFraction(pokemon),
      active: active ? this.refOf(active) : undefined,
      team: isEntry(line.args[0]) && side ? [...this.battle[side].team] : undefined,
      side,
    };
  }

  /** The client replaces a previewed Pokémon's object when it first comes in; its id moves over. */
  private keepIds(before: Before): void {
    if (!before.team || !before.side) return;
    const team = this.battle[before.side].team;
    if (team.length !== before.team.length) return;
    for (const [index, pokemon] of team.entries()) {
      const old = before.team[index];
      if (!old || old === pokemon || team.includes(old)) continue;
      const id = this.ids.get(old);
      if (id !== undefined && !this.ids.has(pokemon)) this.ids.set(pokemon, id);
    }
  }

  private note(line: ParsedLine): void {
    const [kind, first, second] = line.args;
    const side = sideOfIdent(first);
    if (kind === 'poke' && (first === 'p1' || first === 'p2')) {
      for (const pokemon of this.battle[first].team) this.idOf(pokemon);
    }
    if (kind === '-weather' && line.kwArgs.upkeep === undefined) {
      const weather = toId(first ?? '');
      this.weather = weather === 'none' || weather === '' ? undefined : (WEATHER_IDS.get(weather) ?? weather);
    }
    if (!side) return;
    const gimmick = kind === '-start' && second === 'Dynamax' ? 'dynamax' : GIMMICK_LINES.get(kind ?? '');
    if (gimmick && !this.spent[side].includes(gimmick)) this.spent[side].push(gimmick);
  }

  private record(event: BattleEvent): void {
    if (event.type === 'turn') {
      this.log.push({ turn: event.turn, events: [] });
      return;
    }
    if (event.type === 'switch') this.arrivals.set(event.pokemon.id, this.battle.turn);
    if (event.type === 'result') {
      this.current = undefined;
      this.unapplied = undefined;
      this.result = event.winner === null ? 'tie' : event.winner === this.side ? 'win' : 'loss';
    }
    this.log.at(-1)?.events.push(event);
  }

  private find(ident: string | undefined): Pokemon | undefined {
    if (ident === undefined || sideOfIdent(ident) === undefined) return undefined;
    return this.battle.getPokemon(ident as Protocol.PokemonIdent) ?? undefined;
  }

  private ref(ident: string | undefined): PokemonRef | undefined {
    const pokemon = this.find(ident);
    return pokemon && this.refOf(pokemon);
  }

  private refOf(pokemon: Pokemon): PokemonRef {
    return {
      id: this.idOf(pokemon),
      side: sideId(pokemon.side),
      species: pokemon.speciesForme,
    };
  }

  private idOf(pokemon: Pokemon): string {
    const known = this.ids.get(pokemon);
    if (known !== undefined) return known;
    const side = sideId(pokemon.side);
    const id = `${side}-${this.seen[side]++}`;
    this.ids.set(pokemon, id);
    return id;
  }

  private sideOf(name: string | undefined): SideId | undefined {
    const id = toId(name ?? '');
    for (const side of [this.side, otherSide(this.side)]) {
      if (this.battle[side].name === name || toId(this.battle[side].name) === id) return side;
    }
    return undefined;
  }
}

interface Before {
  readonly hp: number;
  readonly active: PokemonRef | undefined;
  readonly team: readonly Pokemon[] | undefined;
  readonly side: SideId | undefined;
}

/** Older logs say `Snow` for what is now Snowscape. */
const WEATHER_IDS = new Map([['snow', 'snowscape']]);

function isEntry(kind: string | undefined): boolean {
  return kind === 'switch' || kind === 'drag' || kind === 'replace';
}

function hpFraction(pokemon: Pokemon | undefined): number {
  return pokemon && pokemon.maxhp > 0 ? pokemon.hp / pokemon.maxhp : 0;
}

function sideOfIdent(ident: string | undefined): SideId | undefined {
  if (ident?.startsWith('p1')) return 'p1';
  return ident?.startsWith('p2') ? 'p2' : undefined;
}
