"""Runs a command as deploy/systemd/bellman.service would, as far as a machine without systemd can: the unit file itself is
read, so a line that is changed there is what is tested.

    sandbox.py UNIT STATE CONFIG COMMAND…

Own mount and IPC namespaces; the machine read-only, homes and most devices gone, private /tmp, STATE as
/var/lib/bellman, CONFIG as /run/bellman-configuration; an unprivileged user without capabilities; no new privileges; no memory that is
writable and executable; the unit's system calls and no other; the unit's limits. Needs root and python3-seccomp.
"""
import ctypes, os, resource, subprocess, sys

LIBC = ctypes.CDLL(None, use_errno=True)
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 1, 2, 4, 32, 4096, 16384, 1 << 18
NEW_MOUNTS, NEW_IPC = 0x00020000, 0x08000000
PR_SET_NO_NEW_PRIVS, PR_CAPBSET_DROP, PR_SET_SECUREBITS = 38, 24, 28
STATE, CONFIG = "/var/lib/bellman", "/run/bellman-configuration"
USER = 61_184  # the first that systemd takes for DynamicUser


def unit(path):
    """Every setting of [Service] with its values in order."""
    settings, section = {}, ""
    for line in open(path, encoding="utf-8"):
        line = line.strip()
        if line.startswith("["):
            section = line
        elif "=" in line and not line.startswith("#") and section == "[Service]":
            key, value = line.split("=", 1)
            settings.setdefault(key, []).append(value)
    return settings


def call(name, *arguments):
    if getattr(LIBC, name)(*arguments) != 0:
        raise OSError(ctypes.get_errno(), f"{name}{arguments}: {os.strerror(ctypes.get_errno())}")


def mount(source, target, kind=b"none", flags=0, data=None):
    call("mount", source.encode(), target.encode(), kind, ctypes.c_ulong(flags), data)


def prctl(option, *arguments):
    return LIBC.prctl(option, *[ctypes.c_ulong(a) for a in (*arguments, 0, 0, 0, 0)[:4]])


def system_calls(lines):
    """The calls that systemd lets through for the given SystemCallFilter lines."""
    groups = {}

    def members(word):
        if not word.startswith("@"):
            return {word}
        if word not in groups:
            text = subprocess.run(["systemd-analyze", "syscall-filter", word], check=True, capture_output=True, text=True).stdout
            words = [w.strip() for w in text.splitlines()[1:] if w.strip() and not w.strip().startswith("#")]
            groups[word] = set().union(*(members(w) for w in words))
        return groups[word]

    # systemd always lets these through.
    allowed = members("@default")
    for line in lines:
        found = set().union(*(members(w) for w in line.lstrip("~").split()))
        allowed = allowed - found if line.startswith("~") else allowed | found
    return allowed


def machine(settings, state, config):
    """The file system as ProtectSystem=strict, ProtectHome, PrivateTmp, PrivateDevices and ProcSubset=pid leave it."""
    call("unshare", NEW_MOUNTS | NEW_IPC)
    mount("none", "/", flags=MS_REC | MS_PRIVATE)
    for folder, inner, source in [("/var/lib", STATE, state), ("/run", CONFIG, config)]:
        hold = os.open(source, os.O_PATH)
        mount("tmpfs", folder, b"tmpfs", MS_NOSUID | MS_NODEV, b"mode=755")
        os.makedirs(inner)
        mount(f"/proc/self/fd/{hold}", inner, flags=MS_BIND)
        os.close(hold)
    os.chdir(STATE)
    for point in sorted({line.split()[4] for line in open("/proc/self/mountinfo", encoding="utf-8")}):
        flags = MS_NOSUID | (0 if point == STATE else MS_RDONLY)
        try:
            mount("none", point.replace("\\040", " "), flags=MS_BIND | MS_REMOUNT | flags)
        except OSError:
            if point == "/":
                raise
    for folder, mode in [("/tmp", b"mode=1777"), ("/var/tmp", b"mode=1777"), ("/root", b"mode=000"), ("/home", b"mode=000")]:
        mount("tmpfs", folder, b"tmpfs", MS_NOSUID | MS_NODEV, mode)
    devices()
    mount("proc", "/proc", b"proc", MS_NOSUID | MS_NODEV, b"hidepid=invisible,subset=pid")


