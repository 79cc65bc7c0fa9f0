"""A counsellor's work in a real browser: log in, talk, keep, replay, see red, compare. And what must be refused."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bot.pages.banc import seances
from bot.pages.banc.garde import CORPS_MAXIMUM
from bot.scenarios import intitules, jouer_tous, lire_scenario
from bot.scenarios.annexes import SCENARIOS
from bot.scenarios.page import ecrire_page

from .conftest import COPIES, MOT_DE_PASSE, PagesOuvertes, entrer

IMAGES = os.environ.get("ETABLI_IMAGES")  # a folder where to leave pictures of the pages, to look at


def parler(page: Page, texte: str) -> None:
    page.get_by_label("Ton message").fill(texte)
    page.get_by_label("Ton message").press("Enter")


def verifier_la_page(page: Page, nom: str) -> None:
    """No barrier that axe can see; a picture for the eye when one is asked for."""
    if IMAGES:
        page.screenshot(path=str(Path(IMAGES) / f"{nom}.png"), full_page=True)
    resultat = Axe().run(page)
    assert resultat.violations_count == 0, resultat.generate_report()


def jouer_et_attendre(page: Page, bouton: str) -> None:
    page.get_by_role("button", name=bouton, exact=True).first.click()
    expect(page.locator(".bilan")).to_be_visible(timeout=60_000)


def test_parler_garder_rejouer_puis_voir_rouge(conseillere: Page, pages: PagesOuvertes, bot_en_marche: str, bot_casse: str) -> None:
    """From a talk to a scenario, green; then the same on a bot whose answer was broken: red, and both texts side by side."""
    page = conseillere
    parler(page, "c cb l'année")
    compris = page.get_by_role("article", name="Message 1").locator(".compris")
    expect(compris).to_contain_text("Le prix")
    expect(compris).to_contain_text("faq/cout")
    expect(compris).to_contain_text("fiche du porteur de projet")
    page.get_by_role("button", name="Est-ce qu'on est payé ?").click()
    expect(page.get_by_role("article", name="Message 2").locator(".compris")).to_contain_text("Le salaire")
    verifier_la_page(page, "parler")

    page.get_by_role("link", name="Enregistrer comme scénario").click()
    verifier_la_page(page, "garder")
    page.get_by_label("Ce qui se passe, en une phrase").fill("Une mère demande le prix, puis la paie")
    page.get_by_role("group", name="Message 1").get_by_label("800", exact=True).check()
    page.get_by_role("group", name="Message 1").get_by_label("Le prix (faq/cout)").check()
    page.get_by_role("group", name="Message 1").get_by_label("Ne doit pas contenir").fill("900")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("status")).to_contain_text("une_mere_demande_le_prix_puis_la_paie.yml")
    premier, second = lire_scenario(pages.banc.scenarios / "precisions" / "une_mere_demande_le_prix_puis_la_paie.yml").echanges
    assert (premier.dit, premier.contient, premier.ne_contient_pas) == ("c cb l'année", ("800",), ("900",))
    assert (premier.comprend, premier.repond) == ("faq/cout", ("faq/cout",))
    assert (second.clique, second.repond) == ("Est-ce qu'on est payé ?", ("faq/remuneration",))

    jouer_et_attendre(page, "Rejouer")
    expect(page.locator(".bilan")).to_have_text("✓ réussi 1")
    pages.banc.bot = bot_casse
    page.goto("/banc/scenarios")
    jouer_et_attendre(page, "Tout rejouer")
    casse = page.locator("details.joue.echoue")
    expect(casse).to_contain_text("Une mère demande le prix, puis la paie")
    expect(casse.locator(".ecart")).to_contain_text("une réponse qui ne contient pas « 900 »")
    expect(casse.locator(".ecart")).to_contain_text("faq/cout (")
    expect(page.locator("details.joue.reussi")).to_have_count(2)
    verifier_la_page(page, "passage")
    page.get_by_role("link", name="1 réponse a changé").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Depuis moins d'une minute : 1 réponse a changé")
    expect(page.locator("del")).to_have_text("800")
    expect(page.locator("ins")).to_have_text("900")
    verifier_la_page(page, "comparaison")
    page.get_by_role("link", name="precisions/une_mere_demande").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Une mère demande le prix, puis la paie")
    pages.banc.bot = bot_en_marche
    jouer_et_attendre(page, "Rejouer")
    expect(page.locator(".bilan")).to_have_text("✓ réussi 1")
    page.goto("/banc/scenarios")
    verifier_la_page(page, "scenarios")


def test_une_liste_d_ecoles_se_voit_comme_dans_le_widget_et_par_sms(conseillere: Page) -> None:
    parler(conseillere, "usinage nord")
    reponse = conseillere.get_by_role("article", name="Message 1").locator(".echange")
    cartes = reponse.get_by_role("list", name="Écoles").get_by_role("listitem")
    expect(cartes.first).to_contain_text("(59)")
    expect(reponse.locator(".bulle", has_text="1. École")).to_have_count(0)
    premiere = reponse.get_by_role("button").first.inner_text()
    verifier_la_page(conseillere, "ecoles")
    conseillere.get_by_role("link", name="par SMS").click()
    expect(reponse.locator(".bulle.texte")).to_contain_text("1. École")
    assert premiere.startswith("1. ") and f"\n{premiere}\n" in reponse.locator(".bulle.texte").inner_text()


def test_une_persona_un_sms_un_signalement(conseillere: Page, pages: PagesOuvertes) -> None:
    page = conseillere
    page.get_by_label("Dans la peau de").select_option("Enzo, 14 ans, décroche en 4e")
    page.get_by_role("button", name="Nouvelle conversation").click()
    page.get_by_role("button", name="c payé ?").click()
    page.get_by_role("link", name="par SMS").click()
    expect(page.get_by_role("article", name="Message 1")).to_contain_text("1. On est exploité ?")
    parler(page, "1")
    expect(page.get_by_role("article")).to_have_count(2)
    verifier_la_page(page, "sms")
    page.get_by_text("Signaler cette réponse").first.click()
    page.get_by_label("Ce qui ne va pas, et ce qu'il faudrait dire").first.fill("dire aussi la prime <b>")
    page.get_by_role("button", name="Signaler", exact=True).first.click()
    expect(page.get_by_role("heading", name="dire aussi la prime <b>")).to_be_visible()
    verifier_la_page(page, "signalements")
    assert pages.banc.signalements.tous()[0]["dit"] == "c payé ?"
    page.get_by_role("button", name="C'est réglé").click()
    expect(page.get_by_role("status")).to_contain_text("retiré")
    assert pages.banc.signalements.tous() == []


def test_au_clavier_et_sur_un_telephone(conseillere: Page) -> None:
    """The cursor is in the message box; after a reply, Tab goes from the reply to its choices. Nothing scrolls sideways."""
    page = conseillere
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    page.keyboard.type("ya des filles ?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("article", name="Message 1")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("button.choix").first).to_be_focused()
    for largeur in (390, 320):
        page.set_viewport_size({"width": largeur, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    verifier_la_page(page, "telephone")


def test_une_page_inconnue_se_dit_en_francais(conseillere: Page, pages: PagesOuvertes) -> None:
    conseillere.goto("/banc/nulle-part")
    expect(conseillere.get_by_role("heading", name="Rien ici")).to_be_visible()
    assert {intitules.dossier(dossier.name) for dossier in SCENARIOS.iterdir() if dossier.is_dir()} <= set(intitules._intitules()["dossiers"].values())


def test_la_page_de_rapport_se_lit_sur_un_telephone(page: Page, pages: PagesOuvertes, tmp_path: Path) -> None:
    """The file of --rapport, a failure in it: opened in a browser, narrow, with nothing that scrolls sideways."""
    fichier = tmp_path / "un_nom_de_fichier_aussi_long_que_les_vrais_qui_sont_des_phrases_entieres.yml"
    fichier.write_text("scénario: le prix\néchanges:\n  - dit: c cb\n    répond: faq/age\n", encoding="utf-8")
    scenarios = [lire_scenario(fichier), lire_scenario(SCENARIOS / COPIES[0])]
    with ThreadPoolExecutor(1) as ailleurs:  # Playwright holds the loop of this thread
        bilans = ailleurs.submit(jouer_tous, scenarios, pages.banc.bot).result()
    ecrire_page(list(zip(scenarios, bilans)), tmp_path / "rapport.html", datetime(2026, 11, 26, 9, 5))
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto((tmp_path / "rapport.html").as_uri())
    expect(page.locator(".ecart")).to_contain_text("la réponse « faq/age »")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    verifier_la_page(page, "rapport")


def test_un_vrai_numero_n_entre_pas_dans_un_scenario(conseillere: Page, pages: PagesOuvertes) -> None:
    parler(conseillere, "mon numéro c'est le 06 12 34 56 78")
    conseillere.get_by_role("link", name="Enregistrer comme scénario").click()
    conseillere.get_by_label("Ce qui se passe, en une phrase").fill("un numéro")
    conseillere.get_by_role("button", name="Enregistrer").click()
    expect(conseillere.get_by_role("alert")).to_contain_text("06 39 98 xx xx")
    assert not list(pages.banc.scenarios.rglob("un_numero.yml"))


def test_sans_mot_de_passe_ou_avec_un_faux_on_n_entre_pas(page: Page, pages: PagesOuvertes) -> None:
    assert page.context.cookies() == [], "Aucun cookie avant la connexion."
    verifier_la_page(page, "connexion")
    for _ in range(seances.ESSAIS):
        entrer(page, "un faux mot de passe")
        expect(page.get_by_role("alert")).to_contain_text("pas le bon")
    entrer(page, MOT_DE_PASSE)
    expect(page.get_by_role("alert")).to_contain_text("Trop d'essais")
    assert page.context.cookies() == []
    for chemin in ("/banc/", "/banc/scenarios", "/banc/signalements", "/banc/passages/20260101-080000"):
        reponse = httpx.get(f"{pages.adresse}{chemin}")
        assert reponse.status_code == 303 and reponse.headers["location"].startswith("/banc/connexion")


def test_le_cookie_est_discret_et_la_session_finit(conseillere: Page, pages: PagesOuvertes, monkeypatch: pytest.MonkeyPatch) -> None:
    (cookie,) = conseillere.context.cookies()
    assert cookie["httpOnly"] and cookie["sameSite"] == "Strict" and cookie["path"] == "/banc" and 0 < cookie["expires"] - time.time() <= seances.DUREE_S
    monkeypatch.setattr(seances, "DUREE_S", -1)
    parler(conseillere, "coucou")
    expect(conseillere.get_by_role("alert")).to_contain_text("Ta session est finie")
    assert not any(essai.tours for essai in pages.banc._essais.values())
    conseillere.goto("/banc/scenarios")
    expect(conseillere.get_by_role("alert")).to_contain_text("Ta session est finie")


def test_un_formulaire_forge_est_refuse(conseillere: Page, pages: PagesOuvertes) -> None:
    cookies = {c["name"]: c["value"] for c in conseillere.context.cookies()}
    autre = pages.banc.seances.jeton("une autre session")
    for jeton in ({}, {"jeton": "faux"}, {"jeton": autre}):
        reponse = httpx.post(f"{pages.adresse}/banc/dire", data={"message": "coucou", **jeton}, cookies=cookies)
        assert reponse.status_code == 403 and "refusé" in reponse.text
    assert httpx.post(f"{pages.adresse}/banc/connexion", data={"mot_de_passe": MOT_DE_PASSE}).status_code == 403
    trop = {"mot_de_passe": "a" * CORPS_MAXIMUM, "jeton": pages.banc.seances.jeton_de_connexion()}
    assert httpx.post(f"{pages.adresse}/banc/connexion", data=trop).status_code == 403
    assert httpx.post(f"{pages.adresse}/banc/dire", data={**trop, "jeton": "x"}, cookies=cookies).status_code == 413
    assert not any(essai.tours for essai in pages.banc._essais.values())


def test_sortir_et_changer_le_mot_de_passe_ferment_la_session(conseillere: Page, pages: PagesOuvertes) -> None:
    garde = {c["name"]: c["value"] for c in conseillere.context.cookies()}
    conseillere.get_by_role("button", name="Sortir").click()
    expect(conseillere.get_by_role("heading", name="Connexion")).to_be_visible()
    assert httpx.get(f"{pages.adresse}/banc/", cookies=garde).status_code == 303, "Un cookie gardé ne sert plus."
    entrer(conseillere, MOT_DE_PASSE)
    pages.banc.mot_de_passe.definir("une autre phrase secrète")
    conseillere.goto("/banc/scenarios")
    expect(conseillere.get_by_role("heading", name="Connexion")).to_be_visible()
