# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared between the parts
# Day one: 60 people of the source domain arrive in the target domain.

day_one() {
    title "Day one: 60 people need accounts on the other side"
    export_the_people
    rehearse_and_import
    answer_questions
    import_the_answers
    sign_in
}

export_the_people() {
    step "1. On the source side: export, as a service account that may only read"
    run "ad-user-sync export$export_options --hmac-file $key_file"
    says 'users +60' || fail "the export should have had 60 users"
    say "The file ends with an HMAC; openssl comes to the same:"
    check_hmac .lab/demo/source-side/users.json
    say "The file is all that crosses over:"
    run "cp .lab/demo/source-side/users.json .lab/demo/target-side/users.json"
}

# The body is everything before the last line, without the newline between.
check_hmac() {
    run "head -n -1 $1 | head -c -1 \\
    | openssl dgst -sha256 -mac HMAC -macopt hexkey:\$(cat $key_file)"
    local computed=${output##*= }
    run "tail -n 1 $1"
    holds "both are the same" equal "$computed" "$output"
}

rehearse_and_import() {
    step "2. On the target side: first a rehearsal, which writes nothing …"
    local before; before=$(target_usn)
    run --first 12 "ad-user-sync import$import_options --hmac-file $key_file --dry-run"
    holds "the target domain is untouched" equal "$(target_usn)" "$before"

    step "3. … then the import itself"
    run --first 14 "ad-user-sync import$import_options --hmac-file $key_file"
    holds "53 accounts, all disabled until somebody says otherwise" equal "$(managed "$disabled_bit")" 53
    holds "the other 7: 3 are disabled at the source, the names of 4 are taken" \
        equal "$(count source "$LAB_SOURCE_USER_PATH" "(&(sAMAccountType=805306368)$disabled_bit)") $(questions name)" "3 4"
}

answer_questions() {
    step "4. A person answers: in the browser (import --interactive), in an editor, or like this"
    run --first 6 "ad-user-sync resolutions list$import_options --kind name --kind join"
    say "Passwords are made, written into the file for the next import, and shown this once:"
    run "ad-user-sync resolutions accept$import_options --kind enable --user jdoe --generate"
    jane_password=$(sed -n 's/^ *Jane Doe (jdoe)  *\([^ ]*-[^ ]*\)$/\1/p' <<<"$(strip_colour <<<"$output")")
    run --first 1 "ad-user-sync resolutions accept$import_options --kind enable --user '*brien' --generate"
    run --first 1 "ad-user-sync resolutions accept$import_options --kind enable --user 'clara*' --generate"
    run --first 1 "ad-user-sync resolutions accept$import_options --kind join --user 'clara*'"
    run --first 1 "ad-user-sync resolutions reject$import_options --kind join --user 'Erik Wolf'"
    say "Two people called Thomas Schmidt want the same name; one of them gets another:"
    run --first 1 "ad-user-sync resolutions accept$import_options $(question_of tschmidt2 name) --new-name 'Thomas Schmidt (Office)'"
    say "Petra Novak has a local account already, which becomes the managed one. For that"
    say "the target's administrator lets the service account move this one account:"
    delegate_take_over "CN=Petra Novak (local),$LAB_TARGET_LOCAL_PATH"
    run --first 1 "ad-user-sync resolutions accept$import_options --kind name --user 'petra*' --take-over"
    holds "the file is readable by its owner only" equal "$(stat -c %a resolutions/resolutions.json)" 600
    holds "Jane's password stands in that file and nowhere else" has_password "$jane_password"
}

# question_of ACCOUNT TYPE: the id of the question about somebody.
question_of() {
    # shellcheck disable=SC2086 # several words, or none
    ad-user-sync resolutions list $import_options --kind "$2" --user "$1" --json |
        sed -n 's/.*"id" : "\(.*\)",/\1/p'
}

# questions TYPE: how many wait in the resolutions file.
questions() { grep -cE "\"type\" ?: \"$1\"" resolutions/resolutions.json; }

has_password() { ((${#1} >= 16)) && grep -qF "$1" resolutions/resolutions.json && ! grep -rqF "$1" .lab/demo/target-side; }

delegate_take_over() {
    local smb=.lab/demo/target/etc/smb.conf
    # Delete (to leave the old container), and write the two attributes a rename writes: name and cn.
    local name=bf967a0e-0de6-11d0-a285-00aa003049e2 cn=bf96793f-0de6-11d0-a285-00aa003049e2
    run "sid=\$(samba-tool user show svc-import --attributes=objectSid -s $smb | sed -n 's/^objectSid: //p')"
    sid=$(samba-tool user show svc-import --attributes=objectSid -s $smb 2>/dev/null | sed -n 's/^objectSid: //p')
    export sid
    run --quiet "samba-tool dsacl set -s $smb --objectdn=\"$1\" \\
    --sddl=\"(A;;SD;;;\$sid)(OA;;WP;$name;;\$sid)(OA;;WP;$cn;;\$sid)\""
}

import_the_answers() {
    step "5. The next import performs the answers"
    local petra; petra=$(guid_of target "$LAB_TARGET_LOCAL_PATH" '(sAMAccountName=pnovak)')
    run --first 13 "ad-user-sync import$import_options --hmac-file $key_file"
    says 'enabled +3' || fail "3 people should have been enabled"
    holds "both Thomas Schmidts are here" equal "$(managed '(sAMAccountName=tschmidt*)')" 2
    holds "Petra's account moved in, it is the same object" \
        equal "$(guid_of target "$LAB_TARGET_USER_PATH" '(sAMAccountName=pnovak)')" "$petra"
    holds "the passwords are used up and gone from the file" no_passwords
}

no_passwords() { ! grep -q '"password"' resolutions/resolutions.json; }

sign_in() {
    step "6. Jane signs in to the target domain, with the password she was handed"
    export DEMO_PASSWORD=$jane_password
    run "scripts/demo.d/as target jdoe ldapsearch -b $LAB_TARGET_USER_PATH '(sAMAccountName=jdoe)' cn memberOf"
    says 'CN=Plant Operators' || fail "Jane should be a plant operator"
    unset DEMO_PASSWORD
}
