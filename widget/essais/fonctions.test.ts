import { describe, expect, it } from "vitest";
import { cadrer, lireFond, placer } from "../src/carte";
import { lireFil, lireMessage, lireMessages } from "../src/contrat";
import { contraste, palette } from "../src/couleurs";
import { reste } from "../src/ecoles";
import { adresseSure, appels, morceaux } from "../src/liens";
import { resume } from "../src/resume";
import { autreJour, enClair, jour } from "../src/temps";
import { insecable } from "../src/typographie";

const vide = { texte: "", boutons: [], sources: [], ecoles: [], lieu: null, etape: null };

describe("ce que dit le serveur", () => {
  it.each([null, 3, "texte", [], { texte: 3 }, { boutons: [{}, null, { titre: "x" }] }, { donnees: { genre: "ecoles", ecoles: [null, {}] } }, { donnees: { genre: "etape", numero: 5, total: 4 } }])(
    "un champ étrange est laissé de côté : %j", (brut) => expect(lireMessage(brut)).toEqual(vide));

  it("une réponse sans rien à montrer est une panne", () => {
    expect(() => lireMessages({ messages: [{ texte: "" }] })).toThrow();
    expect(() => lireMessages({ messages: "non" })).toThrow();
  });

  it("garde l'étape, le lieu et les écoles bien formés", () => {
    expect(lireMessage({ donnees: { genre: "etape", numero: 2, total: 4, saisie: "contact" } }).etape).toEqual({ numero: 2, total: 4, saisie: "contact" });
    expect(lireMessage({ donnees: { genre: "etape", numero: 2, total: 4, saisie: "bizarre" } }).etape?.saisie).toBe("text");
    const m = lireMessage({ donnees: { genre: "ecoles", lieu: { nom: "Lyon", latitude: 45, longitude: 4 }, ecoles: [{ nom: "A", distance_km: 3 }] } });
    expect([m.lieu?.nom, m.ecoles[0]?.distance, m.ecoles[0]?.latitude]).toEqual(["Lyon", 3, null]);
    expect(lireFil({ messages: [{ de: "toi", texte: "a", quand: 2 }] })).toEqual([{ de: "toi", texte: "a", quand: 2000 }]);
  });
});

describe("les liens", () => {
  it("ne garde que le https sans nom caché", () => {
    expect(["http://a.fr", "javascript:alert(1)", "https://a@b.fr", "data:text/html,x", "pas une adresse"].map(adresseSure)).toEqual([null, null, null, null, null]);
    expect(morceaux("va sur https://a.fr/b?c=1). Puis")).toEqual(["va sur ", { adresse: "https://a.fr/b?c=1", court: "a.fr/b?c=1" }, ").", " Puis"]);
  });
});

describe("les numéros d'urgence", () => {
  it("se touchent dans une réponse de secours, jamais ailleurs", () => {
    const dit = appels("Appelle le 3114 : 24 h/24. Le 15 ou le 112, ou un SMS au 114. Avant 18 ans, Fil Santé Jeunes, 0 800 235 236.", true);
    expect(dit.flatMap((m) => (typeof m === "string" ? [] : [m.adresse]))).toEqual(["tel:3114", "tel:15", "tel:112", "sms:114", "tel:0800235236"]);
    expect(dit.map((m) => (typeof m === "string" ? m : m.numero)).join("")).toContain("Le 15 ou le 112, ou un SMS au 114. Avant 18 ans, Fil");
    expect(appels("Rendez-vous le 15 janvier", false)).toEqual(["Rendez-vous le 15 janvier"]);
  });
});

describe("les couleurs", () => {
  it.each(["#000", "#ffffff", "#ffb000", "#2447d8", "#0a7d55", "#ff0000", "#777777", "#00ffff"])("%s reste lisible partout", (hex) => {
    const p = palette(hex)!;
    for (const [a, b] of [[p.fond, p.sur], [p.clair, "#ffffff"], [p.clair, "#eaf0ff"], [p.sombre, "#12151b"], [p.sombre, "#2a3556"]] as const) expect(contraste(a, b)).toBeGreaterThanOrEqual(4.5);
  });
  it("une couleur illisible est ignorée", () => expect(palette("rouge; background: url(x)")).toBeNull());
});

