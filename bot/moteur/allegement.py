"""Rasa without TensorFlow: what our pipeline never runs is not loaded.

Written for Rasa 3.6.21, where ``import rasa.core.agent`` imports every component of the default recipe, hence TensorFlow, Keras,
scikit-learn and skops: eight of the ten seconds of a start, and 400 MB. None of them is used to answer. While Rasa's modules
are imported, these packages are empty shells whose every name is an empty class; then they count as not installed, so that a
component that really needed one fails at once with ``ModuleNotFoundError``. ``rasa train`` and ``rasa run`` do not pass here.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import sys
from types import ModuleType
from typing import Any, Optional, Sequence

INUTILES = ("tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras", "skops", "sklearn", "sklearn_crfsuite", "transformers", "jax")
# The server, and the modules of the components that a trained model names.
_MODULES_DE_RASA = (
    "rasa.core.agent",
    "rasa.core.run",
    "rasa.core.policies.rule_policy",
    "rasa.engine.recipes.default_recipe",
    "rasa.graph_components.providers.domain_for_core_training_provider",
    "rasa.graph_components.providers.story_graph_provider",
    "rasa.graph_components.validators.default_recipe_validator",
    "rasa.graph_components.validators.finetuning_validator",
)


class _Vide(type):
    """Any attribute of an empty class is an empty class; calling one gives back what it was given, as a decorator does."""

    def __getattr__(cls, nom: str) -> Any:
        if nom.startswith("__") and nom.endswith("__"):
            raise AttributeError(nom)
        return _Vide(nom, (), {})

    def __call__(cls, *arguments: Any, **options: Any) -> Any:
        return arguments[0] if len(arguments) == 1 and callable(arguments[0]) else cls


class _Coquille(ModuleType):
    """An empty package: any name can be imported from it."""

    __path__: list[str] = []

    def __getattr__(self, nom: str) -> Any:
        if nom.startswith("__") and nom.endswith("__"):
            raise AttributeError(nom)
        return _Vide(nom, (), {})


class _Coquilles(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the useless packages, and their modules, as empty shells."""

    def find_spec(self, nom: str, chemin: Optional[Sequence[str]], cible: Optional[ModuleType] = None) -> Optional[importlib.machinery.ModuleSpec]:
        if nom.split(".", 1)[0] not in INUTILES:
            return None
        return importlib.machinery.ModuleSpec(nom, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _Coquille(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        return None


def importer_rasa() -> None:
    """Import what a server needs of Rasa, without the useless packages. Does nothing where one of them is already there."""
    if any(nom in sys.modules for nom in INUTILES):
        return
    coquilles = _Coquilles()
    sys.meta_path.insert(0, coquilles)
    try:
        for nom in _MODULES_DE_RASA:
            importlib.import_module(nom)
    finally:
        sys.meta_path.remove(coquilles)
        for nom in [n for n in sys.modules if n.split(".", 1)[0] in INUTILES]:
            del sys.modules[nom]
    for nom in INUTILES:
        sys.modules[nom] = None  # type: ignore[assignment]
