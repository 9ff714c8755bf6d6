# shellcheck shell=bash disable=SC2154,SC2034,SC2317  # variables are shared between the parts; traps call functions
# A clean Debian in a folder, and how to say what was found in it.

cache=.lab/package-test

title() { printf '\n%s\n' "$1"; }

# check WHAT COMMAND…: one line; the command's output only when it fails.
check() {
    local what=$1 said
    shift
    if said=$("$@" 2>&1); then
        printf '  ✓ %s\n' "$what"
        passed=$((passed + 1))
    else
        printf '  ✗ %s\n%s\n' "$what" "$(tail -n 15 <<<"$said" | cut -c 1-300 | sed 's/^/      /')"
        failed=$((failed + 1))
    fi
}

not() { ! "$@"; }

# says TEXT COMMAND…: the command succeeds, and its output has the text in it.
says() {
    local text=$1 said
    shift
    said=$("$@" 2>&1) || { printf '%s\n' "$said"; return 1; }
    [[ $said == *"$text"* ]] || { printf 'no "%s" in:\n%s\n' "$text" "$said"; return 1; }
}

inside() {
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 TERM=dumb \
        DEBIAN_FRONTEND=noninteractive MANWIDTH=80 chroot "$root" "$@"
}

# The bare minimum of a Debian, downloaded once.
make_root() {
    mkdir -p "$cache/archives/partial"
    if [[ ! -e $cache/base.tar ]]; then
        rm -rf "$cache/base"
        debootstrap --variant=minbase bookworm "$cache/base" http://deb.debian.org/debian >"$work/debootstrap" ||
            fail "debootstrap: $(tail -n 3 "$work/debootstrap")" 69
        cp /etc/resolv.conf "$cache/base/etc/"
        chroot "$cache/base" apt-get update -qq
        tar -C "$cache/base" -cf "$cache/base.tar" .
        rm -rf "$cache/base"
    fi
    mkdir -p "$root"
    tar -C "$root" -xf "$cache/base.tar"
    cp /etc/resolv.conf "$root/etc/"
    mount --bind "$cache/archives" "$root/var/cache/apt/archives"
    mount -t proc proc "$root/proc"
    mount --bind /dev "$root/dev"
    mount --bind /dev/pts "$root/dev/pts"
    # Where apt looks for programs, ours for systemctl among them.
    echo 'DPkg::Path "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";' >"$root/etc/apt/apt.conf.d/path"
    # Nothing may be started in it by other packages.
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
    chmod +x "$root/usr/sbin/policy-rc.d"
    check "Debian $(<"$root/etc/debian_version"), $(inside dpkg-query -f '.\n' -W | wc -l) packages, none of them ours" \
        not inside dpkg-query -W ad-user-sync
}

# systemd is not at work in the folder: in its place, a note of what it was told; a run is started as its unit says.
watch_systemd() {
    mkdir -p "$root/run/systemd/system" "$root/usr/local/sbin"
    cp scripts/package.d/systemctl-in-test "$root/usr/local/sbin/systemctl"
    : >"$root/run/systemctl.log"
}

unwatch_systemd() { rm -rf "$root/run/systemd/system" "$root/usr/local/sbin/systemctl"; }

told_systemd() { grep -qE -- "$1" "$root/run/systemctl.log"; }

finish() {
    local status=$?
    trap - EXIT
    scripts/lab down >/dev/null 2>&1 || true
    local place
    for place in var/cache/apt/archives proc dev/pts dev; do
        mountpoint -q "$root/$place" && umount "$root/$place"
    done
    # A folder that is still mounted would be emptied with the rest.
    if grep -q " $root/" /proc/mounts; then
        say "$root is kept: something is mounted in it"
    else
        rm -rf "$work"
    fi
    exit "$status"
}
