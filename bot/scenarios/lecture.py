"""Reading scenario files: keys in French, names checked against the bot's own, no real person, nothing expected in vain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import yaml

from bot.scenarios import intitules, vocabulaire
from bot.scenarios.annexes import OUVERTURES, PERSONAS, annexe, lire_personas
from bot.scenarios.donnees_personnelles import vraies_donnees
from bot.scenarios.modele import Echange, Scenario
from bot.scenarios.noeuds import Lecteur, ScenarioInvalide, composer, suggestion, suggestion_de_nom

CLES_SCENARIO = ("scénario", "connu", "persona", "ouverture", "échanges")
CLES_ECHANGE = ("dit", "clique", "façons", "contient", "ne contient pas", "propose", "comprend", "répond", "retient")
_QUI_PARLE = ("dit", "clique", "façons")

__all__ = ["ScenarioInvalide", "lire_scenario"]


def lire_scenario(chemin: Path) -> Scenario:
    """Read one file. Raises ``ScenarioInvalide``, with the file and the line, at the first thing that is not right."""
    return LecteurDeScenario(chemin).scenario(composer(chemin))


def lire_ouvertures(chemin: Path) -> Mapping[str, tuple[Echange, ...]]:
    """Shared openings by name; none when there is no file."""
    if not chemin.is_file():
        return {}
    lecteur = LecteurDeScenario(chemin)
    noeuds = lecteur.cles(lecteur.cles(composer(chemin), ("ouvertures",), "le fichier des ouvertures").get("ouvertures"), None, "« ouvertures »")
    return {nom: lecteur.echanges(noeud) for nom, noeud in noeuds.items()}


class LecteurDeScenario(Lecteur):
    """From the nodes of one file to a ``Scenario``."""

    def scenario(self, racine: yaml.Node | None) -> Scenario:
        cles = self.cles(racine, CLES_SCENARIO, "un scénario", (CLES_ECHANGE, "dans un échange, sous « échanges »"))
        for cle in ("scénario", "échanges"):
            if cle not in cles:
                raise self.faute(racine, f"il manque « {cle} »")
        ouverture = self.texte(cles["ouverture"], "ouverture") if "ouverture" in cles else ""
        echanges = self.echanges(cles["échanges"])
        debut = self._parmi(lire_ouvertures(annexe(OUVERTURES, self.chemin)), ouverture, cles["ouverture"], "l'ouverture") if ouverture else ()
        self._une_seule_table(cles["échanges"], debut + echanges)
        persona = self.texte(cles["persona"], "persona") if "persona" in cles else ""
        if persona:
            self._parmi(lire_personas(annexe(PERSONAS, self.chemin)), persona, cles["persona"], "la persona")
        connu = self._parole(cles["connu"], "connu", vide_permis=True) if "connu" in cles else ""
        return Scenario(self.chemin, self._parole(cles["scénario"], "scénario"), echanges, connu, persona, ouverture, debut)

    def echanges(self, noeud: yaml.Node) -> tuple[Echange, ...]:
        if not isinstance(noeud, yaml.SequenceNode) or not noeud.value:
            quoi = "n'est pas une liste" if isinstance(noeud, yaml.MappingNode) else "est vide"
            raise self.faute(noeud, f"« échanges » {quoi} : chaque échange commence par un tiret, « - dit: » ou « - clique: »")
        return tuple(self._echange(n) for n in noeud.value)

    def _echange(self, noeud: yaml.Node) -> Echange:
        cles = self.cles(noeud, CLES_ECHANGE, "un échange", (CLES_SCENARIO, "tout en haut, avec « scénario »"))
        if sum(cle in cles for cle in _QUI_PARLE) != 1:
            raise self.faute(
                noeud, "un échange a soit « dit » (ce que la personne écrit), soit « clique » (le bouton qu'elle choisit), soit « façons » (plusieurs façons de le dire)"
            )

        def si_present(cle: str, champ: str, lire: Callable[[yaml.Node, str], object]) -> dict[str, object]:
            return {champ: lire(cles[cle], cle)} if cle in cles else {}

        return Echange(
            noeud.start_mark.line + 1,
            **si_present("dit", "dit", lambda n, c: self._parole(n, c, vide_permis=True)),
            **si_present("clique", "clique", self.texte),
            **si_present("façons", "facons", self._facons),
            **si_present("contient", "contient", self.liste),
            **si_present("ne contient pas", "ne_contient_pas", self.liste),
            **si_present("propose", "propose", self.liste),
            **si_present("comprend", "comprend", self._sujet),
            **si_present("répond", "repond", self._reponses),
            **si_present("retient", "retient", self._memoire),
        )

    def _parole(self, noeud: yaml.Node, cle: str, vide_permis: bool = False) -> str:
        texte = self.texte(noeud, cle, vide_permis)
        raison = vraies_donnees(texte)
        if raison:
            raise self.faute(noeud, raison)
        return texte

    def _facons(self, noeud: yaml.Node, cle: str) -> tuple[str, ...]:
        if not isinstance(noeud, yaml.SequenceNode) or len(noeud.value) < 2:
            raise self.faute(noeud, "« façons » est une liste d'au moins deux façons de dire la même chose ; pour une seule, écris « dit »")
        return tuple(self._parole(n, cle) for n in noeud.value)

    def _sujet(self, noeud: yaml.Node, cle: str) -> str:
        nom = self.texte(noeud, cle)
        if nom not in vocabulaire.sujets():
            raise self.faute(noeud, f"le sujet « {nom} » n'existe pas{suggestion_de_nom(nom, intitules.des_sujets())}")
        return nom

    def _reponses(self, noeud: yaml.Node, cle: str) -> tuple[str, ...]:
        noms = tuple(nom.removeprefix(vocabulaire.PREFIXE) for nom in self.liste(noeud, cle))
        for nom in noms:
            if nom not in vocabulaire.reponses():
                raise self.faute(noeud, f"la réponse « {nom} » n'existe pas{suggestion_de_nom(nom, intitules.des_reponses())}")
        return noms

    def _memoire(self, noeud: yaml.Node, cle: str) -> dict[str, str]:
        if not isinstance(noeud, yaml.MappingNode) or not noeud.value:
            raise self.faute(noeud, f"« {cle} » est vide ou mal écrit ; attendu : {{metier: usinage, commune: Dijon}}")
        cles = self.cles(noeud, None, cle)
        for nom, valeur in cles.items():
            if nom not in vocabulaire.souvenirs():
                raise self.faute(valeur, f"rien ne s'appelle « {nom} » dans ce que le bot retient{suggestion(nom, sorted(vocabulaire.souvenirs()), tous=False)}")
        return {nom: self._parole(valeur, f"{cle} : {nom}") for nom, valeur in cles.items()}

    def _parmi(self, connus: Mapping[str, object], nom: str, noeud: yaml.Node, quoi: str) -> object:
        if nom not in connus:
            raise self.faute(noeud, f"{quoi} « {nom} » n'existe pas{suggestion(nom, connus)}")
        return connus[nom]

    def _une_seule_table(self, noeud: yaml.Node, echanges: tuple[Echange, ...]) -> None:
        if sum(bool(echange.facons) for echange in echanges) > 1:
            raise self.faute(noeud, "deux échanges ont des « façons » ; garde-en un seul, et écris « dit » dans l'autre")
