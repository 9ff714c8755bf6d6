# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared between the parts
# The commands, one function each.

# The marker is written last: a lab without it is half-made and begun again.
is_provisioned() {
    [[ -s $lab/provisioned ]]
}

require_lab() {
    is_provisioned || fail "there is no lab '$name' yet: \`scripts/lab --name $name up\` makes one"
}

command_up() {
    local started; started=$(now)
    require_root
    require_packages
    lock_lab
    ((${#lab} <= 70)) || fail "the path $lab is too long for the Unix sockets in it; set LAB_ROOT" 73
    if is_provisioned && [[ $(cat "$lab/provisioned") != "$lab" ]]; then
        fail "this lab was made at $(cat "$lab/provisioned") and cannot be moved: delete $lab"
    fi
    is_provisioned || provision_lab
    finish_interrupted_restore
    choose_addresses
    if all_are ready; then
        done_step "Lab '$name' is up already"
        return
    fi
    start_controllers "${sides[@]}"
    done_step "Lab '$name' is up" "$started"
}

# all_are ready|stopped
all_are() {
    local side
    for side in "${sides[@]}"; do
        case $1 in
            ready) is_ready "$side" || return 1 ;;
            stopped) ! is_running "$side" || return 1 ;;
        esac
    done
}

provision_lab() {
    local started side pid pids=(); started=$(now)
    if [[ -e $lab/addresses ]]; then
        note "Lab '$name' is only half-made, beginning again"
        stop_controllers KILL "${sides[@]}"
    elif [[ -n $(ls -A "$lab" 2>/dev/null) ]]; then
        fail "$lab exists and is no lab: not touching it" 73
    fi
    choose_addresses
    find "$lab" -mindepth 1 -maxdepth 1 ! -name addresses -exec rm -rf {} +
    mkdir -m 700 "$lab/secrets"
    write_krb5_conf
    for side in "${sides[@]}"; do
        mkdir -p "$lab/$side/log"
        make_certificates "$side"
        "${python[@]}" "$parts/provision.py" "$side" "$(realm_of "$side")" "$(host_of "$side")" \
            "$lab/$side" "$(address_of "$side")" "$lab/secrets" \
            </dev/null >"$lab/$side/log/provision.log" 2>&1 &
        pids+=($!)
    done
    # shellcheck disable=SC2064  # these very pids, now
    trap "kill ${pids[*]} 2>/dev/null || true" EXIT
    for side in "${sides[@]}"; do
        pid=${pids[0]}; pids=("${pids[@]:1}")
        wait "$pid" || { show_log "$side"; fail "provisioning $(realm_of "$side") failed"; }
        install_certificates "$side"
    done
    trap - EXIT
    take_snapshot fresh
    printf '%s\n' "$lab" >"$lab/provisioned.new"
    mv "$lab/provisioned.new" "$lab/provisioned"
    done_step "SOURCE.TEST and TARGET.TEST provisioned" "$started"
}

write_krb5_conf() {
    local side
    {
        printf '[libdefaults]\n    default_realm = TARGET.TEST\n'
        printf '    dns_lookup_realm = false\n    dns_lookup_kdc = false\n'
        printf '    rdns = false\n    dns_canonicalize_hostname = false\n\n[realms]\n'
        for side in "${sides[@]}"; do
            printf '    %s = {\n        kdc = %s\n    }\n' "$(realm_of "$side")" "$(address_of "$side")"
        done
        printf '\n[domain_realm]\n'
        for side in "${sides[@]}"; do
            printf '    .%s = %s\n    %s = %s\n' "$(domain_of "$side")" "$(realm_of "$side")" \
                "$(address_of "$side")" "$(realm_of "$side")"
        done
    } >"$lab/krb5.conf"
}

start_controllers() {
    local side started; started=$(now)
    for side in "$@"; do start_controller "$side"; done
    for side in "$@"; do
        wait_until_ready "$side"
        done_step "$(realm_of "$side") answers on ldaps://$(address_of "$side")" "$started"
    done
}

command_down() {
    local started; started=$(now)
    require_root
    lock_lab
    if all_are stopped; then
        done_step "Lab '$name' is not running"
        return
    fi
    stop_controllers TERM "${sides[@]}"
    done_step "Lab '$name' is down" "$started"
}

command_remove() {
    require_root
    lock_lab
    [[ -e $lab ]] || { done_step "There is no lab '$name'"; return; }
    [[ -e $lab/addresses ]] || fail "$lab is no lab: not touching it" 73
    stop_controllers KILL "${sides[@]}"
    release_addresses
    rm -rf "$lab"
    done_step "Lab '$name' is gone"
}

command_restart() {
    require_side "$1"
    stop_controllers TERM "$1"
    start_controllers "$1"
}

command_kill() {
    require_side "$1"
    is_running "$1" || fail "$(realm_of "$1") is not running"
    stop_controllers KILL "$1"
    done_step "$(realm_of "$1") killed; \`scripts/lab restart $1\` or \`up\` starts it again"
}

require_side() {
    [[ " ${sides[*]} " == *" $1 "* ]] || usage_error "say which one: ${sides[*]}"
    require_root
    require_lab
    lock_lab
}

command_seed() {
    [[ $1 =~ ^[0-9]{1,7}$ ]] || usage_error "seed needs the number of people"
    require_root
    require_lab
    lock_lab
    local started summary; started=$(now)
    summary=$("${python[@]}" "$parts/seed.py" "$lab/source" "$((10#$1))")
    done_step "$summary" "$started"
}

command_snapshot() {
    local snapshot=${1:-saved} started running=(); started=$(now)
    require_snapshot_name "$snapshot"
    [[ $snapshot != fresh ]] || fail "'fresh' is the freshly provisioned state and stays so" 64
    require_root
    require_lab
    lock_lab
    stop_all_and_remember TERM
    take_snapshot "$snapshot"
    done_step "Snapshot '$snapshot' taken" "$started"
    start_controllers "${running[@]}"
}

command_restore() {
    local snapshot=${1:-saved} started running=(); started=$(now)
    require_snapshot_name "$snapshot"
    require_root
    require_lab
    lock_lab
    [[ -d $lab/snapshots/$snapshot ]] ||
        fail "there is no snapshot '$snapshot'; there are: $(snapshot_names)" 66
    stop_all_and_remember KILL
    put_back "$snapshot"
    done_step "Snapshot '$snapshot' restored" "$started"
    start_controllers "${running[@]}"
}

command_reset() {
    command_restore fresh
}

# Sets the caller's `running`: what a snapshot or restore has to start again.
stop_all_and_remember() {
    local side
    for side in "${sides[@]}"; do
        ! is_running "$side" || running+=("$side")
    done
    stop_controllers "$1" "${running[@]}"
}

require_snapshot_name() {
    [[ $1 =~ ^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$ ]] ||
        usage_error "a snapshot's name is letters, digits, - and _: '$1'"
}

command_status() {
    local side state users up=0
    if ! is_provisioned; then
        printf "Lab '%s' does not exist (%s)\n" "$name" "$lab"
        exit 3
    fi
    require_root
    printf '%-12s %-16s %-14s %8s  %s\n' DOMAIN ADDRESS STATE USERS FOLDER
    for side in "${sides[@]}"; do
        state=down users=-
        if is_ready "$side"; then
            state=up users=$(count_users "$side") up=$((up + 1))
        elif is_running "$side"; then
            state='not answering'
        fi
        printf '%-12s %-16s %-14s %8s  %s\n' \
            "$(realm_of "$side")" "$(address_of "$side")" "$state" "$users" "$lab/$side"
    done
    ((up == ${#sides[@]})) || exit 3
}

# The people of the source, the managed users of the target.
count_users() {
    LDAPCONF=/dev/null LDAPTLS_CACERT="$lab/tls/$(domain_side_of "$1")-ca.pem" \
        ldapsearch -x -LLL -o ldif-wrap=no -E pr=1000/noprompt \
        -H "ldaps://$(address_of "$1")" -D "administrator@$(domain_of "$1")" \
        -y "$lab/secrets/$(domain_side_of "$1")-administrator" -b "$(user_path_of "$1")" \
        '(sAMAccountType=805306368)' 1.1 2>/dev/null | grep -c '^dn:' || true
}

user_path_of() {
    case $1 in
        source) echo "OU=People,$(base_dn_of source)" ;;
        target | second) echo "OU=Managed,$(base_dn_of target)" ;;
    esac
}

command_env() {
    require_lab
    local side
    # So that the same shell's next scripts/lab means this lab.
    [[ -z ${LAB_ROOT:-} ]] || export_line LAB_ROOT "$lab_root"
    export_line LAB_NAME "$name"
    export_line LAB_FOLDER "$lab"
    export_line LAB_KRB5_CONFIG "$lab/krb5.conf"
    for side in source target; do export_domain "$side" "LAB_${side^^}"; done
    if has_second; then
        export_line LAB_SECOND_LDAPS_URI "ldaps://$(address_of second)"
        export_line LAB_SECOND_HOST "$(fqdn_of second)"
    fi
    export_line LAB_TARGET_LOCAL_PATH "OU=Local,$(base_dn_of target)"
}

export_domain() {
    local side=$1 prefix=$2 address base service
    address=$(address_of "$side"); base=$(base_dn_of "$side"); service=$(service_account_of "$side")
    export_line "${prefix}_ADDRESS" "$address"
    export_line "${prefix}_LDAPS_URI" "ldaps://$address"
    export_line "${prefix}_LDAP_URI" "ldap://$address"
    export_line "${prefix}_LDAPS_PORT" 636
    export_line "${prefix}_LDAP_PORT" 389
    export_line "${prefix}_KDC_PORT" 88
    export_line "${prefix}_REALM" "$(realm_of "$side")"
    export_line "${prefix}_DOMAIN" "$(domain_of "$side")"
    export_line "${prefix}_NETBIOS" "${side^^}"
    export_line "${prefix}_HOST" "$(fqdn_of "$side")"
    export_line "${prefix}_BASE_DN" "$base"
    export_line "${prefix}_USER_PATH" "$(user_path_of "$side")"
    export_line "${prefix}_GROUP_PATH" "OU=Groups,$base"
    export_line "${prefix}_CA_FILE" "$lab/tls/$side-ca.pem"
    export_line "${prefix}_CA_KEY_FILE" "$lab/tls/$side-ca-key.pem"
    export_line "${prefix}_SERVICE_USER" "$service@$(domain_of "$side")"
    export_line "${prefix}_SERVICE_DN" "CN=$service,OU=Service Accounts,$base"
    export_line "${prefix}_SERVICE_PASSWORD_FILE" "$lab/secrets/$side-$service"
    export_line "${prefix}_ADMIN_USER" "administrator@$(domain_of "$side")"
    export_line "${prefix}_ADMIN_PASSWORD_FILE" "$lab/secrets/$side-administrator"
    export_line "${prefix}_SMB_CONF" "$lab/$side/etc/smb.conf"
    export_line "${prefix}_FOLDER" "$lab/$side"
}

export_line() {
    printf "export %s='%s'\n" "$1" "${2//\'/\'\\\'\'}"
}
