# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared between the parts
# What the machine must offer: root, Swift, Debian packages; and the build.

require_root() {
    ((EUID == 0)) ||
        fail "The demo needs root: it runs two domain controllers on the ports 88, 389 and 636 of loopback
  addresses, and installs Debian packages. Try: sudo $0" 77
}

find_swift() {
    command -v swift >/dev/null || PATH="$PATH:/opt/swift/usr/bin"
    command -v swift >/dev/null ||
        fail "There is no Swift on the PATH, nor in /opt/swift. Swift 6.2 or later is needed:
  https://www.swift.org/install/linux/ has one for Debian 12." 69
}

require_swift() {
    local answer version
    answer=$(swift --version 2>&1) || fail "$(command -v swift) does not start: ${answer##*$'\n'}" 69
    version=$(sed -n 's/.*Swift version \([0-9.]*\).*/\1/p' <<<"$answer" | head -n 1)
    [[ $(printf '6.2\n%s\n' "$version" | sort -V | head -n 1) == 6.2 ]] ||
        fail "Swift 6.2 or later is needed, and $(command -v swift) is ${version:-of an unknown version}" 69
    done_step "Swift $version"
}

# What the build and the demo need beside the lab's packages, which `scripts/lab` looks after.
require_packages() {
    local package missing=() started log
    local -A shows=(
        [libldap2-dev]=/usr/include/ldap.h
        [libsasl2-dev]=/usr/include/sasl/sasl.h
        [libkrb5-dev]=/usr/include/krb5.h
        [libssl-dev]=/usr/include/openssl/evp.h
        [libcurl4-openssl-dev]="/usr/include/*/curl/curl.h"
        [libzip-dev]=/usr/include/zip.h
        [pkg-config]=/usr/bin/pkg-config
        [git]=/usr/bin/git
        [libc6-dev]=/usr/include/stdlib.h
        [libstdc++-12-dev]="/usr/lib/gcc/*/*/libstdc++.so"
        [binutils]=/usr/bin/ld
        # What Swift's own programs are linked to.
        [libcurl4]="/usr/lib/*/libcurl.so.4"
        [libncurses6]="/usr/lib/*/libncurses.so.6"
        [libsqlite3-0]="/usr/lib/*/libsqlite3.so.0"
        [libxml2]="/usr/lib/*/libxml2.so.2"
        [ca-certificates]=/etc/ssl/certs/ca-certificates.crt
        [openssl]=/usr/bin/openssl
        [ldap-utils]=/usr/bin/ldapsearch
        [python3]=/usr/bin/python3
        [bsdutils]=/usr/bin/script
        [7zip]=/usr/bin/7zz
    )
    for package in "${!shows[@]}"; do
        compgen -G "${shows[$package]}" >/dev/null || missing+=("$package")
    done
    ((${#missing[@]})) || { done_step "The Debian packages for the build are installed"; return; }
    mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort)
    started=$(now) log=$(mktemp /tmp/demo-packages.XXXXXX)
    command -v apt-get >/dev/null || fail "Missing packages, and no apt-get to install them: ${missing[*]}" 69
    say "Installing ${missing[*]} …"
    if ! install_quietly "${missing[@]}" >"$log" 2>&1; then
        tail -n 5 "$log" >&2
        fail "Could not install ${missing[*]}: all of apt-get's output is in $log" 69
    fi
    rm -f "$log"
    done_step "Packages installed: ${missing[*]}" "$started"
}

install_quietly() {
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -y -qq --no-install-recommends "$@" ||
        { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"; }
}

build() {
    local started log=.lab/demo-build.log status=0; started=$(now)
    mkdir -p .lab
    [[ -e .lab/.gitignore ]] || echo '*' >.lab/.gitignore
    printf '%s$ swift build --product ad-user-sync%s\n' "$cyan" "$plain"
    swift build --product ad-user-sync >"$log" 2>&1 &
    local pid=$!
    # shellcheck disable=SC2064  # this very pid, now
    trap "kill $pid 2>/dev/null" EXIT
    while [[ -t 1 ]] && kill -0 "$pid" 2>/dev/null; do
        printf '\r\e[K%s%.*s%s' "$dim" $((columns - 1)) "$(tail -n 1 "$log")" "$plain"
        sleep 0.3
    done
    wait "$pid" || status=$?
    trap - EXIT
    [[ ! -t 1 ]] || printf '\r\e[K'
    ((status == 0)) || { tail -n 15 "$log" >&2; fail "The build failed; all of its output is in $log"; }
    rm -f "$log"
    done_step "Built: .build/debug/ad-user-sync" "$started"
}
