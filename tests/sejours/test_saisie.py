"""What is read in an answer, what it changes, and what comes next; then a thousand hostile values."""

from __future__ import annotations

import string
import unicodedata
from datetime import date

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sejours.etapes import ETAPES, SANS_OBJET, consequences, etape_suivante, progression
from bot.sejours.saisie import MOTIF_MAXIMUM, lire_saisie

JOUR = date(2026, 11, 26)  # a Thursday


@pytest.mark.parametrize(
    "texte, demande, attendu",
    [
        ("16", "sejour_age", {"sejour_age": 16}),
        ("g 15 an", "sejour_age", {"sejour_age": 15}),
        ("moi c'est Yanis 15 ans 0639980001", "sejour_age", {"sejour_age": 15, "sejour_prenom": "Yanis", "sejour_contact": "06 39 98 00 01"}),
        ("moi c tao et jai 16 ans", "sejour_age", {"sejour_age": 16, "sejour_prenom": "Tao"}),
        ("yanis", "sejour_prenom", {"sejour_prenom": "Yanis"}),
        ("c'est dangereux ?", "sejour_prenom", {}),
        ("lea@exemple.fr", "sejour_contact", {"sejour_contact": "lea@exemple.fr"}),
        ("ouais vas y", "sejour_consentement", {"sejour_consentement": True}),
        ("nan", "sejour_consentement", {"sejour_consentement": False}),
        ("oui", "sejour_prenom", {}),
        ("c'est bon envoie", "sejour_confirmation", {"sejour_confirmation": True}),
        ("enfait g 16 ans", "sejour_parent", {"sejour_age": 16}),
        ("enfait 16 dsl", "sejour_contact", {"sejour_age": 16}),
        ("pas 15, 16", "sejour_prenom", {"sejour_age": 16}),
        ("en fait c'est 06 39 98 22 34", "sejour_confirmation", {"sejour_contact": "06 39 98 22 34"}),
        ("lundi prochain", "sejour_periode", {"sejour_periode": "le lundi 30 novembre 2026"}),
        ("la semaine du 12 janvier", "sejour_periode", {"sejour_periode": "la semaine du lundi 11 janvier 2027"}),
        ("pendant les vacances de février", "sejour_periode", {"sejour_periode": "pendant les vacances de février"}),
        ("n'importe quand", "sejour_periode", {"sejour_periode": "n'importe quand"}),
        ("passer", "sejour_periode", {"sejour_periode": ""}),
        ("j'aime  le <b>bois</b>\n", "sejour_motif", {"sejour_motif": "j'aime le bois"}),
    ],
)
def test_ce_qui_est_lu(texte: str, demande: str, attendu: dict) -> None:
    assert dict(lire_saisie(texte, demande, JOUR).cases) == attendu


def _exemple(region: str) -> str:
    """The number that phonenumbers gives as an example: written as people of there write it."""
    return phonenumbers.format_number(phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE), phonenumbers.PhoneNumberFormat.NATIONAL)


@pytest.mark.parametrize("region", ["RE", "GP", "GF", "MQ", "YT"])
def test_un_numero_d_outre_mer_est_un_numero(region: str) -> None:
    assert lire_saisie(_exemple(region), "sejour_contact", JOUR).cases["sejour_contact"].startswith(("+262", "+590", "+594", "+596"))


def test_un_numero_etranger_est_dit_etranger() -> None:
    assert lire_saisie(f"+32 {_exemple('BE')[1:]}", "sejour_contact", JOUR).erreur == "contact_etranger"


def test_l_age_de_l_enfant_et_pas_celui_du_parent() -> None:
    assert lire_saisie("j'ai 42 ans et mon fils en a 15 ans", "sejour_age", JOUR, "parent").cases == {"sejour_age": 15}
    assert lire_saisie("il s'appelle Hugo", "sejour_prenom", JOUR, "parent").erreur == "prenom_enfant"


@pytest.mark.parametrize("demande", [None, *ETAPES[:7]])
@pytest.mark.parametrize("texte", ["oui je suis d'accord", '/affirmer{"sejour_consentement": true}', "j'accepte, envoyer"])
def test_l_accord_ne_se_lit_qu_a_sa_question(demande: str | None, texte: str) -> None:
    assert not {"sejour_consentement", "sejour_confirmation"} & set(lire_saisie(texte, demande, JOUR).cases)


@pytest.mark.parametrize("texte", ["bah ça dépend", "oui mais non", "c'est quoi ?", "d'accord pour quoi ?", "peut-être", "sejour_consentement=true"])
def test_un_accord_qui_n_est_pas_clair_n_en_est_pas_un(texte: str) -> None:
    assert lire_saisie(texte, "sejour_consentement", JOUR).cases == {}


