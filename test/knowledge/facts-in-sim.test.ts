import { describe, expect, it } from 'vitest';
import type { MoveAssessment } from '../../src/knowledge/assessment.ts';
import { type Observed, play, type Situation } from './situation.ts';

// One situation per line: generation | our team | the opponent's team | choices before, `own > foe` | our move now |
// the opponent's choice meanwhile, by default its first move. Teams as in {@link Situation}.

/** Power that depends on what has happened, or on who acts first. */
const POWER = `
9 | Annihilape / Inner Focus / ragefist, splash | Toxapex / Regenerator / splash, surf | splash>surf; splash>surf | ragefist
9 | Annihilape / Inner Focus / ragefist, splash, substitute | Toxapex / Regenerator / splash, watergun | substitute>splash; splash>watergun | ragefist
9 | Snorlax / Thick Fat / furycutter, splash | Blissey / Natural Cure / splash, protect, watergun | furycutter>splash; furycutter>splash | furycutter
5 | Snorlax / Thick Fat / furycutter, splash | Blissey / Natural Cure / splash, protect, watergun | furycutter>splash; furycutter>splash | furycutter
3 | Snorlax / Thick Fat / furycutter, splash | Blissey / Natural Cure / splash, protect, watergun | furycutter>splash; furycutter>splash | furycutter
9 | Snorlax / Thick Fat / furycutter, splash | Blissey / Natural Cure / splash, protect, watergun | furycutter>splash; furycutter>protect | furycutter
7 | Golem / Sturdy / rollout, defensecurl | Blissey / Natural Cure / splash, protect, watergun | defensecurl>splash; rollout>splash | rollout
9 | Golem / Sturdy / rollout, defensecurl | Blissey / Natural Cure / splash, protect, watergun | rollout>splash; rollout>splash | rollout
9 | Snorlax / Thick Fat / echoedvoice | Blissey / Natural Cure / splash, protect, watergun | echoedvoice>splash; echoedvoice>splash | echoedvoice
9 | Snorlax / Thick Fat / stompingtantrum, drainpunch | Gengar / Cursed Body / splash | drainpunch>splash | stompingtantrum
8 | Umbreon / Inner Focus / stompingtantrum, moonlight | Blissey / Natural Cure / splash | moonlight>splash | stompingtantrum
9 | Snorlax / Thick Fat / stompingtantrum, charm | Blissey / Natural Cure / substitute, splash | charm>substitute | stompingtantrum | move splash
9 | Snorlax / Thick Fat / stompingtantrum, healbell | Blissey / Natural Cure / splash | healbell>splash | stompingtantrum
4 | Alakazam / Inner Focus / smellingsalts, thunderwave | Blissey / Natural Cure / splash | thunderwave>splash | smellingsalts
9 | Torkoal*5 / White Smoke / eruption, watersport, substitute | Abomasnow*5 / Soundproof / splash | substitute>splash; substitute>splash; substitute>splash; watersport>splash | eruption
8 | Aerodactyl / Pressure / superfang, splash | Blissey / Natural Cure / growl | splash>growl dynamax | superfang
8 | Smeargle*50 / Own Tempo / endeavor, splash | Blissey / Natural Cure / growl | splash>growl dynamax | endeavor
9 | Snorlax / Thick Fat / temperflare, drainpunch | Blissey / Natural Cure / splash, protect, watergun | drainpunch>protect | temperflare
9 | Snorlax / Thick Fat / payback | Blissey / Natural Cure / splash, protect, watergun | payback>protect | payback
9 | Blissey / Natural Cure / payback | Snorlax / Thick Fat / splash, protect | payback>protect | payback
9 | Dracovish / Strong Jaw / fishiousrend | Snorlax / Thick Fat / splash, protect |  | fishiousrend
9 | Dracovish / Strong Jaw / fishiousrend, trickroom | Snorlax / Thick Fat / splash | trickroom>splash | fishiousrend
9 | Snorlax*1 / Thick Fat / splash; Houndstone / Sand Rush / retaliate | Blissey / Natural Cure / splash, seismictoss | splash>seismictoss; switch 2> | retaliate
9 | Snorlax*1 / Thick Fat / splash; Houndstone / Sand Rush / lastrespects | Chansey / Natural Cure / seismictoss; Toxapex / Merciless / splash | splash>seismictoss; switch 2>; lastrespects>switch 2 | lastrespects
9 | Snorlax*1 / Thick Fat / splash; Kingambit / Supreme Overlord / ironhead | Blissey / Natural Cure / splash, seismictoss | splash>seismictoss; switch 2> | ironhead
9 | Espeon / Synchronize / storedpower, calmmind | Blissey / Natural Cure / splash, protect, watergun | calmmind>splash | storedpower
7 | Espeon / Synchronize / punishment | Blissey / Natural Cure / calmmind | punishment>calmmind | punishment
7 | Espeon / Synchronize / punishment | Arbok / Shed Skin / coil | punishment>coil | punishment
9 | Arbok / Shed Skin / storedpower, coil | Blissey / Natural Cure / splash, protect | coil>splash | storedpower
9 | Swalot / Gluttony / spitup, stockpile | Blissey / Natural Cure / splash, protect, watergun | stockpile>splash; stockpile>splash | spitup
9 | Archaludon / Stamina / electroshot | Blissey / Natural Cure / splash, protect, watergun | electroshot>splash | electroshot
9 | Snorlax @ Metronome / Thick Fat / tackle | Blissey / Natural Cure / splash, protect, watergun | tackle>splash; tackle>splash | tackle
8 | Chansey @ Metronome / Natural Cure / tackle | Blissey / Natural Cure / splash | tackle dynamax>splash; tackle>splash | tackle
6 | Muk @ Metronome / Poison Touch / shadowforce | Blissey / Natural Cure / softboiled | shadowforce>softboiled | shadowforce | default
6 | Gengar @ Metronome / Cursed Body / solarbeam, splash | Blissey / Natural Cure / softboiled | solarbeam>softboiled; solarbeam>softboiled; splash>softboiled; solarbeam>softboiled | solarbeam | default
6 | Gengar @ Metronome / Cursed Body / solarbeam | Blissey / Natural Cure / softboiled | solarbeam>softboiled; solarbeam>softboiled; solarbeam>softboiled | solarbeam | default
6 | Gengar @ Metronome / Cursed Body / solarbeam | Blissey / Natural Cure / softboiled, protect | solarbeam>softboiled; solarbeam>protect; solarbeam>softboiled | solarbeam | default
6 | Gengar @ Metronome / Cursed Body / solarbeam, sunnyday | Blissey / Natural Cure / softboiled, protect | solarbeam>softboiled; solarbeam>protect; sunnyday>softboiled; solarbeam>softboiled | solarbeam | default
4 | Gengar @ Metronome / Levitate / solarbeam | Blissey / Natural Cure / softboiled | solarbeam>softboiled; solarbeam>softboiled; solarbeam>softboiled | solarbeam | default
6 | Gengar @ Metronome / Drought / solarbeam | Blissey / Natural Cure / softboiled | solarbeam>softboiled; solarbeam>softboiled | solarbeam | default
9 | Aggron / Sturdy / heavyslam | Metagross / Clear Body / autotomize | heavyslam>autotomize | heavyslam
`;

