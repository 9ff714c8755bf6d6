# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared between the parts
# What the machine must offer: root, the Debian packages, one command at a time.

# Samba's Python modules exist for Debian's own Python only, not for whichever
# python3 is first on the PATH. -E -s: nothing of the caller's environment;
# -B: no __pycache__ in the repository.
python=(/usr/bin/python3 -E -s -B)

require_root() {
    ((EUID == 0)) || fail "needs root: the domain controllers use ports 53, 88, 389 and 636. Try sudo." 77
}

# require_packages [second]: what a second domain controller needs, too.
require_packages() {
    local package missing=()
    local -A shows=(
        [samba]=/usr/sbin/samba
        [samba-ad-provision]=/usr/share/samba/setup/provision.ldif
        [samba-dsdb-modules]="/usr/lib/*/samba/ldb/samldb.so"
        [python3-samba]=/usr/lib/python3/dist-packages/samba/provision
        [ldap-utils]=/usr/bin/ldapsearch
        [libsasl2-modules-gssapi-mit]="/usr/lib/*/sasl2/libgssapiv2.so"
        [openssl]=/usr/bin/openssl
        [iproute2]=/bin/ss
        [procps]=/usr/bin/pgrep
    )
    if [[ ${1:-} == second ]]; then
        shows+=([libresolv-wrapper]="/usr/lib/*/libresolv_wrapper.so" [winbind]=/usr/sbin/winbindd)
    fi
    for package in "${!shows[@]}"; do
        compgen -G "${shows[$package]}" >/dev/null || missing+=("$package")
    done
    ((${#missing[@]})) || return 0
    mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort)

    local started log; started=$(now); log=$(mktemp /tmp/lab-packages.XXXXXX)
    command -v apt-get >/dev/null ||
        fail "missing packages, and no apt-get to install them: ${missing[*]}" 69
    note "Installing ${missing[*]} …"
    if ! install_quietly "${missing[@]}" >"$log" 2>&1; then
        tail -n 5 "$log" >&2
        fail "could not install ${missing[*]}: all of apt-get's output is in $log" 69
    fi
    rm -f "$log"
    done_step "Packages installed: ${missing[*]}" "$started"
}

# Debian starts smbd, nmbd and winbind on all addresses as soon as they are
# installed. The lab does not use them, so they neither start now nor at boot.
install_quietly() {
    local policy=/usr/sbin/policy-rc.d placed=no result=0
    if [[ ! -e $policy ]]; then
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod 755 "$policy"
        placed=yes
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -y -qq --no-install-recommends "$@" ||
        { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"; } || result=$?
    [[ $placed == no ]] || rm -f "$policy"
    if [[ -d /run/systemd/system && " $* " == *" samba "* ]]; then
        systemctl disable --quiet smbd nmbd samba-ad-dc winbind || true
    fi
    return "$result"
}

# One command per lab at a time. Provisioning inherits the descriptor and so
# keeps the lock when the script itself is killed; the domain controllers must
# not inherit it (see start_controller).
lock_lab() {
    mkdir -p "$lab_root"
    # Git ignores the whole folder without an entry in the repository's own file.
    [[ -e $lab_root/.gitignore ]] || echo '*' >"$lab_root/.gitignore"
    exec 9>"$lab_root/.$name.lock"
    flock -n 9 && return
    note "Waiting for another command on lab '$name' …"
    flock -w 120 9 || fail "another command has held lab '$name' for two minutes" 75
}
