import { Battle, type Side } from '@pkmn/sim';
import type { BattleState } from '../../src/battle/state.ts';
import { assessFoeMoves, assessOwnMoves, hypothesesOf } from '../../src/knowledge/assess-moves.ts';
import type { MoveAssessment } from '../../src/knowledge/assessment.ts';
import { ownCombatant } from '../../src/knowledge/combatant.ts';
import { settingOf } from '../../src/knowledge/setting.ts';
import { type SimTurn, simTurn } from '../support/sim-turn.ts';
import { certain, trueSet } from './sim.ts';

/** A position that choices lead to, and the move that p1's first Pokémon uses then. */
export interface Situation {
  readonly gen: number;
  /**
   * `Species @ Item / Ability / Move, Move`, several with `;`; `Mew*50` for another level than 100, `Mew^Stellar` for a
   * Tera type.
   */
  readonly own: string;
  readonly foe: string;
  /** Choices of both sides before, `p1 > p2`, several with `;`. */
  readonly before: string;
  readonly move: string;
  /** What p2 chooses meanwhile; default its first move. */
  readonly answer?: string;
  readonly doubles?: boolean;
}

/** The simulator's result of the move. */
export interface Observed {
  /** Damage of all hits together with the lowest and the highest rolls, as fractions of the target's HP. */
  readonly least: number;
  readonly most: number;
  /** Undefined before generation 3, where accuracy cannot be observed. */
  readonly accuracy: number | undefined;
}

/** The package's prediction: for the user's side, and for the other side. */
export interface Predicted {
  readonly user: MoveAssessment;
  readonly target: MoveAssessment;
}

function exported(team: string): string {
  return team
    .split(';')
    .map((text) => {
      const [name = '', ability = '', moves = ''] = text.split(' / ').map((part) => part.trim());
      const [species = '', item] = name.split(' @ ');
      const [body = '', teraType] = species.split('^');
      const [plain, level] = body.split('*');
      const lines = [item ? `${plain} @ ${item}` : plain, `Ability: ${ability}`];
      if (teraType) lines.push(`Tera Type: ${teraType}`);
      if (level) lines.push(`Level: ${level}`);
      return [...lines, ...moves.split(',').map((move) => `- ${move.trim()}`)].join('\n');
    })
    .join('\n\n');
}

/** Everything hits, nothing is a critical hit, no secondary effect happens by chance: only damage rolls are left. */
function withoutLuck(battle: Battle): void {
  battle.randomChance = unlikelyNever;
  const { actions } = battle;
  actions.hitStepAccuracy = (targets) => targets.map(() => true);
}

/** Both views of a situation's last turn, the simulator's and the package's. */
export function play(situation: Situation): { observed: Observed; predicted: Predicted; turn: SimTurn } {
  const base = `gen${situation.gen}${situation.doubles ? 'doubles' : ''}customgame`;
  const options = {
    format: situation.gen >= 5 ? `${base}@@@!teampreview` : base,
    p1: exported(situation.own),
    p2: exported(situation.foe),
    choices: situation.before
      .split(';')
      .filter((text) => text.trim() !== '')
      .map((text) => text.split('>').map(choice) as [string, string]),
    prepare: withoutLuck,
  };
  const turn = simTurn(options);
  return {
    turn,
    predicted: {
      user: ofUser(turn, situation.move),
      target: ofTarget(simTurn({ ...options, side: 'p2' }), turn.battle, situation.move),
    },
    observed: observe(turn.battle, situation),
  };
}

function choice(text: string): string {
  const plain = text.trim();
  if (plain.includes(',')) return plain.split(',').map(choice).join(', ');
  return plain === '' || /^(switch|move|default|pass)/.test(plain) ? plain : `move ${plain}`;
}

/** The state with the abilities of the Pokémon beside the opponent's first one: any may have shown itself earlier. */
function withAbilities(state: BattleState, truth: Side): BattleState {
  const { foe } = state;
  const active = foe.active.map(
    (pokemon, index) =>
      pokemon && { ...pokemon, ...(index > 0 && { ability: truth.active[index]?.ability }) },
  );
  return { ...state, foe: { ...foe, active } };
}