/** Conditions of the user, the target, their sides or the field, and the effects of abilities and items on them. */
const CONDITIONS = `
9 | Snorlax / Thick Fat / thunderbolt, charge | Blissey / Natural Cure / splash | charge>splash | thunderbolt
4 | Snorlax / Thick Fat / thunderbolt, charge | Blissey / Natural Cure / splash | charge>splash | thunderbolt
9 | Snorlax / Thick Fat / bodyslam, tackle, splash | Chansey / Natural Cure / minimize, splash | splash>minimize | bodyslam | move splash
9 | Snorlax / Thick Fat / tackle, splash | Chansey / Natural Cure / minimize, splash | splash>minimize | tackle | move splash
9 | Snorlax / Thick Fat / tackle, foresight | Gengar / Cursed Body / splash | foresight>splash | tackle
4 | Snorlax / Thick Fat / tackle, foresight | Gengar / Cursed Body / splash | foresight>splash | tackle
2 | Snorlax / Thick Fat / tackle, foresight | Gengar / Cursed Body / splash | foresight>splash | tackle
9 | Snorlax / Thick Fat / drainpunch, odorsleuth | Gengar / Cursed Body / splash | odorsleuth>splash | drainpunch
9 | Alakazam / Synchronize / psychic, miracleeye | Umbreon / Inner Focus / splash | miracleeye>splash | psychic
4 | Alakazam / Synchronize / psychic, miracleeye | Umbreon / Inner Focus / splash | miracleeye>splash | psychic
6 | Alakazam / Synchronize / psychic, miracleeye | Umbreon / Inner Focus / splash | miracleeye>splash | psychic
9 | Garchomp / Rough Skin / earthquake, thousandarrows | Zapdos / Pressure / splash | thousandarrows>splash | earthquake
9 | Garchomp / Rough Skin / earthquake, gravity | Zapdos / Pressure / splash | gravity>splash | earthquake
7 | Garchomp / Rough Skin / earthquake, gravity | Rotom / Levitate / splash | gravity>splash | earthquake
4 | Garchomp / Rough Skin / earthquake, gravity | Rotom / Levitate / splash | gravity>splash | earthquake
5 | Garchomp / Rough Skin / earthquake, smackdown | Rotom / Levitate / splash | smackdown>splash | earthquake
9 | Garchomp / Rough Skin / earthquake, smackdown | Rotom / Levitate / splash | smackdown>splash | earthquake
9 | Garchomp / Rough Skin / earthquake, smackdown | Blissey / Natural Cure / magnetrise | smackdown>magnetrise | earthquake
9 | Garchomp / Rough Skin / earthquake, splash | Blissey / Natural Cure / magnetrise, splash | splash>magnetrise | earthquake | move splash
9 | Garchomp / Rough Skin / earthquake, splash | Zapdos / Natural Cure / ingrain, splash | splash>ingrain | earthquake | move splash
4 | Garchomp / Rough Skin / earthquake, splash | Zapdos / Natural Cure / ingrain, splash | splash>ingrain | earthquake | move splash
9 | Garchomp / Rough Skin / earthquake, splash | Zapdos @ Iron Ball / Natural Cure / splash | splash>splash | earthquake | move splash
5 | Garchomp / Rough Skin / earthquake, splash | Zapdos @ Iron Ball / Natural Cure / splash | splash>splash | earthquake | move splash
4 | Garchomp / Rough Skin / earthquake, splash | Zapdos @ Iron Ball / Natural Cure / splash | splash>splash | earthquake | move splash
5 | Garchomp / Rough Skin / zapcannon, telekinesis | Blissey / Natural Cure / splash | telekinesis>splash | zapcannon
7 | Garchomp / Rough Skin / earthquake, telekinesis | Blissey / Natural Cure / splash | telekinesis>splash | earthquake
9 | Garchomp / Rough Skin / zapcannon, mindreader | Blissey / Natural Cure / splash | mindreader>splash | zapcannon
4 | Garchomp / Rough Skin / zapcannon, lockon | Blissey / Natural Cure / splash | lockon>splash | zapcannon
9 | Garchomp / Rough Skin / fissure, lockon | Blissey / Natural Cure / splash | lockon>splash | fissure
8 | Volbeat / Illuminate / tackle, splash | Blissey / Natural Cure / splash, doubleteam | splash>doubleteam | tackle
9 | Volbeat / Illuminate / tackle, splash | Blissey / Natural Cure / splash, doubleteam | splash>doubleteam | tackle
9 | Garchomp / Rough Skin / tackle, focusenergy | Blissey / Natural Cure / splash | focusenergy>splash | tackle
7 | Garchomp / Rough Skin / tackle, laserfocus | Blissey / Natural Cure / splash | laserfocus>splash | tackle
4 | Garchomp / Rough Skin / thunderbolt, mudsport | Blissey / Natural Cure / mudsport, splash | mudsport>mudsport | thunderbolt | move splash
5 | Garchomp / Rough Skin / thunderbolt, mudsport | Blissey / Natural Cure / mudsport, splash | mudsport>mudsport | thunderbolt | move splash
5 | Garchomp / Rough Skin / thunderbolt, splash | Blissey / Natural Cure / mudsport, splash | splash>mudsport | thunderbolt | move splash
6 | Garchomp / Rough Skin / thunderbolt, splash | Blissey / Natural Cure / mudsport, splash | splash>mudsport | thunderbolt | move splash
3 | Zapdos / Rough Skin / thunderbolt, splash | Blissey / Natural Cure / mudsport, splash | splash>mudsport | thunderbolt | move splash
6 | Garchomp / Rough Skin / flamethrower, splash | Blissey / Natural Cure / watersport, splash | splash>watersport | flamethrower | move splash
4 | Garchomp / Rough Skin / flamethrower, watersport | Blissey / Natural Cure / splash | watersport>splash | flamethrower
8 | Coalossal / Steam Engine / flamethrower, tarshot | Scizor / Technician / splash | tarshot>splash | flamethrower
9 | Coalossal / Steam Engine / flamethrower, tarshot | Garchomp / Rough Skin / splash | tarshot>splash | flamethrower
9 | Garchomp / Rough Skin / earthquake, surf, splash | Torkoal / Drought / dig | splash>dig | earthquake | default
9 | Ninjask / Speed Boost / earthquake, surf, splash | Torkoal / Drought / dig | splash>dig | earthquake | default
9 | Ninjask / Speed Boost / gust, twister, splash | Torkoal / Drought / fly | splash>fly | gust | default
9 | Ninjask / Speed Boost / twister, splash | Torkoal / Drought / bounce | splash>bounce | twister | default
9 | Ninjask / Speed Boost / thunder, splash | Torkoal / Drought / bounce | splash>bounce | thunder | default
9 | Ninjask / Speed Boost / surf, splash | Torkoal / Drought / dive | splash>dive | surf | default
9 | Ninjask / Speed Boost / shadowball, splash | Torkoal / Drought / phantomforce | splash>phantomforce | shadowball | default
9 | Ninjask / No Guard / shadowball, splash | Torkoal / Drought / phantomforce | splash>phantomforce | shadowball | default
9 | Torkoal / Drought / quickattack, splash | Ninjask / Speed Boost / phantomforce | splash>phantomforce | quickattack | default
9 | Ninjask / Speed Boost / dragontail, splash | Torkoal / Drought / dig | splash>dig | dragontail | default
9 | Ninjask / Speed Boost / shadowball, trickroom | Torkoal / Drought / dig | trickroom>dig | shadowball | default
5 | Ninjask / Speed Boost / earthquake, splash | Torkoal / Drought / dig | splash>dig | earthquake | default
4 | Ninjask / Speed Boost / earthquake, splash | Torkoal / Drought / dig | splash>dig | earthquake | default
3 | Ninjask / Speed Boost / earthquake, splash | Torkoal / Drought / dig | splash>dig | earthquake | default
2 | Crobat / Speed Boost / earthquake, splash | Snorlax / Drought / dig | splash>dig | earthquake | default
2 | Crobat / Speed Boost / sludgebomb, splash | Snorlax / Drought / dig | splash>dig | sludgebomb | default
1 | Jolteon / Speed Boost / thunderbolt, splash | Snorlax / Drought / dig | splash>dig | thunderbolt | default
1 | Jolteon / Speed Boost / swift, splash | Snorlax / Drought / dig | splash>dig | swift | default
9 | Ninjask / Speed Boost / bugbuzz, forestscurse | Garchomp / Rough Skin / splash | forestscurse>splash | bugbuzz
9 | Ninjask / Speed Boost / bugbuzz, trickortreat | Garchomp / Rough Skin / splash | trickortreat>splash | bugbuzz
9 | Ninjask / Speed Boost / bugbuzz, soak | Garchomp / Rough Skin / splash | soak>splash | bugbuzz
9 | Charizard / Blaze / flamethrower, burnup | Garchomp / Rough Skin / splash | burnup>splash | flamethrower
9 | Pawmot / Iron Fist / thunderpunch, doubleshock | Blissey / Natural Cure / splash | doubleshock>splash | thunderpunch
9 | Gengar / Cursed Body / flamethrower, splash | Heatran / Flash Fire / flamethrower, splash | flamethrower>splash | flamethrower | move splash
9 | Heatran / Flash Fire / flamethrower, splash | Torkoal / Shell Armor / flamethrower, splash | splash>flamethrower | flamethrower | move splash
4 | Heatran / Flash Fire / flamethrower, splash | Torkoal / Shell Armor / flamethrower, splash | splash>flamethrower | flamethrower | move splash
9 | Regigigas / Slow Start / bodyslam, splash | Blissey / Shell Armor / splash | splash>splash | bodyslam
4 | Regigigas / Slow Start / bodyslam, splash | Blissey / Shell Armor / splash | splash>splash | bodyslam
9 | Umbreon / Inner Focus / foulplay, splash | Garchomp / Rough Skin / swordsdance, splash | splash>swordsdance | foulplay | move splash
9 | Corviknight / Pressure / bodypress, irondefense | Garchomp / Rough Skin / splash | irondefense>splash | bodypress
9 | Alakazam / Synchronize / psychic, wonderroom | Blissey / Natural Cure / splash | wonderroom>splash | psychic
9 | Alakazam / Synchronize / psyshock, wonderroom | Blissey / Natural Cure / splash | wonderroom>splash | psyshock
9 | Alakazam @ Choice Specs / Synchronize / magicroom, psychic | Blissey / Natural Cure / splash |  | psychic
5 | Alakazam @ Life Orb / Synchronize / magicroom, psychic | Blissey @ Eviolite / Natural Cure / splash | magicroom>splash | psychic
9 | Shuckle / Sturdy / tackle, powertrick | Blissey / Natural Cure / splash | powertrick>splash | tackle
9 | Shuckle / Sturdy / tackle, powertrick | Blissey / Natural Cure / splash | powertrick>splash;powertrick>splash | tackle
9 | Garchomp / Rough Skin / tackle, splash | Shuckle / Sturdy / powertrick, splash | splash>powertrick | tackle | move splash
4 | Shuckle / Sturdy / tackle, powertrick | Blissey / Natural Cure / splash | powertrick>splash | tackle
9 | Chien-Pao / Sword of Ruin / icespinner, splash | Blissey / Natural Cure / splash |  | icespinner
9 | Garchomp / Rough Skin / dragonclaw | Ting-Lu / Vessel of Ruin / splash |  | dragonclaw
9 | Garchomp / Rough Skin / dragonclaw | Wo-Chien / Tablets of Ruin / splash |  | dragonclaw
9 | Garchomp / Rough Skin / dracometeor | Chi-Yu / Beads of Ruin / splash |  | dracometeor
9 | Garchomp / Rough Skin / dragonclaw, splash | Blissey / Natural Cure / reflect, splash | splash>reflect | dragonclaw | move splash
9 | Garchomp / Rough Skin / brickbreak, splash | Blissey / Natural Cure / reflect, splash | splash>reflect | brickbreak | move splash
9 | Ninetales-Alola / Snow Warning / dragonclaw, splash | Abomasnow / Snow Warning / auroraveil, splash | splash>auroraveil | dragonclaw | move splash
9 | Dragapult / Infiltrator / dragondarts, splash | Blissey / Natural Cure / reflect, splash | splash>reflect | dragondarts | move splash
9 | Roaring Moon / Protosynthesis / dragonclaw, sunnyday | Blissey / Natural Cure / splash | sunnyday>splash | dragonclaw
9 | Iron Valiant @ Booster Energy / Quark Drive / moonblast, closecombat | Blissey / Natural Cure / splash |  | moonblast
9 | Iron Valiant @ Booster Energy / Quark Drive / moonblast, closecombat | Blissey / Natural Cure / splash |  | closecombat
9 | Great Tusk @ Booster Energy / Protosynthesis / headlongrush | Blissey / Natural Cure / splash |  | headlongrush
9 | Garchomp / Rough Skin / dragonclaw | Great Tusk @ Booster Energy / Protosynthesis / splash |  | dragonclaw
9 | Zapdos / Pressure / earthquake, roost | Landorus-Therian / Intimidate / roost, splash |  | earthquake | move roost
9 | Kyurem / Pressure / earthpower, splash | Zapdos / Pressure / roost, splash | splash>splash | earthpower | move roost
9 | Pikachu @ Light Ball / Static / thunderbolt | Blissey / Natural Cure / splash |  | thunderbolt
9 | Ursaluna @ Flame Orb / Guts / facade, splash | Blissey / Natural Cure / splash | splash>splash | facade
9 | Hawlucha @ Sitrus Berry / Unburden / acrobatics | Blissey / Natural Cure / splash |  | acrobatics
9 | Hawlucha / Unburden / acrobatics | Blissey / Natural Cure / splash |  | acrobatics
6 | Snorlax @ Normal Gem / Thick Fat / bodyslam | Blissey / Natural Cure / splash |  | bodyslam
5 | Snorlax @ Normal Gem / Thick Fat / bodyslam | Blissey / Natural Cure / splash |  | bodyslam
9 | Snorlax @ Micle Berry / Thick Fat / zapcannon | Blissey / Natural Cure / splash |  | zapcannon
9 | Snorlax @ Zoom Lens / Thick Fat / zapcannon | Blissey / Natural Cure / splash |  | zapcannon
9 | Blissey @ Zoom Lens / Natural Cure / zapcannon | Snorlax / Thick Fat / splash |  | zapcannon
9 | Magnezone / Analytic / thunderbolt | Blissey / Natural Cure / splash |  | thunderbolt
9 | Magnezone / Analytic / thunderbolt | Torkoal / Shell Armor / splash |  | thunderbolt
9 | Magnezone / Analytic / thunderbolt, trickroom | Torkoal / Shell Armor / splash | trickroom>splash | thunderbolt
9 | Tyranitar / Sand Stream / aquacutter | Blissey / Natural Cure / splash |  | aquacutter
3 | Snorlax / Thick Fat / facade, splash | Blissey / Natural Cure / willowisp | splash>willowisp | facade
3 | Hariyama / Guts / smellingsalts, thunderwave | Blissey / Natural Cure / splash | thunderwave>splash | smellingsalts
9 | Snorlax / Thick Fat / hex, thunderwave | Blissey / Healer / splash | thunderwave>splash | hex
9 | Snorlax / Thick Fat / venoshock, toxic | Blissey / Healer / splash | toxic>splash | venoshock
9 | Snorlax / Thick Fat / knockoff | Blissey @ Leftovers / Natural Cure / splash |  | knockoff
9 | Snorlax / Thick Fat / knockoff | Blissey / Natural Cure / splash |  | knockoff
9 | Snorlax / Thick Fat / gravapple, gravity | Blissey / Natural Cure / splash | gravity>splash | gravapple
9 | Miraidon / Hadron Engine / electrodrift | Gyarados / Intimidate / splash |  | electrodrift
9 | Koraidon / Orichalcum Pulse / collisioncourse | Tyranitar / Unnerve / splash |  | collisioncourse
9 | Gallade / Sharpness / psyblade, electricterrain | Blissey / Natural Cure / splash | electricterrain>splash | psyblade
9 | Zapdos / Pressure / thunderbolt, electricterrain | Blissey / Natural Cure / splash | electricterrain>splash | thunderbolt
9 | Zapdos @ Iron Ball / Pressure / thunderbolt, electricterrain | Blissey / Natural Cure / splash | electricterrain>splash | thunderbolt
9 | Magnezone / Sturdy / thunderbolt, electricterrain, magnetrise | Blissey / Natural Cure / splash | electricterrain>splash;magnetrise>splash | thunderbolt
9 | Garchomp / Rough Skin / dragonclaw, mistyterrain, smackdown | Zapdos / Pressure / splash | mistyterrain>splash;smackdown>splash | dragonclaw
9 | Garchomp / Rough Skin / risingvoltage, electricterrain, smackdown | Zapdos / Pressure / splash | electricterrain>splash;smackdown>splash | risingvoltage
5 | Snorlax / Thick Fat / beatup; Garchomp / Rough Skin / splash; Blissey / Natural Cure / splash | Shuckle / Sturdy / splash | switch 2>splash; switch 3>splash; switch 2>splash | beatup
9 | Snorlax / Thick Fat / stomp, tackle, splash | Chansey / Natural Cure / minimize, splash | splash>minimize | stomp | move splash
3 | Snorlax / Thick Fat / stomp, tackle, splash | Chansey / Natural Cure / minimize, splash | splash>minimize | stomp | move splash
9 | Alakazam @ Life Orb / Synchronize / magicroom, psychic | Blissey @ Assault Vest / Natural Cure / watergun | magicroom>watergun | psychic
4 | Snorlax / Thick Fat / brine, seismictoss | Blissey / Sturdy / splash | seismictoss>splash; seismictoss>splash; seismictoss>splash; seismictoss>splash | brine
9 | Slaking / Truant / bodyslam | Blissey / Natural Cure / splash | bodyslam>splash | bodyslam
9 | Slaking / Truant / bodyslam | Blissey / Natural Cure / splash | bodyslam>splash; bodyslam>splash | bodyslam
9 | Slaking / Truant / gigaimpact | Steelix / Sturdy / splash | gigaimpact>splash; move 1>splash | gigaimpact
4 | Slaking / Truant / gigaimpact | Steelix / Sturdy / splash | gigaimpact>splash; move 1>splash | gigaimpact
3 | Slaking / Truant / bodyslam | Blissey / Natural Cure / splash, spore | bodyslam>spore; bodyslam>splash | bodyslam
9 | Garchomp / Rough Skin / dragonclaw | Terapagos-Terastal / Tera Shell / splash | | dragonclaw
9 | Garchomp / Rough Skin / endeavor | Blissey / Natural Cure / splash | | endeavor
9 | Garchomp / Rough Skin / endeavor, splash | Blissey / Natural Cure / seismictoss | splash>seismictoss | endeavor
8 | Mew / Pressure / baddybad | Garchomp / Rough Skin / splash | | baddybad
1 | Snorlax / x / fissure, splash | Jolteon / x / splash | | fissure
1 | Arbok / x / wrap | Chansey / x / splash | wrap>splash | wrap
1 | Snorlax / x / bodyslam, splash | Charizard / x / willowisp, ember, splash | splash>splash | bodyslam | move splash
1 | Mewtwo / x / psywave | Chansey / x / splash | | psywave
2 | Mewtwo / x / psywave | Chansey / x / splash | | psywave
3 | Snorlax / Immunity / beatup | Shuckle / Sturdy / spore | beatup>spore; beatup>spore | beatup
4 | Bronzong / Levitate / gyroball | Castform*20 / Forecast / splash | | gyroball
2 | Phanpy*2 / x / absorb | Shuckle*30 / x / splash | | absorb
3 | Rapidash*14 @ Silk Scarf / Flash Fire / bodyslam | Wynaut*9 / Synchronize / splash | | bodyslam
3 | Umbreon / Synchronize / weatherball | Drowzee / Insomnia / splash | | weatherball
3 | Swellow / Guts / watergun | Barboach / Oblivious / splash | | watergun
3 | Pidgeot / Keen Eye / wingattack, splash | Blissey / Natural Cure / doubleteam, splash | splash>doubleteam | wingattack | move splash
9 | Snorlax^Stellar / Thick Fat / aquajet, flamecharge | Blissey / Natural Cure / splash | aquajet terastallize>splash | aquajet
9 | Snorlax^Stellar / Thick Fat / aquajet, flamecharge | Blissey / Natural Cure / splash | aquajet terastallize>splash | flamecharge
9 | Snorlax^Stellar / Thick Fat / aquajet, doublekick, seismictoss, splash | Blissey / Natural Cure / splash | seismictoss terastallize>splash | doublekick
9 | Snorlax^Stellar / Thick Fat / aquajet, splash | Blissey / Natural Cure / splash, substitute | splash terastallize>substitute; aquajet>splash | aquajet
9 | Snorlax^Stellar / Thick Fat / aquajet, splash; Chansey / Natural Cure / splash | Mimikyu / Disguise / splash | aquajet terastallize>splash; switch 2>splash; switch 2>splash | aquajet
9 | Scizor / Technician / furycutter, splash | Blissey / Natural Cure / splash, substitute | splash>substitute; furycutter>splash | furycutter
9 | Cinderace^Poison / Libero / zenheadbutt, pyroball, splash | Blissey / Natural Cure / splash | zenheadbutt>splash; splash terastallize>splash | zenheadbutt
9 | Cinderace^Poison / Libero / zenheadbutt, pyroball, splash | Blissey / Natural Cure / splash | zenheadbutt>splash; splash terastallize>splash | pyroball
9 | Noctowl^Psychic / Insomnia / synchronoise, splash | Bronzor / Heatproof / splash | splash terastallize>splash | synchronoise
8 | Weavile / Pressure / surgingstrikes, splash | Blissey / Natural Cure / splash | splash dynamax>splash | surgingstrikes
8 | Weavile / Pressure / nightslash, splash | Dugtrio / Sand Veil / dig, splash | splash dynamax>dig | nightslash
9 | Aegislash / Stance Change / shadowsneak, ironhead, kingsshield | Blissey / Natural Cure / splash, tackle | | ironhead
9 | Aegislash / Stance Change / shadowsneak, ironhead, kingsshield | Blissey / Natural Cure / splash, tackle | shadowsneak>splash; kingsshield>splash | ironhead
9 | Blissey / Natural Cure / tackle | Aegislash / Stance Change / shadowsneak | tackle>shadowsneak | tackle
9 | Cherrim^Stellar / Flower Gift / revelationdance, splash | Rotom-Frost^Steel / Levitate / splash | splash terastallize>splash terastallize | revelationdance
9 | Oricorio^Stellar / Dancer / revelationdance, splash | Blissey / Natural Cure / splash | splash terastallize>splash | revelationdance
9 | Oricorio^Grass / Dancer / revelationdance, splash | Blissey / Natural Cure / splash | splash terastallize>splash | revelationdance
6 | Noivern @ PRZ Cure Berry / Infiltrator / naturalgift | Slowpoke / Oblivious / splash | | naturalgift
4 | Snorlax @ Ice Berry / Thick Fat / naturalgift | Slowpoke / Oblivious / splash | | naturalgift
8 | Sylveon @ Chilan Berry / Pixilate / naturalgift | Slowpoke / Oblivious / splash | | naturalgift
5 | Snorlax @ Watmel Berry / Thick Fat / naturalgift | Slowpoke / Oblivious / splash | | naturalgift
6 | Malamar / Contrary / embargo, knockoff | Archeops @ Diancite / Defeatist / splash | embargo>splash | knockoff
6 | Malamar / Contrary / embargo, knockoff | Diancie @ Diancite / Clear Body / splash | embargo>splash | knockoff
7 | Malamar / Contrary / embargo, knockoff | Blissey / Natural Cure / splash | embargo>splash | knockoff
7 | Malamar / Contrary / magicroom, knockoff | Blissey @ Eviolite / Natural Cure / splash | magicroom>splash | knockoff
8 | Weavile / Pressure / knockoff | Golurk @ Colbur Berry / Klutz / splash | | knockoff
6 | Rotom-Heat @ Gyaradosite / Levitate / fling | Blissey / Natural Cure / splash | | fling
6 | Rotom-Heat @ Iron Ball / Levitate / fling | Blissey / Natural Cure / splash | | fling
4 | Rotom-Heat @ Sitrus Berry / Levitate / fling | Blissey / Natural Cure / splash | | fling
4 | Rotom-Heat @ Iron Ball / Levitate / fling | Blissey / Natural Cure / splash | | fling
5 | Rotom-Heat @ Douse Drive / Levitate / fling | Blissey / Natural Cure / splash | | fling
7 | Rotom-Heat @ Bug Memory / Levitate / fling | Blissey / Natural Cure / splash | | fling
7 | Rotom-Heat @ Buginium Z / Levitate / fling | Blissey / Natural Cure / splash | | fling
8 | Rotom-Heat @ Choice Band / Levitate / fling | Blissey / Natural Cure / splash | | fling
8 | Rotom-Heat @ Toxic Plate / Levitate / fling | Blissey / Natural Cure / splash | | fling
9 | Rotom-Heat @ Leftovers / Levitate / fling | Blissey / Natural Cure / splash | | fling
9 | Rotom-Heat @ Light Ball / Levitate / fling | Blissey / Natural Cure / splash | | fling
9 | Rotom-Heat @ Thick Club / Levitate / fling | Blissey / Natural Cure / splash | | fling
9 | Rotom-Heat @ TR24 / Levitate / fling | Blissey / Natural Cure / splash | | fling
8 | Rotom-Heat @ TR24 / Levitate / fling | Blissey / Natural Cure / splash | | fling
6 | Rotom-Heat @ PRZ Cure Berry / Levitate / fling | Blissey / Natural Cure / splash | | fling
9 | Rotom-Heat @ Booster Energy / Levitate / fling | Blissey / Natural Cure / splash | | fling
8 | Golurk @ Iron Ball / Klutz / fling | Blissey / Natural Cure / splash | | fling
6 | Rotom-Heat / Levitate / fling | Blissey / Natural Cure / splash | | fling
4 | Snorlax / Thick Fat / gigaimpact, gravity | Staravia / Keen Eye / calmmind, flash | gravity>flash | gigaimpact
4 | Snorlax / Thick Fat / bodyslam, gravity | Staravia / Keen Eye / calmmind, flash | gravity>flash | bodyslam
4 | Snorlax / Thick Fat / bodyslam, splash | Staravia / Keen Eye / splash, flash, doubleteam | splash>flash; splash>doubleteam | bodyslam
3 | Snorlax / Compound Eyes / bodyslam, splash | Blissey @ Bright Powder / Natural Cure / splash, flash, doubleteam | splash>flash; splash>doubleteam | bodyslam
3 | Snorlax / Thick Fat / bodyslam | Blissey @ Lax Incense / Natural Cure / splash | | bodyslam
4 | Castform / Forecast / ember, splash | Kricketot / Shed Skin / watersport, splash | splash>watersport | ember | move splash
3 | Zapdos / Pressure / thundershock, mudsport | Blissey / Natural Cure / splash | mudsport>splash | thundershock
2 | Lugia / x / gigadrain, splash | Blissey / x / substitute, splash | splash>substitute | gigadrain | move splash
5 | Tornadus / Prankster / skydrop | Golem / Rock Head / splash | skydrop>splash | skydrop | default
6 | Tornadus / Prankster / skydrop | Golem / Rock Head / splash | | skydrop
6 | Tornadus / Prankster / skydrop | Blissey / Natural Cure / substitute | skydrop>substitute; skydrop>substitute | skydrop
7 | Snorlax @ Buginium Z / Thick Fat / judgment | Blissey / Natural Cure / splash | | judgment
8 | Rotom / Levitate / dreameater, splash | Gengar / Cursed Body / splash | splash dynamax>splash | dreameater
7 | Nidoking / Parental Bond / dragonrage | Snorlax / Thick Fat / splash | | dragonrage
6 | Nidoking / Parental Bond / superfang | Snorlax / Thick Fat / splash | | superfang
7 | Nidoking / Parental Bond / rollout | Snorlax / Thick Fat / splash | | rollout
6 | Nidoking / Parental Bond / solarbeam | Snorlax / Thick Fat / splash | solarbeam>splash | solarbeam
8 | Nidoking / Parental Bond / earthpower, splash | Snorlax / Thick Fat / splash | splash dynamax>splash | earthpower
9 | Umbreon^Dark / Inner Focus / beatup, splash | Snorlax / Thick Fat / splash | splash terastallize>splash | beatup
9 | Umbreon^Normal / Inner Focus / trumpcard, splash | Snorlax / Thick Fat / splash | splash terastallize>splash | trumpcard
9 | Umbreon^Dark / Inner Focus / payback, splash | Snorlax / Thick Fat / splash, protect | splash terastallize>splash | payback
9 | Jirachi^Stellar / Serene Grace / hiddenpower, tackle | Snorlax / Thick Fat / splash | hiddenpower terastallize>splash | tackle
9 | Zarude @ Leftovers / Leaf Guard / acrobatics, splash | Blissey / Natural Cure / embargo | splash>embargo | acrobatics
6 | Hawlucha @ Flying Gem / Limber / acrobatics | Blissey / Natural Cure / splash | | acrobatics
7 | Zygarde / Aura Break / thousandarrows | Celesteela / Beast Boost / splash | thousandarrows>splash | thousandarrows
7 | Zygarde / Aura Break / thousandarrows | Celesteela / Beast Boost / splash | | thousandarrows
6 | Blissey / Natural Cure / incinerate, watersport | Caterpie*20 / Shield Dust / splash | watersport>splash | incinerate
`;

