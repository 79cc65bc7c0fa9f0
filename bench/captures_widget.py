"""``python -m bench.captures_widget``: the pictures of docs/captures, taken on a phone against a running Établi, light and dark."""

from __future__ import annotations

import argparse
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from bench.page_widget import TELEPHONE, chromium
from bot.reglages import RACINE, lire_reglages

DOSSIER = RACINE / "docs" / "captures"
BUREAU = {"width": 1280, "height": 800}
THEMES = {"clair": "light", "sombre": "dark"}
PATIENCE_MS = 60_000


def main() -> None:
    """One picture a state and a theme, then one on a big screen."""
    lecteur = argparse.ArgumentParser(description="Refait les images du widget, contre un Établi en marche.")
    lecteur.add_argument("--adresse", default=f"http://localhost:{lire_reglages().port}")
    lecteur.add_argument("--dossier", type=Path, default=DOSSIER)
    arguments = lecteur.parse_args()
    arguments.dossier.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as outils:
        navigateur = chromium(outils)
        for theme in THEMES:
            _telephone(navigateur, arguments.adresse, arguments.dossier, theme)
        _bureau(navigateur, arguments.adresse, arguments.dossier)
        navigateur.close()


def _telephone(navigateur: Browser, adresse: str, dossier: Path, theme: str) -> None:
    page = _page(navigateur, adresse, TELEPHONE, theme)

    def garder(etat: str) -> None:
        page.evaluate("getSelection().removeAllRanges()")
        page.wait_for_timeout(500)  # animations, and the map as it comes
        page.screenshot(path=dossier / f"{etat}-{theme}.png")
        print(f"{etat}-{theme}.png")

    page.wait_for_timeout(500)
    garder("ferme")
    chat = _ouvrir(page)
    garder("ouvert")
    _dire(chat, "usinage près de Lyon")
    garder("cartes")
    chat.get_by_role("img").scroll_into_view_if_needed()
    chat.locator(".fil").evaluate("f => f.scrollTo(0, f.scrollHeight)")
    garder("carte")
    chat.locator(".ecole").nth(1).get_by_role("button", name="Demander un séjour").click()
    _attendre(chat)
    for reponse in ("16", "Zoé"):
        _dire(chat, reponse)
    garder("formulaire")
    page.context.set_offline(True)
    chat.get_by_label("Ton message").fill("06 39 98 12 34")
    page.keyboard.press("Enter")
    chat.get_by_role("alert").wait_for()
    garder("erreur")
    page.context.set_offline(False)
    _attendre(chat)
    chat.get_by_role("button", name="Menu").click()
    garder("menu")
    page.context.close()


def _bureau(navigateur: Browser, adresse: str, dossier: Path) -> None:
    page = _page(navigateur, adresse, BUREAU, "clair")
    chat = _ouvrir(page)
    _dire(chat, "usinage près de Lyon")
    page.wait_for_timeout(500)
    page.screenshot(path=dossier / "bureau.png")
    print("bureau.png")
    page.context.close()


def _page(navigateur: Browser, adresse: str, taille: dict[str, int], theme: str) -> Page:
    contexte = navigateur.new_context(
        viewport=taille, has_touch=taille is TELEPHONE, is_mobile=taille is TELEPHONE, locale="fr-FR", timezone_id="Europe/Paris", color_scheme=THEMES[theme]
    )
    contexte.set_default_timeout(PATIENCE_MS)
    page = contexte.new_page()
    page.goto(f"{adresse}/chat/")
    return page


def _ouvrir(page: Page) -> Locator:
    page.get_by_role("button", name="Ouvrir la discussion avec Établi").click()
    chat = page.locator("etabli-lanceur etabli-chat")
    chat.get_by_role("group", name="Réponses proposées").wait_for()
    return chat


def _dire(chat: Locator, texte: str) -> None:
    chat.get_by_label("Ton message").fill(texte)
    chat.page.keyboard.press("Enter")
    _attendre(chat)


def _attendre(chat: Locator) -> None:
    """Until the answer is there: nothing waits, nothing is being written."""
    chat.page.wait_for_timeout(300)
    chat.locator(".attend, .frappe").first.wait_for(state="detached")


if __name__ == "__main__":
    main()
