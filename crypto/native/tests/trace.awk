# Reads what `qemu-aarch64 -d in_asm,exec,nochain` writes: the instructions of each block when it is first met, and
# a line for each time a block runs. Prints how many instructions ran, and a number that stands for the way they took.
/^IN:/ { fresh = 1; next }
/^0x/ {
    if (fresh) { block = substr($1, 3); sub(/:$/, "", block); sub(/^0+/, "", block); size[block] = 0; fresh = 0 }
    size[block]++
    next
}
/^Trace/ {
    split($4, part, "/")
    at = part[2]; sub(/^0+/, "", at)
    if (!(at in order)) order[at] = ++blocks
    count += size[at]
    way = (way * 31 + order[at]) % 281474976710597
}
END { printf "%.0f %.0f\n", count, way }