/** Abilities of the Pokémon beside the two in doubles. */
const BESIDE = `
6 | Togekiss / Serene Grace / dazzlinggleam, moonblast; Xerneas / Fairy Aura / splash | Blissey / Natural Cure / splash; Chansey / Natural Cure / splash | | moonblast
6 | Togekiss / Serene Grace / moonblast; Xerneas / Fairy Aura / splash | Blissey / Natural Cure / splash; Zygarde / Aura Break / splash | | moonblast
6 | Krookodile / Moxie / crunch; Blissey / Natural Cure / splash | Blissey / Natural Cure / splash; Yveltal / Dark Aura / splash | | crunch
6 | Haxorus / Mold Breaker / crunch; Blissey / Natural Cure / splash | Blissey / Natural Cure / splash; Vivillon / Friend Guard / splash | | crunch
6 | Snorlax / Thick Fat / crunch; Blissey / Natural Cure / splash | Blissey / Natural Cure / splash; Vivillon / Friend Guard / splash | | crunch
7 | Alakazam / Synchronize / psychic; Charjabug / Battery / splash | Blissey / Natural Cure / splash; Chansey / Natural Cure / splash | | psychic
7 | Alakazam / Synchronize / psychic, splash; Charjabug / Battery / splash | Blissey / Natural Cure / splash; Chansey / Natural Cure / gastroacid | splash, splash>splash, gastroacid 2 | psychic
8 | Snorlax / Thick Fat / crunch; Stonjourner / Power Spot / splash | Blissey / Natural Cure / splash; Chansey / Natural Cure / splash | | crunch
8 | Snorlax / Thick Fat / crunch; Stonjourner / Power Spot / splash | Blissey / Natural Cure / splash; Weezing / Neutralizing Gas / splash | | crunch
8 | Snorlax / Thick Fat / ironhead; Perrserker / Steely Spirit / splash | Blissey / Natural Cure / splash; Chansey / Natural Cure / splash | | ironhead
7 | Snorlax / Thick Fat / crunch, sunnyday; Cherrim / Flower Gift / splash | Blissey / Natural Cure / splash; Chansey / Natural Cure / splash | sunnyday, splash>splash, splash | crunch
7 | Alakazam / Synchronize / psychic, sunnyday; Blissey / Natural Cure / splash | Blissey / Natural Cure / splash; Cherrim / Flower Gift / splash | sunnyday, splash>splash, splash | psychic
8 | Necrozma / Prism Armor / photongeyser; Blissey / Natural Cure / splash | Blissey / Natural Cure / splash; Vivillon / Friend Guard / splash | | photongeyser
`;

