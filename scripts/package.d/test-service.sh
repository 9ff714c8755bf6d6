# shellcheck shell=bash disable=SC2154,SC2034,SC2016  # variables are shared between the parts; scripts for other shells
# Two domains, and an instance on each side, made with the commands of docs/install.md.

start_domains() {
    local step
    for step in up reset up "seed 60"; do
        # shellcheck disable=SC2086  # a command and its argument
        scripts/lab $step >>"$work/lab" 2>&1 || fail "the lab: $(tail -n 3 "$work/lab")" 69
    done
    eval "$(scripts/lab env)"
    hmac=$(openssl rand -hex 32)
}

# What an administrator would type into the sample: the names of his domains.
edit_as() {
    local side=$1 address ca
    address=LAB_${side^^}_ADDRESS ca=LAB_${side^^}_CA_FILE
    cp "${!ca}" "$root/etc/ad-user-sync/$side-ca.pem"
    cat >"$root/usr/local/bin/editor" <<EDITOR
#!/bin/sh
sed -i -e 's#"server": .*#"server": "ldaps://${!address}", "hmac": "$hmac",#' \\
    -e 's#/etc/ad-user-sync/[a-z]*/$side-ca.pem#/etc/ad-user-sync/$side-ca.pem#' "\$1"
EDITOR
    chmod +x "$root/usr/local/bin/editor"
}

# The commands of the page, in its words: for the other side, with the names of the other side.
make_instance() {
    local side=$1 kind=$2 instance=$3 password command commands
    password=LAB_${side^^}_SERVICE_PASSWORD_FILE
    edit_as "$side"
    # No terminal here to ask for the password on.
    printf '#!/bin/sh\ncat /root/password\n' >"$root/usr/local/bin/systemd-ask-password"
    chmod +x "$root/usr/local/bin/systemd-ask-password"
    tr -d '\n' <"${!password}" >"$root/root/password"
    mapfile -t commands < <(documented 'A first instance' '#' | grep -v resolutions)
    for command in "${commands[@]}"; do
        command=${command//office/$instance} command=${command//export/$kind}
        check "${command//ad-user-sync-/…-}" inside sh -c "cd /root && $command" </dev/null
    done
    rm -f "$root/root/password" "$root/usr/local/bin/systemd-ask-password" "$root/usr/local/bin/editor"
}

run_service() {
    watch_systemd
    make_instance source export office
    check "60 users are in the file" says '"users":60' verify_file
    inside install -d -o ad-user-sync -g ad-user-sync -m 0750 /var/lib/ad-user-sync/plant
    inside install -o ad-user-sync -m 0600 /var/lib/ad-user-sync/office/users.json /var/lib/ad-user-sync/plant/users.json
    make_instance target import plant
    check "53 accounts are in the target; four more wait for a name" says 53 accounts_at_target
    check "$(documented 'A first instance' '#' | grep -o 'ad-user-sync resolutions list') shows what waits" \
        says enable inside sh -c "$(documented 'A first instance' '#' | grep resolutions)"
    check "the timers are enabled" compgen -G "$root/etc/systemd/system/timers.target.wants/ad-user-sync-import@plant.timer"
    check "whoever is not the user of the service reads neither secrets nor data" not inside setpriv --reuid nobody \
        --regid nogroup --clear-groups sh -c \
        'cat /etc/ad-user-sync/*/secrets/* || cat /etc/ad-user-sync/plant/import-config.json || ls /var/lib/ad-user-sync'
    unwatch_systemd
}

verify_file() {
    inside env AD_USER_SYNC_HMAC="$hmac" ad-user-sync verify /var/lib/ad-user-sync/office/users.json --json | tr -d ' \n'
}

# Nothing but what was unchanged.
import_again() {
    inside sh -c 'cd /var/lib/ad-user-sync/plant && runuser -u ad-user-sync -- ad-user-sync import --no-interaction --json \
        --config /etc/ad-user-sync/plant/import-config.json 2>/dev/null' | tr -d ' \n' |
        grep -oE '"(created|joined|left|renamed)":\[\]|"unchanged":[0-9]+,"updated":\[\]' | tr -d '\n'
}

accounts_at_target() {
    LDAPTLS_CACERT=$LAB_TARGET_CA_FILE ldapsearch -LLL -x -H "$LAB_TARGET_LDAPS_URI" -D "$LAB_TARGET_SERVICE_USER" \
        -y "$LAB_TARGET_SERVICE_PASSWORD_FILE" -b "$LAB_TARGET_USER_PATH" -E pr=500/noprompt '(objectClass=user)' cn |
        grep -c '^dn:'
}
