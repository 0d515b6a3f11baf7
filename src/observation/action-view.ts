import type { MoveAction, SwitchAction } from '../battle/action.ts';
import type { TurnEvents } from '../battle/event.ts';
import type { BattleState, PokemonState } from '../battle/state.ts';
import { assessGimmick } from '../knowledge/assess-turn.ts';
import type { MoveAssessment, Pairing, SwitchAssessment, TurnAssessment } from '../knowledge/assessment.ts';
import { findMove } from '../knowledge/dex.ts';
import { chart } from '../knowledge/effectiveness.ts';
import { expectedThreat } from '../knowledge/expected-threat.ts';
import { percent } from '../memory/format-feedback.ts';
import { safeLine } from '../util/safe-text.ts';
import type { Option, SlotOptions } from './candidates.ts';
import { attackWords, briefAttackWords, chance, impactOf } from './format-damage.ts';
import { bestAttack, entryViews } from './matchup-view.ts';
import { listed, moveView, pokemonView, signed, speciesName } from './pokemon-view.ts';
import type { ActionView, MoveView, SlotView } from './view.ts';

const HEADS = { leads: 'Leads', back: 'At the back' };

const BLANK = {
  gimmick: null,
  aim: null,
  move: null,
  result: null,
  impacts: [],
  pokemon: null,
  hazards: null,
  entries: [],
  strongAgainst: null,
  weakAgainst: null,
  brief: null,
  unchanged: false,
} as const;

/**
 * The slots' options with the consequences of each.
 *
 * @param turns what has happened so far
 */
export function slotViews(
  slots: readonly SlotOptions[],
  assessment: TurnAssessment,
  turns: readonly TurnEvents[],
): readonly SlotView[] {
  const shown = new Set<string>();
  return slots.map(({ position, options }) => {
    const own = typeof position === 'number' ? assessment.state.own.active[position] : undefined;
    const plain = new Map<string, string | null>();
    const actions = options.map((option): ActionView => {
      const subject = subjectOf(option, position);
      const repeated = shown.has(subject);
      shown.add(subject);
      const view = { ...BLANK, ...common(option), repeated, ...facts(option, own, assessment, turns) };
      const use = `${view.move?.name} on ${view.aim}`;
      if (view.gimmick) return { ...view, unchanged: plain.get(use) === view.brief };
      plain.set(use, view.brief);
      return view;
    });
    const name = typeof position === 'string' ? HEADS[position] : own ? speciesName(own) : null;
    return { name, actions };
  });
}

/** The subject of an option: a slot's move, or a Pokémon that comes in. */
function subjectOf({ action, number }: Option, position: SlotOptions['position']): string {
  if (action.type === 'move') return `${position} ${action.move}`;
  return action.type === 'switch' ? `switch ${action.slot}` : `${position} ${number}`;
}

function common({ number, action, words }: Option): Pick<ActionView, 'number' | 'type' | 'words' | 'label'> {
  return { number, type: action.type, words, label: shortened(words) };
}

/** Words of an action without what is obvious in a list of actions: `Tera Surf`, `switch Milotic`. */
export function shortened(words: string): string {
  return words
    .replace(/^Terastallize and /, 'Tera ')
    .replace(/^Mega Evolve( \([XY]\))? and /, 'Mega$1 ')
    .replace(/^(Dynamax|Ultra Burst) and /, '$1 ')
    .replace(/\buse (?:Z-Move )?/, '')
    .replace(/ on foe /, ' on ')
    .replace(/^switch to /, 'switch ');
}

function facts(
  { action, aim, members = [] }: Option,
  own: PokemonState | null | undefined,
  assessment: TurnAssessment,
  turns: readonly TurnEvents[],
): Partial<ActionView> {
  switch (action.type) {
    case 'move':
      return own
        ? {
            aim: aim ? safeLine(aim, 60).replace(/^foe /, '') : null,
            ...moveFacts(action, own, assessment, turns),
          }
        : {};
    case 'switch':
      return switchFacts(action, assessment);
    case 'team':
      return teamFacts(members, assessment.state);
    case 'pass':
      return {};
  }
}

/** The assessed moves that an action uses. */
function assessedMoves(
  state: BattleState,
  { own, foe, ownMoves, ownMovesTera }: Pairing,
  { gimmick }: MoveAction,
  turns: readonly TurnEvents[],
): readonly MoveAssessment[] {
  if (gimmick === undefined) return ownMoves;
  if (gimmick === 'terastallize') return ownMovesTera ?? [];
  return assessGimmick(state, { own, foe }, gimmick, turns) ?? [];
}

