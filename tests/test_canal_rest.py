"""Whatever is posted gets an answer in French or a refusal that says why: never a crash, a traceback or silence."""

from __future__ import annotations

import json
import uuid

import httpx
import pytest


def _poster(adresse: str, corps: bytes | dict) -> httpx.Response:
    contenu = corps if isinstance(corps, bytes) else json.dumps(corps).encode()
    return httpx.post(f"{adresse}/webhooks/rest/webhook", content=contenu, timeout=30)


@pytest.mark.parametrize(
    "message",
    ["", "   ", "x" * 10_000, "😀🤣💀", "<script>alert(1)</script>", "'; DROP TABLE ecoles; --", "/restart", "/session_start", "/", "{0[age]} {x}", "\u202eeb tuot", "\x00\x01"],
)
def test_un_message_hostile_a_une_vraie_reponse(bot_en_marche: str, message: str) -> None:
    reponse = _poster(bot_en_marche, {"sender": uuid.uuid4().hex, "message": message})
    assert reponse.status_code == 200
    textes = [m["text"] for m in reponse.json() if m.get("text")]
    assert textes and not any("Traceback" in t or "{" in t for t in textes)
    assert "Établi" not in textes[-1] or len(textes) > 1 or "programme" in textes[0]


@pytest.mark.parametrize(
    "corps, morceau",
    [(b"{pas du json", "JSON"), (b"", "JSON"), (b"[1]", "JSON"), (b'{"sender": "a", "message": 3}', "texte"), (b'{"sender": {"a": 1}, "message": "salut"}', "sender")],
)
def test_une_demande_illisible_est_refusee_en_francais(bot_en_marche: str, corps: bytes, morceau: str) -> None:
    reponse = _poster(bot_en_marche, corps)
    assert reponse.status_code == 400 and morceau in reponse.json()["erreur"]


def test_sans_expediteur_chacun_a_sa_conversation(bot_en_marche: str) -> None:
    premier = _poster(bot_en_marche, {"message": "salut"}).json()[0]["recipient_id"]
    second = _poster(bot_en_marche, {"message": "salut"}).json()[0]["recipient_id"]
    assert premier != second and "default" not in (premier, second)


def test_vingt_mega_octets_sont_refuses(bot_en_marche: str) -> None:
    reponse = _poster(bot_en_marche, {"sender": "gros", "message": "a" * 20_000_000})
    assert reponse.status_code in (400, 413)


def test_la_page_est_la(bot_en_marche: str) -> None:
    reponse = httpx.get(f"{bot_en_marche}/chat/")
    assert reponse.status_code == 200 and "Établi" in reponse.text
    assert "default-src 'none'" in reponse.headers["Content-Security-Policy"]
    assert httpx.get(f"{bot_en_marche}/chat/../bot/reglages.py").status_code == 404


def test_l_aide_vient_avant_la_question_posee_a_cote(bot_en_marche: str) -> None:
    recus = _poster(bot_en_marche, {"sender": uuid.uuid4().hex, "message": "cb ça coûte, et puis chez moi on me tape"}).json()
    assert "119" in recus[0]["text"]
    assert recus[-1]["buttons"] == [{"title": "Combien ça coûte ?", "payload": "/faq/cout"}]
