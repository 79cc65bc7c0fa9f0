"""Between two plays, the requests made in tests go; a real one stays."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from bot.base import fabrique_de_sessions, ouvrir
from bot.ecoles.modeles import Ecole
from bot.pages.banc.dates import il_y_a
from bot.pages.banc.essais_notes import effacer_les_essais
from bot.sejours.modeles import DemandeSejour


def test_seules_les_demandes_d_essai_s_effacent(base_chargee: str) -> None:
    moteur = ouvrir(base_chargee)
    with fabrique_de_sessions(moteur)() as session, session.begin():
        ecole = session.execute(select(Ecole.id)).scalars().first()
        for essai in (True, False):
            cle = f"essai {essai}"
            session.add(
                DemandeSejour(
                    reference=f"ET-AAAA2{int(essai)}", cle=cle, ecole_id=ecole, demandeur="jeune", prenom="Léa", consentement_le=datetime(2026, 1, 1), essai=essai
                )
            )  # fmt: skip
    effacer_les_essais(base_chargee)
    with fabrique_de_sessions(moteur)() as session, session.begin():
        restantes = session.execute(select(DemandeSejour).where(DemandeSejour.cle.like("essai %"))).scalars().all()
        assert [demande.essai for demande in restantes] == [False]
        session.delete(restantes[0])
    moteur.dispose()
    assert effacer_les_essais("") == 0


def test_les_dates_se_disent_comme_on_parle() -> None:
    maintenant = datetime(2026, 11, 26, 9, 0)
    assert [il_y_a(datetime(*quand), maintenant) for quand in ((2026, 11, 26, 8, 59), (2026, 11, 26, 7), (2026, 11, 25, 23), (2026, 11, 20, 9))] == [
        "1 minute", "2 heures", "hier", "6 jours",
    ]  # fmt: skip
