/**
 * What a pop-up means for a search for a battle:
 * - `final`: waiting will not change it;
 * - `blocked`: the other user accepts no challenges;
 * - `absent`: the other user is not online;
 * - `withdrawn`: the challenge that we accepted had been taken back;
 * - `harmless`: no refusal: two messages crossed, and the state of the lobby shows what to do;
 * - `temporary`: anything else, such as a server that is busy, restarting, or has had too many battles from us.
 */
export type Refusal = 'final' | 'blocked' | 'absent' | 'withdrawn' | 'harmless' | 'temporary';

/** Tested in this order. */
const PATTERNS: readonly (readonly [Refusal, RegExp])[] = [
  ['withdrawn', /is not challenging you.*accepted/],
  ['harmless', /is not challenging you|You are not challenging|already searching|already challenging/i],
  ['harmless', /There('s| is) already a challenge/i],
  ['absent', /^The user '' was not found|^User "" not found|^Sorry, your opponent \S* ?went offline/],
  ['blocked', /not accepting challenges/i],
  [
    'final',
    /rejected for the following|is invalid|not ladderable|barred|banned|locked|battle yourself|must choose a username|requires you to be/i,
  ],
];

/** Names in a message, which may contain any words: `The user 'banned' was not found.` */
const NAMES = /(?<=\buser ').*(?=')|(?<=\buser ").*(?=")|(?<=between you and ).*/i;

/** Classifies a pop-up that comes during a search for a battle; an empty text means none. */
export function readRefusal(popup: string): Refusal {
  if (popup === '') return 'harmless';
  const text = popup.replace(NAMES, '');
  return PATTERNS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'temporary';
}
