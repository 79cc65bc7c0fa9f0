// Établi's chat page: shows the discussion and posts each message to the bot's REST door.
// Whatever comes from the bot or the person only ever becomes text nodes, never HTML.

const ADRESSE = new URL("../webhooks/rest/webhook", location.href);
const DELAI_MAXIMUM_MS = 30_000;
const PATIENCE_MS = 8_000;
const LONGUEUR_MAXIMUM = 1000; // same as maxlength in index.html
const ALERTE_LONGUEUR = 100; // characters left when the counter appears
const CLE = "etabli.conversation";
const HEURE = new Intl.DateTimeFormat("fr", { hour: "2-digit", minute: "2-digit" });
const MOTS = {
  toi: "Toi : ",
  etabli: "Établi : ",
  ecrit: "Établi écrit…",
  patience: "C'est un peu plus long que d'habitude…",
  panne: "Je n'arrive pas à te répondre pour l'instant. Ton message est gardé.",
  lent: "La réponse met trop de temps à venir. Ton message est gardé.",
  horsLigne: "On dirait que tu n'as plus de connexion. Ton message est gardé.",
  reessayer: "Réessayer",
  pasEnvoye: "Pas envoyé",
  choix: "Réponses proposées",
  ecoles: "Écoles trouvées",
  origine: "D'où vient cette réponse ?",
  sources: "Ça vient de :",
  onglet: " (nouvel onglet)",
  site: "Voir le site",
  efface: "Discussion effacée. ",
  maximum: "C'est la taille maximale. Tu peux continuer dans un deuxième message.",
};

const trouver = (id) => document.getElementById(id);
const [fil, champ, envoi, compteur] = ["fil", "message", "envoi", "compteur"].map(trouver);
let conversation = null; // kept here too, for when storage is blocked
let requete = null; // the AbortController of the message being answered: one at a time
let numero = 0;

// ---- Building blocks

function element(nom, proprietes = {}, ...enfants) {
  const noeud = document.createElement(nom);
  for (const [cle, valeur] of Object.entries(proprietes)) noeud.setAttribute(cle, valeur);
  noeud.append(...enfants.filter((enfant) => enfant !== null && enfant !== ""));
  return noeud;
}

const cache = (texte) => element("span", { class: "cache" }, texte);
const majuscule = (texte) => texte.charAt(0).toUpperCase() + texte.slice(1);

