"""Write fp_aarch64.S: the field kernels for 64-bit ARM.

Run `python crypto/native/generate_fp_aarch64.py > crypto/native/fp_aarch64.S`; `make asm-check` holds the two
together.

Everything is made of one block: 8 words times 8 words, added to 8 words, with both operands of a row and the
sum in registers. There is one carry flag, so a row is two chains, one after the other: the low halves of the
eight products (mul), then the high halves (umulh). Products are issued three steps before they are added, for
processors that work in order. After a row its lowest word is finished; two finished words are stored at once.

A product of 16 by 16 words is four such blocks, a Montgomery reduction four more (two to make the factors m_i
and to clear the lower words, two to add the upper half of m p). No branch, no address depends on data.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from generate_constants import P  # type: ignore[import-not-found]  # beside us, where scripts look first

Operand = Callable[[int], str]

A = [f"x{i}" for i in range(3, 11)]  # the 8 words that a row multiplies
ACC = [*(f"x{i}" for i in range(11, 18)), "x19", "x20"]  # 8 words of the sum and a spare; x18 is taken
M = ["x21", "x22"]  # two multipliers
PRODUCT = ["x23", "x24", "x25", "x26"]  # products on their way
CARRY, N0, MODULUS, TOP = "x27", "x28", "x29", "x30"
SAVED = [f"x{i}" for i in range(19, 31)]

# The frame: 32 words of a product, 8 factors of the reduction, the saved registers.
FACTORS, SAVED_AT, FRAME_WORDS = 32, 40, 52

lines: list[str] = []


def emit(*instructions: str) -> None:
    lines.extend(f"    {instruction}" for instruction in instructions)


def at(register: str, word: int = 0) -> Operand:
    """Words in memory from `register` on, as operands."""
    return lambda i: f"[{register}, #{8 * (word + i)}]"


def pairs(instruction: str, registers: list[str], words: Operand) -> None:
    """ldp or stp of an even number of words."""
    for i in range(0, len(registers), 2):
        emit(f"{instruction} {registers[i]}, {registers[i + 1]}, {words(i)}")


def begin(name: str) -> None:
    symbol = f"fp_aarch64_{name}"
    lines.extend(["", f"    .globl {symbol}", f"    .hidden {symbol}", f"    .type {symbol}, %function"])
    lines.extend(["    .p2align 4", f"{symbol}:", "    .cfi_startproc"])
    emit(f"sub sp, sp, #{8 * FRAME_WORDS}", f".cfi_def_cfa_offset {8 * FRAME_WORDS}")
    pairs("stp", SAVED, at("sp", SAVED_AT))
    for i, register in enumerate(SAVED):
        emit(f".cfi_offset {register}, -{8 * (FRAME_WORDS - SAVED_AT - i)}")


def end(name: str) -> None:
    pairs("ldp", SAVED, at("sp", SAVED_AT))
    emit(*(f".cfi_restore {register}" for register in SAVED))
    emit(f"add sp, sp, #{8 * FRAME_WORDS}", ".cfi_def_cfa_offset 0", "ret", ".cfi_endproc")
    lines.append(f"    .size fp_aarch64_{name}, .-fp_aarch64_{name}")


def load_modulus() -> None:
    emit(f"adrp {MODULUS}, .Lmodulus", f"add {MODULUS}, {MODULUS}, :lo12:.Lmodulus")


def row(
    acc: list[str],
    words: list[str],
    multiplier: str,
    top: str,
    *,
    after_first: tuple[str, ...] = (),
    clears: bool = False,
    carry: bool = False,
) -> None:
    """acc[0..n-1], top = acc + words * multiplier; acc[0] is finished when `after_first` stands.

    With `clears`, the multiplier makes word 0 zero: its carry is known without the product, and it is not
    written. With `carry`, CARRY is added to the top. That is safe when the words are the upper half of a
    number below p: then words * multiplier < 0.6 * 2^576, and the sum fits.
    """
    n = len(words)
    products = [("mul", k) for k in range(n)] + [("umulh", k) for k in range(n)]
    if clears:
        products = products[1:]
    registers = [PRODUCT[i % len(PRODUCT)] for i in range(len(products))]

    def issue(index: int) -> None:
        if index < len(products):
            instruction, k = products[index]
            emit(f"{instruction} {registers[index]}, {words[k]}, {multiplier}")

    for index in range(3):
        issue(index)
    if clears:
        emit(f"cmp {acc[0]}, #1")
    for index, (instruction, k) in enumerate(products):
        if instruction == "mul":
            emit(f"{'adcs' if k else 'adds'} {acc[k]}, {acc[k]}, {registers[index]}")
            if k == 0:
                emit(*after_first)
            if k == n - 1:
                emit(f"cset {TOP}, cs")
        elif k < n - 1:
            emit(f"{'adcs' if k else 'adds'} {acc[k + 1]}, {acc[k + 1]}, {registers[index]}")
        else:
            emit(f"{'add' if n == 1 else 'adc'} {top}, {TOP}, {registers[index]}")
        issue(index + 3)
    if carry:
        emit(f"add {top}, {top}, {CARRY}")


def first_row(acc: list[str], words: list[str], multiplier: str, top: str) -> None:
    """The same as `row` with acc = 0."""
    n = len(words)
    emit(f"mul {acc[0]}, {words[0]}, {multiplier}")
    for k in range(1, n):
        high = PRODUCT[k % 4]
        emit(f"mul {acc[k]}, {words[k]}, {multiplier}", f"umulh {high}, {words[k - 1]}, {multiplier}")
        emit(f"{'adcs' if k > 1 else 'adds'} {acc[k]}, {acc[k]}, {high}")
    emit(f"umulh {PRODUCT[0]}, {words[n - 1]}, {multiplier}", f"adc {top}, {PRODUCT[0]}, xzr")


def two_rows(
    acc: list[str],
    *,
    multipliers: str | None,
    store: str | None,
    factors: str | None = None,
    empty: bool = False,
    carry: bool = False,
) -> list[str]:
    """Two rows of a block; acc is eight registers and a spare one.

    Two multipliers are loaded, or made so that they clear two words, and written to `factors`.
    """
    first, rest = acc[0], acc[1:]
    if multipliers:
        emit(f"ldp {M[0]}, {M[1]}, {multipliers}")
    else:
        emit(f"mul {M[0]}, {first}, {N0}")
    if empty:
        first_row(acc[:8], A, M[0], acc[8])
    else:
        row(acc[:8], A, M[0], acc[8], clears=factors is not None, carry=carry)
    if factors:
        emit(f"mul {M[1]}, {rest[0]}, {N0}", f"stp {M[0]}, {M[1]}, {factors}")
    stored = (f"stp {first}, {rest[0]}, {store}",) if store else ()
    row(rest, A, M[1], first, after_first=stored, clears=factors is not None)
    return [*rest[1:], first, rest[0]]


def block(
    acc: list[str], multipliers: Operand, *, store: Operand, empty: bool = False, carry: bool = False
) -> list[str]:
    """acc = (acc + A * multipliers) / 2^512, the lower 8 words to `store`."""
    for i in range(0, 8, 2):
        first = i == 0
        acc = two_rows(
            acc, multipliers=multipliers(i), store=store(i), empty=empty and first, carry=carry and first
        )
    return acc


def sum_or_difference(instruction: str, number: list[str], other: Operand, *, chained: bool = False) -> None:
    """number = number +- other, the carry or borrow left in the flag; with that of before if `chained`."""
    first, then = {"add": ("adds", "adcs"), "sub": ("subs", "sbcs")}[instruction]
    for i in range(0, len(number), 2):
        x, y = PRODUCT[i % 4 : i % 4 + 2]
        emit(f"ldp {x}, {y}, {other(i)}", f"{then if i or chained else first} {number[i]}, {number[i]}, {x}")
        emit(f"{then} {number[i + 1]}, {number[i + 1]}, {y}")


def product(a: str, b: str, t: str) -> None:
    """t[0..31] = a * b."""
    pairs("ldp", A, at(a))
    acc = block(ACC, at(b), store=at(t), empty=True)
    acc = block(acc, at(b, 8), store=at(t, 8))
    pairs("stp", acc[:8], at(t, 16))
    pairs("ldp", acc[:8], at(t, 8))
    pairs("ldp", A, at(a, 8))
    acc = block(acc, at(b), store=at(t, 8))
    sum_or_difference("add", acc[:8], at(t, 16))
    emit(f"cset {CARRY}, cs")
    acc = block(acc, at(b, 8), store=at(t, 16), carry=True)
    pairs("stp", acc[:8], at(t, 24))


def triangle(acc: list[str], t: Operand, *, empty: bool) -> None:
    """Add the products A[i] * A[k], i < k < 8, from word 1 of t on. acc is words 1..7 and a spare one."""
    for i in range(7):
        words = A[i + 1 :]
        live, spare = acc[: len(words)], acc[len(words)]
        if i == 0 and empty:
            first_row(live, words, A[i], spare)
        else:
            row(live, words, A[i], spare)
        acc = [*live, spare, *acc[len(words) + 1 :]]
        emit(f"stp {acc[0]}, {acc[1]}, {t(2 * i + 1)}")
        acc = [*acc[2:], acc[0], acc[1]]


def square(a: str, t: str) -> None:
    """t[0..31] = a * a: each product of two different words once, doubled, and the squares of the words."""
    pairs("ldp", A, at(a))
    triangle(ACC, at(t), empty=True)
    acc = ACC
    emit(f"ldr {acc[6]}, {at(t)(14)}", f"mov {acc[7]}, xzr")
    pairs("ldp", acc[:6], at(t, 8))
    pairs("ldp", A, at(a, 8))
    acc = block(acc, at(a), store=at(t, 8))
    emit(f"str {acc[0]}, {at(t)(16)}")
    triangle(acc[1:], at(t, 16), empty=False)
    # Doubled: each word takes the top bit of the word before it. Words 0 and 31 hold no such product.
    even, odd, before, word, low, high = "x3", "x4", "x5", "x6", "x7", "x8"
    emit(f"mov {before}, xzr", f"mov {even}, xzr")
    for i in range(16):
        if i % 2 == 0:
            emit(f"ldp {M[0]}, {M[1]}, {at(a)(i)}")
        if i == 0:
            emit(f"ldr {odd}, {at(t)(1)}")
        elif i == 15:
            emit(f"ldr {even}, {at(t)(30)}", f"mov {odd}, xzr")
        else:
            emit(f"ldp {even}, {odd}, {at(t)(2 * i)}")
        emit(f"mul {low}, {M[i % 2]}, {M[i % 2]}", f"umulh {high}, {M[i % 2]}, {M[i % 2]}")
        emit(f"extr {word}, {even}, {before}, #63", f"extr {even}, {odd}, {even}, #63")
        emit(f"mov {before}, {odd}")
        emit(f"{'adcs' if i else 'adds'} {low}, {low}, {word}", f"adcs {high}, {high}, {even}")
        emit(f"stp {low}, {high}, {at(t)(2 * i)}")


def reduction(t: str) -> None:
    """(x0) = t / 2^1024 mod p. Words 8..23 of the frame are written over."""
    acc = ACC
    load_modulus()
    emit(f"ldr {N0}, {at(MODULUS)(16)}")
    pairs("ldp", acc[:8], at(t))
    for half in (0, 8):
        # The factors, and the lower 8 words of m p; what they add to is zero afterwards and not stored.
        pairs("ldp", A, at(MODULUS))
        for i in range(0, 8, 2):
            acc = two_rows(acc, multipliers=None, store=None, factors=at("sp", FACTORS)(i))
        # Words half + 8 on. In the second half the carry of the first one goes to the same place as this one.
        sum_or_difference("add", acc[:8], at(t, 8) if half == 0 else at("sp", 16))
        emit(f"cset {CARRY}, cs" if half == 0 else f"adc {CARRY}, {CARRY}, xzr")
        pairs("ldp", A, at(MODULUS, 8))
        acc = block(acc, at("sp", FACTORS), store=at("sp", half + 8), carry=True)
        sum_or_difference("add", acc[:8], at(t, half + 16))
        emit(f"cset {CARRY}, cs")
        if half == 0:
            pairs("stp", acc[:8], at("sp", 16))
            pairs("ldp", acc[:8], at("sp", 8))
    # The sum is CARRY, acc, and words 16..23 of the frame, below 2p; A is still the upper half of p. Subtract
    # p, and where that is negative take the sum itself.
    x, y, u, v = PRODUCT
    for i in range(0, 8, 2):
        emit(f"ldp {x}, {y}, {at('sp', 16)(i)}", f"ldp {u}, {v}, {at(MODULUS)(i)}")
        emit(
            f"{'sbcs' if i else 'subs'} {x}, {x}, {u}", f"sbcs {y}, {y}, {v}", f"stp {x}, {y}, {at('sp')(i)}"
        )
    for i in range(8):
        emit(f"sbcs {A[i]}, {acc[i]}, {A[i]}")
    emit(f"sbcs xzr, {CARRY}, xzr")
    for i in range(0, 8, 2):
        emit(f"ldp {x}, {y}, {at('sp', 16)(i)}", f"ldp {u}, {v}, {at('sp')(i)}")
        emit(f"csel {x}, {x}, {u}, cc", f"csel {y}, {y}, {v}, cc", f"stp {x}, {y}, {at('x0')(i)}")
    for i in range(8):
        emit(f"csel {acc[i]}, {acc[i]}, {A[i]}, cc")
    pairs("stp", acc[:8], at("x0", 8))


def select_sum(difference: list[str], number: str) -> None:
    """(x0) = difference, or where that is negative the number."""
    for i in range(0, 16, 2):
        emit(f"ldp {PRODUCT[0]}, {PRODUCT[1]}, {at(number)(i)}")
        emit(f"csel {difference[i]}, {PRODUCT[0]}, {difference[i]}, cc")
        emit(f"csel {difference[i + 1]}, {PRODUCT[1]}, {difference[i + 1]}, cc")
    pairs("stp", difference, at("x0"))


def add_modulus_if_negative(number: list[str]) -> None:
    """number = number + p if there was a borrow."""
    emit(f"csetm {CARRY}, cc")
    for i in range(0, 16, 2):
        x, y = PRODUCT[i % 4 : i % 4 + 2]
        emit(f"ldp {x}, {y}, {at(MODULUS)(i)}", f"and {x}, {x}, {CARRY}", f"and {y}, {y}, {CARRY}")
        emit(f"{'adcs' if i else 'adds'} {number[i]}, {number[i]}, {x}")
        emit(f"adcs {number[i + 1]}, {number[i + 1]}, {y}")


def write_kernels() -> None:
    whole = [*A, *ACC[:8]]

    begin("mul_wide")
    product("x1", "x2", "x0")
    end("mul_wide")

    begin("sqr_wide")
    square("x1", "x0")
    end("sqr_wide")

    begin("redc")
    reduction("x1")
    end("redc")

    begin("mul")
    product("x1", "x2", "sp")
    reduction("sp")
    end("mul")

    begin("sqr")
    square("x1", "sp")
    reduction("sp")
    end("sqr")

    begin("add")
    load_modulus()
    pairs("ldp", whole, at("x1"))
    sum_or_difference("add", whole, at("x2"))
    emit(f"cset {CARRY}, cs")
    pairs("stp", whole, at("sp"))
    sum_or_difference("sub", whole, at(MODULUS))
    emit(f"sbcs xzr, {CARRY}, xzr")
    select_sum(whole, "sp")
    end("add")

    begin("reduce_once")
    load_modulus()
    emit(f"ldr {CARRY}, {at('x0')(16)}")
    pairs("ldp", whole, at("x0"))
    sum_or_difference("sub", whole, at(MODULUS))
    emit(f"sbcs {CARRY}, {CARRY}, xzr", f"csel {CARRY}, xzr, {CARRY}, cc")
    select_sum(whole, "x0")
    emit(f"str {CARRY}, {at('x0')(16)}")
    end("reduce_once")

    begin("sub")
    load_modulus()
    pairs("ldp", whole, at("x1"))
    sum_or_difference("sub", whole, at("x2"))
    add_modulus_if_negative(whole)
    pairs("stp", whole, at("x0"))
    end("sub")

    begin("wide_sub")
    load_modulus()
    pairs("ldp", whole, at("x0"))
    sum_or_difference("sub", whole, at("x1"))
    pairs("stp", whole, at("x0"))
    pairs("ldp", whole, at("x0", 16))
    sum_or_difference("sub", whole, at("x1", 16), chained=True)
    add_modulus_if_negative(whole)
    pairs("stp", whole, at("x0", 16))
    end("wide_sub")

    begin("accumulate")
    pairs("ldp", whole, at("x0"))
    sum_or_difference("add", whole, at("x1"))
    pairs("stp", whole, at("x0"))
    pairs("ldp", whole, at("x0", 16))
    sum_or_difference("add", whole, at("x1", 16), chained=True)
    emit(f"cset {CARRY}, cs")
    pairs("stp", whole, at("x0", 16))
    emit(f"ldr {A[0]}, {at('x0')(32)}", f"add {A[0]}, {A[0]}, {CARRY}", f"str {A[0]}, {at('x0')(32)}")
    end("accumulate")


def source() -> str:
    """The whole of fp_aarch64.S."""
    lines.clear()
    lines.extend(
        [
            "/* Written by generate_fp_aarch64.py; do not edit. */",
            "#if defined(__aarch64__) && defined(__ELF__)",
            '    .section .rodata.fp_aarch64, "a", %progbits',
            "    .p2align 6",
            ".Lmodulus:",
            *[f"    .quad 0x{P >> 64 * i & 2**64 - 1:016x}" for i in range(16)],
            f"    .quad 0x{-pow(P, -1, 2**64) % 2**64:016x}",
            "    .text",
        ]
    )
    write_kernels()
    lines.extend(["#endif", '    .section .note.GNU-stack, "", %progbits'])
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(source())
