/** « Télécharger le résumé »: one plain page, to keep or to print, for the parents or the counsellor. */
import type { Entree } from "./discussion";
import { sourceDite, sourcesDe } from "./bulles";
import { details, distance, lieuDe, reste } from "./ecoles";
import type { Ecole } from "./contrat";
import { estUrgent } from "./liens";

const STYLE = "body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#161a22}h1{margin-bottom:0}h2{margin-top:2rem}"
  + ".q{font-weight:700;margin:1.2rem 0 .2rem}.r{white-space:pre-line;margin:0 0 .4rem}.e{border:1px solid #bbb;border-radius:.6rem;padding:.6rem .9rem;margin:.5rem 0;break-inside:avoid}"
  + ".s{color:#555;font-size:.85rem;margin:0}@media print{body{margin:0}}";

const SIGNES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
export const echapper = (texte: string): string => texte.replace(/[&<>"']/g, (c) => SIGNES[c] ?? c);

export function resume(nom: string, entrees: Entree[], maintenant = new Date()): string {
  const date = new Intl.DateTimeFormat("fr", { dateStyle: "long", timeStyle: "short" }).format(maintenant);
  const ecoles = new Map<string, Ecole>();
  const lignes = aMontrer(entrees).flatMap((entree) => {
    if (entree.de === "toi") return [`<p class="q">${echapper(entree.texte)}</p>`];
    return entree.messages.flatMap((m) => {
      // The first time a school is shown says how far it is, the next ones may not.
      m.ecoles.forEach((e) => { if (!ecoles.has(e.id || e.nom)) ecoles.set(e.id || e.nom, e); });
      const sources = sourcesDe(m).map(sourceDite).join(" ; ");
      const texte = Object.values(reste(m)).filter(Boolean).join("\n");
      return [
        texte ? `<p class="r">${echapper(texte)}</p>` : "",
        m.ecoles.length ? `<p class="r">Écoles : ${echapper(m.ecoles.map((e) => e.nom).join(" ; "))}</p>` : "",
        sources ? `<p class="s">Source : ${echapper(sources)}</p>` : "",
      ];
    });
  });
  const fiches = [...ecoles.values()].map(fiche).join("");
  return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Ma discussion avec ${echapper(nom)}</title>`
    + `<style>${STYLE}</style></head><body><h1>Ma discussion avec ${echapper(nom)}</h1><p class="s">${echapper(date)}. ${echapper(nom)} est un programme : vérifie auprès de l'école ce qui compte.</p>`
    + `${fiches ? `<h2>Les écoles montrées</h2>${fiches}` : ""}<h2>Questions et réponses</h2>${lignes.join("")}</body></html>`;
}

/** A page that goes around: the answers to a form (a phone number) stay out of it, and what was said in distress too. */
function aMontrer(entrees: Entree[]): Entree[] {
  const question = (e: Entree | undefined): boolean => e?.de === "etabli" && e.messages.some((m) => m.etape);
  const secours = (e: Entree | undefined): boolean => e?.de === "etabli" && e.messages.some((m) => estUrgent(m.texte));
  return entrees.filter((e, i) => !question(e) && !secours(e) && !(e.de === "toi" && (question(entrees[i - 1]) || secours(entrees[i + 1]))));
}

function fiche(e: Ecole): string {
  const ou = [lieuDe(e), distance(e)].filter(Boolean).join(", ");
  const lignes = [ou, e.adresse, ...details(e), e.site].filter(Boolean).map(echapper);
  return `<div class="e"><strong>${echapper(e.nom)}</strong><br>${lignes.join("<br>")}</div>`;
}

/** Offered as a file: works under any policy of the page, and on a phone opens in the browser. */
export function telecharger(contenu: string, nom: string): void {
  const adresse = URL.createObjectURL(new Blob([contenu], { type: "text/html;charset=utf-8" }));
  const lien = document.createElement("a");
  lien.href = adresse;
  lien.download = nom;
  lien.click();
  setTimeout(() => URL.revokeObjectURL(adresse), 10_000);
}
