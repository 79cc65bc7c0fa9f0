"""On somebody else's site: hostile styles, a strict policy, another origin, both ways to embed, settings."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .conftest import BUREAU, TELEPHONE, Ouvrir, dernier, ecrire, ouvrir, serveur
from .faux_bot import FauxBot

HOSTILE = """* { all: unset !important; display: block !important; position: static !important; font: 3px serif !important; color: red !important; float: left !important; }
html { font-size: 4px; direction: rtl; text-transform: uppercase; letter-spacing: 1em; line-height: 0.2; visibility: visible }
etabli-lanceur, etabli-chat { display: none !important; opacity: 0 !important; transform: scale(0) !important; z-index: -1 !important; color: transparent !important; }
button { pointer-events: none !important } dialog { display: none !important }"""

_RENDU = "n => { const s = getComputedStyle(n); return [s.fontSize, s.direction, s.textTransform, s.letterSpacing, s.color, s.opacity]; }"
INTACT = ["16px", "ltr", "none", "normal", "rgb(20, 23, 31)", "1"]


@pytest.mark.parametrize("taille", [TELEPHONE, BUREAU], ids=["téléphone", "bureau"])
def test_styles_hostiles_politique_stricte_autre_origine(visiter: Ouvrir, bot: FauxBot, taille: dict[str, int]) -> None:
    """The page comes from one server and the chat from another; the page's policy allows nothing inline."""
    with serveur() as site:
        site.chat, site.style = f"{bot.adresse}chat/", HOSTILE
        page = visiter(site.adresse, taille)
        chat = ouvrir(page)
        ecrire(chat, "usinage près de Lyon")
        expect(chat.locator(".ecole")).to_have_count(2)
        chat.get_by_role("img").scroll_into_view_if_needed()
        expect(chat.locator(".departement")).to_have_count(96)
        bulle = chat.locator(".bulle").first
        assert bulle.evaluate(_RENDU) == INTACT
        assert bulle.evaluate("n => n.closest('[lang]').lang") == "fr"  # whatever the language of the page
        boite = chat.bounding_box()
        assert boite and boite["width"] >= 380 and boite["height"] >= 600
        assert len(bot.tours) == 1


def test_dans_la_page_sous_des_styles_hostiles(visiter: Ouvrir, bot: FauxBot) -> None:
    bot.style, bot.corps = HOSTILE, '<script src="/chat/etabli.js" data-lanceur="non" defer></script><etabli-chat></etabli-chat>'
    chat = visiter(bot.adresse, BUREAU).locator("etabli-chat")
    chat.get_by_role("button", name="Combien ça coûte ?").click()
    expect(dernier(chat).get_by_text("En plus.")).to_be_visible()
    assert chat.locator(".bulle").first.evaluate(_RENDU) == INTACT
    assert (chat.bounding_box() or {})["height"] == 576  # 36 em of the reader's own size


def test_dans_la_page_avec_ses_reglages(visiter: Ouvrir, bot: FauxBot) -> None:
    bot.corps = (
        '<script src="/chat/etabli.js" data-lanceur="non" defer></script>'
        '<etabli-chat nom="Atelier" accueil="Bonjour, je suis Atelier, un programme." question="C\'est pour qui ?" couleur="#ffb000" theme="sombre"></etabli-chat>'
    )
    page = visiter(bot.adresse, BUREAU)
    chat = page.locator("etabli-chat")
    expect(page.locator("etabli-lanceur")).to_have_count(0)
    expect(chat.locator(".bulle").first).to_have_text("Atelier : Bonjour, je suis Atelier, un programme.")
    expect(chat.locator(".cadre")).to_have_class("cadre sombre ")
    assert page.evaluate("sessionStorage.length") == 0
    chat.get_by_role("button", name="C'est pour qui ?").click()
    expect(dernier(chat)).to_contain_text("Bien reçu : C'est pour qui ?")
    couleurs = chat.locator(".toi .bulle").evaluate("n => [getComputedStyle(n).backgroundColor, getComputedStyle(n).color]")
    assert couleurs == ["rgb(255, 176, 0)", "rgb(0, 0, 0)"]  # dark words on yellow: the site chose the ground only


def test_lanceur_a_gauche_sans_invitation_et_mis_deux_fois(visiter: Ouvrir, bot: FauxBot) -> None:
    ligne = '<script src="/chat/etabli.js" data-position="gauche" data-invitation="" data-nom="Atelier" defer></script>'
    bot.corps = ligne + ligne
    page = visiter(bot.adresse, BUREAU)
    bouton = page.get_by_role("button", name="Ouvrir la discussion avec Atelier")
    expect(bouton).to_have_count(1)
    assert (bouton.bounding_box() or {"x": 999})["x"] < 100
    expect(page.locator("etabli-lanceur .invitation")).to_have_count(0)
    bouton.click()
    assert (page.locator("etabli-lanceur dialog").bounding_box() or {"x": 999})["x"] < 100
    page.get_by_role("link", name="Un lien").press("Enter")  # in a corner of a big screen the page stays usable
    page.wait_for_url("**/autre")
