import { table } from '../util/table.ts';
import { type Combatant, itemInEffect, maxHpOf } from './combatant.ts';
import { generation, type Move } from './dex.ts';
import { hpPoints } from './fixed-damage.ts';
import type { Setting } from './setting.ts';
import { speedNow } from './speed.ts';
import { actsBefore } from './turn-order.ts';

/** Base powers that one use may have, with their chances. */
export type PowerChances = readonly (readonly [power: number, probability: number])[];

/**
 * Base power when it depends on something the damage calculator does not know: what has happened so far, who acts
 * first, or chance. Undefined when the calculator knows it.
 */
export function powerChances(
  setting: Setting,
  user: Combatant,
  target: Combatant,
  move: Move,
): PowerChances | undefined {
  const random = RANDOM_POWERS[move.id];
  if (random) return random;
  const doubled = doubledChance(setting, user, target, move);
  if (doubled !== undefined) {
    const { basePower } = move;
    if (doubled <= 0 || doubled >= 1) return [[doubled > 0 ? basePower * 2 : basePower, 1]];
    return [
      [basePower, 1 - doubled],
      [basePower * 2, doubled],
    ];
  }
  const power = knownPower(setting, user, target, move);
  return power === undefined ? undefined : [[power, 1]];
}

/** Present may also heal, which counts as its weakest hit. */
const RANDOM_POWERS: Readonly<Record<string, PowerChances>> = table({
  ficklebeam: [
    [80, 0.7],
    [160, 0.3],
  ],
  magnitude: [
    [10, 0.05],
    [30, 0.1],
    [50, 0.2],
    [70, 0.3],
    [90, 0.2],
    [110, 0.1],
    [150, 0.05],
  ],
  present: [
    [40, 0.6],
    [80, 0.3],
    [120, 0.1],
  ],
});

/** How often a Pokémon that acts first uses a move that does damage. */
const ATTACKS_FIRST = 0.7;

/**
 * Chance that a move's power is doubled now; undefined for moves whose power never is, or that the calculator handles.
 */
function doubledChance(setting: Setting, user: Combatant, target: Combatant, move: Move): number | undefined {
  switch (move.id) {
    case 'boltbeak':
    case 'fishiousrend':
      return actsBefore(setting, user, target, move);
    case 'avalanche':
    case 'revenge':
      // Doubled once the other side has attacked, which it mostly does.
      return ATTACKS_FIRST * (1 - actsBefore(setting, user, target, move));
    case 'payback':
      return 1 - actsBefore(setting, user, target, move);
    case 'smellingsalts':
      // The calculator handles it from generation 5 on.
      if (setting.gen > 4) return undefined;
      return target.pokemon.status === 'par' ? 1 : 0;
    case 'acrobatics':
      // An item without effect still counts as held.
      return user.item === '' || itemInEffect(setting, user) === 'flyinggem' ? 1 : 0;
    case 'retaliate':
      return user.side.justLost ? 1 : 0;
    case 'stompingtantrum':
    case 'temperflare':
      return user.pokemon.lastMoveFailed ? 1 : 0;
    default:
      return undefined;
  }
}

/** Power of moves that grow with friendship, which is assumed to be full. */
const MOST_FRIENDLY = 102;

/** Sum of stages above zero, including those of accuracy and evasion, which the calculator leaves out. */
function raisedStages({ pokemon }: Combatant): number {
  return Object.values(pokemon.boosts).reduce((sum, stage) => sum + Math.max(0, stage), 0);
}

function knownPower(setting: Setting, user: Combatant, target: Combatant, move: Move): number | undefined {
  const { volatiles, timesHit = 0, moves } = user.pokemon;
  const uses = user.pokemon.streak?.move === move.id ? user.pokemon.streak.uses : 0;
  switch (move.id) {
    case 'echoedvoice':
      return move.basePower * Math.min(5, 1 + (setting.conditions.echoedvoice?.layers ?? 0));
    case 'furycutter':
      return Math.min(160, move.basePower * 2 ** uses);
    case 'gyroball':
      // The calculator's result is one too low in generation 4.
      return setting.gen === 4 ? gyroBallPower(setting, user, target) : undefined;
    case 'iceball':
    case 'rollout':
      // It starts over after the fifth hit.
      return move.basePower * 2 ** (uses % 5) * (volatiles.defensecurl ? 2 : 1);
    case 'dragonenergy':
    case 'eruption':
    case 'waterspout':
      return Math.max(1, Math.floor((move.basePower * hpPoints(user)) / maxHpOf(user)));
    case 'fling':
      return itemData(setting, user).fling?.basePower ?? 0;
    case 'naturalgift':
      // The calculator lacks the berries of generation 2.
      return itemData(setting, user).naturalGift?.basePower;
    case 'lastrespects':
      return Math.min(5050, 50 + 50 * user.side.fainted);
    case 'ragefist':
      return Math.min(350, 50 + 50 * timesHit);
    case 'punishment':
      return Math.min(200, 60 + 20 * raisedStages(target));
    case 'powertrip':
    case 'storedpower':
      return move.basePower + 20 * raisedStages(user);
    case 'pikapapow':
    case 'veeveevolley':
      return MOST_FRIENDLY;
    case 'frustration':
    case 'return':
      return move.basePower > 0 ? move.basePower : undefined;
    case 'spitup':
      return 100 * stockpiled(volatiles);
    case 'trumpcard':
      return trumpCardPower(
        (moves.find(({ id }) => id === move.id)?.pp ?? 5) - (target.ability === 'pressure' ? 2 : 1),
      );
    default:
      return move.id.startsWith('hiddenpower') ? move.basePower : undefined;
  }
}

function gyroBallPower(setting: Setting, user: Combatant, target: Combatant): number {
  return Math.min(
    150,
    Math.floor((25 * speedNow(setting, target)) / Math.max(1, speedNow(setting, user))) + 1,
  );
}

function itemData(setting: Setting, user: Combatant) {
  return generation(setting.gen).dex.items.get(itemInEffect(setting, user));
}

/** @param left PP left after this use */
function trumpCardPower(left: number): number {
  return [200, 80, 60, 50][Math.max(0, left)] ?? 40;
}

function stockpiled(volatiles: Readonly<Record<string, number>>): number {
  const level = Object.keys(volatiles).find((id) => /^stockpile[123]$/.test(id));
  return level ? Number(level.at(-1)) : (volatiles.stockpile ?? 1);
}
