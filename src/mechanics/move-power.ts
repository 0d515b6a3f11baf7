import { NO_CHOICE, SWITCH } from './choices.ts';
import { hpShare, isGrounded, isRainy, isSunny, stageFactor, weatherNow } from './condition.ts';
import type { ModelMove } from './move.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';

/** Base power of a move now, before items and abilities. */
export function powerOf(p: SearchState, user: Side, move: ModelMove): number {
  const { foe } = user;
  const { active, volatiles } = user;
  const power = move.power;
  switch (move.id) {
    case 'acrobatics':
      // A gem is used up before it strikes.
      return active.item === '' || active.item === 'flyinggem' ? 110 : power;
    case 'avalanche':
    case 'revenge':
      return volatiles.hurtPhysical + volatiles.hurtSpecial > 0 ? power * 2 : power;
    case 'pursuit':
      return isLeaving(foe) ? power * 2 : power;
    case 'payback':
      return foe.volatiles.moved ? power * 2 : power;
    case 'boltbeak':
    case 'fishiousrend':
      return foe.volatiles.moved ? power : power * 2;
    case 'brine':
      return foe.active.hp * 2 <= foe.active.maxHp ? power * 2 : power;
    case 'hex':
    case 'infernalparade':
      return foe.active.status !== '' ? power * 2 : power;
    case 'barbbarrage':
    case 'venoshock':
      return foe.active.status === 'psn' || foe.active.status === 'tox' ? power * 2 : power;
    case 'facade':
      return active.status !== '' && active.status !== 'slp' ? power * 2 : power;
    case 'smellingsalts':
      return foe.active.status === 'par' ? power * 2 : power;
    case 'wakeupslap':
      return foe.active.status === 'slp' ? power * 2 : power;
    case 'knockoff':
      return p.gen >= 6 && foe.active.item !== '' && foe.active.item !== foe.active.forme.boundItem
        ? power * 1.5
        : power;
    case 'eruption':
    case 'waterspout':
    case 'dragonenergy':
      return Math.max(1, Math.floor(power * hpShare(user)));
    case 'flail':
    case 'reversal':
      return flailPower(hpShare(user));
    case 'crushgrip':
    case 'wringout':
    case 'hardpress':
      return Math.max(1, Math.floor((move.id === 'hardpress' ? 100 : 120) * hpShare(foe)));
    case 'grassknot':
    case 'lowkick':
      return p.gen >= 3 ? weightPower(foe.forme.weight) : power;
    case 'heatcrash':
    case 'heavyslam':
      return weightRatioPower(user.forme.weight / Math.max(0.1, foe.forme.weight));
    case 'gyroball':
      return Math.max(
        1,
        Math.min(150, Math.floor((25 * speedGuess(foe)) / Math.max(1, speedGuess(user))) + 1),
      );
    case 'electroball':
      return electroPower(speedGuess(user) / Math.max(1, speedGuess(foe)));
    case 'storedpower':
    case 'powertrip':
      return power + 20 * raised(user);
    case 'punishment':
      return Math.min(200, 60 + 20 * raised(foe));
    case 'lastrespects':
      return 50 + 50 * user.everFainted;
    case 'ragefist':
      return Math.min(350, 50 + 50 * active.timesHit);
    case 'furycutter':
      return Math.min(160, power * 2 ** volatiles.streak);
    case 'rollout':
    case 'iceball':
      return power * 2 ** volatiles.rolling * (volatiles.curled ? 2 : 1);
    case 'echoedvoice':
      return power * Math.max(1, p.echo);
    case 'stompingtantrum':
    case 'temperflare':
      return volatiles.failed === 2 ? power * 2 : power;
    case 'retaliate':
      return user.faintedIn >= 0 && user.faintedIn === p.turn - 1 ? power * 2 : power;
    case 'assurance':
      return foe.volatiles.hurtNow ? power * 2 : power;
    case 'lashout':
      return volatiles.lowered ? power * 2 : power;
    case 'spitup':
      return 100 * volatiles.stockpile;
    case 'weatherball':
      return weatherNow(p) === '' ? power : power * 2;
    case 'terrainpulse':
      return p.terrain !== '' && isGrounded(p, user) ? power * 2 : power;
    case 'risingvoltage':
      return p.terrain === 'electricterrain' && isGrounded(p, foe) ? power * 2 : power;
    case 'expandingforce':
      return p.terrain === 'psychicterrain' && isGrounded(p, user) ? power * 1.5 : power;
    case 'psyblade':
      return p.terrain === 'electricterrain' ? power * 1.5 : power;
    case 'mistyexplosion':
      return p.terrain === 'mistyterrain' && isGrounded(p, user) ? power * 1.5 : power;
    case 'hydrosteam':
      // The sun strengthens it by as much as it weakens other Water moves.
      return isSunny(p) ? power * 3 : power;
    case 'solarbeam':
    case 'solarblade':
      return isRainy(p) || weatherNow(p) === 'sand' || weatherNow(p) === 'snow' ? power / 2 : power;
    case 'magnitude':
      return 71;
    case 'present':
      return 52;
    case 'trumpcard':
      return trumpPower(user);
    case 'ficklebeam':
      // Twice as hard three times in ten.
      return power * 1.3;
    case 'beatup':
      return 10;
    case 'return':
    case 'frustration':
      return 102;
    case 'naturalgift':
      return active.item === '' ? 0 : 80;
    case 'fling':
      return active.item === '' ? 0 : 30;
    default:
      return power;
  }
}

