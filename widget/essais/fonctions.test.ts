import { describe, expect, it } from "vitest";
import { cadrer, lireTraces, placer } from "../src/carte";
import { lireFil, lireMessage, lireMessages } from "../src/contrat";
import { contraste, palette } from "../src/couleurs";
import { sansListe } from "../src/ecoles";
import { adresseSure, morceaux } from "../src/liens";
import { resume } from "../src/resume";
import { autreJour, jour } from "../src/temps";

const vide = { texte: "", boutons: [], sources: [], ecoles: [], lieu: null, etape: null };

describe("ce que dit le serveur", () => {
  it.each([null, 3, "texte", [], { texte: 3 }, { boutons: [{}, null, { titre: "x" }] }, { donnees: { genre: "ecoles", ecoles: [null, {}] } }, { donnees: { genre: "etape", numero: 5, total: 4 } }])(
    "un champ étrange est laissé de côté : %j", (brut) => expect(lireMessage(brut)).toEqual(vide));

  it("une réponse sans rien à montrer est une panne", () => {
    expect(() => lireMessages({ messages: [{ texte: "" }] })).toThrow();
    expect(() => lireMessages({ messages: "non" })).toThrow();
  });

  it("garde l'étape, le lieu et les écoles bien formés", () => {
    expect(lireMessage({ donnees: { genre: "etape", numero: 2, total: 4, saisie: "tel" } }).etape).toEqual({ numero: 2, total: 4, saisie: "tel" });
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
    expect(cadrer([{ x: 5, y: 5 }]).hauteur).toBeGreaterThan(100);
  });
  it("ne lit que des tracés", () => expect(lireTraces('<path id="a" d="M1 2l3 -4z"/><path d="javascript:x"/><script>x</script>')).toEqual(["M1 2l3 -4z"]));
});

describe("la liste que les cartes remplacent", () => {
  const ecoles = [lireMessage({ donnees: { genre: "ecoles", ecoles: [{ nom: "A" }] } }).ecoles[0]!];
  it("s'en va quand tout y est, reste sinon", () => {
    expect(sansListe("Voici :\n1. A, Lyon\nCAP · gratuit", ecoles)).toBe("Voici :");
    expect(sansListe("1. B, Lyon\nCAP", ecoles)).toBe("1. B, Lyon\nCAP");
  });
});

describe("le résumé", () => {
  it("échappe tout ce qui vient de la personne ou du serveur", () => {
    const page = resume("<Établi>", [{ cle: "a", de: "toi", texte: "<script>alert(1)</script>", quand: 0 }, { cle: "b", de: "etabli", messages: [{ ...vide, texte: "<b>oui</b>" }], quand: 0 }]);
    expect(page).not.toMatch(/<script>|<b>oui|<Établi>/);
    expect(page).toContain("&lt;script&gt;");
  });
});

describe("le temps", () => {
  it("dit aujourd'hui, hier, puis la date", () => {
    const midi = new Date(2026, 10, 26, 12).getTime();
    expect([jour(midi, midi), jour(midi - 86_400_000, midi), jour(midi - 5 * 86_400_000, midi)]).toEqual(["Aujourd'hui", "Hier", "samedi 21 novembre"]);
    expect([autreJour(undefined, midi), autreJour(midi, midi + 1000)]).toEqual([true, false]);
  });
});
