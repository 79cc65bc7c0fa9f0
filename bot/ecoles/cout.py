"""What a school costs a family in a year, as the data say it."""

from __future__ import annotations

from dataclasses import dataclass

GRATUIT, MONTANT, FOURCHETTE, INCONNU = "gratuit", "montant", "fourchette", "inconnu"


@dataclass(frozen=True)
class Cout:
    """Euros a year. A range from 0 is a ``fourchette`` (it depends on the family's income), never ``gratuit``."""

    genre: str
    minimum: int | None
    maximum: int | None
    annee: int | None


def lire_cout(minimum: int | None, maximum: int | None, annee: int | None) -> Cout:
    """Name the kind of fee. One bound alone is an amount; ``annee`` is the year the fee was published, not always known."""
    if minimum is None and maximum is None:
        return Cout(INCONNU, None, None, None)
    bas = minimum if minimum is not None else maximum
    haut = maximum if maximum is not None else minimum
    if bas == haut:
        return Cout(GRATUIT if haut == 0 else MONTANT, bas, haut, annee)
    return Cout(FOURCHETTE, bas, haut, annee)
