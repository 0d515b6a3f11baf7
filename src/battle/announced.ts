import { toId } from './generations.ts';
import type { ParsedLine } from './parse-event.ts';
import type { SideId } from './state.ts';

const GIMMICK_LINES = new Map([
  ['-mega', 'mega'],
  ['-burst', 'ultra'],
  ['-zpower', 'zmove'],
  ['-terastallize', 'terastallize'],
]);

/**
 * Facts that a line states once and the client does not keep: format, team sizes, weather, and which gimmicks are used
 * up.
 */
export class Announced {
  readonly teamSize: Partial<Record<SideId, number>> = {};
  private formatId: string;
  private now: string | undefined;
  private readonly used: Record<SideId, readonly string[]> = { p1: [], p2: [] };

  /** @param format id; `''` to take it from the log */
  constructor(format: string) {
    this.formatId = format;
  }

  get format(): string {
    return this.formatId;
  }

  /** Undefined when there is no weather. */
  get weather(): string | undefined {
    return this.now;
  }

  /** Gimmicks that each side has used. */
  get spent(): Readonly<Record<SideId, readonly string[]>> {
    return { ...this.used };
  }

  /** @param side of the Pokémon that the line is about */
  note(line: ParsedLine, side: SideId | undefined): void {
    const [kind = '', first = '', second] = line.args;
    if (kind === 'tier' && this.formatId === '') this.formatId = toId(first);
    if (kind === 'teamsize' && (first === 'p1' || first === 'p2')) this.noteSize(first, Number(second));
    if (kind === '-weather' && line.kwArgs.upkeep === undefined) {
      const weather = toId(first);
      this.now = weather === 'none' || weather === '' ? undefined : weather;
    }
    const gimmick = kind === '-start' && second === 'Dynamax' ? 'dynamax' : GIMMICK_LINES.get(kind);
    if (side && gimmick && !this.used[side].includes(gimmick))
      this.used[side] = [...this.used[side], gimmick];
  }

  private noteSize(side: SideId, size: number): void {
    if (size >= 1 && size <= 24) this.teamSize[side] = size;
  }
}