def devices():
    """The few devices that PrivateDevices leaves."""
    names = ["null", "zero", "full", "random", "urandom", "tty"]
    held = [(name, os.open("/dev/" + name, os.O_PATH)) for name in names if os.path.exists("/dev/" + name)]
    mount("tmpfs", "/dev", b"tmpfs", MS_NOSUID, b"mode=755")
    for name, hold in held:
        os.close(os.open("/dev/" + name, os.O_CREAT, 0o600))
        mount(f"/proc/self/fd/{hold}", "/dev/" + name, flags=MS_BIND)
        os.close(hold)
    mount("none", "/dev", flags=MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID)


def rights():
    for capability in range(64):
        if prctl(PR_CAPBSET_DROP, capability) != 0:
            break
    prctl(PR_SET_SECUREBITS, 0x3)  # noroot, noroot-locked
    os.setgroups([])
    os.setresgid(USER, USER, USER)
    os.setresuid(USER, USER, USER)
    if prctl(PR_SET_NO_NEW_PRIVS, 1) != 0:
        raise OSError("no new privileges")


def filter_calls(settings, calls):
    sys.path.append("/usr/lib/python3/dist-packages")
    import seccomp

    wx = settings.get("MemoryDenyWriteExecute") == ["yes"]
    chosen = seccomp.SyscallFilter(seccomp.ERRNO(1))
    for name in sorted(calls):
        if wx and name in ("mprotect", "pkey_mprotect", "mmap", "shmat"):
            continue
        if name in ("socket", "clone3"):
            continue
        try:
            chosen.add_rule(seccomp.ALLOW, name)
        except (RuntimeError, ValueError):
            continue  # a call that this kernel or libseccomp does not know
    # clone3 hides its flags from filters; systemd answers ENOSYS, and glibc takes clone.
    chosen.add_rule(seccomp.ERRNO(38), "clone3")
    if wx:
        execute, write = 4, 2
        for name, position in [("mprotect", 2), ("pkey_mprotect", 2)]:
            chosen.add_rule(seccomp.ALLOW, name, seccomp.Arg(position, seccomp.MASKED_EQ, execute, 0))
        chosen.add_rule(seccomp.ALLOW, "mmap", seccomp.Arg(2, seccomp.MASKED_EQ, execute | write, 0))
        chosen.add_rule(seccomp.ALLOW, "mmap", seccomp.Arg(2, seccomp.MASKED_EQ, execute | write, execute))
        chosen.add_rule(seccomp.ALLOW, "mmap", seccomp.Arg(2, seccomp.MASKED_EQ, execute | write, write))
    families = {"AF_UNIX": 1, "AF_INET": 2, "AF_INET6": 10}
    for family in " ".join(settings["RestrictAddressFamilies"]).split():
        chosen.add_rule(seccomp.ALLOW, "socket", seccomp.Arg(0, seccomp.EQ, families[family]))
    chosen.load()


def limits(settings):
    os.umask(int(settings["UMask"][0], 8))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    files = int(settings["LimitNOFILE"][0])
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))


def main():
    path, state, config, *command = sys.argv[1:]
    settings = unit(path)
    os.chown(state, USER, USER)
    os.chmod(state, int(settings["StateDirectoryMode"][0], 8))
    calls = system_calls(settings["SystemCallFilter"])  # before the machine is closed
    binary = os.open(command[0], os.O_RDONLY | os.O_CLOEXEC)
    machine(settings, state, config)
    limits(settings)
    rights()
    filter_calls(settings, calls)
    # By descriptor: the binary may lie where the sandbox shows nothing.
    os.execve(binary, command, dict(os.environ))


if __name__ == "__main__":
    main()
