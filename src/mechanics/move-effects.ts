import { UNSUPPRESSABLE } from './ability-flags.ts';
import { boostStat, clearStages } from './boosts.ts';
import { takeFormeForNow } from './change-forme.ts';
import { faint } from './hp.ts';
import { keepsItem, loseItem } from './item.ts';
import type { ModelMove } from './move.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import { clearHazards, layHazard } from './side-conditions.ts';
import { setTerrain, setWeather } from './switch-in.ts';
import { ELECTRIC, FIRE, NO_TYPE, STELLAR } from './types.ts';

/** What particular moves do besides, once they have hit. */
export function afterHitEffects(p: SearchState, user: Side, move: ModelMove, hadSubstitute: boolean): void {
  const target = user.foe;
  const alive = target.active.hp > 0;
  switch (move.id) {
    case 'thief':
    case 'covet':
      if (
        alive &&
        !hadSubstitute &&
        user.active.item === '' &&
        target.active.item !== '' &&
        !keepsItem(target)
      ) {
        user.active.item = target.active.item;
        loseItem(target);
      }
      break;
    case 'bugbite':
    case 'pluck':
    case 'incinerate':
      if (alive && target.active.item.endsWith('berry')) loseItem(target);
      break;
    case 'rapidspin':
    case 'mortalspin':
      if (user.active.hp > 0) {
        clearHazards(user);
        user.volatiles.leechSeed = 0;
        user.volatiles.bound = 0;
      }
      break;
    case 'icespinner':
    case 'steelroller':
      p.terrain = '';
      break;
    case 'clearsmog':
      if (alive && !hadSubstitute) clearStages(target);
      break;
    case 'stoneaxe':
      layHazard(target, 'stealthrock');
      break;
    case 'ceaselessedge':
      layHazard(target, 'spikes');
      break;
    case 'spiritshackle':
    case 'thousandwaves':
    case 'anchorshot':
      if (alive) target.volatiles.held = 1;
      break;
    case 'jawlock':
      if (!alive || hadSubstitute) break;
      target.volatiles.held = 1;
      user.volatiles.held = 1;
      break;
    case 'terablast':
      if (user.active.terastallized && user.active.forme.teraType === STELLAR) {
        boostStat(p, user, 'atk', -1);
        boostStat(p, user, 'spa', -1);
      }
      break;
    case 'relicsong':
      if (user.forme.species.startsWith('meloetta') && user.forme.otherForme && user.active.hp > 0)
        takeFormeForNow(user, user.forme.otherForme);
      break;
    case 'coreenforcer':
      if (alive && !hadSubstitute && target.volatiles.moved && !UNSUPPRESSABLE.has(target.ability))
        target.ability = '';
      break;
    case 'spitup':
      useStockpile(p, user);
      break;
    case 'burnup':
      loseType(user, FIRE);
      break;
    case 'doubleshock':
      loseType(user, ELECTRIC);
      break;
    case 'smackdown':
    case 'thousandarrows':
      if (alive) target.volatiles.smackedDown = 1;
      break;
    case 'glaiverush':
      user.volatiles.exposed = 1;
      break;
    case 'finalgambit':
      if (user.active.hp > 0) faint(p, user);
      break;
    case 'wakeupslap':
      if (alive && target.active.status === 'slp') target.active.status = '';
      break;
    case 'smellingsalts':
      if (alive && target.active.status === 'par') target.active.status = '';
      break;
    case 'fellstinger':
      if (!alive) boostStat(p, user, 'atk', 3);
      break;
    case 'maxflare':
      setWeather(p, user, 'sun');
      break;
    case 'maxgeyser':
      setWeather(p, user, 'rain');
      break;
    case 'maxrockfall':
      setWeather(p, user, 'sand');
      break;
    case 'maxhailstorm':
      setWeather(p, user, 'snow');
      break;
    case 'maxlightning':
      setTerrain(p, user, 'electricterrain');
      break;
    case 'maxovergrowth':
      setTerrain(p, user, 'grassyterrain');
      break;
    case 'maxstarfall':
      setTerrain(p, user, 'mistyterrain');
      break;
    case 'maxmindstorm':
      setTerrain(p, user, 'psychicterrain');
      break;
    case 'maxknuckle':
      boostStat(p, user, 'atk', 1);
      break;
    case 'maxsteelspike':
      boostStat(p, user, 'def', 1);
      break;
    case 'maxooze':
      boostStat(p, user, 'spa', 1);
      break;
    case 'maxquake':
      boostStat(p, user, 'spd', 1);
      break;
    case 'maxairstream':
      boostStat(p, user, 'spe', 1);
      break;
    case 'maxwyrmwind':
      boostStat(p, target, 'atk', -1, true);
      break;
    case 'maxphantasm':
      boostStat(p, target, 'def', -1, true);
      break;
    case 'maxflutterby':
      boostStat(p, target, 'spa', -1, true);
      break;
    case 'maxdarkness':
      boostStat(p, target, 'spd', -1, true);
      break;
    case 'maxstrike':
      boostStat(p, target, 'spe', -1, true);
      break;
  }
}

/** The layers of Stockpile go, and with them the stages they gave. */
export function useStockpile(p: SearchState, user: Side): void {
  const { volatiles } = user;
  boostStat(p, user, 'def', -volatiles.stockpile);
  boostStat(p, user, 'spd', -volatiles.stockpile);
  volatiles.stockpile = 0;
}

function loseType(side: Side, type: number): void {
  if (side.type1 === type) side.type1 = NO_TYPE;
  if (side.type2 === type) side.type2 = NO_TYPE;
}
