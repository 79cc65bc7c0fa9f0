/** The thread: bubbles, cards, map, quick replies. */
import { css } from "lit";

export const STYLE_BULLES = css`
  .fil { display: flex; flex: 1; flex-direction: column; min-height: 0; padding: .8em .8em .6em; overflow: hidden auto; overscroll-behavior: contain; }
  .fil:focus-visible { outline-offset: -3px; }
  .fil > * { flex: none; }
  .vie-privee { margin: 0 auto .9em; max-width: 26em; color: var(--discret); font-size: .8em; text-align: center; text-wrap: balance; }
  .jour { display: flex; justify-content: center; margin: .1em 0 .6em; color: var(--discret); font-size: .78em; font-weight: 600; }
  .jour span { padding: .15em .8em; border-radius: 1em; background: var(--bulle); }
  .jour span::first-letter { text-transform: uppercase; }
  .groupe { display: flex; flex-direction: column; gap: .2em; align-items: flex-start; margin-bottom: .65em; }
  .groupe.toi { align-items: flex-end; }
  .bulle { max-width: min(86%, 32em); padding: .5em .85em; border: 1px solid transparent; border-radius: 1.25em; background: var(--bulle); overflow-wrap: anywhere; }
  .etabli .bulle { border-bottom-left-radius: .35em; }
  .etabli .bulle + .bulle { border-top-left-radius: .35em; }
  .phrase { display: block; }
  .phrase + .phrase { margin-top: .35em; }
  .toi .bulle { border-bottom-right-radius: .35em; white-space: pre-line; background: var(--accent); color: var(--sur-accent); }
  .toi.attend .bulle { opacity: .85; border: 1px dashed var(--sur-accent); }
  .toi.refuse .bulle { background: var(--alerte); color: var(--texte-alerte); border-color: var(--trait-alerte); }
  .refus { max-width: min(86%, 32em); color: var(--texte-alerte); font-size: .85em; text-align: right; }
  .pied { padding: 0 .4em; color: var(--discret); font-size: .75em; }
  .attend .etat { font-weight: 700; }

  /* The « i » is drawn small in a target of full size; negative margins keep the line low. */
  .origine > summary { display: inline-flex; align-items: center; gap: .5em; min-height: 3.7em; margin: -1em 0; padding-right: 1em; border-radius: 1em; cursor: pointer; list-style: none; }
  .origine > summary::-webkit-details-marker { display: none; }
  .origine > summary:focus-visible { outline-offset: -.7em; }
  .i { display: grid; place-items: center; width: 1.55em; height: 1.55em; border: 1.5px solid currentColor; border-radius: 50%; font: italic 700 1em/1 Georgia, "Liberation Serif", serif; }
  .origine > summary:hover .i, .origine[open] .i { color: var(--lien); }
  .sources { margin-top: .6em; padding: .4em .85em; border-left: 3px solid var(--trait); font-size: 1.12em; overflow-wrap: anywhere; }
  .sources p { font-weight: 600; }

  .choix { display: flex; flex-wrap: wrap; gap: .45em; justify-content: flex-end; margin: .1em 0 .3em; }
  .choix button, .erreur button {
    min-height: var(--cible); padding: .35em 1em; border: 1.5px solid var(--lien); border-radius: 1.4em; background: var(--fond); color: var(--lien);
    font-weight: 600; text-align: left; overflow-wrap: anywhere;
  }
  .choix button:hover, .erreur button:hover { background: var(--puce); }
  .choix button:active { background: var(--accent); color: var(--sur-accent); }
  .erreur { display: grid; gap: .5em; justify-items: start; border-color: var(--trait-alerte); background: var(--alerte); color: var(--texte-alerte); }
  .erreur button { border-color: currentColor; background: none; color: inherit; }
  .frappe { display: flex; gap: .3em; align-items: center; min-height: 2.5em; }
  .frappe i { width: .5em; height: .5em; border-radius: 50%; background: var(--discret); }

  .ecoles { display: grid; gap: .5em; width: min(100%, 32em); margin: .15em 0; }
  .ecole { display: grid; gap: .35em; padding: .8em .9em; border: 1px solid var(--trait); border-radius: 1.1em; background: var(--carte); overflow-wrap: anywhere; }
  h3 { display: flex; gap: .6em; font-size: .95em; font-weight: 700; line-height: 1.3; }
  .rang { display: grid; flex: none; place-items: center; width: 1.6em; height: 1.6em; border-radius: 50%; background: #ffc53d; color: #1b2440; font-size: .9em; }
  .lieu { display: flex; gap: .35em; align-items: flex-start; }
  .lieu svg { width: 1.2em; height: 1.2em; margin-top: .1em; color: var(--discret); }
  .km, .diplomes, .note, .ecole summary { color: var(--discret); }
  .diplomes { font-size: .9em; }
  .diplomes li + li { margin-top: .2em; }
  .ecole summary { width: fit-content; min-height: 2em; padding: .3em 0; font-size: .9em; cursor: pointer; text-decoration: underline; }
  .puces { display: flex; flex-wrap: wrap; gap: .35em; }
  .puces li { padding: .15em .6em; border: 1px solid transparent; border-radius: 1em; background: var(--puce); font-size: .82em; }
  .note { font-size: .85em; }
  .gestes { display: flex; flex-wrap: wrap; gap: .4em; align-items: center; margin-top: .15em; font-size: .88em; --cible: 3.13em; }
  .geste { display: inline-flex; align-items: center; justify-content: center; min-width: var(--cible); min-height: var(--cible); padding: .3em .75em; border: 1.5px solid var(--lien); border-radius: 2em; background: none; color: var(--lien); font-weight: 600; text-decoration: none; }
  .geste:hover { background: var(--puce); }
  .geste.plein { border-color: var(--accent); background: var(--accent); color: var(--sur-accent); }
  .geste.plein:hover { filter: brightness(1.08); }
  .sans-lien { color: var(--discret); font-size: .85em; }

  etabli-carte { display: block; width: min(100%, 32em); }
  .carte { display: block; width: 100%; height: auto; aspect-ratio: 1.7; border: 1px solid var(--trait); border-radius: 1.1em; background: var(--mer); }
  .departement { fill: var(--terre); stroke: var(--cote); stroke-width: 1; vector-effect: non-scaling-stroke; }
  .code { fill: var(--discret); font-weight: 600; opacity: .75; }
  .ecole-point { fill: #ffc53d; stroke: #1b2440; stroke-width: 1.5; vector-effect: non-scaling-stroke; }
  .ecole-rang { fill: #1b2440; font-weight: 700; }
  .ici { fill: var(--lien); stroke: var(--fond); stroke-width: 2; vector-effect: non-scaling-stroke; }
  .ici-halo { fill: var(--lien); opacity: .2; }
  .ici-nom { fill: var(--texte); font-weight: 600; paint-order: stroke; stroke: var(--terre); stroke-width: 3; stroke-linejoin: round; vector-effect: non-scaling-stroke; }

  @media (min-width: 641px) { .fil { padding-inline: 1em; } }
  @media (prefers-reduced-motion: no-preference) {
    .groupe, .choix { animation: arrivee .18s ease-out; }
    .frappe i { animation: points 1.2s infinite ease-in-out; }
    .frappe i:nth-of-type(2) { animation-delay: .15s; }
    .frappe i:nth-of-type(3) { animation-delay: .3s; }
  }
  @keyframes arrivee { from { opacity: 0; transform: translateY(.4em); } }
  @keyframes points { 0%, 60%, 100% { transform: none; opacity: .5; } 30% { transform: translateY(-.25em); opacity: 1; } }
`;
