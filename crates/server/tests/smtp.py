"""A mail server for tests: aiosmtpd, a folder to keep what arrived, and a will of its own for some mailboxes.

What comes before the + in a mailbox's name says what it does with its first letters: `later` refuses each for now, `never` for
good, `silent` takes the text and says nothing, `lost` keeps the letter and hangs up without a word, `slow` answers late.
`later2+x` does it with the first two of each Message-ID; without a number it is one, `never` is for all. `gone` is lost, and from
then on there is no such mailbox.

What goes wrong earlier is listed in `--faults`, for each connection the next one: a step (greeting, ehlo, mail, rcpt, data, and text
for what follows the 354), and what happens at it: the code of a refusal, `slow`, `late`, `silent` or `hangup`.
"""

import argparse
import asyncio
import json
import os
import re
import ssl
import sys
from email import message_from_bytes

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

args = argparse.ArgumentParser()
args.add_argument("folder")
args.add_argument("--port", type=int, default=0)
args.add_argument("--tls", choices=["tls", "starttls", "none"], default="none")
args.add_argument("--certificate")
args.add_argument("--key")
args.add_argument("--user")
args.add_argument("--password")
args.add_argument("--faults", default="")
args = args.parse_args()

# In seconds: within the program's patience, beyond it, and for ever.
PAUSES = {"slow": 0.3, "late": 10, "silent": 3600}

faults = [fault.split() for fault in args.faults.split(",") if fault]
tries = {}
gone = set()
kept = 0


def note(file, line):
    with open(os.path.join(args.folder, file), "a") as log:
        log.write(line + "\n")


def wish(address):
    found = re.match(r"(later|never|silent|lost|slow|gone)(\d*)\+", address)
    return (found[1], int(found[2] or 1)) if found else (None, 0)


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in gone:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        global kept
        message = message_from_bytes(envelope.content)
        what, times = wish(envelope.rcpt_tos[0])
        key = message["Message-ID"]
        tries[key] = tries.get(key, 0) + 1
        note("tries", f"{key} {what}")
        if what == "never":
            return "550 no such mailbox"
        if what == "later" and tries[key] <= times:
            return "451 try again later"
        if what == "slow":
            await asyncio.sleep(0.7)
        if what == "silent" and tries[key] <= times:
            await asyncio.sleep(3600)
        kept += 1
        name = os.path.join(args.folder, f"{kept:04}")
        with open(name + ".eml", "wb") as out:
            out.write(envelope.original_content)
        with open(name + ".tmp", "w") as out:
            json.dump({"from": envelope.mail_from, "to": envelope.rcpt_tos, "id": key, "tls": server.transport.get_extra_info("sslcontext") is not None}, out)
        os.rename(name + ".tmp", name + ".json")
        if what == "gone":
            gone.add(envelope.rcpt_tos[0])
        if what in ("lost", "gone") and tries[key] <= times:
            server.transport.abort()
            await asyncio.sleep(3600)
        return "250 kept"


class Server(SMTP):
    """Goes wrong at one step of a connection, while faults are left."""

    def __init__(self, *handler, **more):
        super().__init__(*handler, **more)
        self.step, self.what = faults.pop(0) if faults else (None, None)

    async def goes_wrong(self, step):
        """True where no other answer is to follow."""
        if step != self.step:
            return False
        note("faults", f"{step} {self.what}")
        if self.what in PAUSES:
            await asyncio.sleep(PAUSES[self.what])
            return False
        if self.what == "hangup":
            self.transport.abort()
            await asyncio.sleep(3600)
        await self.push(f"{self.what} {step}")
        if step == "greeting" or self.what == "421":
            self.transport.close()
        return True

    async def _handle_client(self):
        if not await self.goes_wrong("greeting"):
            await super()._handle_client()

    async def smtp_EHLO(self, arg):
        if not await self.goes_wrong("ehlo"):
            await super().smtp_EHLO(arg)

    async def smtp_MAIL(self, arg):
        if not await self.goes_wrong("mail"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg):
        if not await self.goes_wrong("rcpt"):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg):
        if self.step == "text":
            await self.push("354 go on")
        if not (await self.goes_wrong("data") or await self.goes_wrong("text")):
            await super().smtp_DATA(arg)


def authenticate(server, session, envelope, mechanism, data):
    right = isinstance(data, LoginPassword) and (data.login.decode(), data.password.decode()) == (args.user, args.password)
    return AuthResult(success=right)


context = None
if args.tls != "none":
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(args.certificate, args.key)


async def main():
    loop = asyncio.get_running_loop()

    def factory():
        return Server(
            Handler(),
            hostname="mail.skerry.example",
            data_size_limit=60_000_000,
            enable_SMTPUTF8=True,
            tls_context=context if args.tls == "starttls" else None,
            require_starttls=args.tls == "starttls",
            authenticator=authenticate if args.user else None,
            auth_required=bool(args.user),
            auth_require_tls=args.tls == "starttls",
            loop=loop,
        )

    server = await loop.create_server(factory, "127.0.0.1", args.port, ssl=context if args.tls == "tls" else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    # Ends with whoever started it.
    await loop.run_in_executor(None, sys.stdin.read)
    os._exit(0)


asyncio.run(main())
