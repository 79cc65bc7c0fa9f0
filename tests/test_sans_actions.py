"""Actions in a process of their own: when it is dead, the person gets an apology, and distress is still answered."""

from __future__ import annotations

import uuid

import httpx
import pytest


@pytest.mark.parametrize(
    "message, morceau", [("c combien", "Réessaie"), ("je veux mourir", "3114"), ("merci beaucoup", "plaisir"), ("usinage à lyon", "Réessaie")]
)
def test_sans_serveur_d_actions_personne_n_a_de_silence(rasa_seul: str, message: str, morceau: str) -> None:
    reponse = httpx.post(f"{rasa_seul}/webhooks/rest/webhook", json={"sender": uuid.uuid4().hex, "message": message}, timeout=30)
    assert reponse.status_code == 200
    assert morceau in " ".join(m.get("text", "") for m in reponse.json())


def test_avec_le_serveur_d_actions_tout_marche_et_il_ne_repond_qu_a_etabli(rasa_seul: str, serveur_d_actions: str) -> None:
    reponse = httpx.post(f"{rasa_seul}/webhooks/rest/webhook", json={"sender": uuid.uuid4().hex, "message": "usinage à lyon"}, timeout=30)
    assert "Vaulx-en-Velin" in str(reponse.json())
    refus = httpx.post(f"{serveur_d_actions}/webhook", json={"next_action": "action_repondre", "sender_id": "x", "tracker": {}})
    assert refus.status_code == 403
