"""Write fp_x86_64.S: the field kernels for x86-64 with BMI2 (mulx) and ADX (adcx, adox).

Run `python crypto/native/generate_fp_x86_64.py > crypto/native/fp_x86_64.S`; `make asm-check` holds the two
together.

Everything is made of one block: 8 words times 8 words, added to 8 words in registers. A row of it multiplies
the 8 words by one: mulx leaves the flags alone, so that two carry chains run side by side, CF for the low
halves of the products and OF for the high halves. After a row its lowest word is finished, and its register
takes the new top.

A product of 16 by 16 words is four such blocks, a Montgomery reduction four more (two to make the factors m_i
and to clear the lower words, two to add the upper half of m p). No branch, no address depends on data.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from generate_constants import P  # type: ignore[import-not-found]  # beside us, where scripts look first

Operand = Callable[[int], str]

ACC = ["%r8", "%r9", "%r10", "%r11", "%r12", "%r13", "%r14", "%r15"]
SAVED = ["%rbx", "%rbp", "%r12", "%r13", "%r14", "%r15"]
ZERO = "%rbp"

# The frame: 32 words of a product, 8 factors of the reduction, a carry between blocks, the result's address.
FACTORS, CARRY, RESULT, FRAME_WORDS = 32, 40, 41, 42

lines: list[str] = []


def emit(*instructions: str) -> None:
    lines.extend(f"    {instruction}" for instruction in instructions)


def at(register: str, word: int = 0) -> Operand:
    """Words in memory from `register` on, as operands."""
    return lambda i: f"{8 * (word + i)}({register})"


def shifted(words: Operand, by: int) -> Operand:
    return lambda i: words(i + by)


def modulus(word: int = 0) -> Operand:
    return lambda i: f".Lmodulus+{8 * (word + i)}(%rip)"


def complement(word: int) -> str:
    """2^1024 - p."""
    return f".Lcomplement+{8 * word}(%rip)"


def frame(word: int) -> str:
    return f"{8 * word}(%rsp)"


def begin(name: str, *, saves: bool = True) -> None:
    """A function with its frame, and with the registers it must save if it uses them."""
    symbol = f"fp_x86_64_{name}"
    lines.extend(["", f"    .globl {symbol}", f"    .hidden {symbol}", f"    .type {symbol}, @function"])
    lines.extend(["    .p2align 5", f"{symbol}:", "    .cfi_startproc"])
    for register in SAVED if saves else []:
        emit(f"push {register}", ".cfi_adjust_cfa_offset 8", f".cfi_rel_offset {register}, 0")
    emit(f"sub ${8 * FRAME_WORDS}, %rsp", f".cfi_adjust_cfa_offset {8 * FRAME_WORDS}")


def end(name: str, *, saves: bool = True) -> None:
    emit(f"add ${8 * FRAME_WORDS}, %rsp", f".cfi_adjust_cfa_offset -{8 * FRAME_WORDS}")
    for register in reversed(SAVED) if saves else []:
        emit(f"pop {register}", ".cfi_adjust_cfa_offset -8", f".cfi_restore {register}")
    emit("ret", ".cfi_endproc")
    lines.append(f"    .size fp_x86_64_{name}, .-fp_x86_64_{name}")


def row(acc: list[str], words: list[str], *, store: str | None, top: str = ZERO) -> list[str]:
    """acc = (acc + words * rdx) / 2^64, its lowest word to `store`; `top` is added to the new top word.

    acc has as many registers as there are words. The new top word cannot overflow without `top`; see there.
    """
    emit("xor %eax, %eax")
    for k, word in enumerate(words):
        last = k == len(words) - 1
        high = acc[0] if last and k else "%rbx"
        emit(f"mulx {word}, %rax, {high}", f"adcx %rax, {acc[k]}")
        if k == 0 and store is not None:
            emit(f"mov {acc[0]}, {store}")
        if not last:
            emit(f"adox {high}, {acc[k + 1]}")
    if len(words) == 1:
        emit(f"mov %rbx, {acc[0]}")
    emit(f"adox {top}, {acc[0]}", f"adcx {ZERO}, {acc[0]}")
    return [*acc[1:], acc[0]]


def block(
    acc: list[str], words: Operand, multipliers: Operand, *, store: Operand | None, carry: bool = False
) -> list[str]:
    """acc = (acc + words * multipliers) / 2^512, the lower 8 words to `store`.

    With `carry`, CARRY(%rsp) is added to word 8. That is safe when the 8 words are the upper half of a number
    below p: then words * multiplier < 0.6 * 2^576 in the first row, and the sum fits.
    """
    for i in range(8):
        emit(f"mov {multipliers(i)}, %rdx")
        top = frame(CARRY) if carry and i == 0 else ZERO
        acc = row(acc, [words(k) for k in range(8)], store=store(i) if store else None, top=top)
    return acc


def first_row(acc: list[str], words: list[str], *, store: str) -> list[str]:
    """The same as `row` with acc = 0, where one carry chain is enough."""
    emit(f"mulx {words[0]}, %rax, {acc[1]}", f"mov %rax, {store}")
    for k, word in enumerate(words[1:], 1):
        high = acc[(k + 1) % len(acc)]
        emit(f"mulx {word}, %rax, {high}", f"{'add' if k == 1 else 'adc'} %rax, {acc[k]}")
    last = acc[len(words) % len(acc)]
    emit(f"adc $0, {last}")
    return [*acc[1:], acc[0]]


def load(acc: list[str], words: Operand) -> None:
    for i, register in enumerate(acc):
        emit(f"mov {words(i)}, {register}")


def spill(acc: list[str], words: Operand) -> None:
    for i, register in enumerate(acc):
        emit(f"mov {register}, {words(i)}")


def join(acc: list[str], words: Operand) -> None:
    """acc = acc + words; the carry stays in CF."""
    for i, register in enumerate(acc):
        emit(f"{'adc' if i else 'add'} {words(i)}, {register}")


def keep_carry() -> None:
    emit("mov $0, %eax", "adc $0, %rax", f"mov %rax, {frame(CARRY)}")


def product(a: str, b: str, t: Operand) -> None:
    """t[0..31] = a * b; the words are at the addresses in registers a and b."""
    low, high = at(a), at(a, 8)
    acc = ACC
    emit(f"mov {at(b)(0)}, %rdx")
    acc = first_row(acc, [low(k) for k in range(8)], store=t(0))
    for i in range(1, 16):
        emit(f"mov {at(b)(i)}, %rdx")
        acc = row(acc, [low(k) for k in range(8)], store=t(i))
    spill(acc, shifted(t, 16))
    load(acc, shifted(t, 8))
    acc = block(acc, high, at(b), store=shifted(t, 8))
    join(acc, shifted(t, 16))
    keep_carry()
    acc = block(acc, high, at(b, 8), store=shifted(t, 16), carry=True)
    spill(acc, shifted(t, 24))


def triangle(acc: list[str], a: Operand, t: Operand, *, empty: bool) -> None:
    """Add the products a[i] * a[k], i < k < 8, from word 1 of t on. acc is words 1..7, none if `empty`."""
    for i in range(7):
        emit(f"mov {a(i)}, %rdx")
        words = [a(k) for k in range(i + 1, 8)]
        store = t(2 * i + 1)
        acc = first_row(acc, words, store=store) if i == 0 and empty else row(acc, words, store=store)
        emit(f"mov {acc[0]}, {t(2 * i + 2)}")
        acc = acc[1:]


def square(a: str, t: Operand) -> None:
    """t[0..31] = a * a: each product of two different words once, doubled, and the squares of the words."""
    triangle(ACC[:7], at(a), t, empty=True)
    acc = ACC
    load(acc[:7], shifted(t, 8))
    emit(f"mov {ZERO}, {acc[7]}")
    acc = block(acc, at(a, 8), at(a), store=shifted(t, 8))
    emit(f"mov {acc[0]}, {t(16)}")
    triangle(acc[1:], at(a, 8), shifted(t, 16), empty=False)
    emit("xor %eax, %eax")
    for i in range(16):
        even, odd = ACC[0], ACC[1]
        emit(f"mov {at(a)(i)}, %rdx", "mulx %rdx, %rax, %rbx")
        for word, half, register in ((2 * i, "%rax", even), (2 * i + 1, "%rbx", odd)):
            # Words 0 and 31 hold no product of two different words.
            emit(f"mov {ZERO if word in (0, 31) else t(word)}, {register}")
            emit(f"adcx {register}, {register}", f"adox {half}, {register}", f"mov {register}, {t(word)}")


def reduction(t: Operand) -> None:
    """What RESULT(%rsp) points at = t / 2^1024 mod p. t[8..23] in the frame are written over."""
    acc = ACC
    load(acc, t)
    for half in (0, 8):
        # The factors, and the lower 8 words of m p; what they add to is zero afterwards and not stored.
        for i in range(8):
            emit(f"mov {acc[0]}, %rdx", "imul .Ln0(%rip), %rdx", f"mov %rdx, {frame(FACTORS + i)}")
            acc = row(acc, [modulus()(k) for k in range(8)], store=None)
        # Words half + 8 on. In the second half the carry of the first one goes to the same place as this one.
        join(acc, shifted(t, 8) if half == 0 else at("%rsp", 16))
        if half == 0:
            keep_carry()
        else:
            emit(f"adcq $0, {frame(CARRY)}")
        acc = block(acc, modulus(8), at("%rsp", FACTORS), store=at("%rsp", half + 8), carry=True)
        join(acc, shifted(t, half + 16))
        keep_carry()
        if half == 0:
            spill(acc, at("%rsp", 16))
            load(acc, at("%rsp", 8))
    # The sum is CARRY, acc, and words 16..23 of the frame; below 2p.
    spill(acc, at("%rsp", 24))
    emit(f"mov {frame(RESULT)}, %rdi", f"mov {frame(CARRY)}, %rdx")
    subtract_modulus_once(at("%rsp", 16), at("%rsp"), carry="%rdx")


def subtract_modulus_once(number: Operand, scratch: Operand, *, carry: str) -> None:
    """(%rdi) = number - p, or number where that is negative; `carry` is the register of word 16 of both."""
    upper = ACC
    for i in range(8):
        emit(f"mov {number(i)}, %rax", f"{'sbb' if i else 'sub'} {modulus()(i)}, %rax")
        emit(f"mov %rax, {scratch(i)}")
    for i in range(8):
        emit(f"mov {number(8 + i)}, {upper[i]}", f"sbb {modulus()(8 + i)}, {upper[i]}")
    emit(f"sbb $0, {carry}", f"cmovc {ZERO}, {carry}")
    for i in range(8):
        emit(f"mov {scratch(i)}, %rax", f"cmovc {number(i)}, %rax", f"mov %rax, {8 * i}(%rdi)")
    for i in range(8):
        emit(f"cmovc {number(8 + i)}, {upper[i]}", f"mov {upper[i]}, {8 * (8 + i)}(%rdi)")


def masked_modulus() -> None:
    """Words 16..31 of the frame = p if there was a borrow, or 0."""
    emit("sbb %rcx, %rcx")
    for i in range(16):
        emit(f"mov {modulus()(i)}, %rbx", "and %rcx, %rbx", f"mov %rbx, {frame(16 + i)}")


def select(condition: str) -> None:
    """(%rdi) = words 0..15 of the frame on that condition, otherwise words 16..31."""
    for i in range(16):
        emit(f"mov {frame(16 + i)}, %rax", f"{condition} {frame(i)}, %rax", f"mov %rax, {at('%rdi')(i)}")


def write_kernels() -> None:
    begin("mul_wide")
    emit("mov %rdx, %rcx", "xor %ebp, %ebp")
    product("%rsi", "%rcx", at("%rdi"))
    end("mul_wide")

    begin("sqr_wide")
    emit("xor %ebp, %ebp")
    square("%rsi", at("%rdi"))
    end("sqr_wide")

    begin("redc")
    emit("xor %ebp, %ebp", f"mov %rdi, {frame(RESULT)}")
    reduction(at("%rsi"))
    end("redc")

    begin("mul")
    emit("mov %rdx, %rcx", "xor %ebp, %ebp", f"mov %rdi, {frame(RESULT)}")
    product("%rsi", "%rcx", at("%rsp"))
    reduction(at("%rsp"))
    end("mul")

    begin("sqr")
    emit("xor %ebp, %ebp", f"mov %rdi, {frame(RESULT)}")
    square("%rsi", at("%rsp"))
    reduction(at("%rsp"))
    end("sqr")

    # Both possible results at once, on two carry chains: the sum V = a + b on CF, D = V + 2^1024 - p on OF.
    # D is right if either overflows.
    begin("add", saves=False)
    emit("xor %eax, %eax")
    for i in range(16):
        emit(f"mov {at('%rsi')(i)}, %rax", f"adcx {at('%rdx')(i)}, %rax", f"mov %rax, {frame(i)}")
        emit(f"adox {complement(i)}, %rax", f"mov %rax, {frame(16 + i)}")
    emit("mov $0, %eax", "seto %al", "adc $0, %eax")
    select("cmovz")
    end("add", saves=False)

    # V = a - b, made as a + (2^1024 - 1 - b) + 1, and D = V + p, which is right if V did not overflow.
    begin("sub", saves=False)
    emit("xor %eax, %eax", "stc")
    for i in range(16):
        emit(f"mov {at('%rdx')(i)}, %rax", "not %rax", f"adcx {at('%rsi')(i)}, %rax", f"mov %rax, {frame(i)}")
        emit(f"adox {modulus()(i)}, %rax", f"mov %rax, {frame(16 + i)}")
    select("cmovc")
    end("sub", saves=False)

    begin("wide_sub")
    for i in range(32):
        emit(f"mov {at('%rsi')(i)}, %rax", f"{'sbb' if i else 'sub'} %rax, {at('%rdi')(i)}")
    masked_modulus()
    for i in range(16):
        emit(f"mov {frame(16 + i)}, %rax", f"{'adc' if i else 'add'} %rax, {at('%rdi', 16)(i)}")
    end("wide_sub")

    begin("reduce_once")
    emit("xor %ebp, %ebp", f"mov {at('%rdi')(16)}, %rdx")
    subtract_modulus_once(at("%rdi"), at("%rsp"), carry="%rdx")
    emit(f"mov %rdx, {at('%rdi')(16)}")
    end("reduce_once")

    begin("accumulate", saves=False)
    for i in range(32):
        emit(f"mov {at('%rsi')(i)}, %rax", f"{'adc' if i else 'add'} %rax, {at('%rdi')(i)}")
    emit(f"adcq $0, {at('%rdi')(32)}")
    end("accumulate", saves=False)


def source() -> str:
    """The whole of fp_x86_64.S."""
    lines.clear()
    lines.extend(
        [
            "/* Written by generate_fp_x86_64.py; do not edit. */",
            "#if defined(__x86_64__) && defined(__ELF__)",
            '    .section .rodata.fp_x86_64, "a", @progbits',
            "    .p2align 6",
            ".Lmodulus:",
            *[f"    .quad 0x{P >> 64 * i & 2**64 - 1:016x}" for i in range(16)],
            ".Lcomplement:",
            *[f"    .quad 0x{2**1024 - P >> 64 * i & 2**64 - 1:016x}" for i in range(16)],
            ".Ln0:",
            f"    .quad 0x{-pow(P, -1, 2**64) % 2**64:016x}",
            "    .text",
        ]
    )
    write_kernels()
    lines.extend(["#endif", '    .section .note.GNU-stack, "", %progbits'])
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(source())
