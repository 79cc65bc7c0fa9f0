"""A thousand hostile values through every mail and page: nothing unescaped, no header of theirs, nothing endless."""

from __future__ import annotations

import csv
import io
import random
from datetime import datetime, timezone
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser

from bot.sejours.courriels import LONGUEUR_MAXIMALE, OBJETS, Contenu, composer
from bot.sejours.export import ecrire_csv

MECHANTES = [
    "Yanis\r\nBcc: victime@example.org", "Yanis\nSubject: gagné", "Yanis\r\n\r\n<script>alert(1)</script>", "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>', "<b>gras</b>", "</li></ul><form action=//mal.test>", "{{ 7*7 }}", "{% include 'demande.txt' %}", "${jndi:ldap://x}",
    "'; DROP TABLE plis; --", "=cmd|' /C calc'!A0", "@SUM(1+1)", "\u202eedoc", "\u2066\u2067x\u2069", "👩‍👩‍👧‍👦" * 50, "\x00\x01\x07\x1b[31m",
    "\u2028\u2029Bcc: x@example.org", "\x0b\x0cFrom: x", "\x85Cc: x@example.org", "a" * 10_000, "é" * 10_000, " ", "", "\ud83d", "&amp;&lt;", "%0d%0aBcc:x",
    "=?utf-8?q?=0aBcc:_x=40example.org?=", "\ufeffYanis", "نص عربي", "ḩ̷̱ḛ̵l̶l̷o̸", "x@example.org>, <y@example.org", "x@example.org\r\nBcc: y@example.org",
    '"a\r\nb"@example.org', "x@example.org,y@example.org", ".@example.org", "x@", "javascript:alert(1)", "http://mal.test/?a=<b>", "..\\..\\etc", "`id`",
]  # fmt: skip
# The tags of our templates, and nothing that came from elsewhere.
NOS_BALISES = {"html", "head", "meta", "title", "body", "p", "ul", "li", "strong", "a"}
NOS_ENTETES = {
    "Message-ID", "Date", "From", "To", "Subject", "Auto-Submitted", "References", "Reply-To", "MIME-Version", "Content-Type",
}  # fmt: skip


class Balises(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.vues: set[str] = set()
        self.attributs: set[str] = set()

    def handle_starttag(self, nom: str, attributs: list) -> None:
        self.vues.add(nom)
        self.attributs |= {a for a, _ in attributs}


def mille_valeurs() -> list[str]:
    """The naughty strings, and joins of their pieces: always the same ones."""
    hasard = random.Random(20261126)
    valeurs = list(MECHANTES)
    while len(valeurs) < 1000:
        a, b = hasard.sample(MECHANTES, 2)
        valeurs.append(a[: hasard.randrange(1, 40)] + b[: hasard.randrange(1, 40)])
    return valeurs


def test_mille_valeurs_hostiles_dans_chaque_courriel() -> None:
    genres = list(OBJETS)
    for numero, valeur in enumerate(mille_valeurs()):
        contenu = Contenu(
            "ET-ABC234", valeur, valeur, valeur, valeur, 16, ("jeune", "parent", "professionnel", valeur)[numero % 4], valeur, valeur, valeur, valeur,
            ("acceptee", "complet", "autrement")[numero % 3], datetime(2026, 11, 26), "http://etabli.test/ecole/x",
        )  # fmt: skip
        for genre in genres if numero < len(MECHANTES) else genres[numero % len(genres) :][:1]:
            brut = composer(
                genre, contenu, "etabli@example.org", "relais@example.org", "<demande.et-abc234@sejours.etabli>", datetime.now(timezone.utc)
            ).as_bytes()
            lu = message_from_bytes(brut, policy=default)
            assert set(lu.keys()) <= NOS_ENTETES and len(lu.keys()) == len(set(lu.keys())), (genre, valeur)
            assert lu["To"] == "relais@example.org" and len(lu["From"].addresses) == 1
            if lu["Reply-To"]:
                assert len(lu["Reply-To"].addresses) == 1 and str(lu["Reply-To"]) == valeur.strip(), (genre, valeur)
            balises = Balises()
            balises.feed(lu.get_body(("html",)).get_content())
            assert balises.vues <= NOS_BALISES and balises.attributs <= {"lang", "charset", "style", "href"}, (genre, valeur)
            texte = lu.get_body(("plain",)).get_content()
            assert not any(c in texte for c in "\x00\x07\x1b\u202e\u2066\u2028\x85") and "49" not in texte, (genre, valeur)
            assert max(map(len, texte.splitlines())) < 2 * LONGUEUR_MAXIMALE + 50  # two fields on a line


def test_un_tableur_ne_calcule_rien() -> None:
    sortie = io.StringIO()
    ecrire_csv(sortie, [{"prenom": valeur} for valeur in mille_valeurs()])
    sortie.seek(0)
    lignes = list(csv.reader(sortie, delimiter=";"))
    assert len(lignes) == 1001 and not any(cellule.startswith(("=", "+", "-", "@", "\t", "\r")) for ligne in lignes for cellule in ligne)
