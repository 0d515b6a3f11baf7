/**
 * What a pop-up means to a search for a battle:
 * - `final`: no waiting will change it;
 * - `blocked`: the other user takes no challenges;
 * - `absent`: the other user is not there;
 * - `withdrawn`: the challenge that we accepted was taken back before;
 * - `harmless`: it is none: two things crossed, and the state of the lobby tells what to do;
 * - `temporary`: anything else, such as a server that is busy, restarting, or has had too many battles from us.
 */
export type Refusal = 'final' | 'blocked' | 'absent' | 'withdrawn' | 'harmless' | 'temporary';

/** In this order. */
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

/** Names in a message, which may spell anything: `The user 'banned' was not found.` */
const NAMES = /(?<=\buser ').*(?=')|(?<=\buser ").*(?=")|(?<=between you and ).*/i;

/** Reads a pop-up that comes while a battle is looked for; no text is none. */
export function readRefusal(popup: string): Refusal {
  if (popup === '') return 'harmless';
  const text = popup.replace(NAMES, '');
  return PATTERNS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'temporary';
}
