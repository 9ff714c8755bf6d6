# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared between the parts
# The two domains of the demo, fresh each time, and looking into them.

lab() { scripts/lab --name demo "$@"; }

prepare_lab() {
    local used=no
    [[ ! -e .lab/demo/played ]] || used=yes
    if [[ $used == yes ]]; then
        # A reset starts what was running before; `up` what was not.
        run --quiet 'scripts/lab reset && scripts/lab up'
    else
        run 'scripts/lab up'
    fi
    set_resolutions_aside
    rm -rf .lab/demo/source-side .lab/demo/target-side
    mkdir -p .lab/demo/source-side .lab/demo/target-side
    : >.lab/demo/played
    [[ -s $key_file ]] || (umask 077 && openssl rand -hex 32 >"$key_file")
    eval "$(lab env)"
    choose_configurations
    run 'scripts/lab seed 60'
    # The first sign-in of an account is written to the directory; not in between, when we watch for writes.
    "$parts/as" target administrator ldapsearch -s base -b '' >/dev/null
    "$parts/as" target svc-import ldapsearch -s base -b '' >/dev/null
}

# What an earlier demo left belongs to a state of the lab that is gone; what
# somebody else put there is kept.
set_resolutions_aside() {
    local file=resolutions/resolutions.json
    [[ -e $file ]] || return 0
    if [[ -e .lab/demo/played ]]; then
        rm -f "$file"
    else
        mv "$file" "$file.before-demo"
        say "$file was there already; it is now $file.before-demo"
    fi
}

# The configurations at the top level name the addresses the lab `demo` usually
# has. When another clone's demo has those, copies with this lab's own serve.
choose_configurations() {
    if [[ $LAB_SOURCE_ADDRESS != 127.20.0.1 ]]; then
        sed "s|ldaps://127.20.0.1|$LAB_SOURCE_LDAPS_URI|" export-config.json >.lab/demo/export-config.json
        sed "s|ldaps://127.20.0.2|$LAB_TARGET_LDAPS_URI|" import-config.json >.lab/demo/import-config.json
        export_options=' --config .lab/demo/export-config.json' import_options=' --config .lab/demo/import-config.json'
        say "Another lab has the addresses that the sample configurations name; copies of them in .lab/demo are used."
    fi
}

# search SIDE BASE FILTER ATTRIBUTE…: as the administrator, for the checks.
search() {
    local side=$1 base=$2 filter=$3; shift 3
    "$parts/as" "$side" administrator ldapsearch -E pr=500/noprompt -b "$base" "$filter" "$@" 2>/dev/null
}

count() { search "$@" 1.1 | grep -c '^dn:' || true; }
value() { search "$@" | sed -n -e '/^dn:/d' -e 's/^[A-Za-z]*::\{0,1\} //p'; }
# guid_of SIDE BASE FILTER: as AD's own tools print it.
guid_of() {
    value "$@" objectGUID | python3 -c '
import base64, sys, uuid
print(uuid.UUID(bytes_le=base64.b64decode(sys.stdin.read())))'
}
managed() { count target "$LAB_TARGET_USER_PATH" "(&(sAMAccountType=805306368)$1)"; }
disabled_bit='(userAccountControl:1.2.840.113556.1.4.803:=2)'
target_usn() {
    "$parts/as" target administrator ldapsearch -s base -b '' highestCommittedUSN | sed -n 's/^highestCommittedUSN: //p'
}
