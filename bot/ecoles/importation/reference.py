"""What the lines of an import refer to, read once: communes, trades, diplomas, place names."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.ecoles.controles import Connus
from bot.ecoles.ecoles_chargees import NomsDeLieux, Officiels, cle_diplome, diplomes_officiels
from bot.ecoles.modeles import Commune, Departement, Enseignement, Metier, Region
from bot.ecoles.noms import normaliser


def lire_connus(session: Session) -> Connus:
    lieu = select(Commune.code_insee, Commune.departement, Commune.region, Commune.latitude, Commune.longitude, Commune.nom)
    return Connus(
        communes={code: tuple(reste) for code, *reste in session.execute(lieu)},
        departements=set(session.scalars(select(Departement.code))),
        regions=set(session.scalars(select(Region.code))),
        metiers=set(session.scalars(select(Metier.cle))),
    )


class Reference:
    """Read once, and kept as long as the import. What writing needs is read at once: writing may go on while the session is at work."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.connus = lire_connus(session)
        self.officiels: Officiels = diplomes_officiels(session)
        self.noms = NomsDeLieux(session)
        self.regions: dict[str, str] = dict(session.execute(select(Region.code, Region.nom)).all())

    @cached_property
    def _poids(self) -> Counter[str]:
        """How many schools teach each trade: the likeliest, when a diploma crowns several."""
        return Counter(dict(self._session.execute(select(Enseignement.metier, func.count()).group_by(Enseignement.metier)).all()))

    @cached_property
    def _par_code_postal(self) -> dict[str, list[tuple[str, str]]]:
        trouvees: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for code, nom, codes_postaux in self._session.execute(select(Commune.code_insee, Commune.nom, Commune.codes_postaux)):
            for code_postal in codes_postaux:
                trouvees[code_postal].append((code, normaliser(nom)))
        return trouvees

    def code_insee(self, code_postal: str, commune: str) -> str:
        """Find a commune by postal code and name, or by a postal code that only one has; empty when it cannot be told."""
        candidats = self._par_code_postal.get(code_postal, [])
        cherche = normaliser(commune)
        exacts = [code for code, nom in candidats if nom == cherche] or [code for code, _ in candidats]
        return exacts[0] if len(exacts) == 1 else ""

    def code_de(self, champs: dict[str, str]) -> str:
        """The code of the commune that a line names, one way or another."""
        return champs.get("code_insee") or self.code_insee(champs.get("code_postal", ""), champs.get("commune", ""))

    def titre_officiel(self, diplome: str) -> str:
        return self.officiels.get(cle_diplome(diplome), (diplome, []))[0]

    def metiers_de(self, diplomes: list[str], deja: list[str]) -> list[str]:
        """Add to the trades of a school those of its diplomas, one a diploma, none when it already has one of them."""
        metiers = list(deja)
        for diplome in diplomes:
            candidats = self.officiels.get(cle_diplome(diplome), (diplome, []))[1]
            if candidats and not set(candidats) & set(metiers):
                metiers.append(max(candidats, key=lambda cle: self._poids[cle]))
        return metiers
