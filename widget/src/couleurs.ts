/** One colour given by the site becomes a readable pair everywhere: WCAG asks 4.5 between text and ground. */

type Rvb = [number, number, number];
const LISIBLE = 4.5;

function lire(hex: string): Rvb | null {
  const court = /^#([\da-f]{3})$/i.exec(hex.trim())?.[1];
  const long = /^#([\da-f]{6})$/i.exec(hex.trim())?.[1] ?? (court ? [...court].map((c) => c + c).join("") : null);
  return long ? [0, 2, 4].map((i) => parseInt(long.slice(i, i + 2), 16)) as Rvb : null;
}

const ecrire = (c: Rvb): string => `#${c.map((v) => Math.round(v).toString(16).padStart(2, "0")).join("")}`;

function luminance(c: Rvb): number {
  const [r, v, b] = c.map((x) => (x / 255 <= 0.03928 ? x / 255 / 12.92 : ((x / 255 + 0.055) / 1.055) ** 2.4)) as Rvb;
  return 0.2126 * r + 0.7152 * v + 0.0722 * b;
}

export function contraste(a: string, b: string): number {
  const [x, y] = [a, b].map((h) => luminance(lire(h) ?? [0, 0, 0])) as [number, number];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** The same hue pushed towards black or white until it reads on this ground. */
function lisible(couleur: Rvb, fond: string, vers: number): string {
  for (let part = 0; part <= 1; part += 0.05) {
    const melange = ecrire(couleur.map((v) => v + (vers - v) * part) as Rvb);
    if (contraste(melange, fond) >= LISIBLE) return melange;
  }
  return vers ? "#ffffff" : "#000000";
}

export interface Palette { fond: string; sur: string; clair: string; sombre: string }

/** ``fond`` under text ``sur``; ``clair`` and ``sombre``: the colour as text on the light and the dark theme. Null when unreadable. */
export function palette(hex: string): Palette | null {
  const couleur = lire(hex);
  if (!couleur) return null;
  const fond = ecrire(couleur);
  const sur = contraste(fond, "#ffffff") >= LISIBLE ? "#ffffff" : "#111111";
  return { fond, sur, clair: lisible(couleur, "#eaf0ff", 0), sombre: lisible(couleur, "#2a3556", 255) };
}

/** Hands the palette to the styles, through the object model: no policy of the page forbids that. */
export function peindre(element: HTMLElement, hex: string): void {
  const p = palette(hex);
  if (!p) return;
  for (const [nom, valeur] of Object.entries({ couleur: p.fond, "sur-couleur": p.sur, "texte-clair": p.clair, "texte-sombre": p.sombre })) {
    element.style.setProperty(`--etabli-${nom}`, valeur);
  }
}
