"""What counsellors do while trying the bot: marked, never mailed, never counted, erased; what real people do stays."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import httpx
from sqlalchemy import delete, func, select, text

from bot.base import fabrique_de_sessions, ouvrir
from bot.conservation import purger
from bot.ecoles.manques import RechercheManquee
from bot.pages.banc.dates import il_y_a
from bot.pages.banc.essai import TourDEssai
from bot.pages.banc.essais_notes import effacer_les_essais
from bot.pages.banc.passages import Passage, precedent
from bot.pages.banc.signalements import JOURS, Signalements
from bot.reglages import lire_reglages
from bot.scenarios import lire_scenario
from bot.scenarios.annexes import SCENARIOS
from bot.scenarios.portes import PorteRest
from bot.sejours.export import lignes
from bot.sejours.modeles import CompteSejour, DemandeSejour, Pli

DEMANDE = SCENARIOS / "parcours" / "un_garcon_de_16_ans_demande_un_sejour_jusqu_au_bout.yml"
VAINE = "une école de coiffure à Brest"
ESSAI, VRAI = QUI = ("essai-conseillere", "samir-pour-de-vrai")


async def _demander(bot: str, qui: str) -> None:
    """A search in vain, then a whole request, as this sender."""
    async with httpx.AsyncClient(base_url=bot, timeout=60.0, trust_env=False) as client:
        porte = PorteRest(client, qui)
        await porte.dire(VAINE)
        await porte.dire("on recommence")
        for echange in lire_scenario(DEMANDE).echanges:
            await (porte.dire(echange.dit) if echange.dit is not None else porte.choisir(echange.clique or ""))


def test_un_essai_ne_part_pas_ne_compte_pas_et_s_efface(bot_en_marche: str, base_chargee: str) -> None:
    """The same talk twice on the real bot, under a counsellor's name and under somebody's: only the second one leaves marks."""
    moteur = ouvrir(base_chargee)
    sessions = fabrique_de_sessions(moteur)
    vains = select(func.coalesce(func.sum(RechercheManquee.nombre), 0)).where(RechercheManquee.metier == "coiffure")
    with sessions() as session:
        avant = session.scalar(vains)
    for qui in QUI:
        asyncio.run(_demander(bot_en_marche, qui))
    with sessions() as session, session.begin():
        references = {qui: _reference(session, qui) for qui in QUI}
        plis = {qui: session.scalar(select(func.count()).select_from(Pli).where(Pli.reference == ref)) for qui, ref in references.items()}
        assert plis == {ESSAI: 0, VRAI: 1}, "Une demande d'essai ne met aucun courriel dans la boîte d'envoi."
        assert session.scalar(vains) == avant + 1, "Une recherche vaine d'un essai n'est pas comptée."
        vraies, essais = ({ligne["reference"] for ligne in lignes(session, essais)} for essais in (False, True))
        assert references[VRAI] in vraies - essais and references[ESSAI] in essais - vraies
        il_y_a_huit_jours = datetime.utcnow() - timedelta(days=8)
        for qui, reference in references.items():
            session.get(DemandeSejour, reference).cree_le = il_y_a_huit_jours
            ancien = {"quand": (il_y_a_huit_jours - datetime(1970, 1, 1)).total_seconds(), "qui": qui}
            session.execute(text("UPDATE events SET timestamp = :quand WHERE sender_id = :qui"), ancien)
    purger(replace(lire_reglages(), base=base_chargee), datetime.utcnow())
    with sessions() as session, session.begin():
        assert {qui: session.get(DemandeSejour, ref) is not None for qui, ref in references.items()} == {ESSAI: False, VRAI: True}
        restent = session.scalars(text("SELECT DISTINCT sender_id FROM events WHERE sender_id IN (:a, :b)"), {"a": ESSAI, "b": VRAI}).all()
        assert restent == [VRAI] and session.scalars(select(CompteSejour)).all() == []
        for table in (Pli, DemandeSejour):
            session.execute(delete(table).where(table.reference == references[VRAI]))
    moteur.dispose()


def _reference(session, qui: str) -> str:
    dites = session.scalars(
        text("SELECT data FROM events WHERE sender_id = :qui AND type_name = 'slot' AND action_name = 'sejour_reference' ORDER BY id"), {"qui": qui}
    )
    return [valeur for donnees in dites if (valeur := json.loads(donnees)["value"])][-1]


def test_rejouer_efface_les_demandes_d_essai_et_elles_seules(bot_en_marche: str, base_chargee: str) -> None:
    for qui in QUI:
        asyncio.run(_demander(bot_en_marche, f"{qui}-2"))
    assert effacer_les_essais(base_chargee) >= 1 and effacer_les_essais("") == 0
    moteur = ouvrir(base_chargee)
    with fabrique_de_sessions(moteur)() as session, session.begin():
        assert {demande.essai for demande in session.scalars(select(DemandeSejour))} == {False}
        for table in (Pli, DemandeSejour):
            session.execute(delete(table))
    moteur.dispose()


def test_un_signalement_ne_reste_pas_plus_de_six_mois(tmp_path: Path) -> None:
    signalements = Signalements(tmp_path / "banc" / "signalements.jsonl")
    for dit in ("vieux", "neuf"):
        signalements.ajouter(TourDEssai(dit, False, (), None), "à revoir")
    fichier = tmp_path / "banc" / "signalements.jsonl"
    vieux, neuf = fichier.read_text(encoding="utf-8").splitlines()
    date = (datetime.now() - timedelta(days=JOURS + 1)).isoformat(timespec="seconds")
    fichier.write_text(json.dumps({**json.loads(vieux), "quand": date}) + f"\n{neuf}\n", encoding="utf-8")
    assert [s["dit"] for s in signalements.tous()] == ["neuf"] and "vieux" not in fichier.read_text(encoding="utf-8")


def test_un_passage_se_compare_a_celui_qui_a_joue_la_meme_chose() -> None:
    """One scenario played in between must not hide what changed in the others."""
    joues = {"20261125-080000": "abc", "20261125-090000": "abc", "20261126-080000": "a", "20261126-090000": "abc", "20261127-080000": "abc"}
    tous = [Passage(numero, len(noms), dict.fromkeys(noms, {})) for numero, noms in joues.items()]
    assert precedent(tous[3], tous) == tous[1] and precedent(tous[2], tous) == tous[1] and precedent(tous[0], tous) is None


def test_les_dates_se_disent_comme_on_parle() -> None:
    maintenant = datetime(2026, 11, 26, 9, 0)
    assert [il_y_a(datetime(*quand), maintenant) for quand in ((2026, 11, 26, 8, 59), (2026, 11, 26, 7), (2026, 11, 25, 23), (2026, 11, 20, 9))] == [
        "1 minute", "2 heures", "hier", "6 jours",
    ]  # fmt: skip
