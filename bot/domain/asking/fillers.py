"""Words that questions are made of. No name is looked for in them, unless they are written like one."""

from __future__ import annotations

_TEXT = """
a about account account's accounts across action actions active activities activity actually adopt adopting adoption
after afternoon again against agenda all alone also although am amber among amongst amount amounts an and
ansprechpartner answer answered answers any anybody anyone anything anyway appear appears approximately april are
around as asap ask asked assign assigned at at-risk attainment attrition auf august aus auto auto-renew automatically
autorenew autumn average avg bad badly bald based basically basis be because become becoming been before began begin
beginning behind bei being believe belong belonging belongs best betreut better between big bigger biggest bit bits
bitte blocked book both bound bring brings broken brought btw bug bugs build built but buyer buyers by call called
calls can cancel care case cases cause causes certain champion champions change changed changes changing charge chat
check check-in check-ins checked checkin checkins churn churning churns clear client clients close closer closest clue
colleague come coming comment comments commitment commitments committed compare compared comparison complain complained
complaints complete completed completely concerning contact contacted contacting contacts contain contract contracts
contrast conversation conversations cool correct could count counts couple cover covering covers create created
critical crosssell csm csms current currently customer customers danger dark das date dates day days deadline deadlines
deal dealing deals december decision declining decreasing delay delayed dem den der des detail details detractor
detractors did die diese diesem dieses difference discuss discussed do does doing doing's don done down dropping drops
due during each earliest early earn earned earns economic effort einen else email emails end endangered ended ending
ends enough enter es escalated escalation escalations especially estimated et euch evening ever every everybody
everyone exact exactly expansion expect expected expire expires expiring falling falls false far fast faster february
feedback feel feeling feels fehlen fehlt few figure figures fill find fine finish finished fire first fiscal folks
follow follow-up followed following followup for forecast forecasts forget forgot friday from fully future fy fyi für
gap gaps gave gefahr gefährdet gegenüber gehört general gesprochen gespräch get gets getting gib gibt give given go
goal goals goes going gone good got great green grow growing growth guess gut guys haben had haha half handle handles
handling happen happened happening happens happier happy has hasn't hast hat hatte have having he headed heading heads
health healthier healthy hear heard hehe hello help helped helping helps her hey hi high higher him his history hit
hitting hmm hoch hooray hope hopefully how however hows i ich idk if ihr ihre im important improve improved improving
in incident incidents incomplete increasing influencer influencers info information ins instead interaction
interactions interesting into is issue issues ist it item items its jahr january july june just k kannst keep keeping
kept kind kinds kk know known kontakt kontakte kpi kpis kunde kunden kümmert lacking lag large larger largest last late
lately later latest laufen laut leading leave leaving left less let letzte letzten letzter letztes level levels license
licenses liegt lifetime like likely likes list lists little lmao logged logging login logins logo logos logs lol long
longer look looked looking looks lose losing lost lot love low lower läuft lücke lücken made mail mails main mainly
make maker makers makes mal man manager manages many march matter matters may maybe me mean median medium meeting
meetings mehr mein meine mention mentioned mentions met might mine mir miss misses missing mit monat monaten monday
month months more morning most mostly move movement movements mr mrr much must my nah near nearest need needed needs
neglect neglected neglecting never new news next nice nicht no nobody noch none nope not note notes notice november now
np number numbers nächste nächsten obviously october of off offene offenen often oh ok okay old older oldest omg on one
ones ongoing only open opinion opinions or order other otherwise our out outage outages outcome outcomes over overall
overdue overview owe owed owes own owned owner owns p1 p1s p2 p2s part partially particularly partly parts passiert
past pay paying pays pending people per percent percentage perhaps period periods person place plan planned planning
plate play please pledged pls point points portfolio possible possibly potentially precise prepare prepared preparing
present previous priorities priority probably problem problems product promise promised promises promising promoter
pull purely push put puts quartal quarter quarters question questions quick quickly quiet quite quota rate ratio re
reach reached read reading reads ready real really reason reasons recent recently record red regarding regards
relationship relevant remaining remind renew renewal renewals renewed renewing renews report requests resolution
responsible rest result results retention revenue right rises risiko rising risk riskier risks risky roughly run
running runs said same satisfaction saturday say saying says schedule scheduled schritte score search seat seats see
seem seemed seems segment segments seit send sent separately september several shape share she short should show
shrinking sich side sides sie silent since sind single single-threaded situation size sizes slow slowly small smallest
so solid some somebody someone soon soonest sort sound sounds speak specific specifically spend spoke spoken sponsor
sponsors spring stable stakeholder stakeholders stand stands start started starting state status steady stehen steht
step steps steward still stop stopped stopping strong stuck stuff such sum summary summer sunday support supposed sure
tagen take takes talk talked talking talks target targets task tasks team telefoniert tell tells than that the their
their's them then there therefore these they thing things think thinks this those though thought thoughts threaded
through thursday ticket tickets till time timeline to to-do to-dos today today's todo todos together told tomorrow
tonight too topic topics total touch touchpoint touchpoints track tracking trend trends trouble true try trying tuesday
turn turned turning two type types um und unhealthy uns unser unsere unseren unstable until up upcoming update updates
upsell urgent us usage use used user users uses using utilisation utilization valuable value various verantwortlich
vergleich vergleiche vergleichen vergleichst versprochen versus vertrag verträge very viel viele view volume vom von vs
wait waiting waits wann want wanted wanting wants was watch watching we weak wednesday week weeks welche welchen well
wem went wer were what whats when where whether which while who whom whose why wie will win winter wir wish with within
without woche wochen won word words work worked working works worried worries worry worrying worse worsen worsening
worst worth would wow write writes written wrong wrote wtf yeah year years yellow yep yes yesterday yet you your yup
zeig zeige zu zugesagt zuletzt zum zur zuständig
"""
_LARGE = """
january february march april may june july august september october november december jan feb mar apr jun jul aug sep
sept oct nov dec monday tuesday wednesday thursday friday saturday sunday q1 q2 q3 q4 h1 h2 ytd eoq eoy i arr mrr nrr
grr ndr crr nps csat ces fcr ttr clv ltv cltv qbr csm am ae kpi kpis p1 p2
"""
LARGE = frozenset(_LARGE.split())
"""Words of questions that are written large anyway: an account that is called so has to be quoted."""
FILLERS = frozenset(_TEXT.split()) | LARGE
