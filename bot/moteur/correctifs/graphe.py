"""The graph of components: how it is run, and the domain that it loads."""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import Any, Mapping, Optional

import yaml
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.domain import Domain


def appliquer() -> None:
    # dask plans the graph anew for each of the three runs of a turn.
    DaskGraphRunner.run = _parcourir
    # The model's own domain is read and checked again by a parser in Python, four times: a third of the work of a start.
    DomainProvider.load = classmethod(charger_le_domaine)


def _parcourir(self: DaskGraphRunner, inputs: Optional[dict[str, Any]] = None, targets: Optional[list[str]] = None) -> dict[str, Any]:
    """Components called one after the other, in an order found once for each set of targets, without what Rasa writes around each call."""
    cibles = tuple(targets or self._graph_schema.target_names)
    ordres = self.__dict__.setdefault("ordres_trouves", {})
    if cibles not in ordres:
        ordres[cibles] = _ordre(self._graph_schema.minimal_graph_schema(list(cibles)).nodes)
    resultats = dict(inputs or {})
    for nom, besoins in ordres[cibles]:
        noeud = self._instantiated_nodes[nom]
        resultats[nom] = noeud._fn(noeud._component, **{entree: resultats[besoin] for entree, besoin in besoins})
    return {cible: resultats[cible] for cible in cibles}


def _ordre(noeuds: Mapping[str, Any]) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """Each node with its parameters and what fills them, after those that it needs; names that are no node are inputs of the run."""
    tries = TopologicalSorter({nom: [b for b in noeud.needs.values() if b in noeuds] for nom, noeud in noeuds.items()}).static_order()
    return [(nom, tuple(noeuds[nom].needs.items())) for nom in tries]


def charger_le_domaine(cls: type[DomainProvider], config: Any, model_storage: Any, resource: Any, execution_context: Any, **_: Any) -> DomainProvider:
    """It was checked when the model was trained: read once, by the parser in C."""
    with model_storage.read_from(resource) as dossier:
        donnees = yaml.load((dossier / "domain.yml").read_bytes(), Loader=yaml.CSafeLoader)
    return cls(model_storage, resource, Domain.from_dict(donnees))
