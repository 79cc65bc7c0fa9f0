"""The evaluation as a page that a counsellor can read: what is confused with what, and every message that went wrong."""

from __future__ import annotations

from collections import Counter
from html import escape
from pathlib import Path
from typing import Sequence

from bench.messages import MessageEvalue
from bench.mesures import Bilan, Compris

_STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse}
td,th{padding:.25rem .6rem;border-bottom:1px solid #ddd;text-align:left;vertical-align:top}svg text{font-size:9px}"""


def ecrire(fichier: Path, messages: Sequence[MessageEvalue], compris: Sequence[Compris], bilan: Bilan) -> Path:
    """Write the page and return its path."""
    manques = [(m, c) for m, c in zip(messages, compris) if not _juste(m, c)]
    confusions = Counter((m.etiquettes[0], c.decision) for m, c in manques if len(m.etiquettes) == 1)
    lignes = "".join(f"<tr><td>{escape(a)}</td><td>{escape(b)}</td><td>{n}</td></tr>" for (a, b), n in confusions.most_common(25))
    rates = "".join(
        f"<tr><td>{escape(m.texte)}</td><td>{escape(' + '.join(m.etiquettes))}</td><td>{escape(c.decision)}</td>"
        f"<td>{escape(c.premier)} ({c.confiance:.0%})</td><td>{escape(m.style)}</td></tr>"
        for m, c in manques
    )
    contenu = (
        f'<!doctype html><html lang="fr"><meta charset="utf-8"><title>Ce qu\'Établi comprend</title><style>{_STYLE}</style>'
        f"<h1>Ce qu'Établi comprend</h1><p>{len(messages)} messages jamais vus à l'entraînement ; {bilan.justesse:.0%} des questions du sujet "
        f"sont comprises du premier coup, {bilan.detresse_rappel:.0%} des détresses sont reconnues.</p>"
        f"<h2>La table des confusions</h2><p>Une ligne par sujet demandé, une colonne par sujet compris ; plus c'est foncé, plus c'est fréquent. "
        f"La diagonale est ce qui est juste.</p>{_image(messages, compris)}"
        f"<h2>Les confusions les plus fréquentes</h2><table><tr><th>demandé</th><th>compris</th><th>fois</th></tr>{lignes}</table>"
        f"<h2>Tous les messages manqués ({len(manques)})</h2><table><tr><th>message</th><th>attendu</th><th>répondu</th>"
        f"<th>meilleure étiquette</th><th>style</th></tr>{rates}</table></html>"
    )
    fichier.parent.mkdir(parents=True, exist_ok=True)
    fichier.write_text(contenu, encoding="utf-8")
    return fichier


def _juste(message: MessageEvalue, lu: Compris) -> bool:
    if message.genre == "plusieurs":
        return set(message.etiquettes) <= set(lu.questions)
    if message.genre == "detresse":
        return lu.decision.startswith("detresse")
    return message.accepte(lu.decision)


def _image(messages: Sequence[MessageEvalue], compris: Sequence[Compris], cote: int = 12, marge: int = 170) -> str:
    comptes = Counter((m.etiquettes[0], c.decision) for m, c in zip(messages, compris) if len(m.etiquettes) == 1)
    noms = sorted({nom for couple in comptes for nom in couple})
    rang = {nom: i for i, nom in enumerate(noms)}
    total = Counter(m.etiquettes[0] for m in messages if len(m.etiquettes) == 1)
    cases = "".join(
        f'<rect x="{marge + rang[b] * cote}" y="{rang[a] * cote}" width="{cote}" height="{cote}" '
        f'fill="{"#0a7" if a == b else "#c22"}" opacity="{max(0.15, n / total[a]):.2f}"><title>{escape(a)} compris {escape(b)} : {n}</title></rect>'
        for (a, b), n in comptes.items()
    )
    titres = "".join(f'<text x="{marge - 4}" y="{i * cote + 9}" text-anchor="end">{escape(nom)}</text>' for nom, i in rang.items())
    largeur = marge + len(noms) * cote
    return f'<svg viewBox="0 0 {largeur} {len(noms) * cote}" width="100%" role="img" aria-label="Table des confusions">{titres}{cases}</svg>'
