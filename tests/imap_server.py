"""A real Dovecot on this computer, with a mailbox made of plain files.

``with imap_server() as server:`` gives its account; ``server.deliver(bytes)`` puts a
message in the inbox. Where Dovecot is not installed, the test is skipped.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from domain.ports import ImapAccount

PASSWORD = "mot-de-passe"
_PATIENCE = 20.0
_CONF = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_location = maildir:{folder}/mail
namespace inbox {{
  inbox = yes
  separator = /
  mailbox "Éléments envoyés" {{
    auto = create
    special_use = \\Sent
  }}
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
auth_failure_delay = 0
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""


class ImapServer:
    """One running Dovecot."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.account = ImapAccount(
            host="127.0.0.1", port=port, security="none", user="compta"
        )
        self._delivered = 0

    def deliver(self, content: bytes) -> None:
        """Put a message in the inbox, as a delivery does."""
        self._put("", content)

    def keep_sent(self, content: bytes) -> None:
        """Put a message among those that were sent."""
        self._put(".&AMk-l&AOk-ments envoy&AOk-s", content)

    def sent(self) -> list[bytes]:
        """Read what is in the Sent folder."""
        folder = self.folder / "mail" / ".&AMk-l&AOk-ments envoy&AOk-s"
        parts = (folder / part for part in ("new", "cur"))
        return [
            f.read_bytes() for part in parts if part.is_dir() for f in part.iterdir()
        ]

    def names(self) -> set[str]:
        """Name the files of the inbox: they tell their flags after a colon."""
        inbox = self.folder / "mail"
        return {
            file.name for part in ("new", "cur") for file in (inbox / part).iterdir()
        }

    def _put(self, folder: str, content: bytes) -> None:
        self._delivered += 1
        inbox = self.folder / "mail" / folder
        for part in ("tmp", "new", "cur"):
            (inbox / part).mkdir(parents=True, exist_ok=True)
        name = f"{1_700_000_000 + self._delivered}.M{self._delivered}P1.here"
        (inbox / "new" / name).write_bytes(content)
        _give(self.folder / "mail")


def _give(folder: Path) -> None:
    """Let Dovecot's own user read what root wrote."""
    if os.geteuid() == 0:
        owner = pwd.getpwnam("nobody")
        for path in (folder, *folder.rglob("*")):
            os.chown(path, owner.pw_uid, owner.pw_gid)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def imap_server() -> Iterator[ImapServer]:
    """Run a Dovecot with an empty mailbox."""
    program = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("Dovecot (dovecot-imapd) is not installed here")
    owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    with tempfile.TemporaryDirectory(prefix="imap") as name:
        folder, port = Path(name), _free_port()
        folder.chmod(0o755)
        group = subprocess.run(
            ["id", "-gn", owner.pw_name], check=True, capture_output=True, text=True
        ).stdout.strip()
        conf = folder / "dovecot.conf"
        conf.write_text(
            _CONF.format(
                folder=folder,
                user=owner.pw_name,
                group=group,
                password=PASSWORD,
                port=port,
            ),
            "utf-8",
        )
        (folder / "mail").mkdir()
        _give(folder / "mail")
        running = subprocess.Popen(
            [program, "-F", "-c", str(conf)], stderr=subprocess.PIPE
        )
        try:
            _wait_for(port, running, folder)
            yield ImapServer(folder, port)
        finally:
            running.terminate()
            running.communicate(timeout=_PATIENCE)


def _wait_for(port: int, running: subprocess.Popen[bytes], folder: Path) -> None:
    """Wait until the server answers."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if running.poll() is not None:
            break
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as line:
                line.settimeout(_PATIENCE)
                if line.recv(4):
                    return
        except OSError:
            time.sleep(0.05)
    log = folder / "log"
    said = log.read_text("utf-8") if log.exists() else ""
    pytest.skip(f"Dovecot does not start here: {said[-300:]}")