/** Trump Card goes by the PP left once it is used. */
function trumpPower({ active, forme }: Side): number {
  const left = active.pp(forme.moves.findIndex(({ id }) => id === 'trumpcard'));
  if (left <= 0) return 200;
  return left === 1 ? 80 : left === 2 ? 60 : left === 3 ? 50 : 40;
}

function flailPower(share: number): number {
  const pixels = Math.floor(48 * share);
  if (pixels <= 1) return 200;
  if (pixels <= 4) return 150;
  if (pixels <= 9) return 100;
  if (pixels <= 16) return 80;
  return pixels <= 32 ? 40 : 20;
}

function weightPower(kg: number): number {
  if (kg >= 200) return 120;
  if (kg >= 100) return 100;
  if (kg >= 50) return 80;
  if (kg >= 25) return 60;
  return kg >= 10 ? 40 : 20;
}

function weightRatioPower(ratio: number): number {
  if (ratio >= 5) return 120;
  if (ratio >= 4) return 100;
  if (ratio >= 3) return 80;
  return ratio >= 2 ? 60 : 40;
}

function electroPower(ratio: number): number {
  if (ratio >= 4) return 150;
  if (ratio >= 3) return 120;
  if (ratio >= 2) return 80;
  return ratio >= 1 ? 60 : 40;
}

/** Speed with stages and paralysis, which is what Gyro Ball and Electro Ball compare. */
function speedGuess({ forme, volatiles, active }: Side): number {
  const stage = volatiles.spe;
  const factor = stageFactor(stage);
  return forme.spe * factor * (active.status === 'par' ? 0.5 : 1) * (active.item === 'ironball' ? 0.5 : 1);
}

/** Stages above zero, summed. */
function raised({ volatiles: v }: Side): number {
  const up = (stage: number): number => (stage > 0 ? stage : 0);
  return up(v.atk) + up(v.def) + up(v.spa) + up(v.spd) + up(v.spe) + up(v.accuracy) + up(v.evasion);
}

/** Whether the active Pokémon is on its way out by its side's choice. */
function isLeaving({ choice, pokemon: team, active }: Side): boolean {
  return choice >= SWITCH && choice !== NO_CHOICE && team[choice - SWITCH] !== active;
}
