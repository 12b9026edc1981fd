"""Where does this person's data lie, who has it open, and how did the window look last time?"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from loyaldesk.errors import Refused, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "PROFILE_VARIABLE", "PrivateFolder", "ProfileLock", "UiState", "disk_trouble",
    "make_private_folder", "profile_folder", "sync_folder", "write_atomically",
]  # fmt: skip

PROFILE_VARIABLE = "LOYALDESK_PROFILE"
LOCK_NAME = "profile.lock"
# What the systems say when another process has the lock; anything else is the disk's trouble.
_HELD = {errno.EAGAIN, errno.EACCES, errno.EDEADLK}
TEMPORARY_NAME = "temporary"

if sys.platform == "win32":
    import msvcrt

    # Far behind the text, because Windows hides a locked range from other readers.
    _LOCKED_BYTE = 1 << 30

    def _take(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def profile_folder(
    chosen: str | Path | None = None,
    *,
    environ: Mapping[str, str] = os.environ,
    may_make: bool = True,
) -> Path:
    """Return the profile's folder, made private: the chosen one, the environment's or the system's.

    A folder that already holds other people's files keeps its permissions; without `may_make`
    one that does not exist stays so.
    """
    if chosen is not None and not str(chosen):
        raise Refused("The folder after --profile is missing. Nothing was changed.")
    folder = Path(chosen or environ.get(PROFILE_VARIABLE) or _usual_folder()).expanduser()
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow a link away
    try:
        if folder.exists() and not folder.is_dir():
            raise Refused(f"“{folder}” is a file. Choose a folder for the data with --profile.")
        if not may_make and not folder.exists():
            return folder
        return make_private_folder(folder)
    except OSError as error:
        raise Unavailable(
            f"The folder “{folder}” cannot be used: {error.strerror}. Nothing was changed. "
            "Choose another one with --profile."
        ) from error


def _usual_folder() -> Path:
    # Imported here: 17 ms of CPU that a start with --profile does not pay.
    from platformdirs import user_data_path

    return user_data_path("LoyalDesk", appauthor=False)


def make_private_folder(folder: Path) -> Path:
    """Return the folder, made if need be and readable by this person only if it is ours."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    is_ours = (folder / LOCK_NAME).exists() or next(folder.iterdir(), None) is None
    if is_ours:
        folder.chmod(0o700)
    return folder


@contextmanager
def disk_trouble() -> Iterator[None]:
    """Turn the disk's errors inside the block into `Unavailable`, with a sentence for the user."""
    try:
        yield
    except OSError as error:
        raise Unavailable(
            f"The disk did not do its part: {error.strerror or error}. Nothing was stored or "
            "changed. Check free space and permissions, then try again."
        ) from error


def write_atomically(path: Path, content: bytes) -> None:
    """Put the content at the path; a crash leaves the old file or the new one, never half."""
    fresh = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the names in the folder are on the disk (Windows does so by itself)."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


class ProfileLock:
    """The right to write in a profile: one process at a time has it.

    `was_unclean` says that the last process did not let go in good order (crash, power cut), so
    the store checks itself before it is used.
    """

    def __init__(self, profile: Path) -> None:
        self._path = profile / LOCK_NAME
        self._descriptor: int | None = None
        self.was_unclean = False

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def acquire(self) -> None:
        """Take the lock, or refuse and name the process that has it."""
        with disk_trouble():
            # Python's own descriptors are not inherited: no child can keep the lock alive.
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                _take(descriptor)
                self.was_unclean = _note_in(descriptor).startswith("open")
                _leave_note(descriptor, f"open {os.getpid()}")
            except OSError as error:
                holder = _note_in(descriptor).removeprefix("open").strip()
                os.close(descriptor)
                if error.errno not in _HELD:
                    raise
                raise Refused(
                    f"This data is already open in another LoyalDesk (process {holder}). Nothing "
                    "was changed. Close that one first, or choose another profile."
                ) from error
        self._descriptor = descriptor

    def release(self) -> None:
        """Give the lock back in good order; does nothing when it is not held."""
        if self._descriptor is None:
            return
        _leave_note(self._descriptor, "closed")
        os.close(self._descriptor)
        self._descriptor = None


def _note_in(descriptor: int) -> str:
    os.lseek(descriptor, 0, os.SEEK_SET)
    return os.read(descriptor, 64).decode("ascii", "replace")


def _leave_note(descriptor: int, note: str) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.ftruncate(descriptor, 0)
    os.write(descriptor, note.encode("ascii"))
    os.fsync(descriptor)


class UiState:
    """How the window looked: a small JSON file of window, columns, tabs and theme.

    `get` and `put` only touch memory and suit the main thread; `save` writes and suits a worker.
    A file that cannot be read is set aside and costs the looks, never the start.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._guard = threading.Lock()
        self._values = self._load()
        self._saved = dict(self._values)

    def get(self, name: str, default: Any = None) -> Any:
        """Return what was put under the name, or the default."""
        with self._guard:
            return self._values.get(name, default)

    def put(self, name: str, value: Any) -> None:
        """Keep a value that JSON can write under the name."""
        with self._guard:
            self._values[name] = value

    def save(self) -> None:
        """Write what changed since the last time."""
        with self._guard:
            if self._values == self._saved:
                return
            content = json.dumps(self._values, ensure_ascii=False, indent=1).encode()
            with disk_trouble():
                write_atomically(self._path, content)
            self._saved = dict(self._values)

    def _load(self) -> dict[str, Any]:
        try:
            values = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError):
            values = None
        if isinstance(values, dict):
            return values
        # On a disk that cannot be written to it stays where it is.
        with suppress(OSError):
            self._path.replace(self._path.with_name(f"{self._path.name}.damaged"))
        return {}


class PrivateFolder:
    """A folder for this run's temporary files (previews, copies opened outside), gone at the end.

    What a crash left behind goes at the next start. Only the holder of the profile's lock makes
    one, so nobody else's files are swept.
    """

    def __init__(self, profile: Path) -> None:
        self._root = profile / TEMPORARY_NAME
        self.path = self._root / os.urandom(8).hex()

    def __enter__(self) -> Path:
        shutil.rmtree(self._root, ignore_errors=True)
        with disk_trouble():
            self.path.mkdir(mode=0o700, parents=True)
            self._root.chmod(0o700)
        return self.path

    def __exit__(self, *_: object) -> None:
        # Windows keeps what another program still shows; the next start takes it away.
        shutil.rmtree(self._root, ignore_errors=True)
