"""Latency against the turn of a conversation, both sides, as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Sequence

import numpy as np

FENETRE = 10


def dessiner(fichier: Path, nous: Sequence[Sequence[float]], eux: Sequence[Sequence[float]]) -> None:
    """Write an SVG: median over the conversations of a side, smoothed over ten turns."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    matplotlib.rcParams.update({"svg.hashsalt": "etabli", "svg.fonttype": "none"})
    figure, axes = plt.subplots(figsize=(7, 3.5))
    for nom, conversations, couleur in (("Rasa d'usage", eux, "#b5533c"), ("Établi", nous, "#1f6f5c")):
        medianes = np.median(np.array(conversations), axis=0)
        lisses = [float(np.median(medianes[max(0, i - FENETRE + 1) : i + 1])) for i in range(len(medianes))]
        axes.plot(range(1, len(lisses) + 1), lisses, label=nom, color=couleur)
    axes.set(xlabel="tour de la conversation", ylabel="réponse, en ms", ylim=(0, None), xlim=(1, None))
    axes.legend(frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(fichier, metadata={"Date": None})
    plt.close(figure)
