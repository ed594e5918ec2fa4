"""A register of fictional companies that answers like the public one: python -m demo.register 8199"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

# Fictional, with SIRENs that check; the fields that are read, as the public register writes them.
COMPANIES: list[dict[str, Any]] = [
    {
        "siren": "999000003",
        "nom_complet": "BIOSEVE",
        "nom_raison_sociale": "BIOSEVE",
        "activite_principale": "72.11Z",
        "tranche_effectif_salarie": "12",
        "etat_administratif": "A",
        "siege": {"libelle_commune": "LYON", "region": "84"},
    },
    {
        "siren": "999000011",
        "nom_complet": "BIOSEVE INSTRUMENTS",
        "nom_raison_sociale": "BIOSEVE INSTRUMENTS",
        "activite_principale": "26.60Z",
        "tranche_effectif_salarie": "21",
        "etat_administratif": "A",
        "siege": {"libelle_commune": "RENNES", "region": "53"},
    },
    {
        "siren": "999000029",
        "nom_complet": "BIOSEVE ANCIENNE",
        "nom_raison_sociale": "BIOSEVE ANCIENNE",
        "activite_principale": "72.11Z",
        "tranche_effectif_salarie": None,
        "etat_administratif": "C",
        "siege": {"libelle_commune": "PARIS", "region": "11"},
    },
]


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        words = parse_qs(urlsplit(self.path).query).get("q", [""])[0].casefold()
        found = [one for one in COMPANIES if one["siren"] == words or words in one["nom_complet"].casefold()]
        body = json.dumps({"results": found, "total_results": len(found)}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        pass


def server(port: int = 0) -> ThreadingHTTPServer:
    """Port 0: any that is free."""
    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


if __name__ == "__main__":
    server(int(sys.argv[1])).serve_forever()
