import { describe, expect, it } from 'vitest';
import { generation } from '../../src/knowledge/dex.ts';
import { abilityEffect, conditionEffect, itemEffect, moveEffect } from '../../src/knowledge/effect-text.ts';

describe('effect texts', () => {
  it('exist for every move, ability and item of the latest generation', () => {
    const { moves, abilities, items } = generation(9);
    expect([...moves].filter(({ id }) => moveEffect(9, id) === '').map(({ id }) => id)).toEqual([]);
    const textless = [...abilities].filter(({ id }) => abilityEffect(9, id) === '').map(({ id }) => id);
    expect(textless).toEqual([]);
    expect([...items].filter(({ id }) => itemEffect(9, id) === '').map(({ id }) => id)).toEqual([]);
  });

  it('exist for every condition a state is likely to name', () => {
    const ids = [
      ...['brn', 'par', 'psn', 'tox', 'slp', 'frz'],
      ...[
        'stealthrock',
        'spikes',
        'toxicspikes',
        'stickyweb',
        'reflect',
        'lightscreen',
        'auroraveil',
        'tailwind',
      ],
      ...[
        'sunnyday',
        'raindance',
        'sandstorm',
        'hail',
        'snowscape',
        'desolateland',
        'primordialsea',
        'deltastream',
      ],
      ...['electricterrain', 'grassyterrain', 'mistyterrain', 'psychicterrain', 'trickroom', 'gravity'],
      ...[
        'substitute',
        'leechseed',
        'confusion',
        'taunt',
        'encore',
        'perish2',
        'quarkdrivespe',
        'fallen3',
        'stockpile1',
      ],
    ];
    for (const id of ids) expect(conditionEffect(9, id).text, id).not.toBe('');
  });

  it('describe older generations as they were', () => {
    expect(conditionEffect(9, 'par').text).toContain('halved');
    expect(conditionEffect(6, 'par').text).toContain('quartered');
    expect(conditionEffect(1, 'brn').text).toContain('1/16');
    expect(conditionEffect(4, 'brn').text).toContain('1/8');
    expect(moveEffect(1, 'psychic')).not.toBe(moveEffect(9, 'psychic'));
  });

  it('fall back to the dex, and to nothing', () => {
    expect(conditionEffect(9, 'burningbulwark').name).toBe('Burning Bulwark');
    expect(conditionEffect(9, 'no such thing')).toEqual({ name: 'nosuchthing', text: '' });
    expect([moveEffect(9, ''), abilityEffect(9, 'x'), itemEffect(9, '')]).toEqual(['', '', '']);
  });
});
