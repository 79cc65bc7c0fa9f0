"""Out to a spreadsheet and back: nothing lost, and a cell that is wrong is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from bot.scenarios import fichiers, lire_scenario
from bot.scenarios.annexes import SCENARIOS
from bot.scenarios.ecriture import en_yaml
from bot.scenarios.tableur import EN_TETE, TableurInvalide, exporter, importer

PIEGES = 'scénario: "=des pièges"\nconnu: "-3 : l\'accord"\néchanges:\n- dit: ""\n- dit: "  "\n  contient: ["=1+1", "@a", "\'ici"]\n- clique: Oui\n- façons: [0639980012, "a;b\\"c"]\n'
PIEGES += "  répond: [faq/cout, cout/reseau]\n  retient: {commune: 'Dijon: centre', age: 15}\n- dit: |-\n    deux\n    lignes\n"



@pytest.mark.parametrize("extension", ["xlsx", "csv"])
def test_tous_les_scenarios_font_l_aller_et_retour(extension: str, tmp_path: Path) -> None:
    (tmp_path / "precisions").mkdir()
    (tmp_path / "precisions" / "pieges.yml").write_text(PIEGES, encoding="utf-8")
    tous = [(chemin.relative_to(dossier).as_posix(), lire_scenario(chemin)) for dossier in (SCENARIOS, tmp_path) for chemin in fichiers(dossier)]
    tableur = tmp_path / f"scenarios.{extension}"
    exporter(tous, tableur)
    revenus = importer(tableur, tmp_path)
    assert [s.chemin.relative_to(tmp_path).as_posix() for s in revenus] == [fichier for fichier, _ in tous]
    for (fichier, avant), apres in zip(tous, revenus):
        assert en_yaml(apres) == en_yaml(avant), fichier


def test_ce_qui_est_ecrit_se_relit_pareil(tmp_path: Path) -> None:
    for chemin in fichiers(SCENARIOS):
        avant = lire_scenario(chemin)
        copie = tmp_path / "copie.yml"
        copie.write_text(en_yaml(avant), encoding="utf-8")
        assert en_yaml(lire_scenario(copie)) == en_yaml(avant), chemin


def test_une_formule_reste_un_texte(tmp_path: Path) -> None:
    piege = tmp_path / "piege.yml"
    piege.write_text(PIEGES, encoding="utf-8")
    exporter([("piege.yml", lire_scenario(piege))], tmp_path / "a.xlsx")
    cases = [case for ligne in load_workbook(tmp_path / "a.xlsx").active.iter_rows() for case in ligne if case.value]
    assert "=des pièges" in {case.value for case in cases} and {case.data_type for case in cases} == {"s"}


@pytest.mark.parametrize(
    "cellules, case, raison",
    [
        ({"comprend": "faq/coût"}, "L2", "« faq/cout »"),
        ({"dit": "06 12 34 56 78"}, "F2", "06 39 98"),
        ({"retient": "commune Dijon"}, "N2", "rien ne s'appelle « commune Dijon »"),
        ({"clique": "Oui"}, "F2", "soit « dit »"),
        ({"fichier": "../dehors.yml"}, "A2", "dossier/nom.yml"),
        ({"scénario": ""}, "B2", "« scénario » est vide"),
        ({"persona": "Enzoo"}, "D2", "« Enzo"),
    ],
)
def test_une_case_fausse_est_nommee(cellules: dict[str, str], case: str, raison: str, tmp_path: Path) -> None:
    ligne = {"fichier": "precisions/a.yml", "scénario": "un essai", "dit": "c cb", "contient": "800", **cellules}
    classeur = Workbook()
    classeur.active.append(EN_TETE)
    classeur.active.append([ligne.get(nom, "") for nom in EN_TETE])
    classeur.save(tmp_path / "a.xlsx")
    with pytest.raises(TableurInvalide) as refus:
        importer(tmp_path / "a.xlsx", tmp_path)
    assert str(refus.value).startswith(f"{case} : ") and raison in str(refus.value)
