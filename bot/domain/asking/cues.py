"""By which words a kind of question is known. In order: the first cue that a line fits decides."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal[
    "thanks", "hello", "help", "remind", "log", "promise", "draft", "send", "change", "compare", "gaps", "steps",
    "promises", "at_risk", "metric", "said", "silent", "touch", "owner", "renewals", "tickets", "usage", "contacts",
    "timeline", "health", "arr", "book", "status",
]  # fmt: skip

_POLITE = (
    r"^(?:(?:and|ok|okay|so|now|hey|hi|hello|steward|then|also|just|quickly|please) )*"
    r"(?:can you |could you |would you |will you |can we |i want to |i need to |i would like to |let us |go ahead and |"
    r"mind )*(?:just |quickly )?"
)
ROLE = (
    r"(?:champions?|(?:economic )?buyers?|decision[- ]?makers?|influencers?|(?:executive |exec )?sponsors?|"
    r"makes? the decisions?|decides|detractors?|blockers?|budget (?:holders?|owners?)|signator(?:y|ies)|(?:power|"
    r"key) users?|entscheider)"
)
_WHO = r"(?:we|i|you|they|us|any(?:one|body)|some(?:one|body)|nobody|no one|people|‹\d+›)"
_TALK = (
    r"(?:talk(?:ed|ing)?|spoken?|speak(?:ing)?|met|meet(?:ing)?|call(?:ed)?|contact(?:ed)?|hear(?:d)?|r[aiu]ng|"
    r"phoned?|reach(?:ed)?(?: out)?|e?mail(?:ed)?|touch(?:ed)?|chat(?:ted)?|visit(?:ed)?|seen|saw|wr[io]te|written|"
    r"check(?:ed)? in|interacted|gesprochen|telefoniert)"
)
_CONTACT = (
    r"(?:contacts?|touch(?:es|points?)?|calls?|meetings?|conversations?|e?mails?|chats?|interactions?|visits?|"
    r"check[- ]?ins?|communications?|gespräch|kontakt)"
)
_MANY = r"(?:accounts?|customers?|clients?|logos?|contracts?|companies|deals?)"

_CUES: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    ("thanks", (
        r"^(?:(?:ok|okay|great|cool|perfect|many|super|well|that is|oh|ah|very|so|much|big|brilliant|"
        r"lovely) )*(?:thanks?|thank you|thx|ty|ta|cheers|danke|merci|(?:great|good|nice|fantastic) (?:job|work|one|"
        r"stuff)|well done|nice|perfect|awesome|amazing|excellent|brilliant|lovely|good bot|super|kudos|"
        r"(?:much )?(?:appreciated|obliged)|(?:i )?appreciate (?:it|that|you|the help)|(?:that|this) helps|(?:very |"
        r"so |that is |super )*helpful|legend)(?: .{0,24})?$",
    )),
    ("hello", (
        r"^(?:hi|hiya|hello|hey|yo|howdy|greetings|(?:good )?(?:morning|afternoon|evening|day)|moin|servus|hallo|"
        r"bonjour|salut|guten (?:tag|morgen|abend)|happy (?:monday|tuesday|wednesday|thursday|friday)|what is up|"
        r"sup)(?: (?:hi|hey|hello|steward|there|bot|all|everybody|everyone|team|folks|again|to you|mate))*$",
    )),
    ("help", (
        r"^(?:help|hilfe)(?: me| out)*$",
        r"\bwhat (?:\w+ )?(?:can|could|are) (?:you|i) (?:able to |know how to )?(?:do|ask|answer|help|say|"
        r"type)\b(?: you)?(?: me)?(?: with)?$", r"\bcan (?:you|i) (?:help|ask)(?: me)?(?: you)? (?:with )?what\b",
        r"\bhow (?:do|can|should|could) (?:i|you) (?:use|ask|work|help|get started)\b", r"\bhow does this work\b",
        r"^what (?:are|do) you(?: do| know)?(?: how to do)?$", r"^who are you$", r"^(?:list )?(?:the )?commands$",
        r"^was kannst du\b", r"\b(?:kinds?|sorts?|examples?|which|what)(?: of)? questions\b",
    )),
    ("remind", (
        r"\b(?:remind|nudge|ping|poke|alert|notify|prompt|warn) (?:me|us)\b(?! (?:who|what|when|which|how|where|why|"
        r"whose)\b)", r"\bremind (?!me\b|us\b)", r"\breminders?\b", r"\breminding\b",
        r"\blet me know (?:when|if|as soon)\b", r"\blet me forget\b", r"\b(?:on|in|into) my calendar\b",
        r"\berinner[en]", r"\bsnooze\b",
    )),
    ("log", (
        rf"{_POLITE}(?:log|record|note|write down|jot|document)\b(?! of)",
        rf"{_POLITE}(?:make|take|add|leave|save|put) (?:\w+ ){{0,3}}(?:notes?|log|record|entry)\b",
        r"^(?:i|we) (?:have )?just (?:met|spoke|talked|called|had|saw|visited)\b",
        r"^(?:i|we) (?:have )?had an? (?:call|meeting|chat|lunch|coffee|visit)\b",
        r"^(?:i|we) (?:met|spoke (?:to|with)|talked (?:to|with)|called|visited) ‹\d+›",
    )),
    ("promise", (
        r"^(?:i|we)(?: have| just| also)* (?:promised|committed|told ‹\d+›|agreed)\b(?!.*\b(?:what|which|who|when|"
        r"how)\b)", r"\btrack (?:an?|this|that|the) (?:new )?(?:promise|commitment)\b", r"\btrack (?:this|that|it)$",
    )),
    ("draft", (
        r"^(?!(?:and |so )*(?:what|when|who|which|did|has|have|how|was|were|is|find|search|"
        r"anything)\b)(?:.* )?(?:qbrs?|ebr|business review|deck|slides|presentation|hand-?off|hand-?over)\b",
        r"\b(?:write|draft|prepare|create|make|build|generate|need|prep) (?:me |up |us )?(?:a |an |the |my |"
        r"our )?(?:\S+ ){0,2}(?:brief|briefing|summary document|report)\b",
    )),
    ("send", (
        rf"{_POLITE}(?:(?:send|forward|draft)(?! (?:me|us|over|through)\b)|shoot|fire off|e?-?mail|compose|forward|"
        r"message|reply to|respond to|write to|invite|post|share|cc)\b",
        rf"{_POLITE}(?:call|ring|phone|text|tell|ask|let|write|warn|inform|apologi[sz]e to) ‹\d+›",
        rf"{_POLITE}tell (?!me\b|us\b)\w+ (?:that|to|we|about)\b",
        rf"{_POLITE}(?:write|draft) (?:an? )?(?:e?mail|message)",
    )),
    ("change", (
        rf"{_POLITE}(?:delete|remove|change|set|rename|merge|assign|reassign|move|close|cancel|add|create|transfer|"
        r"edit|reset|mark|drop|archive|undo|revert|swap|replace|correct|wipe|erase|terminate|approve|hand over|"
        r"tick off|update (?:the |their )?(?:owner|health|segment|contract|date|name)|(?:give|put) ‹\d+› (?:to|on|"
        r"under|in)|make \S+ the (?:owner|csm)|take ‹\d+› off|renew ‹\d+›)\b(?! (?:date|deadline|to me)s?\b)",
    )),
    ("compare", (
        r"\bcompar(?:e|es|ed|ing|ison)\b", r"\bversus\b", r"\bcontrast\b", r"\brelative to\b", r"\bvs\b",
        r"\bdifferences? between\b", r"\bside by side\b", r"‹\d+›(?: \w+){0,3} (?:next to|beside|against) ‹\d+›",
        r"\bor\b.*\b(?:\w{3,}ier|bigger|larger|smaller|better|worse)\b", r"\bvergleich\w*",
        r"\b(?:\w{3,}ier|bigger|larger|smaller|better|worse)\b.*\bor\b",
        r"‹\d+›.*\b(?:\w{3,}ier|bigger|larger|smaller|better|worse|more|less)\b.* than ‹\d+›",
        r"‹\d+› (?:and|or) ‹\d+›.*\bwh(?:o|ich)\b.*\b(?:\w{3,}er|more|less|most|least)\b",
        r"\bwh(?:o|ich)\b.*\b(?:\w{3,}er|more|less)\b.*‹\d+› (?:and|or) ‹\d+›",
    )),
    ("gaps", (
        r"\bgaps?\b", r"\bmissing\b", r"\black\b", r"\bsingle[- ]thread(?:ed|ing)?\b",
        r"\bnot (?:we |i )?(?:yet )?know(?:n)?\b",
        r"\b(?:no|without(?: an?| any)?|lacks?(?: an?)?|lacking(?: an?)?|needs? an?|not have(?: an?|"
        rf" any)?) (?:known |named |clear |real )?{ROLE}", r"\bincomplete\b", r"\bblind spots?\b", r"\bunknowns?\b",
        rf"\b(?:do|does) (?:all|every|each|any)\b.*\b{ROLE}", rf"\bmiss(?:es)? (?:an? |the )?{ROLE}",
        r"\bonly (?:have |got )?(?:one|1|a single) (?:contact|person|champion|stakeholder)\b", r"\bfehlt\b",
        r"\blücken?\b", r"\bholes? in\b", r"\bplan\b.* (?:complete|finished|full|ready)\b",
        r"\b(?:not|never) (?:been )?filled in\b",
    )),
    ("steps", (
        r"\bnext (?:best |sensible |logical |right )?(?:steps?|actions?|moves?|things?)\b",
        r"\b(?:is|happens?) next\b", r"\bnext with ‹", r"\bto[- ]?dos?\b",
        r"\b(?:should|must|need to|have to|can|could|supposed to|ought to) (?:i |we )?do\b",
        r"\b(?:i|we) (?:need|have|ought|got) to do\b",
        r"\b(?:should|must|shall) (?:i|we) (?:do|be doing|tackle|work on|focus on)\b",
        r"\bon (?:my|our|the) (?:plate|list|agenda)\b", r"\baction (?:items?|points?)\b",
        r"\bmy (?:day|agenda|tasks?)\b", r"\bdo (?:i|we) do\b", r"\bdo(?:ing)? next\b", r"\bto be done\b",
        r"\bneeds? doing\b", r"\bis the plan\b", r"\b(?:do|tackle) first\b", r"\bpriorit(?:y|ies|ise|ize)\b",
        r"\bopen (?:points?|items?|actions?|tasks?)\b",
        r"\b(?:is|things?|tasks?|what|all) due\b(?! (?:for renewal|an?\b|for an?\b))", r"^what is on\b",
        r"\bnächste\w* schritte?\b", r"\bzu tun\b", r"\bsteht an\b", r"\boffene punkte\b",
    )),
    ("promises", (
        r"\bpromis(?:e[sd]?|ing)\b", r"\bcommit(?:ments?|ted)\b", r"\bow(?:e[sd]?|ing)\b", r"\bpledge[ds]?\b",
        r"\bversprochen\b", r"\bzusagen?\b", r"\bzugesagt\b", r"\bsaid (?:that )?(?:we|i|they) (?:would|will)\b",
        r"\b(?:kept|keep|broke|broken) (?:our|their|my) word\b", r"\bagreed to (?:do|deliver)\b",
        r"\b(?:supposed|meant) to (?:deliver|send|give|provide|get)\b", r"\bpending\b", r"\bdeliverables?\b",
    )),
    ("at_risk", (
        r"\b(?:likely|going|about|might|may|could|will|would|want|wants|threaten\w*|planning|probably|"
        r"ready) (?:to )?churn\b", r"\bchurn risks?\b",
        r"(?<!did we )(?<!did i )\blos(?:e|ing)\b(?! (?:usage|users|seats|touch|contact))",
    )),
    ("metric", ()),
    ("said", ()),
    ("contacts", (
        r"\bwhom? (?:\w+ ){0,3}(?:should|can|could|do|must|shall|would|might) (?:i|we) (?:best |go to )?(?:talk|speak|"
        r"call|contact|write|reach|e?mail|meet|ring|phone|deal|work|turn|know)\b", r"\bdo we (?:know|deal)\b",
        r"\bwhom? (?:are|is) \S+ (?:talking|speaking|dealing) (?:to|with)\b", r"\b(?:customer|their|other) side\b",
        r"\bwhom? at ‹\d+›",
        r"\b(?:(?:person|one|people|somebody|someone) to|how (?:do|can) (?:i|we)) (?:talk|speak|call|contact|reach|"
        r"e?mail|ring)\b",
    )),
    ("silent", (
        rf"\boverdue (?:for |an? )*(?:check|{_CONTACT})", rf"\b{_CONTACT} (?:\w+ )?overdue\b",
        r"\bcheck(?:ed)?[- ]?ins?\b", rf"\b(?:not|never|nobody|no one|nicht)\b(?:,? (?:\w+|‹\d+›)){{0,4}} {_TALK}\b",
        r"\b(?:went|gone|going|go|been|got|fallen|gotten) (?:\w+ )?(?:quiet|silent|dark|cold)\b", r"\bsilen(?:t|ce)\b",
        r"\bquiet\b", r"\bneglect\w*", rf"\b(?:no|without|zero) (?:any |recent |a |an |single )*{_CONTACT}\b",
        r"\bin (?:a while|ages)\b", r"\bfor ages\b", r"\blost (?:touch|contact)\b", r"\bout of touch\b",
        r"\bbehind on\b", rf"\b(?:need|needs|due|want|wants|deserves?) (?:for )?an? (?:\w+ )?{_CONTACT}\b",
        r"\bghost(?:ed|ing)\b", r"\bforg[eo]t(?:ten|ting)?\b(?! (?:who|what|when|which|where|how|if))",
        r"\buntouched\b", r"\bdormant\b",
    )),
    ("touch", (
        rf"\b(?:last|latest|most recent) (?:time )?(?:{_WHO} )?(?:in |on )?(?:the )?(?:{_CONTACT}|{_TALK})\b",
        rf"\b{_TALK}\b.*\b(?:last|recently|lately|latest)\b", rf"\bwhen\b.*\b(?:{_TALK}|in (?:touch|contact))\b",
        rf"\b(?:did|have|has|had|are|is|were) {_WHO}(?: \w+)? (?:been )?(?:{_TALK}|in (?:touch|contact))\b",
        rf"\bhow long\b.*\b(?:since|ago)\b.*\b(?:{_TALK}|{_CONTACT})\b", rf"\bsince\b.*\b(?:last )?{_TALK}\b",
        r"\bzuletzt\b", rf"\bletzte[rns]? (?:{_CONTACT}|gespräch)\b",
    )),
    ("owner", (
        r"\bwho(?: is| are| was| it| that| else| here)* (?:owns?|owned|look(?:s|ed|ing)? after|manages?|managing|"
        r"handle[sd]?|handling|covers?|covering|tak(?:es|ing) care|responsible|in charge|runs?|running|serves?|has|"
        r"got|assigned|ask(?:ed)? about)\b", r"\bwhose (?:account|customer|client|responsibility|job)\b",
        r"\bwho (?:\w+ ){0,4}(?:owns|looks after|manages|handles|covers)\b",
        r"\bwho (?:is|do we have|have we got|is working) on ‹\d+›", r"\bwhose is\b", r"\bbelongs? to\b",
        r"\b(?:which|what) (?:colleague|person|csm|am|ae|rep|account manager)\b",
        r"\bwho (?:can|should|do|could) i (?:ask|go to)\b",
        r"\b(?:account manager|account owner|account lead|csm|(?<!i )am|owner)\b",
        r"\b(?:the )?responsible (?:for|of)\b", r"\bassigned to\b", r"\bbetreut\b", r"\bgehört\b", r"\bzuständig\b",
        r"\bverantwortlich\b", r"\bkümmert\b", r"\bin charge\b", r"\bleads? (?:on|for)\b", r"\blook(?:s|ing)? after\b",
    )),
    ("arr", (
        r"\b(?:value|size|volume) of\b", r"\b(?:contract|deal) (?:value|size|volume)s?\b",
    )),
    ("renewals", (
        r"\brenew\w*", r"\bexpir\w+", r"\bnotice(?: deadlines?| periods?| dates?)?\b", r"\blaps(?:e|es|ing|ed)\b",
        r"\bwhen\b.*\b(?:cancel|leave|quit|terminate|get out|walk away)\b", r"\bcontracts?\b(?! (?:value|size))",
        r"\bopt[- ]out\b", r"\bruns?(?:ning)? out\b", r"\b(?:term|agreement|subscription)s?\b.*\b(?:end|over|up)",
        r"\bverträge?\b", r"\bvertrags?\w*\b", r"\bläuft\b.*\baus\b", r"\blaufen\b.*\baus\b", r"\bkündig\w*",
        r"\bverlänger\w*", r"\bcom(?:e|es|ing) to (?:an|its|their|the) end\b",
        r"\b(?:deals?|agreements?|subscriptions?|which|that|accounts?|customers?|clients?)\b.*\bend(?:s|ing)?\b",
        r"\bend (?:dates?|of (?:the |its |their )?term)\b", r"\b(?:bound|locked in|tied) to us\b",
    )),
    ("tickets", (
        r"\btickets?\b", r"\b(?:support )?cases?\b", r"\bescalations?\b", r"\bescalated\b", r"\bp[12]s?\b",
        r"\bincidents?\b", r"\bwith support\b",
        r"\b(?:support|open|technical|known) (?:issues?|requests?|problems?)\b", r"\bproblems? with support\b",
        r"\bbugs?\b", r"\bhelp ?desk\b", r"\b(?:broken?|not working|outages?)\b", r"\bsupport\b",
    )),
    ("usage", (
        r"\busage\b", r"(?<!customers )(?<!accounts )(?<!clients )\busing\b|\busing\b.*\b(?:more|less)\b",
        r"\buses? (?:the product|it|us)\b", r"\badopt(?:ion|ing|ed|s)?\b", r"\blos(?:e|ing) (?:users|seats)\b",
        r"\butili[sz]ation\b", r"\bactive (?:users?|are|is)\b", r"\b(?:how|more|less|most|least) active\b",
        r"\blog(?:s|ged|ging)? ?ins?\b", r"\bnutzung\b", r"\bnutzen\b", r"\buse (?:it|us|our|the)\b",
        r"\bengage(?:d|ment)\b", r"\bconsum(?:e|ption)\w*\b", r"\b(?:mau|dau|wau)\b", r"\bseats?\b",
    )),
    ("contacts", (
        r"\bcontacts?\b", r"\bstakeholders?\b", r"\bpeople (?:at|in|do|there|we)\b", r"\bwho do we know\b",
        r"\bansprechpartner\b", r"\bwho (?:else )?(?:works|sits|is there)\b", r"\binterlocutors?\b",
        r"\bcounterparts?\b", r"\b(?:key people|people$)", r"\borg(?:anisation)? ?chart\b", rf"\b{ROLE}\b",
    )),
    ("timeline", (
        r"\bhappen(?:ed|ing|s)?\b", r"\bhistory\b", r"\btimeline\b", r"\bactivit(?:y|ies)\b", r"\bdealings\b",
        r"\binteractions\b", r"\bdid i miss\b", r"\blatest\b", r"\bnews\b", r"\b(?:is|anything|something|what) new\b",
        r"\bchanged?s?\b", r"\bhas been going on\b",
        r"\b(?:did (?:we|you|they|i) do|have (?:we|they|i) (?:been )?(?:done|doing))\b",
        r"\b(?:developments?|movements?|progress)\b", r"\bevents?\b", r"\bpassiert\b",
    )),
    ("at_risk", (
        r"\b(?:at|in)[- ]risk\b", r"\brisk(?:y|s|iest)?\b", r"\bin (?:trouble|danger|jeopardy)\b",
        r"\bworr(?:y|ied|ying|ies)\b", r"\bred\b", r"\bunhealthy\b", r"\bendangered\b",
        r"\b(?:leave|leaving|quit|drop) us\b", r"\babout to (?:leave|go|quit)\b", r"\b(?:of|are) leaving\b",
        r"\bchurns?\b", r"\bchurn\b", r"\bcritical\b", r"\bgefährdet\w*", r"\bgefahr\b", r"\brisiko\b", r"\bworst\b",
        r"\b(?:jump ship|walk away|wants? out)\b", r"\bshaky\b", r"\bwobbly\b", r"\bstruggling\b",
        r"\bneeds? (?:\w+ )?attention\b", r"\bon fire\b", r"\b(?:poor|bad|low|weak) (?:health|shape|scores?)\b",
        r"\bin bad shape\b", r"\bat night\b", r"\bunhapp(?:y|iest)\b", r"\bconcern(?:s|ed|ing)?\b",
        rf"\b(?:unhappy|unhappiest|problem|weak|weakest|bad|troubled|difficult) {_MANY}\b",
    )),
    ("health", (
        r"\bhealth(?:y|iness)?\b", r"\bscore\b", r"\bwrong with\b",
        r"\b(?:is|are|everything|all|things)\b.* (?:ok|okay|fine|good|happy|alright|all right|safe)\b", r"\bgreen\b",
        r"\byellow\b", r"\bamber\b", r"\bis ‹\d+› well\b", r"\bproblems? (?:with|at)\b",
    )),
    ("arr", (
        r"\bhow much\b", r"\bpay(?:s|ing)?\b", r"\bworth\b", r"\bhow (?:big|large|valuable)\b", r"\bsize of\b",
        r"\bspend(?:s|ing)?\b", r"\brevenue\b", r"\bvalue of\b", r"\b(?:contract|deal) (?:value|size)\b", r"\bacv\b",
        r"\btcv\b", r"\bturnover\b", r"\bearn(?:s|ed)?\b", r"\bmoney\b", r"\bbrings? (?:in|us)\b",
    )),
    ("status", (
        r"\bhow (?:is|are|was|goes|about)\b.*(?:‹\d+›|\bdoing\b|\bgoing\b|\blooking\b)", r"\bstatus\b",
        r"\bsituation\b", r"\btell me (?:more |everything )?about\b", r"\boverview\b", r"\bupdate on\b",
        r"\bwhere (?:do )?(?:we|‹\d+›) (?:stand|are)\b", r"\bwie (?:steht|geht|läuft)\b", r"\bgoing on\b",
        r"\bsummar(?:y|ise|ize)\b", r"\bbrief me\b", r"\bdoing\b", r"\binfo(?:rmation)? on\b", r"\bstate of\b",
        r"\bfill (?:me|us) in\b", r"\bthings\b", r"\bknow about\b", r"\bcatch me up\b",
        r"\b(?:bring|get) me up to speed\b", r"\bhow (?:do )?(?:we|things|it)? ?stands?\b", r"\brundown\b",
        r"\bwhat (?:about|is up with)\b", r"^(?:show|give|pull up) (?:me )?‹\d+›$",
        r"\b(?:walk|run|talk) (?:me|us) through\b",
    )),
    ("book", (
        rf"\b{_MANY}\b", r"(?<!can )(?<!you )\bbook\b(?! (?:me|us|a|an)\b)", r"\bportfolio\b", r"\bkunden\b",
    )),
)  # fmt: skip
CUES: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile("|".join(patterns))) for kind, patterns in _CUES if patterns
)
"""`metric` and `said` are recognised by what they are about, in `read`."""
