import { describe, expect, it } from 'vitest';
import { nearestFormats } from '../../src/knowledge/nearest-formats.ts';
import { setSources } from '../../src/knowledge/set-sources.ts';
import { simulator } from '../../src/knowledge/simulator.ts';

describe('the format whose sets are used for a format without sets', () => {
  it.each([
    ['gen9ou', 'gen9ou'],
    ['gen9vgc2024regg', 'gen9vgc2024'],
    ['gen9vgc2025regi', 'gen9vgc2024'],
    ['gen8vgc2021', 'gen8vgc2022'],
    ['gen5vgc2013', 'gen5vgc2012'],
    ['gen9nationaldex', 'gen9ou'],
    ['gen9nationaldexubers', 'gen9ubers'],
    ['gen9anythinggoes', 'gen9ubers'],
    ['gen9zu', 'gen9pu'],
    ['gen8ubers', 'gen8ubers'],
    ['gen9doublesuu', 'gen9doublesou'],
    ['gen9customgame', 'gen9ou'],
    ['gen7battlespotdoubles', 'gen7doublesou'],
  ])('%s: %s', (format, nearest) => {
    expect(nearestFormats(format)[0]).toBe(nearest);
  });

  it('is found for every format with brought teams', () => {
    const formats = simulator.Dex.formats.all().filter(({ team, id }) => !team && id.startsWith('gen'));
    expect(formats.length).toBeGreaterThan(100);
    for (const { id } of formats) expect(nearestFormats(id)[0]?.slice(0, 4), id).toBe(id.slice(0, 4));
  });

  it('is named as the origin of the sets', () => {
    const from = (format: string, baseSpecies: string) =>
      setSources(9, format, { baseSpecies, level: 50 })[0]?.origin;
    expect(from('gen9vgc2025regi', 'Incineroar')).toEqual({ basis: 'analysed', format: 'gen9vgc2024' });
    expect(from('gen9ou', 'Skarmory')).toEqual({ basis: 'analysed', format: 'gen9ou' });
    expect(from('gen9ou', 'Wobbuffet')?.format).not.toBe('gen9ou');
    expect(from('gen9ou', 'Sunkern')).toEqual({ basis: 'guess' });
  });
});