/** A link for a clean https address, else null: http, javascript: or user@host stay plain text. */
function lien(adresse, intitule, suite = MOTS.onglet) {
  let url = null;
  try { url = new URL(adresse); } catch { return null; }
  if (url.protocol !== "https:" || url.username || url.password) return null;
  return element("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, intitule, cache(suite));
}

/** The text cut into strings and links; the full stop or bracket that ends a sentence is not part of the address. */
function texteAvecLiens(texte) {
  return texte.split(/(https:\/\/[^\s<>"«»]+)/).flatMap((morceau, rang) => {
    if (rang % 2 === 0) return [morceau];
    const adresse = morceau.replace(/[.,;:!?)\]}'’…]+$/, "");
    const court = adresse.replace(/^https:\/\//, "").replace(/\/$/, "");
    return [lien(adresse, court) ?? adresse, morceau.slice(adresse.length)];
  });
}

/** One block a line, for air between ideas; the line breaks stay between them, so that copied text keeps them. */
function phrases(texte) {
  return texte.split("\n").flatMap((ligne) => [ligne ? element("span", { class: "phrase" }, ...texteAvecLiens(ligne)) : "", "\n"]);
}

function pied() {
  const maintenant = new Date();
  return element("div", { class: "pied" }, element("time", { datetime: maintenant.toISOString() }, HEURE.format(maintenant)));
}

function bouton(titre, action) {
  const noeud = element("button", { type: "button" }, titre);
  noeud.addEventListener("click", action);
  return noeud;
}

/** Emptied first, so that the same words twice are read twice. */
function annoncer(texte) {
  const zone = trouver("annonces");
  zone.textContent = "";
  setTimeout(() => { zone.textContent = texte; }, 60);
}

/** Show the end, but never push the start of this turn off the top: long answers are read from their beginning. */
function montrer(depuis) {
  const debut = depuis.offsetTop - fil.offsetTop - 12;
  fil.scrollTop = Math.min(fil.scrollHeight - fil.clientHeight, debut);
}

// ---- What the bot says

/** The list in words and the cards say the same: take its lines out, keep what only they say (« environ », « à vérifier »). */
function separerListe(texte, ecoles) {
  const intro = [];
  const precisions = [];
  const lignes = texte.split("\n");
  for (let i = 0; i < lignes.length; i++) {
    const [, rang, tete] = /^(\d+)\. (.*)$/.exec(lignes[i]) ?? [];
    if (!rang || !tete.startsWith(ecoles[rang - 1]?.nom ?? "\n")) {
      intro.push(lignes[i]);
      continue;
    }
    const details = /^\d+\. /.test(lignes[i + 1] ?? "1. ") ? "" : lignes[++i];
    precisions[rang - 1] = { environ: / à environ \d+ km/.test(tete), details };
  }
  const complet = ecoles.every((_, rang) => precisions[rang]);
  return complet ? { intro: intro.join("\n").trim(), precisions } : { intro: texte, precisions: [] };
}

function distance(km, environ) {
  if (typeof km !== "number") return "";
  return `à ${environ ? "environ " : ""}${km < 1 ? "moins d'un" : km} km à vol d'oiseau`;
}

function carteEcole(ecole, rang, { environ = false, details = "" } = {}) {
  const diplomes = (ecole.diplomes ?? []).map(majuscule);
  const puces = [ecole.prix, ecole.hebergement].filter(Boolean);
  const dits = [...puces, ...diplomes].map((dit) => dit.toLowerCase());
  const restes = details.split(" · ").filter((reste) => reste && !dits.includes(reste.toLowerCase()));
  const liste = (classe, lignes) => (lignes.length ? element("ul", { class: classe }, ...lignes.map((x) => element("li", {}, x))) : null);
  const lieu = ecole.departement ? `${ecole.commune} (${ecole.departement})` : ecole.commune;
  return element("li", { class: "ecole" },
    element("h2", {}, element("span", { class: "rang" }, String(rang), cache(". ")), element("span", {}, ecole.nom)),
    element("p", { class: "lieu" }, ...[lieu, distance(ecole.distance_km, environ)].filter(Boolean).map((x) => element("span", {}, x, " "))),
    liste("diplomes", diplomes),
    liste("puces", puces.map(majuscule)),
    restes.length ? element("p", { class: "note" }, majuscule(restes.join(" · "))) : null,
    siteEcole(ecole),
  );
}

function siteEcole({ site, nom }) {
  if (!site) return null;
  const noeud = lien(site, MOTS.site, ` de ${nom}${MOTS.onglet}`) ?? element("p", {}, `Site : ${site.replace(/^http:\/\//, "")}`);
  noeud.classList.add("site");
  return noeud;
}

/** The bot's messages as bubbles and cards, in the order in which they came. */
function corps(messages) {
  const noeuds = [];
  let bulle = null; // the last text, which may be the list that the next cards replace
  for (const { text, custom } of messages) {
    if (text) {
      bulle = { texte: text, noeud: element("div", { class: "bulle" }, cache(MOTS.etabli), ...phrases(text)) };
      noeuds.push(bulle.noeud);
    }
    if (custom?.genre !== "ecoles" || !Array.isArray(custom.ecoles)) continue;
    const { intro, precisions } = separerListe(bulle?.texte ?? "", custom.ecoles);
    if (bulle && !intro) noeuds.splice(noeuds.indexOf(bulle.noeud), 1);
    else if (bulle) bulle.noeud.replaceChildren(cache(MOTS.etabli), ...phrases(intro));
    noeuds.push(element("ul", { class: "ecoles", "aria-label": MOTS.ecoles }, ...custom.ecoles.map((e, i) => carteEcole(e, i + 1, precisions[i]))));
  }
  return noeuds;
}

function ajouterSources(groupe, messages) {
  const dites = messages.flatMap((m) => m.metadata?.sources ?? []).map(({ source, date }) => [source, date].filter(Boolean).join(", "));
  if (!dites.length) return;
  const id = `sources-${++numero}`;
  const liste = element("ul", {}, ...[...new Set(dites)].map((ligne) => element("li", {}, ...texteAvecLiens(ligne))));
  const zone = element("div", { class: "sources", id, hidden: "" }, element("p", {}, MOTS.sources), liste);
  const info = bouton(element("span", { "aria-hidden": "true" }, "i"), () => {
    zone.hidden = !zone.hidden;
    info.setAttribute("aria-expanded", String(!zone.hidden));
  });
  info.className = "info";
  info.setAttribute("aria-label", MOTS.origine);
  info.setAttribute("aria-expanded", "false");
  info.setAttribute("aria-controls", id);
  groupe.querySelector(".pied").append(info);
  groupe.append(zone);
}

/** ``prefixe`` is read before the messages; null reads nothing aloud, for what the page shows when it opens. */
function direEtabli(messages, prefixe = "") {
  const groupe = element("div", { class: "groupe etabli" }, ...corps(messages), pied());
  ajouterSources(groupe, messages);
  const boutons = messages.flatMap((m) => m.buttons ?? []).filter((b) => b.title && b.payload);
  if (boutons.length) {
    const noeuds = boutons.map(({ title, payload }) => bouton(title, () => envoyer(title, payload, true)));
    groupe.append(element("div", { class: "choix", role: "group", "aria-label": MOTS.choix }, ...noeuds));
  }
  fil.append(groupe);
  if (prefixe === null) return;
  const proposes = boutons.length ? `${MOTS.choix} : ${boutons.map((b) => b.title).join(", ")}.` : "";
  annoncer(prefixe + MOTS.etabli + [...messages.map((m) => m.text ?? ""), proposes].filter(Boolean).join("\n"));
}

// ---- What the person says

/** Random, for this tab only, and made at the first message: opening the page leaves no trace. */
function identifiant() {
  try { conversation ??= sessionStorage.getItem(CLE); } catch { /* storage blocked: memory is enough */ }
  if (conversation) return conversation;
  // not randomUUID: browsers refuse it on a plain-http address of a local network
  conversation = Array.from(crypto.getRandomValues(new Uint8Array(16)), (octet) => octet.toString(16).padStart(2, "0")).join("");
  try { sessionStorage.setItem(CLE, conversation); } catch { /* same */ }
  return conversation;
}

/** Quick replies and errors belong to the last turn only. Returns false while an answer is awaited: nothing leaves twice. */
function envoyer(titre, charge, parBouton = false) {
  if (requete) return false;
  fil.querySelectorAll(".choix, .alerte").forEach((noeud) => noeud.remove());
  const bulle = element("div", { class: "bulle", tabindex: "-1" }, cache(MOTS.toi), titre);
  const groupe = element("div", { class: "groupe personne" }, bulle, pied());
  fil.append(groupe);
  // The pressed button is gone: focus goes to what it said, so Tab comes next to the answer and no keyboard opens on a phone.
  if (parBouton) bulle.focus({ preventScroll: true });
  demander(charge, groupe);
  return true;
}

/** Send (or send again) what stands in ``groupe`` and show what comes back. */
async function demander(charge, groupe) {
  const controle = (requete = new AbortController());
  const frappe = montrerFrappe(groupe);
  const limite = setTimeout(() => controle.abort(MOTS.lent), DELAI_MAXIMUM_MS);
  const [messages, erreur] = await poster(charge, controle.signal).then((recus) => [recus, null], (raison) => [null, raison]);
  clearTimeout(limite);
  frappe.retirer();
  if (requete !== controle) return; // « Effacer » was pressed meanwhile
  requete = null;
  if (messages) direEtabli(messages);
  else montrerEchec(charge, groupe, erreur);
  actualiser();
  montrer(groupe);
}

async function poster(message, signal) {
  const corpsJson = JSON.stringify({ sender: identifiant(), message, metadata: { presente: true } });
  const reponse = await fetch(ADRESSE, { method: "POST", headers: { "Content-Type": "application/json" }, body: corpsJson, signal });
  const messages = reponse.ok ? await reponse.json() : null;
  if (!Array.isArray(messages) || !messages.length) throw new Error(`Réponse illisible (${reponse.status}) ; une liste de messages était attendue.`);
  return messages;
}

function montrerFrappe(groupe) {
  const bulle = element("div", { class: "bulle frappe" }, cache(MOTS.ecrit), element("i"), element("i"), element("i"));
  const noeud = element("div", { class: "groupe etabli" }, bulle);
  const patience = setTimeout(() => {
    noeud.append(element("p", { class: "pied" }, MOTS.patience));
    annoncer(MOTS.patience);
    montrer(groupe);
  }, PATIENCE_MS);
  fil.append(noeud);
  groupe.classList.remove("echec");
  actualiser();
  montrer(groupe);
  return { retirer() { clearTimeout(patience); noeud.remove(); } };
}

function montrerEchec(charge, groupe, erreur) {
  const texte = erreur === MOTS.lent ? MOTS.lent : navigator.onLine ? MOTS.panne : MOTS.horsLigne;
  const time = groupe.querySelector("time");
  if (!groupe.querySelector(".etat")) time.before(element("span", { class: "etat" }, MOTS.pasEnvoye, " ·"));
  groupe.classList.add("echec");
  const bulle = element("div", { class: "bulle erreur", role: "alert" }, element("span", {}, cache(MOTS.etabli), texte));
  const alerte = element("div", { class: "groupe etabli alerte" }, bulle);
  bulle.append(bouton(MOTS.reessayer, () => {
    if (requete) return;
    alerte.remove();
    groupe.querySelector(".etat").remove();
    groupe.firstElementChild.focus({ preventScroll: true });
    demander(charge, groupe);
  }));
  fil.append(alerte);
}

// ---- Input

function actualiser() {
  champ.style.height = "auto";
  champ.style.height = `${champ.scrollHeight + 2}px`; // its two borders
  envoi.setAttribute("aria-disabled", String(Boolean(requete) || !champ.value.trim()));
}

function compter() {
  const reste = LONGUEUR_MAXIMUM - champ.value.length;
  const avant = compteur.hidden ? Infinity : Number(compteur.dataset.reste);
  compteur.hidden = reste > ALERTE_LONGUEUR;
  compteur.dataset.reste = reste;
  compteur.textContent = reste > 0 ? `Encore ${reste} caractère${reste > 1 ? "s" : ""}` : MOTS.maximum;
  // Read aloud when it appears and when it is full, not at every key.
  if (!compteur.hidden && (avant === Infinity || (reste <= 0 && avant > 0))) annoncer(compteur.textContent);
}

function soumettre() {
  const texte = champ.value.trim();
  if (!texte || !envoyer(texte, texte)) return;
  champ.value = "";
  compter();
  actualiser();
}

champ.addEventListener("input", () => { compter(); actualiser(); });
champ.addEventListener("keydown", (touche) => {
  if (touche.key !== "Enter" || touche.shiftKey || touche.isComposing) return;
  touche.preventDefault();
  soumettre();
});
trouver("saisie").addEventListener("submit", (evenement) => { evenement.preventDefault(); soumettre(); });

// ---- Menu

const [menu, menuBouton, menuListe] = ["menu", "menu-bouton", "menu-liste"].map(trouver);

function ouvrirMenu(ouvert) {
  menuListe.hidden = !ouvert;
  menuBouton.setAttribute("aria-expanded", String(ouvert));
}

menuBouton.addEventListener("click", () => ouvrirMenu(menuListe.hidden));
document.addEventListener("pointerdown", ({ target }) => { if (!menu.contains(target)) ouvrirMenu(false); });
menu.addEventListener("focusout", ({ relatedTarget }) => { if (relatedTarget && !menu.contains(relatedTarget)) ouvrirMenu(false); });
menu.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape" || menuListe.hidden) return;
  ouvrirMenu(false);
  menuBouton.focus();
});

