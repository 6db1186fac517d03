#!/bin/sh
# Count the ARM instructions of each operation, and hold the ways of two runs with different secrets side by side.
#
#     tests/trace.sh build/aarch64/test_trace [operation...]
set -eu
program=$1
shift
[ $# -gt 0 ] || set -- field-multiplication field-squaring field-inversion extract \
    encapsulate-new encapsulate-known key-load key-load-and-prepare decapsulate-unprepared decapsulate
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# trace <operation> <times> <secret>: "instructions way"
trace() {
    rm -f "$work/log"
    mkfifo "$work/log"
    awk -f "$here/trace.awk" "$work/log" >"$work/result" &
    qemu-aarch64-static -d in_asm,exec,nochain -D "$work/log" "$program" "$@"
    wait
    cat "$work/result"
}

if [ "$(trace planted 1 0)" = "$(trace planted 1 1)" ]; then
    echo "trace: the planted branch on a secret was not found: this check proves nothing"
    exit 1
fi
echo "64-bit ARM under qemu: instructions of one call, and whether another secret takes the same way, block by block."
echo "The planted branch on a secret is found."
printf '%-24s %14s   %s\n' operation instructions "other secret"
for operation; do
    once=$(trace "$operation" 1 0)
    twice=$(trace "$operation" 2 0)
    other=$(trace "$operation" 1 1)
    same="the same way"
    [ "$once" = "$other" ] || same="ANOTHER WAY"
    printf '%-24s %14s   %s\n' "$operation" $((${twice% *} - ${once% *})) "$same"
    [ "$once" = "$other" ] || exit 1
done
