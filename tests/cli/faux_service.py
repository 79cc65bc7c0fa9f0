"""A tiny service for the tests of the supervisor: ``faux_service.py <mode> <port> <file of pids>``.

Modes: ``bon`` answers; ``lent`` does too, half a second after its start; ``enfants`` also starts a grandchild; ``tetu`` ignores SIGTERM; ``tombe`` answers, then dies.
"""

import http.server
import os
import signal
import subprocess
import sys
import threading
import time


class Sante(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        if mode == "tombe":
            print("ValueError: la base est illisible", flush=True)
            threading.Timer(0.05, os._exit, (3,)).start()


mode, port, fichier = sys.argv[1], int(sys.argv[2]), sys.argv[3]
if mode == "tetu":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
petits = [subprocess.Popen(["sleep", "600"])] if mode == "enfants" else []
with open(fichier, "a") as pids:
    pids.writelines(f"{pid}\n" for pid in [os.getpid(), *(petit.pid for petit in petits)])
if mode == "lent":
    time.sleep(0.5)
http.server.ThreadingHTTPServer(("127.0.0.1", port), Sante).serve_forever()
