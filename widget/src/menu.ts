/** The menu: a button that unfolds a short list of buttons. Escape or going elsewhere folds it again. */
import { LitElement, html, nothing } from "lit";
import { ICONES } from "./icones";
import { MOTS } from "./mots";
import { voixPossible } from "./voix";

export type Geste = "effacer" | "recommencer" | "lire" | "grand" | "resume";

export class EtabliMenu extends LitElement {
  static override properties = { grand: { type: Boolean }, lit: { type: Boolean }, resumable: { type: Boolean }, ouvert: { state: true }, sur: { state: true } };
  declare grand: boolean;
  declare lit: boolean;
  declare resumable: boolean;
  declare ouvert: boolean;
  declare sur: boolean;

  constructor() {
    super();
    Object.assign(this, { grand: false, lit: false, resumable: false, ouvert: false, sur: false });
  }

  protected override createRenderRoot(): HTMLElement { return this; }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener("keydown", this.touche);
    this.addEventListener("focusout", this.sortie);
    this.getRootNode().addEventListener("pointerdown", this.ailleurs);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.getRootNode().removeEventListener("pointerdown", this.ailleurs);
  }

  override render(): unknown {
    return html`<button type="button" class="rond" aria-expanded=${String(this.ouvert)} aria-controls="etabli-menu" @click=${() => this.basculer(!this.ouvert)}>
        <span class="cache">${MOTS.menu}</span>${ICONES.menu}</button>
      <div id="etabli-menu" class="menu-liste" ?hidden=${!this.ouvert}>${this.sur ? this.confirmer() : this.gestes()}</div>`;
  }

  private gestes(): unknown {
    return html`${voixPossible() ? this.bouton("lire", ICONES.lire, MOTS.lire, MOTS.lireAide, this.lit) : nothing}
      ${this.bouton("grand", ICONES.grand, MOTS.grand, "", this.grand)}
      ${this.resumable ? this.bouton("resume", ICONES.resume, MOTS.resume, MOTS.resumeAide) : nothing}
      ${this.bouton("recommencer", ICONES.recommencer, MOTS.recommencer, MOTS.recommencerAide)}
      <button type="button" @click=${this.demanderSur}>${ICONES.effacer}<span>${MOTS.effacer}</span><small>${MOTS.effacerAide}</small></button>`;
  }

  private confirmer(): unknown {
    return html`<div role="group" aria-label=${MOTS.effacerSur}><p class="question">${MOTS.effacerSur}</p>
      <button type="button" class="grave" @click=${() => this.faire("effacer")}>${ICONES.effacer}<span>${MOTS.oui}</span></button>
      <button type="button" class="prudent" @click=${() => this.basculer(false, true)}>${ICONES.fermer}<span>${MOTS.non}</span></button></div>`;
  }

  private bouton(geste: Geste, icone: unknown, titre: string, aide: string, presse?: boolean): unknown {
    return html`<button type="button" aria-pressed=${presse === undefined ? nothing : String(presse)} @click=${() => this.faire(geste)}>
      ${icone}<span>${titre}${presse ? html`<span class="coche" aria-hidden="true"> ✓</span>` : nothing}</span>${aide ? html`<small>${aide}</small>` : nothing}</button>`;
  }

  private async demanderSur(): Promise<void> {
    this.sur = true;
    await this.updateComplete;
    this.querySelector<HTMLElement>(".prudent")?.focus();
  }

  private faire(geste: Geste): void {
    this.basculer(false, true);
    this.dispatchEvent(new CustomEvent("menu-geste", { detail: geste, bubbles: true }));
  }

  private basculer(ouvert: boolean, rendreLeFocus = false): void {
    this.ouvert = ouvert;
    this.sur = false;
    if (rendreLeFocus) this.querySelector("button")?.focus();
  }

  private touche = (e: KeyboardEvent): void => {
    if (e.key !== "Escape" || !this.ouvert) return;
    e.stopPropagation();
    e.preventDefault();
    this.basculer(false, true);
  };

  private sortie = (e: FocusEvent): void => { if (e.relatedTarget && !this.contains(e.relatedTarget as Node)) this.basculer(false); };
  private ailleurs = (e: Event): void => { if (this.ouvert && !this.contains(e.target as Node)) this.basculer(false); };
}
