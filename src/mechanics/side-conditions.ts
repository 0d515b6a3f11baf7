import type { Rules } from './rules.ts';
import { ENDLESS, type Side } from './side.ts';

/** Lays an entry hazard on a side. Returns whether there was room for it. */
export function layHazard(side: Side, id: string): boolean {
  switch (id) {
    case 'stealthrock':
      if (side.stealthRock) return false;
      side.stealthRock = 1;
      return true;
    case 'spikes':
      if (side.spikes >= 3) return false;
      side.spikes += 1;
      return true;
    case 'toxicspikes':
      if (side.toxicSpikes >= 2) return false;
      side.toxicSpikes += 1;
      return true;
    case 'stickyweb':
      if (side.stickyWeb) return false;
      side.stickyWeb = 1;
      return true;
    default:
      return false;
  }
}

/** Removes all entry hazards from a side. */
export function clearHazards(side: Side): void {
  side.stealthRock = 0;
  side.spikes = 0;
  side.toxicSpikes = 0;
  side.stickyWeb = 0;
}

/** Removes all protection of a side. */
export function clearScreens(side: Side): void {
  breakScreens(side);
  side.safeguard = 0;
}

/** Removes the screens of a side. */
export function breakScreens(side: Side): void {
  side.reflect = 0;
  side.lightScreen = 0;
  side.auroraVeil = 0;
}

/** Sets a screen or another condition on the user's own side. Returns whether it was not there yet. */
export function raiseCondition(side: Side, id: string, item: string, rules: Rules): boolean {
  const screen = item === 'lightclay' ? 8 : 5;
  switch (id) {
    case 'reflect':
      if (side.reflect > 0) return false;
      side.reflect = rules.gen === 1 ? ENDLESS : screen;
      return true;
    case 'lightscreen':
      if (side.lightScreen > 0) return false;
      side.lightScreen = rules.gen === 1 ? ENDLESS : screen;
      return true;
    case 'auroraveil':
      if (side.auroraVeil > 0) return false;
      side.auroraVeil = screen;
      return true;
    case 'tailwind':
      if (side.tailwind > 0) return false;
      side.tailwind = rules.tailwindTurns;
      return true;
    case 'safeguard':
      if (side.safeguard > 0) return false;
      side.safeguard = 5;
      return true;
    default:
      return false;
  }
}