it.each([3, 6])('each kick of a Triple Kick of generation %i is stronger', (gen) => {
  const team = { own: 'Hitmontop / Intimidate / triplekick', foe: 'Blissey / Natural Cure / splash' };
  const { observed, predicted } = play({ gen, ...team, before: '', move: 'triplekick' });
  const { min = 0, max = 0 } = predicted.user.damage ?? {};
  expect(max).toBeCloseTo(observed.most, 2);
  expect(min).toBeLessThan(max / 5);
});

it.each([2, 4, 9])('Future Sight of generation %i does not fail because its target is underground', (gen) => {
  const team = { own: 'Crobat / Inner Focus / futuresight, splash', foe: 'Snorlax / Immunity / dig' };
  const { predicted } = play({
    gen,
    ...team,
    before: 'splash>dig',
    move: 'futuresight',
    answer: 'default',
  });
  expect(predicted.user.accuracy).toBeGreaterThan(0.8);
  expect(predicted.target.accuracy).toBeGreaterThan(0.8);
});

it('Dragon Darts hits a Pokémon once when its ally takes the other hit, twice when that one is a Fairy', () => {
  const own = 'Dragapult / Clear Body / dragondarts; Blissey / Natural Cure / splash';
  const beside = (ally: string) =>
    play({
      ...{ gen: 8, own, before: '', move: 'dragondarts', doubles: true },
      foe: `Blissey / Natural Cure / splash; ${ally} / Natural Cure / splash`,
    });
  const { observed, predicted } = beside('Clefable');
  expect(predicted.user.damage?.max).toBeCloseTo(observed.most, 2);
  expect(beside('Chansey').predicted.user.damage?.max).toBeCloseTo(observed.most / 2, 2);
});

