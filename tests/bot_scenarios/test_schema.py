"""The schema that editors use says the same as the reader: every scenario passes, broken ones do not."""

from __future__ import annotations

import json

import pytest
import yaml
from jsonschema import Draft7Validator

from bot.scenarios import fichiers
from bot.scenarios.annexes import SCENARIOS
from bot.scenarios.schema import SCHEMA, schema


@pytest.fixture(scope="module")
def validateur() -> Draft7Validator:
    lu = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft7Validator.check_schema(lu)
    return Draft7Validator(lu)


def test_le_schema_accepte_chaque_scenario(validateur: Draft7Validator) -> None:
    for chemin in fichiers(SCENARIOS):
        fautes = [f"{faute.json_path} : {faute.message[:200]}" for faute in validateur.iter_errors(yaml.safe_load(chemin.read_text(encoding="utf-8")))]
        assert not fautes, f"{chemin.name} : {fautes} ; un sujet neuf ? relance « etabli scenarios schema »"


def test_le_schema_est_celui_d_aujourd_hui() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == schema(), "un nom neuf ? relance « etabli scenarios schema »"


@pytest.mark.parametrize(
    "echange",
    [
        "contiens: [ici]", "comprend: faq/coût", "contient: []", "clique: Oui", "contient: ['']", "retient: {}", "retient: {métier: usinage}",
        "répond: Le Prix", "répond: [faq/coût]", "façons: [a, b]",
    ],
)  # fmt: skip
def test_le_schema_refuse_ce_qui_est_faux(validateur: Draft7Validator, echange: str) -> None:
    sain = {"scénario": "un essai", "échanges": [{"dit": "bonjour"}]}
    assert validateur.is_valid(sain)
    sain["échanges"][0].update(yaml.safe_load(echange))
    assert not validateur.is_valid(sain)