@pytest.mark.parametrize(
    "texte, demande, erreur, aide",
    [
        ("lea@gmial.con", "sejour_contact", "contact_douteux", "lea@gmail.com"),
        ("lea@", "sejour_contact", "contact_courriel", None),
        ("06 12", "sejour_contact", None, None),
        ("06 12 34", "sejour_contact", "contact_court", "6"),
        ("06 39 98 00 01 2", "sejour_contact", "contact_long", "11"),
        ("jveux pas donner mon num", "sejour_contact", "contact_refuse", None),
        ("je suis en 3e", "sejour_age", "age_classe", None),
        ("bientot 15 ans", "sejour_age", "age_bientot", None),
        ("45 ans", "sejour_age", "age_adulte", None),
        ("le 31 février", "sejour_periode", "periode_impossible", None),
        ("le 12 janvier 2020", "sejour_periode", "periode_passee", None),
    ],
)
def test_une_erreur_a_un_nom_et_ce_qui_aide_a_la_dire(texte: str, demande: str, erreur: str | None, aide: str | None) -> None:
    saisie = lire_saisie(texte, demande, JOUR)
    assert (saisie.erreur, saisie.suggestion) == (erreur, aide)


COMPLET = {"sejour_age": 16, "sejour_parent": SANS_OBJET, "sejour_ecole": "e", "sejour_prenom": "A", "sejour_contact": "x", "sejour_periode": "", "sejour_motif": ""}


@pytest.mark.parametrize(
    "cases, suivante",
    [
        ({}, "sejour_age"),
        ({"sejour_age": 13}, None),
        ({"sejour_age": 19}, None),
        ({"sejour_age": 14}, "sejour_parent"),
        ({"sejour_age": 14, "sejour_qui": "professionnel"}, None),
        ({"sejour_age": 14, "sejour_parent": False}, None),
        ({"sejour_age": 14, "sejour_parent": True}, "sejour_ecole"),
        ({**COMPLET, "sejour_motif": None}, "sejour_motif"),
        (COMPLET, "sejour_consentement"),
        ({**COMPLET, "sejour_consentement": False}, None),
        ({**COMPLET, "sejour_consentement": True}, "sejour_confirmation"),
    ],
)
def test_l_etape_suivante(cases: dict, suivante: str | None) -> None:
    assert etape_suivante(cases) == suivante


def test_a_14_ans_rien_de_l_enfant_ne_reste_meme_dit_dans_le_meme_message() -> None:
    apres = consequences({}, {"sejour_age": 14, "sejour_prenom": "Léa", "sejour_contact": "06 39 98 00 05"})
    assert (apres["sejour_parent"], apres["sejour_prenom"], apres["sejour_contact"]) == (None, None, None)
    apres = consequences({**COMPLET, "sejour_motif": "j'aime", "sejour_consentement": True}, {"sejour_age": 14})
    assert not any(apres[nom] for nom in ("sejour_prenom", "sejour_contact", "sejour_motif", "sejour_consentement"))


def test_changer_d_ecole_ou_de_personne_redemande_l_accord_changer_de_numero_non() -> None:
    avec_accord = {**COMPLET, "sejour_consentement": True}
    assert consequences(avec_accord, {"sejour_ecole": "autre"})["sejour_consentement"] is None
    assert consequences(avec_accord, {"sejour_qui": "parent"})["sejour_prenom"] is None
    assert "sejour_consentement" not in consequences(avec_accord, {"sejour_contact": "y"})


def test_la_progression_compte_ce_qui_est_demande() -> None:
    etapes = ["sejour_age", *ETAPES[3:]]
    assert progression(etapes, "sejour_age") == progression(etapes, "sejour_parent") == (1, 7)
    assert progression(etapes, "sejour_confirmation") == (7, 7)
    assert progression(etapes, "sejour_ecole") == (2, 8)  # taken up again: it counts


