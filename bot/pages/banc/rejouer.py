"""The scenarios and their plays: green and red, and what changed between two plays."""

from __future__ import annotations

import asyncio
from datetime import datetime

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.pages.banc.dates import il_y_a
from bot.pages.banc.essais_notes import effacer_les_essais
from bot.pages.banc.garde import banc, rendre, vers
from bot.pages.banc.passages import Passage, comparer, precedent
from bot.scenarios import Scenario
from bot.scenarios.ecriture import en_yaml


async def lister(requete: Request, _nom: str) -> Response:
    """Every scenario by folder, with its newest result."""
    ici = banc(requete)
    dossiers: dict[str, list[dict[str, object]]] = {}
    connus = ici.passages.dernier_resultat()
    for fichier, lu in ici.tous_les_scenarios().items():
        ligne = {"fichier": fichier, "titre": lu.titre if isinstance(lu, Scenario) else fichier, "faute": "" if isinstance(lu, Scenario) else lu}
        dossiers.setdefault(fichier.rpartition("/")[0] or ".", []).append({**ligne, "verdict": connus.get(fichier, {}).get("verdict", "")})
    return rendre(requete, "scenarios.html", dossiers=dossiers, passages=_dates(ici.passages.tous()))


async def montrer(requete: Request, _nom: str) -> Response:
    """One scenario: its text, its newest result."""
    ici = banc(requete)
    fichier = requete.query_params.get("fichier", "")
    lu = ici.tous_les_scenarios().get(fichier)
    if lu is None:
        return rendre(requete, "absent.html", 404)
    texte = en_yaml(lu) if isinstance(lu, Scenario) else ""
    resultat = ici.passages.dernier_resultat().get(fichier)
    faute = lu if isinstance(lu, str) else ""
    return rendre(requete, "scenario.html", fichier=fichier, lu=lu, texte=texte, faute=faute, resultat=resultat, garde="garde" in requete.query_params)


async def jouer(requete: Request, _nom: str, champs: FormData) -> Response:
    """Start a play of one file, one folder, or everything; the page of the play shows how far it is."""
    ici = banc(requete)
    voulu = str(champs.get("fichier", ""))
    tous = [(fichier, lu) for fichier, lu in ici.tous_les_scenarios().items() if isinstance(lu, Scenario)]
    choisis = [(fichier, lu) for fichier, lu in tous if not voulu or fichier == voulu or fichier.startswith(f"{voulu}/")]
    if not choisis:
        return rendre(requete, "absent.html", 404)
    await asyncio.to_thread(effacer_les_essais, ici.base)
    return vers(f"/passages/{ici.passages.lancer(choisis, ici.bot, datetime.now()).numero}")


async def passage(requete: Request, _nom: str) -> Response:
    lu = banc(requete).passages.lire(requete.path_params["numero"])
    if lu is None:
        return rendre(requete, "absent.html", 404)
    tous = banc(requete).passages.tous()
    avant = precedent(lu, tous)
    changements = comparer(avant, lu) if avant and lu.fini else []
    autres = [p for p in tous if p.numero != lu.numero]
    depuis = il_y_a(avant.quand, lu.quand) if avant else ""
    communs = len(avant.resultats.keys() & lu.resultats.keys()) if avant else 0
    return rendre(requete, "passage.html", passage=lu, precedent=avant, communs=communs, nombre=len(changements), depuis=depuis, autres=_dates(autres))


async def avancement(requete: Request, _nom: str) -> Response:
    """How far a play is, for the page's script."""
    lu = banc(requete).passages.lire(requete.path_params["numero"])
    if lu is None:
        return JSONResponse({"erreur": "Ce passage n'existe pas."}, 404)
    return JSONResponse({"joues": len(lu.resultats), "combien": lu.combien, "fini": lu.fini})


async def comparaison(requete: Request, _nom: str) -> Response:
    """Two plays side by side: only what changed."""
    passages = banc(requete).passages
    avant, apres = (passages.lire(requete.query_params.get(nom, "")) for nom in ("avant", "apres"))
    if avant is None or apres is None:
        return rendre(requete, "absent.html", 404)
    if avant.numero > apres.numero:
        avant, apres = apres, avant
    communs = len(avant.resultats.keys() & apres.resultats.keys())
    depuis = il_y_a(avant.quand, apres.quand)
    return rendre(requete, "comparaison.html", avant=avant, apres=apres, communs=communs, depuis=depuis, changements=comparer(avant, apres))


def _dates(passages: list[Passage]) -> list[dict[str, object]]:
    maintenant = datetime.now()
    return [{"passage": p, "depuis": il_y_a(p.quand, maintenant)} for p in passages]
