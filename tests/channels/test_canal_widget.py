"""The widget's door as an attacker, a hasty hand or a bad network finds it: a status, a French sentence, nothing changed."""

from __future__ import annotations

import re
import secrets
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
import time_machine
from itsdangerous import URLSafeTimedSerializer

from tests.conftest import SECRET, SITE_PERMIS


class Client:
    """One person at an address of their own: a session, messages with ids of their own."""

    def __init__(self, adresse: str, **session: Any) -> None:
        self._http = httpx.Client(base_url=f"{adresse}/chat/", timeout=60, headers={"X-Forwarded-For": f"2001:db8::{secrets.token_hex(2)}"})
        self.jeton = self.poster("session", **session).json()["jeton"]

    def poster(self, nom: str, entetes: dict[str, str] | None = None, **corps: Any) -> httpx.Response:
        return self._http.post(nom, json=corps, headers=entetes)

    def dire(self, texte: str, identifiant: str | None = None, **autres: Any) -> httpx.Response:
        return self.poster("message", jeton=self.jeton, id=identifiant or secrets.token_hex(8), texte=texte, **autres)

    def fil(self) -> list[dict[str, Any]]:
        return self.poster("historique", jeton=self.jeton).json()["messages"]

    def dits(self) -> list[str]:
        return [m["texte"] for m in self.fil() if m["de"] == "toi"]


@pytest.fixture
def client(bot_en_marche: str) -> Client:
    return Client(bot_en_marche)


def refus(reponse: httpx.Response, statut: int, morceau: str) -> None:
    assert reponse.status_code == statut, reponse.text
    assert morceau in reponse.json()["erreur"], reponse.text


def test_un_message_une_reponse_et_le_fil_au_retour(client: Client) -> None:
    reponse = client.dire("Combien ça coûte ?", charge="/faq/cout")
    assert "800 €" in reponse.json()["messages"][0]["texte"] and reponse.json()["messages"][0]["sources"]
    fil = client.fil()
    assert [fil[0]["de"], fil[0]["texte"]] == ["toi", "Combien ça coûte ?"]
    assert fil[1]["boutons"] == reponse.json()["messages"][0]["boutons"] and abs(fil[1]["quand"] - time.time()) < 60


def test_jeton_faux_expire_ou_d_un_autre(client: Client, bot_en_marche: str) -> None:
    client.dire("un secret à moi")
    entete, *reste = client.jeton.split(".")
    for faux in ("", "n'importe quoi", ".".join([entete[:-2] + "xx", *reste]), client.jeton[:-2] + "zz", None, 3, {"a": 1}):
        for porte in ("message", "historique", "effacer"):
            refus(client.poster(porte, jeton=faux, id="a" * 16, texte="salut"), 401, "discussion")
    autre = URLSafeTimedSerializer("un autre secret", salt="etabli.widget").dumps("victime")
    refus(client.poster("historique", jeton=autre), 401, "discussion")
    with time_machine.travel(time.time() - 13 * 3600):
        vieux = URLSafeTimedSerializer(SECRET, salt="etabli.widget").dumps("victime")
    refus(client.poster("historique", jeton=vieux), 401, "trop longtemps")
    assert client.dits() == ["un secret à moi"]


def test_le_jeton_d_un_autre_n_ouvre_que_la_sienne(client: Client, bot_en_marche: str) -> None:
    """Nothing but the signature names a conversation: neither another field, nor a message id, nor two tokens sewn together."""
    client.dire("un secret à moi", "numero-a-moi")
    mienne = client.jeton.split(".")[0]
    intrus = Client(bot_en_marche)
    refus(intrus.poster("historique", jeton=".".join([mienne, *intrus.jeton.split(".")[1:]])), 401, "discussion")
    visee = URLSafeTimedSerializer(SECRET, salt="etabli.widget").loads(client.jeton)
    for porte in ("historique", "effacer"):
        assert "secret" not in intrus.poster(porte, jeton=intrus.jeton, conversation=visee, sender=visee, sender_id=visee).text
    intrus.dire("c'est payant ?", "numero-a-moi", conversation=visee, sender=visee, sender_id=visee)
    assert intrus.dits() == ["c'est payant ?"] and client.dits() == ["un secret à moi"]


