/** Times as people say them. */
const HEURE = new Intl.DateTimeFormat("fr", { hour: "2-digit", minute: "2-digit" });
const JOUR = new Intl.DateTimeFormat("fr", { weekday: "long", day: "numeric", month: "long" });

export const heure = (quand: number): string => HEURE.format(quand);
export const iso = (quand: number): string => new Date(quand).toISOString();

/** « 2026-10-08 » in a source becomes « 8 octobre 2026 ». */
const DATE = new Intl.DateTimeFormat("fr", { dateStyle: "long", timeZone: "UTC" });
export const enClair = (texte: string): string => texte.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (d) => (Number.isNaN(Date.parse(d)) ? d : DATE.format(Date.parse(d))));

const debut = (quand: number): number => new Date(quand).setHours(0, 0, 0, 0);

export function jour(quand: number, maintenant = Date.now()): string {
  const ecart = Math.round((debut(maintenant) - debut(quand)) / 86_400_000);
  if (ecart === 0) return "Aujourd'hui";
  return ecart === 1 ? "Hier" : JOUR.format(quand);
}

export const autreJour = (a: number | undefined, b: number): boolean => a === undefined || debut(a) !== debut(b);
