/** ``<etabli-lanceur>``: the round button in a corner, its short invitation, and the window it opens. */
import { LitElement, html, nothing, type PropertyValues } from "lit";
import type { EtabliChat } from "./chat";
import { peindre } from "./couleurs";
import { ICONES } from "./icones";
import { MOTS } from "./mots";
import { STYLE_LANCEUR } from "./style-lanceur";

const TELEPHONE = "(max-width: 640px), (max-height: 480px)";
const A_L_ECRAN = 0.5; // of a discussion in the page: less, and the button does not cover its field
const CLAVIER = 80; // px: a smaller change of height is the browser's own bars

export class EtabliLanceur extends LitElement {
  static override styles = STYLE_LANCEUR;
  static override properties = {
    serveur: {}, nom: {}, accueil: {}, question: {}, couleur: {}, theme: {}, invitation: {}, position: { reflect: true }, essai: { type: Boolean },
    ouvert: { type: Boolean, reflect: true }, invite: { state: true }, dansLaPage: { state: true },
  };
  declare serveur: string; declare nom: string; declare accueil: string; declare question: string; declare couleur: string; declare theme: string;
  declare invitation: string; declare position: string; declare essai: boolean; declare ouvert: boolean; declare invite: boolean;
  /** A discussion that stands in the page is on the screen: a second way in would only cover it. */
  declare dansLaPage: boolean;
  private readonly telephone = matchMedia(TELEPHONE);
  private defilement = "";
  private readonly vues = new Set<Element>();
  private readonly guet = new IntersectionObserver((entrees) => {
    for (const { target, intersectionRatio } of entrees) intersectionRatio >= A_L_ECRAN ? this.vues.add(target) : this.vues.delete(target);
    this.dansLaPage = this.vues.size > 0;
  }, { threshold: A_L_ECRAN });

  constructor() {
    super();
    Object.assign(this, { serveur: "", nom: "Établi", accueil: "", question: "", couleur: "", theme: "auto", invitation: MOTS.invitation, position: "droite" });
    Object.assign(this, { essai: false, ouvert: false, invite: true, dansLaPage: false });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.telephone.addEventListener("change", this.changerDeTaille);
    window.visualViewport?.addEventListener("resize", this.suivreLeClavier);
    window.visualViewport?.addEventListener("scroll", this.suivreLeClavier);
    for (const discussion of document.querySelectorAll("etabli-chat")) this.guet.observe(discussion);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.telephone.removeEventListener("change", this.changerDeTaille);
    window.visualViewport?.removeEventListener("resize", this.suivreLeClavier);
    window.visualViewport?.removeEventListener("scroll", this.suivreLeClavier);
    this.guet.disconnect();
    this.vues.clear();
    this.bloquerLaPage(false);
  }

  protected override willUpdate(changes: PropertyValues): void { if (changes.has("couleur")) peindre(this, this.couleur); }

  override firstUpdated(): void { if (this.chat.souvenirs.lire().ouvert) void this.ouvrir(false); }

  get chat(): EtabliChat { return this.renderRoot.querySelector("etabli-chat")!; }
  private get fenetre(): HTMLDialogElement { return this.renderRoot.querySelector("dialog")!; }
  private get bouton(): HTMLButtonElement { return this.renderRoot.querySelector(".lanceur")!; }

  override render(): unknown {
    return html`<div class="coin" lang="fr" ?hidden=${this.ouvert || this.dansLaPage}>
        ${this.invite && this.invitation ? html`<div class="invitation"><button type="button" class="texte" tabindex="-1" aria-hidden="true" @click=${() => this.ouvrir()}>${this.invitation}</button>
          <button type="button" class="masquer" aria-label=${MOTS.fermerInvitation} @click=${() => { this.invite = false; this.bouton.focus(); }}>${ICONES.fermer}</button></div>` : nothing}
        <button type="button" class="lanceur" aria-haspopup="dialog" aria-expanded=${String(this.ouvert)} aria-label="${MOTS.ouvrir} ${this.nom}" @click=${() => this.ouvrir()}>${ICONES.bulle}</button>
      </div>
      <dialog lang="fr" aria-label="${MOTS.discussion} ${this.nom}" @cancel=${this.annuler} @close=${this.fermee} @keydown=${this.touche}>
        <etabli-chat fermable .serveur=${this.serveur} .nom=${this.nom} .accueil=${this.accueil} .question=${this.question} .couleur=${this.couleur} .theme=${this.theme}
          .essai=${this.essai} @chat-fermer=${() => this.fermer()}></etabli-chat>
      </dialog>`;
  }

  async ouvrir(avecFocus = true): Promise<void> {
    if (this.ouvert) return;
    this.ouvert = true;
    this.montrer();
    this.chat.ouvrir();
    if (avecFocus) this.chat.souvenirs.ecrire({ ouvert: true });
    this.dispatchEvent(new CustomEvent("etabli:ouvert", { bubbles: true, composed: true }));
    await this.chat.updateComplete;
    // On a phone the field would bring the keyboard up over the greeting: the thread takes the focus there.
    const cible = this.telephone.matches ? this.chat.renderRoot.querySelector<HTMLElement>(".fil") : this.chat.saisie?.champ;
    if (avecFocus) cible?.focus({ preventScroll: true });
  }

  fermer(): void {
    if (!this.ouvert) return;
    this.fenetre.close();
    this.bloquerLaPage(false);
    this.ouvert = false;
    this.invite = false;
    this.chat.souvenirs.ecrire({ ouvert: false });
    void this.updateComplete.then(() => this.bouton.focus());
  }

  /** Full screen is a modal dialog (the page behind is out of reach); in a corner of a big screen the page stays usable. */
  private montrer(): void {
    const plein = this.telephone.matches;
    if (this.fenetre.open) this.fenetre.close();
    if (plein) this.fenetre.showModal();
    else this.fenetre.show();
    this.bloquerLaPage(plein);
    this.suivreLeClavier();
  }

  private bloquerLaPage(bloque: boolean): void {
    const racine = document.documentElement;
    if (bloque) { this.defilement = racine.style.overflow; racine.style.overflow = "hidden"; }
    else if (racine.style.overflow === "hidden") racine.style.overflow = this.defilement;
  }

  private touche(e: KeyboardEvent): void { if (e.key === "Escape" && !e.defaultPrevented) { e.preventDefault(); this.fermer(); } }
  private annuler(e: Event): void { e.preventDefault(); this.fermer(); }
  /** The phone's back gesture may close the dialog without asking first. */
  private fermee(): void { if (!this.fenetre.open) this.fermer(); }
  private changerDeTaille = (): void => { if (this.ouvert) this.montrer(); };

  /** iOS and Android lay the keyboard over the page: the window takes what is left of the screen. */
  private suivreLeClavier = (): void => {
    const vue = window.visualViewport;
    const fenetre = this.renderRoot.querySelector("dialog");
    if (!vue || !fenetre) return;
    const clavier = this.ouvert && this.telephone.matches && vue.scale < 1.05 && window.innerHeight - vue.height > CLAVIER;
    fenetre.style.setProperty("--hauteur", clavier ? `${vue.height}px` : "");
    fenetre.style.setProperty("--haut", clavier ? `${vue.offsetTop}px` : "");
  };
}