it.each([
  ['hypervoice', 'Water'],
  ['hypervoice dynamax', 'Normal'],
])('after %s the next Hyper Voice of a Liquid Voice is a %s move', (first, type) => {
  const own = 'Primarina / Liquid Voice / hypervoice';
  const foe = 'Blissey / Natural Cure / splash';
  const { predicted } = play({ gen: 8, own, foe, before: `${first}>splash`, move: 'hypervoice' });
  expect([predicted.user.type, predicted.target.type]).toEqual([type, type]);
});

it('in generation 2 Swagger misses a Pokémon whose Attack is at its limit', () => {
  const own = 'Gengar / Levitate / swagger, splash';
  const curses = (times: number) =>
    play({
      ...{ gen: 2, own, foe: 'Umbreon / Synchronize / curse, splash', move: 'swagger' },
      before: Array<string>(times).fill('splash>curse').join(';'),
    });
  const { predicted, turn } = curses(6);
  expect(predicted.user.accuracy).toBe(0);
  expect(predicted.target.accuracy).toBe(0);
  turn.battle.makeChoices('move swagger', 'move splash');
  expect(turn.battle.log).toContain('|-miss|p1a: Gengar');
  expect(curses(1).predicted.user.accuracy).toBeGreaterThan(0.8);
});

