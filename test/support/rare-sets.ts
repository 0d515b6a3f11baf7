import { type PokemonSet, Teams } from '@pkmn/sim';
import type { Random } from '../../src/util/random.ts';

// Sets that cause what random battles rarely do: every gimmick, forme changes, copied and swapped abilities, items and
// boosts, hidden traps, locks, passed volatiles, two-turn moves. `Species @ item | ability | moves | tera type or
// "gmax"`
const RARE_SETS: Readonly<Record<number, string>> = {
  9: `
    Zoroark @ lifeorb | illusion | nastyplot darkpulse uturn knockoff | Poison
    Zoroark-Hisui @ leftovers | illusion | shadowball hypervoice uturn taunt | Ghost
    Ditto @ choicescarf | imposter | transform | Steel
    Mew @ leftovers | synchronize | transform skillswap roleplay batonpass | Steel
    Cyclizar @ leftovers | regenerator | shedtail uturn knockoff rapidspin | Dragon
    Orthworm @ sitrusberry | eartheater | shedtail spikes dragontail coil | Electric
    Rabsca @ leftovers | synchronize | revivalblessing psychic trickroom gravity | Steel
    Pawmot @ lifeorb | naturalcure | revivalblessing doubleshock closecombat icepunch | Electric
    Cinderace @ heavydutyboots | libero | courtchange pyroball uturn suckerpunch | Fire
    Corviknight @ leftovers | mirrorarmor | defog uturn roost bravebird | Flying
    Gholdengo @ choicescarf | goodasgold | trick shadowball makeitrain nastyplot | Steel
    Weezing-Galar @ blacksludge | neutralizinggas | strangesteam willowisp clearsmog toxicspikes | Fairy
    Tatsugiri @ choicescarf | commander | dracometeor muddywater icywind helpinghand | Water
    Dondozo @ leftovers | unaware | orderup wavecrash curse rest | Grass
    Smeargle @ focussash | moody | batonpass shellsmash stickyweb perishsong | Ghost
    Espeon @ lightclay | magicbounce | batonpass calmmind reflect lightscreen | Psychic
    Gothitelle @ leftovers | shadowtag | imprison psychic taunt healblock | Psychic
    Dugtrio @ focussash | arenatrap | earthquake memento stealthrock suckerpunch | Ground
    Magnezone @ airballoon | magnetpull | thunderbolt steelbeam electroweb magnetrise | Electric
    Indeedee @ psychicseed | psychicsurge | imprison psychic healingwish encore | Psychic
    Ogerpon-Wellspring @ wellspringmask | waterabsorb | ivycudgel encore uturn spikyshield | Water
    Terapagos @ leftovers | terashift | terastarstorm rapidspin calmmind rest | Stellar
    Palafin @ mysticwater | zerotohero | jetpunch flipturn taunt wavecrash | Water
    Mimikyu @ redcard | disguise | swordsdance playrough trickroom curse | Fairy
    Morpeko @ sitrusberry | hungerswitch | aurawheel partingshot knockoff protect | Electric
    Meloetta @ ejectbutton | serenegrace | relicsong closecombat sing uturn | Fighting
    Greninja-Bond @ lifeorb | battlebond | hydropump darkpulse uturn icebeam | Water
    Slowking-Galar @ assaultvest | regenerator | futuresight sludgebomb flamethrower icebeam | Water
    Jirachi @ leftovers | serenegrace | doomdesire wish uturn healingwish | Steel
    Slaking @ choiceband | truant | gigaimpact bodyslam earthquake slackoff | Ghost
    Garganacl @ leftovers | purifyingsalt | saltcure recover stealthrock protect | Rock
    Hydrapple @ assaultvest | regenerator | syrupbomb leafstorm dragontail gigadrain | Steel
    Grapploct @ leftovers | technician | octolock drainpunch liquidation topsyturvy | Fighting
    Falinks @ throatspray | defiant | noretreat closecombat megahorn throatchop | Bug
    Whimsicott @ leftovers | prankster | encore leechseed taunt tailwind | Ghost
    Lunatone @ weaknesspolicy | levitate | cosmicpower magicroom wonderroom trickroom | Rock
    Pyukumuku @ assaultvest | innardsout | batonpass rest soak taunt | Water
    Sandy Shocks @ boosterenergy | protosynthesis | earthpower thunderbolt gravity spikes | Ground
    Iron Bundle @ boosterenergy | quarkdrive | freezedry hydropump encore flipturn | Ice
    Hypno @ leftovers | insomnia | disable torment skillswap guardswap | Psychic
    Golisopod @ sitrusberry | emergencyexit | firstimpression leechlife aquajet spikes | Bug
    Spiritomb @ leftovers | pressure | spite painsplit grudge darkpulse | Dark
    Politoed @ damprock | drizzle | perishsong whirlpool encore protect | Water
    Porygon2 @ eviolite | trace | conversion triattack recover reflecttype | Normal
    Oinkologne @ leftovers | lingeringaroma | bodyslam earthquake mudslap yawn | Ground
    Runerigus @ leftovers | wanderingspirit | earthquake destinybond willowisp stealthrock | Ghost
    Trevenant @ sitrusberry | harvest | forestscurse trickortreat leechseed poltergeist | Ghost
    Oricorio-Sensu @ leftovers | dancer | quiverdance revelationdance roost uturn | Ghost
    Hatterene @ ejectpack | magicbounce | psychicnoise dazzlinggleam healpulse calmmind | Fairy
    Volcarona @ leftovers | flamebody | burnup quiverdance morningsun willowisp | Fire
    Malamar @ leftovers | contrary | superpower psychoboost knockoff switcheroo | Dark
    Kommo-o @ leftovers | overcoat | clangoroussoul outrage closecombat drainpunch | Steel
    Archaludon @ powerherb | stamina | electroshot dracometeor bodypress irondefense | Dragon
    Houndstone @ leftovers | sandrush | lastrespects shadowsneak substitute protect | Ghost
    Kingambit @ leftovers | supremeoverlord | kowtowcleave ironhead suckerpunch swordsdance | Flying
    Veluza @ lumberry | sharpness | filletaway aquacutter psychocut substitute | Psychic
    Calyrex-Shadow @ leftovers | asonespectrier | astralbarrage psyshock substitute agility | Ghost
    Wo-Chien @ leftovers | tabletsofruin | leechseed ruination knockoff ingrain | Poison
    Heatran @ airballoon | flashfire | magmastorm earthpower taunt stealthrock | Grass
    Uxie @ mentalherb | levitate | uturn yawn memento stealthrock | Steel
    Chansey @ eviolite | naturalcure | softboiled seismictoss healbell aromatherapy | Ghost
    Snorlax @ custapberry | gluttony | stockpile swallow bellydrum uproar | Normal
  `,
  8: `
    Charizard @ lifeorb | solarpower | fireblast hurricane solarbeam protect | gmax
    Lapras @ leftovers | shellarmor | freezedry surf thunder whirlpool | gmax
    Centiskorch @ assaultvest | flashfire | firelash leechlife powerwhip knockoff | gmax
    Sandaconda @ leftovers | sandspit | earthquake stoneedge glare coil | gmax
    Copperajah @ leftovers | sheerforce | ironhead earthquake stealthrock whirlwind | gmax
    Snorlax @ sitrusberry | gluttony | bodyslam highhorsepower rest sleeptalk | gmax
    Machamp @ choiceband | noguard | dynamicpunch closecombat taunt encore | gmax
    Urshifu-Rapid-Strike @ choicescarf | unseenfist | surgingstrikes closecombat aquajet uturn | gmax
    Duraludon @ eviolite | lightmetal | dracometeor thunderbolt steelbeam stealthrock | gmax
    Zacian-Crowned @ rustedsword | intrepidsword | behemothblade closecombat playrough swordsdance
    Eiscue @ leftovers | iceface | bellydrum iciclecrash zenheadbutt hail
    Cramorant @ leftovers | gulpmissile | surf dive roost defog
    Darmanitan-Galar-Zen @ leftovers | zenmode | iciclecrash flareblitz uturn earthquake
    Dracovish @ choicescarf | strongjaw | fishiousrend outrage crunch icefang
    Grimmsnarl @ lightclay | prankster | taunt partingshot trick spiritbreak
    Inteleon @ leftovers | torrent | snipeshot icebeam uturn disable
    Polteageist @ whiteherb | weakarmor | shellsmash batonpass storedpower gigadrain
    Ditto @ choicescarf | imposter | transform
    Zoroark @ lifeorb | illusion | nastyplot darkpulse uturn knockoff
    Wobbuffet @ custapberry | shadowtag | counter mirrorcoat encore destinybond
    Aegislash @ leftovers | stancechange | kingsshield shadowball ironhead shadowsneak
    Regieleki @ magnet | transistor | explosion voltswitch thundercage extremespeed
    Victini @ leftovers | victorystar | vcreate boltstrike uturn finalgambit
    Gengar @ blacksludge | cursedbody | imprison shadowball sludgewave hypnosis
  `,
  7: `
    Necrozma-Dusk-Mane @ ultranecroziumz | prismarmor | photongeyser sunsteelstrike earthquake swordsdance
    Necrozma-Dawn-Wings @ ultranecroziumz | prismarmor | photongeyser moongeistbeam earthpower calmmind
    Charizard @ charizarditex | blaze | flareblitz dragonclaw dragondance roost
    Charizard @ charizarditey | blaze | fireblast solarbeam focusblast roost
    Mewtwo @ mewtwonitex | pressure | psystrike lowkick taunt recover
    Pikachu @ pikaniumz | static | volttackle fakeout substitute encore
    Kommo-o @ kommoniumz | overcoat | clangingscales closecombat dragontail protect
    Snorlax @ snorliumz | thickfat | gigaimpact earthquake rest curse
    Tapu Koko @ tapuniumz | electricsurge | naturesmadness thunderbolt uturn taunt
    Tapu Lele @ psychiumz | psychicsurge | psychic moonblast taunt calmmind
    Celesteela @ flyiniumz | beastboost | fly leechseed heavyslam autotomize
    Mimikyu @ mimikiumz | disguise | playrough shadowclaw swordsdance curse
    Porygon-Z @ normaliumz | adaptability | conversion triattack shadowball trick
    Eevee @ eeviumz | adaptability | lastresort batonpass yawn wish
    Lycanroc-Midnight @ lycaniumz | noguard | stoneedge outrage stealthrock taunt
    Kangaskhan @ kangaskhanite | scrappy | fakeout return suckerpunch poweruppunch
    Kyogre @ blueorb | drizzle | waterspout icebeam thunder scald
    Rayquaza @ lifeorb | airlock | dragonascent extremespeed vcreate dragondance
    Greninja @ lifeorb | protean | hydropump icebeam uturn spikes
    Wishiwashi @ leftovers | schooling | liquidation earthquake uturn icebeam
    Minior @ leftovers | shieldsdown | shellsmash acrobatics powergem earthquake
    Oranguru @ leftovers | telepathy | instruct psychic trickroom allyswitch
    Passimian @ leftovers | receiver | closecombat knockoff uturn bulkup
    Muk-Alola @ leftovers | powerofalchemy | knockoff poisonjab shadowsneak pursuit
    Dhelmise @ leftovers | steelworker | anchorshot powerwhip rapidspin switcheroo
    Silvally-Fire @ firememory | rkssystem | multiattack partingshot flamethrower thunderwave
    Zygarde @ leftovers | powerconstruct | thousandarrows coil dragontail rest
    Talonflame @ leftovers | galewings | bravebird skydrop roost willowisp
  `,
  6: `
    Gardevoir @ gardevoirite | trace | hypervoice psyshock skillswap willowisp
    Sableye @ sablenite | prankster | foulplay knockoff recover willowisp
    Blaziken @ blazikenite | speedboost | flareblitz lowkick protect batonpass
    Gengar @ gengarite | levitate | shadowball sludgewave perishsong disable
    Lopunny @ lopunnite | limber | fakeout return highjumpkick healingwish
    Groudon @ redorb | drought | precipiceblades fireblast stealthrock dragontail
    Hoopa @ choicespecs | magician | psyshock shadowball focusblast trick
    Pangoro @ leftovers | moldbreaker | knockoff partingshot circlethrow entrainment
    Klefki @ leftovers | prankster | magnetrise fairylock spikes switcheroo
    Malamar @ leftovers | contrary | topsyturvy superpower knockoff embargo
    Smeargle @ leftovers | owntempo | bestow fling heartswap iondeluge
    Delphox @ leftovers | magician | fireblast psyshock magiccoat snatch
  `,
  5: `
    Zoroark @ lifeorb | illusion | nastyplot darkpulse uturn taunt
    Smeargle @ focussash | technician | batonpass spore telekinesis worryseed
    Darmanitan @ leftovers | zenmode | flareblitz uturn superpower rockslide
    Meloetta @ leftovers | serenegrace | relicsong psychic sing closecombat
    Archeops @ flyinggem | defeatist | acrobatics stoneedge uturn roost
    Wynaut @ leftovers | shadowtag | counter mirrorcoat encore safeguard
    Alakazam @ leftovers | magicguard | guardsplit powertrick psychic encore
    Tornadus @ leftovers | prankster | raindance hurricane tailwind skydrop
    Excadrill @ airballoon | sandrush | earthquake rapidspin swordsdance metalburst
    Cofagrigus @ leftovers | mummy | willowisp haze gastroacid toxicspikes
  `,
  4: `
    Giratina-Origin @ griseousorb | levitate | shadowforce dracometeor willowisp roar
    Rotom-Wash @ leftovers | levitate | hydropump thunderbolt trick willowisp
    Castform @ leftovers | forecast | raindance hail sunnyday weatherball
    Cherrim @ leftovers | flowergift | sunnyday solarbeam leechseed aromatherapy
    Smeargle @ focussash | owntempo | batonpass spiderweb ingrain spore
    Ninjask @ leftovers | speedboost | batonpass substitute swordsdance protect
    Trapinch @ leftovers | arenatrap | earthquake crunch quickattack gravity
    Porygon2 @ leftovers | trace | triattack recover magiccoat lockon
    Slaking @ choiceband | truant | gigaimpact return earthquake encore
    Clefable @ stickybarb | magicguard | mimic softboiled encore gravity
    Drifblim @ leftovers | unburden | stockpile swallow explosion hypnosis
    Bronzong @ leftovers | levitate | trickroom imprison explosion gyroball
  `,
  3: `
    Deoxys @ leftovers | pressure | psychoboost extremespeed spikes knockoff
    Castform @ leftovers | forecast | raindance sunnyday hail thunderbolt
    Smeargle @ leftovers | owntempo | batonpass spiderweb ingrain spore
    Shedinja @ leftovers | wonderguard | shadowball hiddenpower grudge spite
    Snorlax @ leftovers | thickfat | selfdestruct bodyslam sleeptalk rest
    Wobbuffet @ leftovers | shadowtag | counter mirrorcoat encore destinybond
    Gengar @ leftovers | levitate | imprison hypnosis meanlook perishsong
    Ditto @ leftovers | limber | transform
    Jirachi @ leftovers | serenegrace | doomdesire wish uproar futuresight
  `,
  2: `
    Umbreon @ leftovers | | meanlook batonpass curse moonlight
    Smeargle @ leftovers | | batonpass spiderweb spikes spore
    Ditto @ berserkgene | | transform
    Snorlax @ leftovers | | rest sleeptalk bodyslam mimic
    Shuckle @ leftovers | | rollout wrap toxic encore
    Gengar @ leftovers | | nightmare destinybond hypnosis disable
    Misdreavus @ leftovers | | perishsong painsplit meanlook psychup
    Girafarig @ leftovers | | futuresight batonpass agility beatup
    Typhlosion @ charcoal | | outrage fireblast solarbeam thief
    Forretress @ leftovers | | explosion rapidspin spikes hyperbeam
  `,
  1: `
    Ditto @ | | transform
    Dragonite @ | | wrap hyperbeam thunderwave agility
    Cloyster @ | | clamp explosion blizzard rest
    Alakazam @ | | reflect psychic recover disable
    Clefable @ | | mimic metronome bodyslam substitute
    Snorlax @ | | rest selfdestruct bodyslam bide
    Jolteon @ | | hyperbeam pinmissile thunderwave substitute
    Victreebel @ | | wrap leechseed razorleaf stunspore
    Articuno @ | | mist haze blizzard skyattack
    Moltres @ | | firespin fireblast rage confuseray
    Persian @ | | slash hyperbeam bite screech
    Gyarados @ | | dragonrage hydropump thrash lightscreen
  `,
};

