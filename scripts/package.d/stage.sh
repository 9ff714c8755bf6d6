# shellcheck shell=bash disable=SC2154  # variables are shared between the parts
# What scripts/package and scripts/install have in common: the program, and everything that goes with it, below a folder.

fail() {
    printf '%s: %s\n' "${0##*/}" "$1" >&2
    exit "${2:-1}"
}

say() { printf '%s\n' "$*" >&2; }

# The program to install: the one that AD_USER_SYNC names, or one that is built now, with the commit it is of.
find_program() {
    program=${AD_USER_SYNC:-}
    if [[ -z $program ]]; then
        command -v swift >/dev/null || PATH="$PATH:/opt/swift/usr/bin"
        command -v swift >/dev/null || fail "there is no Swift on the PATH, nor in /opt/swift; 6.2 or later is needed" 69
        say "Building (a release build takes a quarter of an hour the first time) …"
        AD_USER_SYNC_COMMIT=$(source_commit)
        export AD_USER_SYNC_COMMIT
        swift build -c release --static-swift-stdlib --product ad-user-sync >&2
        program=$(swift build -c release --static-swift-stdlib --show-bin-path)/ad-user-sync
    fi
    [[ -f $program && -x $program ]] || fail "there is no program $program" 66
}

# It must be of these sources: man pages and samples come from both.
find_version() {
    version=$("$program" --version | head -n 1)
    local source
    source=$(sed -n 's/.*static let version = "\(.*\)"$/\1/p' Sources/SyncCommands/Commands/AdUserSyncCommand.swift)
    [[ $version == "$source" ]] || fail "$program is version $version, but the sources are version $source" 65
}

# The commit of the sources, marked when they differ from it; nothing outside a clone.
source_commit() {
    local commit
    commit=$(git rev-parse --short=12 HEAD 2>/dev/null) || return 0
    [[ -z $(git status --porcelain --untracked-files=no) ]] || commit+=-dirty
    printf '%s' "$commit"
}

# When the sources were made: what is built from the same sources is the same, octet for octet.
find_date() {
    if [[ -z ${SOURCE_DATE_EPOCH:-} ]]; then
        SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null) || SOURCE_DATE_EPOCH=$(stat -c %Y CHANGELOG.md)
    fi
    export SOURCE_DATE_EPOCH
}

put() { install -D -m "$1" "$2" "$3"; }

# stage ROOT PREFIX UNITS ZSH: the folders of units and of zsh's completions differ between distributions.
stage() {
    local root=$1 prefix=$2 units=$3 zsh=$4 share=$1$2/share file
    put 755 "$program" "$root$prefix/bin/ad-user-sync"
    strip --strip-unneeded --remove-section=.comment "$root$prefix/bin/ad-user-sync"

    /usr/bin/python3 -B -s scripts/package.d/manual.py "$program" "$share/man"
    find "$share/man" -type f -exec gzip -9n {} +
    stage_completions "$share" "$root$zsh"

    for file in packaging/systemd/*; do
        put 644 "$file" "$root$units/${file##*/}"
        sed -i "s#/usr/bin/#$prefix/bin/#" "$root$units/${file##*/}"
    done
    put 644 packaging/sysusers.d/ad-user-sync.conf "$root$prefix/lib/sysusers.d/ad-user-sync.conf"
    for file in packaging/samples/*; do put 644 "$file" "$root/etc/ad-user-sync/${file##*/}"; done
    stage_documentation "$share"
}

stage_completions() {
    local share=$1 zsh=$2
    mkdir -p "$share/bash-completion/completions" "$zsh" "$share/fish/vendor_completions.d"
    # It is sourced, not run: without the first line, which says so.
    "$program" --generate-completion-script bash | sed '1{/^#!/d}' >"$share/bash-completion/completions/ad-user-sync"
    "$program" --generate-completion-script zsh >"$zsh/_ad-user-sync"
    "$program" --generate-completion-script fish >"$share/fish/vendor_completions.d/ad-user-sync.fish"
}

# For machines without a way to the network: all of the pages, without their pictures. What scripts read goes beside.
stage_documentation() {
    local share=$1 file
    for file in README.md CHANGELOG.md docs/*.md; do put 644 "$file" "$share/doc/ad-user-sync/$file"; done
    [[ ! -d packaging/prometheus ]] || cp -r packaging/prometheus "$share/doc/ad-user-sync/"
    [[ ! -d schemas ]] || { mkdir -p "$share/ad-user-sync" && cp -r schemas "$share/ad-user-sync/"; }
}