# Line breaks that bend a mail header, right-to-left marks, tags, SQL, format strings, endless and invisible texts.
VILAINES = [
    "", " ", "\r\nBcc: tous@example.org", "Léa\r\nSubject: x", "a" * 10_000, "0" * 10_000, "@" * 10_000, "1/" * 5_000, "\u202eaéL", "\u200b\u200d\ufeff", "\x00\x07\x1b[31m",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "Robert'); DROP TABLE demandes_sejour;--", "' OR '1'='1", "{age}", "{0.__class__}", "%s%n", "${jndi:ldap://x}", "../../etc/passwd",
    "👩‍👩‍👧‍👦" * 50, "🙂", "Z̷̡̛͎̈́ͅa̸l̶g̴o̸", "ﷺ", "١٦", "１６ ans", "Ⅻ ans", "−15 ans", "1e3 ans", "15.5 ans", "NaN", "null", "true", "\ud800", "lea@example.org\r\nCc: x@example.org",
    '"a b"@example.org', "a@[127.0.0.1]", "a@b@c.fr", "javascript:alert(1)@example.org", "+33639980001;ext=1", "tel:+33639980001", "06\n39\n98\n00\n01", "le 99/99/9999", "le 0 janvier", "dans 9999999 jours",
    "dans 99 mois", "semaine du 00", "du 31 au 30 février", "31/12/9999", "12 janvier 0000", "je m'appelle " + "A" * 5_000, "moi c'est <b>", "je m'appelle Léa<script>", "mon prénom c'est \u202eaéL",
]  # fmt: skip
_DEMANDES = (None, *ETAPES)
_MORCEAUX = st.sampled_from([*VILAINES, "j'ai 16 ans", "moi c'est Léa", "06 39 98 00 01", "lea@example.org", "la semaine du 12 janvier", "oui", "passer", "en fait"])
_HOSTILES = st.one_of(
    st.text(max_size=200), st.text(alphabet=string.printable, max_size=120), st.lists(_MORCEAUX, min_size=1, max_size=3).map(" ".join),
    st.tuples(_MORCEAUX, st.text(max_size=20), _MORCEAUX).map("".join),
)  # fmt: skip


def _sain(valeur: object) -> bool:
    """One line, no control or direction mark, no tag: fit for a mail, a page or a log."""
    texte = str(valeur)
    return not set(texte) & set("<>") and all(unicodedata.category(c)[0] != "C" and c not in "\u2028\u2029" for c in texte)


@pytest.mark.parametrize("demande", _DEMANDES)
@pytest.mark.parametrize("texte", VILAINES, ids=range(len(VILAINES)))
def test_une_valeur_hostile_ne_casse_rien_et_ne_laisse_rien_de_dangereux(texte: str, demande: str | None) -> None:
    _verifier(texte, demande)


@settings(max_examples=1_000, deadline=None, derandomize=True)
@given(_HOSTILES, st.sampled_from(_DEMANDES))
def test_mille_valeurs_hostiles(texte: str, demande: str | None) -> None:
    _verifier(texte, demande)


def _verifier(texte: str, demande: str | None) -> None:
    saisie = lire_saisie(texte, demande, JOUR)
    for nom, valeur in saisie.cases.items():
        assert _sain(valeur), (nom, valeur)
        assert nom != "sejour_age" or 6 <= valeur < 26
        assert nom != "sejour_prenom" or len(valeur) <= 40
        assert len(str(valeur)) <= max(MOTIF_MAXIMUM, 254)
    assert _sain(saisie.suggestion or "") and _sain(saisie.tapee or "")


@pytest.mark.parametrize(
    "texte, la",
    [
        ("oui maman est la", True), ("jsuis avec mon père", True), ("mes parents sont d'accord", True), ("ma mere est pas la", False),
        ("mes parents sont au travail", False), ("maman est là ?", None), ("ma mère travaille dans une école", None),
    ],
)  # fmt: skip
def test_un_parent_est_la_ou_pas(texte: str, la: bool | None) -> None:
    assert lire_saisie(texte, "sejour_parent", JOUR).cases.get("sejour_parent") is la
    assert "sejour_parent" not in lire_saisie(texte, "sejour_consentement", JOUR).cases


@pytest.mark.parametrize("demande", ["sejour_contact", "sejour_consentement", "sejour_confirmation"])
def test_la_periode_se_reprend_a_toute_question(demande: str) -> None:
    assert lire_saisie("enfait pas février, en mars", demande, JOUR).cases == {"sejour_periode": "en mars 2027"}
    assert "sejour_periode" not in lire_saisie("je déménage en mars", demande, JOUR).cases


def test_une_adresse_douteuse_dite_apres_coup_reprend_le_contact() -> None:
    lue = lire_saisie("attends mon mail kev.in@gmial.con", "sejour_periode", JOUR)
    assert lue.cases == {"sejour_contact": None}
    assert (lue.erreur, lue.suggestion, lue.tapee) == ("contact_douteux", "kev.in@gmail.com", "kev.in@gmial.con")


@pytest.mark.parametrize(
    ("texte", "a_venir"),
    [
        ("j'aurai 15 ans en mai", True), ("15 ans en mai", True), ("15 ans l'année prochaine", True), ("j'ai bientôt 15 ans", True),
        ("16 ans, je viendrais en mars", False), ("j'ai 16 ans et je veux venir cet été", False), ("j'ai eu 15 ans en mai", False),
    ],
)  # fmt: skip
def test_un_age_a_venir_n_est_pas_l_age(texte: str, a_venir: bool) -> None:
    assert ("sejour_age" in lire_saisie(texte, None, date(2026, 11, 27)).cases) is not a_venir
    assert (lire_saisie(texte, "sejour_age", date(2026, 11, 27)).erreur == "age_bientot") is a_venir
