/** Numbers that differ by generation. Other differences test `gen` where they matter. */
export interface Rules {
  readonly gen: number;
  /** Chance of a critical hit by stage; in generation 1 it depends on Speed instead. */
  readonly critChances: readonly number[];
  /** Factor of a critical hit on the damage; in generation 1 it doubles the level instead. */
  readonly critDamage: number;
  /** The most turns that a sleeper loses. */
  readonly longestSleep: number;
  /** Fraction of maximum HP that a burn, poison, sandstorm and Leech Seed take at the end of a turn. */
  readonly burnDamage: number;
  readonly poisonDamage: number;
  readonly sandDamage: number;
  readonly leechSeedDamage: number;
  /** Fraction that Fire Spin and similar moves take, and with a Binding Band. */
  readonly bindingDamage: number;
  readonly bindingBandDamage: number;
  /** Turns of binding: the fewest, how many numbers there are, and with a Grip Claw. */
  readonly fewestBindingTurns: number;
  readonly bindingSpread: number;
  readonly gripClawTurns: number;
  /** Factor of paralysis on Speed. */
  readonly paralysedSpeed: number;
  /** Chance that a confused Pokémon hurts itself. */
  readonly confusionChance: number;
  /** Each Protect in a row divides the chance of the next by this. */
  readonly stallingOdds: number;
  /** Factor of a terrain on the moves of its type. */
  readonly terrainPower: number;
  /** Factor of items on the moves of a type, of gems, and of Pixilate and similar abilities. */
  readonly typeItemPower: number;
  readonly gemPower: number;
  readonly changedTypePower: number;
  /**
   * Chance that a move of two to five hits has two, which is also that of three; and the chance of fewer than five
   * hits.
   */
  readonly fewStrikes: number;
  readonly underFiveStrikes: number;
  readonly tailwindTurns: number;
  readonly weatherOfAbilitiesLasts: boolean;
  /** Damage rolls: this many numbers from the lowest on, in parts of `rollBase`. */
  readonly lowestRoll: number;
  readonly rolls: number;
  readonly rollBase: number;
  /** Fraction of maximum HP that a Sitrus Berry, and a berry that may confuse, restores; and the HP left at which it does. */
  readonly pinchHealing: number;
  /** The fewest turns of Outrage and similar moves. */
  readonly fewestRampageTurns: number;
}

const known: Rules[] = [];

/** The rules of a generation, 1–9, as in the simulator's data and mods. */
export function rules(gen: number): Rules {
  known[gen] ??= make(gen);
  return known[gen];
}

// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one number a line
function make(gen: number): Rules {
  return {
    gen,
    critChances:
      gen >= 7
        ? [1 / 24, 1 / 8, 1 / 2, 1]
        : gen === 6
          ? [1 / 16, 1 / 8, 1 / 2, 1]
          : [1 / 16, 1 / 8, 1 / 4, 1 / 3, 1 / 2],
    critDamage: gen === 1 ? 1 : gen >= 6 ? 1.5 : 2,
    longestSleep: gen === 1 ? 7 : gen === 2 ? 6 : gen <= 4 ? 4 : 3,
    burnDamage: gen >= 7 || gen === 1 ? 1 / 16 : 1 / 8,
    poisonDamage: gen === 1 ? 1 / 16 : 1 / 8,
    sandDamage: gen === 2 ? 1 / 8 : 1 / 16,
    leechSeedDamage: gen === 1 ? 1 / 16 : 1 / 8,
    bindingDamage: gen >= 6 ? 1 / 8 : 1 / 16,
    bindingBandDamage: gen >= 6 ? 1 / 6 : 1 / 16,
    fewestBindingTurns: gen >= 5 ? 5 : 3,
    bindingSpread: gen >= 5 ? 2 : 4,
    gripClawTurns: gen >= 5 ? 8 : 6,
    paralysedSpeed: gen >= 7 ? 0.5 : 0.25,
    confusionChance: gen >= 7 ? 0.33 : 0.5,
    stallingOdds: gen >= 6 ? 3 : 2,
    terrainPower: gen >= 8 ? 1.3 : 1.5,
    typeItemPower: gen >= 4 ? 1.2 : 1.1,
    gemPower: gen >= 6 ? 1.3 : 1.5,
    changedTypePower: gen >= 7 ? 1.2 : 1.3,
    fewStrikes: gen >= 5 ? 0.35 : 0.375,
    underFiveStrikes: gen >= 5 ? 0.85 : 0.875,
    tailwindTurns: gen >= 5 ? 4 : 3,
    weatherOfAbilitiesLasts: gen <= 5,
    lowestRoll: gen <= 2 ? 217 : 85,
    rolls: gen <= 2 ? 39 : 16,
    rollBase: gen <= 2 ? 255 : 100,
    pinchHealing: gen >= 8 ? 1 / 3 : gen === 7 ? 1 / 2 : 1 / 8,
    fewestRampageTurns: gen === 1 ? 3 : 2,
  };
}