describe("la petite carte", () => {
  it("place Paris, refuse l'outre-mer et l'absence", () => {
    expect(placer(48.8566, 2.3522)).toEqual({ x: expect.closeTo(528.7, 0), y: expect.closeTo(234.3, 0) });
    expect([placer(-20.9, 55.3), placer(null, 4)]).toEqual([null, null]);
  });
  it("montre tous les points, sans coller le nez dessus", () => {
    const c = cadrer([{ x: 100, y: 100 }, { x: 400, y: 120 }]);
    expect(c.x).toBeLessThan(100);
    expect(c.x + c.largeur).toBeGreaterThan(400);
    expect(cadrer([{ x: 5, y: 5 }]).hauteur).toBeGreaterThan(60);
  });
  it("ne lit que des numéros et des tracés, et trouve leur milieu", () => {
    const carre = "M10 10l20 0l0 20l-20 0zM500 500l3 0l0 3z";
    expect(lireFond(`<path id="d2A" d="${carre}"/><path id="d01" d="javascript:x"/><path id="<b>" d="M1 2z"/><script>x</script>`)).toEqual([
      { code: "2A", trace: carre, centre: { x: expect.closeTo(20), y: expect.closeTo(20) } }]);
  });
});

describe("les mots que les cartes remplacent", () => {
  const dire = (texte: string, autres = {}) => reste(lireMessage({ texte, donnees: { genre: "ecoles", ecoles: [{ nom: "A", commune: "Lyon", departement: "69", ...autres }] } }));
  it("une liste s'en va quand tout y est, reste sinon ; ce qui l'entoure reste à sa place", () => {
    expect(dire("Voici :\n1. A, Lyon\nCAP · gratuit\nÀ vol d'oiseau.")).toEqual({ avant: "Voici :", apres: "À vol d'oiseau." });
    expect(dire("1. B, Lyon\nCAP")).toEqual({ avant: "1. B, Lyon\nCAP", apres: "" });
  });
  it("d'une fiche, ne reste que ce que la carte ne dit pas", () => {
    const fiche = "A\nLyon (69)\nCAP x ; Bac pro y\nGratuite\n1 rue B, 69001 Lyon\nhttps://a.fr/\nFerme en août.";
    expect(dire(fiche, { diplomes: ["CAP x", "bac pro y"], prix: "gratuite", adresse: "1 rue B, 69001 Lyon", site: "https://a.fr/" })).toEqual({ avant: "", apres: "Ferme en août." });
  });
});

describe("les signes", () => {
  it("rien de ce qui va ensemble n'est coupé", () =>
    expect(insecable("C'est « oui » : à 30 km, 800 € ? Oui !")).toBe("C'est «\u00a0oui\u00a0»\u00a0: à 30\u00a0km, 800\u00a0€\u00a0? Oui\u00a0!"));
  it("une date de machine se lit", () => expect(enClair("Onisep (2026-10-08), 2026-99-99")).toBe("Onisep (8 octobre 2026), 2026-99-99"));
});

describe("le résumé", () => {
  it("échappe tout ce qui vient de la personne ou du serveur", () => {
    const page = resume("<Établi>", [{ cle: "a", de: "toi", texte: "<script>alert(1)</script>", quand: 0 }, { cle: "b", de: "etabli", messages: [{ ...vide, texte: "<b>oui</b>" }], quand: 0 }]);
    expect(page).not.toMatch(/<script>|<b>oui|<Établi>/);
    expect(page).toContain("&lt;script&gt;");
  });
  it("laisse de côté les réponses au formulaire et la détresse", () => {
    const question = { cle: "a", de: "etabli" as const, messages: [{ ...vide, texte: "Ton numéro ?", etape: { numero: 3, total: 7, saisie: "contact" as const } }], quand: 0 };
    const page = resume("Établi", [question, { cle: "b", de: "toi", texte: "06 39 98 12 34", quand: 0 }, { cle: "c", de: "etabli", messages: [{ ...vide, texte: "C'est noté." }], quand: 0 },
      { cle: "d", de: "toi", texte: "je vais mal", quand: 0 }, { cle: "e", de: "etabli", messages: [{ ...vide, texte: "Appelle le 3114, ou le 112." }], quand: 0 }]);
    expect(page).not.toMatch(/06 39|Ton numéro|je vais mal|3114/);
    expect(page).toContain("C&#39;est noté.");
  });
});

describe("le temps", () => {
  it("dit aujourd'hui, hier, puis la date", () => {
    const midi = new Date(2026, 10, 26, 12).getTime();
    expect([jour(midi, midi), jour(midi - 86_400_000, midi), jour(midi - 5 * 86_400_000, midi)]).toEqual(["Aujourd'hui", "Hier", "samedi 21 novembre"]);
    expect([autreJour(undefined, midi), autreJour(midi, midi + 1000)]).toEqual([true, false]);
  });
});
