"""The full path against the real bot, on the demonstration page: open, ask, search, card, request, help, reload, erase."""

from __future__ import annotations

import re

import httpx
import pytest
from playwright.sync_api import expect

from .conftest import BUREAU, TELEPHONE, Ouvrir, choisir, dernier, ecrire, ouvrir, sans_defaut

PATIENT = 30_000  # ms: the first search of a process loads every commune


@pytest.mark.parametrize("taille", [TELEPHONE, BUREAU], ids=["390x844", "1280x800"])
def test_le_chemin_complet(visiter: Ouvrir, bot_en_marche: str, taille: dict[str, int]) -> None:
    page = visiter(f"{bot_en_marche}/chat/", taille)
    expect(page.locator("#service")).to_contain_text("En marche")
    chat = ouvrir(page)
    chat.get_by_role("button", name="Combien ça coûte ?").click()
    expect(dernier(chat)).to_contain_text("800 €", timeout=PATIENT)
    ecrire(chat, "usinage près de Lyon")
    expect(chat.locator(".ecole")).to_have_count(3, timeout=PATIENT)
    chat.get_by_role("img").scroll_into_view_if_needed()
    expect(chat.locator(".departement")).to_have_count(96)
    expect(chat.locator(".ecole-point")).to_have_count(3)
    chat.locator(".ecole").nth(1).get_by_role("button", name="Demander un séjour").click()
    expect(dernier(chat)).to_contain_text("Quel âge", timeout=PATIENT)
    expect(chat.get_by_role("progressbar")).to_be_visible()
    claviers = ("text", "tel", "text", "text", "text")  # what the phone shows for the question that comes next
    reponses = (("16", "prénom"), ("Zoé", "téléphone"), ("06 39 98 12 34", "vacances"), ("passer", "phrase"), ("passer", "accord"))
    for (reponse, attendu), clavier in zip(reponses, claviers):
        ecrire(chat, reponse)
        expect(dernier(chat)).to_contain_text(attendu, timeout=PATIENT)
        expect(chat.get_by_label("Ton message")).to_have_attribute("inputmode", clavier)
    chat.get_by_role("button", name="Oui, je suis d'accord").click()
    expect(dernier(chat)).to_contain_text("06 39 98 12 34", timeout=PATIENT)
    chat.get_by_role("button", name="Envoyer", exact=True).click()
    expect(dernier(chat)).to_contain_text(re.compile(r"ET-[A-Z0-9]{6}"), timeout=PATIENT)
    ecrire(chat, "je veux mourir")
    expect(dernier(chat)).to_contain_text("3114", timeout=PATIENT)
    expect(dernier(chat).get_by_role("link", name="3114")).to_have_attribute("href", "tel:3114")
    messages = chat.locator(".groupe").count()
    page.reload()
    expect(chat.locator(".groupe")).to_have_count(messages)
    expect(dernier(chat)).to_contain_text("3114")
    jeton = page.evaluate("JSON.parse(Object.values(sessionStorage)[0]).jeton")
    choisir(chat, "Effacer")
    chat.get_by_role("button", name="Oui, tout effacer").click()
    expect(chat.locator(".toi")).to_have_count(0)
    expect(chat.locator(".etabli").first).to_contain_text(re.compile(r"ET-[A-Z0-9]{6} n'existe plus chez moi"))
    assert httpx.post(f"{bot_en_marche}/chat/historique", json={"jeton": jeton}).json()["messages"] == []
    page.reload()
    chat = ouvrir(page)
    expect(chat.locator(".toi")).to_have_count(0)


@pytest.mark.parametrize("nom", ["", "vie-privee"])
def test_les_pages_sont_sans_defaut(visiter: Ouvrir, bot_en_marche: str, nom: str) -> None:
    page = visiter(f"{bot_en_marche}/chat/{nom}", bypass_csp=True)
    page.wait_for_load_state("networkidle")
    sans_defaut(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_les_deux_facons_ensemble_et_le_code_a_copier(visiter: Ouvrir, bot_en_marche: str) -> None:
    page = visiter(f"{bot_en_marche}/chat/", BUREAU)
    expect(page.locator("#extrait-bulle")).to_contain_text(f'src="{bot_en_marche}/chat/etabli.js"')
    dans_la_page = page.locator("#dans-la-page")
    dans_la_page.scroll_into_view_if_needed()
    ecrire(dans_la_page, "c koi")
    expect(dernier(dans_la_page)).to_contain_text("école", timeout=PATIENT)
    expect(page.locator("etabli-lanceur .lanceur")).to_be_hidden()  # it would cover what one types
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    flottante = ouvrir(page)
    expect(flottante.locator(".toi")).to_have_count(0)  # two windows, two conversations
    page.goto(f"{bot_en_marche}/chat/vie-privee")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ce qui est gardé")
