// Builds dist/etabli.js. The first line holds the SHA-256 of the sources: the Python tests compare it, so Node is not needed to check.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const sources = [...readdirSync("src").map((nom) => `src/${nom}`), "construire.mjs", "package-lock.json", "tsconfig.json"].sort();
const somme = createHash("sha256");
for (const nom of sources) somme.update(nom).update(readFileSync(nom));

const { outputFiles } = await build({
  entryPoints: ["src/etabli.ts"],
  bundle: true,
  minify: true,
  write: false,
  format: "iife",
  target: ["chrome90", "firefox90", "safari15"],
  charset: "utf8",
  legalComments: "none",
  conditions: ["production"],
  // A page that holds the script twice must run it once: Lit itself would complain the second time.
  banner: { js: `/*! Établi, licence MIT ; Lit, licence BSD-3-Clause. sources sha256:${somme.digest("hex")} */if(!customElements.get("etabli-lanceur")){` },
  footer: { js: "}" },
});
// Templates keep the spaces of their source: those between tags are dropped, as the page never shows them.
const court = outputFiles[0].text.replace(/>\s*\n\s*</g, "><").replace(/\n {2,}/g, "\n");
const sortie = process.argv[2] ?? "dist/etabli.js";
writeFileSync(sortie, court);
console.log(`${sortie} : ${court.length} octets, ${gzipSync(court, { level: 9 }).length} compressés`);
