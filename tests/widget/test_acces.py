"""For everyone: keyboard only, small and zoomed screens, dark, no defect that axe can find in any state."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .conftest import BUREAU, Ouvrir, choisir, dernier, ecrire, ouvrir, sans_defaut
from .faux_bot import FauxBot


def test_au_clavier_seulement(visiter: Ouvrir, bot: FauxBot) -> None:
    page = visiter(bot.adresse, BUREAU)
    appuyer = page.keyboard.press
    lanceur = page.get_by_role("button", name="Ouvrir la discussion avec Établi")
    for _ in range(3):  # the page's link, « masquer l'invitation », the launcher
        appuyer("Tab")
    expect(lanceur).to_be_focused()
    appuyer("Enter")
    chat = page.locator("etabli-lanceur etabli-chat")
    champ = chat.get_by_label("Ton message")
    expect(champ).to_be_focused()
    expect(chat.get_by_role("button", name="Trouver une école")).to_be_visible()
    appuyer("Shift+Tab")  # back from the field: the last quick reply
    expect(chat.get_by_role("button", name="Combien ça coûte ?")).to_be_focused()
    appuyer("Enter")
    expect(chat.locator(".toi .bulle")).to_be_focused()
    expect(chat.get_by_role("button", name="Et les bourses ?")).to_be_visible()
    champ.focus()
    page.keyboard.type("Combien ?")
    appuyer("Shift+Enter")
    page.keyboard.type("Merci")
    appuyer("Enter")
    expect(dernier(chat)).to_contain_text("Bien reçu : Combien ?\nMerci")
    menu = chat.get_by_role("button", name="Menu")
    menu.focus()
    appuyer("Enter")
    appuyer("Tab")
    expect(chat.get_by_role("button", name="Lire à voix haute")).to_be_focused()
    appuyer("Escape")
    expect(menu).to_be_focused()
    appuyer("Escape")
    expect(lanceur).to_be_focused()
    expect(chat).to_be_hidden()


def test_sur_un_telephone_la_page_derriere_est_hors_d_atteinte(page: Page) -> None:
    chat = ouvrir(page)
    boite = page.locator("etabli-lanceur dialog").bounding_box()
    assert boite and (boite["x"], boite["y"], boite["width"], boite["height"]) == (0, 0, 390, 844)
    expect(chat.locator(".fil")).to_be_focused()  # not the field: the keyboard would hide the greeting
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement?.localName") in ("etabli-lanceur", "body"), "le focus est sorti de la fenêtre"
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Ouvrir la discussion avec Établi")).to_be_focused()
    assert page.evaluate("getComputedStyle(document.documentElement).overflow") == "visible"


def test_le_geste_retour_du_telephone_ferme_la_fenetre(page: Page) -> None:
    """Chrome closes the dialog itself then, with or without a first event; turning the phone must not."""
    chat = ouvrir(page)
    page.set_viewport_size({"width": 844, "height": 390})
    page.set_viewport_size({"width": 1000, "height": 800})
    expect(chat.locator(".fil")).to_be_visible()
    page.locator("etabli-lanceur dialog").evaluate("d => d.close()")
    expect(page.get_by_role("button", name="Ouvrir la discussion avec Établi")).to_be_focused()
    ouvrir(page)


def test_le_clavier_du_telephone_ne_cache_pas_le_champ(page: Page) -> None:
    """Where the keyboard lies over the page, only the visual viewport shrinks: the window follows it, and grows back."""
    chat = ouvrir(page)
    fenetre = page.locator("etabli-lanceur dialog")
    page.evaluate("() => { Object.defineProperty(visualViewport, 'height', { value: 480, configurable: true }); visualViewport.dispatchEvent(new Event('resize')); }")
    champ = chat.get_by_label("Ton message").bounding_box()
    assert champ and champ["y"] + champ["height"] <= 480
    page.evaluate("() => { delete visualViewport.height; visualViewport.dispatchEvent(new Event('resize')); }")
    assert (fenetre.bounding_box() or {})["height"] == 844


@pytest.mark.parametrize("largeur, hauteur", [(320, 640), (390, 844), (640, 400), (320, 256)])
def test_rien_ne_deborde(page: Page, largeur: int, hauteur: int) -> None:
    """640x400 and 320x256 are a laptop at 200 % and 400 % zoom."""
    page.set_viewport_size({"width": largeur, "height": hauteur})
    chat = ouvrir(page)
    ecrire(chat, "usinage près de Lyon")
    expect(chat.locator(".ecole")).to_have_count(2)
    ecrire(chat, "https://exemple.fr/" + "tres" * 60)
    expect(chat.locator(".toi")).to_have_count(2)
    choisir(chat, "Texte plus grand")
    assert chat.locator(".fil").evaluate("f => f.scrollWidth <= f.clientWidth")
    expect(chat.get_by_role("button", name="Envoyer")).to_be_in_viewport(ratio=1)
    petits = chat.evaluate(
        """n => [...n.shadowRoot.querySelectorAll('button, textarea, .geste, .origine > summary')].map((x) => [x, x.getBoundingClientRect()])
            .filter(([, r]) => r.width && (r.width < 43.9 || r.height < 43.9)).map(([x]) => x.outerHTML)"""
    )
    assert petits == []


@pytest.mark.parametrize("couleurs", ["light", "dark"])
def test_axe_ne_trouve_rien(visiter: Ouvrir, bot: FauxBot, couleurs: str) -> None:
    page = visiter("about:blank", bypass_csp=True, color_scheme=couleurs)  # axe puts its own script into the page
    bot.corps = '<script src="/chat/etabli.js" data-couleur="#ffb000" defer></script>' if couleurs == "light" else ""
    page.goto(bot.adresse)
    page.get_by_role("button", name="Ouvrir la discussion avec Établi").wait_for()
    sans_defaut(page)
    chat = ouvrir(page)
    sans_defaut(page)
    ecrire(chat, "usinage près de Lyon")
    chat.locator(".origine summary").click()
    chat.get_by_role("img").scroll_into_view_if_needed()
    sans_defaut(page)
    ecrire(chat, "contact")
    chat.get_by_role("progressbar").wait_for()
    bot.pannes.extend(["500"] * 3)
    ecrire(chat, "et en panne ?")
    expect(chat.get_by_role("button", name="Réessayer maintenant")).to_be_visible(timeout=8_000)
    sans_defaut(page)
    chat.get_by_role("button", name="Menu").click()
    sans_defaut(page)
    chat.get_by_role("button", name="Effacer").click()
    sans_defaut(page)


def test_couleurs_forcees_et_mouvement_reduit(visiter: Ouvrir, bot: FauxBot) -> None:
    page = visiter(bot.adresse, forced_colors="active")
    chat = ouvrir(page)
    ecrire(chat, "salut")
    expect(dernier(chat)).to_contain_text("Bien reçu")
    assert chat.locator(".toi .bulle").evaluate("n => getComputedStyle(n).borderTopWidth") == "2px"
    bot.attente.clear()
    ecrire(chat, "et là ?")
    chat.locator(".frappe").wait_for()
    assert chat.evaluate("n => [...n.shadowRoot.querySelectorAll('*')].filter((x) => getComputedStyle(x).animationName !== 'none').length") == 0
