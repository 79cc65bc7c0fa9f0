"""``python -m bench.page_widget``: what the widget weighs and how long it takes, measured in a browser against a running Établi."""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import statistics
import time

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from bot.reglages import RACINE, lire_reglages

OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--enable-precise-memory-info", "--js-flags=--expose-gc"]
TELEPHONE = {"width": 390, "height": 844}
MESSAGES = ("c'est payant ?", "on est payé ?", "y a des vacances ?", "c'est à quel âge ?", "et après ?", "quel diplôme ?")
# In the page, from the touch to the frame that shows the answer: no round trip of the driver inside the measure.
_MESURER = """async (texte) => {
  const chat = document.querySelector('etabli-lanceur').shadowRoot.querySelector('etabli-chat').shadowRoot;
  const champ = chat.querySelector('textarea'), avant = chat.querySelectorAll('.groupe.etabli').length;
  champ.value = texte;
  champ.dispatchEvent(new InputEvent('input', {bubbles: true}));
  const debut = performance.now();
  chat.querySelector('form').requestSubmit();
  const la = () => chat.querySelectorAll('.groupe.etabli').length > avant && !chat.querySelector('.frappe') && !chat.querySelector('.attend');
  while (!la() && performance.now() - debut < 60000) await new Promise(requestAnimationFrame);
  return performance.now() - debut; }"""
_OUVRIR = """async () => {
  const lanceur = document.querySelector('etabli-lanceur').shadowRoot, debut = performance.now();
  lanceur.querySelector('.lanceur').click();
  while (!lanceur.querySelector('etabli-chat').shadowRoot.querySelector('.choix button')) await new Promise(requestAnimationFrame);
  return performance.now() - debut; }"""
_MEMOIRE = "() => { window.gc?.(); return performance.memory.usedJSHeapSize / 1e6; }"


def main() -> None:
    """Prints one line a figure."""
    lecteur = argparse.ArgumentParser(description="Mesure le widget dans Chromium, contre un Établi en marche.")
    lecteur.add_argument("--adresse", default=f"http://localhost:{lire_reglages().port}")
    lecteur.add_argument("--messages", type=int, default=150, help="combien en envoyer dans la même discussion (deux fois plus de bulles)")
    arguments = lecteur.parse_args()
    script = (RACINE / "widget" / "dist" / "etabli.js").read_bytes()
    print(f"poids du script : {len(gzip.compress(script, 9)) / 1000:.1f} ko gzip ({len(script) / 1000:.1f} ko)")
    with sync_playwright() as outils:
        navigateur = chromium(outils)
        ouvertures = [_ouverture(navigateur, arguments.adresse) for _ in range(10)]
        print(f"du toucher à la discussion utilisable : {_p(ouvertures)}")
        _discussion(navigateur, arguments.adresse, arguments.messages)
        navigateur.close()


def chromium(outils: Playwright) -> Browser:
    chemin = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    return outils.chromium.launch(executable_path=chemin, args=OPTIONS)


def _ouverture(navigateur: Browser, adresse: str) -> float:
    page = _page(navigateur, adresse)
    duree = page.evaluate(_OUVRIR)
    page.context.close()
    return duree


def _discussion(navigateur: Browser, adresse: str, nombre: int) -> None:
    page = _page(navigateur, adresse)
    page.evaluate(_OUVRIR)
    vide = page.evaluate(_MEMOIRE)
    durees = []
    for i in range(nombre):
        durees.append(page.evaluate(_MESURER, MESSAGES[i % len(MESSAGES)]))
        time.sleep(max(0, 1.05 - durees[-1] / 1000))  # a person, and under the rate limit
    print(f"de l'envoi à la réponse affichée, {nombre} messages : {_p(durees)}")
    print(f"les 20 derniers : {_p(durees[-20:])}")
    print(f"mémoire JavaScript : {vide:.1f} Mo à l'ouverture, {page.evaluate(_MEMOIRE):.1f} Mo après {2 * nombre} messages")
    page.context.close()


def _page(navigateur: Browser, adresse: str) -> Page:
    page = navigateur.new_context(viewport=TELEPHONE, has_touch=True, locale="fr-FR").new_page()
    page.goto(f"{adresse}/chat/")
    page.locator("etabli-lanceur .lanceur").wait_for()
    return page


def _p(durees: list[float]) -> str:
    tri = statistics.quantiles(durees, n=20, method="inclusive")
    return f"p50 {tri[9]:.0f} ms, p95 {tri[18]:.0f} ms"


if __name__ == "__main__":
    main()
