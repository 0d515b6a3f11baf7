import type { Fighter, Half, Position } from './search-state.ts';

/** Whether somebody on the bench can come in. */
export function hasBench(half: Half): boolean {
  for (const fighter of half.fighters) {
    if (fighter.hp > 0 && fighter !== half.active) return true;
  }
  return false;
}

/** Somebody on the bench who can come in, at random; undefined when there is nobody. */
export function randomFromBench(p: Position, half: Half): Fighter | undefined {
  let found: Fighter | undefined;
  let seen = 0;
  for (const fighter of half.fighters) {
    if (fighter.hp <= 0 || fighter === half.active) continue;
    seen++;
    if (p.random() * seen < 1) found = fighter;
  }
  return found;
}
