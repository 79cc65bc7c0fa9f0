"""A bad network and a bad server: the message is kept, goes once, and the person always knows."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import Ouvrir, dernier, ecrire, ouvrir
from .faux_bot import FauxBot, phrase


def test_reseau_coupe_puis_revenu(page: Page, bot: FauxBot) -> None:
    chat = ouvrir(page)
    page.context.set_offline(True)
    ecrire(chat, "tu m'entends ?")
    expect(chat.get_by_role("alert")).to_contain_text("Pas de réseau. Ton message est gardé")
    expect(chat.locator(".toi")).to_contain_text("En attente")
    page.context.set_offline(False)
    expect(dernier(chat)).to_contain_text("Bien reçu : tu m'entends ?")
    expect(chat.get_by_role("alert")).to_have_count(0)
    assert bot.tours == ["tu m'entends ?"]


def test_message_ecrit_sans_reseau_part_apres_un_rechargement(page: Page, bot: FauxBot) -> None:
    chat = ouvrir(page)
    ecrire(chat, "un")
    expect(dernier(chat)).to_contain_text("Bien reçu : un")
    bot.pannes.extend(["500"] * 3)
    ecrire(chat, "deux")
    expect(chat.get_by_role("button", name="Réessayer maintenant")).to_be_visible(timeout=8_000)
    page.reload()
    expect(dernier(chat)).to_contain_text("Bien reçu : deux")
    expect(chat.locator(".toi .bulle")).to_have_text(["Toi : un", "Toi : deux"])
    assert bot.tours == ["un", "deux"]


def test_reponse_perdue_en_route_le_tour_n_est_pas_double(page: Page, bot: FauxBot) -> None:
    chat = ouvrir(page)
    bot.pannes.append("perdue")
    ecrire(chat, "une seule fois")
    expect(dernier(chat)).to_contain_text("Bien reçu : une seule fois")
    assert bot.tours == ["une seule fois"] and len(bot.recus) == 2 and len({m["id"] for m in bot.recus}) == 1
    expect(chat.locator(".toi")).to_have_count(1)


@pytest.mark.parametrize("panne", ["500", "illisible"])
def test_le_serveur_tombe_puis_on_reessaie(page: Page, bot: FauxBot, panne: str) -> None:
    chat = ouvrir(page)
    bot.pannes.extend([panne] * 3)
    chat.get_by_role("button", name="Combien ça coûte ?").click()
    expect(chat.get_by_role("alert")).to_contain_text(phrase("utter_panne")["text"][:30] if panne == "500" else "Ton message est gardé", timeout=8_000)
    chat.get_by_role("button", name="Réessayer maintenant").click()
    expect(dernier(chat)).to_contain_text("En plus.")
    expect(chat.locator(".toi")).to_have_count(1)
    assert bot.tours == ["Combien ça coûte ?"]


def test_trop_vite_puis_expire_puis_refuse(page: Page, bot: FauxBot) -> None:
    chat = ouvrir(page)
    bot.pannes.append("429")
    ecrire(chat, "vite")
    expect(chat.get_by_role("alert")).to_contain_text("Doucement")
    expect(dernier(chat)).to_contain_text("Bien reçu : vite")
    bot.pannes.append("401")
    ecrire(chat, "encore là ?")
    expect(dernier(chat)).to_contain_text("Bien reçu : encore là ?")
    assert bot.recus[-1]["jeton"] != bot.recus[0]["jeton"]
    bot.pannes.append("400")
    ecrire(chat, "refusé")
    expect(chat.locator(".refus")).to_contain_text("Pas envoyé. Je n'ai pas pu lire")
    ecrire(chat, "la suite passe")
    expect(dernier(chat)).to_contain_text("Bien reçu : la suite passe")


def test_une_reponse_de_trente_secondes_se_dit_et_arrive(page: Page, bot: FauxBot) -> None:
    page.clock.install()
    chat = ouvrir(page)
    bot.attente.clear()
    ecrire(chat, "allô")
    page.clock.run_for(9_000)
    expect(chat.locator(".pied").last).to_have_text("C'est un peu plus long que d'habitude…")
    page.clock.run_for(25_000)  # the phone gives up this try, and asks again
    bot.attente.set()
    page.clock.run_for(3_000)
    expect(dernier(chat)).to_contain_text("Bien reçu : allô")
    assert bot.tours == ["allô"]


def test_ouvrir_sans_reseau(page: Page, bot: FauxBot) -> None:
    page.route("**/chat/session", lambda route: route.abort())
    page.get_by_role("button", name="Ouvrir la discussion avec Établi").click()
    chat = page.locator("etabli-lanceur etabli-chat")
    expect(chat.get_by_role("alert")).to_contain_text("Je n'arrive pas à me connecter")
    page.unroute("**/chat/session")
    chat.get_by_role("button", name="Réessayer maintenant").click()
    expect(chat.get_by_role("button", name="Trouver une école")).to_be_visible()


def test_stockage_bloque(visiter: Ouvrir, bot: FauxBot) -> None:
    page = visiter("about:blank")
    page.add_init_script("Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('bloqué', 'SecurityError'); } })")
    page.goto(bot.adresse)
    chat = ouvrir(page)
    for texte in ("un", "deux"):
        ecrire(chat, texte)
        expect(dernier(chat)).to_contain_text(f"Bien reçu : {texte}")
    assert len({m["jeton"] for m in bot.recus}) == 1


def test_deux_onglets_et_le_bouton_retour(page: Page, bot: FauxBot) -> None:
    chat = ouvrir(page)
    ecrire(chat, "dans le premier")
    expect(dernier(chat)).to_contain_text("Bien reçu")
    autre = page.context.new_page()
    autre.goto(bot.adresse)
    second = ouvrir(autre)
    expect(second.locator(".toi")).to_have_count(0)  # a tab of its own is a conversation of its own
    # A duplicated tab holds a copy of the storage: the same conversation, caught up when it comes to the front.
    autre.evaluate("copie => { sessionStorage.clear(); for (const [c, v] of Object.entries(JSON.parse(copie))) sessionStorage[c] = v; }", page.evaluate("JSON.stringify(sessionStorage)"))
    autre.reload()
    expect(second.locator(".toi .bulle")).to_have_text(["Toi : dans le premier"])
    ecrire(second, "dans le second")
    expect(dernier(second)).to_contain_text("Bien reçu : dans le second")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(chat.locator(".toi .bulle")).to_have_text(["Toi : dans le premier", "Toi : dans le second"])
    assert bot.tours == ["dans le premier", "dans le second"]
    page.evaluate("location.href = '/autre'")
    page.wait_for_url("**/autre")
    page.go_back()
    expect(page.locator("etabli-lanceur etabli-chat").locator(".toi")).to_have_count(2)


def test_trois_cents_messages_restent_fluides(page: Page, bot: FauxBot) -> None:
    chat = ouvrir(page)
    ecrire(chat, "premier")
    expect(dernier(chat)).to_contain_text("Bien reçu")
    fil = next(iter(bot.fils.values()))
    fil *= 150
    page.reload()
    expect(chat.locator(".groupe")).to_have_count(301)
    ecrire(chat, "dernier")
    expect(dernier(chat)).to_contain_text("Bien reçu : dernier")
    expect(chat.locator(".toi").last).to_be_in_viewport()
    # A key struck at the end of a long thread must not wait for it to be drawn again: 50 ms is where a hand feels it.
    lent = page.evaluate("""async () => {
        const saisie = document.querySelector('etabli-lanceur').shadowRoot.querySelector('etabli-chat').shadowRoot.querySelector('textarea');
        const debut = performance.now();
        for (let i = 0; i < 20; i++) { saisie.value += 'a'; saisie.dispatchEvent(new InputEvent('input', {bubbles: true})); await new Promise(requestAnimationFrame); }
        return (performance.now() - debut) / 20; }""")
    assert lent < 50, f"{lent:.0f} ms par touche"
    assert re.search("dernier", dernier(chat).inner_text())
