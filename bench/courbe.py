"""``python -m bench.courbe``: does more data still pay? Accuracy against the number of examples a subject, printed and drawn.

The best label of our classifier, without thresholds, on both evaluation halves; small sets are gone over more often.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from bench.apprentissage import GRAINE, Exemple, Probabilites, apprendre, exemples
from bench.messages import MOITIES, lire
from bot.reglages import RACINE

PALIERS = (16, 32, 64, 128, 256, 10_000)
IMAGE = RACINE / "docs" / "courbe.svg"
_PASSAGES = 8
_PASSAGES_MAXIMUM = 40


def main() -> None:
    tous = exemples()
    points = []
    for palier in PALIERS:
        vus = _par_sujet(tous, palier)
        passages = min(_PASSAGES_MAXIMUM, max(_PASSAGES, _PASSAGES * len(tous) // len(vus)))
        taux = _justesses(apprendre(vus, passages))
        points.append((len(vus), taux))
        print(f"{palier if palier < PALIERS[-1] else 'tous':>5} par sujet, {len(vus):>6} messages : " + ", ".join(f"{n} {t:.3f}" for n, t in taux.items()), flush=True)
    _dessiner(points)
    print(f"Courbe : {IMAGE.relative_to(RACINE)}")


def _par_sujet(tous: list[Exemple], palier: int) -> list[Exemple]:
    groupes: dict[str, list[Exemple]] = defaultdict(list)
    for i in np.random.default_rng(GRAINE).permutation(len(tous)):
        groupes[tous[i].etiquettes[0]].append(tous[i])
    return [e for groupe in groupes.values() for e in groupe[:palier]]


def _justesses(probabilites: Probabilites) -> dict[str, float]:
    taux = {}
    for moitie in MOITIES:
        messages = [m for m in lire(moitie) if m.genre == "dans_le_sujet"]
        justes = [m.accepte(max(p, key=p.__getitem__)) for m, p in zip(messages, probabilites([m.texte for m in messages]))]
        taux[moitie] = float(np.mean(justes))
        for style in ("sms", "story"):
            taux[f"{moitie} {style}"] = float(np.mean([j for j, m in zip(justes, messages) if m.style == style]))
    return taux


def _dessiner(points: list[tuple[int, dict[str, float]]]) -> None:
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    matplotlib.rcParams["svg.hashsalt"] = "etabli"
    figure, axes = plt.subplots(figsize=(7, 4))
    for nom, trait in (("test", "-"), ("test sms", "--"), ("test story", ":"), ("developpement", "-.")):
        axes.plot([n for n, _ in points], [t[nom] for _, t in points], trait, marker="o", label={"test story": "test, histoires", "test sms": "test, SMS"}.get(nom, nom))
    axes.set_xscale("log", base=2)
    axes.set_xticks([n for n, _ in points], [f"{n}" for n, _ in points])
    axes.set_xlabel("messages d'entraînement")
    axes.set_ylabel("meilleure étiquette juste")
    axes.grid(alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(IMAGE, metadata={"Date": None})


if __name__ == "__main__":
    main()