function ofUser({ state, battle }: SimTurn, move: string): MoveAssessment {
  const setting = settingOf(withAbilities(state, battle.p2));
  const [own] = state.own.active;
  const [foe] = state.foe.active;
  const truth = battle.p2.active[0];
  if (!own || !foe || !truth) throw new Error('nobody stands there');
  const sides = {
    setting,
    own: ownCombatant(setting, own),
    foes: hypothesesOf(setting, foe, certain(trueSet(truth))),
  };
  return found(assessOwnMoves(sides), move);
}

function ofTarget({ state }: SimTurn, battle: Battle, move: string): MoveAssessment {
  const setting = settingOf(withAbilities(state, battle.p1));
  const [own] = state.own.active;
  const [foe] = state.foe.active;
  const truth = battle.p1.active[0];
  if (!own || !foe || !truth) throw new Error('nobody stands there');
  const likely = certain(trueSet(truth));
  const sides = {
    setting,
    own: ownCombatant(setting, own),
    foes: hypothesesOf(setting, foe, likely),
  };
  return found(assessFoeMoves(sides, likely.moves), move);
}

function found(moves: readonly MoveAssessment[], id: string): MoveAssessment {
  const move = moves.find((candidate) => candidate.move.replace(/\d+$/, '') === id);
  if (!move) throw new Error(`nothing is said of ${id}, but of ${moves.map((m) => m.move)}`);
  return move;
}

/** A copy of a battle in which every roll is the lowest or the highest, everything hits and nothing is critical. */
function copyOf(saved: string, roll: 'lowest' | 'highest'): Battle {
  const copy = Battle.fromJSON(saved);
  const { actions } = copy;
  const isHighest = roll === 'highest';
  copy.randomizer = (damage) => Math.floor((Math.floor(damage) * (isHighest ? 100 : 85)) / 100);
  copy.randomChance = unlikelyNever;
  if (copy.gen <= 2) {
    const reckon = actions.getDamage.bind(actions);
    const { random } = copy;
    actions.getDamage = (...args) => {
      copy.random = (low = 1, high?: number) => {
        if (high === undefined) return low - 1;
        return isHighest ? high - 1 : low;
      };
      const damage = reckon(...args);
      copy.random = random;
      return damage;
    };
  }
  return copy;
}

/** Accuracy is a chance in a hundred, and always met; anything else happens if it is more likely than not. */
const unlikelyNever = (numerator: number, denominator: number): boolean =>
  denominator === 100 || numerator * 2 > denominator;

function observe(battle: Battle, { gen, move, answer, doubles }: Situation): Observed {
  const saved = JSON.stringify(battle.toJSON());
  let accuracy: number | undefined = gen <= 2 ? undefined : 1;
  const damageOf = (roll: 'lowest' | 'highest'): number => {
    const copy = copyOf(saved, roll);
    const { actions } = copy;
    let sum = 0;
    copy.randomChance = (numerator, denominator) => {
      const isOwn = copy.activePokemon?.side.id === 'p1' && copy.activeMove?.id === move;
      if (isOwn && denominator === 100 && sum === 0) accuracy = Math.min(100, numerator) / 100;
      return unlikelyNever(numerator, denominator);
    };
    const invulnerable = actions.hitStepInvulnerabilityEvent.bind(actions);
    actions.hitStepInvulnerabilityEvent = (targets, user, used) => {
      const results = invulnerable(targets, user, used);
      if (user.side.id === 'p1' && results.includes(false)) accuracy = 0;
      return results;
    };
    const reckon = actions.getDamage.bind(actions);
    actions.getDamage = (source, target, used, quiet) => {
      const damage = reckon(source, target, used, quiet);
      if (source.side.id === 'p1' && target.side.id === 'p2') sum += Number(damage) || 0;
      return damage;
    };
    if (!copy.choose('p1', `move ${move}${doubles ? ' 1, default' : ''}`))
      throw new Error(copy.p1.choice.error);
    if (!copy.choose('p2', answer ?? (doubles ? 'default' : 'move 1'))) throw new Error(copy.p2.choice.error);
    return sum;
  };
  const maxHp = battle.p2.active[0]?.maxhp ?? 1;
  return { least: damageOf('lowest') / maxHp, most: damageOf('highest') / maxHp, accuracy };
}
