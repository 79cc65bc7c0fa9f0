/** Where the person writes: grows with the text, brings up the right keyboard, shows how far a form has come. */
import { LitElement, html, nothing } from "lit";
import type { Etape } from "./contrat";
import { ICONES } from "./icones";
import { MOTS, restants } from "./mots";

export const LONGUEUR_MAXIMALE = 1000;
const MOYENS = ["tel", "email"] as const;
type Moyen = (typeof MOYENS)[number];
const ALERTE = 100; // characters left when the counter appears

export class EtabliSaisie extends LitElement {
  static override properties = { etape: { attribute: false }, pleine: { type: Boolean }, reste: { state: true }, vide: { state: true }, moyen: { state: true } };
  declare etape: Etape | null;
  declare pleine: boolean;
  declare reste: number;
  declare vide: boolean;
  declare moyen: Moyen;

  constructor() {
    super();
    Object.assign(this, { etape: null, pleine: false, reste: LONGUEUR_MAXIMALE, vide: true, moyen: "tel" });
  }

  protected override createRenderRoot(): HTMLElement { return this; }

  get champ(): HTMLTextAreaElement | null { return this.querySelector("textarea"); }

  override render(): unknown {
    const contact = this.etape?.saisie === "contact";
    const clavier = contact ? this.moyen : this.etape?.saisie === "numeric" ? "numeric" : "text";
    return html`<form @submit=${this.soumettre} novalidate>
      ${this.etape ? progression(this.etape) : nothing}
      ${contact ? this.moyens() : nothing}
      <p class="compteur" id="etabli-compteur" ?hidden=${this.reste > ALERTE}>${this.reste > 0 ? restants(this.reste) : MOTS.maximum}</p>
      <div class="ligne">
        <label class="cache" for="etabli-champ">${MOTS.champ}</label>
        <textarea id="etabli-champ" rows="1" maxlength=${LONGUEUR_MAXIMALE} placeholder=${contact ? MOTS[`${this.moyen}Exemple`] : MOTS.champ} enterkeyhint="send" aria-describedby="etabli-compteur"
          inputmode=${clavier} autocomplete=${contact ? this.moyen : "off"} autocapitalize=${contact ? "off" : "sentences"} @input=${this.mesurer} @keydown=${this.touche}></textarea>
        <button type="submit" class="rond envoi" aria-disabled=${String(this.vide || this.pleine)}><span class="cache">${MOTS.envoyer}</span>${ICONES.envoyer}</button>
      </div>
    </form>`;
  }

  /** A phone shows the digits or the letters with an @: one touch goes from one to the other. Both are always accepted. */
  private moyens(): unknown {
    return html`<div class="moyens" role="group" aria-label=${MOTS.repondreAvec}>
      ${MOYENS.map((m) => html`<button type="button" aria-pressed=${String(m === this.moyen)} @click=${() => this.choisir(m)}>${MOTS[m]}</button>`)}</div>`;
  }

  private async choisir(moyen: Moyen): Promise<void> {
    this.moyen = moyen;
    await this.updateComplete;
    this.champ?.blur(); // the keyboard is chosen when the field takes the focus
    this.champ?.focus();
  }

  vider(): void { if (this.champ) this.champ.value = ""; this.mesurer(); }

  private mesurer(): void {
    const champ = this.champ;
    if (!champ) return;
    champ.style.height = "auto";
    if (champ.value) champ.style.height = `${champ.scrollHeight + 2}px`; // its two borders
    const reste = LONGUEUR_MAXIMALE - champ.value.length;
    // Read aloud when it appears and when it is full, not at every key.
    const seuil = (reste <= ALERTE && this.reste > ALERTE) || (reste <= 0 && this.reste > 0);
    this.reste = reste;
    this.vide = !champ.value.trim();
    if (seuil) this.emettre("annoncer", reste > 0 ? restants(reste) : MOTS.maximum);
  }

  private touche(e: KeyboardEvent): void {
    if (e.key === "Enter" && !e.shiftKey && !e.isComposing) this.soumettre(e);
    e.stopPropagation(); // shortcuts of the page must not answer to what is typed here
    if (e.key === "Escape") this.emettre("fermer", "");
  }

  private soumettre(e: Event): void {
    e.preventDefault();
    const texte = this.champ?.value.trim() ?? "";
    if (texte && !this.pleine) this.emettre("ecrire", texte);
  }

  private emettre(nom: string, detail: string): void { this.dispatchEvent(new CustomEvent(`saisie-${nom}`, { detail, bubbles: true })); }
}

function progression(e: Etape): unknown {
  return html`<div class="etape"><label for="etabli-etape">${MOTS.etape} ${e.numero} ${MOTS.sur} ${e.total}</label>
    <progress id="etabli-etape" max=${e.total} value=${e.numero}></progress></div>`;
}
