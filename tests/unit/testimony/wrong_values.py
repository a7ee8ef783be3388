"""Values that are plainly wrong, over all files that a user writes: each is refused, or warned of, at its line.

A row: the file, the words in it, what is written instead, and what is told of it first. `\\n` is the end of a line.
"""

from __future__ import annotations

__all__ = ["WRONG_VALUES"]

_TABLE = r"""
record.yaml | unit: fighters, low: 100 | unit: bananas, low: 100 | warning: record.yaml:13:5: 'bananas' is no unit that is known here.
record.yaml | low: 100, high: 200 | low: 100000000000000000 | warning: record.yaml:13:5: 100,000,000,000,000,000 fighters are more than can be meant.
record.yaml | {unit: fighters, low: 100, high: 200} | {unit: percent, low: 100, high: 200} | warning: record.yaml:13:5: 'number' is given in 'percent'.
record.yaml | {unit: fighters, low: 100, high: 200} | {unit: km, low: 100, high: 200} | warning: record.yaml:13:5: 'number' is given in 'km'.
record.yaml | says: Dell was not taken. | says: "   " | record.yaml:41:5: The text is empty.
record.yaml |     happened: 2020-03-12 |     happened: 1820-03-12 | warning: record.yaml:39:5: 12 Mar 1820 lies more than a century before the window begins.
record.yaml | said: 2020-03-10\n    happened: 2020-03-10\n    episode: arlen-falls\n    asserts: {event: Captured, | said: 2020-03-10\n    happened: 2019-03-10\n    episode: arlen-falls\n    asserts: {event: Captured, | warning: record.yaml:2:5: 10 Mar 2019 lies before the window begins, and the opening has Arlen with the rebels.
record.yaml | episode: arlen-falls\n    asserts: {event: Captured, place: arlen, by: [north-guard] | episode: ' '\n    asserts: {event: Captured, place: arlen, by: [north-guard] | record.yaml:9:5: The text is empty.
record.yaml | by: [north-guard], against: rebels | by: [north-guard, north-guard], against: rebels | record.yaml:10:64: 'north-guard' stands twice in this list.
record.yaml | by: [north-guard], against: rebels | by: [north-guard], against: north | warning: record.yaml:2:5: The North takes a place from itself.
record.yaml | by: [north-guard], against: rebels | by: [north-guard], against: civilians | record.yaml:10:65: There is no actor 'civilians'.
record.yaml | origin: wire | origin: '' | record.yaml:27:5: The text is empty.
record.yaml | said_by: mayor | said_by: marshall | record.yaml:34:5: There is no speaker 'marshall'.
record.yaml | grade: 2, as_of: 2020-03-11 | grade: 2, as_of: 2099-03-11 | warning: record.yaml:2:5: It is judged as of 2099-03-11, which is still to come.
record.yaml | reason: others say so too | reason: '' | record.yaml:12:49: The text is empty.
record.yaml | paragraph: 2 | paragraph: -2 | record.yaml:15:5: The source 'gazette' has no paragraph -2.
record.yaml | says: Dell was not taken. | says: Dell was not taken.\n    corrects: T2-03 | record.yaml:42:5: The claim corrects itself.
record.yaml | says: Dell was not taken. | says: Dell was not taken.\n    tlp: purple | record.yaml:42:5: 'purple' is no label of TLP 2.0.
record.yaml | id: T2-03 | id: '-' | record.yaml:39:5: '-' cannot be an id.
record.yaml | {words: recently, before: 2020-03-11} | {words: recently, before: 1820-03-11} | warning: record.yaml:25:5: 26 Feb to 11 Mar 1820 lies more than a century before the window begins.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: Attacked, place: dell, by: [north], against: rebels, killed: {unit: persons, best: 90000000000}} | warning: record.yaml:39:5: 90,000,000,000 persons are more than can be meant.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: Attacked, place: dell, by: [north], against: rebels, killed: {unit: percent, best: 120}} | warning: record.yaml:39:5: 'killed' is given in 'percent'.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: Attacked, place: dell, by: [north], against: rebels, killed: {unit: bananas, best: 12}} | warning: record.yaml:39:5: 'bananas' is no unit that is known here.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: Attacked, place: dell, by: [north], against: rebels, killed: {unit: persons, best: 12.5}} | warning: record.yaml:39:5: 'killed' counts persons, and is not whole.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: Attacked, place: dell, by: [north], against: rebels, killed_of: {south: {unit: persons, best: 12}}} | warning: record.yaml:39:5: 'south' stands under 'killed_of', and is no side of it.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: PlaceDescribed, place: dell, attribute: location, value: '', of: arlen, km: {best: 0, unit: km}} | record.yaml:43:72: The text is empty.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: PlaceDescribed, place: dell, attribute: location, value: near, of: arlen, km: {best: 100000, unit: km}} | warning: record.yaml:39:5: 100,000 km are more than can be meant.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: PlaceDescribed, place: dell, attribute: location, value: near, of: dell, km: {best: 5, unit: km}} | warning: record.yaml:39:5: Dell is described by where it lies from itself.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: PlaceDescribed, place: dell, attribute: location, value: near, of: arlen, km: {best: 5, unit: bananas}} | warning: record.yaml:39:5: 'km' is given in 'bananas'.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: CeasefireAgreed, between: [north, rebels], until: 1999-01-01} | warning: record.yaml:39:5: It ends on 1999-01-01, before it was agreed on.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: CeasefireAgreed, between: [north, north]} | record.yaml:43:56: 'north' stands twice in this list.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: RelationReported, actor: north, toward: north, stance: hostile} | warning: record.yaml:39:5: The North and the North are of one side.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: ActorSplit, actor: rebels, into: [rebels]} | warning: record.yaml:39:5: It breaks up into what it was: the rebels.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: ActorsMerged, by: [rebels], into: rebels} | warning: record.yaml:39:5: It joins what it is: the rebels.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: ActorDescribed, actor: rebels, attribute: name, value: ''} | record.yaml:43:70: The text is empty.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: Fled, place: dell, actor: rebels, toward: [dell]} | warning: record.yaml:39:5: They flee from Dell to where they are.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: Attacked, by: [north], against: north, place: dell} | warning: record.yaml:39:5: The North stands on both ends of it.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: ClashStepped, actor: north, toward: rebels, place: dell, rung: 9} | record.yaml:43:79: There is no rung 9.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: HandedOver, place: dell, by: [rebels], to: rebels} | warning: record.yaml:39:5: The rebels hand Dell over to themselves.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: OperationLaunched, operation: spring-push, by: [north], against: north} | warning: record.yaml:39:5: The North launches an operation against itself.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: CeasefireAgreed, between: [north, rebels], since: 2020-04-10, until: 2020-04-01} | warning: record.yaml:39:5: It ends on 2020-04-01, before it begins on 2020-04-10.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: CeasefireAgreed, between: [rebels, north, north-guard]} | warning: record.yaml:39:5: 'north' and 'north-guard' are of one side.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: PeaceSigned, by: [north, north-guard]} | warning: record.yaml:39:5: 'north' and 'north-guard' are of one side.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: AgreementEnded, by: [north-guard], toward: north} | warning: record.yaml:39:5: 'north-guard' and 'north' are of one side.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: AgreementEnded, by: [north], toward: rebels} | warning: record.yaml:39:5: No agreement was in force between the North and the rebels.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: BlockadeLifted, place: dell} | warning: record.yaml:39:5: No blockade of Dell was in force.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: StanceChanged, actor: north, toward: north-guard, stance: hostile} | warning: record.yaml:39:5: 'north' and 'north-guard' are of one side.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: PrisonersTaken, place: dell, by: [north], against: north, number: {best: 3, unit: men}} | warning: record.yaml:39:5: 'north' stands on both sides of it.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: GarrisonSurrendered, place: dell, by: [rebels], to: rebels} | warning: record.yaml:39:5: 'rebels' stands on both sides of it.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: PrisonersExchanged, between: [north, rebels], released: {south: {best: 3, unit: men}}} | warning: record.yaml:39:5: 'south' stands under 'released', and is no side of it.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: Captured, place: dell, by: [north], against: rebels, killed_of: {south: {best: 3, unit: men}}} | warning: record.yaml:39:5: 'south' stands under 'killed_of', and is no side of it.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: Attacked, place: dell, by: [north], against: rebels, killed: {best: 3, unit: men}, killed_of: {rebels: {best: 30, unit: men}}} | warning: record.yaml:39:5: In all 3 men were killed, and by side 30 men.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: ShipSunk, ship: rebels, by: [north]} | warning: record.yaml:39:5: 'rebels' is no ship: its kind is
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: Withdrew, place: dell, by: [rebels], toward: [dell]} | warning: record.yaml:39:5: They withdraw from Dell to where they are.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: ActorsMerged, by: [north], into: north-guard} | warning: record.yaml:39:5: 'north' joins 'north-guard', which is a part of it.
sources.yaml | published: 2020-03-11 | published: 2099-03-11 | warning: sources.yaml:2:5: It was published on 11 Mar 2099, which is still to come.
sources.yaml | outlet: The Gazette | outlet: "" | sources.yaml:6:5: The text is empty.
sources.yaml | title: Arlen is taken | title: "" | sources.yaml:7:5: The text is empty.
sources.yaml | grade: B, as_of: 2020-02-01 | grade: Z, as_of: 2020-02-01 | sources.yaml:9:19: 'Z' is not allowed here.
sources.yaml | grade: B, as_of: 2020-02-01 | grade: B, as_of: 2099-02-01 | warning: sources.yaml:2:5: Its reliability is judged as of 2099-02-01, which is still to come.
sources.yaml | grade: B, as_of: 2020-02-01 | grade: B, as_of: 1820-02-01 | warning: sources.yaml:2:5: Its reliability is judged as of more than a century before it was published.
sources.yaml | has been right before |  | sources.yaml:9:48: The text is empty.
sources.yaml | reason: "mixed" | reason: "" | sources.yaml:15:48: The text is empty.
sources.yaml | reason: "mixed" | reason: ASSMED | sources.yaml:15:48: 'ASSMED' is no reason.
sources.yaml | lean: {north: 0.5} | lean: {north: 5} | sources.yaml:10:12: A lean of 5 is out of bounds.
sources.yaml | lean: {north: 0.5} | lean: {nroth: 0.5} | sources.yaml:10:12: There is no actor 'nroth'.
sources.yaml | paragraphs: 3 | paragraphs: -3 | sources.yaml:5:5: A source of -3 paragraphs.
sources.yaml | sha256: 3f3d | sha256: zzzz | sources.yaml:4:5: The sha256 of gazette.txt is missing or cut.
sources.yaml | name: the Marshal | name: "" | sources.yaml:17:19: The text is empty.
sources.yaml | file: gazette.txt | file: '' | sources.yaml:3:5: The text is empty.
sources.yaml | party: north, reliability | party: north-army, reliability | sources.yaml:17:38: There is no actor 'north-army'.
map.yaml | title: "The Tarn valley" | title: "" | map.yaml:2:1: The text is empty.
map.yaml | about: "An invented valley with a war in it." | about: "" | map.yaml:3:1: The text is empty.
map.yaml | window: {from: 2020-03-01, to: 2020-03-31} | window: {from: 2020-03-31, to: 2020-03-01} | map.yaml:4:1: The window ends before it begins.
map.yaml | window: {from: 2020-03-01, to: 2020-03-31} | window: {from: 2020-03-01, to: 9020-03-31} | warning: map.yaml:4:1: The window is 6,985 years long.
map.yaml | window: {from: 2020-03-01, to: 2020-03-31} | window: {from: -3020-03-01, to: 2020-03-31} | map.yaml:38:3: The opening is not at the window's start.
map.yaml | utc_offset: "+02:00" | utc_offset: "+27:00" | map.yaml:5:1: '+27:00' is no offset.
map.yaml | least: 0 d, most: 4 d | least: 9 d, most: 4 d | map.yaml:7:5: 'swiftly' has a least that is above its most.
map.yaml | assumed: "days rather than weeks" | assumed: "" | map.yaml:7:45: The text is empty.
map.yaml | words: swiftly | words: '' | map.yaml:7:6: The text is empty.
map.yaml | name: the North, aliases | name: "", aliases | map.yaml:11:17: The text is empty.
map.yaml | name: the South, kind | name: the North, kind | map.yaml:14:5: The spelling 'the North' is taken, by 'north'.
map.yaml | aliases: [Northerners] | aliases: [""] | map.yaml:11:44: The text is empty.
map.yaml | name: the North Guard, parent: north | name: the North Guard, parent: north-guard | map.yaml:12:46: 'north-guard' stands under itself.
map.yaml | id: north-scouts, name: the North Scouts, parent: north | id: north-scouts, name: the North Scouts, parent: mars | map.yaml:13:48: There is no actor 'mars'.
map.yaml | kind: state, shape: circle | kind: planet, shape: circle | map.yaml:11:58: 'planet' is not allowed here.
map.yaml | kind: state, shape: circle | kind: state, shape: dodecahedron | map.yaml:11:71: 'dodecahedron' is not allowed here.
map.yaml | light: "#9154C5" | light: "purplish" | map.yaml:14:47: 'purplish' is no colour.
map.yaml | id: dell, name: Dell, kind: village | id: dell, name: '', kind: village | map.yaml:23:16: The text is empty.
map.yaml | id: dell, name: Dell, kind: village | id: dell, name: Dell, kind: villlage | map.yaml:23:28: There is no kind of place 'villlage'.
map.yaml | id: dell, name: Dell, kind: village, country: TV | id: dell, name: Dell, kind: village, country: tv | map.yaml:23:5: 'tv' is no country.
map.yaml | at: {lat: 1.1, lon: 2.1 | at: {lat: 95, lon: 2.2 | map.yaml:23:56: 95, 2.2 lies off the globe.
map.yaml | at: {lat: 1.1, lon: 2.1 | at: {lat: 0, lon: 0 | warning: map.yaml:23:5: 'dell' lies at 0, 0, in the Gulf of Guinea.
map.yaml | at: {lat: 1.1, lon: 2.1 | at: {lat: 80.2, lon: -120.2 | warning: map.yaml:29:5: 'arlen--dell' is 12.5 km long, and its ends are 10,474 km apart or more.
map.yaml | at: {lat: 1.1, lon: 2.1, precision_km: 1 | at: {lat: 1.1, lon: 2.1, precision_km: 0 | map.yaml:23:81: The precision is not above 0 km.
map.yaml | at: {lat: 1.1, lon: 2.1, precision_km: 1 | at: {lat: 1.1, lon: 2.1, precision_km: 100000 | map.yaml:23:81: The precision is not on this globe.
map.yaml | at: {lat: 1.1, lon: 2.1, precision_km: 1, source: invented | at: {lat: 1.1, lon: 2.1, precision_km: 1, source: '' | map.yaml:23:98: The text is empty.
map.yaml | country: TV, within: arlen | country: TV, within: arlen-bridge | map.yaml:19:73: 'arlen-bridge' stands under itself.
map.yaml | id: corve-dock, name: the Dock quarter, kind: quarter, country: TV, within: corve | id: corve-dock, name: the Dock quarter, kind: quarter, country: TV, within: valley | map.yaml:22:74: There is no place 'valley'.
map.yaml | places: [dell, dunes] | places: [dell, dell] | map.yaml:27:55: 'dell' stands twice in this list.
map.yaml | places: [dell, dunes] | places: [lowlands] | map.yaml:27:5: The region 'lowlands' holds itself.
map.yaml | kind: desert-track, km: 30.0 | kind: desert-track, km: 0 | map.yaml:32:5: The link dell--dunes has no length.
map.yaml | kind: desert-track, km: 30.0 | kind: desert-track, km: 100000 | map.yaml:32:64: The link dell--dunes is longer than half way round the globe.
map.yaml | kind: desert-track, km: 30.0 | kind: desert-track, km: 0.001 | warning: map.yaml:32:5: 'dell--dunes' is 0.001 km long, and its ends are 23.4 km apart or more.
map.yaml | kind: desert-track, km: 30.0 | kind: desert-trak, km: 30.0 | map.yaml:32:44: There is no kind of link 'desert-trak'.
map.yaml | ends: [dell, dunes] | ends: [dell, dell] | map.yaml:32:36: 'dell' stands twice in this list.
map.yaml | ends: [dell, dunes] | ends: [dell] | map.yaml:32:5: The link dell--dunes does not join two places.
map.yaml | name: the Spring Push | name: "" | map.yaml:36:23: The text is empty.
map.yaml | at: 2020-03-01\n | at: 1999-03-01\n | map.yaml:38:3: The opening is not at the window's start.
map.yaml | dell: {holder: rebels, status: held | dell: {holder: rebels, status: ungarrisoned | map.yaml:45:28: A place that is ungarrisoned names a holder.
map.yaml | dell: {holder: rebels, status: held | dell: {holder: rebels, status: unknown | map.yaml:45:28: A place that is unknown names a holder.
map.yaml | dell: {holder: rebels, status: held | dell: {status: held | map.yaml:45:5: A place that is held names no holder.
map.yaml | dell: {holder: rebels, status: held | dell: {holder: rebels, besieger: north, status: held | map.yaml:45:45: A place that is held names a besieger.
map.yaml | dell: {holder: rebels, status: held | dell: {holder: rebels, parts: [{actor: north, part: most}], status: held | map.yaml:45:28: A place that is held has a part of somebody else.
map.yaml | dell: {holder: rebels, status: held | dell: {holder: rebels, besieger: rebels, status: besieged | map.yaml:45:28: 'rebels' besieges itself.
map.yaml | dell: {holder: rebels, status: held | dell: {holder: north-guard, status: held | map.yaml:45:5: 'north-guard' is a unit, not a holder.
map.yaml | {actor: south, part: enclave} | {actor: rebels, part: enclave} | map.yaml:42:102: 'rebels' has two parts of one place.
map.yaml | {actor: south, part: enclave} | {actor: south, part: ''} | map.yaml:42:116: The text is empty.
map.yaml | dell: {holder: rebels, status: held, assumed: "as the story goes"} | dell: {holder: rebels, status: held, assumed: " "} | map.yaml:45:42: The text is empty.
map.yaml | dell: {holder: rebels, status: held, assumed: "as the story goes"} | dell: {holder: rebels, status: held, because: [ASSMED]} | map.yaml:45:5: There is no claim 'ASSMED'.
map.yaml | - {from: north, to: south, stance: tolerated | - {from: south, to: south, stance: tolerated | map.yaml:53:7: 'south' stands to itself.
map.yaml | - {from: north, to: south, stance: tolerated | - {from: north, to: rebels, stance: tolerated | map.yaml:53:7: The relation from 'north' to 'rebels' stands here a second time.
map.yaml | - {from: north, to: south, stance: tolerated | - {from: north, to: south, stance: loved | map.yaml:53:32: 'loved' is not allowed here.
map.yaml | rebels: {posture: holds, assumed | rebels: {posture: dances, assumed | map.yaml:50:14: 'dances' is not allowed here.
map.yaml | capacity: 0.5, source: ASSUMED | capacity: -0.5, source: ASSUMED | map.yaml:57:24: A capacity of -0.5 carries nobody.
map.yaml | capacity: 0.5, source: ASSUMED | capacity: 1000, source: ASSUMED | map.yaml:57:24: A capacity of 1000 is that of 1000 roads.
map.yaml | capacity: 0.5, source: ASSUMED | capacity: 0.5, source: ASSMED | map.yaml:57:39: 'ASSMED' is no source.
map.yaml | situation: tarn-valley | situation: 'a b' | map.yaml:1:1: 'a b' cannot be an id.
plan.yaml | title: The North pushes on | title: "" | plan.yaml:2:1: The text is empty.
plan.yaml | about: "The North goes on to Dell." | about: "" | plan.yaml:3:1: The text is empty.
plan.yaml | assumes: "all of it" | assumes: "" | plan.yaml:4:1: The text is empty.
plan.yaml | horizon: 60 d | horizon: 0 d | plan.yaml:8:1: The horizon is nothing.
plan.yaml | horizon: 60 d | horizon: 30000 d | warning: plan.yaml:8:1: Its stories go on for 82 years.
plan.yaml | branch: {at: 2020-03-12 | branch: {at: 1999-03-12 | plan.yaml:7:10: The branch lies outside the record, 2020-03-01 to 2020-03-31.
plan.yaml | known_at: 2020-03-31} | known_at: 2020-03-01} | plan.yaml:11:1: rebels holds arlen at the branch, by what was known on 2020-03-01, and no force of its is there.
plan.yaml | low: 900, best: 1000, high: 1200, unit: fighters | low: 1100, best: 1000, high: 1200, unit: fighters | plan.yaml:10:3: The number 'rebels' is out of order: low 1100, best 1000, high 1200.
plan.yaml | low: 900, best: 1000, high: 1200, unit: fighters | low: 900, best: 1000, high: 1200, unit: bananas | warning: plan.yaml:10:46: 'bananas' is no unit that is known here.
plan.yaml | low: 1500, best: 2000, high: 3000, unit: troops | low: 1500, best: 2000, high: 3000, unit: percent | plan.yaml:13:79: A force is counted in men, and 'percent' are none.
plan.yaml | low: 1500, best: 2000, high: 3000, unit: troops | low: -1500, best: 2000, high: 3000, unit: troops | plan.yaml:12:3: The number 'column' is out of order: low -1500, best 2000, high 3000.
plan.yaml | low: 1500, best: 2000, high: 3000, unit: troops | value: 900000000000, unit: troops | plan.yaml:13:44: 'column' is 900,000,000,000, and must be at most 100,000,000.
plan.yaml | value: 300, unit: troops | value: 0, unit: troops | warning: plan.yaml:16:31: 'north-posts' counts nobody.
plan.yaml | value: 300, unit: troops | value: 0.5, unit: troops | warning: plan.yaml:16:31: 'value' of 'north-posts' counts persons, and is not whole.
plan.yaml | low: 900, best: 1000 | low: 900, best: 1000.5 | warning: plan.yaml:10:22: 'best' of 'rebels' counts persons, and is not whole.
plan.yaml | value: 300, unit: troops, source: ASSUMED | value: 300, unit: troops, source: ASSMED | plan.yaml:16:57: 'ASSMED' is no source.
plan.yaml | at: {dell: 0.6, arlen-bridge: 0.4} | at: {dell: 1.6, arlen-bridge: -0.6} | plan.yaml:18:21: The shares come to 1.
plan.yaml | low: 0.2, best: 0.5, high: 0.8 | low: 0.2, best: 0.5, high: 1.3 | plan.yaml:40:3: The number 'luck' is out of order for a share: low 0.2, best 0.5, high 1.3.
plan.yaml | low: 1, best: 2, high: 4, unit: days | low: -1, best: 2, high: 4, unit: days | plan.yaml:39:3: The number 'rest' is out of order: low -1, best 2, high 4.
plan.yaml | low: 1, best: 2, high: 4, unit: days | low: 1, best: 2, high: 4, unit: bananas | plan.yaml:33:91: 'start' is in days, and 'rest' in bananas.
plan.yaml | when: [{after: 10 d}] | when: [{after: -10 d}] | plan.yaml:37:93: '-10 d' is no duration.
plan.yaml | when: [{after: 10 d}] | when: [] | plan.yaml:37:85: The trigger has no condition.
plan.yaml | objectives: [arlen-bridge, dell] | objectives: [arlen-bridge, arlen-bridge] | plan.yaml:33:84: 'arlen-bridge' stands twice in this list.
plan.yaml | objectives: [arlen-bridge, dell] | objectives: [] | plan.yaml:33:20: The doctrine 'advance' does nothing without 'objectives'.
plan.yaml | actor: north, doctrine: advance | actor: south, doctrine: advance | plan.yaml:33:48: 'column' is not one of south's.
plan.yaml | is: north} | is: mars} | plan.yaml:34:23: The trigger can never fire: dell.holder is never 'mars'.
plan.yaml | at: 2020-04-01} | at: 2020-01-01} | plan.yaml:43:56: '2020-01-01' can never come in this story, 2020-03-12 to 2020-05-11.
plan.yaml | {ask: captured, place: dell, by: north} | {ask: captured, place: dell, by: north, text: ''} | plan.yaml:42:49: The text is empty.
plan.yaml | {ask: captured, place: dell, by: north} | {ask: captured, place: dell, by: north, text: "Will it?\u2028map.yaml:1:1: No."} | plan.yaml:42:49: 'Will it?\u2028map.yaml:1:1: No.' is of several lines.
plan.yaml | suggested_by: [T1-01] | suggested_by: [T1-01, T1-01] | plan.yaml:5:23: 'T1-01' stands twice in this list.
plan.yaml | suggested_by: [T1-01] | suggested_by: [''] | plan.yaml:5:16: There is no claim ''.
record.yaml | says: Dell was not taken. | says: "Dell was \u202enot taken." | warning: record.yaml:39:5: The text under 'says' holds the sign U+202E, which is shown as a mark.
record.yaml | says: Dell was not taken. | says: "Dell was \u001bnot taken." | warning: record.yaml:39:5: The text under 'says' holds the sign U+001B, which is shown as a mark.
record.yaml | says: Dell was not taken. | says: Dell was not taken.\n    embargo_until: 9999-12-31 | warning: record.yaml:39:5: Its embargo ends more than a century after it was published.
record.yaml |     happened: 2020-03-12 |     happened: {earliest: 0001-01-01, latest: 2020-03-12} | warning: record.yaml:39:5: It happened at some time within 2,020 years.
sources.yaml | published: 2020-03-11 | published: {earliest: 0001-01-01, latest: 2020-03-11, how: guess} | warning: sources.yaml:2:5: It was published at some time within 2,020 years.
sources.yaml | outlet: The Gazette | outlet: "\u200b" | sources.yaml:6:5: The text is empty.
sources.yaml | name: the Marshal | name: "the M\u0430rshal" | warning: sources.yaml:17:5: 'Mаrshal' mixes letters of Cyrillic and Latin, which look alike.
map.yaml | kind: desert-track, km: 30.0 | kind: desert-track, km: 3000 | warning: map.yaml:32:5: 'dell--dunes' is 3000 km long, and its ends are 43.4 km apart at most.
map.yaml | title: "The Tarn valley" | title: "The \u202eTarn valley" | warning: map.yaml:2:1: The text under 'title' holds the sign U+202E, which is shown as a mark.
map.yaml | about: "An invented | about: "An \u001binvented | warning: map.yaml:3:1: The text under 'about' holds the sign U+001B, which is shown as a mark.
map.yaml | assumed: "two weeks | assumed: "two \u202eweeks | warning: map.yaml:8:5: The text under 'assumed' holds the sign U+202E, which is shown as a mark.
map.yaml | name: the Spring Push | name: "the \u0421orve Push" | warning: map.yaml:36:5: 'Сorve' mixes letters of Cyrillic and Latin, which look alike.
plan.yaml | known_at: 2020-03-31} | known_at: 9999-12-31} | plan.yaml:7:26: 9999-12-31 lies more than a century after the record.
plan.yaml | title: The North pushes on | title: "\u200b" | plan.yaml:2:1: The text is empty.
plan.yaml | north-posts: | north posts: | plan.yaml:15:3: 'north posts' cannot be an id.
plan.yaml | north-posts: | "n\u043erth-posts": | warning: plan.yaml:15:3: 'nоrth' mixes letters of Cyrillic and Latin, which look alike.
record.yaml | says: Dell was not taken. | says: "-" | record.yaml:41:5: '-' says nothing.
record.yaml | says: Dell was not taken. | says: Dell was not taken.\n    note: '-' | record.yaml:42:5: '-' says nothing.
record.yaml | reason: others say so too | reason: '...' | record.yaml:12:49: '...' says nothing.
record.yaml | reason: others say so too | reason: n/a | record.yaml:12:49: 'n/a' is no reason.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: CeasefireAgreed, between: [north, rebels], until: 9999-01-01} | warning: record.yaml:39:5: It ends on 9999-01-01, more than a century after it was agreed on. Check the year, or leave 'until' out
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: CeasefireAgreed, between: [north, rebels], since: 0101-01-01} | warning: record.yaml:39:5: It begins on 0101-01-01, more than a century before it was agreed on.
record.yaml |     denies: {event: Captured, place: dell, by: [north]} |     asserts: {event: CeasefireAgreed, between: [north, rebels], since: 9101-01-01} | warning: record.yaml:39:5: It begins on 9101-01-01, more than a century after it was agreed on.
sources.yaml | paragraphs: 3 | paragraphs: 3000000000 | warning: sources.yaml:2:5: It has 3,000,000,000 paragraphs.
sources.yaml | outlet: The Gazette | outlet: '-' | sources.yaml:6:5: '-' says nothing.
sources.yaml | reason: "mixed" | reason: "—" | sources.yaml:15:48: '—' says nothing.
map.yaml | kind: village, country: TV | kind: village, country: ZQ | warning: map.yaml:23:5: 'ZQ' is no country of ISO 3166.
map.yaml | kind: village, country: TV | kind: village, note: ' ', country: TV | map.yaml:23:43: The text is empty.
map.yaml | kind: village, country: TV | kind: village, note: '-', country: TV | map.yaml:23:43: '-' says nothing.
map.yaml | kind: village, country: TV | kind: village, ground: {terrain: urban, source: invented, built_up_km2: -5}, country: TV | map.yaml:23:86: An area of -5 km2 holds nobody.
map.yaml | kind: village, country: TV | kind: village, ground: {terrain: urban, source: invented, built_up_km2: 90000}, country: TV | warning: map.yaml:23:5: The 'built_up_km2' of 'dell' is 90,000.
map.yaml | at: {lat: 1.1, lon: 2.1 | at: {lat: 1.0, lon: 2.0 | warning: map.yaml:23:5: 'dell' lies at the very point of 'arlen': 1, 2.
map.yaml | at: {lat: 1.1, lon: 2.1, precision_km: 1 | at: {lat: 1.1, lon: 2.1, precision_km: 5000 | warning: map.yaml:23:5: The point of 'dell' is right within 5,000 km.
map.yaml | kind: road, km: 12.5, source: invented | kind: road, km: 12.5, source: "ASUMED: by the straight line" | map.yaml:29:66: 'ASUMED' is no source. Did you mean 'ASSUMED'?
map.yaml | kind: road, km: 12.5, source: invented | kind: road, km: 12.5, source: "assumed: by the straight line" | map.yaml:29:66: 'assumed' is no source. Did you mean 'ASSUMED'?
map.yaml | kind: road, km: 12.5 | kind: road, km: 6 | warning: map.yaml:29:5: 'arlen--dell' is 6 km long, and its ends are 13.7 km apart or more.
map.yaml | lexicon: | lexicon:\n  - {words: oodles, low: 1, high: 100000000000, assumed: so it is} | warning: map.yaml:7:5: 'oodles' means 100,000,000,000 at most.
plan.yaml | scenario: push-on | scenario: pull-off | warning: plan.yaml:1:1: The scenario is 'pull-off', and its file 'plan.yaml', by which commands know it.
plan.yaml | assumes: "all of it" | assumes: "-" | plan.yaml:4:1: '-' says nothing.
plan.yaml | known_at: 2020-03-31} | known_at: 2099-03-31} | warning: plan.yaml:7:26: It branches by what is known on 2099-03-31, which is still to come.
plan.yaml | low: 1500, best: 2000, high: 3000, unit: troops | value: 25000000, unit: troops | warning: plan.yaml:13:44: 25,000,000 troops are more than can be meant.
plan.yaml | low: 900, best: 1000, high: 1200, unit: fighters | value: 25000000, unit: fighters | warning: plan.yaml:10:12: 25,000,000 fighters are more than can be meant.
plan.yaml | value: 300, unit: troops, source: ASSUMED, reason: so be it | value: 300, unit: troops, source: ASSUMED, reason: '-' | plan.yaml:16:74: '-' says nothing.
plan.yaml | {event: AirSupportGiven, actor: south, toward: north, level: some} | {event: ForceRaised, force: army, actor: south, place: corve, number: 25000000, kind: field} | warning: plan.yaml:37:79: 25,000,000 men are more than can be meant.
plan.yaml | low: 1, best: 2, high: 4, unit: days | value: 70, unit: days | warning: plan.yaml:33:91: The plan begins after 70 days at the earliest, and its stories end after 60.
plan.yaml | parameters:\n | parameters:\n  regroup: {value: 3000, unit: days, source: ASSUMED, reason: so be it}\n | warning: plan.yaml:39:13: 'regroup' is 3,000 days, and the rules' own go up to 20.
plan.yaml | {ask: captured, place: dell, by: north} | {ask: changed hands, place: dell, times: 1000} | warning: plan.yaml:42:43: Nothing changes hands 1,000 times in 60 days.
plan.yaml | when: [{after: 10 d}] | when: [{cell: rebels@dell.number, above: 100000000000}] | plan.yaml:37:92: The trigger can never fire: rebels@dell.number is never above 1,000,000,000. Give fewer men.
record.yaml | says: Dell was not taken. | says: TODO | warning: record.yaml:39:5: The text under 'says' is 'TODO'.
record.yaml | says: Dell was not taken. | says: Dell was not taken.\n    embargo_until: 2020-01-01 | warning: record.yaml:39:5: Its embargo ended before it was published.
record.yaml | happened: {earliest: 2020-03-13} | happened: {earliest: 2019-03-13, latest: 2019-04-01} | warning: record.yaml:44:5: It forecasts what was over by 12 to 13 Mar 2020
sources.yaml | name: the Wire | name: the press office of the North | warning: sources.yaml:21:5: 'wire' has the name of 'north-office'
sources.yaml | name: the Mayor | name: The Marshal | warning: sources.yaml:18:5: 'mayor' has the name of 'marshal'
sources.yaml | lean_reason: "printed in the North" | lean_reason: TBD | sources.yaml:11:5: 'TBD' is no reason.
map.yaml | title: "The Tarn valley" | title: To do. | warning: map.yaml:2:1: The text under 'title' is 'To do.'.
map.yaml | name: the lowlands | name: The Valley | warning: map.yaml:27:5: The region 'lowlands' has the name of 'valley'
map.yaml | light: "#9154C5" | light: "#ffffff" | warning: map.yaml:14:5: The colour '#ffffff' of 'south' cannot be seen on light ground.
map.yaml | dark: "#998DEE" | dark: "#020202" | warning: map.yaml:14:5: The colour '#020202' of 'south' cannot be seen on dark ground.
map.yaml | least: 0 d, most: 14 d | least: 0 d, most: 14000 d | warning: map.yaml:8:5: 'recently' means 14,000 days at most.
plan.yaml | title: The North pushes on | title: TODO | warning: plan.yaml:2:1: The text under 'title' is 'TODO'.
record.yaml | places: [arlen], area: valley | places: [arlen], area: corve | warning: record.yaml:19:5: 'arlen' does not lie in 'corve', by the map.
"""  # noqa: E501, RUF001

WRONG_VALUES = tuple(
    tuple(part.replace(r"\n", "\n") for part in line.split(" | ")) for line in _TABLE.strip().splitlines()
)
"""Rows of (file, old, new, told)."""
