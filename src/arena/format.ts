import { plainFormat } from '../knowledge/plain-format.ts';
import { isRandomFormat } from '../knowledge/random-sets.ts';
import { simulator } from '../knowledge/simulator.ts';
import { UserError } from '../util/errors.ts';

const { Dex } = simulator;

/** Separates a format from its custom rules: `gen9ou@@@-Kingambit,!Sleep Moves Clause`. */
const RULES = '@@@';

/** A format that can be played. */
export interface PlayableFormat {
  /** Its id, with its custom rules if any, as the simulator and servers read it. */
  readonly id: string;
  /** Whether each player has to bring a team. */
  readonly needsTeam: boolean;
}

/**
 * Checks that a format exists and can be played, here or on a server.
 *
 * @param format its id, or any name or spelling known to the simulator; custom rules after `@@@`
 * @throws {UserError} when it does not exist or cannot be played
 */
export function checkFormat(format: string): PlayableFormat {
  const [name = ''] = format.split(RULES);
  const known = Dex.formats.get(name.trim());
  if (!known.exists) {
    throw new UserError(
      `The format "${name}" is unknown to this version's simulator; for example use gen9randombattle or gen9ou`,
    );
  }
  if (known.gameType !== 'singles' && known.gameType !== 'doubles') {
    throw new UserError(
      `The format "${known.id}" is ${known.gameType}; only singles and doubles can be played`,
    );
  }
  return { id: known.id + customRules(known.id, format.slice(name.length)), needsTeam: !known.team };
}

/**
 * Checks that a format can be played in this process, where teams that players do not bring must be generated.
 *
 * @throws {UserError} when it cannot be played here
 */
export function checkFormatHere(format: string): PlayableFormat {
  const checked = checkFormat(format);
  if (!checked.needsTeam && !canMakeTeams(checked.id)) {
    throw new UserError(
      `The format "${format}" makes its players' teams, and this version cannot make them; a server can: play it there with ladder, challenge or accept, or use gen9randombattle here`,
    );
  }
  return checked;
}

/** Whether this version can generate teams for a format. */
export function canMakeTeams(format: string): boolean {
  return isRandomFormat(plainFormat(format));
}

/** Whether a format has custom rules. */
export function hasCustomRules(format: string): boolean {
  return format.includes(RULES);
}

/** The custom rules of a format, in the simulator's own spelling; empty when there are none. */
function customRules(id: string, rules: string): string {
  if (rules === '') return '';
  try {
    return Dex.formats.validate(id + rules).slice(id.length);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(
      `The rules "${rules.slice(RULES.length)}" cannot be used with ${id}: ${why}; separate rules with commas, for example gen9ou@@@-Kingambit, !Sleep Moves Clause`,
      { cause },
    );
  }
}
