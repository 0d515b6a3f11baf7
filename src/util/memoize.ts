/** Beyond this many, names are computed each time: they are not the game's. */
const MOST_NAMES = 20_000;

/** A pure function of a name that caches its results. */
export function memoize<T>(look: (name: string) => T): (name: string) => T {
  const answers = new Map<string, T>();
  return (name) => {
    const known = answers.get(name);
    if (known !== undefined || answers.has(name)) return known as T;
    const answer = look(name);
    if (answers.size < MOST_NAMES) answers.set(name, answer);
    return answer;
  };
}