trouver("effacer").addEventListener("click", () => {
  const enCours = requete;
  requete = null;
  enCours?.abort();
  conversation = null;
  try { sessionStorage.removeItem(CLE); } catch { /* storage blocked: nothing was kept */ }
  champ.value = "";
  ouvrirMenu(false);
  menuBouton.focus();
  compter();
  saluer(MOTS.efface);
});

// ---- Start

function saluer(prefixe) {
  const modele = trouver("accueil").content;
  const text = [...modele.querySelectorAll("p")].map((p) => p.textContent).join("\n");
  const buttons = [...modele.querySelectorAll("button")].map((b) => ({ title: b.textContent, payload: b.dataset.payload }));
  fil.replaceChildren();
  direEtabli([{ text, buttons }], prefixe);
  actualiser();
}

/** Keep the last message in sight when the keyboard opens; iOS does not shrink the page, so its height is given. */
function suivreClavier() {
  let enBas = false; // on a small screen the greeting is read from its start
  const vue = window.visualViewport;
  fil.addEventListener("scroll", () => { enBas = fil.scrollHeight - fil.clientHeight - fil.scrollTop < 40; }, { passive: true });
  new ResizeObserver(() => { if (enBas) fil.scrollTop = fil.scrollHeight; }).observe(fil);
  vue?.addEventListener("resize", () => {
    const clavier = vue.scale < 1.05 && window.innerHeight - vue.height > 80; // not a pinch zoom
    if (clavier) document.documentElement.style.setProperty("--hauteur", `${vue.height}px`);
    else document.documentElement.style.removeProperty("--hauteur");
    if (clavier) window.scrollTo(0, 0);
  });
}

saluer(null);
suivreClavier();
