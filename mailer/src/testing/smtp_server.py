"""A real SMTP server for tests (aiosmtpd), told what to do by its arguments.

    smtp_server.py FOLDER SECURITY [CERTIFICATE KEY] [--auth USER PASSWORD]

Prints `PORT <n>` once it listens, then `CONNECTION` for each that comes and `MESSAGE <file>` for
each message, kept whole in FOLDER with the recipients that were accepted in `<file>.to`. An address whose local part begins with
`deferred` is answered 451, one with `unknown` 550. Ends when its standard input closes.
"""

import argparse
import asyncio
import logging
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Keep:
    def __init__(self, folder):
        self.folder = folder
        self.count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("deferred"):
            return f"451 4.2.1 <{address}> is busy, try again later"
        if address.startswith("unknown"):
            return f"550 5.1.1 <{address}> is not known here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        path = self.folder / f"{self.count:06}.eml"
        path.with_name(path.name + ".to").write_text("\n".join(envelope.rcpt_tos))
        whole = path.with_suffix(".part")
        whole.write_bytes(envelope.original_content)
        whole.rename(path)
        print("MESSAGE", path, flush=True)
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
        return SMTP(keep, **options)

    wrapped = context if asked.security == "tls" else None
    server = await asyncio.get_running_loop().create_server(
        connection, "127.0.0.1", 0, ssl=wrapped
    )
    print("PORT", server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


# It warns of what the tests want: signing in without encryption, on this machine only.
logging.disable(logging.WARNING)
asyncio.run(serve(arguments()))
