"""Actions in a process of their own: when it is dead, the person gets an apology, and distress is still answered."""

from __future__ import annotations

import uuid
from pathlib import Path

import httpx
import pytest

from bot.cli.superviseur import Service
from tests.conftest import _en_marche


@pytest.mark.parametrize(
    "message, morceau", [("c combien", "Réessaie"), ("je veux mourir", "3114"), ("merci beaucoup", "plaisir"), ("usinage à lyon", "Réessaie")]
)
def test_sans_serveur_d_actions_personne_n_a_de_silence(rasa_seul: str, message: str, morceau: str) -> None:
    reponse = httpx.post(f"{rasa_seul}/webhooks/rest/webhook", json={"sender": uuid.uuid4().hex, "message": message}, timeout=30)
    assert reponse.status_code == 200
    assert morceau in " ".join(m.get("text", "") for m in reponse.json())


def test_la_detresse_au_milieu_d_une_demande_est_entendue_sans_serveur_d_actions(rasa_seul: str, deux_processus: list[Service], tmp_path: Path) -> None:
    qui = uuid.uuid4().hex

    def dire(message: str) -> str:
        reponse = httpx.post(f"{rasa_seul}/webhooks/rest/webhook", json={"sender": qui, "message": message}, timeout=30)
        return " ".join(m.get("text", "") for m in reponse.json())

    with _en_marche(deux_processus[0], tmp_path):
        dire("sejour a l'ecole de production de dole")
        assert "prénom" in dire("16")
    assert "Réessaie" in dire("Nina")
    aide = dire("jveux mourir")
    assert "3114" in aide and "en pause" in aide and "Réessaie" not in aide and "prénom" not in aide
    with _en_marche(deux_processus[0], tmp_path):
        assert "prénom" not in dire("merci") and "prénom" in dire("on reprend la demande")


def test_avec_le_serveur_d_actions_tout_marche_et_il_ne_repond_qu_a_etabli(rasa_seul: str, serveur_d_actions: str) -> None:
    reponse = httpx.post(f"{rasa_seul}/webhooks/rest/webhook", json={"sender": uuid.uuid4().hex, "message": "usinage à lyon"}, timeout=30)
    assert "Vaulx-en-Velin" in str(reponse.json())
    refus = httpx.post(f"{serveur_d_actions}/webhook", json={"next_action": "action_repondre", "sender_id": "x", "tracker": {}})
    assert refus.status_code == 403
