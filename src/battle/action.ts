/** A once-per-battle power-up that rides on a move; the words are those of Showdown's choice grammar. */
export type Gimmick = 'mega' | 'megax' | 'megay' | 'ultra' | 'zmove' | 'dynamax' | 'terastallize';

/** Use a move. */
export interface MoveAction {
  readonly type: 'move';
  /** 1-based position of the move in the request of this slot. */
  readonly slot: number;
  /** Id of the base move, as the request names it. */
  readonly move: string;
  /** What will be used, for people: the Z-move's or Max Move's name where one applies. */
  readonly name: string;
  /** +1, +2 for opponents, −1, −2 for allies; only where the grammar asks for one (doubles). */
  readonly target?: number;
  readonly gimmick?: Gimmick;
}

/** Bring in a Pokémon, or with `revive` restore a fainted one (Revival Blessing). */
export interface SwitchAction {
  readonly type: 'switch';
  /** 1-based position in the request's side. */
  readonly slot: number;
  /** Species (forme) that stands there, for people; never the nickname. */
  readonly species: string;
  readonly revive?: true;
}

/** Answer team preview. */
export interface TeamAction {
  readonly type: 'team';
  /** 1-based positions in the request's side, lead first. */
  readonly order: readonly number[];
  /** Species of the leads, for people. */
  readonly leads: readonly string[];
}

/** This slot has nothing to do (doubles). */
export interface PassAction {
  readonly type: 'pass';
}

/** What one slot of the field does. */
export type SlotAction = MoveAction | SwitchAction | PassAction;

/** What both slots do in doubles. */
export interface PairAction {
  readonly type: 'pair';
  readonly left: SlotAction;
  readonly right: SlotAction;
}

/** A whole answer to one request. */
export type Action = SlotAction | TeamAction | PairAction;

/**
 * The choice string Showdown expects for an action (without `/choose`): the only place where one is written.
 * Two actions are equal exactly when their choice strings are.
 *
 * @example toChoice({ type: 'move', slot: 2, move: 'surf', name: 'Surf', gimmick: 'terastallize' }) // 'move 2 terastallize'
 */
export function toChoice(action: Action): string {
  switch (action.type) {
    case 'move': {
      const target = action.target === undefined ? '' : ` ${action.target > 0 ? '+' : ''}${action.target}`;
      return `move ${action.slot}${target}${action.gimmick ? ` ${action.gimmick}` : ''}`;
    }
    case 'switch':
      return `switch ${action.slot}`;
    case 'team':
      return `team ${action.order.join(action.order.some((position) => position > 9) ? ',' : '')}`;
    case 'pass':
      return 'pass';
    case 'pair':
      return `${toChoice(action.left)}, ${toChoice(action.right)}`;
  }
}

/** Whether two actions answer a request in the same way. */
export function sameAction(a: Action, b: Action): boolean {
  return toChoice(a) === toChoice(b);
}

const GIMMICK_WORDS: Record<Gimmick, string> = {
  mega: 'Mega Evolve and ',
  megax: 'Mega Evolve (X) and ',
  megay: 'Mega Evolve (Y) and ',
  ultra: 'Ultra Burst and ',
  zmove: 'use Z-Move ',
  dynamax: 'Dynamax and ',
  terastallize: 'Terastallize and ',
};

const TARGET_WORDS = new Map([
  [1, ' at the foe on the left'],
  [2, ' at the foe on the right'],
  [-1, ' at the ally on the left'],
  [-2, ' at the ally on the right'],
]);

/** An action in words, e.g. `Terastallize and use Surf`, `switch to Milotic`. */
export function describeAction(action: Action): string {
  switch (action.type) {
    case 'move': {
      const target = action.target === undefined ? '' : (TARGET_WORDS.get(action.target) ?? '');
      if (action.gimmick === 'zmove') return `${GIMMICK_WORDS.zmove}${action.name}${target}`;
      return `${action.gimmick ? GIMMICK_WORDS[action.gimmick] : ''}use ${action.name}${target}`;
    }
    case 'switch':
      return action.revive ? `revive ${action.species}` : `switch to ${action.species}`;
    case 'team':
      return `lead with ${action.leads.join(' and ')}`;
    case 'pass':
      return 'pass';
    case 'pair':
      return `${describeAction(action.left)}; ${describeAction(action.right)}`;
  }
}

/** The actions of each slot: one in singles and team preview, two in doubles. */
export function slotActions(action: Action): readonly (SlotAction | TeamAction)[] {
  return action.type === 'pair' ? [action.left, action.right] : [action];
}
