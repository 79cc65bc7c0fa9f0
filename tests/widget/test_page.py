"""The chat page as a person meets it: in Chromium, on a phone, against canned answers."""

from __future__ import annotations

import re

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from .faux_bot import HOSTILE, RACINE, FauxBot


def ecrire(page: Page, texte: str) -> None:
    page.get_by_label("Ton message").fill(texte)
    page.keyboard.press("Enter")


def dernier_tour(page: Page) -> Locator:
    return page.locator(".groupe").last


def test_accueil_memes_mots_que_le_bot(page: Page, bot: FauxBot) -> None:
    reponses = yaml.safe_load((RACINE / "data/reponses/conversation.yml").read_text(encoding="utf-8"))["responses"]
    attendu = reponses["utter_saluer"][0]
    montre = page.evaluate(
        """() => { const c = document.getElementById('accueil').content; return {
            text: [...c.querySelectorAll('p')].map((p) => p.textContent).join('\\n'),
            buttons: [...c.querySelectorAll('button')].map((b) => ({title: b.textContent, payload: b.dataset.payload}))}; }"""
    )
    assert montre == {"text": attendu["text"], "buttons": attendu["buttons"]}
    expect(page.locator(".bulle")).to_have_text(["Établi : " + attendu["text"]])
    expect(page.get_by_role("group", name="Réponses proposées").get_by_role("button")).to_have_count(3)
    expect(page.get_by_text("Programme automatique, personne ne lit en direct")).to_be_visible()
    assert not bot.recus and page.evaluate("sessionStorage.length") == 0, "Ouvrir la page ne doit laisser aucune trace."


def test_envoyer_un_message(page: Page, bot: FauxBot) -> None:
    bot.attente.clear()
    ecrire(page, "  salut\n<b>toi</b>  ")
    expect(page.get_by_text("Établi écrit…")).to_be_attached()
    ecrire(page, "salut ?")  # impatient: stays in the box, leaves only once
    bot.attente.set()
    expect(page.locator(".personne .bulle")).to_have_text(["Toi : salut\n<b>toi</b>"])
    expect(dernier_tour(page).locator(".bulle")).to_have_text("Établi : Bien reçu : salut\n<b>toi</b>")
    expect(page.locator("#annonces")).to_have_text("Établi : Bien reçu : salut\n<b>toi</b>")
    expect(page.get_by_label("Ton message")).to_have_value("salut ?")
    page.get_by_role("button", name="Envoyer").tap()
    expect(page.locator(".personne")).to_have_count(2)
    assert [r["message"] for r in bot.recus] == ["salut\n<b>toi</b>", "salut ?"]
    assert bot.recus[0]["chemin"] == "/webhooks/rest/webhook" and bot.recus[0]["metadata"] == {"presente": True}
    assert len({r["sender"] for r in bot.recus}) == 1 and re.fullmatch(r"[0-9a-f]{32}", bot.recus[0]["sender"])


def test_reponses_proposees(page: Page, bot: FauxBot) -> None:
    page.get_by_role("button", name="Combien ça coûte ?").tap()
    expect(page.locator(".personne .bulle")).to_have_text("Toi : Combien ça coûte ?")
    expect(page.locator(".choix button")).to_have_text(["Et les bourses ?", "Trouver une école"])
    assert bot.recus[0]["message"] == "/faq/cout"


