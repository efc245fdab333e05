"""Words that questions are made of. No name is looked for in them, unless they are written like one."""

from __future__ import annotations

_TEXT = """
a about account account's accounts across action actions active activities activity actually adoption after again
against agenda all alone also although am amber among amongst amount amounts an and ansprechpartner answer answered
answers any anybody anyone anything anyway appear appears approximately april are around as asap ask asked assign
assigned at at-risk auf august aus auto auto-renew automatically autorenew autumn average bad badly based basically
basis be because become becoming been before began begin beginning behind bei being believe belong belonging belongs
best betreut better between big bigger biggest bit bits bitte blocked book both bring brings brought btw bug bugs
build built but buyer buyers by call called calls can cancel care case cases cause causes certain champion champions
change changed changes changing charge chat check check-in check-ins checked checkin checkins churn churning clear
client clients closest colleague come coming comment comments commitment commitments committed compare compared
comparison complain complained complaints complete completed completely concerning contact contacted contacting
contacts contain contract contracts conversation conversations correct could count counts couple cover covering covers
create created critical csm csms current currently customer customers danger dark das date dates day days deadline
deadlines deal dealing deals december decision declining decreasing delay delayed den der des detail details detractor
detractors did die difference discuss discussed do does doing doing's don done down dropping drops due during each
earliest early economic einen else email emails end endangered ended ending ends enough enter es escalated escalation
escalations especially estimated et ever every everybody everyone exact exactly expect expected expire expires
expiring falling falls false far fast faster february feedback feel feeling feels few figure figures fill find fine
finish finished first folks follow follow-up followed following followup for friday from fully future fyi für gap gaps
gave gegenüber gehört general get gets getting gib give given go goes going gone good got great green grow growing
growth guess gut guys haben had half handle handles handling happen happened happening happens happier happy has
hasn't hast hat hatte have having he headed heading heads health healthier healthy hear heard hello help helped
helping helps her hey hi high higher him his history hit hitting hmm hooray hope hopefully how however hows i ich if
im important improve improved improving in incident incidents incomplete increasing influencer influencers info
information ins instead interaction interactions interesting into is issue issues ist it item items its january july
june just kannst keep keeping kept kind kinds know known kpi kpis kunde kunden lacking lag large larger largest last
late lately later latest laufen laut leave leaving left less let level levels license licenses liegt like likely likes
list lists little login logins long longer look looked looking looks lose losing lost lot love low lower läuft made
mail mails main mainly make maker makers makes mal man manager manages many march matter matters may maybe me mean
median medium meeting meetings mehr mein meine mention mentioned mentions met might mine mir missing mit monday month
months more most mostly move mr much must my near nearest need needed needs neglect neglected neglecting never new
news next nice nicht no nobody noch none not note notes notice november now number obviously october of off offene
offenen often oh ok okay older on one ones ongoing only open opinion opinions or order other otherwise our out outcome
outcomes over overall overdue overview owe owed owes own owned owner owns p1 p1s p2 p2s part partially particularly
partly parts past pay paying pays pending people per percent percentage perhaps period periods person place plan
planned planning plate play please pledged pls point points portfolio possible possibly potentially precise prepare
prepared preparing present previous priorities priority probably problem problems product promise promised promises
promising pull purely push put puts quarter quarters question questions quick quickly quiet quite rate ratio re reach
reached read reading reads ready real really reason reasons recent recently record red regarding regards relationship
relevant remaining renew renewal renewals renewed renewing renews report requests responsible rest result results
revenue right rises rising risk riskier risks risky roughly run running runs said same saturday say saying says
schedule scheduled score search seat seats see seem seemed seems seit send sent separately september several share she
short should show shrinking side sides silent since sind single single-threaded situation size sizes slow slowly small
smallest so solid some somebody someone soon soonest sort sound sounds speak specific specifically spend spoke spoken
sponsor sponsors spring stable stakeholder stakeholders stand stands start started starting state status steady steht
step steps steward still stop stopped stopping strong stuck stuff such sum summary summer sunday support sure take
takes talk talked talking talks task tasks team tell than that the their their's them then there therefore these they
thing things think thinks this those though thought thoughts threaded through thursday ticket tickets till time
timeline to to-do to-dos today today's todo todos together tomorrow too total touch track tracking trend trends
trouble true try trying tuesday turn turned turning two type types um und unhealthy uns unstable until up upcoming
update updates urgent us usage use used user users uses using utilisation utilization valuable value various versus
vertrag verträge very view volume von vs wait waiting waits wann want wanted wanting wants was watch watching we weak
wednesday week weeks welche welchen well wem went wer were what whats when where whether which while who whom whose
why wie will winter wir wish with within without word words work worked working works worried worries worry worrying
worse worsen worsening worst worth would write writes written wrong wrote year years yellow yes yesterday yet you your
zeig zeige zu zum zur zuständig
"""
FILLERS = frozenset(_TEXT.split())
