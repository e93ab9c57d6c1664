"""Encryption by a passphrase: age (https://age-encryption.org) through pyrage, nothing of our own.

    an encrypted file:  a zip, stored, of
        key.age         a new age identity, encrypted by the passphrase (scrypt)
        data.age        the data, encrypted to that identity (X25519, ChaCha20-Poly1305)

pyrage holds in memory all that it encrypts by a passphrase, several times over, but streams what it
encrypts to a key. So the passphrase protects a key made for this one file, which is what age calls
an encrypted identity file: `unzip FILE && age -d -i key.age data.age` opens it without Vínculos.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TypeVar

import pyrage

from vinculos.errors import InputError
from vinculos.language import gettext as _

KEY = "key.age"
DATA = "data.age"
ZIP_HEADER = b"PK\x03\x04"
ZIP_HEADER_BYTES = 30

T = TypeVar("T")


class Reader(Protocol):
    """What can be read in pieces."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most `size` bytes; none at the end."""


class Key:
    """A new key, and that key encrypted by a passphrase; making it takes a second and 1 GB."""

    def __init__(self, passphrase: str) -> None:
        """Make a key that `passphrase` opens."""
        identity = pyrage.x25519.Identity.generate()
        self.recipient = identity.to_public()
        self.encrypted: bytes = pyrage.passphrase.encrypt(f"{identity}\n".encode(), passphrase)


class Kept:
    """A file for pyrage, which turns errors into words: the error itself is kept here."""

    def __init__(self, file: Any) -> None:
        """Take the file, or what reads or writes like one."""
        self.file = file
        self.error: BaseException | None = None

    def keep(self, work: Callable[[], T]) -> T:
        """Do the work; keep its error."""
        try:
            return work()
        except BaseException as error:
            self.error = error
            raise

    def read(self, size: int = -1) -> bytes:
        """Read from the file."""
        return self.keep(lambda: bytes(self.file.read(size)))

    def write(self, data: bytes) -> int:
        """Write to the file."""
        return self.keep(lambda: int(self.file.write(data)))

    def flush(self) -> None:
        """Flush the file."""
        self.keep(lambda: self.file.flush())


@contextmanager
def own_errors(*files: Kept) -> Iterator[None]:
    """Raise what went wrong with one of the files, rather than pyrage's words for it."""
    try:
        yield
    except (pyrage.EncryptError, pyrage.DecryptError, OSError):
        for file in files:
            if file.error:
                raise file.error from None
        raise


def encrypt(source: Reader, target: BinaryIO, key: Key) -> None:
    """Write all that `source` gives to `target`, encrypted; piece by piece."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(KEY, key.encrypted)
        with archive.open(DATA, "w", force_zip64=True) as member:
            plain, secret = Kept(source), Kept(member)
            with own_errors(plain, secret):
                pyrage.encrypt_io(plain, secret, [key.recipient])


def is_encrypted(file: BinaryIO) -> bool:
    """Tell from its first bytes whether an open file was written by `encrypt`."""
    header = file.read(ZIP_HEADER_BYTES + len(KEY))
    file.seek(0)
    return header.startswith(ZIP_HEADER) and header[ZIP_HEADER_BYTES:] == KEY.encode()


def decrypt(source: BinaryIO, target: BinaryIO, passphrase: str, path: Path) -> None:
    """Write to `target` what `encrypt` was given; `path` is for messages alone.

    Raises:
        InputError: the passphrase is another, or the file is damaged.
    """
    damaged = InputError(
        _("The backup {path} is damaged.").format(path=path), _("Use another backup.")
    )
    try:
        with zipfile.ZipFile(source) as archive:
            identity = opened_key(archive.read(KEY), passphrase, path)
            with archive.open(DATA) as member:
                secret, plain = Kept(member), Kept(target)
                with own_errors(secret, plain):
                    pyrage.decrypt_io(secret, plain, [identity])
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError) as error:
        raise damaged from error
    except (pyrage.DecryptError, pyrage.IdentityError, ValueError) as error:
        raise damaged from error
    except OSError as error:
        # pyrage says so, without a number, of data that do not fit the key.
        if error.errno is None:
            raise damaged from error
        raise


def opened_key(encrypted: bytes, passphrase: str, path: Path) -> Any:
    """Return the key that the passphrase opens.

    Raises:
        InputError: it opens none.
    """
    try:
        text = pyrage.passphrase.decrypt(encrypted, passphrase).decode()
    except pyrage.DecryptError as error:
        if "work" in str(error).lower():
            raise InputError(
                _(
                    "{path} was encrypted on a much faster computer; this one cannot open it."
                ).format(path=path),
                _("Restore it on a faster computer."),
            ) from error
        if str(error) != "Decryption failed":
            raise
        raise InputError(
            _("The passphrase does not open {path}.").format(path=path),
            _("Type the one that it was encrypted by; if it is that one, the file is damaged."),
        ) from error
    return pyrage.x25519.Identity.from_str(text.strip())
