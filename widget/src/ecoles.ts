/** Schools as cards, in place of the list in words that says the same. */
import { html, nothing, type TemplateResult } from "lit";
import type { Ecole, MessageBot } from "./contrat";
import { ICONES } from "./icones";
import { adresseSure, lien } from "./liens";
import { MOTS } from "./mots";

const DIPLOMES_MONTRES = 1;
const majuscule = (texte: string): string => texte.charAt(0).toUpperCase() + texte.slice(1);

/** The text without the numbered lines that the cards replace; whole when one of them is not found there. */
export function sansListe(texte: string, ecoles: Ecole[]): string {
  const lignes = texte.split("\n");
  const gardees: string[] = [];
  let trouvees = 0;
  for (let i = 0; i < lignes.length; i++) {
    const [, rang = "", tete = ""] = /^(\d+)\. (.*)$/.exec(lignes[i] ?? "") ?? [];
    const ecole = ecoles[Number(rang) - 1];
    if (!ecole || !tete.startsWith(ecole.nom)) { gardees.push(lignes[i] ?? ""); continue; }
    trouvees++;
    if (!/^\d+\. /.test(lignes[i + 1] ?? "1. ")) i++;
  }
  return trouvees === ecoles.length ? gardees.join("\n").trim() : texte;
}

/** Texts of a turn, each without what the cards after it say. */
export function textesDuTour(messages: MessageBot[]): string[] {
  return messages.map((m, i) => {
    const cartes = m.ecoles.length ? m : messages[i + 1]?.texte ? undefined : messages[i + 1];
    return cartes?.ecoles.length ? sansListe(m.texte, cartes.ecoles) : m.texte;
  });
}

export function distance(ecole: Ecole): string {
  if (ecole.distance === null) return "";
  if (ecole.distance < 1) return "à moins d'un km";
  return `à ${ecole.exacte ? "" : "environ "}${Math.round(ecole.distance)} km`;
}

export const lieuDe = (e: Ecole): string => (e.departement ? `${e.commune} (${e.departement})` : e.commune);

/** What a card's own buttons send: the server lets them through for schools that it has shown. */
export const charge = (geste: "presenter_ecole" | "demander_sejour", e: Ecole): string => `/${geste}{"ecole": ${JSON.stringify(e.id)}}`;

export function cartes(ecoles: Ecole[], demander: (titre: string, charge: string) => void): TemplateResult {
  return html`<ul class="ecoles" aria-label=${MOTS.ecoles}>${ecoles.map((e, i) => carte(e, i + 1, demander))}</ul>`;
}

function carte(e: Ecole, rang: number, demander: (titre: string, charge: string) => void): TemplateResult {
  const puces = [e.prix, e.hebergement].filter(Boolean);
  return html`<li class="ecole">
    <h3><span class="rang">${rang}<span class="cache">. </span></span><span>${e.nom}</span></h3>
    <p class="lieu">${ICONES.lieu}<span>${lieuDe(e)}${distance(e) ? html`<span class="km">, ${distance(e)}</span>` : nothing}</span></p>
    ${diplomes(e)}
    ${puces.length ? html`<ul class="puces">${puces.map((p) => html`<li>${majuscule(p)}</li>`)}</ul>` : nothing}
    ${e.doute ? html`<p class="note">${majuscule(e.doute)}</p>` : nothing}
    <div class="gestes">
      ${e.id ? html`${geste(MOTS.sejour, e, "geste plein", () => demander(`${MOTS.sejour} : ${e.nom}`, charge("demander_sejour", e)))}
        ${geste(MOTS.savoirPlus, e, "geste", () => demander(e.nom, charge("presenter_ecole", e)))}` : nothing}
      ${site(e)}
    </div>
  </li>`;
}

function geste(titre: string, e: Ecole, classe: string, action: () => void): TemplateResult {
  return html`<button type="button" class=${classe} @click=${action}>${titre}<span class="cache"> : ${e.nom}</span></button>`;
}

function diplomes(e: Ecole): unknown {
  const lignes = (d: string[]) => html`<ul class="diplomes">${d.map((x) => html`<li>${majuscule(x)}</li>`)}</ul>`;
  if (!e.diplomes.length) return nothing;
  if (e.diplomes.length <= DIPLOMES_MONTRES + 1) return lignes(e.diplomes);
  return html`${lignes(e.diplomes.slice(0, DIPLOMES_MONTRES))}
    <details><summary>${MOTS.plusDeDiplomes} (${e.diplomes.length})</summary>${lignes(e.diplomes.slice(DIPLOMES_MONTRES))}</details>`;
}

function site(e: Ecole): unknown {
  if (!e.site) return nothing;
  const sure = adresseSure(e.site);
  // An address without https is shown, not linked: on a school's network it could be anybody.
  return sure ? lien(sure, MOTS.site, ` de ${e.nom}${MOTS.onglet}`, "geste") : html`<span class="sans-lien">${e.site.replace(/^http:\/\//, "")}</span>`;
}
