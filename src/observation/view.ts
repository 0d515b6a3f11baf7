import type { TurnFeedback } from '../memory/turn-feedback.ts';
import type { PromptQuestion } from './prompt.ts';

/*
 * The variables of templates. Everything is text ready to be shown (names, never ids or nicknames) or null when there
 * is nothing to say; lists may be empty. prompts/README.md lists these variables for template writers.
 */

/** A move as the game describes it. */
export interface MoveView {
  readonly name: string;
  readonly type: string;
  readonly category: 'Physical' | 'Special' | 'Status';
  readonly power: number | null;
  /** `90%`; null for moves that always hit when they can. */
  readonly accuracy: string | null;
  /** `+1`; null for 0. */
  readonly priority: string | null;
  /** PP left. */
  readonly pp: number;
  /** One sentence on what it does besides damage, or null. */
  readonly effect: string | null;
}

/** A Pokémon of either side. */
export interface PokemonView {
  readonly species: string;
  readonly level: number;
  /** `Poison/Dragon` */
  readonly types: string;
  readonly hp: string;
  /** `badly poisoned`, or null. */
  readonly status: string | null;
  /** `Atk +2, Spe -1`, or null. */
  readonly boosts: string | null;
  /** `Substitute, Leech Seed`, or null. */
  readonly conditions: string | null;
  /** `none` when it is known to hold nothing, null while unknown. */
  readonly item: string | null;
  /** Null while unknown. */
  readonly ability: string | null;
  /** Tera type, or null while unknown. */
  readonly tera: string | null;
  /** Name of the last move it used since it came in, or null. */
  readonly lastMove: string | null;
  readonly terastallized: boolean;
  readonly fainted: boolean;
  readonly active: boolean;
  /** `HP 293, Atk 147, …` for our Pokémon, or null. */
  readonly stats: string | null;
  /** Ours: all; the opponent's: those seen. */
  readonly moves: readonly MoveView[];
  /**
   * What else it may be, and why: `may be a disguised Zoroark (used Nasty Plot, which Skarmory never has)`; or null.
   */
  readonly disguise: string | null;
  /** Types that do more, less and no damage to it, e.g. `Ice x4, Fairy x2`; null when there are none. */
  readonly weakTo: string | null;
  readonly resists: string | null;
  readonly immuneTo: string | null;
}

/** What an opposing active Pokémon may have, beyond what it has shown. Each is null when known or impossible. */
export interface GuessView {
  /** `Choice Specs 60%, Leftovers 40%` */
  readonly items: string | null;
  readonly abilities: string | null;
  /** Types it may terastallize to. */
  readonly tera: string | null;
  /** Where its likely sets come from: `by known sets of gen9ou`; null in random battles. */
  readonly source: string | null;
  /** There are no written or counted sets of it: they are made up from what it can learn. */
  readonly madeUp: boolean;
}

/** One player's side. */
export interface SideView {
  readonly teamSize: number;
  /** Pokémon that have not fainted, seen or not. */
  readonly left: number;
  /** Pokémon that have not fainted and are not on the field, seen or not. */
  readonly leftOnBench: number;
  /** Not seen yet (opponent's side only). */
  readonly unseen: number;
  /** Ours: in team order; the opponent's: in the order they were seen. */
  readonly team: readonly PokemonView[];
  readonly active: readonly PokemonView[];
  /** Those that could come in; more than {@link leftOnBench} when only some of those previewed came to battle. */
  readonly bench: readonly PokemonView[];
  /** Species, or null. */
  readonly fainted: string | null;
  /** Hazards, screens and similar conditions, e.g. `Spikes x2, Reflect (3 turns left)`; null for none. */
  readonly conditions: string | null;
}

/** Expected effect of one use of an attack, in numbers. */
export interface ImpactView {
  /** Expected damage in percent of the target's maximum HP, accuracy included: `45`. */
  readonly damage: string;
  /** Chance that one use makes the target faint, `34%`; when that is small, how many uses it takes: `3`. */
  readonly outcome: string;
}

/** A move that the opponent has or may have. */
export interface LikelyMoveView {
  readonly name: string;
  /** `80%`; `100%` when it is certain. */
  readonly chance: string;
}

/** An attack that the opponent has or may have. */
export interface ThreatView extends ImpactView, LikelyMoveView {
  readonly type: string;
  /** `+1`; null for 0. */
  readonly priority: string | null;
  /** `72-86%, KO in 2` */
  readonly result: string;
  /** `72-86%`, and the uses needed for a KO when they are few: `72-86%, KO in 2`. */
  readonly brief: string;
  /** `seen`, `sure`, or the chance that it has the move, e.g. `80% likely`. */
  readonly likely: string;
  /** Whether it is certain to have the move: it was seen, or nothing else is possible. */
  readonly certain: boolean;
}

