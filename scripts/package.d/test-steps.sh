# shellcheck shell=bash disable=SC2154,SC2034,SC2016,SC2317  # variables are shared between the parts; scripts for
# other shells; functions that `check` calls
# The life of the package: built, installed, read, upgraded, removed; and of what scripts/install installs.

nothing_to_do='"created":[]"joined":[]"left":[]"renamed":[]"unchanged":53,"updated":[]'

build_packages() {
    local first second
    first=$(scripts/package --output "$work/first")
    scripts/package --output "$work/second" >/dev/null
    check "built: ${first##*/}, $(du -h "$first" | cut -f 1)" test -s "$first"
    check "the same again, octet for octet" cmp "$first" "$work/second/${first##*/}"
    check "lintian finds neither error nor warning" lintian --allow-root --fail-on error,warning "$first"
    package=$first
    # A newer one, which also brings another sample.
    second=$(scripts/package --output "$work/newer" --suffix +1)
    dpkg-deb -R "$second" "$work/changed"
    sed -i 's/"P1M1D"/"P2W"/' "$work/changed/etc/ad-user-sync/import-config.json.sample"
    sed -i 's/"title", //' "$work/changed/etc/ad-user-sync/export-config.json.sample"
    dpkg-deb --root-owner-group -Znone --build "$work/changed" "$second" >/dev/null
    newer=$second
    check "and a newer one: ${newer##*/}" dpkg --compare-versions "$version+1" gt "$version"
}

# As on a machine for which the program was not built.
refuse_bare_root() {
    mkdir -p "$root/mnt/scripts"
    cp -r scripts/install scripts/package.d "$root/mnt/scripts/"
    cp "$program" "$root/mnt/program"
    refused() {
        local said status=0
        said=$(inside env AD_USER_SYNC=/mnt/program /mnt/scripts/install 2>&1) || status=$?
        [[ $status == 69 && $said == *libldap-2.5.so.0*"apt-get install libldap-2.5-0"* ]] || { echo "$status $said"; return 1; }
    }
    check "scripts/install refuses, and names the packages" refused
    # shellcheck disable=SC2043
    for family in fedora:dnf opensuse-leap:zypper arch:pacman; do
        printf 'ID=%s\nID_LIKE="suse opensuse"\n' "${family%:*}" >"$root/mnt/os-release"
        [[ $family == opensuse* ]] || sed -i 2d "$root/mnt/os-release"
        check "and those of ${family%:*}" eval \
            "not inside env OS_RELEASE=/mnt/os-release AD_USER_SYNC=/mnt/program /mnt/scripts/install 2>&1 | grep -q '${family#*:} '"
    done
    rm -rf "${root:?}"/mnt/*
}

# The commands of a section of docs/install.md, those that begin with one of the given marks.
documented() {
    awk -v title="## $1" '/^## /{found = $0 == title} found && /^```/{block = !block; next} found && block' docs/install.md |
        sed -n "s/^[$2] //p"
}

install_package() {
    cp "$package" "$root/root/ad-user-sync_VERSION_amd64.deb"
    local command
    command=$(documented Debian '#')
    check "$command" inside sh -c "cd /root && ${command/apt-get install/apt-get install -y --no-install-recommends}"
    check "the user ad-user-sync, without a shell" \
        says ":/var/lib/ad-user-sync:/usr/sbin/nologin" inside getent passwd ad-user-sync
    check "without a password" says 'ad-user-sync:!*:' inside getent shadow ad-user-sync
    check "/var/lib/ad-user-sync is his alone" \
        says "ad-user-sync ad-user-sync 750" inside stat -c '%U %G %a' /var/lib/ad-user-sync
    check "no unit is enabled" not compgen -G "$root/etc/systemd/system/*.wants/ad-user-sync*"
    check "every file as it was packed" inside dpkg --verify ad-user-sync
    check "no library is missing" not says 'not found' inside ldd /usr/bin/ad-user-sync
    check "ad-user-sync --version: $version" says "$version" inside ad-user-sync --version
    local commit
    commit=$(source_commit)
    ! "$program" --version | grep -q '^commit' || check "and the commit" says "$commit" inside ad-user-sync --version
    check "ad-user-sync --help" says "USAGE: ad-user-sync" inside ad-user-sync --help
    check "no configuration: 78" eval '(inside ad-user-sync export; [[ $? == 78 ]])'
    check "its own systemd takes the units" verify_units
}

verify_units() {
    local kind
    for kind in export@office.service export@office.timer import@plant.service import@plant.timer import@plant.path; do
        # Man pages are left out by the smallest of Debians.
        inside systemd-analyze verify --man=no "/lib/systemd/system/ad-user-sync-$kind"
    done
}

look_at_manuals() {
    inside apt-get install -y -qq --no-install-recommends man-db bash-completion zsh fish >"$work/tools" 2>&1 ||
        fail "apt-get: $(tail -n 3 "$work/tools")" 69
    local page name missing=()
    check "$(documented Debian '$' | tail -n 1)" says 'cannot trust it' inside man ad-user-sync
    for page in "$root"/usr/share/man/man[15]/ad-user-sync*; do
        name=${page##*/} name=${name%.gz}
        [[ -z $(zcat "$page" | LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z - 2>&1 >/dev/null) ]] ||
            missing+=("$name: man --warnings")
        # Long lines of input do no harm.
        ! zcat "$page" | mandoc -T lint -W style | grep -qv 'longer than 80 bytes' || missing+=("$name: mandoc")
        inside man "${name##*.}" "${name%.*}" | grep -q 'SEE ALSO' || missing+=("$name: does not open")
    done
    check "$(compgen -G "$root/usr/share/man/man[15]/ad-user-sync*" | wc -l) man pages, which groff and mandoc take as they are" \
        test -z "${missing[*]}"
    check "a page for each command" a_page_each
    check "ad-user-sync-import-config(5) explains managed_user_path" \
        says 'managed_user_path (distinguished name; required)' inside man 5 ad-user-sync-import-config
    check "every reference leads somewhere" references_lead
}

