import type { BattleResult } from './record.ts';

/** How a battle came to its end. */
export type Ended = NonNullable<BattleResult['ended']>;

/** What is announced before a battle is over, where it is not played out. Texts as Showdown's server and simulator write them. */
const ANNOUNCED: readonly (readonly [line: RegExp, ended: Ended])[] = [
  [/^\|-message\|.+ (?:forfeited|forfeited by changing their name|lost by having an .+ name)\.$/, 'forfeit'],
  [/^\|-message\|(?:.+ lost due to inactivity|All players are inactive)\.$/, 'inactivity'],
  [/^\|message\|It is turn \d+\. You have hit the turn limit!$/, 'turn-limit'],
];

/** What a line of a battle's log announces of its end; undefined for every other line. */
export function announcedEnd(line: string): Ended | undefined {
  if (!line.startsWith('|-message|') && !line.startsWith('|message|')) return undefined;
  return ANNOUNCED.find(([pattern]) => pattern.test(line))?.[1];
}