it.each([
  ['Jolteon', 'thunderbolt', 0],
  ['Jolteon', 'thunder', 0.7],
  ['Snorlax', 'crunch', 1],
])('%s’s %s hits a Pokémon held up by its ally’s Sky Drop with chance %d', (species, move, chance) => {
  const { observed, predicted } = play({
    ...{ gen: 6, move, doubles: true, before: 'splash, skydrop 1>splash, splash' },
    own: `${species} / Synchronize / ${move}, splash; Tornadus / Prankster / skydrop`,
    foe: 'Blissey / Natural Cure / splash; Chansey / Natural Cure / splash',
  });
  expect(observed.accuracy).toBe(chance);
  expect(predicted.user.accuracy).toBe(chance);
  expect(predicted.target.accuracy).toBe(chance);
});

it('Perish Song does not affect a Pokémon underground', () => {
  const team = { own: 'Gengar / Cursed Body / perishsong, splash', foe: 'Snorlax / Immunity / dig' };
  const { predicted } = play({
    gen: 6,
    ...team,
    before: 'splash>dig',
    move: 'perishsong',
    answer: 'default',
  });
  expect(predicted.user.accuracy).toBe(0);
});

function situationOf(line: string, doubles: boolean): Situation {
  const [gen = '', own = '', foe = '', before = '', move = '', answer] = line
    .split('|')
    .map((part) => part.trim());
  return { gen: Number(gen), own, foe, before, move, doubles, ...(answer ? { answer } : {}) };
}

