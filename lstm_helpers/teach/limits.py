"""What a student's code may not do: one process, one folder, so much of everything.

A limit the system does not know is left out and named: the report says so. This holds
back slips and pranks; whoever grades strangers grades in a container on top.
"""

import contextlib
import os
import signal
import site
import sys
import sysconfig
import threading
from pathlib import Path

try:
    import resource
except ImportError:  # Windows
    resource = None

LONGEST = 1800  # seconds of processor time for a notebook, should nobody watch
DEFAULT = dict(seconds=10.0, memory=1024, files=32, output=1)  # s, and MB
# A warm process forks for each notebook; matrix products on macOS do not survive that.
FORKS = (hasattr(os, "fork") and sys.platform != "darwin"
         and os.environ.get("LSTM_TEACH_FORK") != "0")
PACKAGE = Path(__file__).resolve().parents[1]
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.chown",
           "os.link", "os.symlink", "os.truncate", "os.utime", "os.setxattr",
           "os.removexattr", "os.chflags", "shutil.rmtree", "shutil.move")
REFUSED = {
    "socket.": "to open a network connection",
    "urllib.": "to open a network connection",
    "subprocess.": "to start another program",
    "os.system": "to start another program",
    "os.exec": "to start another program",
    "os.posix_spawn": "to start another program",
    "os.spawn": "to start another program",
    "os.startfile": "to start another program",
    "webbrowser.": "to start another program",
    "pty.": "to start another program",
    "os.fork": "to start another process",
    "os.kill": "to end another process",
    "signal.pthread_kill": "to end another process",
    "resource.": "to change its limits",
    "winreg.": "to change the registry",
    "ctypes.": "to leave Python",
}


class TooMuchOutput(BaseException):
    """Raised inside an answer that prints without end."""


class Sink:
    """Takes what is printed and keeps nothing, up to a limit.

    Parameters
    ----------
    most : float
        Characters.
    """

    encoding = "utf-8"

    def __init__(self, most):
        self.left = most

    def write(self, text):
        self.left -= len(text)
        if self.left < 0:
            raise TooMuchOutput
        return len(text)

    def flush(self):
        pass

    def isatty(self):
        return False


def readable_places():
    """Return the folders an answer may read: those of Python and of its libraries."""
    paths = [*sysconfig.get_paths().values(), sys.prefix, sys.base_prefix, PACKAGE,
             *site.getsitepackages(), "/usr/share", "/usr/lib", "/etc/fonts", "/dev",
             "/proc/self", f"/proc/{os.getpid()}", "/sys/devices/system/cpu",
             "/proc/cpuinfo", "/proc/meminfo"]
    return tuple({os.path.normcase(os.path.realpath(path)) for path in paths})


