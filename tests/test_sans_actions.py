"""The action server is dead: the person gets an apology, small talk goes on, and distress is still answered."""

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