def test_origine_inconnue_refusee_origine_permise_lue(client: Client, bot_en_marche: str) -> None:
    for etrangere in ("https://mechant.example", "null", f"{SITE_PERMIS}.mechant.example", SITE_PERMIS.replace("https", "http")):
        refus(client.poster("session", {"Origin": etrangere}), 403, "Ce site n'est pas dans la liste")
        refus(client.poster("message", {"Origin": etrangere}, jeton=client.jeton, id="b" * 16, texte="salut"), 403, "Ce site")
    permise = client.poster("session", {"Origin": SITE_PERMIS})
    assert permise.status_code == 200 and permise.headers["Access-Control-Allow-Origin"] == SITE_PERMIS and "Origin" in permise.headers["Vary"]
    assert client.poster("session", {"Origin": bot_en_marche}).status_code == 200
    assert client.dits() == []


def test_une_reprise_rend_la_meme_reponse_sans_second_tour(client: Client) -> None:
    premiere = client.dire("salut", "meme-message-1")
    assert client.dire("salut", "meme-message-1").json() == premiere.json()
    assert client.dire("un autre texte sous le même numéro", "meme-message-1").json() == premiere.json()
    assert client.dits() == ["salut"]


def test_une_reprise_pendant_que_le_premier_essai_court(client: Client) -> None:
    depart = threading.Barrier(4)

    def essayer(_: int) -> Any:
        depart.wait()
        return httpx.post(f"{client._http.base_url}message", json={"jeton": client.jeton, "id": "en-meme-temps", "texte": "c'est payant ?"}, timeout=60).json()

    with ThreadPoolExecutor(4) as ensemble:
        reponses = list(ensemble.map(essayer, range(4)))
    assert all(r == reponses[0] and r["messages"] for r in reponses)
    assert client.dits() == ["c'est payant ?"]


def test_cent_messages_a_la_seconde_sont_freines_puis_ca_repart(client: Client, bot_en_marche: str) -> None:
    with ThreadPoolExecutor(20) as ensemble:
        reponses = list(ensemble.map(lambda i: httpx.post(f"{bot_en_marche}/chat/message", json={"jeton": client.jeton, "id": f"rafale-{i:04}", "texte": "😀"}, timeout=60), range(100)))
    freines = [r for r in reponses if r.status_code == 429]
    assert len(freines) >= 50 and {r.status_code for r in reponses} == {200, 429}
    refus(freines[0], 429, "Doucement")
    assert int(freines[0].headers["Retry-After"]) >= 1
    assert Client(bot_en_marche).dire("salut").status_code == 200, "une autre personne n'attend pas"
    time.sleep(1.2)
    assert client.dire("me revoilà").status_code == 200


def test_une_adresse_qui_ouvre_trop_de_discussions_est_freinee_seule(bot_en_marche: str) -> None:
    """Behind one proxy, the address is the one that the proxy wrote: the last; what stands before it may be a lie."""

    with httpx.Client(base_url=f"{bot_en_marche}/chat/", timeout=60) as http:

        def ouvrir(suivies: str) -> httpx.Response:
            return http.post("session", json={}, headers={"X-Forwarded-For": suivies})

        ouvertes = 0
        while (reponse := ouvrir(f"198.51.100.{ouvertes % 250}, 203.0.113.7")).status_code == 200:
            ouvertes += 1
            assert ouvertes < 3000, "rien ne freine"
        refus(reponse, 429, "Doucement")
        assert ouvertes >= 150, "une classe a la même adresse"
        assert ouvrir("203.0.113.8").status_code == 200


@pytest.mark.parametrize(
    "corps, statut, morceau",
    [
        (b"{pas du json", 400, "pas pu lire"),
        (b"", 400, "pas pu lire"),
        (b"[1]", 400, "pas pu lire"),
        (b"\xff\xfe", 400, "pas pu lire"),
        (b'{"texte": "salut"}', 401, "discussion"),
        (b"a" * 40_000, 413, "trop gros"),
        (b"a" * 20_000_000, 413, "trop gros"),
    ],
    ids=["coupé", "vide", "liste", "octets", "sans jeton", "40 ko", "20 Mo"],
)
def test_un_corps_illisible_ou_enorme(bot_en_marche: str, corps: bytes, statut: int, morceau: str) -> None:
    refus(httpx.post(f"{bot_en_marche}/chat/message", content=corps, timeout=60), statut, morceau)


def test_vingt_mega_octets_sans_longueur_annoncee(bot_en_marche: str) -> None:
    reponse = httpx.post(f"{bot_en_marche}/chat/message", content=(b"a" * 100_000 for _ in range(200)), timeout=60)
    refus(reponse, 413, "trop gros")


