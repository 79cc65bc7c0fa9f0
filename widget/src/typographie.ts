/** French spacing, on the screen only: a « ? » never starts a line, « 30 » never leaves its « km ». No lookbehind: Safari 15 has none. */
export const insecable = (texte: string): string =>
  texte.replace(/ (?=[;:?!»%€])/g, "\u00a0").replace(/« /g, "«\u00a0").replace(/(\d) (?=km\b)/g, "$1\u00a0");
