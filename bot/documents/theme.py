"""The colours and the font that both kinds of files share. What is drawn in them refers to the theme."""

from __future__ import annotations

import re

from bot.documents.brand import Brand

INK, PAPER, NIGHT, MIST = "23272B", "FFFFFF", "10242F", "F1F3F4"
# Accents 2 to 6: a quiet grey for what is compared with, two companions of the accent, amber, red.
COMPANIONS = ("9AA9B5", "5FA8C4", "C9D3DA", "B45309", "B3261E")


def themed(theme: bytes, brand: Brand) -> bytes:
    """Office's theme with our colours, the brand's accent and its font."""
    text = theme.decode("utf-8")
    colours = {"dk1": INK, "lt1": PAPER, "dk2": NIGHT, "lt2": MIST, "accent1": brand.accent, "hlink": brand.accent}
    colours |= {f"accent{at}": colour for at, colour in enumerate(COMPANIONS, 2)}
    colours["folHlink"] = COMPANIONS[0]
    for name, colour in colours.items():
        new = f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>'
        text = re.sub(rf"<a:{name}>.*?</a:{name}>", new, text, flags=re.DOTALL)
    text = re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{brand.font}", text)
    return re.sub(r'(<a:(?:theme|clrScheme|fontScheme)[^>]* name=")[^"]*', r"\g<1>Steward", text).encode("utf-8")
