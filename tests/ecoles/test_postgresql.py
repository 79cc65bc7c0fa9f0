"""PostgreSQL answers every search as SQLite does, in two statements that it has already planned."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from bot.base import fabrique_de_sessions, ouvrir
from bot.ecoles.criteres import BAC_PRO, CAP, GRATUITE, INTERNAT
from bot.ecoles.modeles import Metier
from bot.ecoles.recherche import chercher, trouver_ecole

LIEUX = {"lyon": (45.76, 4.84), "brest": (48.39, -4.48), "la réunion": (-20.88, 55.45)}


def _demandes(metiers: list[str]) -> list[dict[str, Any]]:
    places = [{"commune": place} for place in LIEUX.values()]
    bornes = [{"departement": "59"}, {"region": "84"}, {"region": "84", "commune": LIEUX["lyon"]}, {}]
    demandes = [{"metier": metier, **ou} for metier in (None, *metiers) for ou in (*places, *bornes)]
    autour = {"metier": "usinage", "commune": LIEUX["lyon"]}
    demandes += [autour | {"exclure": vues} for vues in ((), ("edp028",), ("edp028", "edp029"))]
    demandes += [autour | {"criteres": criteres} for criteres in ((INTERNAT,), (GRATUITE, BAC_PRO), (CAP,))]
    return demandes + [{"commune": LIEUX["lyon"], "jusqu_a_km": 10}, {"commune": LIEUX["brest"], "rayon_km": 45, "maximum": 5}]


def test_les_deux_moteurs_trouvent_la_meme_chose(session: Session, postgres: str) -> None:
    demandes = _demandes(session.scalars(select(Metier.cle).order_by(Metier.cle)).all()[::6] + ["usinage", "mecanique"])
    moteur = ouvrir(postgres)
    with fabrique_de_sessions(moteur)() as autre:
        for demande in demandes:
            assert chercher(autre, **demande) == chercher(session, **demande), demande
        assert trouver_ecole(autre, "edp028") == trouver_ecole(session, "edp028")
        requetes: list[str] = []
        event.listen(moteur, "before_cursor_execute", lambda _c, _k, texte, *_: requetes.append(texte))
        autre.rollback()  # what was prepared outlives the transaction
        for ou in ({"commune": LIEUX["lyon"]}, {"region": "84"}):
            requetes.clear()
            assert chercher(autre, "usinage", **ou).ecoles
            assert len(requetes) == 2 and all(texte.startswith("EXECUTE ") for texte in requetes), requetes
    moteur.dispose()
