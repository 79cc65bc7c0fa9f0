"""The window as a person meets it on a phone: what is shown, what is kept, what is sent."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import choisir, dernier, ecrire, ouvrir
from .faux_bot import HOSTILE, FauxBot, phrase


def test_rien_avant_d_ouvrir_puis_un_programme_se_presente(page: Page, bot: FauxBot) -> None:
    expect(page.get_by_text("Une question sur les écoles de production ?")).to_be_visible()
    assert page.evaluate("sessionStorage.length + localStorage.length + document.cookie.length") == 0
    page.evaluate("window.vus = []; for (const n of ['etabli:ouvert', 'etabli:message']) addEventListener(n, (e) => vus.push([n, e.detail]))")
    chat = ouvrir(page)
    expect(chat.locator(".bulle").first).to_contain_text("un programme")
    expect(chat.get_by_text("Programme : personne ne lit en direct")).to_be_visible()
    expect(chat.locator(".vie-privee")).to_contain_text(phrase("utter_widget/vie_privee")["text"].split("\n")[0])
    ecrire(chat, "un secret")
    expect(dernier(chat)).to_contain_text("Bien reçu : un secret")
    assert page.evaluate("vus") == [["etabli:ouvert", None], ["etabli:message", {"de": "toi"}], ["etabli:message", {"de": "etabli"}]]
    assert page.evaluate("localStorage.length + document.cookie.length") == 0


def test_envoyer_plusieurs_messages_sans_attendre(page: Page, bot: FauxBot) -> None:
    chat = ouvrir(page)
    bot.attente.clear()
    ecrire(chat, "salut\n<b>toi</b>")
    expect(chat.get_by_text("Établi écrit…")).to_be_attached()
    ecrire(chat, "salut ?")
    expect(chat.locator(".toi")).to_have_count(2)
    expect(chat.locator(".toi").last).to_contain_text("En attente")
    bot.attente.set()
    expect(chat.locator(".groupe")).to_have_text([re.compile("Bonjour"), re.compile("salut\n<b>toi</b>"), re.compile("Bien reçu"), re.compile(r"salut\s\?"), re.compile(r"Bien reçu\s: salut\s\?")])
    expect(chat.locator(".annonces")).to_have_text("Établi : Bien reçu : salut ?")
    assert bot.tours == ["salut\n<b>toi</b>", "salut ?"] and len({m["id"] for m in bot.recus}) == 2


def test_deux_touches_sur_un_bouton_font_un_message(page: Page, bot: FauxBot) -> None:
    chat = ouvrir(page)
    chat.get_by_role("button", name="Combien ça coûte ?").evaluate("b => { b.click(); b.click(); }")
    expect(chat.locator(".choix button")).to_have_text(["Et les bourses ?", "Trouver une école"])
    expect(chat.locator(".toi .bulle")).to_have_text("Toi : Combien ça coûte ?")
    assert bot.recus[0]["charge"] == "/faq/cout" and bot.recus[0]["texte"] == "Combien ça coûte ?"
    assert len(bot.tours) == 1


def test_cartes_et_petite_carte_a_la_place_de_la_liste(page: Page, bot: FauxBot) -> None:
    chat = ouvrir(page)
    ecrire(chat, "usinage près de Lyon")
    expect(chat.locator(".ecole")).to_have_count(2)
    premiere, seconde = chat.get_by_role("list", name="Écoles trouvées").locator("> li").all()
    expect(dernier(chat).locator(".bulle")).to_have_text(["Établi : J'ai trouvé 2 écoles près de Lyon, en usinage."])
    for morceau in ("École de production La Giraudière", "Brussieu (69)", "à 24 km", "CAP menuisier fabricant", "430 € par an", "Internat"):
        expect(premiere).to_contain_text(morceau)
    expect(premiere.get_by_role("link")).to_have_attribute("href", "https://exemple.fr/")
    expect(seconde).to_contain_text("à environ 3 km")
    expect(seconde).to_contain_text("À vérifier")
    expect(seconde.get_by_role("link")).to_have_count(0)  # http only: shown, not a link
    expect(chat.locator(".choix button")).to_have_text(["Voir les autres"])
    carte = chat.get_by_role("img", name=re.compile("Carte de France. Lyon ; 1. École de production La Giraudière, Brussieu"))
    carte.scroll_into_view_if_needed()
    expect(carte.locator(".departement")).to_have_count(96)
    expect(carte.locator(".ecole-point")).to_have_count(2)
    expect(carte.locator(".code", has_text="69")).to_have_count(1)
    expect(dernier(chat)).to_contain_text("Distances à vol d'oiseau.")
    seconde.get_by_role("button", name="Demander un séjour").click()
    expect(chat.locator(".toi .bulle").last).to_have_text("Toi : Demander un séjour : Atelier de Gorge de Loup")
    assert bot.recus[-1]["charge"] == '/demander_sejour{"ecole": "edp011"}'


def test_la_fiche_d_une_ecole_est_une_carte_entiere(page: Page, bot: FauxBot) -> None:
    chat = ouvrir(page)
    ecrire(chat, "usinage près de Lyon")
    chat.locator(".ecole").first.get_by_role("button", name="Détails").click()
    expect(chat.locator(".ecole")).to_have_count(3)
    fiche = dernier(chat)
    expect(fiche.locator(".bulle")).to_have_count(0)  # the words say no more than the card
    for morceau in ("1 rue de l'Essai, Brussieu", "CAP métallier", "Bac pro TRPM", "Internat"):
        expect(fiche.get_by_text(morceau)).to_be_visible()
    expect(fiche.get_by_role("button", name="Détails")).to_have_count(0)
    expect(chat.locator(".choix button")).to_have_text(["C'est combien ?"])  # the card itself asks for a stay
    fiche.locator(".origine summary").click()
    expect(fiche.get_by_role("listitem").filter(has_text="données ouvertes Onisep (8 octobre 2026)")).to_be_visible()


def test_champs_absents_et_outre_mer_ne_cassent_rien(page: Page) -> None:
    chat = ouvrir(page)
    ecrire(chat, "outre-mer")
    expect(chat.locator(".ecole")).to_have_count(2)
    expect(chat.locator("svg.carte")).to_have_count(0)


def test_source_et_date_derriere_le_i(page: Page) -> None:
    chat = ouvrir(page)
    chat.get_by_role("button", name="Combien ça coûte ?").click()
    source = chat.get_by_text("données ouvertes Onisep, 8 octobre 2026")
    expect(source).to_be_hidden()
    chat.locator(".origine summary").click()
    expect(source).to_be_visible()


def test_texte_hostile_montre_comme_du_texte(page: Page) -> None:
    chat = ouvrir(page)
    ecrire(chat, "hostile")
    bulle = dernier(chat).locator(".bulle")
    expect(bulle).to_contain_text("<img src=x onerror=")
    expect(chat.get_by_role("button", name="<i>x</i>")).to_be_visible()
    assert bulle.evaluate("n => n.querySelectorAll('img, b').length") == 0
    liens = bulle.get_by_role("link")
    expect(liens).to_have_count(1)  # neither http, nor javascript, nor an address that hides its host behind an @
    expect(liens).to_have_attribute("href", "https://exemple.fr/a?b=1")
    expect(liens).to_have_attribute("rel", "noopener noreferrer")
    assert "piégé" not in page.title() and HOSTILE.split("\n")[0] in bulle.inner_text()


def test_etapes_du_formulaire(page: Page) -> None:
    chat = ouvrir(page)
    champ = chat.get_by_label("Ton message")
    ecrire(chat, "âge")
    expect(chat.get_by_role("progressbar", name="Question 1 sur 4")).to_be_visible()
    expect(champ).to_have_attribute("inputmode", "numeric")
    ecrire(chat, "contact")
    expect(chat.get_by_role("progressbar", name="Question 3 sur 4")).to_be_visible()
    for moyen, clavier in (("Téléphone", "tel"), ("E-mail", "email"), ("Téléphone", "tel")):
        chat.get_by_role("button", name=moyen).click()
        expect(chat.get_by_role("button", name=moyen)).to_have_attribute("aria-pressed", "true")
        expect(champ).to_have_attribute("inputmode", clavier)
        expect(champ).to_have_attribute("autocomplete", clavier)
        expect(champ).to_be_focused()
    ecrire(chat, "c'est payant ?")
    expect(dernier(chat)).to_contain_text("Bien reçu")
    expect(chat.get_by_role("progressbar")).to_have_count(0)
    expect(champ).to_have_attribute("inputmode", "text")


def test_effacer_demande_une_fois_puis_efface_partout(page: Page, bot: FauxBot) -> None:
    chat = ouvrir(page)
    ecrire(chat, "un secret")
    expect(dernier(chat)).to_contain_text("Bien reçu : un secret")
    choisir(chat, "Effacer")
    chat.get_by_role("button", name="Non, je garde").click()
    assert bot.fils
    bot.pannes.append("500")
    choisir(chat, "Effacer")
    chat.get_by_role("button", name="Oui, tout effacer").click()
    expect(chat.get_by_role("alert")).to_contain_text("Je n'ai pas pu effacer")
    expect(chat.locator(".etabli").nth(1)).to_contain_text("Bien reçu : un secret")
    choisir(chat, "Effacer")
    chat.get_by_role("button", name="Oui, tout effacer").click()
    expect(chat.locator(".toi")).to_have_count(0)
    expect(chat.locator(".etabli").first).to_contain_text("ET-ABC234 n'existe plus")
    expect(chat.get_by_role("button", name="Trouver une école")).to_be_visible()
    assert not bot.fils and "secret" not in page.evaluate("JSON.stringify(sessionStorage)")


def test_menu_texte_voix_resume_recommencer(page: Page, bot: FauxBot) -> None:
    page.evaluate("() => { window.dits = []; speechSynthesis.speak = (p) => dits.push(p.lang + ':' + p.text); }")
    chat = ouvrir(page)
    ecrire(chat, "usinage près de Lyon")
    expect(chat.locator(".ecole")).to_have_count(2)
    choisir(chat, "Lire à voix haute")
    assert "fr-FR:J'ai trouvé 2 écoles" in page.evaluate("dits[0]")
    avant = chat.locator(".bulle").first.evaluate("n => parseFloat(getComputedStyle(n).fontSize)")
    choisir(chat, "Texte plus grand")
    assert chat.locator(".bulle").first.evaluate("n => parseFloat(getComputedStyle(n).fontSize)") == pytest.approx(avant * 1.3)
    with page.expect_download() as telechargement:
        choisir(chat, "Télécharger le résumé")
    contenu = telechargement.value.path().read_text(encoding="utf-8")
    assert telechargement.value.suggested_filename == "resume-etabli.html"
    assert "usinage près de Lyon" in contenu and "École de production La Giraudière" in contenu and "8 octobre 2026" in contenu
    choisir(chat, "Recommencer")
    expect(dernier(chat)).to_contain_text("Bien reçu : Recommencer")
    page.reload()  # what was chosen lasts as long as the tab, and the window comes back open
    expect(chat.locator(".ecole")).to_have_count(2)
    expect(chat.locator(".cadre")).to_have_class(re.compile("grand"))


def test_mille_caracteres(page: Page) -> None:
    chat = ouvrir(page)
    champ = chat.get_by_label("Ton message")
    champ.fill("a" * 899)
    expect(chat.locator(".compteur")).to_be_hidden()
    champ.press_sequentially("aa")
    expect(chat.locator(".compteur")).to_have_text("Encore 99 caractères")
    champ.fill("a" * 1000)
    champ.press_sequentially("b")
    expect(chat.locator(".compteur")).to_contain_text("taille maximale")
    expect(champ).to_have_value("a" * 1000)
