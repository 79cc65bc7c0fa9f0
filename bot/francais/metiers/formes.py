"""One form for the many shapes of a word: plural, feminine, conjugated verb."""

from __future__ import annotations

import re
from functools import lru_cache

# Words that do not count between the words of a way of saying: « réparer les motos », « réparer des motos ».
VIDES = frozenset("le la les l un une des du de d au aux en a dans sur avec mes mon ma ses son sa leurs tes tout toute plein".split())

_FEMININS = tuple(
    (re.compile(motif), remplacement)
    for motif, remplacement in (
        (r"iere$", "ier"),
        (r"euse$", "eur"),
        (r"trice$", "teur"),
        (r"ienne$", "ien"),
        (r"onne$", "on"),
        (r"gere$", "ger"),
        (r"chere$", "cher"),
        (r"aute$", "aut"),
    )
)
_VERBES = (
    "reparer travailler fabriquer souder cuisiner poser monter couper tailler creer bricoler dessiner plier scier occuper planter cultiver"
    " jardiner coiffer elaguer cabler debosseler restaurer renover depanner entretenir brancher repeindre maquiller"
).split()
_FORMES: dict[str, str] = {
    **{verbe[:-2] + fin: verbe for verbe in _VERBES for fin in ("e", "es", "ais", "ant", "ent", "ez", "erais") if verbe.endswith("er")},
    **{forme: "faire" for forme in ("fais", "ferais", "fasse", "faisais")},
    **{forme: "construire" for forme in ("construis", "construit", "construisais")},
    **{forme: "conduire" for forme in ("conduis", "conduit")},
    **{forme: "peindre" for forme in ("peins", "peint")},
    **{forme: "coudre" for forme in ("couds", "coud", "cousais")},
    **{forme: "vendre" for forme in ("vends",)},
    **{forme: "travailler" for forme in ("bosser", "bosse", "bosses", "taffer", "taffe", "bosserais", "taf")},
    "truc": "chose",
    "bagnole": "voiture",
    "automobile": "auto",
    "reparation": "reparer",
}
# Words whose final s is no plural.
_INCHANGES = frozenset("bois bras gaz bus repas cours jus".split())


@lru_cache(maxsize=20_000)
def forme(mot: str) -> str:
    """The common form of a key word: « mécaniciennes » and « mécanicien », « répare » and « réparer » meet."""
    if mot in _INCHANGES or len(mot) < 4:
        return mot
    if mot in _FORMES:
        return _FORMES[mot]
    singulier = mot[:-1] if mot[-1] in "sx" and not mot.endswith("ss") else mot
    for motif, remplacement in _FEMININS:
        singulier = motif.sub(remplacement, singulier)
    return _FORMES.get(singulier, singulier)
