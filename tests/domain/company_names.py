"""Company names by the hundred thousand, and the ways in which people mistype them. Same seed, same names."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from bot.domain.names import fold, squash

Slip = Literal["exact", "one typo", "two typos", "no suffix", "no space", "swapped words", "prefix"]
SLIPS: tuple[Slip, ...] = ("exact", "one typo", "two typos", "no suffix", "no space", "swapped words", "prefix")


class Query(NamedTuple):
    """What somebody typed, how it differs, and the index of the name that was meant."""

    slip: Slip
    text: str
    meant: int


_ONSETS = "b br c ch cl cr d dr f fl g gl gr h j k kr l m n p pl qu r s sc sh sk sl sp st t tr v vel w x y z"
_CORES = "a e i o u ae ai ea ia io oa ou ar er or an en in on al el ol"
_TAILS = (
    "bit cast core dex do fex form gen grid ix la lio lo logic ma meter mo na net nova nt on ora pay "
    "pulse ra rix ro sa scape set sense sis soft sync ta tec tel tera tex ti trax va vance via vio vista "
    "vo ware wise xo zen"
)
_FAMILIES = (
    "Abbott Andersson Baker Barbosa Bauer Becker Bernard Bianchi Carter Castillo Chen Costa Dubois "
    "Fernández Fischer Fontaine Fuchs García Gupta Hansen Hoffmann Horváth Ivanov Jansen Johansson "
    "Jørgensen Kaya Keller Kowalski Kumar Lefèvre Lindqvist Lopes Łukasik Marchetti Martínez Mehta Meyer "
    "Moreau Müller Nakamura Nielsen Novák Nowak O'Brien Öztürk Park Pereira Petrov Ricci Rossi Sato "
    "Schmidt Schröder Silva Singh Søndergaard Sokolov Suzuki Tanaka Thompson Van_Dijk Virtanen Vogel "
    "Wagner Walker Weiß Yamamoto Yılmaz Zhang Zieliński"
)
_PLACES = (
    "Aarhus Alpine Andes Atlantic Baltic Basel Bergen Bristol Capital Cascade Coastal Córdoba Dakota "
    "Danube Delta Düsseldorf Eastern Élysée Fjord Geneva Golden_Gate Great_Lakes Harbor Highland Iberia "
    "Kanto Köln Lakeside Lisboa Łódź Lyon Málaga Midwest Milano Mumbai Nairobi Nordic Northern Osaka "
    "Pacific Porto Prairie Rhein Riverside São_Paulo Sierra Southern Summit Sydney Tokyo Toronto Tyrol "
    "Valley Vancouver Western Wien Zürich"
)
_TRADES = (
    "Aerospace Analytics Automation Bank Biotech Builders Capital Catering Ceramics Chemicals Cloud "
    "Coffee Components Construction Consulting Cosmetics Data Dental Design Diagnostics Digital Dynamics "
    "Education Electric Energy Engineering Environmental Equipment Events Fabrics Farms Fashion Finance "
    "Fitness Foods Freight Furniture Games Genetics Glass Health Holdings Hospitality Hotels Imaging "
    "Insurance Interactive Labs Lighting Logistics Machinery Marine Media Medical Metals Mining Mobility "
    "Motors Networks Optics Packaging Paper Partners Pharma Plastics Power Properties Publishing Railways "
    "Recycling Retail Robotics Security Semiconductors Shipping Software Solar Solutions Sports Staffing "
    "Steel Storage Studios Supply Systems Technologies Telecom Textiles Timber Tools Tourism Toys Trading "
    "Travel Ventures Water Wines"
)
_FOREIGN_TRADES = {
    "GmbH": "Maschinenbau Logistik Gebäudetechnik Werkzeugbau Spedition Medizintechnik Gartenbau Möbelhaus",
    "SARL": "Bâtiment Conseil Fromagerie Imprimerie Menuiserie Pâtisserie Plomberie Transports Vignobles Énergies",
    "S.L.": "Alimentación Construcciones Diseño Energía Ingeniería Panadería Soluciones Transportes Viñedos",
    "S.r.l.": "Abbigliamento Ceramiche Costruzioni Elettronica Impianti Meccanica Mobili Officine Trasporti",
    "Ltda": "Alimentos Calçados Construções Móveis Panificação Químicos Serviços Transportes",
    "Sp. z o.o.": "Budownictwo Drukarnia Energetyka Meble Okna Oprogramowanie Spedycja Żegluga",
    "AB": "Bygg Fastigheter Fordon Försäkring Konsult Livsmedel Möbler Skog",
    "Oy": "Energia Kiinteistöt Metalli Ohjelmistot Puu Rakennus",
}
_SUFFIXES = (
    "Inc|Inc.|LLC|Ltd|Ltd.|Limited|Corp.|Corporation|PLC|GmbH|AG|GmbH & Co. KG|S.A.|SAS|S.p.A.|B.V.|N.V.|AB|"
    + ("A/S|Oy|Pty Ltd|Pte. Ltd.|K.K.|Pvt. Ltd.|Sdn. Bhd.|s.r.o.|Sp. z o.o.|S.A. de C.V.|LLP||||")
)
_KANJI = "山川田中東西南北大小高木本光明和正日新三共富松石原島井海工業技電機製薬食品建設商事運輸精密化学鉄鋼"
_CYRILLIC = "Строй Тех Сибирь Волга Мост Свет Лес Пром Агро Энерго Транс Медиа Сервис Инвест Север Юг Гранит Вектор"


class _Maker:
    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - a seeded generator is the point
        self._patterns: tuple[tuple[int, Callable[[], str]], ...] = (
            (34, self._invented_trade),
            (14, self._invented_alone),
            (14, self._family_trade),
            (8, self._two_families),
            (10, self._place_trade),
            (8, self._foreign),
            (4, self._initials),
            (4, self._camel),
            (2, self._kanji),
            (2, self._cyrillic),
        )

    def _pick(self, text: str) -> str:
        return self._random.choice(text.split()).replace("_", " ")

    def _suffixed(self, name: str) -> str:
        suffix = self._random.choice(_SUFFIXES.split("|"))
        return f"{name}, {suffix}" if suffix == "Inc." else f"{name} {suffix}".strip()

    def _root(self) -> str:
        pick = self._random.choice
        syllables = "".join(pick(_ONSETS.split()) + pick(_CORES.split()) for _ in range(pick((1, 1, 2))))
        return (syllables + pick(_TAILS.split())).capitalize()

    def _invented_trade(self) -> str:
        return self._suffixed(f"{self._root()} {self._pick(_TRADES)}")

    def _invented_alone(self) -> str:
        return self._suffixed(self._root())

    def _family_trade(self) -> str:
        first = self._random.choice(("", "", "", "The ", self._root() + " "))
        return self._suffixed(f"{first}{self._pick(_FAMILIES)} {self._pick(_TRADES)}")

    def _two_families(self) -> str:
        last = self._random.choice((self._pick(_FAMILIES), "Söhne", "Sons", "Fils", "Partners", self._root()))
        return self._suffixed(f"{self._pick(_FAMILIES)} & {last}")

    def _place_trade(self) -> str:
        more = self._random.choice((self._pick(_TRADES), self._root()))
        return self._suffixed(f"{self._pick(_PLACES)} {more} {self._pick(_TRADES)}")

    def _foreign(self) -> str:
        form = self._random.choice(tuple(_FOREIGN_TRADES))
        owner = self._random.choice((self._pick(_FAMILIES), self._root(), self._pick(_PLACES)))
        words = [self._pick(_FOREIGN_TRADES[form]), owner]
        return f"{' '.join(words if self._random.random() < 0.5 else words[::-1])} {form}"

    def _initials(self) -> str:
        letters = "".join(self._random.choice("ABCDEFGHIJKLMNOPRSTVWXZ") for _ in range(self._random.choice((2, 3, 3))))
        return self._suffixed(
            f"{letters} {self._pick(_TRADES)} {self._random.choice(('', self._pick(_PLACES)))}".strip()
        )

    def _camel(self) -> str:
        return self._suffixed(self._root() + self._pick(_TRADES))

    def _kanji(self) -> str:
        name = "".join(self._random.choice(_KANJI) for _ in range(self._random.choice((4, 5, 6))))
        return f"株式会社{name}" if self._random.random() < 0.5 else f"{name}株式会社"

    def _cyrillic(self) -> str:
        name = "".join(self._random.sample(_CYRILLIC.split(), 2)).capitalize()
        return f"ООО «{name} {self._pick(_CYRILLIC)}»"

    def __call__(self) -> str:
        makers = self._random.choices([make for _, make in self._patterns], [weight for weight, _ in self._patterns])
        return makers[0]()


def companies(count: int, seed: int = 1) -> list[str]:
    """`count` names, no two of which are one company to an importer (`squash`)."""
    make, names, seen = _Maker(seed), list[str](), set[str]()
    while len(names) < count:
        name = make()
        if squash(name) not in seen:
            seen.add(squash(name))
            names.append(name)
    return names


_KEYS = "qwertyuiopasdfghjklzxcvbnm"
_BESIDE = "wa qe wr et ry tu yi uo ip o qsz awd sef drg fth gyj huk jil ko asx zdc xfv cgb vhn bjm nk"
_NEIGHBOURS = dict(zip(_KEYS, _BESIDE.split(), strict=False))


def _typo(text: str, rng: random.Random) -> str:
    """One slip of the finger: a letter dropped, doubled, swapped with the next, or its neighbour on the keyboard."""
    at = rng.randrange(len(text) - 1)
    kind = rng.choice(("drop", "double", "swap", "neighbour"))
    if kind == "drop":
        return text[:at] + text[at + 1 :]
    if kind == "swap" and text[at] != text[at + 1]:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind == "double":
        return text[: at + 1] + text[at:]
    return text[:at] + rng.choice(_NEIGHBOURS.get(text[at].lower(), "e")) + text[at + 1 :]


def _mistype(name: str, slip: Slip, rng: random.Random) -> str | None:
    """The name with one kind of slip, or None when the name has nothing to slip on (one word cannot be swapped)."""
    core = fold(name)
    words = name.split()
    if slip == "exact":
        return name
    if slip == "no suffix":
        return core if core != name.casefold() else None
    if slip == "no space":
        return "".join(words) if len(words) > 1 else None
    if slip == "swapped words":
        return " ".join([*core.split()[1:], core.split()[0]]) if " " in core else None
    if slip == "prefix":
        return core[: max(4, round(len(core) * rng.uniform(0.5, 0.85)))].strip() if len(core) > 6 else None
    if slip == "one typo":
        return _typo(name, rng) if len(core) >= 5 else None
    return _typo(_typo(name, rng), rng) if len(core) >= 8 else None


def queries(names: list[str], count: int, seed: int = 2) -> Iterator[Query]:
    """`count` queries, the slips in equal parts."""
    rng = random.Random(seed)  # noqa: S311 - a seeded generator is the point
    made = 0
    while made < count:
        meant, slip = rng.randrange(len(names)), SLIPS[made % len(SLIPS)]
        text = _mistype(names[meant], slip, rng)
        if text:
            made += 1
            yield Query(slip, text, meant)
