"""Common words beyond those that questions are made of. Written small they are names only where nothing else is: "the
logos we could lose" names nobody, "who owns target?" does.
"""

from __future__ import annotations

from functools import cache

from .fillers import FILLERS

_TEXT = """
abandon able absolutely abuse accelerate accept accurate achieve acknowledge adapt adjust admire admit adopt advance
advice advise afford afraid afternoon aggressive agree agreement aim alarm alert alive allocate allow alright
altogether always amaze amend amuse analyse analyze anger angle angry annoyed annoying annual anxious anymore anytime
anywhere apart apologies apologise apologize appeal apply appoint approach appropriate approve apt area argue arise
arouse arrange arrive ashamed aside asleep assess assist assume assure astonish attack attempt attend attention attract
authorise automatic avoid await awake award aware away awful awkward backlog backward bail balance ban bankrupt barely
bargain basic basket battle beautiful beg begun behave below beneath beside betray beware beyond bill bite blah blame
bleed blind bloody blow bluff boast boil bold boost bore borrow boss bought bounce bound brave break breakdown
breakfast breathe brief bright broad broke broken brush bump bunch burden burn burst bury busy buying calculate calm
capable careful careless carry casual catch celebrate ceo cetera cfo challenge chance chaotic charm chasing cheap cheat
cheer choose clarify clever click climb cling closely clumsy coffee coincide cold collapsing collect combine
comfortable communicate compete complex complicated compliment compromise concern conclude condition conduct confess
confidence confident confirm conflict confused congratulate consent consequence consider constantly consult consume
contest continue contrary contribute convenient convert convey convince cool cooperate cope copy cost courage courtesy
crack crap crash crawl crazy creep crew cringe crisis criticise criticize crowd crucial cruel crumble cry cure curious
curse cushion cut damage dangerous dare daughter dazzle dear debate deceive decide decline decrease dedicate deeply
default defeat defend define definitely degree delete delicate delight deliver deny depart depend depress depth
describe deserve desire desperate despite destroy detect deteriorate determine develop differ different difficult dig
diminish dinner dire directly disagree disappear disappoint disaster disclose discount discover disgust dislike dismiss
disrupt dissatisfied distance distant distract distribute disturb divide dodge dominate dormant double doubt doubtful
drag drain dramatic draw dread dreadful dream drifting drown drunk dubious dude dull dump duty dwell dying eager earn
ease easy eat edit educate effectively efficient effort elaborate eliminate embarrass embrace emphasise employ empty
enable encounter encourage endanger endorse endure enforce engaged engagement enhance enjoy enormous ensure entertain
enthusiastic entire entitled equip erode err escape essentially establish estimate evaluate evening eventually
everything evidence evolve exaggerate examine exceed excellent except exceptions exchange excited exclude excuse
exhaust exist expanding expectations expensive experience explain explode explore expose exposure extend extension
extra extraordinary extreme eye fabulous facing fact factors fade fail faint fair faith fake fall fallen familiar fancy
fantastic fascinate fatal fault favour fear feed fellow fetch fierce fight filter final finalise fit fixed flag flat
flexible flood flop flourish flow fluctuate fly focused fold foolish forbid force forecast forget forgot forgotten
formal format forth forthcoming fortunate forward foster foul fragile freak freeze frequent frighten frown frozen
frustrated frustrating fuel fulfil funky funny furious furthermore fuss gain garbage gather gauge generated generates
generating generous gentle genuine glad glance glitch gloomy gonna goodness gossip grab gradual grasp grateful grave
grind grip gripe gross grown grumble guaranteed guilty habit hand handy hanging hardly harm harsh hasty hate haul haunt
head heal heartbreaking heavy held helpless hesitate hidden hide highlight hinder hint hire holding hole holiday honest
hop horrible hostile hover hug huge humble hungry hunt hurry hurting idea ideally identical identify idle ignore
illegal illustrate imagine immediately immense imminent impacted impatient implement imply importance impose impossible
impress impression impressive inactive inadequate incentive incl inclined include increase incredible indeed
independent indicate indifferent inevitable inferior influence inform initial initiate injure innocent inquire insane
inspect inspire instance instruct insult intend intense interact interested interfere internal interpret interrupt
intervene introduce invade invent investigate invite invoice involve irrelevant irritate isolated jealous joined joke
judge jumping justify keen kick kickoff kill knew knock lack landed lapse latter laugh lazy leak leap learned lend
lengthy lest liable liberate lie lift limp linger listen loads loathe logged logging lonely loom loose loosen loud
lousy loyal loyalty luck lucky lunch mad magnificent maintain majority managed managing mandatory manipulate manual
marvellous massive match mate mature meantime measure mediocre meets memorable mere messages midnight mild minor
misplaced missed misses misunderstand misuse mix mock moderate modest modify mood moreover motivate mourn multiple
multiply mutual mysterious narrow nasty naturally naughty neat necessary negative negotiate negotiation nervous neutral
night nightmare nobody's nod noise nominal noon normal notable notify notorious nowhere numerous obey oblige observe
obsess obstacle obtain obvious occasion occupy occur odd offend officially oldest omit operate oppose opposite
optimistic ordinary organise organize ought outlook outrage outstanding overcome overlook overnight oversee overwhelm
pace pain painful pal panic pardon parent participate particular passed passionate passive patient pattern pause
payment peculiar peek penalty perceive perfect perform performance permanently permit persist personally persuade
pessimistic phoned phoning pick pile pity plain plausible pleasant pleasure plenty plot plunge poor possession post
postpone pour pray precede predict prefer preferably preference preparation prepping preserve pressing presume pretend
pretty prevail prevent pricing proceed proclaim profitable progress prohibit projected projects prolong prominent
promote prone proper proposal propose prosper protect proud prove provide provoke prune publish punish pursue puzzle
qualify quarrel query quit quoted raise ran random ranking rapid rare rather react reaction realise realistic
realize reassure rebound rebuild recall receive reckon recognise recognize recommend reconsider recover recruit reduce
reduction refer reflect refrain refuse regain regard regret regularly reinforce reject rejoice relate relative relax
reliable relieve reluctant rely remain remarkable remember remind remote remove renegotiate repair repay repeat replace
reposition represent reproach requested require reschedule rescue resemble resent resign resist resolve respect respond
response restless restrict resume retain retention retire retreat return reveal revenge reverse review revise revisit
revive reward rid ridiculous rigged rigid ring riot rip rise robust rocky rotten rude ruin rumble rumour rundown rung
sack sad sarcastic sat satisfied save scared scary scatter scold scrap scratch scream secure seek seen seize select
sell sensible sensitive separate serious serve sets setting settle severe shake shaky shall shame sharply shatter
shifted shifting shine shiver shock shoot shortlist shot shown shrink shrug shut sibling sick sign significant silly
similar sincere sink sister sit skip slacking slam slide slightly slip slot slump smash smile smoke smooth snap
snapshot sneak sob soft sole solved somehow someone's something sometime somewhat soothe sore sorry soul spare spike
spill spin spoil spontaneous squad squeeze stagnant stake stale stall stare starve statement stayed staying steal steep
stern sticking stiff stimulate sting stir straight strain strange stretch strict strike strive struggle stubborn
stumble stupid submit subsidiary substantial subtle suck sudden sue suffer sufficient suggest suit sulk summarise
summarize superb superior suppose suppress surge surprise surrender surround survive suspect suspend suspicious sustain
swallow swap swear sweat sweep swim swing switch sympathetic tackle tail taken tease tempt tend tense terminate
terrible terrific thankful thanks thin thorough thoughtful threat threaten thrill thrive throw tick tidy tied tight
tiny tired tolerate topped torture toss tough towards toxic tragic treated tremendous trick tricky trivial twist
typical ugly ultimate unable unacceptable unanswered unavailable unaware uncertain unclear uncomfortable undelivered
undergo undermine underperforming understand underway undo uneasy unexpected unfair unfortunately unfriendly
unfulfilled unhappy unhelpful unite unlikely unpleasant unreliable unresolved unsatisfied unsolved unsuccessful unsure
untouched untracked unusual unwilling uphold upset urge useful usual utterly vacation vague vain valid vanish vary
verify via viable vicious visible visited vivid voluntary vote vulnerable wake walk wander wanna warn wary waste weaken
wealth wear weary weekend weep weigh weird welcome whatever whatsoever whenever wherever whichever whilst whisper
wicked widely wild wipe wise withdraw withhold witness wobbling wobbly won wonderful wondering woo workload worrisome
worthwhile worthy wound wow wrap wreck yell yield yikes
"""
_NOUNS = """
accident ad advantage advert age ages ancient animal appreciate appreciated areas art awesome back background bag bank
base bathroom bear beat bed bedroom beer benefit bird board boarding boat body books bottle bottom box boy brand bread
bridge brilliant brink budget budgets building bus business button buy calendar campaign capital car career cash cat
center chair chances chart chase chief child children circle circumstance city claim class clean clock closed clothes
cloud club coat collapse color commercial committee common companies company computer connect connected connection
context control cook cooking core corner council country course credit cross cup data dead death debt deep defense
delivery demand department desk developing development developments device direct direction director dirty disadvantage
display dive doc docs document documents dog dollar dollars door drink drive driven drives drop dry earth east edge
effect emergency employee employees engage english environment error euro euros event exam example executive exit
expand express face factory failure family favorite favourite field file film finance financial firm firms fish floor
flower focus folder food foot fork form frank free freedom french fresh friend friends front fruit full fun game german
girl glass global globally government grade graph grass group guarantee guy hard heart heat hill home hot hotel hour
hours house impact income individual industry inside interest interlocutor interlude job jobs join journey jump key
keyboard keys kid kids kitchen knife knowledge lake land landing language law lead leader leaders leading leads lean
learn legal length lesson letter letters life light line link live loan local location logic loss lovely machine major
management map mark market math meal means meat media member members men menu mess message method metric metrics middle
milk mind minister minute minutes mission mistake modern moment money moon motion mountain mouse movie music mystery
name named names nation net newest north nothing offer office officer opened opening opens opportunities opportunity
option options org origin original overseas page pages paper partner party peace phase phone photo picture piece pieces
pipeline places plane plans player plus pocket policy popular position positive potential power powerful practice
president pressure price prices primary prime prior private proactive process procurement produce professional profit
program programme project projection property protection public pulse purchase purpose quality quote quotes rain range
rapidly recap reference refresh region regional regular relation relations release rep reply reps request research
resort responsibility restaurant restore rich river road roadmap role roles roll rolling room rose rough round route
royal rule rumor rush safe safety salary sale sales scale scenario school science scope screen sea season second secret
security seller senior sense series service services session sessions set shared sharp shirt shoe signal signals silver
similarity simple simply sky smart snow solution solve somewhere song source sources south space special specifics
speed split spoon sport spot spread staff stage standing star stated stood store stories storm story strategic strategy
stream street strength string strings student study subject success successful sun super supplier surface system table
tall tax tea teacher tech technical temperature term terms test thank thick third title told tone tool tools top touchy
town trace trade trading train transaction transactions treat tree trigger trust truth turns twice unity university
vegetable vendor version versions victory video views vision visit vital voice wage war warm water way weakness weather
weight west wet whole wide wind window wine winning wins woman women wonder worker world young zero
"""
"""Many a company is called so: beside a name they belong to it ("Acme Capital")."""
_VERBS = frozenset(_TEXT.split()) | FILLERS
_WORDS = _VERBS | frozenset(_NOUNS.split())
_ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er", "r", "est", "st")


def is_word(word: str) -> bool:
    """Whether a small word is one of these as it is."""
    return word in _WORDS


def is_nobodys(word: str) -> bool:
    """Whether a small word is one of these as it is, and no part of a name beside it."""
    return word in _VERBS


@cache
def is_common(word: str) -> bool:
    """Whether a small word is one of these, or one of them with an ending: "lapsing", "unhappiest"."""
    return _is_among(word, _WORDS)


@cache
def is_loose(word: str) -> bool:
    """The same of a word that belongs to no name before or behind it."""
    return _is_among(word, _VERBS)


def _is_among(word: str, words: frozenset[str]) -> bool:
    if "-" in word:
        return all(_is_among(part, words) for part in word.split("-") if part)
    return word in words or any(
        word.endswith(ending) and any(stem in words for stem in _stems(word[: -len(ending)])) for ending in _ENDINGS
    )


def _stems(cut: str) -> tuple[str, ...]:
    if len(cut) < 3:
        return ()
    doubled = (cut[:-1],) if cut[-1] == cut[-2] else ()
    return cut, f"{cut}e", *doubled, f"{cut[:-1]}y" if cut[-1] == "i" else cut
