"""A real SMTP server for tests (aiosmtpd), told what to do by its arguments.

    smtp_server.py FOLDER SECURITY [CERTIFICATE KEY] [--auth USER PASSWORD]

Prints `PORT <n>` once it listens, then `CONNECTION` for each that comes and `MESSAGE <file>` for
each message, kept whole in FOLDER with the recipients that were accepted in `<file>.to`. An address whose
local part begins with `deferred` is answered 451, one with `unknown` 550.

Its standard input tells it what to be from then on, one order a line: `WELL`, `DOWN` (nobody answers),
`REFUSING` (451 to every letter), `SLOW <seconds>` before each letter is taken; or which process to kill
(SIGKILL) at the next letter: `KILL_BEFORE <pid>`, when it came and was not yet taken, `KILL_AFTER <pid>`,
right after it was told that it is. It ends when its input closes.
"""

import argparse
import asyncio
import logging
import os
import pathlib
import signal
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Keep:
    def __init__(self, folder):
        self.folder = folder
        self.count = 0
        self.refusing = False
        self.slow = 0.0
        self.victim = None

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.refusing:
            return "451 4.3.2 not now"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("deferred"):
            return f"451 4.2.1 <{address}> is busy, try again later"
        if address.startswith("unknown"):
            return f"550 5.1.1 <{address}> is not known here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(self.slow)
        when, victim = self.victim or ("", 0)
        self.victim = None
        if when == "KILL_BEFORE":
            os.kill(victim, signal.SIGKILL)
            return "451 4.3.0 the sender is gone"
        self.count += 1
        path = self.folder / f"{self.count:06}.eml"
        path.with_name(path.name + ".to").write_text("\n".join(envelope.rcpt_tos))
        whole = path.with_suffix(".part")
        whole.write_bytes(envelope.original_content)
        whole.rename(path)
        print("MESSAGE", path, flush=True)
        if when == "KILL_AFTER":
            # Once this answer is written, which happens without a pause.
            asyncio.get_running_loop().call_soon(os.kill, victim, signal.SIGKILL)
        return "250 2.0.0 kept"


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("security", choices=["none", "starttls", "tls"])
    parser.add_argument("files", nargs="*")
    parser.add_argument("--auth", nargs=2)
    return parser.parse_args()


async def serve(asked):
    keep = Keep(asked.folder)
    context = None
    if asked.security != "none":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*asked.files)

    here = set()

    class Here(SMTP):
        def connection_made(self, transport):
            here.add(transport)
            super().connection_made(transport)

        def connection_lost(self, error):
            here.discard(self.transport)
            super().connection_lost(error)

    def signs_in(server, session, envelope, mechanism, data):
        right = isinstance(data, LoginPassword) and [
            data.login.decode(),
            data.password.decode(),
        ] == asked.auth
        return AuthResult(success=right, handled=False)

    def connection():
        print("CONNECTION", flush=True)
        options = {"hostname": "localhost", "enable_SMTPUTF8": True}
        if asked.security == "starttls":
            options |= {"tls_context": context, "require_starttls": True}
        if asked.auth:
            options |= {
                "authenticator": signs_in,
                "auth_required": True,
                "auth_require_tls": False,
            }
        return Here(keep, **options)

    wrapped = context if asked.security == "tls" else None
    loop = asyncio.get_running_loop()

    def listen(port):
        return loop.create_server(connection, "127.0.0.1", port, ssl=wrapped, reuse_address=True)

    server = await listen(0)
    port = server.sockets[0].getsockname()[1]
    print("PORT", port, flush=True)
    while order := await loop.run_in_executor(None, sys.stdin.readline):
        word, *rest = order.split()
        if word.startswith("KILL"):
            keep.victim = (word, int(rest[0]))
            continue
        keep.refusing = word == "REFUSING"
        keep.slow = float(rest[0]) if word == "SLOW" else 0.0
        if word == "DOWN":
            server.close()
            for open_one in list(here):
                open_one.abort()
        elif not server.is_serving():
            server = await listen(port)


# It warns of what the tests want: signing in without encryption, on this machine only.
logging.disable(logging.WARNING)
asyncio.run(serve(arguments()))
