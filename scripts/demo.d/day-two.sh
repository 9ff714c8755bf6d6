# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared between the parts
# Day two: five things happened at the source; then nothing more.

day_two() {
    title "Day two: life goes on at the source"
    jane=$(guid_of target "$LAB_TARGET_USER_PATH" '(sAMAccountName=jdoe)')
    change_the_source
    carry_again
    look_at_the_target
    nothing_to_do
}

source_tool() { run --quiet "samba-tool $1 -s .lab/demo/source/etc/smb.conf"; }

change_the_source() {
    step "7. The source's administrator has a busy day"
    say "Jane Doe marries: a new name, a new account name."
    source_tool "user rename jdoe --surname=Roe --force-new-cn=\"Jane Roe\" --display-name=\"Jane Roe\" \\
    --samaccountname=jroe --upn=jroe@source.test --mail-address=jroe@source.test"
    say "Conan O'Brien leaves."
    source_tool "user delete cobrien"
    say "Magda Ebert moves from engineering to maintenance: another department, another group."
    run --quiet "scripts/demo.d/as source administrator ldapmodify -f scripts/demo.d/magda-moves.ldif"
    say "Clara Console is disabled for a while."
    source_tool "user disable cconsole"
    say "Nora Newcomer joins operations."
    source_tool "user create nnewcomer --random-password --given-name=Nora --surname=Newcomer \\
    --department=Operations --userou=OU=Operations,OU=People"
    source_tool "group addmembers Operators nnewcomer"
}

carry_again() {
    step "8. Export, carry, verify, import"
    run --first 3 "ad-user-sync export$export_options --hmac-file $key_file"
    run "cp .lab/demo/source-side/users.json .lab/demo/target-side/users.json"
    run --first 5 "ad-user-sync verify .lab/demo/target-side/users.json --hmac-file $key_file"
    run --first 15 "ad-user-sync import$import_options --hmac-file $key_file"
    local change
    for change in 'created +1' 'renamed +1' 'disabled +2' 'joined +3' 'left +1'; do
        says "$change" || fail "the import should have done other things"
    done
}

look_at_the_target() {
    step "9. What became of them at the target"
    local people=$LAB_TARGET_USER_PATH
    holds "Jane Roe is the same account as Jane Doe: objectGUID $jane" \
        equal "$(guid_of target "$people" '(&(cn=Jane Roe)(sAMAccountName=jroe))')" "$jane"
    holds "and signs in under her new name with her old password" jane_signs_in
    holds "Conan O'Brien, who left, is disabled, not deleted" equal "$(managed "(&(sAMAccountName=cobrien)$disabled_bit)")" 1
    holds "Magda Ebert is in Plant Maintenance, no longer in Plant Engineers" \
        equal "$(value target "$people" '(sAMAccountName=mebert)' memberOf | sed 's/,.*//' | sort | paste -sd ' ')" \
        "CN=Everyone Managed CN=Plant Maintenance"
    holds "Clara Console is disabled" equal "$(managed "(&(sAMAccountName=cconsole)$disabled_bit)")" 1
    holds "Nora Newcomer is here, disabled until somebody approves" equal "$(managed "(&(sAMAccountName=nnewcomer)$disabled_bit)")" 1
}

jane_signs_in() {
    [[ $(DEMO_PASSWORD=$jane_password "$parts/as" target jroe ldapsearch -b "$LAB_TARGET_USER_PATH" \
        '(sAMAccountName=jroe)' displayName) == *"Jane Roe"* ]]
}

nothing_to_do() {
    step "10. The same file again: nothing to do, nothing written"
    local usn; usn=$(target_usn)
    run --first 5 "ad-user-sync import$import_options --hmac-file $key_file"
    holds "the target's highestCommittedUSN stands still at $usn" equal "$(target_usn)" "$usn"
    run "samba-tool dbcheck --cross-ncs -s .lab/demo/target/etc/smb.conf"
    says '\(0 errors\)' || fail "dbcheck found errors"
}
