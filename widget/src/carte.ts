/** The small map: outlines of the départements, asked for when the map comes into sight, and a dot for each school and for the town. */
import { LitElement, html, nothing, svg, type PropertyValues } from "lit";
import type { Ecole, Lieu } from "./contrat";
import { distance, lieuDe } from "./ecoles";
import { MOTS } from "./mots";
import type { Serveur } from "./serveur";

export interface Point { x: number; y: number }
interface Cadre { x: number; y: number; largeur: number; hauteur: number }

const [LARGEUR, HAUTEUR] = [1050, 1000];
const MARGE = 26;
const COTE_MINIMAL = 75; // about 80 km: two schools of one town stay apart, the neighbouring départements show

/** Same projection as data/ecoles/carte-departements.svg. Null outside of it (overseas). */
export function placer(latitude: number | null, longitude: number | null): Point | null {
  if (latitude === null || longitude === null) return null;
  const [x, y] = [(longitude + 5.2) * 70, (51.2 - latitude) * 100];
  return x >= 0 && x <= LARGEUR && y >= 0 && y <= HAUTEUR ? { x, y } : null;
}

/** The part of France to show: all points with some air around, never so close that nothing is recognised. */
export function cadrer(points: Point[], rapport = 1.7): Cadre {
  const [xs, ys] = [points.map((p) => p.x), points.map((p) => p.y)];
  const [gauche, droite, haut, bas] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const hauteur = Math.max(bas - haut + 2 * MARGE, (droite - gauche + 2 * MARGE) / rapport, COTE_MINIMAL);
  const largeur = hauteur * rapport;
  return { x: (gauche + droite - largeur) / 2, y: (haut + bas - hauteur) / 2, largeur, hauteur };
}

export interface Departement { code: string; trace: string; centre: Point }

const fonds = new WeakMap<Serveur, Promise<Departement[]>>();

/** Numbers and outlines only, checked: whatever else the file may hold never reaches the page. */
export function lireFond(fichier: string): Departement[] {
  return [...fichier.matchAll(/<path id="d(\d[\dAB])" d="(M[Mlz\d\s-]+)"/g)].map(([, code = "", trace = ""]) => ({ code, trace, centre: centrer(trace) }));
}

/** The middle of the first outline, which is the mainland: « M » is absolute, « l » relative. */
function centrer(trace: string): Point {
  const contour: Point[] = [];
  for (const [, lettre, dx, dy] of (trace.split("z")[0] ?? "").matchAll(/([Ml])(-?\d+) (-?\d+)/g)) {
    const depuis = lettre === "l" && contour[contour.length - 1] || { x: 0, y: 0 };
    contour.push({ x: depuis.x + Number(dx), y: depuis.y + Number(dy) });
  }
  let [aire, x, y] = [0, 0, 0];
  contour.forEach((a, i) => {
    const b = contour[(i + 1) % contour.length]!;
    const croix = a.x * b.y - b.x * a.y;
    aire += croix; x += (a.x + b.x) * croix; y += (a.y + b.y) * croix;
  });
  return aire ? { x: x / aire / 3, y: y / aire / 3 } : contour[0] ?? { x: 0, y: 0 };
}

function nomDe(p: Point, nom: string, r: number): unknown {
  return svg`<text class="ici-nom" x=${p.x} y=${p.y + r * 2.1} font-size=${r * 1.15} text-anchor="middle">${nom}</text>`;
}

export class EtabliCarte extends LitElement {
  static override properties = { ecoles: { attribute: false }, lieu: { attribute: false }, serveur: { attribute: false }, fond: { state: true }, absente: { state: true } };
  declare ecoles: Ecole[];
  declare lieu: Lieu | null;
  declare serveur: Serveur;
  declare fond: Departement[] | null;
  declare absente: boolean;
  private vue?: IntersectionObserver;

  /** In the parent's shadow root: one stylesheet for the whole window. */
  protected override createRenderRoot(): HTMLElement { return this; }

  override firstUpdated(): void {
    this.vue = new IntersectionObserver((vus) => { if (vus.some((v) => v.isIntersecting)) void this.charger(); }, { rootMargin: "200px" });
    this.vue.observe(this);
  }

  override disconnectedCallback(): void { super.disconnectedCallback(); this.vue?.disconnect(); }

  protected override shouldUpdate(_: PropertyValues): boolean { return Boolean(this.serveur); }

  private async charger(): Promise<void> {
    this.vue?.disconnect();
    if (!fonds.has(this.serveur)) fonds.set(this.serveur, this.serveur.carte().then(lireFond));
    try { this.fond = (await fonds.get(this.serveur)) ?? []; } catch { fonds.delete(this.serveur); this.absente = true; }
  }

  override render(): unknown {
    const places = this.ecoles.map((e) => ({ e, point: placer(e.latitude, e.longitude) }));
    const ici = this.lieu ? placer(this.lieu.latitude, this.lieu.longitude) : null;
    const points = [...places.flatMap(({ point }) => (point ? [point] : [])), ...(ici ? [ici] : [])];
    if (!points.length || this.absente || places.every(({ point }) => !point)) return nothing;
    const c = cadrer(points);
    const r = c.hauteur / 22;
    const seule = this.ecoles.length === 1;
    const texte = `${MOTS.carteDe} ${this.lieu ? `${this.lieu.nom} ; ` : ""}${this.ecoles.map((e, i) => `${i + 1}. ${e.nom}, ${lieuDe(e)}${distance(e) ? `, ${distance(e)}` : ""}`).join(" ; ")}.`;
    return html`<svg class="carte" role="img" aria-label=${texte} viewBox="${c.x} ${c.y} ${c.largeur} ${c.hauteur}" preserveAspectRatio="xMidYMid slice">
      ${(this.fond ?? []).map((d) => svg`<path class="departement" d=${d.trace} />`)}
      ${(this.fond ?? []).map(({ code, centre }) => svg`<text class="code" x=${centre.x} y=${centre.y} font-size=${r * 1.4} text-anchor="middle">${code}</text>`)}
      ${ici && this.lieu ? svg`<circle class="ici-halo" cx=${ici.x} cy=${ici.y} r=${r * 1.1} /><circle class="ici" cx=${ici.x} cy=${ici.y} r=${r / 2} />${nomDe(ici, this.lieu.nom, r)}` : nothing}
      ${[...places.entries()].reverse().map(([i, { point }]) => point ? svg`<circle class="ecole-point" cx=${point.x} cy=${point.y} r=${r} />
        <text class="ecole-rang" x=${point.x} y=${point.y + r * 0.42} font-size=${r * 1.25} text-anchor="middle">${seule ? "" : i + 1}</text>` : nothing)}
      ${seule && !ici ? nomDe(points[0]!, this.ecoles[0]!.commune, r) : nothing}
    </svg>`;
  }
}