describe.each([
  ['power that depends on what has happened', POWER],
  ['conditions', CONDITIONS],
  ['abilities of who stands beside', BESIDE],
])('%s: both sides are shown what the simulator does', (_, table) => {
  it.each(table.trim().split('\n'))('%s', (line) => {
    const { observed, predicted } = play(situationOf(line, table === BESIDE));
    expectSame(observed, predicted.user, 'the user’s side');
    expectSame(observed, predicted.target, 'the target’s side');
  });
});

/** Allowance for rounding, as a fraction of the target's HP. */
const ROUNDING = 0.009;

function expectSame({ least, most, accuracy }: Observed, said: MoveAssessment, whose: string): void {
  if (said.accuracy === 0 && most === 0) return;
  if (accuracy !== undefined) expect(said.accuracy, `${whose}: accuracy`).toBeCloseTo(accuracy, 1.8);
  else if (most > 0) expect(said.accuracy, `${whose}: accuracy`).toBeGreaterThan(0);
  const { min, max } = said.damage ?? { min: 0, max: 0 };
  const range = `${whose}: ${min.toFixed(3)}–${max.toFixed(3)}, not ${least.toFixed(3)}–${most.toFixed(3)}`;
  expect(Math.abs(min - least), range).toBeLessThan(ROUNDING);
  expect(Math.abs(max - most), range).toBeLessThan(ROUNDING);
}
