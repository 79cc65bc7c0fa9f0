/** The window. ``all: initial !important`` keeps the page's own rules out; sizes are in em of the reader's own font size. */
import { css } from "lit";
import { STYLE_BULLES } from "./style-bulles";

const CADRE = css`
  :host { all: initial !important; direction: ltr !important; display: block !important; box-sizing: border-box !important; height: var(--etabli-hauteur, 36em) !important; min-height: 18em !important; }
  :host([fermable]) { height: 100% !important; min-height: 0 !important; }
  *, ::before, ::after { box-sizing: border-box; }
  [hidden] { display: none !important; }
  .cadre {
    --fond: #fff; --texte: #14171f; --discret: #586070; --trait: #dfe3ea; --bulle: #eff1f5; --carte: #fff;
    --accent: var(--etabli-couleur, #2447d8); --sur-accent: var(--etabli-sur-couleur, #fff); --lien: var(--etabli-texte-clair, #1d3fc4);
    --puce: #eaf0ff; --alerte: #fff1ec; --trait-alerte: #e9a48a; --texte-alerte: #8f2a06; --mer: #e6eaf0; --terre: #fbfcf8; --cote: #b4c0cc;
    --cible: 2.75em; /* 44 px, the smallest thing a thumb hits */
    color-scheme: light; position: relative; display: flex; flex-direction: column; width: 100%; height: 100%; overflow: hidden;
    border: 1px solid var(--trait); border-radius: var(--etabli-arrondi, 1.25em); background: var(--fond); color: var(--texte);
    font: medium/1.4 var(--etabli-police, system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif); text-align: left;
  }
  .cadre.grand { font-size: 1.3em; }
  .cadre.sombre {
    --fond: #12151b; --texte: #f0f2f6; --discret: #a7b0be; --trait: #2b323d; --bulle: #242b36; --carte: #1a2029; --accent: var(--etabli-couleur, #3d61f0);
    --lien: var(--etabli-texte-sombre, #a9bdff); --puce: #2a3556; --alerte: #3a211a; --trait-alerte: #a8583c; --texte-alerte: #ffc4ae;
    --mer: #171c24; --terre: #2a3340; --cote: #465365; color-scheme: dark;
  }
  h2, h3, p, ul { margin: 0; padding: 0; }
  ul { list-style: none; }
  button, textarea { font: inherit; color: inherit; letter-spacing: inherit; }
  button { cursor: pointer; -webkit-tap-highlight-color: transparent; touch-action: manipulation; }
  a { color: var(--lien); overflow-wrap: anywhere; text-underline-offset: .15em; }
  svg { width: 1.5em; height: 1.5em; fill: currentColor; flex: none; }
  :focus-visible { outline: 3px solid var(--lien); outline-offset: 2px; }
  .cache { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .rond { display: grid; flex: none; place-items: center; width: var(--cible); height: var(--cible); padding: 0; border: 1px solid transparent; border-radius: 50%; background: none; }
  .rond:hover { background: var(--bulle); }

  header { display: flex; align-items: center; gap: .15em; position: relative; z-index: 2; border-bottom: 1px solid var(--trait); padding: calc(.55em + var(--etabli-encoche, 0px)) .4em .55em .8em; }
  .grand header { font-size: .8em; --cible: 3.4em; }
  .logo { width: 2.5em; height: 2.5em; margin-right: .55em; }
  .identite { flex: 1; min-width: 0; }
  h2 { font-size: 1.1em; font-weight: 700; line-height: 1.2; }
  .identite p { color: var(--discret); font-size: .76em; line-height: 1.25; text-wrap: balance; }
  etabli-menu { position: relative; display: block; }
  .menu-liste {
    position: absolute; top: calc(100% + .25em); right: 0; padding: .35em; border: 1px solid var(--trait); border-radius: 1em; width: max-content;
    max-width: min(20em, 82vw); max-height: 70vh; overflow: auto; background: var(--carte); box-shadow: 0 .5em 1.5em rgb(0 0 0 / .25);
  }
  .menu-liste button {
    display: grid; grid-template-columns: auto 1fr; column-gap: .75em; align-items: center; width: 100%; min-height: var(--cible);
    padding: .4em .8em; border: 1px solid transparent; border-radius: .7em; background: none; text-align: left;
  }
  .menu-liste button:hover { background: var(--bulle); }
  .menu-liste svg { grid-row: span 2; color: var(--discret); }
  .menu-liste small { color: var(--discret); font-size: .8em; }
  .menu-liste .question { padding: .5em .8em; font-weight: 700; }
  .menu-liste .grave, .menu-liste .grave svg { color: var(--texte-alerte); }
  .coche { color: var(--lien); font-weight: 700; }

  .descendre { position: absolute; right: .8em; bottom: 5em; z-index: 1; border-color: var(--trait); background: var(--carte); box-shadow: 0 .2em .6em rgb(0 0 0 / .2); }
  etabli-saisie { display: block; }
  form { padding: .5em .6em calc(.5em + env(safe-area-inset-bottom, 0px)); border-top: 1px solid var(--trait); }
  .etape { display: grid; grid-template-columns: auto 1fr; gap: .7em; align-items: center; padding: 0 .6em .45em; color: var(--discret); font-size: .85em; font-weight: 600; }
  progress { appearance: none; width: 100%; height: .4em; border: 0; border-radius: .2em; overflow: hidden; background: var(--bulle); }
  progress::-webkit-progress-bar { background: var(--bulle); }
  progress::-webkit-progress-value { background: var(--accent); }
  progress::-moz-progress-bar { background: var(--accent); }
  .moyens { display: flex; gap: .4em; padding: 0 .2em .5em; }
  .moyens button { flex: 1; min-height: var(--cible); border: 1px solid var(--trait); border-radius: 1.4em; background: none; color: var(--discret); font-weight: 600; }
  .moyens button[aria-pressed="true"] { border-color: var(--lien); background: var(--puce); color: var(--lien); }
  @media (hover: hover) and (pointer: fine) { .moyens { display: none; } } /* a real keyboard has both */
  .compteur { padding: 0 .9em .35em; color: var(--discret); font-size: .85em; }
  .ligne { display: flex; gap: .4em; align-items: flex-end; }
  textarea {
    flex: 1; min-width: 0; min-height: var(--cible); max-height: min(8em, 30vh); margin: 0; padding: .6em 1em; resize: none; border: 1px solid var(--discret);
    border-radius: 1.4em; background: var(--fond); line-height: 1.4;
  }
  textarea::placeholder { color: var(--discret); opacity: 1; }
  textarea:focus-visible { outline-offset: 0; outline-width: 2px; border-color: transparent; }
  .envoi { background: var(--accent); color: var(--sur-accent); }
  .envoi:hover { background: var(--accent); filter: brightness(1.08); }
  .envoi[aria-disabled="true"] { background: var(--bulle); color: var(--discret); cursor: default; filter: none; }

  @media (max-height: 22em) { /* landscape with the keyboard open, or 400 % zoom: the thread needs the room */
    .logo { display: none; }
    header, form { padding-block: .15em; }
    .identite p { font-size: .72em; }
    .vie-privee { display: none; }
  }
  @media (forced-colors: active) { /* grounds vanish there: what is chosen or off must show by its border */
    .envoi { border-color: ButtonText; }
    .envoi[aria-disabled="true"] { border-color: GrayText; color: GrayText; }
    .moyens button[aria-pressed="true"] { border: 3px solid Highlight; }
    progress::-webkit-progress-value { background: Highlight; forced-color-adjust: none; }
    progress::-moz-progress-bar { background: Highlight; forced-color-adjust: none; }
    .rang, progress, .frappe i { border: 1px solid; }
    .toi .bulle { border: 2px solid Highlight; }
    .etabli .bulle, .geste, .choix button { border-color: CanvasText; }
  }
`;

export const STYLE = [CADRE, STYLE_BULLES];
