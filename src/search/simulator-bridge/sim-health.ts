import type { Pokemon } from '@pkmn/sim';

/** The two versions of a line's field, for its owner and for everybody else. */
interface SplitText {
  readonly side: Pokemon['side']['id'];
  readonly secret: string;
  readonly shared: string;
}

/**
 * HP and status as in log lines. The simulator binds its own version of this to the Pokémon it constructs, so a copy,
 * which is not constructed, would report the HP of the original.
 */
export function healthOf(pokemon: Pokemon): SplitText {
  const { hp, maxhp, side, status } = pokemon;
  if (!hp) return { side: side.id, secret: '0 fnt', shared: '0 fnt' };
  const secret = `${hp}/${maxhp}`;
  const condition = status ? ` ${status}` : '';
  return { side: side.id, secret: secret + condition, shared: sharedHealth(pokemon, secret) + condition };
}

/**
 * HP as the other side sees it: in percent or, before generation 7 and without a rule that says otherwise, in 48ths.
 */
function sharedHealth({ battle, hp, maxhp }: Pokemon, secret: string): string {
  if (battle.reportExactHP) return secret;
  if (battle.reportPercentages || battle.gen >= 7) {
    const percentage = Math.ceil((100 * hp) / maxhp);
    return `${percentage === 100 && hp < maxhp ? 99 : percentage}/100`;
  }
  const pixels = Math.floor((48 * hp) / maxhp) || 1;
  return `${pixels}/48${battle.gen >= 5 ? colour(pixels, hp, maxhp) : ''}`;
}

/** The letter of the HP bar's colour at the two numbers of pixels where it is ambiguous. */
function colour(pixels: number, hp: number, maxhp: number): string {
  if (pixels === 9) return hp * 5 > maxhp ? 'y' : 'r';
  if (pixels === 24) return hp * 2 > maxhp ? 'g' : 'y';
  return '';
}

/** Species, level, gender and health as in the line of a switch. */
export function fullDetailsOf(pokemon: Pokemon): SplitText {
  const { battle, illusion, level, terastallized } = pokemon;
  const { side, secret, shared } = healthOf(pokemon);
  const shown = illusion
    ? illusion.getUpdatedDetails(battle.ruleTable.has('illusionlevelmod') ? illusion.level : level)
    : pokemon.details;
  const details = terastallized ? `${shown}, tera:${terastallized}` : shown;
  return { side, secret: `${details}|${secret}`, shared: `${details}|${shared}` };
}