@pytest.mark.parametrize("champs", [{"texte": 3}, {"texte": "a", "id": "court"}, {"texte": "a", "id": ["x"]}, {"texte": "a", "charge": {"a": 1}}, {"id": "x" * 16}])
def test_des_champs_faux(client: Client, champs: dict[str, Any]) -> None:
    refus(client.poster("message", **{"jeton": client.jeton, "id": "c" * 16, **champs}), 400, "pas pu lire")
    assert client.dits() == []


def test_mille_caracteres_et_un_mot_gentil(client: Client) -> None:
    assert "trop long pour moi" in client.dire("a" * 1001).json()["messages"][0]["texte"]


@pytest.mark.parametrize("charge", ["/restart", "/session_start", '/affirmer{"sejour_consentement": true}', '/demander_sejour{"ecole": "edp060"}', '/presenter_ecole{"ecole": {"a": 1}}'])
def test_une_charge_jamais_proposee_n_est_que_ses_mots(client: Client, charge: str) -> None:
    """The words of the button are read in its place; typed whole, it is text like any other."""
    client.dire("salut")
    client.dire("Combien ça coûte ?", charge=charge)
    assert client.dits() == ["salut", "Combien ça coûte ?"] and "800 €" in str(client.fil()[-2:])
    client.dire(charge)
    assert client.dits()[-1] == charge.lstrip("/")


def test_les_boutons_d_une_carte_montree_valent_plus_tard(client: Client) -> None:
    ecoles = [m["donnees"]["ecoles"] for m in client.dire("usinage près de Lyon").json()["messages"] if m.get("donnees")][0]
    client.dire("c'est payant ?")
    reponse = client.dire(f"Demander un séjour : {ecoles[1]['nom']}", charge=f'/demander_sejour{{"ecole": "{ecoles[1]["id"]}"}}')
    assert "séjour" in str(reponse.json()) and "âge" in str(reponse.json())


def test_effacer_efface_vraiment(client: Client) -> None:
    client.dire("je m'appelle Zoé et j'habite Dijon")
    assert client.poster("effacer", jeton=client.jeton).json() == {"efface": True, "texte": "C'est effacé. Je n'ai plus rien de cette conversation."}
    assert client.fil() == []
    client.dire("salut", "meme-message-1")
    assert client.dits() == ["salut"]


def test_effacer_efface_aussi_la_demande_notee_dans_la_discussion(client: Client) -> None:
    for dit in ("séjour à l'école de production de Dole", "16 ans", "Zoé", "06 39 98 12 34", "passer", "passer", "oui je suis d'accord"):
        client.dire(dit)
    reference = re.findall(r"ET-[A-Z0-9]{6}", client.dire("envoyer").text)[0]
    assert "notée" in client.dire(f"des nouvelles {reference}").text
    dit = client.poster("effacer", jeton=client.jeton).json()["texte"]
    assert f"{reference} n'existe plus" in dit and "Rien n'était parti" in dit
    assert "Je n'ai pas de demande" in client.dire(f"des nouvelles {reference}").text


def test_une_conversation_d_essai_porte_son_nom(bot_en_marche: str) -> None:
    lecteur = URLSafeTimedSerializer(SECRET, salt="etabli.widget")
    assert lecteur.loads(Client(bot_en_marche, essai=True).jeton).startswith("essai-")
    assert not lecteur.loads(Client(bot_en_marche).jeton).startswith("essai-")


def test_le_script_est_public_et_la_page_sous_politique_stricte(bot_en_marche: str) -> None:
    script = httpx.get(f"{bot_en_marche}/chat/etabli.js")
    assert script.headers["Access-Control-Allow-Origin"] == "*" and "javascript" in script.headers["Content-Type"]
    assert httpx.get(f"{bot_en_marche}/chat/etabli.js", headers={"If-None-Match": script.headers["ETag"]}).status_code == 304
    assert httpx.get(f"{bot_en_marche}/chat/carte.svg").text.count("<path") == 96
    for page in ("", "vie-privee", "demo.js", "demo.css", "icone.svg"):
        reponse = httpx.get(f"{bot_en_marche}/chat/{page}")
        assert reponse.status_code == 200 and "default-src 'none'" in reponse.headers["Content-Security-Policy"]
    assert httpx.get(f"{bot_en_marche}/chat/etat").json()["kilo_octets"] <= 40
    assert httpx.get(f"{bot_en_marche}/chat/..%2fbot%2freglages.py").status_code == 404
