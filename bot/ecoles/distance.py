"""Distances as the crow flies, in kilometres; a road is longer."""

from __future__ import annotations

import math

RAYON_TERRE_KM = 6371.0
_KM_PAR_DEGRE = 111.0  # a little under the true 111.2, so that the box is never too small


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Haversine distance between two points in WGS 84 degrees."""
    a, b, c, d = map(math.radians, (lat1, lon1, lat2, lon2))
    corde = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * RAYON_TERRE_KM * math.asin(min(1.0, math.sqrt(corde)))


def boite(latitude: float, longitude: float, rayon_km: float) -> tuple[float, float, float, float]:
    """Smallest and largest latitude, smallest and largest longitude of a box that holds the circle.

    The box is measured at its edge nearest the pole, where degrees of longitude are shortest.
    """
    hauteur = rayon_km / _KM_PAR_DEGRE
    largeur = hauteur / max(0.05, math.cos(math.radians(min(89.0, abs(latitude) + hauteur))))
    return latitude - hauteur, latitude + hauteur, longitude - largeur, longitude + largeur
