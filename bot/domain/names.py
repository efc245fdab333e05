"""Company names and hosts folded to the form in which they are compared.

`fold` answers "is this the same company, spelled differently?" for lookup and for import identity, so it only drops
what never tells two companies apart: case, accents, punctuation, the legal form. `squash` is weaker evidence.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
# Marks of Latin, Greek and Cyrillic only: the voiced marks of kana and the vowel signs of Indic scripts carry meaning.
_MARKS = re.compile("[\u0300-\u036f]")
_DROPPED = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff'’‘`´ʼ\"״׳]")
_INITIALS = re.compile(r"(?<!\w)([^\W\d_])[./](?=[^\W\d_](?!\w))")
_LONE_LETTERS = re.compile(r"(?<!\S)[a-zа-я](?: [a-zа-я])+(?!\S)")
_NOT_WORD = re.compile(r"(?:(?![\u0900-\u0dff\u0e00-\u0eff])[\W_])+")  # vowel signs are no punctuation
_SIGNS = str.maketrans({"&": " and ", "＆": " and ", "+": " plus "})
_AND = frozenset(("und", "et", "och", "y"))

# East Asian forms are written onto the name without a space, in front or behind.
_ATTACHED = (
    "株式会社|有限会社|合同会社|合資会社|股份有限公司|有限责任公司|有限責任公司|有限公司|"
    "주식회사|유한회사|[(][株有同주유][)]"
)
_ATTACHED_FORM = re.compile(rf"^(?:{_ATTACHED})+|(?:{_ATTACHED})+$")

# Legal forms in their folded spelling; `|` parts them. Words that also describe a business (group, holding, labs,
# trading, partners) are not legal forms: they tell companies apart.
_SUFFIX_TEXT = (
    "inc|incorporated|corp|corporation|co|company|llc|llp|lp|pllc|pc|plc|ltd|limited|cic|dac|clg|ltee|limitee|"
    "gmbh|mbh|ggmbh|ag|kg|kgaa|ohg|og|gbr|ug|ug haftungsbeschrankt|se|eg|ev|ek|ewiv|"
    "sa|sas|sasu|sarl|sa rl|eurl|snc|sca|scs|scop|srl|srls|spa|sl|slu|sau|slp|sll|scl|lda|ltda|eireli|"
    "sa de cv|sab de cv|sapi de cv|s de rl de cv|s de rl|bv|nv|vof|cv|bvba|sprl|cvba|"
    "ab|ab publ|oy|oyj|aps|as|asa|ks|ivs|hf|ehf|ans|sp z oo|spolka z oo|spolka akcyjna|sp k|sp j|sro|kft|zrt|nyrt|"
    "bt|doo|dd|ooo|oao|zao|ood|eood|ead|ad|ae|epe|ike|ou|uab|pty|pty ltd|proprietary limited|pte|pte ltd|pvt|"
    "pvt ltd|private limited|sdn bhd|bhd|tbk|kk|gk|kabushiki kaisha|cia|cie|and cia|and cie|ltd sti|"
    "ооо|оао|зао|пао|ао|тов|จำกัด|จำกัด มหาชน|בעמ"
)
_PREFIX_TEXT = "the|ооо|оао|зао|пао|ао|тов|uab|sia|pt|บริษัท"


def _plain(text: str) -> str:
    """Case, width, accents and invisible characters gone; the kinds of letters kept."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).casefold()
    text = _DROPPED.sub("", text).translate(_LETTERS)
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", text)))


_SUFFIXES = frozenset(tuple(phrase.split()) for phrase in _plain(_SUFFIX_TEXT).split("|"))
_LONGEST = max(len(phrase) for phrase in _SUFFIXES)
_PREFIXES = frozenset(_plain(_PREFIX_TEXT).split("|"))


def _without_legal_form(words: list[str]) -> list[str]:
    """The words with articles and legal forms taken off both ends; always at least one word."""
    while len(words) > 1:
        if words[0] in _PREFIXES:
            words = words[1:]
        elif words[-1] == "and":
            words = words[:-1]
        else:
            size = next((n for n in range(_LONGEST, 0, -1) if tuple(words[-n:]) in _SUFFIXES and n < len(words)), 0)
            if not size:
                break
            words = words[:-size]
    return words


