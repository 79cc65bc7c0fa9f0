"""What was personal leaves every event of a conversation, however it had been written; the rest stays readable."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.base import ouvrir
from bot.conservation import purger
from bot.migrations import migrer
from bot.moteur.reecriture import EVENEMENTS, effacer_conversation, ligne
from bot.moteur.retrait import RETIRE, retirer, se_termine
from bot.reglages import lire_reglages


def dit(texte: str, **lu: object) -> dict:
    return {"event": "user", "text": texte, "parse_data": {"text": texte, "intent": {"name": "faq"}, "entities": [], **lu}}


def case(nom: str, valeur: object) -> dict:
    return {"event": "slot", "name": nom, "value": valeur}


def bot(texte: str) -> dict:
    return {"event": "bot", "text": texte, "data": {"buttons": [{"title": "Oui", "payload": "/affirmer"}]}}


FORMULAIRE = {"event": "active_loop", "name": "sejour_form"}
FINI = {"event": "active_loop", "name": None}
CONVERSATION = [
    dit("slt c est zoe, tu peux m'aider ? mon num 06.39.98.44-55"),
    dit("c'est payant ?"),
    bot("800 € par an au maximum."),
    FORMULAIRE,
    dit("Zoé", questions=[{"nom": "hors_sujet", "confiance": 0.5, "texte": "Zoé"}]),
    case("sejour_prenom", "Zoé"),
    dit("0639984455 ou zoe.k at example.org"),
    case("sejour_contact", "06 39 98 44 55"),
    case("sejour_contact", "zoe.k@example.org"),
    case("sejour_motif", "ma mère est malade"),
    bot("Relis : Zoé, 06 39 98 44 55"),
    case("sejour_ecole_nom", "École de Besançon"),
    FINI,
    bot("C'est noté. Ta référence : ET-ABC234"),
    *(case(f"sejour_{nom}", None) for nom in ("prenom", "contact", "motif", "age")),
    case("sejour_reference", "ET-ABC234"),
    dit("mon mail c'est ZOE.K@example.org, et ma mère est malade tu sais"),
    dit("merci"),
]


def test_rien_de_personnel_ne_reste_et_le_reste_se_lit() -> None:
    nets = retirer(CONVERSATION)
    tout = json.dumps(nets, ensure_ascii=False).casefold()
    for trace in ("zoé", "zoe", "44 55", "44-55", "4455", "malade"):
        assert trace not in tout, trace
    assert [e.get("text") for e in nets if e["event"] == "user"] == [RETIRE, "c'est payant ?", RETIRE, RETIRE, RETIRE, "merci"]
    assert [e["text"] for e in nets if e["event"] == "bot"] == ["800 € par an au maximum.", RETIRE, "C'est noté. Ta référence : ET-ABC234"]
    assert case("sejour_reference", "ET-ABC234") in nets and case("sejour_ecole_nom", "École de Besançon") in nets
    assert retirer(nets) == nets  # once more changes nothing: a stored conversation may be read again


def test_sous_15_ans_ce_que_l_enfant_a_donne_part_et_son_age_reste() -> None:
    """The form goes on with a parent: it must not ask the age again."""
    avant = [FORMULAIRE, case("sejour_prenom", "Zoé"), dit("Zoé"), case("sejour_age", 16)]
    nets = retirer([*avant, dit("non 13 ans"), case("sejour_age", 13), case("sejour_prenom", None), case("sejour_contact", None)])
    assert "Zoé" not in json.dumps(nets, ensure_ascii=False) and case("sejour_age", 13) in nets
    assert se_termine(nets, {}.get)


@pytest.mark.parametrize(
    "nouveaux, restant, fini",
    [
        ([case("sejour_contact", None), case("sejour_prenom", None)], None, True),
        ([case("sejour_contact", None)], "Zoé", False),  # « corriger » asks one thing again
        ([case("lieu", None), dit("oui")], None, False),
    ],
)
def test_quand_une_demande_est_finie(nouveaux: list, restant: object, fini: bool) -> None:
    assert se_termine(nouveaux, lambda nom: restant if nom == "sejour_prenom" else None) is fini


def test_un_brouillon_abandonne_est_nettoye_et_une_conversation_effacee_quitte_toutes_les_tables(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/etabli.db"
    migrer(url)
    moteur = ouvrir(url)
    hier = (datetime.utcnow() - timedelta(days=2) - datetime(1970, 1, 1)).total_seconds()
    with moteur.begin() as connexion:
        connexion.execute(sa.text("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id, type_name, timestamp, intent_name, action_name, data)"))
        connexion.execute(sa.text("CREATE TABLE avis (expediteur TEXT, note INTEGER)"))
        connexion.execute(sa.text("INSERT INTO avis VALUES ('abc', 1), ('autre', 2)"))
        for qui, quand in (("abc", hier), ("autre", hier + 2 * 86_400)):
            connexion.execute(sa.insert(EVENEMENTS), [{**ligne(qui, e), "timestamp": quand} for e in CONVERSATION[:8]])
    purge = purger(replace(lire_reglages(), base=url), datetime.utcnow())
    assert purge.brouillons == 1 and purger(replace(lire_reglages(), base=url), datetime.utcnow()).brouillons == 0
    with moteur.begin() as connexion:
        restes = {qui: "Zo\\u00e9" in "".join(connexion.scalars(sa.select(EVENEMENTS.c.data).where(EVENEMENTS.c.sender_id == qui))) for qui in ("abc", "autre")}
        assert restes == {"abc": False, "autre": True}  # the other one is still being talked with
        effacer_conversation(connexion, "abc")
        assert connexion.scalars(sa.select(EVENEMENTS.c.sender_id).distinct()).all() == ["autre"]
        assert connexion.scalars(sa.text("SELECT expediteur FROM avis")).all() == ["autre"]
    moteur.dispose()
