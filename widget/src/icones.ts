import { svg, type SVGTemplateResult } from "lit";

const trace = (d: string): SVGTemplateResult => svg`<svg aria-hidden="true" viewBox="0 0 24 24"><path d=${d} /></svg>`;

export const ICONES = {
  menu: trace("M12 3.5a1.9 1.9 0 110 3.8 1.9 1.9 0 010-3.8zm0 6.6a1.9 1.9 0 110 3.8 1.9 1.9 0 010-3.8zm0 6.6a1.9 1.9 0 110 3.8 1.9 1.9 0 010-3.8z"),
  fermer: trace("M5.6 4.2L12 10.6l6.4-6.4 1.4 1.4-6.4 6.4 6.4 6.4-1.4 1.4-6.4-6.4-6.4 6.4-1.4-1.4 6.4-6.4-6.4-6.4z"),
  bas: trace("M12 15.5L5.5 9l1.4-1.4 5.1 5.1 5.1-5.1L18.5 9z"),
  envoyer: trace("M3.4 20.6L22 12 3.4 3.400v6.600L15 12 3.4 14z"),
  bulle: trace("M12 3c5.2 0 9 3.5 9 8s-3.8 8-9 8c-1 0-2-.1-2.9-.4L4.5 21l.9-4.100C3.9 15.4 3 13.3 3 11c0-4.5 3.8-8 9-8zM8 9.700a1.3 1.3 0 100 2.6 1.3 1.3 0 000-2.600zm4 0a1.3 1.3 0 100 2.6 1.3 1.3 0 000-2.600zm4 0a1.3 1.3 0 100 2.6 1.3 1.3 0 000-2.600z"),
  effacer: trace("M9 3h6l1 2h4v2H4V5h4zM6 9h12l-1 12H7z"),
  recommencer: trace("M12 5V1.500L7 6l5 4.500V7a5 5 0 11-5 5H5a7 7 0 107-7z"),
  lire: trace("M3 9v6h4l5 5V4L7 9zm11.5-.8v7.600a4.4 4.4 0 000-7.600zm0-4.200v2.100a6.2 6.2 0 010 11.800V20a8.2 8.2 0 000-16z"),
  grand: trace("M2 18L6.5 7h2L13 18h-2.100l-1-2.600H5.100L4 18zm3.8-4.400h3.400L7.5 9.200zM13.5 18L18.3 6h1.400L24 18h-2l-1-3h-4l-1.1 3z"),
  resume: trace("M11 3h2v9l3.3-3.3 1.4 1.400L12 15.800l-5.7-5.7 1.4-1.400L11 12zM4 18h16v2.500H4z"),
  lieu: trace("M12 2a7 7 0 017 7c0 4.8-7 13-7 13S5 13.8 5 9a7 7 0 017-7zm0 4.500a2.5 2.5 0 100 5 2.5 2.5 0 000-5z"),
};

/** A workbench: the assistant's face. */
export const LOGO = svg`<svg class="logo" aria-hidden="true" viewBox="0 0 48 48"><rect width="48" height="48" rx="24" fill="#ffc53d" />
  <g fill="#1b2440"><rect x="10" y="24" width="28" height="5.5" rx="2" /><path d="M13 29h5v8.500h-5zM30 29h5v8.500h-5z" /><rect x="16" y="32" width="16" height="2.8" />
  <rect x="28" y="18" width="3.5" height="7" /><rect x="33" y="18" width="3.5" height="7" /></g>
  <path d="M17 9.500c.7 3.6 1.9 4.8 5.5 5.5-3.6.7-4.8 1.9-5.5 5.5-.7-3.6-1.9-4.8-5.5-5.5 3.6-.7 4.8-1.9 5.5-5.500z" fill="#2447d8" /></svg>`;
