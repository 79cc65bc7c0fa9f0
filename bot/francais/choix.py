"""Yes or no, only when the message says little else."""

from __future__ import annotations

import re

from bot.francais.texte import cle

_OUI = (
    r"oui+|ouais+|ouai|ouep|ui|wi|we|woui|yes+|yep|yeah|ya|ok|okay|oki|okey|okk+|k|dac+|dacc|dak|d accord|daccord|dacor|dakor|vas y|vazy|vasy|va s y|go|grave|carrement|bien sur|biensur|evidemment|absolument"
    r"|exact|exactement|c est ca|cest ca|c ca|voila|tout a fait|bah oui|ben oui|mais oui|si|parfait|nickel|ca marche|sa marche|ca me va|ca roule|pourquoi pas|volontiers|avec plaisir|je veux bien|j veux bien|jveux bien"
    r"|je suis d accord|j accepte|je confirme|confirme|je valide|valide|allez|allez y|aller|envoie|envoyez|c est bon|cest bon|c bon|top|super|cool|impec|affirmatif|tqt oui|jsuis chaud|je suis chaud|chaud|ca me dit|bien evidemment"
    r"|(?:je suis|jsuis|j suis|chui|on est|nous sommes|il est|elle est|(?:le (?:parent|jeune)|l eleve|mon (?:fils|eleve)|ma fille) est|tout le monde est) (?:ok|d accord|daccord|dacc|partante?)"
    r"|c est correct|correct|c est exact|amen|oui oui"
)
_NON = (
    r"non+|nan+|nn|nope|nop|no|naan|nah|na|pas du tout|pas question|jamais|hors de question|surtout pas|pas maintenant|pas pour l instant|pas pour le moment|pas encore|non merci|nan merci|merci non|je refuse|refuse|je veux pas|jveux pas"
    r"|je ne veux pas|j veux pas|pas envie|j ai pas envie|bof non|negatif|absolument pas|c est mort|mort|laisse|pas d accord|je suis pas d accord|je ne suis pas d accord|certainement pas|ca va pas|c est pas ca|c est faux|faux|c est pas bon|pas trop|pas vraiment|ca me dit pas|non non|pas besoin|jamais de la vie|evidemment que non|bien sur que non"
)
_AUTOUR = r"(?:merci|stp|svp|s il (?:te|vous) plait|s il|bah|ben|euh+|heu+|hein|alors|mais|mdr|lol|frere|frero|frr|wesh|mec|gros|bro|madame|monsieur|c est bon|je pense|je crois|pour moi|bien|en fait|ah|oh|eh|et|beaucoup|toujours|bonjour|tkt|tqt)"
_FORME_OUI = re.compile(rf"(?:{_AUTOUR} )*(?:{_OUI})(?: (?:{_AUTOUR}|{_OUI}))*")
_FORME_NON = re.compile(rf"(?:{_AUTOUR} )*(?:{_NON})(?: (?:{_AUTOUR}|{_NON}))*")
PASSER = re.compile(
    r"(?:passe[rz]?|je passe|jpasse|skip|suivant\w*|next|rien|aucune?|aucune idee|je (?:ne )?sais pas|jsp|j sais pas|jsais pas|chais pas|sais pas|pas d idee|pas de (?:preference|raison|motif)|on passe"
    r"|ca m est egal|egal|peu importe|bof|rien de special|rien de particulier|pas particulierement|sans)(?: (?:merci|stp|svp|frr|mdr))?"
)
ENVOYER = re.compile(
    r"(?:(?:oui|ok|ouais|allez|vas y|c est bon|cest bon|parfait|go|c bon|tout est (?:bon|juste)|non c est bon) )*(?:tu peux |vous pouvez |je veux )?(?:l |les |la )?(?:envoye[rz]?|envoie|envois?|valide[rz]?|confirme[rz]?|transmet\w*|tout est (?:bon|juste|ok|correct)|c est (?:tout )?bon|c est juste)"
    r"(?: (?:la|le|ma demande|moi ca|ca|stp|svp|merci|tout|go))*"
)
_OUI_D_ABORD = re.compile(r"(?:(?:ah|ben|bah|mais|euh|alors) )*(?:oui+|ouais+|ouai|ouep|yes|ok|okay|d accord|daccord|volontiers|avec plaisir|bien sur) ")
_MOTS_MAXIMUM = 7
_EMOJIS = {"👍": "oui", "👎": "non", "👌": "oui", "✅": "oui", "❌": "non"}


def oui_non(texte: str) -> bool | None:
    """True for yes, False for no, None when the message is neither, both, a question or says something else as well."""
    if len(texte) > 80 or "?" in texte:
        return None
    for emoji, mot in _EMOJIS.items():
        texte = texte.replace(emoji, f" {mot} ")
    cles = re.sub(r"([a-z])\1{2,}", r"\1", cle(texte))
    if not cles or len(cles.split()) > _MOTS_MAXIMUM:
        return None
    if _FORME_NON.fullmatch(cles):
        return False
    return True if _FORME_OUI.fullmatch(cles) else None


def commence_par_oui(texte: str) -> bool:
    """« oui, je suis sa maman » : a yes, then something else."""
    return bool(_OUI_D_ABORD.match(cle(texte)))


def dit(texte: str, motif: re.Pattern[str]) -> bool:
    """Whether the message says this and nothing else (``PASSER``, ``ENVOYER``)."""
    return len(texte) <= 80 and "?" not in texte and bool(motif.fullmatch(cle(texte)))