a_page_each() {
    "$program" --experimental-dump-help | /usr/bin/python3 -c '
import json, sys
def pages(command, path):
    yield "-".join(path)
    for inner in command.get("subcommands", []):
        if inner["commandName"] != "help":
            yield from pages(inner, [*path, inner["commandName"]])
print(*pages(json.load(sys.stdin)["command"], ["ad-user-sync"]), sep="\n")' | while IFS= read -r page; do
        [[ -e $root/usr/share/man/man1/$page.1.gz ]] || { echo "no $page(1)"; return 1; }
    done
}

references_lead() {
    zcat "$root"/usr/share/man/man[15]/ad-user-sync* | grep -oE 'fB[^ ]*fR\([15]\)' | tr -d "\\\\" | sort -u |
        sed -E 's/^fB(.*)fR\((.)\)$/\1.\2/' | while IFS= read -r page; do
            [[ -e $root/usr/share/man/man${page##*.}/$page.gz ]] || { echo "no $page"; return 1; }
        done
}

# Each shell is asked as the Tab key would.
look_at_completions() {
    complete_in_bash() {
        inside bash -c 'source /usr/share/bash-completion/bash_completion; _completion_loader ad-user-sync
            COMP_LINE="ad-user-sync $1"; COMP_POINT=${#COMP_LINE}; read -ra COMP_WORDS <<<"$COMP_LINE"
            [[ $1 != *" " ]] || COMP_WORDS+=(""); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _ad-user-sync ad-user-sync "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
            printf "%s\n" "${COMPREPLY[@]}"' bash "$1"
    }
    complete_in_fish() { inside fish -c 'complete -C "ad-user-sync $argv"' "$1"; }
    complete_in_zsh() {
        inside zsh -f -c '
            zmodload zsh/zpty; zpty asked zsh -f -i
            zpty -w asked "PS1=; autoload -U compinit; compinit -u; unsetopt zle_bracketed_paste; LISTMAX=1000; clear; echo READY"
            zpty -r asked answer "*READY*READY*"
            zpty -w -n asked "ad-user-sync $1"$'"'\t\t'"'
            repeat 25; do sleep 0.1; zpty -r -t asked more && all+=$more; done
            print -r -- $all' zsh "$1"
    }
    for kind in bash zsh fish; do
        check "$kind completes a command" says import "complete_in_$kind" im
        check "and one below another" says accept "complete_in_$kind" 'resolutions ac'
        check "and an option" says --dry-run "complete_in_$kind" 'import --dry'
        check "and a value" says journald "complete_in_$kind" 'export --log-format jour'
    done
}

upgrade_package() {
    echo '{ "mine": true }' >"$root/etc/ad-user-sync/export-config.json.sample"
    local before command
    before=$(state_of_instances)
    cp "$newer" "$root/root/ad-user-sync_NEWER_amd64.deb"
    watch_systemd
    command=$(documented Upgrading '#')
    check "$command" inside sh -c "cd /root && ${command/apt-get install/apt-get install -y -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold}"
    check "the new version is there" says "$version+1" inside dpkg-query -f '${Version}' -W ad-user-sync
    check "configurations, secrets and data are as they were, to the owner and mode" test "$before" == "$(state_of_instances)"
    check "a sample that was changed is kept" says '"mine": true' cat "$root/etc/ad-user-sync/export-config.json.sample"
    check "one that was not is the new one" says '"P2W"' cat "$root/etc/ad-user-sync/import-config.json.sample"
    check "systemd was told to read the units anew, and nothing else" \
        says '--system daemon-reload' eval '! told_systemd "start|stop|enable|disable" && cat "$root/run/systemctl.log"'
    check "and the next import finds nothing to do" says "$nothing_to_do" import_again
}

# Names, owners, modes and contents.
state_of_instances() {
    (cd "$root" && find etc/ad-user-sync/*/ var/lib/ad-user-sync -printf '%p %u %m ' -type f -exec sha256sum {} \; -o -printf '\n')
}

remove_package() {
    local before
    before=$(state_of_instances)
    watch_systemd
    # Which would keep the package's own runs from being stopped, too.
    rm "$root/usr/sbin/policy-rc.d"
    check "$(documented Removing '#' | head -n 1)" inside apt-get remove -y ad-user-sync
    check "the program, its units and its pages are gone" not says ad-user-sync find "$root/usr" "$root/lib/" \
        -name '*ad-user-sync*'
    check "timers were stopped before runs" says yes awk \
        '/stop.*timer/{timer = NR} /stop.*service/{service = NR} END{if (timer && timer < service) print "yes"}' \
        "$root/run/systemctl.log"
    check "configurations, secrets and data are as they were" test "$before" == "$(state_of_instances)"
    unwatch_systemd
    check "installed again, it goes on" inside apt-get install -y --no-install-recommends /root/ad-user-sync_NEWER_amd64.deb
    check "with the configuration that was there" says "$nothing_to_do" import_again
}

purge_package() {
    local command
    command=$(documented Removing '#' | tail -n 1)
    check "$command, which says what it keeps" \
        says 'journals in /var/lib/ad-user-sync are kept' inside apt-get purge -y ad-user-sync
    check "/etc/ad-user-sync is gone, with its secrets" not test -e "$root/etc/ad-user-sync"
    check "and the timer that was enabled" not compgen -G "$root/etc/systemd/system/*.wants/ad-user-sync*"
    check "the journals are kept" compgen -G "$root/var/lib/ad-user-sync/plant/state/*"
    check "and their owner" inside getent passwd ad-user-sync
}

install_without_package() {
    tree() { (cd "$root" && find etc usr/local usr/bin usr/share/man ! -name mandb ! -name index.db -printf '%p %m\n' | LC_ALL=C sort); }
    local before
    rm -rf "$root/usr/local/sbin/systemctl"
    before=$(tree)
    check "scripts/install --destdir …" scripts/install --destdir "$root"
    check "/usr/local/bin/ad-user-sync runs" says "$version" inside /usr/local/bin/ad-user-sync --version
    check "man finds its pages" says 'cannot trust it' inside man ad-user-sync
    check "its units start what was installed" grep -q '^ExecStart=/usr/local/bin/ad-user-sync export' \
        "$root/usr/local/lib/systemd/system/ad-user-sync-export@.service"
    check "scripts/install --destdir … --uninstall" scripts/install --destdir "$root" --uninstall
    check "everything as it was before" diff <(printf '%s\n' "$before") <(tree)
}
