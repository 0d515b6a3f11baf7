import type { PokemonState, SideId, SideState } from '../battle/state.ts';
import { BattleTracker } from '../battle/tracker.ts';
import { causeWords } from '../ledger/decided.ts';
import { describeEvent, type PlayerNames, percent, type Tone } from '../ledger/format-event.ts';
import { ownedName, sharedSpecies, withOwners } from '../ledger/name-owners.ts';
import type { DecisionRecord } from '../ledger/record.ts';
import { safeLine } from '../util/safe-text.ts';
import { bar, type Style, type Terminal } from './terminal.ts';

const BAR_WIDTH = 16;

const TONE_STYLES: Partial<Record<Tone, Style>> = {
  faint: 'red',
  heal: 'green',
  note: 'gray',
  field: 'blue',
  forme: 'magenta',
  result: 'bold',
};

const NONE: ReadonlySet<string> = new Set();

/** Reports one battle as it happens: the board at the start of each turn, what each side chose, and what came of it. */
export class Narrator {
  private readonly tracker = new BattleTracker({ side: 'p1' });
  private printed = { turn: 0, events: 0 };

  constructor(
    private readonly terminal: Terminal,
    private readonly players: PlayerNames,
  ) {}

  /** Takes a line of the spectator's log. */
  line(line: string): void {
    this.tracker.add(line);
    this.tellEvents();
    if (line.startsWith('|turn|')) this.tellBoard();
  }

  /** Takes a decision. */
  decision(record: DecisionRecord): void {
    const { terminal } = this;
    const votes = tally(record);
    const why = record.reasoning ? terminal.style('gray', ` — ${safeLine(record.reasoning, 160)}`) : '';
    terminal.line(`  ${this.name(record.side)}: ${record.words}${votes}${why}`);
    if (record.fallback) {
      const { reason, detail, agent } = record.fallback;
      const text = `    ${agent} decided instead: ${causeWords(reason)} (${safeLine(detail, 120)})`;
      terminal.line(terminal.style('yellow', text));
    }
  }

  private tellEvents(): void {
    for (;;) {
      const index = this.tracker.turns.findIndex(({ turn }) => turn === this.printed.turn);
      const events = this.tracker.turns[index]?.events ?? [];
      const news = events.slice(this.printed.events);
      const shared = news.length > 0 ? sharedSpecies(this.tracker.state) : NONE;
      for (const event of news) {
        const words = describeEvent(withOwners(event, this.players, shared), this.players);
        if (words) this.tell(words.text, words.tone);
      }
      this.printed.events = events.length;
      const next = this.tracker.turns[index + 1];
      if (!next) return;
      this.printed = { turn: next.turn, events: 0 };
    }
  }

  private tell(text: string, tone: Tone): void {
    const style = TONE_STYLES[tone];
    const line = `    ${safeLine(text, 300)}`;
    this.terminal.line(style ? this.terminal.style(style, line) : line);
  }

  private tellBoard(): void {
    const { state } = this.tracker;
    const { terminal } = this;
    const shared = sharedSpecies(state);
    terminal.line();
    terminal.line(terminal.style('bold', `Turn ${state.turn}`));
    for (const side of [state.own, state.foe]) {
      for (const active of side.active) {
        if (active) terminal.line(`  ${this.board(active, side, shared)}`);
      }
    }
  }

  private board(pokemon: PokemonState, side: SideState, shared: ReadonlySet<string>): string {
    const { terminal } = this;
    const style = pokemon.hp > 0.5 ? 'green' : pokemon.hp > 0.2 ? 'yellow' : 'red';
    const hp = `${percent(pokemon.hp)}%`.padStart(5);
    const status = pokemon.status ? ` ${pokemon.status}` : '';
    const boosts = Object.entries(pokemon.boosts)
      .filter(([, stage]) => stage !== 0)
      .map(([stat, stage]) => ` ${stage > 0 ? '+' : ''}${stage} ${stat}`)
      .join('');
    const left = terminal.style('gray', `  ${side.teamSize - side.fainted} left`);
    const { species } = pokemon;
    const name = safeLine(ownedName({ side: side.id, species }, this.players, shared), 48).padEnd(18);
    return `${name} ${terminal.style(style, bar(pokemon.hp, BAR_WIDTH))}${hp}${status}${boosts}${left}`;
  }

  private name(side: SideId): string {
    return this.terminal.style(side === 'p1' ? 'cyan' : 'magenta', this.players[side]);
  }
}

/** `(2 of 3 votes)` for a vote of more than one. */
function tally(record: DecisionRecord): string {
  if (!record.votes || record.votes.length < 2) return '';
  const agreeing = record.votes.filter((vote) => vote.choice === record.choice).length;
  return ` (${agreeing} of ${record.votes.length} votes)`;
}
