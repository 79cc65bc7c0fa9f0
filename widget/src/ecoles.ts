/** Schools as cards, in place of the words that say the same. */
import { html, nothing, type TemplateResult } from "lit";
import type { Ecole, MessageBot } from "./contrat";
import { ICONES } from "./icones";
import { adresseSure, lien } from "./liens";
import { MOTS } from "./mots";
import { insecable } from "./typographie";

const majuscule = (texte: string): string => insecable(texte.charAt(0).toUpperCase() + texte.slice(1));

/** What the words of a message still say once its cards are drawn: before them, and after. */
export interface Reste { avant: string; apres: string }

/** One school, told in full. */
export const estFiche = (m: MessageBot): boolean => m.ecoles.length === 1 && m.texte.split("\n")[0] === m.ecoles[0]?.nom;

export function reste(m: MessageBot): Reste {
  const [seule] = m.ecoles;
  return seule && estFiche(m) ? { avant: "", apres: sansFiche(m.texte, seule) } : sansListe(m.texte, m.ecoles);
}

/** The lines that the card does not hold. */
function sansFiche(texte: string, e: Ecole): string {
  const dites = [e.nom, lieuDe(e), e.diplomes.map(majuscule).join(" ; "), e.prix, e.hebergement, e.doute, e.adresse, e.site].map(majuscule);
  return texte.split("\n").filter((ligne) => !dites.includes(majuscule(ligne))).join("\n");
}

/** The text around the numbered lines that the cards replace; whole when one of them is not found there. */
function sansListe(texte: string, ecoles: Ecole[]): Reste {
  const lignes = texte.split("\n");
  const [avant, apres]: [string[], string[]] = [[], []];
  let trouvees = 0;
  for (let i = 0; i < lignes.length; i++) {
    const [, rang = "", tete = ""] = /^(\d+)\. (.*)$/.exec(lignes[i] ?? "") ?? [];
    const ecole = ecoles[Number(rang) - 1];
    if (!ecole || !tete.startsWith(ecole.nom)) { (trouvees ? apres : avant).push(lignes[i] ?? ""); continue; }
    trouvees++;
    if (!/^\d+\. /.test(lignes[i + 1] ?? "1. ")) i++;
  }
  return ecoles.length && trouvees === ecoles.length ? { avant: avant.join("\n").trim(), apres: apres.join("\n").trim() } : { avant: texte, apres: "" };
}

export function distance(ecole: Ecole): string {
  if (ecole.distance === null) return "";
  if (ecole.distance < 1) return insecable("à moins d'un km");
  return insecable(`à ${ecole.exacte ? "" : "environ "}${Math.round(ecole.distance)} km`);
}

export const lieuDe = (e: Ecole): string => (e.departement ? `${e.commune} (${e.departement})` : e.commune);

/** What is known of a school besides its name and place, a line each. */
export const details = (e: Ecole): string[] => [...e.diplomes, e.prix, e.hebergement, e.doute].filter(Boolean).map(majuscule);

/** What a card's own buttons send: the server lets them through for schools that it has shown. */
export const charge = (geste: "presenter_ecole" | "demander_sejour", e: Ecole): string => `/${geste}{"ecole": ${JSON.stringify(e.id)}}`;

type Demander = (titre: string, charge: string) => void;

export function cartes(m: MessageBot, demander: Demander): TemplateResult {
  const rang = (i: number): number => (m.ecoles.length > 1 ? i + 1 : 0);
  return html`<ul class="ecoles" aria-label=${MOTS.ecoles}>${m.ecoles.map((e, i) => carte(e, rang(i), estFiche(m), demander))}</ul>`;
}

function carte(e: Ecole, rang: number, fiche: boolean, demander: Demander): TemplateResult {
  const puces = [e.prix, e.hebergement].filter(Boolean);
  return html`<li class="ecole">
    <h3>${rang ? html`<span class="rang">${rang}<span class="cache">. </span></span>` : nothing}<span>${insecable(e.nom)}</span></h3>
    <p class="lieu">${ICONES.lieu}<span>${fiche && e.adresse ? e.adresse : lieuDe(e)}${distance(e) ? html`<span class="km">, ${distance(e)}</span>` : nothing}</span></p>
    ${diplomes(e.diplomes, fiche)}
    ${puces.length ? html`<ul class="puces">${puces.map((p) => html`<li>${majuscule(p)}</li>`)}</ul>` : nothing}
    ${e.doute ? html`<p class="note">${majuscule(e.doute)}</p>` : nothing}
    <div class="gestes">
      ${e.id ? geste(MOTS.sejour, e, "geste plein", () => demander(`${MOTS.sejour} : ${e.nom}`, charge("demander_sejour", e))) : nothing}
      ${e.id && !fiche ? geste(MOTS.details, e, "geste", () => demander(e.nom, charge("presenter_ecole", e))) : nothing}
      ${site(e)}
    </div>
  </li>`;
}

function geste(titre: string, e: Ecole, classe: string, action: () => void): TemplateResult {
  return html`<button type="button" class=${classe} @click=${action}>${titre}<span class="cache"> : ${e.nom}</span></button>`;
}

/** One of a list of schools shows its first diploma, the others a touch away. */
function diplomes(tous: string[], fiche: boolean): unknown {
  const liste = (d: string[]): unknown => (d.length ? html`<ul class="diplomes">${d.map((x) => html`<li>${majuscule(x)}</li>`)}</ul>` : nothing);
  if (fiche || tous.length < 2) return liste(tous);
  return html`${liste(tous.slice(0, 1))}<details><summary>${MOTS.plusDeDiplomes} (${tous.length})</summary>${liste(tous.slice(1))}</details>`;
}

function site(e: Ecole): unknown {
  if (!e.site) return nothing;
  const sure = adresseSure(e.site);
  // An address without https is shown, not linked: on a school's network it could be anybody.
  return sure ? lien(sure, MOTS.site, ` de ${e.nom}${MOTS.onglet}`, "geste") : html`<span class="sans-lien">${e.site.replace(/^http:\/\/|\/$/g, "")}</span>`;
}