def test_cartes_a_la_place_de_la_liste(page: Page) -> None:
    ecrire(page, "usinage près de Lyon")
    tour = dernier_tour(page)
    expect(tour.locator(".bulle")).to_have_text(["Établi : J'ai trouvé 2 écoles près de Lyon, en usinage."])
    premiere, seconde = tour.get_by_role("list", name="Écoles trouvées").locator("> li").all()
    for morceau in ("1. École de production La Giraudière", "Brussieu (69)", "à 24 km à vol d'oiseau", "CAP métallier", "430 € par an", "Internat"):
        expect(premiere).to_contain_text(morceau)
    expect(premiere.get_by_role("link")).to_have_attribute("href", "https://www.lagiraudiere.fr/")
    # What only the list said must survive on the card: an approximate distance, a doubt.
    expect(seconde).to_contain_text("à environ 3 km à vol d'oiseau")
    expect(seconde.locator(".note")).to_have_text("À vérifier auprès de l'école (source : Fondation, 2023)")
    expect(seconde.get_by_role("link")).to_have_count(0)  # http only: shown, not a link
    expect(seconde).to_contain_text("www.ecole-gorgedeloup.com")
    expect(tour.locator(".choix button")).to_have_count(3)
    expect(page.locator("#annonces")).to_contain_text("Brussieu (69), à 24 km")


def test_sources_derriere_le_i(page: Page) -> None:
    page.get_by_role("button", name="Combien ça coûte ?").tap()
    info = page.get_by_role("button", name="D'où vient cette réponse ?")
    source = page.get_by_text("données ouvertes Onisep, 8 octobre 2026")
    expect(info).to_have_attribute("aria-expanded", "false")
    expect(source).to_be_hidden()
    info.tap()
    expect(info).to_have_attribute("aria-expanded", "true")
    expect(source).to_be_visible()


def test_texte_hostile_montre_comme_du_texte(page: Page) -> None:
    ecrire(page, "hostile")
    bulle = dernier_tour(page).locator(".bulle")
    expect(bulle).to_contain_text("<img src=x onerror=")
    expect(page.get_by_role("button", name="<i>x</i>")).to_be_visible()
    assert bulle.evaluate("n => n.querySelectorAll('img, b').length") == 0
    liens = bulle.get_by_role("link")
    expect(liens).to_have_count(1)  # neither http, nor javascript, nor an address that hides its host behind an @
    expect(liens).to_have_attribute("href", "https://exemple.fr/a?b=1")
    expect(liens).to_have_attribute("rel", "noopener noreferrer")
    assert "piégé" not in page.title() and HOSTILE.split("\n")[0] in bulle.inner_text()


def test_serveur_en_panne_puis_reessayer(page: Page, bot: FauxBot) -> None:
    bot.pannes = 1
    page.get_by_role("button", name="Combien ça coûte ?").tap()
    expect(page.get_by_role("alert")).to_contain_text("Ton message est gardé")
    expect(page.locator(".personne .pied")).to_contain_text("Pas envoyé")
    page.get_by_role("button", name="Réessayer").tap()
    expect(dernier_tour(page)).to_contain_text("Ça dépend de l'école.")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".personne")).to_have_count(1)
    expect(page.locator(".personne .pied")).not_to_contain_text("Pas envoyé")
    assert [r["message"] for r in bot.recus] == ["/faq/cout", "/faq/cout"]


def test_reponse_trop_lente(page: Page, bot: FauxBot) -> None:
    page.clock.install()
    bot.attente.clear()
    ecrire(page, "allô")
    page.clock.run_for(9_000)
    expect(page.get_by_text("C'est un peu plus long que d'habitude…").first).to_be_visible()
    page.clock.run_for(22_000)
    expect(page.get_by_role("alert")).to_contain_text("met trop de temps")
    expect(page.get_by_role("button", name="Réessayer")).to_be_visible()


def test_au_clavier_seulement(page: Page, bot: FauxBot) -> None:
    appuyer = page.keyboard.press
    for _ in range(3):  # menu, discussion, first quick reply
        appuyer("Tab")
    appuyer("Enter")
    expect(page.locator(".personne .bulle")).to_be_focused()
    expect(dernier_tour(page)).to_contain_text("Bien reçu : /faq/definition")
    appuyer("Tab")
    page.keyboard.type("Combien ?")
    appuyer("Shift+Enter")
    page.keyboard.type("Merci")
    appuyer("Enter")
    expect(dernier_tour(page)).to_contain_text("Bien reçu : Combien ?\nMerci")
    page.get_by_role("button", name="Menu").focus()
    appuyer("Enter")
    appuyer("Tab")
    expect(page.get_by_role("button", name="Effacer")).to_be_focused()
    appuyer("Escape")
    expect(page.get_by_role("button", name="Menu")).to_be_focused()
    expect(page.get_by_role("button", name="Effacer")).to_be_hidden()


