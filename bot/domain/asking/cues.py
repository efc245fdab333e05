"""By which words a kind of question is known. In order: the first cue that a line fits decides."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal[
    "thanks", "hello", "help", "remind", "log", "promise", "draft", "send", "change", "compare", "gaps", "steps",
    "promises", "at_risk", "metric", "said", "silent", "touch", "owner", "renewals", "tickets", "usage", "contacts",
    "timeline", "health", "arr", "book", "status",
]  # fmt: skip

_POLITE = r"^(?:please |pls |can you |could you |would you |can we |i want to |i need to |let us )*"
_ROLE = (
    r"(?:champions?|(?:economic )?buyers?|decision[- ]?makers?|influencers?|(?:executive |exec )?sponsors?|detractors?)"
)
_WHO = r"(?:we|i|you|anyone|anybody|somebody|someone|nobody|‹\d+›)"
_TALK = (
    r"(?:talk(?:ed)?|spoken?|speak|spoke|met|meet|call(?:ed)?|contact(?:ed)?|hear(?:d)?|"
    r"reach(?:ed)?(?: out)?|e?mail(?:ed)?|touch(?:ed)?)"
)

_CUES: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    ("thanks", (
        r"^(?:(?:ok|okay|great|cool|perfect|many|super|well|that is) )*(?:thanks?|thank you|thx|ty|"
        r"cheers|danke|merci|great job|well done|good job|nice(?: one| work)?|perfect|awesome|good bot|"
        r"super)(?: .{0,24})?$",
    )),
    ("hello", (
        r"^(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|moin|hallo|guten (?:tag|"
        r"morgen))(?: (?:steward|there|bot|all|everybody|team))?$",
    )),
    ("help", (
        r"^(?:help|hilfe)(?: me| please)?$", r"\bwhat (?:else )?can (?:you|i) (?:do|ask)",
        r"\bhow (?:do|can|should) i (?:use|ask|work with)", r"\bhow does this work",
        r"^what (?:are|do) you(?: do)?$", r"^who are you$",
    )),
    ("remind", (
        r"\bremind (?:me|us)\b", r"\b(?:set|create|add) (?:me )?a reminder",
    )),
    ("log", (
        rf"{_POLITE}(?:log|record|note down|write down|jot)\b",
    )),
    ("draft", (
        r"\b(?:write|draft|prepare|create|make|build|generate|need) (?:me |up |us )?(?:a |an |the |my |"
        r"our )?(?:\S+ ){0,2}(?:qbr|brief|business review|deck|slides|hand-?off|presentation)\b",
    )),
    ("send", (
        rf"{_POLITE}(?:send|e?-?mail|draft|compose|forward|message|reply to|write to|invite)\b",
    )),
    ("change", (
        rf"{_POLITE}(?:delete|remove|change|set|rename|merge|assign|reassign|move|close|cancel|add|create|"
        r"edit|reset|mark|drop|update (?:the |their )?(?:owner|health|segment|contract|date|name))\b",
    )),
    ("compare", (
        r"\bcompare[ds]?\b", r"\bor\b.*\b(?:healthier|bigger|happier|larger|riskier|better)\b", r"\bcomparison\b",
        r"\bversus\b", r"\bvs\b", r"\bdifferences? between\b",
        r"\bvergleich", r"\b(?:healthier|bigger|happier|larger|riskier|better)\b.*\bor\b",
    )),
    ("gaps", (
        r"\bgaps?\b", r"\bmissing\b", r"\bsingle[- ]threaded\b", r"\bnot (?:we )?know(?:n)?\b",
        rf"\b(?:no|without(?: an?)?|lacks?(?: an?)?|lacking(?: an?)?) (?:known )?{_ROLE}", r"\bincomplete\b",
        r"\bblind spots?\b",
    )),
    ("steps", (
        r"\bnext (?:best )?(?:steps?|actions?|moves?)\b", r"\bis next\b", r"\bto[- ]?dos?\b",
        r"\b(?:should|must|need to|have to|can) (?:i|we) do\b", r"\b(?:i|we) (?:need|have|ought) to do\b",
        r"\bon (?:my|our) plate\b", r"\baction items?\b", r"\bmy (?:day|agenda|tasks)\b", r"\bdo (?:i|we) do\b",
        r"\bdo(?:ing)? next\b", r"\bto be done\b", r"\bpriorit(?:y|ies)\b",
    )),
    ("promises", (
        r"\bpromis(?:e[sd]?|ing)\b", r"\bcommit(?:ments?|ted)\b", r"\bowe[sd]?\b", r"\bpledged?\b",
        r"\bversprochen\b", r"\bzusagen?\b",
    )),
    ("at_risk", (
        r"\b(?:likely|going|about|might|may|could|will|would|want|wants|threaten\w*|planning|probably|"
        r"ready) (?:to )?churn\b",
        r"\bchurn risks?\b", r"\blos(?:e|ing)\b",
    )),
    ("metric", ()),
    ("said", ()),
    ("contacts", (
        r"\bwho (?:should|can|could|do|must|shall) (?:i|we) (?:talk|speak|call|contact|write|reach|"
        r"e?mail|ask|meet)\b",
    )),
    ("silent", (
        r"\boverdue (?:check|touch|for a)", r"\bcheck(?:ed)?[- ]?ins?\b",
        rf"\b(?:not|never|nobody(?: has)?|no one(?: has)?)(?: {_WHO})?(?: (?:been|yet|ever|has|have|"
        rf"been in))? (?:{_TALK}|touch)\b",
        r"\bwent (?:quiet|silent|dark)\b", r"\bgone (?:quiet|silent|dark)\b", r"\bsilent\b", r"\bquiet\b",
        r"\bneglect\w*", r"\b(?:no|without) (?:any )?(?:contact|touch|conversation)", r"\bin a while\b",
        r"\blost touch\b", r"\bgoing dark\b",
    )),
    ("touch", (
        rf"\blast (?:time )?(?:{_WHO} )?(?:in )?(?:contact|touch|call|meeting|conversation|e?mail|chat|"
        rf"interaction|{_TALK})\b",
        rf"\b{_TALK}\b.*\b(?:last|recently|lately|latest)\b", rf"\bwhen (?:did|have|was)\b.*\b{_TALK}\b",
        rf"\b(?:did|have|has) {_WHO} {_TALK}\b",
    )),
    ("owner", (
        r"\bwho (?:is |are )?(?:owns?|owned|looks? after|manages?|managing|handles?|covers?|covering|"
        r"takes care|responsible|in charge)\b",
        r"\bwhose (?:account|customer|client)\b", r"\bwho is on ‹\d+›",
        r"\b(?:which|what) (?:colleague|person|csm|am|account manager)\b",
        r"\b(?:account manager|account owner|csm|am|owner)\b", r"\bresponsible for\b", r"\bwer betreut\b",
        r"\bwem gehört\b", r"\bzuständig\b",
    )),
    ("renewals", (
        r"\brenew\w*", r"\bexpir\w+", r"\bnotice(?: deadlines?| periods?| dates?)?\b",
        r"\bwhen (?:must|can|do|should|could) (?:we|they|i) cancel\b", r"\bcontracts?\b",
        r"\brun(?:s|ning)? out\b", r"\bverträge?\b", r"\bvertrags?\b", r"\bläuft\b.*\baus\b", r"\bkündig\w*",
        r"\bverlänger\w*", r"\brenewed\b",
    )),
    ("tickets", (
        r"\btickets?\b", r"\b(?:support )?cases?\b", r"\bescalations?\b", r"\bescalated\b", r"\bp[12]s?\b",
        r"\bincidents?\b", r"\bwith support\b", r"\bsupport (?:issues?|requests?|problems?)\b",
        r"\bproblems? with support\b", r"\bbugs?\b",
    )),
    ("usage", (
        r"\busage\b", r"\busing\b", r"\buses? (?:the product|it|us)\b", r"\badoption\b", r"\butili[sz]ation\b",
        r"\bactive users\b", r"\blog ?ins?\b",
        r"\bnutzung\b", r"\buse (?:it|us|our)\b",
    )),
    ("contacts", (
        r"\bcontacts?\b", r"\bstakeholders?\b", r"\bpeople (?:at|in|do)\b", r"\bwho do we know\b",
        r"\bansprechpartner\b", r"\bwho (?:else )?(?:works|sits) (?:at|there)\b", rf"\b{_ROLE}\b",
    )),
    ("timeline", (
        r"\bhappen(?:ed|ing|s)?\b", r"\bhistory\b", r"\btimeline\b", r"\bactivit(?:y|ies)\b",
        r"\blatest (?:on|with|from|at)\b", r"\bnews\b", r"\bis new\b", r"\bchanged\b", r"\bhas been going on\b",
        r"\bdid (?:we|you|they|i) do\b",
    )),
    ("at_risk", (
        r"\bat[- ]risk\b", r"\brisk(?:y|s)?\b", r"\bin (?:trouble|danger)\b", r"\bworr(?:y|ied|ying)\b", r"\bred\b",
        r"\bunhealthy\b", r"\bendangered\b", r"\bleave us\b", r"\bchurn\b", r"\bcritical\b", r"\bgefährdet\w*",
        r"\bworst\b",
    )),
    ("health", (
        r"\bhealth(?:y)?\b", r"\bscore\b", r"\bwrong with\b", r"\bis ‹\d+› (?:ok|okay|fine|good|happy|well)\b",
        r"\bgreen\b", r"\byellow\b", r"\bamber\b",
    )),
    ("arr", (
        r"\bhow much\b", r"\bpay(?:s|ing)?\b", r"\bworth\b", r"\bhow (?:big|large|valuable)\b",
        r"\bspend(?:s|ing)?\b", r"\brevenue\b",
    )),
    ("status", (
        r"\bhow (?:is|are|was|goes|about)\b.*(?:‹\d+›|\bdoing\b|\bgoing\b|\blooking\b)", r"\bstatus\b",
        r"\btell me (?:more )?about\b", r"\boverview\b", r"\bupdate on\b", r"\bwhere do we stand\b",
        r"\bwie (?:steht|geht)\b", r"\bgoing on\b", r"\bsummary\b", r"\bbrief me\b", r"\bdoing\b", r"\binfo on\b",
        r"\bstate of\b", r"\bfill (?:me|us) in\b", r"\bthings\b", r"\bknow about\b", r"\bcatch me up\b",
        r"\bbring me up to speed\b", r"\bhow do (?:we|things) stand\b", r"\bwhat (?:about|is up with)\b",
        r"^show me ‹\d+›$",
    )),
    ("book", (
        r"\baccounts?\b", r"\bcustomers?\b", r"\bclients?\b", r"\bbook\b", r"\bportfolio\b", r"\bkunden\b",
    )),
)  # fmt: skip
CUES: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile("|".join(patterns))) for kind, patterns in _CUES if patterns
)
"""`metric` and `said` are recognised by what they are about, in `read`."""

ORDER: tuple[Kind, ...] = tuple(dict.fromkeys(kind for kind, _ in _CUES))