def _folded_once(name: str) -> str:
    text = _plain(name).strip()
    bare = _ATTACHED_FORM.sub("", text)
    spaced = _INITIALS.sub(r"\1", (bare if _NOT_WORD.sub("", bare) else text).translate(_SIGNS))
    words = _NOT_WORD.sub(" ", spaced).split()
    last = len(words) - 1
    words = ["and" if word in _AND and 0 < at < last else word for at, word in enumerate(words)]
    joined = _LONE_LETTERS.sub(lambda run: run[0].replace(" ", ""), " ".join(words))
    return " ".join(_without_legal_form(joined.split())) or " ".join(text.split()) or name.strip()


@lru_cache(maxsize=16_384)
def fold(name: str) -> str:
    """The name as it is compared: "Müller & Söhne GmbH & Co. KG" and "MULLER AND SOHNE" are both "muller and sohne".

    Words that distinguish stay ("Acme Ltd" is not "Acme Labs"), and so do the spaces ("GTXPro" is not "GTX Pro", see
    `squash`). Empty only for a blank name: a name that is nothing but a legal form or signs keeps them. Folding a
    folded name changes nothing.
    """
    folded = _folded_once(name)
    # One form can hide another ("X株式会社 Ltd"); in plain ASCII the first pass takes them all.
    while not folded.isascii() and (again := _folded_once(folded)) != folded:
        folded = again
    return folded


def squash(name: str) -> str:
    """`fold` without spaces: "GTXPro" and "GTX Pro" meet here. Enough to propose a match, not to make one."""
    return fold(name).replace(" ", "")


_FREE_MAIL_TEXT = (
    "gmail.com googlemail.com outlook.com outlook.de outlook.fr hotmail.com hotmail.co.uk hotmail.de hotmail.fr "
    "hotmail.it hotmail.es live.com live.co.uk live.fr live.nl msn.com yahoo.com yahoo.co.uk yahoo.co.jp "
    "yahoo.co.in yahoo.de yahoo.fr yahoo.it yahoo.es yahoo.ca yahoo.com.br yahoo.com.au ymail.com rocketmail.com "
    "icloud.com me.com mac.com aol.com gmx.de gmx.net gmx.com gmx.at gmx.ch web.de freenet.de t-online.de "
    "posteo.de mail.com email.com mail.ru inbox.ru list.ru bk.ru yandex.ru yandex.com ya.ru rambler.ru qq.com "
    "foxmail.com 163.com 126.com sina.com sina.cn yeah.net naver.com hanmail.net daum.net proton.me "
    "protonmail.com pm.me tutanota.com tuta.io fastmail.com hey.com zohomail.com rediffmail.com orange.fr "
    "wanadoo.fr free.fr sfr.fr laposte.net libero.it virgilio.it alice.it tin.it bluewin.ch hispeed.ch "
    "btinternet.com sky.com talktalk.net comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net "
    "charter.net rogers.com shaw.ca bigpond.com optusnet.com.au uol.com.br bol.com.br terra.com.br wp.pl o2.pl "
    "onet.pl interia.pl seznam.cz centrum.cz telia.com ziggo.nl kpnmail.nl skynet.be telenet.be"
)
# A profile page in the website column says nothing about who owns the host.
_SHARED_TEXT = (
    "facebook.com linkedin.com instagram.com twitter.com x.com youtube.com github.com sites.google.com "
    "docs.google.com linktr.ee goo.gl bit.ly"
)
_NOBODYS_HOSTS = frozenset(f"{_FREE_MAIL_TEXT} {_SHARED_TEXT}".split())
_HOST = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})")
_SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//|^mailto:")
_AFTER_HOST = re.compile(r"[\s:>,;].*$", re.DOTALL)
_WWW = re.compile(r"^www\d?\.")


def domain_of(text: str) -> str | None:
    """The lower-case host in a URL, an e-mail address or a bare host, without `www.`; international names as `xn--`.

    None when there is no such host, when it is an address or a local name, and for hosts that many companies share
    (free mail, social profiles): those identify nobody. Subdomains stay, because `acme.myshopify.com` and
    `beta.myshopify.com` are two companies and no list of such hosts is complete.
    """
    place = re.split(r"[/?#\\]", _SCHEME.sub("", text.strip().lower()), maxsplit=1)[0]
    *_, place = place.rpartition("@")
    if not place or (" " in place and "@" not in text):
        return None
    try:
        host = _AFTER_HOST.sub("", place).strip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    host = _WWW.sub("", host)
    if not _HOST.fullmatch(host) or _parents(host) & _NOBODYS_HOSTS:
        return None
    return host


def _parents(host: str) -> set[str]:
    """The host and all its parents: `de.linkedin.com` is as shared as `linkedin.com`."""
    labels = host.split(".")
    return {".".join(labels[at:]) for at in range(len(labels) - 1)}