def test_effacer_commence_une_autre_conversation(page: Page, bot: FauxBot) -> None:
    ecrire(page, "un secret")
    expect(dernier_tour(page)).to_contain_text("Bien reçu : un secret")
    bot.attente.clear()
    page.get_by_label("Ton message").fill("un autre")
    page.get_by_role("button", name="Envoyer").tap()
    page.get_by_role("button", name="Menu").tap()
    page.get_by_role("button", name="Effacer").tap()
    bot.attente.set()
    expect(page.locator(".groupe")).to_have_count(1)
    expect(page.get_by_text("un secret")).to_have_count(0)
    assert page.evaluate("sessionStorage.length") == 0
    ecrire(page, "bonjour")
    expect(dernier_tour(page)).to_contain_text("Bien reçu : bonjour")
    expect(page.locator(".personne")).to_have_count(1)
    assert len({r["sender"] for r in bot.recus}) == 2 and bot.recus[0]["sender"] != bot.recus[-1]["sender"]


def test_sans_stockage(navigateur: Browser, bot: FauxBot) -> None:
    page = navigateur.new_page()
    page.add_init_script("Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('bloqué', 'SecurityError'); } })")
    page.goto(bot.adresse)
    for texte in ("un", "deux"):
        ecrire(page, texte)
        expect(dernier_tour(page)).to_contain_text(f"Bien reçu : {texte}")
    page.close()
    assert len({r["sender"] for r in bot.recus}) == 1


def test_mille_caracteres(page: Page) -> None:
    champ = page.get_by_label("Ton message")
    champ.fill("a" * 899)
    expect(page.locator("#compteur")).to_be_hidden()
    champ.press_sequentially("aa")
    expect(page.locator("#compteur")).to_have_text("Encore 99 caractères")
    champ.fill("a" * 1000)
    champ.press_sequentially("b")
    expect(page.locator("#compteur")).to_contain_text("taille maximale")
    expect(champ).to_have_value("a" * 1000)


@pytest.mark.parametrize("largeur, hauteur", [(320, 640), (390, 844), (640, 400), (320, 256)])
def test_rien_ne_deborde(page: Page, largeur: int, hauteur: int) -> None:
    """640x400 and 320x256 are a laptop at 200 % and 400 % zoom."""
    page.set_viewport_size({"width": largeur, "height": hauteur})
    ecrire(page, "usinage près de Lyon")
    expect(page.locator(".ecole")).to_have_count(2)
    ecrire(page, "https://exemple.fr/" + "tres" * 60)
    expect(page.locator(".personne")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth && fil.scrollWidth <= fil.clientWidth")
    expect(page.get_by_role("button", name="Envoyer")).to_be_in_viewport(ratio=1)
    petits = page.evaluate(
        """() => [...document.querySelectorAll('button, textarea, .site')].map((n) => [n, n.getBoundingClientRect()])
            .filter(([, r]) => r.width && (r.width < 44 || r.height < 44)).map(([n]) => n.outerHTML)"""
    )
    assert petits == []


@pytest.mark.parametrize("couleurs", ["light", "dark"])
def test_axe_ne_trouve_rien(page: Page, bot: FauxBot, couleurs: str) -> None:
    page.emulate_media(color_scheme=couleurs)
    ecrire(page, "usinage près de Lyon")
    page.get_by_role("button", name="D'où vient cette réponse ?").tap()
    bot.pannes = 1
    ecrire(page, "et en panne ?")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("button", name="Menu").tap()
    for _ in range(2):  # once as it stands, once back at the top with the quick replies
        resultat = Axe().run(page)
        assert resultat.violations_count == 0, resultat.generate_report()
        page.get_by_role("button", name="Effacer").tap() if page.locator("#effacer").is_visible() else None