/** Our active Pokémon against an opposing active one. */
export interface MatchupView {
  readonly own: string;
  readonly foe: string;
  /** Effective Speed now. */
  readonly ownSpeed: string;
  readonly foeSpeed: string;
  /** Whether ours acts first at equal priority: `first`, `second`, `first 88%`. */
  readonly acts: string;
  /** The same as a number: `88%`. */
  readonly first: string;
  readonly speedNote: string | null;
  /** The opponent's attacks on ours, the most dangerous first: damage times the chance that it has the move. */
  readonly threats: readonly ThreatView[];
  /** The same after ours terastallized; null when that is not possible. */
  readonly threatsIfTera: readonly ThreatView[] | null;
  /** The opponent's other moves, e.g. `Recover (seen), Toxic Spikes 60%`; null for none. */
  readonly statusMoves: string | null;
  /** The same as a list. */
  readonly likelyStatusMoves: readonly LikelyMoveView[];
  readonly guess: GuessView;
}

/** What coming in would mean against one opposing active Pokémon. */
export interface EntryView {
  readonly foe: string;
  /** The most damaging attacks the opponent is likely to have; at most two. */
  readonly threats: readonly ThreatView[];
  /** Its best attack on the opponent, e.g. `Ice Beam 60-71%, KO in 2`; null for none. */
  readonly best: string | null;
  /** Whether it would act first at equal priority: `first`, `second`, `first 88%`. */
  readonly acts: string;
  /** The same as a number: `88%`. */
  readonly first: string;
  /**
   * Expected damage of the attack that is most dangerous to the currently active Pokémon: `20`; null when there is
   * none.
   */
  readonly onEntry: string | null;
  /** The opponent's most dangerous attack once it is in, or null. */
  readonly taken: ImpactView | null;
  /** Its best attack on the opponent, or null. */
  readonly dealt: ImpactView | null;
}

/** One legal action, or in doubles one option of a slot. Fields that do not apply are null. */
export interface ActionView {
  readonly number: number;
  readonly type: 'move' | 'switch' | 'team' | 'pass';
  /** `Terastallize and use Surf` */
  readonly words: string;
  /** `Tera Surf`, `switch Milotic` */
  readonly label: string;
  /** What is used along with the move, e.g. `terastallize`. */
  readonly gimmick: string | null;
  readonly move: MoveView | null;
  /** The target of a move in doubles, e.g. `Garchomp`, `your Pelipper`; null when it is not chosen. */
  readonly aim: string | null;
  /** An earlier line of the same list has the same move, or one of the other slot's list the same switch. */
  readonly repeated: boolean;
  /** What the move does now, e.g. `x2, 41-49%, KO in 3`; null for most status moves. */
  readonly result: string | null;
  /** An attack that works, on each opponent it may hit. */
  readonly impacts: readonly (ImpactView & { readonly foe: string })[];
  /** The Pokémon that comes in, or at team preview leads. */
  readonly pokemon: PokemonView | null;
  /** What hazards do on entry, e.g. `-12%, poisoned`; null for nothing. */
  readonly hazards: string | null;
  readonly entries: readonly EntryView[];
  /**
   * At team preview, by types alone: opponents that its moves hit super effectively, and opponents whose own types do
   * that to it.
   */
  readonly strongAgainst: string | null;
  readonly weakAgainst: string | null;
  /** The key number in as few characters as possible, e.g. `41-49%`; null for none. */
  readonly brief: string | null;
  /** It uses a gimmick, and `brief` is the value without it. */
  readonly unchanged: boolean;
}

/** The list of options of one slot. */
export interface SlotView {
  /** Species of the acting Pokémon; at team preview `Leads` and `At the back`. Null when there is none. */
  readonly name: string | null;
  readonly actions: readonly ActionView[];
}

/** The question, with earlier proposals when they are to be compared. */
export interface QuestionView {
  readonly kind: PromptQuestion['kind'];
  /** How many actions may be named; null unless `kind` is `candidates`. */
  readonly count: number | null;
  readonly proposals: readonly {
    readonly number: number;
    readonly words: string;
    readonly reason: string | null;
  }[];
}

/** Everything a template can show. */
export interface PromptView {
  readonly gen: number;
  readonly format: string;
  readonly doubles: boolean;
  readonly turn: number;
  /** What the decision is about; `pivot`: a Pokémon left through a move or item; `revive`: Revival Blessing. */
  readonly occasion: 'preview' | 'turn' | 'fainted' | 'pivot' | 'revive';
  /** Whether the opponent may still act this turn, when a Pokémon comes in. */
  readonly foeStillActs: boolean;
  /** Whether a switch may be refused because of an ability not yet known. */
  readonly maybeTrapped: boolean;
  readonly you: SideView;
  readonly foe: SideView;
  /** Weather, terrain, rooms, e.g. `Rain (3 turns left)`; null for none. */
  readonly field: string | null;
  /** Effects of the abilities, items, statuses and conditions active now, one line each. */
  readonly effects: readonly string[];
  readonly matchups: readonly MatchupView[];
  /** The last turns, oldest first. */
  readonly history: readonly TurnFeedback[];
  /** What has been tried between the active Pokémon and the other side, one line each. */
  readonly notes: readonly string[];
  /** The recent cost of voluntary switches, or null. */
  readonly switches: string | null;
  /**
   * One list of actions, or two: in doubles when both slots have a choice, at team preview when only some Pokémon come
   * along.
   */
  readonly slots: readonly SlotView[];
  readonly question: QuestionView;
}
