"""Out to a spreadsheet and back: nothing lost, and a cell that is wrong is named, with its file."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from bot.scenarios import Echange, Scenario, fichiers, lire_scenario
from bot.scenarios.annexes import SCENARIOS
from bot.scenarios.ecriture import en_yaml
from bot.scenarios.feuilles import TableurInvalide
from bot.scenarios.tableur import EN_TETE, exporter, importer

PIEGES = 'scénario: "=des pièges"\nconnu: "-3 : l\'accord"\néchanges:\n- dit: ""\n- dit: "  "\n  contient: ["=1+1", "@a", "\'ici"]\n- clique: Oui\n- façons: [0639980012, "a;b\\"c"]\n'
PIEGES += "  répond: [faq/cout, cout/reseau]\n  retient: {commune: 'Dijon: centre', age: 15}\n- dit: |-\n    deux\n    lignes\n"
MORCEAUX = ["=1+1", "'", "\\", "\\n", "\n", "(vide)", "\\(vide)", ";", ",", '"', "\t", " ", "é", "🙏", "-3", "06", "15", "#", ": ", "vrai", "1/2", "_x0041_", "\u2028", "\x85"]


def _au_hasard(tirage: random.Random, rang: int) -> Scenario:
    def texte() -> str:
        brut = "".join(tirage.choices(MORCEAUX, k=tirage.randint(1, 4)))
        return brut if brut.strip() else "a"

    def textes() -> tuple[str, ...]:
        return tuple(texte() for _ in range(tirage.randint(1, 3)))

    echanges = tuple(Echange(0, dit=tirage.choice(["", texte()]), contient=textes(), propose=textes(), retient={"metier": texte().strip()}) for _ in range(3))
    return Scenario(Path(f"d/{rang}.yml"), texte(), (*echanges, Echange(0, facons=(texte(), texte())), Echange(0, clique=texte())), connu=texte())


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


@pytest.mark.parametrize("extension", ["xlsx", "csv"])
def test_n_importe_quel_texte_fait_l_aller_et_retour(extension: str, tmp_path: Path) -> None:
    tirage = random.Random(8)
    tous = [(f"d/{rang}.yml", _au_hasard(tirage, rang)) for rang in range(150)]
    exporter(tous, tmp_path / f"a.{extension}")
    for (fichier, avant), apres in zip(tous, importer(tmp_path / f"a.{extension}", tmp_path)):
        assert en_yaml(apres) == en_yaml(avant), fichier


def test_ce_qui_est_ecrit_se_relit_pareil(tmp_path: Path) -> None:
    for chemin in fichiers(SCENARIOS):
        avant = lire_scenario(chemin)
        copie = tmp_path / "copie.yml"
        copie.write_text(en_yaml(avant), encoding="utf-8")
        assert en_yaml(lire_scenario(copie)) == en_yaml(avant), chemin


def test_une_formule_reste_un_texte_et_une_case_neuve_aussi(tmp_path: Path) -> None:
    piege = tmp_path / "piege.yml"
    piege.write_text(PIEGES, encoding="utf-8")
    exporter([("piege.yml", lire_scenario(piege))], tmp_path / "a.xlsx")
    feuille = load_workbook(tmp_path / "a.xlsx").active
    cases = [case for ligne in feuille.iter_rows() for case in ligne if case.value]
    assert "=des pièges" in {case.value for case in cases} and {case.data_type for case in cases} == {"s"}
    assert feuille.column_dimensions["F"].number_format == "@"


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
        ({"dit": date(2026, 3, 4)}, "F2", "une date"),
        ({"contient": "=1+1"}, "I2", "une formule"),
    ],
)
def test_une_case_fausse_est_nommee(cellules: dict[str, object], case: str, raison: str, tmp_path: Path) -> None:
    ligne = {"fichier": "precisions/a.yml", "scénario": "un essai", "dit": "c cb", "contient": "800", **cellules}
    classeur = Workbook()
    classeur.active.append(EN_TETE)
    classeur.active.append([ligne.get(nom, "") for nom in EN_TETE])
    classeur.save(tmp_path / "a.xlsx")
    with pytest.raises(TableurInvalide) as refus:
        importer(tmp_path / "a.xlsx", tmp_path)
    assert str(refus.value).startswith(f"a.xlsx, {case} : ") and raison in str(refus.value)


def test_chaque_scenario_faux_est_dit_d_un_coup_dans_les_colonnes_de_ce_fichier(tmp_path: Path) -> None:
    """Columns moved or left out by hand: a cell is named where it is in this file, not where we would have written it."""
    tableur = tmp_path / "à moi.csv"
    lignes = ["Scénario,fichier,comprend,dit", "un,p/a.yml,faq/coût,c cb", "deux,p/b.yml,,bonjour", ",p/c.yml,,salut", "trop,,,bonjour"]
    tableur.write_text("\n".join(lignes), encoding="utf-8")
    with pytest.raises(TableurInvalide) as refus:
        importer(tableur, tmp_path)
    premiere, seconde = str(refus.value).splitlines()
    assert premiere.startswith("à moi.csv, C2 : le sujet « faq/coût »") and seconde.startswith("à moi.csv, A5 : « scénario »")


@pytest.mark.parametrize(
    "nom, octets, raison",
    [
        ("a.csv", "fichier;scénario;dit\np/a.yml;été;é".encode("latin-1"), "CSV UTF-8"),
        ("a.csv", None, "n'existe pas"),
        ("a.csv", b"", "colonne"),
        ("a.csv", "fichier;scénario;dis\n".encode(), "tu voulais écrire « dit »"),
        ("a.csv", b"fichier;dit;sc\xc3\xa9nario\n;a\x00;b", "a.csv"),
        ("a.xlsx", b"pas un classeur", "n'est pas un classeur lisible"),
        ("a.xlsx", None, "n'existe pas"),
    ],
)
def test_un_fichier_illisible_est_dit_par_son_nom(nom: str, octets: bytes | None, raison: str, tmp_path: Path) -> None:
    if octets is not None:
        (tmp_path / nom).write_bytes(octets)
    with pytest.raises(TableurInvalide) as refus:
        importer(tmp_path / nom, tmp_path)
    assert nom in str(refus.value) and raison in str(refus.value)
