import type { BattleResult } from './record.ts';

/** How a battle ended. */
export type Ended = NonNullable<BattleResult['ended']>;

/** Announcements before the end of a battle that is not played out, as Showdown's server and simulator write them. */
const ANNOUNCED: readonly (readonly [line: RegExp, ended: Ended])[] = [
  [/^\|-message\|.+ (?:forfeited|forfeited by changing their name|lost by having an .+ name)\.$/, 'forfeit'],
  [/^\|-message\|(?:.+ lost due to inactivity|All players are inactive)\.$/, 'inactivity'],
  [/^\|message\|It is turn \d+\. You have hit the turn limit!$/, 'turn-limit'],
];

/** The kind of end that a line of a battle's log announces; undefined for every other line. */
export function announcedEnd(line: string): Ended | undefined {
  if (!line.startsWith('|-message|') && !line.startsWith('|message|')) return undefined;
  return ANNOUNCED.find(([pattern]) => pattern.test(line))?.[1];
}