class Guard:
    """An audit hook that refuses; it cannot be taken out again.

    Parameters
    ----------
    folder : str
        The only place where files may be made.

    Attributes
    ----------
    tried : list of str
        What was refused, each thing once.
    """

    def __init__(self, folder):
        self.folder = os.path.normcase(os.path.realpath(folder))
        self.may_read = (self.folder, *readable_places())
        self.may_list = {os.path.normcase(os.path.realpath(path))
                         for path in sys.path if path}
        self.tried = []
        self.inside = threading.local()

    def hook(self, event, args):
        if getattr(self.inside, "busy", False):
            return
        self.inside.busy = True
        try:
            said = self.why_refused(event, args)
        finally:
            self.inside.busy = False
        if said:
            if said not in self.tried and len(self.tried) < 10:
                self.tried.append(said)
            raise PermissionError(f"not while grading: the answer tried {said}")

    def why_refused(self, event, args):
        """Say what an event tries that is not allowed, or return None."""
        if event == "open":
            path, mode, flags = args
            if isinstance(path, int):
                return None
            writes = (set(mode) & set("wax+") if isinstance(mode, str)
                      else (flags or 0) & WRITES)
            if writes:
                return self.outside(path)
            return self.unreadable(path)
        if event in CHANGES:
            paths = [a for a in args[:2] if isinstance(a, str | bytes | os.PathLike)]
            folders = [a for a in args[1:] if type(a) is int and a > 2]
            return next(filter(None, (self.outside(p, *folders[-1:])
                                      for p in paths)), None)
        if event in ("os.listdir", "os.scandir"):
            path = args[0]
            named = isinstance(path, str | bytes) and self.real(path) in self.may_list
            return None if named else self.unreadable(path)  # an import looks there
        for start, said in REFUSED.items():
            if event.startswith(start) and not (
                    start == "ctypes." and may_leave_python()):
                return said
        return None

    def real(self, path, folder=None):
        """Return the absolute path without links, of a path below an open folder."""
        path = os.fsdecode(path)
        if folder is not None and not os.path.isabs(path):
            with contextlib.suppress(OSError):
                path = os.path.join(os.readlink(f"/proc/self/fd/{folder}"), path)
        try:
            return os.path.normcase(os.path.realpath(path))
        except OSError:  # its own folder is gone
            return path

    def outside(self, path, *folder):
        """Say that a path lies outside the folder, or return None."""
        real = self.real(path, *folder)
        if real == self.folder or real.startswith(self.folder + os.sep) or (
                os.fsdecode(path) == os.devnull):
            return None
        return "to change a file outside its folder"

    def unreadable(self, path):
        """Say that a path may not be read, or return None."""
        if not isinstance(path, str | bytes | os.PathLike):
            return None
        real = self.real(path)
        if not os.path.lexists(real) or any(
                real == place or real.startswith(place + os.sep)
                for place in self.may_read):
            return None
        return "to read a file that is none of its own"


def may_leave_python():
    """Whether the package itself calls C: to set the threads of a matrix product."""
    if not hasattr(signal, "setitimer"):
        return True  # there the engine limits time in this way
    ours, frame = vars(sys.modules["threadpoolctl"]), sys._getframe(2)
    for _ in range(8):
        if frame is None or frame.f_globals is ours:
            break
        frame = frame.f_back
    return frame is not None and frame.f_globals is ours


def set_limits(limits, folder):
    """Limit this process for good.

    Parameters
    ----------
    limits : dict
        As `DEFAULT`.
    folder : str
        Where it may write.

    Returns
    -------
    Guard
    """
    die_with_parent()
    without_network()
    if resource is not None:
        megabyte = 2**20
        whole = [("RLIMIT_FSIZE", limits["files"] * megabyte), ("RLIMIT_CORE", 0),
                 ("RLIMIT_NOFILE", 128), ("RLIMIT_CPU", LONGEST),
                 ("RLIMIT_AS", in_use() + int(limits["memory"] * megabyte))]
        for name, most in whole:
            with contextlib.suppress(AttributeError, ValueError, OSError):
                resource.setrlimit(getattr(resource, name), (most, most))
    guard = Guard(folder)
    sys.addaudithook(guard.hook)
    return guard


def in_use():
    """Return the bytes of address space this process has, or 0 where none can say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        return pages * resource.getpagesize()
    except (OSError, ValueError):
        return 2**32  # macOS maps much and counts it


def die_with_parent():
    """Have the system end this process when the one that watches it ends."""
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):
            import ctypes

            ctypes.CDLL(None).prctl(1, int(signal.SIGKILL), 0, 0, 0)


def without_network():
    """Leave the network for good, where the system lets an ordinary process do so."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        import ctypes

        libc = ctypes.CDLL(None, use_errno=True)
        user, net = 0x10000000, 0x40000000
        return libc.unshare(user | net) == 0 or libc.unshare(net) == 0
    except (OSError, AttributeError):
        return False


def missing():
    """Return what this system cannot limit, one sentence each."""
    said = []
    if not hasattr(resource, "RLIMIT_AS") or sys.platform == "darwin":
        said.append("memory is not limited on this system")
    if resource is None:
        said.append("the size of a file is watched, not limited, on this system")
    if not sys.platform.startswith("linux"):
        said.append("the network is shut inside Python only, on this system")
    return said