function moveFacts(
  action: MoveAction,
  own: PokemonState,
  assessment: TurnAssessment,
  turns: readonly TurnEvents[],
): Partial<ActionView> {
  const { state, pairings } = assessment;
  const aimed = action.target === undefined ? undefined : state.foe.active[action.target - 1];
  const facing = pairings.filter(
    (pairing) => pairing.own.id === own.id && (action.target === undefined || pairing.foe.id === aimed?.id),
  );
  const assessments = facing.flatMap((pairing) => {
    const assessed = assessedMoves(state, pairing, action, turns).find(({ move }) => move === action.move);
    return assessed ? [{ foe: speciesName(pairing.foe), hp: pairing.foe.hp, assessed }] : [];
  });
  const results = assessments.flatMap(({ foe, assessed }) => {
    const words = attackWords(assessed);
    const brief = briefAttackWords(assessed);
    return words && brief ? [{ foe, words, brief }] : [];
  });
  const impacts = assessments.flatMap(({ foe, hp, assessed }) => {
    const impact = impactOf(assessed, hp);
    return impact ? [{ foe, ...impact }] : [];
  });
  const known = own.moves.find(({ id }) => id === action.move);
  const several = results.length > 1;
  return {
    gimmick: action.gimmick ?? null,
    move: moveNow(
      moveView(state.gen, known ?? { id: action.move, pp: 1, maxPp: 1 }),
      assessments[0]?.assessed,
    ),
    impacts,
    result: results.map(({ foe, words }) => (several ? `${foe} ${words}` : words)).join('; ') || null,
    brief: results.map(({ foe, brief }) => (several ? `${foe} ${brief}` : brief)).join('; ') || null,
  };
}

/** A move as it is now: weather, abilities, terastallization and other effects may have changed it. */
function moveNow(view: MoveView, assessed: MoveAssessment | undefined): MoveView {
  if (!assessed || assessed.category === 'Status') return view;
  return {
    ...view,
    type: assessed.type,
    category: assessed.category,
    power: assessed.basePower > 0 ? Math.round(assessed.basePower) : view.power,
    accuracy: assessed.accuracy > 0 && assessed.accuracy < 1 ? chance(assessed.accuracy) : null,
    priority: signed(assessed.priority),
  };
}

function switchFacts(
  action: SwitchAction,
  { state, switches, pairings }: TurnAssessment,
): Partial<ActionView> {
  const pokemon = state.own.pokemon.find(({ requestSlot }) => requestSlot === action.slot);
  const assessed = switches.find((candidate) => candidate.pokemon.id === pokemon?.id);
  return {
    pokemon: pokemon ? pokemonView(state.gen, pokemon) : null,
    ...(assessed && !action.revive
      ? {
          hazards: hazardWords(assessed),
          entries: entryViews(assessed, pairings),
          brief: briefEntry(assessed),
        }
      : {}),
  };
}

function hazardWords({ hazardDamage, hazardEffects, faintsOnEntry }: SwitchAssessment): string | null {
  if (faintsOnEntry) return 'would faint on entry';
  return listed([...(hazardDamage > 0 ? [`-${percent(hazardDamage)}`] : []), ...hazardEffects]);
}

/**
 * `entry -12%, takes 47%, does 65%`: the expected damage of the opponent's attack and of its own best one. In doubles
 * one number per opponent: `takes 47%+20%, does 65%/31%`.
 */
function briefEntry(assessed: SwitchAssessment): string | null {
  const hazards = hazardWords(assessed);
  const taken = assessed.pairings.map(({ foeMoves }) => percent(expectedThreat(foeMoves).expected));
  const done = assessed.pairings.map(({ ownMoves }) => percent(bestAttack(ownMoves)?.damage?.mean ?? 0));
  const exchange = taken.length > 0 ? [`takes ${taken.join('+')}, does ${done.join('/')}`] : [];
  return listed([...(hazards ? [`entry ${hazards}`] : []), ...exchange]);
}

function teamFacts(slots: readonly number[], state: BattleState): Partial<ActionView> {
  const { gen } = state;
  const members = state.own.pokemon.filter(({ requestSlot = 0 }) => slots.includes(requestSlot));
  const [member] = members;
  const multiplier = (attacking: string, target: PokemonState): number =>
    target.types.reduce((product, type) => product * chart(gen, attacking, type), 1);
  const attackTypes = members.flatMap(({ moves }) =>
    moves.flatMap(({ id }) => {
      const move = findMove(gen, id);
      return move && move.category !== 'Status' ? [move.type] : [];
    }),
  );
  const strong = state.foe.pokemon.filter((foe) => attackTypes.some((type) => multiplier(type, foe) > 1));
  const weak = state.foe.pokemon.filter((foe) =>
    foe.types.some((type) => members.some((own) => multiplier(type, own) > 1)),
  );
  return {
    pokemon: member && members.length === 1 ? pokemonView(gen, member) : null,
    strongAgainst: listed(strong.map(speciesName)),
    weakAgainst: listed(weak.map(speciesName)),
    brief: `strong vs ${strong.length}, weak vs ${weak.length} of ${state.foe.pokemon.length}`,
  };
}