function parse(line: string): PokemonSet {
  const [head = '', ability = '', moves = '', extra = ''] = line.split('|').map((part) => part.trim());
  const [species = '', item = ''] = head.split('@').map((part) => part.trim());
  const stats = (value: number): PokemonSet['evs'] => ({
    ...{ hp: value, atk: value, def: value, spa: value, spd: value, spe: value },
  });
  return {
    ...{ name: species, species, item, ability, nature: 'Serious', gender: '', level: 84 },
    ...{ moves: moves.split(' '), evs: stats(84), ivs: stats(31) },
    ...(extra === 'gmax' ? { gigantamax: true } : extra ? { teraType: extra } : {}),
  };
}

function parseAll(text: string): PokemonSet[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').map(parse);
}

/** A packed team in the shorthand of this file, one Pokémon per line. */
export function shortTeam(text: string): string {
  return Teams.pack(parseAll(text));
}

/** A packed team of sets that cause rare situations; all species differ. */
export function rareTeam(gen: number, size: number, random: Random): string {
  const pool = parseAll(RARE_SETS[gen] ?? '');
  const team: PokemonSet[] = [];
  while (team.length < size && pool.length > 0) {
    const [set] = pool.splice(random.below(pool.length), 1);
    if (set && !team.some(({ species }) => species.split('-')[0] === set.species.split('-')[0]))
      team.push(set);
  }
  return Teams.pack(team);
}
