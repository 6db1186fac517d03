/* Written by generate_fp_aarch64.py; do not edit. */
#if defined(__aarch64__) && defined(__ELF__)
    .section .rodata.fp_aarch64, "a", %progbits
    .p2align 6
.Lmodulus:
    .quad 0x666d807afea85feb
    .quad 0x80c5df10ac7ace87
    .quad 0xfce3e82389857db0
    .quad 0x9f94d6af56971f1f
    .quad 0xa7cf3c521c3c09aa
    .quad 0xb6aff4a831852a82
    .quad 0x512ac5cd65681ce1
    .quad 0xe26c6487326b4cd4
    .quad 0x356d27f4a666a6d0
    .quad 0xe791b39ff7c88a19
    .quad 0x228730d531a59cb0
    .quad 0xf40aab27e2fc0f1b
    .quad 0xbe9ae358b3e01a2e
    .quad 0x416c0ce19cb48261
    .quad 0x65c61198dad0657a
    .quad 0x997abb1f0a563fda
    .quad 0x290420077c8f2f3d
    .text

    .globl fp_aarch64_mul_wide
    .hidden fp_aarch64_mul_wide
    .type fp_aarch64_mul_wide, %function
    .p2align 4
fp_aarch64_mul_wide:
    .cfi_startproc
    sub sp, sp, #416
    .cfi_def_cfa_offset 416
    stp x19, x20, [sp, #320]
    stp x21, x22, [sp, #336]
    stp x23, x24, [sp, #352]
    stp x25, x26, [sp, #368]
    stp x27, x28, [sp, #384]
    stp x29, x30, [sp, #400]
    .cfi_offset x19, -96
    .cfi_offset x20, -88
    .cfi_offset x21, -80
    .cfi_offset x22, -72
    .cfi_offset x23, -64
    .cfi_offset x24, -56
    .cfi_offset x25, -48
    .cfi_offset x26, -40
    .cfi_offset x27, -32
    .cfi_offset x28, -24
    .cfi_offset x29, -16
    .cfi_offset x30, -8
    ldp x3, x4, [x1, #0]
    ldp x5, x6, [x1, #16]
    ldp x7, x8, [x1, #32]
    ldp x9, x10, [x1, #48]
    ldp x21, x22, [x2, #0]
    mul x11, x3, x21
    mul x12, x4, x21
    umulh x24, x3, x21
    adds x12, x12, x24
    mul x13, x5, x21
    umulh x25, x4, x21
    adcs x13, x13, x25
    mul x14, x6, x21
    umulh x26, x5, x21
    adcs x14, x14, x26
    mul x15, x7, x21
    umulh x23, x6, x21
    adcs x15, x15, x23
    mul x16, x8, x21
    umulh x24, x7, x21
    adcs x16, x16, x24
    mul x17, x9, x21
    umulh x25, x8, x21
    adcs x17, x17, x25
    mul x19, x10, x21
    umulh x26, x9, x21
    adcs x19, x19, x26
    umulh x23, x10, x21
    adc x20, x23, xzr
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x12, x12, x23
    stp x11, x12, [x0, #0]
    mul x26, x6, x22
    adcs x13, x13, x24
    mul x23, x7, x22
    adcs x14, x14, x25
    mul x24, x8, x22
    adcs x15, x15, x26
    mul x25, x9, x22
    adcs x16, x16, x23
    mul x26, x10, x22
    adcs x17, x17, x24
    umulh x23, x3, x22
    adcs x19, x19, x25
    umulh x24, x4, x22
    adcs x20, x20, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x13, x13, x23
    umulh x26, x6, x22
    adcs x14, x14, x24
    umulh x23, x7, x22
    adcs x15, x15, x25
    umulh x24, x8, x22
    adcs x16, x16, x26
    umulh x25, x9, x22
    adcs x17, x17, x23
    umulh x26, x10, x22
    adcs x19, x19, x24
    adcs x20, x20, x25
    adc x11, x30, x26
    ldp x21, x22, [x2, #16]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x13, x13, x23
    mul x26, x6, x21
    adcs x14, x14, x24
    mul x23, x7, x21
    adcs x15, x15, x25
    mul x24, x8, x21
    adcs x16, x16, x26
    mul x25, x9, x21
    adcs x17, x17, x23
    mul x26, x10, x21
    adcs x19, x19, x24
    umulh x23, x3, x21
    adcs x20, x20, x25
    umulh x24, x4, x21
    adcs x11, x11, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x14, x14, x23
    umulh x26, x6, x21
    adcs x15, x15, x24
    umulh x23, x7, x21
    adcs x16, x16, x25
    umulh x24, x8, x21
    adcs x17, x17, x26
    umulh x25, x9, x21
    adcs x19, x19, x23
    umulh x26, x10, x21
    adcs x20, x20, x24
    adcs x11, x11, x25
    adc x12, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x14, x14, x23
    stp x13, x14, [x0, #16]
    mul x26, x6, x22
    adcs x15, x15, x24
    mul x23, x7, x22
    adcs x16, x16, x25
    mul x24, x8, x22
    adcs x17, x17, x26
    mul x25, x9, x22
    adcs x19, x19, x23
    mul x26, x10, x22
    adcs x20, x20, x24
    umulh x23, x3, x22
    adcs x11, x11, x25
    umulh x24, x4, x22
    adcs x12, x12, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x15, x15, x23
    umulh x26, x6, x22
    adcs x16, x16, x24
    umulh x23, x7, x22
    adcs x17, x17, x25
    umulh x24, x8, x22
    adcs x19, x19, x26
    umulh x25, x9, x22
    adcs x20, x20, x23
    umulh x26, x10, x22
    adcs x11, x11, x24
    adcs x12, x12, x25
    adc x13, x30, x26
    ldp x21, x22, [x2, #32]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x15, x15, x23
    mul x26, x6, x21
    adcs x16, x16, x24
    mul x23, x7, x21
    adcs x17, x17, x25
    mul x24, x8, x21
    adcs x19, x19, x26
    mul x25, x9, x21
    adcs x20, x20, x23
    mul x26, x10, x21
    adcs x11, x11, x24
    umulh x23, x3, x21
    adcs x12, x12, x25
    umulh x24, x4, x21
    adcs x13, x13, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x16, x16, x23
    umulh x26, x6, x21
    adcs x17, x17, x24
    umulh x23, x7, x21
    adcs x19, x19, x25
    umulh x24, x8, x21
    adcs x20, x20, x26
    umulh x25, x9, x21
    adcs x11, x11, x23
    umulh x26, x10, x21
    adcs x12, x12, x24
    adcs x13, x13, x25
    adc x14, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x16, x16, x23
    stp x15, x16, [x0, #32]
    mul x26, x6, x22
    adcs x17, x17, x24
    mul x23, x7, x22
    adcs x19, x19, x25
    mul x24, x8, x22
    adcs x20, x20, x26
    mul x25, x9, x22
    adcs x11, x11, x23
    mul x26, x10, x22
    adcs x12, x12, x24
    umulh x23, x3, x22
    adcs x13, x13, x25
    umulh x24, x4, x22
    adcs x14, x14, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x17, x17, x23
    umulh x26, x6, x22
    adcs x19, x19, x24
    umulh x23, x7, x22
    adcs x20, x20, x25
    umulh x24, x8, x22
    adcs x11, x11, x26
    umulh x25, x9, x22
    adcs x12, x12, x23
    umulh x26, x10, x22
    adcs x13, x13, x24
    adcs x14, x14, x25
    adc x15, x30, x26
    ldp x21, x22, [x2, #48]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x17, x17, x23
    mul x26, x6, x21
    adcs x19, x19, x24
    mul x23, x7, x21
    adcs x20, x20, x25
    mul x24, x8, x21
    adcs x11, x11, x26
    mul x25, x9, x21
    adcs x12, x12, x23
    mul x26, x10, x21
    adcs x13, x13, x24
    umulh x23, x3, x21
    adcs x14, x14, x25
    umulh x24, x4, x21
    adcs x15, x15, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x19, x19, x23
    umulh x26, x6, x21
    adcs x20, x20, x24
    umulh x23, x7, x21
    adcs x11, x11, x25
    umulh x24, x8, x21
    adcs x12, x12, x26
    umulh x25, x9, x21
    adcs x13, x13, x23
    umulh x26, x10, x21
    adcs x14, x14, x24
    adcs x15, x15, x25
    adc x16, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x19, x19, x23
    stp x17, x19, [x0, #48]
    mul x26, x6, x22
    adcs x20, x20, x24
    mul x23, x7, x22
    adcs x11, x11, x25
    mul x24, x8, x22
    adcs x12, x12, x26
    mul x25, x9, x22
    adcs x13, x13, x23
    mul x26, x10, x22
    adcs x14, x14, x24
    umulh x23, x3, x22
    adcs x15, x15, x25
    umulh x24, x4, x22
    adcs x16, x16, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x20, x20, x23
    umulh x26, x6, x22
    adcs x11, x11, x24
    umulh x23, x7, x22
    adcs x12, x12, x25
    umulh x24, x8, x22
    adcs x13, x13, x26
    umulh x25, x9, x22
    adcs x14, x14, x23
    umulh x26, x10, x22
    adcs x15, x15, x24
    adcs x16, x16, x25
    adc x17, x30, x26
    ldp x21, x22, [x2, #64]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x20, x20, x23
    mul x26, x6, x21
    adcs x11, x11, x24
    mul x23, x7, x21
    adcs x12, x12, x25
    mul x24, x8, x21
    adcs x13, x13, x26
    mul x25, x9, x21
    adcs x14, x14, x23
    mul x26, x10, x21
    adcs x15, x15, x24
    umulh x23, x3, x21
    adcs x16, x16, x25
    umulh x24, x4, x21
    adcs x17, x17, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x11, x11, x23
    umulh x26, x6, x21
    adcs x12, x12, x24
    umulh x23, x7, x21
    adcs x13, x13, x25
    umulh x24, x8, x21
    adcs x14, x14, x26
    umulh x25, x9, x21
    adcs x15, x15, x23
    umulh x26, x10, x21
    adcs x16, x16, x24
    adcs x17, x17, x25
    adc x19, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x11, x11, x23
    stp x20, x11, [x0, #64]
    mul x26, x6, x22
    adcs x12, x12, x24
    mul x23, x7, x22
    adcs x13, x13, x25
    mul x24, x8, x22
    adcs x14, x14, x26
    mul x25, x9, x22
    adcs x15, x15, x23
    mul x26, x10, x22
    adcs x16, x16, x24
    umulh x23, x3, x22
    adcs x17, x17, x25
    umulh x24, x4, x22
    adcs x19, x19, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x12, x12, x23
    umulh x26, x6, x22
    adcs x13, x13, x24
    umulh x23, x7, x22
    adcs x14, x14, x25
    umulh x24, x8, x22
    adcs x15, x15, x26
    umulh x25, x9, x22
    adcs x16, x16, x23
    umulh x26, x10, x22
    adcs x17, x17, x24
    adcs x19, x19, x25
    adc x20, x30, x26
    ldp x21, x22, [x2, #80]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x12, x12, x23
    mul x26, x6, x21
    adcs x13, x13, x24
    mul x23, x7, x21
    adcs x14, x14, x25
    mul x24, x8, x21
    adcs x15, x15, x26
    mul x25, x9, x21
    adcs x16, x16, x23
    mul x26, x10, x21
    adcs x17, x17, x24
    umulh x23, x3, x21
    adcs x19, x19, x25
    umulh x24, x4, x21
    adcs x20, x20, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x13, x13, x23
    umulh x26, x6, x21
    adcs x14, x14, x24
    umulh x23, x7, x21
    adcs x15, x15, x25
    umulh x24, x8, x21
    adcs x16, x16, x26
    umulh x25, x9, x21
    adcs x17, x17, x23
    umulh x26, x10, x21
    adcs x19, x19, x24
    adcs x20, x20, x25
    adc x11, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x13, x13, x23
    stp x12, x13, [x0, #80]
    mul x26, x6, x22
    adcs x14, x14, x24
    mul x23, x7, x22
    adcs x15, x15, x25
    mul x24, x8, x22
    adcs x16, x16, x26
    mul x25, x9, x22
    adcs x17, x17, x23
    mul x26, x10, x22
    adcs x19, x19, x24
    umulh x23, x3, x22
    adcs x20, x20, x25
    umulh x24, x4, x22
    adcs x11, x11, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x14, x14, x23
    umulh x26, x6, x22
    adcs x15, x15, x24
    umulh x23, x7, x22
    adcs x16, x16, x25
    umulh x24, x8, x22
    adcs x17, x17, x26
    umulh x25, x9, x22
    adcs x19, x19, x23
    umulh x26, x10, x22
    adcs x20, x20, x24
    adcs x11, x11, x25
    adc x12, x30, x26
    ldp x21, x22, [x2, #96]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x14, x14, x23
    mul x26, x6, x21
    adcs x15, x15, x24
    mul x23, x7, x21
    adcs x16, x16, x25
    mul x24, x8, x21
    adcs x17, x17, x26
    mul x25, x9, x21
    adcs x19, x19, x23
    mul x26, x10, x21
    adcs x20, x20, x24
    umulh x23, x3, x21
    adcs x11, x11, x25
    umulh x24, x4, x21
    adcs x12, x12, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x15, x15, x23
    umulh x26, x6, x21
    adcs x16, x16, x24
    umulh x23, x7, x21
    adcs x17, x17, x25
    umulh x24, x8, x21
    adcs x19, x19, x26
    umulh x25, x9, x21
    adcs x20, x20, x23
    umulh x26, x10, x21
    adcs x11, x11, x24
    adcs x12, x12, x25
    adc x13, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x15, x15, x23
    stp x14, x15, [x0, #96]
    mul x26, x6, x22
    adcs x16, x16, x24
    mul x23, x7, x22
    adcs x17, x17, x25
    mul x24, x8, x22
    adcs x19, x19, x26
    mul x25, x9, x22
    adcs x20, x20, x23
    mul x26, x10, x22
    adcs x11, x11, x24
    umulh x23, x3, x22
    adcs x12, x12, x25
    umulh x24, x4, x22
    adcs x13, x13, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x16, x16, x23
    umulh x26, x6, x22
    adcs x17, x17, x24
    umulh x23, x7, x22
    adcs x19, x19, x25
    umulh x24, x8, x22
    adcs x20, x20, x26
    umulh x25, x9, x22
    adcs x11, x11, x23
    umulh x26, x10, x22
    adcs x12, x12, x24
    adcs x13, x13, x25
    adc x14, x30, x26
    ldp x21, x22, [x2, #112]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x16, x16, x23
    mul x26, x6, x21
    adcs x17, x17, x24
    mul x23, x7, x21
    adcs x19, x19, x25
    mul x24, x8, x21
    adcs x20, x20, x26
    mul x25, x9, x21
    adcs x11, x11, x23
    mul x26, x10, x21
    adcs x12, x12, x24
    umulh x23, x3, x21
    adcs x13, x13, x25
    umulh x24, x4, x21
    adcs x14, x14, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x17, x17, x23
    umulh x26, x6, x21
    adcs x19, x19, x24
    umulh x23, x7, x21
    adcs x20, x20, x25
    umulh x24, x8, x21
    adcs x11, x11, x26
    umulh x25, x9, x21
    adcs x12, x12, x23
    umulh x26, x10, x21
    adcs x13, x13, x24
    adcs x14, x14, x25
    adc x15, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x17, x17, x23
    stp x16, x17, [x0, #112]
    mul x26, x6, x22
    adcs x19, x19, x24
    mul x23, x7, x22
    adcs x20, x20, x25
    mul x24, x8, x22
    adcs x11, x11, x26
    mul x25, x9, x22
    adcs x12, x12, x23
    mul x26, x10, x22
    adcs x13, x13, x24
    umulh x23, x3, x22
    adcs x14, x14, x25
    umulh x24, x4, x22
    adcs x15, x15, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x19, x19, x23
    umulh x26, x6, x22
    adcs x20, x20, x24
    umulh x23, x7, x22
    adcs x11, x11, x25
    umulh x24, x8, x22
    adcs x12, x12, x26
    umulh x25, x9, x22
    adcs x13, x13, x23
    umulh x26, x10, x22
    adcs x14, x14, x24
    adcs x15, x15, x25
    adc x16, x30, x26
    stp x19, x20, [x0, #128]
    stp x11, x12, [x0, #144]
    stp x13, x14, [x0, #160]
    stp x15, x16, [x0, #176]
    ldp x19, x20, [x0, #64]
    ldp x11, x12, [x0, #80]
    ldp x13, x14, [x0, #96]
    ldp x15, x16, [x0, #112]
    ldp x3, x4, [x1, #64]
    ldp x5, x6, [x1, #80]
    ldp x7, x8, [x1, #96]
    ldp x9, x10, [x1, #112]
    ldp x21, x22, [x2, #0]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x19, x19, x23
    mul x26, x6, x21
    adcs x20, x20, x24
    mul x23, x7, x21
    adcs x11, x11, x25
    mul x24, x8, x21
    adcs x12, x12, x26
    mul x25, x9, x21
    adcs x13, x13, x23
    mul x26, x10, x21
    adcs x14, x14, x24
    umulh x23, x3, x21
    adcs x15, x15, x25
    umulh x24, x4, x21
    adcs x16, x16, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x20, x20, x23
    umulh x26, x6, x21
    adcs x11, x11, x24
    umulh x23, x7, x21
    adcs x12, x12, x25
    umulh x24, x8, x21
    adcs x13, x13, x26
    umulh x25, x9, x21
    adcs x14, x14, x23
    umulh x26, x10, x21
    adcs x15, x15, x24
    adcs x16, x16, x25
    adc x17, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x20, x20, x23
    stp x19, x20, [x0, #64]
    mul x26, x6, x22
    adcs x11, x11, x24
    mul x23, x7, x22
    adcs x12, x12, x25
    mul x24, x8, x22
    adcs x13, x13, x26
    mul x25, x9, x22
    adcs x14, x14, x23
    mul x26, x10, x22
    adcs x15, x15, x24
    umulh x23, x3, x22
    adcs x16, x16, x25
    umulh x24, x4, x22
    adcs x17, x17, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x11, x11, x23
    umulh x26, x6, x22
    adcs x12, x12, x24
    umulh x23, x7, x22
    adcs x13, x13, x25
    umulh x24, x8, x22
    adcs x14, x14, x26
    umulh x25, x9, x22
    adcs x15, x15, x23
    umulh x26, x10, x22
    adcs x16, x16, x24
    adcs x17, x17, x25
    adc x19, x30, x26
    ldp x21, x22, [x2, #16]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x11, x11, x23
    mul x26, x6, x21
    adcs x12, x12, x24
    mul x23, x7, x21
    adcs x13, x13, x25
    mul x24, x8, x21
    adcs x14, x14, x26
    mul x25, x9, x21
    adcs x15, x15, x23
    mul x26, x10, x21
    adcs x16, x16, x24
    umulh x23, x3, x21
    adcs x17, x17, x25
    umulh x24, x4, x21
    adcs x19, x19, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x12, x12, x23
    umulh x26, x6, x21
    adcs x13, x13, x24
    umulh x23, x7, x21
    adcs x14, x14, x25
    umulh x24, x8, x21
    adcs x15, x15, x26
    umulh x25, x9, x21
    adcs x16, x16, x23
    umulh x26, x10, x21
    adcs x17, x17, x24
    adcs x19, x19, x25
    adc x20, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x12, x12, x23
    stp x11, x12, [x0, #80]
    mul x26, x6, x22
    adcs x13, x13, x24
    mul x23, x7, x22
    adcs x14, x14, x25
    mul x24, x8, x22
    adcs x15, x15, x26
    mul x25, x9, x22
    adcs x16, x16, x23
    mul x26, x10, x22
    adcs x17, x17, x24
    umulh x23, x3, x22
    adcs x19, x19, x25
    umulh x24, x4, x22
    adcs x20, x20, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x13, x13, x23
    umulh x26, x6, x22
    adcs x14, x14, x24
    umulh x23, x7, x22
    adcs x15, x15, x25
    umulh x24, x8, x22
    adcs x16, x16, x26
    umulh x25, x9, x22
    adcs x17, x17, x23
    umulh x26, x10, x22
    adcs x19, x19, x24
    adcs x20, x20, x25
    adc x11, x30, x26
    ldp x21, x22, [x2, #32]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x13, x13, x23
    mul x26, x6, x21
    adcs x14, x14, x24
    mul x23, x7, x21
    adcs x15, x15, x25
    mul x24, x8, x21
    adcs x16, x16, x26
    mul x25, x9, x21
    adcs x17, x17, x23
    mul x26, x10, x21
    adcs x19, x19, x24
    umulh x23, x3, x21
    adcs x20, x20, x25
    umulh x24, x4, x21
    adcs x11, x11, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x14, x14, x23
    umulh x26, x6, x21
    adcs x15, x15, x24
    umulh x23, x7, x21
    adcs x16, x16, x25
    umulh x24, x8, x21
    adcs x17, x17, x26
    umulh x25, x9, x21
    adcs x19, x19, x23
    umulh x26, x10, x21
    adcs x20, x20, x24
    adcs x11, x11, x25
    adc x12, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x14, x14, x23
    stp x13, x14, [x0, #96]
    mul x26, x6, x22
    adcs x15, x15, x24
    mul x23, x7, x22
    adcs x16, x16, x25
    mul x24, x8, x22
    adcs x17, x17, x26
    mul x25, x9, x22
    adcs x19, x19, x23
    mul x26, x10, x22
    adcs x20, x20, x24
    umulh x23, x3, x22
    adcs x11, x11, x25
    umulh x24, x4, x22
    adcs x12, x12, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x15, x15, x23
    umulh x26, x6, x22
    adcs x16, x16, x24
    umulh x23, x7, x22
    adcs x17, x17, x25
    umulh x24, x8, x22
    adcs x19, x19, x26
    umulh x25, x9, x22
    adcs x20, x20, x23
    umulh x26, x10, x22
    adcs x11, x11, x24
    adcs x12, x12, x25
    adc x13, x30, x26
    ldp x21, x22, [x2, #48]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x15, x15, x23
    mul x26, x6, x21
    adcs x16, x16, x24
    mul x23, x7, x21
    adcs x17, x17, x25
    mul x24, x8, x21
    adcs x19, x19, x26
    mul x25, x9, x21
    adcs x20, x20, x23
    mul x26, x10, x21
    adcs x11, x11, x24
    umulh x23, x3, x21
    adcs x12, x12, x25
    umulh x24, x4, x21
    adcs x13, x13, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x16, x16, x23
    umulh x26, x6, x21
    adcs x17, x17, x24
    umulh x23, x7, x21
    adcs x19, x19, x25
    umulh x24, x8, x21
    adcs x20, x20, x26
    umulh x25, x9, x21
    adcs x11, x11, x23
    umulh x26, x10, x21
    adcs x12, x12, x24
    adcs x13, x13, x25
    adc x14, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x16, x16, x23
    stp x15, x16, [x0, #112]
    mul x26, x6, x22
    adcs x17, x17, x24
    mul x23, x7, x22
    adcs x19, x19, x25
    mul x24, x8, x22
    adcs x20, x20, x26
    mul x25, x9, x22
    adcs x11, x11, x23
    mul x26, x10, x22
    adcs x12, x12, x24
    umulh x23, x3, x22
    adcs x13, x13, x25
    umulh x24, x4, x22
    adcs x14, x14, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x17, x17, x23
    umulh x26, x6, x22
    adcs x19, x19, x24
    umulh x23, x7, x22
    adcs x20, x20, x25
    umulh x24, x8, x22
    adcs x11, x11, x26
    umulh x25, x9, x22
    adcs x12, x12, x23
    umulh x26, x10, x22
    adcs x13, x13, x24
    adcs x14, x14, x25
    adc x15, x30, x26
    ldp x23, x24, [x0, #128]
    adds x17, x17, x23
    adcs x19, x19, x24
    ldp x25, x26, [x0, #144]
    adcs x20, x20, x25
    adcs x11, x11, x26
    ldp x23, x24, [x0, #160]
    adcs x12, x12, x23
    adcs x13, x13, x24
    ldp x25, x26, [x0, #176]
    adcs x14, x14, x25
    adcs x15, x15, x26
    cset x27, cs
    ldp x21, x22, [x2, #64]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x17, x17, x23
    mul x26, x6, x21
    adcs x19, x19, x24
    mul x23, x7, x21
    adcs x20, x20, x25
    mul x24, x8, x21
    adcs x11, x11, x26
    mul x25, x9, x21
    adcs x12, x12, x23
    mul x26, x10, x21
    adcs x13, x13, x24
    umulh x23, x3, x21
    adcs x14, x14, x25
    umulh x24, x4, x21
    adcs x15, x15, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x19, x19, x23
    umulh x26, x6, x21
    adcs x20, x20, x24
    umulh x23, x7, x21
    adcs x11, x11, x25
    umulh x24, x8, x21
    adcs x12, x12, x26
    umulh x25, x9, x21
    adcs x13, x13, x23
    umulh x26, x10, x21
    adcs x14, x14, x24
    adcs x15, x15, x25
    adc x16, x30, x26
    add x16, x16, x27
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x19, x19, x23
    stp x17, x19, [x0, #128]
    mul x26, x6, x22
    adcs x20, x20, x24
    mul x23, x7, x22
    adcs x11, x11, x25
    mul x24, x8, x22
    adcs x12, x12, x26
    mul x25, x9, x22
    adcs x13, x13, x23
    mul x26, x10, x22
    adcs x14, x14, x24
    umulh x23, x3, x22
    adcs x15, x15, x25
    umulh x24, x4, x22
    adcs x16, x16, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x20, x20, x23
    umulh x26, x6, x22
    adcs x11, x11, x24
    umulh x23, x7, x22
    adcs x12, x12, x25
    umulh x24, x8, x22
    adcs x13, x13, x26
    umulh x25, x9, x22
    adcs x14, x14, x23
    umulh x26, x10, x22
    adcs x15, x15, x24
    adcs x16, x16, x25
    adc x17, x30, x26
    ldp x21, x22, [x2, #80]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x20, x20, x23
    mul x26, x6, x21
    adcs x11, x11, x24
    mul x23, x7, x21
    adcs x12, x12, x25
    mul x24, x8, x21
    adcs x13, x13, x26
    mul x25, x9, x21
    adcs x14, x14, x23
    mul x26, x10, x21
    adcs x15, x15, x24
    umulh x23, x3, x21
    adcs x16, x16, x25
    umulh x24, x4, x21
    adcs x17, x17, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x11, x11, x23
    umulh x26, x6, x21
    adcs x12, x12, x24
    umulh x23, x7, x21
    adcs x13, x13, x25
    umulh x24, x8, x21
    adcs x14, x14, x26
    umulh x25, x9, x21
    adcs x15, x15, x23
    umulh x26, x10, x21
    adcs x16, x16, x24
    adcs x17, x17, x25
    adc x19, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x11, x11, x23
    stp x20, x11, [x0, #144]
    mul x26, x6, x22
    adcs x12, x12, x24
    mul x23, x7, x22
    adcs x13, x13, x25
    mul x24, x8, x22
    adcs x14, x14, x26
    mul x25, x9, x22
    adcs x15, x15, x23
    mul x26, x10, x22
    adcs x16, x16, x24
    umulh x23, x3, x22
    adcs x17, x17, x25
    umulh x24, x4, x22
    adcs x19, x19, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x12, x12, x23
    umulh x26, x6, x22
    adcs x13, x13, x24
    umulh x23, x7, x22
    adcs x14, x14, x25
    umulh x24, x8, x22
    adcs x15, x15, x26
    umulh x25, x9, x22
    adcs x16, x16, x23
    umulh x26, x10, x22
    adcs x17, x17, x24
    adcs x19, x19, x25
    adc x20, x30, x26
    ldp x21, x22, [x2, #96]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x12, x12, x23
    mul x26, x6, x21
    adcs x13, x13, x24
    mul x23, x7, x21
    adcs x14, x14, x25
    mul x24, x8, x21
    adcs x15, x15, x26
    mul x25, x9, x21
    adcs x16, x16, x23
    mul x26, x10, x21
    adcs x17, x17, x24
    umulh x23, x3, x21
    adcs x19, x19, x25
    umulh x24, x4, x21
    adcs x20, x20, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x13, x13, x23
    umulh x26, x6, x21
    adcs x14, x14, x24
    umulh x23, x7, x21
    adcs x15, x15, x25
    umulh x24, x8, x21
    adcs x16, x16, x26
    umulh x25, x9, x21
    adcs x17, x17, x23
    umulh x26, x10, x21
    adcs x19, x19, x24
    adcs x20, x20, x25
    adc x11, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x13, x13, x23
    stp x12, x13, [x0, #160]
    mul x26, x6, x22
    adcs x14, x14, x24
    mul x23, x7, x22
    adcs x15, x15, x25
    mul x24, x8, x22
    adcs x16, x16, x26
    mul x25, x9, x22
    adcs x17, x17, x23
    mul x26, x10, x22
    adcs x19, x19, x24
    umulh x23, x3, x22
    adcs x20, x20, x25
    umulh x24, x4, x22
    adcs x11, x11, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x14, x14, x23
    umulh x26, x6, x22
    adcs x15, x15, x24
    umulh x23, x7, x22
    adcs x16, x16, x25
    umulh x24, x8, x22
    adcs x17, x17, x26
    umulh x25, x9, x22
    adcs x19, x19, x23
    umulh x26, x10, x22
    adcs x20, x20, x24
    adcs x11, x11, x25
    adc x12, x30, x26
    ldp x21, x22, [x2, #112]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x14, x14, x23
    mul x26, x6, x21
    adcs x15, x15, x24
    mul x23, x7, x21
    adcs x16, x16, x25
    mul x24, x8, x21
    adcs x17, x17, x26
    mul x25, x9, x21
    adcs x19, x19, x23
    mul x26, x10, x21
    adcs x20, x20, x24
    umulh x23, x3, x21
    adcs x11, x11, x25
    umulh x24, x4, x21
    adcs x12, x12, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x15, x15, x23
    umulh x26, x6, x21
    adcs x16, x16, x24
    umulh x23, x7, x21
    adcs x17, x17, x25
    umulh x24, x8, x21
    adcs x19, x19, x26
    umulh x25, x9, x21
    adcs x20, x20, x23
    umulh x26, x10, x21
    adcs x11, x11, x24
    adcs x12, x12, x25
    adc x13, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x15, x15, x23
    stp x14, x15, [x0, #176]
    mul x26, x6, x22
    adcs x16, x16, x24
    mul x23, x7, x22
    adcs x17, x17, x25
    mul x24, x8, x22
    adcs x19, x19, x26
    mul x25, x9, x22
    adcs x20, x20, x23
    mul x26, x10, x22
    adcs x11, x11, x24
    umulh x23, x3, x22
    adcs x12, x12, x25
    umulh x24, x4, x22
    adcs x13, x13, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x16, x16, x23
    umulh x26, x6, x22
    adcs x17, x17, x24
    umulh x23, x7, x22
    adcs x19, x19, x25
    umulh x24, x8, x22
    adcs x20, x20, x26
    umulh x25, x9, x22
    adcs x11, x11, x23
    umulh x26, x10, x22
    adcs x12, x12, x24
    adcs x13, x13, x25
    adc x14, x30, x26
    stp x16, x17, [x0, #192]
    stp x19, x20, [x0, #208]
    stp x11, x12, [x0, #224]
    stp x13, x14, [x0, #240]
    ldp x19, x20, [sp, #320]
    ldp x21, x22, [sp, #336]
    ldp x23, x24, [sp, #352]
    ldp x25, x26, [sp, #368]
    ldp x27, x28, [sp, #384]
    ldp x29, x30, [sp, #400]
    .cfi_restore x19
    .cfi_restore x20
    .cfi_restore x21
    .cfi_restore x22
    .cfi_restore x23
    .cfi_restore x24
    .cfi_restore x25
    .cfi_restore x26
    .cfi_restore x27
    .cfi_restore x28
    .cfi_restore x29
    .cfi_restore x30
    add sp, sp, #416
    .cfi_def_cfa_offset 0
    ret
    .cfi_endproc
    .size fp_aarch64_mul_wide, .-fp_aarch64_mul_wide

    .globl fp_aarch64_sqr_wide
    .hidden fp_aarch64_sqr_wide
    .type fp_aarch64_sqr_wide, %function
    .p2align 4
fp_aarch64_sqr_wide:
    .cfi_startproc
    sub sp, sp, #416
    .cfi_def_cfa_offset 416
    stp x19, x20, [sp, #320]
    stp x21, x22, [sp, #336]
    stp x23, x24, [sp, #352]
    stp x25, x26, [sp, #368]
    stp x27, x28, [sp, #384]
    stp x29, x30, [sp, #400]
    .cfi_offset x19, -96
    .cfi_offset x20, -88
    .cfi_offset x21, -80
    .cfi_offset x22, -72
    .cfi_offset x23, -64
    .cfi_offset x24, -56
    .cfi_offset x25, -48
    .cfi_offset x26, -40
    .cfi_offset x27, -32
    .cfi_offset x28, -24
    .cfi_offset x29, -16
    .cfi_offset x30, -8
    ldp x3, x4, [x1, #0]
    ldp x5, x6, [x1, #16]
    ldp x7, x8, [x1, #32]
    ldp x9, x10, [x1, #48]
    mul x11, x4, x3
    mul x12, x5, x3
    umulh x24, x4, x3
    adds x12, x12, x24
    mul x13, x6, x3
    umulh x25, x5, x3
    adcs x13, x13, x25
    mul x14, x7, x3
    umulh x26, x6, x3
    adcs x14, x14, x26
    mul x15, x8, x3
    umulh x23, x7, x3
    adcs x15, x15, x23
    mul x16, x9, x3
    umulh x24, x8, x3
    adcs x16, x16, x24
    mul x17, x10, x3
    umulh x25, x9, x3
    adcs x17, x17, x25
    umulh x23, x10, x3
    adc x19, x23, xzr
    stp x11, x12, [x0, #8]
    mul x23, x5, x4
    mul x24, x6, x4
    mul x25, x7, x4
    adds x13, x13, x23
    mul x26, x8, x4
    adcs x14, x14, x24
    mul x23, x9, x4
    adcs x15, x15, x25
    mul x24, x10, x4
    adcs x16, x16, x26
    umulh x25, x5, x4
    adcs x17, x17, x23
    umulh x26, x6, x4
    adcs x19, x19, x24
    cset x30, cs
    umulh x23, x7, x4
    adds x14, x14, x25
    umulh x24, x8, x4
    adcs x15, x15, x26
    umulh x25, x9, x4
    adcs x16, x16, x23
    umulh x26, x10, x4
    adcs x17, x17, x24
    adcs x19, x19, x25
    adc x20, x30, x26
    stp x13, x14, [x0, #24]
    mul x23, x6, x5
    mul x24, x7, x5
    mul x25, x8, x5
    adds x15, x15, x23
    mul x26, x9, x5
    adcs x16, x16, x24
    mul x23, x10, x5
    adcs x17, x17, x25
    umulh x24, x6, x5
    adcs x19, x19, x26
    umulh x25, x7, x5
    adcs x20, x20, x23
    cset x30, cs
    umulh x26, x8, x5
    adds x16, x16, x24
    umulh x23, x9, x5
    adcs x17, x17, x25
    umulh x24, x10, x5
    adcs x19, x19, x26
    adcs x20, x20, x23
    adc x11, x30, x24
    stp x15, x16, [x0, #40]
    mul x23, x7, x6
    mul x24, x8, x6
    mul x25, x9, x6
    adds x17, x17, x23
    mul x26, x10, x6
    adcs x19, x19, x24
    umulh x23, x7, x6
    adcs x20, x20, x25
    umulh x24, x8, x6
    adcs x11, x11, x26
    cset x30, cs
    umulh x25, x9, x6
    adds x19, x19, x23
    umulh x26, x10, x6
    adcs x20, x20, x24
    adcs x11, x11, x25
    adc x12, x30, x26
    stp x17, x19, [x0, #56]
    mul x23, x8, x7
    mul x24, x9, x7
    mul x25, x10, x7
    adds x20, x20, x23
    umulh x26, x8, x7
    adcs x11, x11, x24
    umulh x23, x9, x7
    adcs x12, x12, x25
    cset x30, cs
    umulh x24, x10, x7
    adds x11, x11, x26
    adcs x12, x12, x23
    adc x13, x30, x24
    stp x20, x11, [x0, #72]
    mul x23, x9, x8
    mul x24, x10, x8
    umulh x25, x9, x8
    adds x12, x12, x23
    umulh x26, x10, x8
    adcs x13, x13, x24
    cset x30, cs
    adds x13, x13, x25
    adc x14, x30, x26
    stp x12, x13, [x0, #88]
    mul x23, x10, x9
    umulh x24, x10, x9
    adds x14, x14, x23
    cset x30, cs
    add x15, x30, x24
    stp x14, x15, [x0, #104]
    ldr x17, [x0, #112]
    mov x19, xzr
    ldp x11, x12, [x0, #64]
    ldp x13, x14, [x0, #80]
    ldp x15, x16, [x0, #96]
    ldp x3, x4, [x1, #64]
    ldp x5, x6, [x1, #80]
    ldp x7, x8, [x1, #96]
    ldp x9, x10, [x1, #112]
    ldp x21, x22, [x1, #0]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x11, x11, x23
    mul x26, x6, x21
    adcs x12, x12, x24
    mul x23, x7, x21
    adcs x13, x13, x25
    mul x24, x8, x21
    adcs x14, x14, x26
    mul x25, x9, x21
    adcs x15, x15, x23
    mul x26, x10, x21
    adcs x16, x16, x24
    umulh x23, x3, x21
    adcs x17, x17, x25
    umulh x24, x4, x21
    adcs x19, x19, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x12, x12, x23
    umulh x26, x6, x21
    adcs x13, x13, x24
    umulh x23, x7, x21
    adcs x14, x14, x25
    umulh x24, x8, x21
    adcs x15, x15, x26
    umulh x25, x9, x21
    adcs x16, x16, x23
    umulh x26, x10, x21
    adcs x17, x17, x24
    adcs x19, x19, x25
    adc x20, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x12, x12, x23
    stp x11, x12, [x0, #64]
    mul x26, x6, x22
    adcs x13, x13, x24
    mul x23, x7, x22
    adcs x14, x14, x25
    mul x24, x8, x22
    adcs x15, x15, x26
    mul x25, x9, x22
    adcs x16, x16, x23
    mul x26, x10, x22
    adcs x17, x17, x24
    umulh x23, x3, x22
    adcs x19, x19, x25
    umulh x24, x4, x22
    adcs x20, x20, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x13, x13, x23
    umulh x26, x6, x22
    adcs x14, x14, x24
    umulh x23, x7, x22
    adcs x15, x15, x25
    umulh x24, x8, x22
    adcs x16, x16, x26
    umulh x25, x9, x22
    adcs x17, x17, x23
    umulh x26, x10, x22
    adcs x19, x19, x24
    adcs x20, x20, x25
    adc x11, x30, x26
    ldp x21, x22, [x1, #16]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x13, x13, x23
    mul x26, x6, x21
    adcs x14, x14, x24
    mul x23, x7, x21
    adcs x15, x15, x25
    mul x24, x8, x21
    adcs x16, x16, x26
    mul x25, x9, x21
    adcs x17, x17, x23
    mul x26, x10, x21
    adcs x19, x19, x24
    umulh x23, x3, x21
    adcs x20, x20, x25
    umulh x24, x4, x21
    adcs x11, x11, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x14, x14, x23
    umulh x26, x6, x21
    adcs x15, x15, x24
    umulh x23, x7, x21
    adcs x16, x16, x25
    umulh x24, x8, x21
    adcs x17, x17, x26
    umulh x25, x9, x21
    adcs x19, x19, x23
    umulh x26, x10, x21
    adcs x20, x20, x24
    adcs x11, x11, x25
    adc x12, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x14, x14, x23
    stp x13, x14, [x0, #80]
    mul x26, x6, x22
    adcs x15, x15, x24
    mul x23, x7, x22
    adcs x16, x16, x25
    mul x24, x8, x22
    adcs x17, x17, x26
    mul x25, x9, x22
    adcs x19, x19, x23
    mul x26, x10, x22
    adcs x20, x20, x24
    umulh x23, x3, x22
    adcs x11, x11, x25
    umulh x24, x4, x22
    adcs x12, x12, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x15, x15, x23
    umulh x26, x6, x22
    adcs x16, x16, x24
    umulh x23, x7, x22
    adcs x17, x17, x25
    umulh x24, x8, x22
    adcs x19, x19, x26
    umulh x25, x9, x22
    adcs x20, x20, x23
    umulh x26, x10, x22
    adcs x11, x11, x24
    adcs x12, x12, x25
    adc x13, x30, x26
    ldp x21, x22, [x1, #32]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x15, x15, x23
    mul x26, x6, x21
    adcs x16, x16, x24
    mul x23, x7, x21
    adcs x17, x17, x25
    mul x24, x8, x21
    adcs x19, x19, x26
    mul x25, x9, x21
    adcs x20, x20, x23
    mul x26, x10, x21
    adcs x11, x11, x24
    umulh x23, x3, x21
    adcs x12, x12, x25
    umulh x24, x4, x21
    adcs x13, x13, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x16, x16, x23
    umulh x26, x6, x21
    adcs x17, x17, x24
    umulh x23, x7, x21
    adcs x19, x19, x25
    umulh x24, x8, x21
    adcs x20, x20, x26
    umulh x25, x9, x21
    adcs x11, x11, x23
    umulh x26, x10, x21
    adcs x12, x12, x24
    adcs x13, x13, x25
    adc x14, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x16, x16, x23
    stp x15, x16, [x0, #96]
    mul x26, x6, x22
    adcs x17, x17, x24
    mul x23, x7, x22
    adcs x19, x19, x25
    mul x24, x8, x22
    adcs x20, x20, x26
    mul x25, x9, x22
    adcs x11, x11, x23
    mul x26, x10, x22
    adcs x12, x12, x24
    umulh x23, x3, x22
    adcs x13, x13, x25
    umulh x24, x4, x22
    adcs x14, x14, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x17, x17, x23
    umulh x26, x6, x22
    adcs x19, x19, x24
    umulh x23, x7, x22
    adcs x20, x20, x25
    umulh x24, x8, x22
    adcs x11, x11, x26
    umulh x25, x9, x22
    adcs x12, x12, x23
    umulh x26, x10, x22
    adcs x13, x13, x24
    adcs x14, x14, x25
    adc x15, x30, x26
    ldp x21, x22, [x1, #48]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x17, x17, x23
    mul x26, x6, x21
    adcs x19, x19, x24
    mul x23, x7, x21
    adcs x20, x20, x25
    mul x24, x8, x21
    adcs x11, x11, x26
    mul x25, x9, x21
    adcs x12, x12, x23
    mul x26, x10, x21
    adcs x13, x13, x24
    umulh x23, x3, x21
    adcs x14, x14, x25
    umulh x24, x4, x21
    adcs x15, x15, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x19, x19, x23
    umulh x26, x6, x21
    adcs x20, x20, x24
    umulh x23, x7, x21
    adcs x11, x11, x25
    umulh x24, x8, x21
    adcs x12, x12, x26
    umulh x25, x9, x21
    adcs x13, x13, x23
    umulh x26, x10, x21
    adcs x14, x14, x24
    adcs x15, x15, x25
    adc x16, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x19, x19, x23
    stp x17, x19, [x0, #112]
    mul x26, x6, x22
    adcs x20, x20, x24
    mul x23, x7, x22
    adcs x11, x11, x25
    mul x24, x8, x22
    adcs x12, x12, x26
    mul x25, x9, x22
    adcs x13, x13, x23
    mul x26, x10, x22
    adcs x14, x14, x24
    umulh x23, x3, x22
    adcs x15, x15, x25
    umulh x24, x4, x22
    adcs x16, x16, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x20, x20, x23
    umulh x26, x6, x22
    adcs x11, x11, x24
    umulh x23, x7, x22
    adcs x12, x12, x25
    umulh x24, x8, x22
    adcs x13, x13, x26
    umulh x25, x9, x22
    adcs x14, x14, x23
    umulh x26, x10, x22
    adcs x15, x15, x24
    adcs x16, x16, x25
    adc x17, x30, x26
    str x20, [x0, #128]
    mul x23, x4, x3
    mul x24, x5, x3
    mul x25, x6, x3
    adds x11, x11, x23
    mul x26, x7, x3
    adcs x12, x12, x24
    mul x23, x8, x3
    adcs x13, x13, x25
    mul x24, x9, x3
    adcs x14, x14, x26
    mul x25, x10, x3
    adcs x15, x15, x23
    umulh x26, x4, x3
    adcs x16, x16, x24
    umulh x23, x5, x3
    adcs x17, x17, x25
    cset x30, cs
    umulh x24, x6, x3
    adds x12, x12, x26
    umulh x25, x7, x3
    adcs x13, x13, x23
    umulh x26, x8, x3
    adcs x14, x14, x24
    umulh x23, x9, x3
    adcs x15, x15, x25
    umulh x24, x10, x3
    adcs x16, x16, x26
    adcs x17, x17, x23
    adc x19, x30, x24
    stp x11, x12, [x0, #136]
    mul x23, x5, x4
    mul x24, x6, x4
    mul x25, x7, x4
    adds x13, x13, x23
    mul x26, x8, x4
    adcs x14, x14, x24
    mul x23, x9, x4
    adcs x15, x15, x25
    mul x24, x10, x4
    adcs x16, x16, x26
    umulh x25, x5, x4
    adcs x17, x17, x23
    umulh x26, x6, x4
    adcs x19, x19, x24
    cset x30, cs
    umulh x23, x7, x4
    adds x14, x14, x25
    umulh x24, x8, x4
    adcs x15, x15, x26
    umulh x25, x9, x4
    adcs x16, x16, x23
    umulh x26, x10, x4
    adcs x17, x17, x24
    adcs x19, x19, x25
    adc x11, x30, x26
    stp x13, x14, [x0, #152]
    mul x23, x6, x5
    mul x24, x7, x5
    mul x25, x8, x5
    adds x15, x15, x23
    mul x26, x9, x5
    adcs x16, x16, x24
    mul x23, x10, x5
    adcs x17, x17, x25
    umulh x24, x6, x5
    adcs x19, x19, x26
    umulh x25, x7, x5
    adcs x11, x11, x23
    cset x30, cs
    umulh x26, x8, x5
    adds x16, x16, x24
    umulh x23, x9, x5
    adcs x17, x17, x25
    umulh x24, x10, x5
    adcs x19, x19, x26
    adcs x11, x11, x23
    adc x12, x30, x24
    stp x15, x16, [x0, #168]
    mul x23, x7, x6
    mul x24, x8, x6
    mul x25, x9, x6
    adds x17, x17, x23
    mul x26, x10, x6
    adcs x19, x19, x24
    umulh x23, x7, x6
    adcs x11, x11, x25
    umulh x24, x8, x6
    adcs x12, x12, x26
    cset x30, cs
    umulh x25, x9, x6
    adds x19, x19, x23
    umulh x26, x10, x6
    adcs x11, x11, x24
    adcs x12, x12, x25
    adc x13, x30, x26
    stp x17, x19, [x0, #184]
    mul x23, x8, x7
    mul x24, x9, x7
    mul x25, x10, x7
    adds x11, x11, x23
    umulh x26, x8, x7
    adcs x12, x12, x24
    umulh x23, x9, x7
    adcs x13, x13, x25
    cset x30, cs
    umulh x24, x10, x7
    adds x12, x12, x26
    adcs x13, x13, x23
    adc x14, x30, x24
    stp x11, x12, [x0, #200]
    mul x23, x9, x8
    mul x24, x10, x8
    umulh x25, x9, x8
    adds x13, x13, x23
    umulh x26, x10, x8
    adcs x14, x14, x24
    cset x30, cs
    adds x14, x14, x25
    adc x15, x30, x26
    stp x13, x14, [x0, #216]
    mul x23, x10, x9
    umulh x24, x10, x9
    adds x15, x15, x23
    cset x30, cs
    add x16, x30, x24
    stp x15, x16, [x0, #232]
    mov x5, xzr
    mov x3, xzr
    ldp x21, x22, [x1, #0]
    ldr x4, [x0, #8]
    mul x7, x21, x21
    umulh x8, x21, x21
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adds x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [x0, #0]
    ldp x3, x4, [x0, #16]
    mul x7, x22, x22
    umulh x8, x22, x22
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [x0, #16]
    ldp x21, x22, [x1, #16]
    ldp x3, x4, [x0, #32]
    mul x7, x21, x21
    umulh x8, x21, x21
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [x0, #32]
    ldp x3, x4, [x0, #48]
    mul x7, x22, x22
    umulh x8, x22, x22
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [x0, #48]
    ldp x21, x22, [x1, #32]
    ldp x3, x4, [x0, #64]
    mul x7, x21, x21
    umulh x8, x21, x21
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [x0, #64]
    ldp x3, x4, [x0, #80]
    mul x7, x22, x22
    umulh x8, x22, x22
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [x0, #80]
    ldp x21, x22, [x1, #48]
    ldp x3, x4, [x0, #96]
    mul x7, x21, x21
    umulh x8, x21, x21
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [x0, #96]
    ldp x3, x4, [x0, #112]
    mul x7, x22, x22
    umulh x8, x22, x22
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [x0, #112]
    ldp x21, x22, [x1, #64]
    ldp x3, x4, [x0, #128]
    mul x7, x21, x21
    umulh x8, x21, x21
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [x0, #128]
    ldp x3, x4, [x0, #144]
    mul x7, x22, x22
    umulh x8, x22, x22
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [x0, #144]
    ldp x21, x22, [x1, #80]
    ldp x3, x4, [x0, #160]
    mul x7, x21, x21
    umulh x8, x21, x21
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [x0, #160]
    ldp x3, x4, [x0, #176]
    mul x7, x22, x22
    umulh x8, x22, x22
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [x0, #176]
    ldp x21, x22, [x1, #96]
    ldp x3, x4, [x0, #192]
    mul x7, x21, x21
    umulh x8, x21, x21
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [x0, #192]
    ldp x3, x4, [x0, #208]
    mul x7, x22, x22
    umulh x8, x22, x22
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [x0, #208]
    ldp x21, x22, [x1, #112]
    ldp x3, x4, [x0, #224]
    mul x7, x21, x21
    umulh x8, x21, x21
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [x0, #224]
    ldr x3, [x0, #240]
    mov x4, xzr
    mul x7, x22, x22
    umulh x8, x22, x22
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [x0, #240]
    ldp x19, x20, [sp, #320]
    ldp x21, x22, [sp, #336]
    ldp x23, x24, [sp, #352]
    ldp x25, x26, [sp, #368]
    ldp x27, x28, [sp, #384]
    ldp x29, x30, [sp, #400]
    .cfi_restore x19
    .cfi_restore x20
    .cfi_restore x21
    .cfi_restore x22
    .cfi_restore x23
    .cfi_restore x24
    .cfi_restore x25
    .cfi_restore x26
    .cfi_restore x27
    .cfi_restore x28
    .cfi_restore x29
    .cfi_restore x30
    add sp, sp, #416
    .cfi_def_cfa_offset 0
    ret
    .cfi_endproc
    .size fp_aarch64_sqr_wide, .-fp_aarch64_sqr_wide

    .globl fp_aarch64_redc
    .hidden fp_aarch64_redc
    .type fp_aarch64_redc, %function
    .p2align 4
fp_aarch64_redc:
    .cfi_startproc
    sub sp, sp, #416
    .cfi_def_cfa_offset 416
    stp x19, x20, [sp, #320]
    stp x21, x22, [sp, #336]
    stp x23, x24, [sp, #352]
    stp x25, x26, [sp, #368]
    stp x27, x28, [sp, #384]
    stp x29, x30, [sp, #400]
    .cfi_offset x19, -96
    .cfi_offset x20, -88
    .cfi_offset x21, -80
    .cfi_offset x22, -72
    .cfi_offset x23, -64
    .cfi_offset x24, -56
    .cfi_offset x25, -48
    .cfi_offset x26, -40
    .cfi_offset x27, -32
    .cfi_offset x28, -24
    .cfi_offset x29, -16
    .cfi_offset x30, -8
    adrp x29, .Lmodulus
    add x29, x29, :lo12:.Lmodulus
    ldr x28, [x29, #128]
    ldp x11, x12, [x1, #0]
    ldp x13, x14, [x1, #16]
    ldp x15, x16, [x1, #32]
    ldp x17, x19, [x1, #48]
    ldp x3, x4, [x29, #0]
    ldp x5, x6, [x29, #16]
    ldp x7, x8, [x29, #32]
    ldp x9, x10, [x29, #48]
    mul x21, x11, x28
    mul x23, x4, x21
    mul x24, x5, x21
    mul x25, x6, x21
    cmp x11, #1
    adcs x12, x12, x23
    mul x26, x7, x21
    adcs x13, x13, x24
    mul x23, x8, x21
    adcs x14, x14, x25
    mul x24, x9, x21
    adcs x15, x15, x26
    mul x25, x10, x21
    adcs x16, x16, x23
    umulh x26, x3, x21
    adcs x17, x17, x24
    umulh x23, x4, x21
    adcs x19, x19, x25
    cset x30, cs
    umulh x24, x5, x21
    adds x12, x12, x26
    umulh x25, x6, x21
    adcs x13, x13, x23
    umulh x26, x7, x21
    adcs x14, x14, x24
    umulh x23, x8, x21
    adcs x15, x15, x25
    umulh x24, x9, x21
    adcs x16, x16, x26
    umulh x25, x10, x21
    adcs x17, x17, x23
    adcs x19, x19, x24
    adc x20, x30, x25
    mul x22, x12, x28
    stp x21, x22, [sp, #256]
    mul x23, x4, x22
    mul x24, x5, x22
    mul x25, x6, x22
    cmp x12, #1
    adcs x13, x13, x23
    mul x26, x7, x22
    adcs x14, x14, x24
    mul x23, x8, x22
    adcs x15, x15, x25
    mul x24, x9, x22
    adcs x16, x16, x26
    mul x25, x10, x22
    adcs x17, x17, x23
    umulh x26, x3, x22
    adcs x19, x19, x24
    umulh x23, x4, x22
    adcs x20, x20, x25
    cset x30, cs
    umulh x24, x5, x22
    adds x13, x13, x26
    umulh x25, x6, x22
    adcs x14, x14, x23
    umulh x26, x7, x22
    adcs x15, x15, x24
    umulh x23, x8, x22
    adcs x16, x16, x25
    umulh x24, x9, x22
    adcs x17, x17, x26
    umulh x25, x10, x22
    adcs x19, x19, x23
    adcs x20, x20, x24
    adc x11, x30, x25
    mul x21, x13, x28
    mul x23, x4, x21
    mul x24, x5, x21
    mul x25, x6, x21
    cmp x13, #1
    adcs x14, x14, x23
    mul x26, x7, x21
    adcs x15, x15, x24
    mul x23, x8, x21
    adcs x16, x16, x25
    mul x24, x9, x21
    adcs x17, x17, x26
    mul x25, x10, x21
    adcs x19, x19, x23
    umulh x26, x3, x21
    adcs x20, x20, x24
    umulh x23, x4, x21
    adcs x11, x11, x25
    cset x30, cs
    umulh x24, x5, x21
    adds x14, x14, x26
    umulh x25, x6, x21
    adcs x15, x15, x23
    umulh x26, x7, x21
    adcs x16, x16, x24
    umulh x23, x8, x21
    adcs x17, x17, x25
    umulh x24, x9, x21
    adcs x19, x19, x26
    umulh x25, x10, x21
    adcs x20, x20, x23
    adcs x11, x11, x24
    adc x12, x30, x25
    mul x22, x14, x28
    stp x21, x22, [sp, #272]
    mul x23, x4, x22
    mul x24, x5, x22
    mul x25, x6, x22
    cmp x14, #1
    adcs x15, x15, x23
    mul x26, x7, x22
    adcs x16, x16, x24
    mul x23, x8, x22
    adcs x17, x17, x25
    mul x24, x9, x22
    adcs x19, x19, x26
    mul x25, x10, x22
    adcs x20, x20, x23
    umulh x26, x3, x22
    adcs x11, x11, x24
    umulh x23, x4, x22
    adcs x12, x12, x25
    cset x30, cs
    umulh x24, x5, x22
    adds x15, x15, x26
    umulh x25, x6, x22
    adcs x16, x16, x23
    umulh x26, x7, x22
    adcs x17, x17, x24
    umulh x23, x8, x22
    adcs x19, x19, x25
    umulh x24, x9, x22
    adcs x20, x20, x26
    umulh x25, x10, x22
    adcs x11, x11, x23
    adcs x12, x12, x24
    adc x13, x30, x25
    mul x21, x15, x28
    mul x23, x4, x21
    mul x24, x5, x21
    mul x25, x6, x21
    cmp x15, #1
    adcs x16, x16, x23
    mul x26, x7, x21
    adcs x17, x17, x24
    mul x23, x8, x21
    adcs x19, x19, x25
    mul x24, x9, x21
    adcs x20, x20, x26
    mul x25, x10, x21
    adcs x11, x11, x23
    umulh x26, x3, x21
    adcs x12, x12, x24
    umulh x23, x4, x21
    adcs x13, x13, x25
    cset x30, cs
    umulh x24, x5, x21
    adds x16, x16, x26
    umulh x25, x6, x21
    adcs x17, x17, x23
    umulh x26, x7, x21
    adcs x19, x19, x24
    umulh x23, x8, x21
    adcs x20, x20, x25
    umulh x24, x9, x21
    adcs x11, x11, x26
    umulh x25, x10, x21
    adcs x12, x12, x23
    adcs x13, x13, x24
    adc x14, x30, x25
    mul x22, x16, x28
    stp x21, x22, [sp, #288]
    mul x23, x4, x22
    mul x24, x5, x22
    mul x25, x6, x22
    cmp x16, #1
    adcs x17, x17, x23
    mul x26, x7, x22
    adcs x19, x19, x24
    mul x23, x8, x22
    adcs x20, x20, x25
    mul x24, x9, x22
    adcs x11, x11, x26
    mul x25, x10, x22
    adcs x12, x12, x23
    umulh x26, x3, x22
    adcs x13, x13, x24
    umulh x23, x4, x22
    adcs x14, x14, x25
    cset x30, cs
    umulh x24, x5, x22
    adds x17, x17, x26
    umulh x25, x6, x22
    adcs x19, x19, x23
    umulh x26, x7, x22
    adcs x20, x20, x24
    umulh x23, x8, x22
    adcs x11, x11, x25
    umulh x24, x9, x22
    adcs x12, x12, x26
    umulh x25, x10, x22
    adcs x13, x13, x23
    adcs x14, x14, x24
    adc x15, x30, x25
    mul x21, x17, x28
    mul x23, x4, x21
    mul x24, x5, x21
    mul x25, x6, x21
    cmp x17, #1
    adcs x19, x19, x23
    mul x26, x7, x21
    adcs x20, x20, x24
    mul x23, x8, x21
    adcs x11, x11, x25
    mul x24, x9, x21
    adcs x12, x12, x26
    mul x25, x10, x21
    adcs x13, x13, x23
    umulh x26, x3, x21
    adcs x14, x14, x24
    umulh x23, x4, x21
    adcs x15, x15, x25
    cset x30, cs
    umulh x24, x5, x21
    adds x19, x19, x26
    umulh x25, x6, x21
    adcs x20, x20, x23
    umulh x26, x7, x21
    adcs x11, x11, x24
    umulh x23, x8, x21
    adcs x12, x12, x25
    umulh x24, x9, x21
    adcs x13, x13, x26
    umulh x25, x10, x21
    adcs x14, x14, x23
    adcs x15, x15, x24
    adc x16, x30, x25
    mul x22, x19, x28
    stp x21, x22, [sp, #304]
    mul x23, x4, x22
    mul x24, x5, x22
    mul x25, x6, x22
    cmp x19, #1
    adcs x20, x20, x23
    mul x26, x7, x22
    adcs x11, x11, x24
    mul x23, x8, x22
    adcs x12, x12, x25
    mul x24, x9, x22
    adcs x13, x13, x26
    mul x25, x10, x22
    adcs x14, x14, x23
    umulh x26, x3, x22
    adcs x15, x15, x24
    umulh x23, x4, x22
    adcs x16, x16, x25
    cset x30, cs
    umulh x24, x5, x22
    adds x20, x20, x26
    umulh x25, x6, x22
    adcs x11, x11, x23
    umulh x26, x7, x22
    adcs x12, x12, x24
    umulh x23, x8, x22
    adcs x13, x13, x25
    umulh x24, x9, x22
    adcs x14, x14, x26
    umulh x25, x10, x22
    adcs x15, x15, x23
    adcs x16, x16, x24
    adc x17, x30, x25
    ldp x23, x24, [x1, #64]
    adds x20, x20, x23
    adcs x11, x11, x24
    ldp x25, x26, [x1, #80]
    adcs x12, x12, x25
    adcs x13, x13, x26
    ldp x23, x24, [x1, #96]
    adcs x14, x14, x23
    adcs x15, x15, x24
    ldp x25, x26, [x1, #112]
    adcs x16, x16, x25
    adcs x17, x17, x26
    cset x27, cs
    ldp x3, x4, [x29, #64]
    ldp x5, x6, [x29, #80]
    ldp x7, x8, [x29, #96]
    ldp x9, x10, [x29, #112]
    ldp x21, x22, [sp, #256]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x20, x20, x23
    mul x26, x6, x21
    adcs x11, x11, x24
    mul x23, x7, x21
    adcs x12, x12, x25
    mul x24, x8, x21
    adcs x13, x13, x26
    mul x25, x9, x21
    adcs x14, x14, x23
    mul x26, x10, x21
    adcs x15, x15, x24
    umulh x23, x3, x21
    adcs x16, x16, x25
    umulh x24, x4, x21
    adcs x17, x17, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x11, x11, x23
    umulh x26, x6, x21
    adcs x12, x12, x24
    umulh x23, x7, x21
    adcs x13, x13, x25
    umulh x24, x8, x21
    adcs x14, x14, x26
    umulh x25, x9, x21
    adcs x15, x15, x23
    umulh x26, x10, x21
    adcs x16, x16, x24
    adcs x17, x17, x25
    adc x19, x30, x26
    add x19, x19, x27
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x11, x11, x23
    stp x20, x11, [sp, #64]
    mul x26, x6, x22
    adcs x12, x12, x24
    mul x23, x7, x22
    adcs x13, x13, x25
    mul x24, x8, x22
    adcs x14, x14, x26
    mul x25, x9, x22
    adcs x15, x15, x23
    mul x26, x10, x22
    adcs x16, x16, x24
    umulh x23, x3, x22
    adcs x17, x17, x25
    umulh x24, x4, x22
    adcs x19, x19, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x12, x12, x23
    umulh x26, x6, x22
    adcs x13, x13, x24
    umulh x23, x7, x22
    adcs x14, x14, x25
    umulh x24, x8, x22
    adcs x15, x15, x26
    umulh x25, x9, x22
    adcs x16, x16, x23
    umulh x26, x10, x22
    adcs x17, x17, x24
    adcs x19, x19, x25
    adc x20, x30, x26
    ldp x21, x22, [sp, #272]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x12, x12, x23
    mul x26, x6, x21
    adcs x13, x13, x24
    mul x23, x7, x21
    adcs x14, x14, x25
    mul x24, x8, x21
    adcs x15, x15, x26
    mul x25, x9, x21
    adcs x16, x16, x23
    mul x26, x10, x21
    adcs x17, x17, x24
    umulh x23, x3, x21
    adcs x19, x19, x25
    umulh x24, x4, x21
    adcs x20, x20, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x13, x13, x23
    umulh x26, x6, x21
    adcs x14, x14, x24
    umulh x23, x7, x21
    adcs x15, x15, x25
    umulh x24, x8, x21
    adcs x16, x16, x26
    umulh x25, x9, x21
    adcs x17, x17, x23
    umulh x26, x10, x21
    adcs x19, x19, x24
    adcs x20, x20, x25
    adc x11, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x13, x13, x23
    stp x12, x13, [sp, #80]
    mul x26, x6, x22
    adcs x14, x14, x24
    mul x23, x7, x22
    adcs x15, x15, x25
    mul x24, x8, x22
    adcs x16, x16, x26
    mul x25, x9, x22
    adcs x17, x17, x23
    mul x26, x10, x22
    adcs x19, x19, x24
    umulh x23, x3, x22
    adcs x20, x20, x25
    umulh x24, x4, x22
    adcs x11, x11, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x14, x14, x23
    umulh x26, x6, x22
    adcs x15, x15, x24
    umulh x23, x7, x22
    adcs x16, x16, x25
    umulh x24, x8, x22
    adcs x17, x17, x26
    umulh x25, x9, x22
    adcs x19, x19, x23
    umulh x26, x10, x22
    adcs x20, x20, x24
    adcs x11, x11, x25
    adc x12, x30, x26
    ldp x21, x22, [sp, #288]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x14, x14, x23
    mul x26, x6, x21
    adcs x15, x15, x24
    mul x23, x7, x21
    adcs x16, x16, x25
    mul x24, x8, x21
    adcs x17, x17, x26
    mul x25, x9, x21
    adcs x19, x19, x23
    mul x26, x10, x21
    adcs x20, x20, x24
    umulh x23, x3, x21
    adcs x11, x11, x25
    umulh x24, x4, x21
    adcs x12, x12, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x15, x15, x23
    umulh x26, x6, x21
    adcs x16, x16, x24
    umulh x23, x7, x21
    adcs x17, x17, x25
    umulh x24, x8, x21
    adcs x19, x19, x26
    umulh x25, x9, x21
    adcs x20, x20, x23
    umulh x26, x10, x21
    adcs x11, x11, x24
    adcs x12, x12, x25
    adc x13, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x15, x15, x23
    stp x14, x15, [sp, #96]
    mul x26, x6, x22
    adcs x16, x16, x24
    mul x23, x7, x22
    adcs x17, x17, x25
    mul x24, x8, x22
    adcs x19, x19, x26
    mul x25, x9, x22
    adcs x20, x20, x23
    mul x26, x10, x22
    adcs x11, x11, x24
    umulh x23, x3, x22
    adcs x12, x12, x25
    umulh x24, x4, x22
    adcs x13, x13, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x16, x16, x23
    umulh x26, x6, x22
    adcs x17, x17, x24
    umulh x23, x7, x22
    adcs x19, x19, x25
    umulh x24, x8, x22
    adcs x20, x20, x26
    umulh x25, x9, x22
    adcs x11, x11, x23
    umulh x26, x10, x22
    adcs x12, x12, x24
    adcs x13, x13, x25
    adc x14, x30, x26
    ldp x21, x22, [sp, #304]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x16, x16, x23
    mul x26, x6, x21
    adcs x17, x17, x24
    mul x23, x7, x21
    adcs x19, x19, x25
    mul x24, x8, x21
    adcs x20, x20, x26
    mul x25, x9, x21
    adcs x11, x11, x23
    mul x26, x10, x21
    adcs x12, x12, x24
    umulh x23, x3, x21
    adcs x13, x13, x25
    umulh x24, x4, x21
    adcs x14, x14, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x17, x17, x23
    umulh x26, x6, x21
    adcs x19, x19, x24
    umulh x23, x7, x21
    adcs x20, x20, x25
    umulh x24, x8, x21
    adcs x11, x11, x26
    umulh x25, x9, x21
    adcs x12, x12, x23
    umulh x26, x10, x21
    adcs x13, x13, x24
    adcs x14, x14, x25
    adc x15, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x17, x17, x23
    stp x16, x17, [sp, #112]
    mul x26, x6, x22
    adcs x19, x19, x24
    mul x23, x7, x22
    adcs x20, x20, x25
    mul x24, x8, x22
    adcs x11, x11, x26
    mul x25, x9, x22
    adcs x12, x12, x23
    mul x26, x10, x22
    adcs x13, x13, x24
    umulh x23, x3, x22
    adcs x14, x14, x25
    umulh x24, x4, x22
    adcs x15, x15, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x19, x19, x23
    umulh x26, x6, x22
    adcs x20, x20, x24
    umulh x23, x7, x22
    adcs x11, x11, x25
    umulh x24, x8, x22
    adcs x12, x12, x26
    umulh x25, x9, x22
    adcs x13, x13, x23
    umulh x26, x10, x22
    adcs x14, x14, x24
    adcs x15, x15, x25
    adc x16, x30, x26
    ldp x23, x24, [x1, #128]
    adds x19, x19, x23
    adcs x20, x20, x24
    ldp x25, x26, [x1, #144]
    adcs x11, x11, x25
    adcs x12, x12, x26
    ldp x23, x24, [x1, #160]
    adcs x13, x13, x23
    adcs x14, x14, x24
    ldp x25, x26, [x1, #176]
    adcs x15, x15, x25
    adcs x16, x16, x26
    cset x27, cs
    stp x19, x20, [sp, #128]
    stp x11, x12, [sp, #144]
    stp x13, x14, [sp, #160]
    stp x15, x16, [sp, #176]
    ldp x19, x20, [sp, #64]
    ldp x11, x12, [sp, #80]
    ldp x13, x14, [sp, #96]
    ldp x15, x16, [sp, #112]
    ldp x3, x4, [x29, #0]
    ldp x5, x6, [x29, #16]
    ldp x7, x8, [x29, #32]
    ldp x9, x10, [x29, #48]
    mul x21, x19, x28
    mul x23, x4, x21
    mul x24, x5, x21
    mul x25, x6, x21
    cmp x19, #1
    adcs x20, x20, x23
    mul x26, x7, x21
    adcs x11, x11, x24
    mul x23, x8, x21
    adcs x12, x12, x25
    mul x24, x9, x21
    adcs x13, x13, x26
    mul x25, x10, x21
    adcs x14, x14, x23
    umulh x26, x3, x21
    adcs x15, x15, x24
    umulh x23, x4, x21
    adcs x16, x16, x25
    cset x30, cs
    umulh x24, x5, x21
    adds x20, x20, x26
    umulh x25, x6, x21
    adcs x11, x11, x23
    umulh x26, x7, x21
    adcs x12, x12, x24
    umulh x23, x8, x21
    adcs x13, x13, x25
    umulh x24, x9, x21
    adcs x14, x14, x26
    umulh x25, x10, x21
    adcs x15, x15, x23
    adcs x16, x16, x24
    adc x17, x30, x25
    mul x22, x20, x28
    stp x21, x22, [sp, #256]
    mul x23, x4, x22
    mul x24, x5, x22
    mul x25, x6, x22
    cmp x20, #1
    adcs x11, x11, x23
    mul x26, x7, x22
    adcs x12, x12, x24
    mul x23, x8, x22
    adcs x13, x13, x25
    mul x24, x9, x22
    adcs x14, x14, x26
    mul x25, x10, x22
    adcs x15, x15, x23
    umulh x26, x3, x22
    adcs x16, x16, x24
    umulh x23, x4, x22
    adcs x17, x17, x25
    cset x30, cs
    umulh x24, x5, x22
    adds x11, x11, x26
    umulh x25, x6, x22
    adcs x12, x12, x23
    umulh x26, x7, x22
    adcs x13, x13, x24
    umulh x23, x8, x22
    adcs x14, x14, x25
    umulh x24, x9, x22
    adcs x15, x15, x26
    umulh x25, x10, x22
    adcs x16, x16, x23
    adcs x17, x17, x24
    adc x19, x30, x25
    mul x21, x11, x28
    mul x23, x4, x21
    mul x24, x5, x21
    mul x25, x6, x21
    cmp x11, #1
    adcs x12, x12, x23
    mul x26, x7, x21
    adcs x13, x13, x24
    mul x23, x8, x21
    adcs x14, x14, x25
    mul x24, x9, x21
    adcs x15, x15, x26
    mul x25, x10, x21
    adcs x16, x16, x23
    umulh x26, x3, x21
    adcs x17, x17, x24
    umulh x23, x4, x21
    adcs x19, x19, x25
    cset x30, cs
    umulh x24, x5, x21
    adds x12, x12, x26
    umulh x25, x6, x21
    adcs x13, x13, x23
    umulh x26, x7, x21
    adcs x14, x14, x24
    umulh x23, x8, x21
    adcs x15, x15, x25
    umulh x24, x9, x21
    adcs x16, x16, x26
    umulh x25, x10, x21
    adcs x17, x17, x23
    adcs x19, x19, x24
    adc x20, x30, x25
    mul x22, x12, x28
    stp x21, x22, [sp, #272]
    mul x23, x4, x22
    mul x24, x5, x22
    mul x25, x6, x22
    cmp x12, #1
    adcs x13, x13, x23
    mul x26, x7, x22
    adcs x14, x14, x24
    mul x23, x8, x22
    adcs x15, x15, x25
    mul x24, x9, x22
    adcs x16, x16, x26
    mul x25, x10, x22
    adcs x17, x17, x23
    umulh x26, x3, x22
    adcs x19, x19, x24
    umulh x23, x4, x22
    adcs x20, x20, x25
    cset x30, cs
    umulh x24, x5, x22
    adds x13, x13, x26
    umulh x25, x6, x22
    adcs x14, x14, x23
    umulh x26, x7, x22
    adcs x15, x15, x24
    umulh x23, x8, x22
    adcs x16, x16, x25
    umulh x24, x9, x22
    adcs x17, x17, x26
    umulh x25, x10, x22
    adcs x19, x19, x23
    adcs x20, x20, x24
    adc x11, x30, x25
    mul x21, x13, x28
    mul x23, x4, x21
    mul x24, x5, x21
    mul x25, x6, x21
    cmp x13, #1
    adcs x14, x14, x23
    mul x26, x7, x21
    adcs x15, x15, x24
    mul x23, x8, x21
    adcs x16, x16, x25
    mul x24, x9, x21
    adcs x17, x17, x26
    mul x25, x10, x21
    adcs x19, x19, x23
    umulh x26, x3, x21
    adcs x20, x20, x24
    umulh x23, x4, x21
    adcs x11, x11, x25
    cset x30, cs
    umulh x24, x5, x21
    adds x14, x14, x26
    umulh x25, x6, x21
    adcs x15, x15, x23
    umulh x26, x7, x21
    adcs x16, x16, x24
    umulh x23, x8, x21
    adcs x17, x17, x25
    umulh x24, x9, x21
    adcs x19, x19, x26
    umulh x25, x10, x21
    adcs x20, x20, x23
    adcs x11, x11, x24
    adc x12, x30, x25
    mul x22, x14, x28
    stp x21, x22, [sp, #288]
    mul x23, x4, x22
    mul x24, x5, x22
    mul x25, x6, x22
    cmp x14, #1
    adcs x15, x15, x23
    mul x26, x7, x22
    adcs x16, x16, x24
    mul x23, x8, x22
    adcs x17, x17, x25
    mul x24, x9, x22
    adcs x19, x19, x26
    mul x25, x10, x22
    adcs x20, x20, x23
    umulh x26, x3, x22
    adcs x11, x11, x24
    umulh x23, x4, x22
    adcs x12, x12, x25
    cset x30, cs
    umulh x24, x5, x22
    adds x15, x15, x26
    umulh x25, x6, x22
    adcs x16, x16, x23
    umulh x26, x7, x22
    adcs x17, x17, x24
    umulh x23, x8, x22
    adcs x19, x19, x25
    umulh x24, x9, x22
    adcs x20, x20, x26
    umulh x25, x10, x22
    adcs x11, x11, x23
    adcs x12, x12, x24
    adc x13, x30, x25
    mul x21, x15, x28
    mul x23, x4, x21
    mul x24, x5, x21
    mul x25, x6, x21
    cmp x15, #1
    adcs x16, x16, x23
    mul x26, x7, x21
    adcs x17, x17, x24
    mul x23, x8, x21
    adcs x19, x19, x25
    mul x24, x9, x21
    adcs x20, x20, x26
    mul x25, x10, x21
    adcs x11, x11, x23
    umulh x26, x3, x21
    adcs x12, x12, x24
    umulh x23, x4, x21
    adcs x13, x13, x25
    cset x30, cs
    umulh x24, x5, x21
    adds x16, x16, x26
    umulh x25, x6, x21
    adcs x17, x17, x23
    umulh x26, x7, x21
    adcs x19, x19, x24
    umulh x23, x8, x21
    adcs x20, x20, x25
    umulh x24, x9, x21
    adcs x11, x11, x26
    umulh x25, x10, x21
    adcs x12, x12, x23
    adcs x13, x13, x24
    adc x14, x30, x25
    mul x22, x16, x28
    stp x21, x22, [sp, #304]
    mul x23, x4, x22
    mul x24, x5, x22
    mul x25, x6, x22
    cmp x16, #1
    adcs x17, x17, x23
    mul x26, x7, x22
    adcs x19, x19, x24
    mul x23, x8, x22
    adcs x20, x20, x25
    mul x24, x9, x22
    adcs x11, x11, x26
    mul x25, x10, x22
    adcs x12, x12, x23
    umulh x26, x3, x22
    adcs x13, x13, x24
    umulh x23, x4, x22
    adcs x14, x14, x25
    cset x30, cs
    umulh x24, x5, x22
    adds x17, x17, x26
    umulh x25, x6, x22
    adcs x19, x19, x23
    umulh x26, x7, x22
    adcs x20, x20, x24
    umulh x23, x8, x22
    adcs x11, x11, x25
    umulh x24, x9, x22
    adcs x12, x12, x26
    umulh x25, x10, x22
    adcs x13, x13, x23
    adcs x14, x14, x24
    adc x15, x30, x25
    ldp x23, x24, [sp, #128]
    adds x17, x17, x23
    adcs x19, x19, x24
    ldp x25, x26, [sp, #144]
    adcs x20, x20, x25
    adcs x11, x11, x26
    ldp x23, x24, [sp, #160]
    adcs x12, x12, x23
    adcs x13, x13, x24
    ldp x25, x26, [sp, #176]
    adcs x14, x14, x25
    adcs x15, x15, x26
    adc x27, x27, xzr
    ldp x3, x4, [x29, #64]
    ldp x5, x6, [x29, #80]
    ldp x7, x8, [x29, #96]
    ldp x9, x10, [x29, #112]
    ldp x21, x22, [sp, #256]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x17, x17, x23
    mul x26, x6, x21
    adcs x19, x19, x24
    mul x23, x7, x21
    adcs x20, x20, x25
    mul x24, x8, x21
    adcs x11, x11, x26
    mul x25, x9, x21
    adcs x12, x12, x23
    mul x26, x10, x21
    adcs x13, x13, x24
    umulh x23, x3, x21
    adcs x14, x14, x25
    umulh x24, x4, x21
    adcs x15, x15, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x19, x19, x23
    umulh x26, x6, x21
    adcs x20, x20, x24
    umulh x23, x7, x21
    adcs x11, x11, x25
    umulh x24, x8, x21
    adcs x12, x12, x26
    umulh x25, x9, x21
    adcs x13, x13, x23
    umulh x26, x10, x21
    adcs x14, x14, x24
    adcs x15, x15, x25
    adc x16, x30, x26
    add x16, x16, x27
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x19, x19, x23
    stp x17, x19, [sp, #128]
    mul x26, x6, x22
    adcs x20, x20, x24
    mul x23, x7, x22
    adcs x11, x11, x25
    mul x24, x8, x22
    adcs x12, x12, x26
    mul x25, x9, x22
    adcs x13, x13, x23
    mul x26, x10, x22
    adcs x14, x14, x24
    umulh x23, x3, x22
    adcs x15, x15, x25
    umulh x24, x4, x22
    adcs x16, x16, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x20, x20, x23
    umulh x26, x6, x22
    adcs x11, x11, x24
    umulh x23, x7, x22
    adcs x12, x12, x25
    umulh x24, x8, x22
    adcs x13, x13, x26
    umulh x25, x9, x22
    adcs x14, x14, x23
    umulh x26, x10, x22
    adcs x15, x15, x24
    adcs x16, x16, x25
    adc x17, x30, x26
    ldp x21, x22, [sp, #272]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x20, x20, x23
    mul x26, x6, x21
    adcs x11, x11, x24
    mul x23, x7, x21
    adcs x12, x12, x25
    mul x24, x8, x21
    adcs x13, x13, x26
    mul x25, x9, x21
    adcs x14, x14, x23
    mul x26, x10, x21
    adcs x15, x15, x24
    umulh x23, x3, x21
    adcs x16, x16, x25
    umulh x24, x4, x21
    adcs x17, x17, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x11, x11, x23
    umulh x26, x6, x21
    adcs x12, x12, x24
    umulh x23, x7, x21
    adcs x13, x13, x25
    umulh x24, x8, x21
    adcs x14, x14, x26
    umulh x25, x9, x21
    adcs x15, x15, x23
    umulh x26, x10, x21
    adcs x16, x16, x24
    adcs x17, x17, x25
    adc x19, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x11, x11, x23
    stp x20, x11, [sp, #144]
    mul x26, x6, x22
    adcs x12, x12, x24
    mul x23, x7, x22
    adcs x13, x13, x25
    mul x24, x8, x22
    adcs x14, x14, x26
    mul x25, x9, x22
    adcs x15, x15, x23
    mul x26, x10, x22
    adcs x16, x16, x24
    umulh x23, x3, x22
    adcs x17, x17, x25
    umulh x24, x4, x22
    adcs x19, x19, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x12, x12, x23
    umulh x26, x6, x22
    adcs x13, x13, x24
    umulh x23, x7, x22
    adcs x14, x14, x25
    umulh x24, x8, x22
    adcs x15, x15, x26
    umulh x25, x9, x22
    adcs x16, x16, x23
    umulh x26, x10, x22
    adcs x17, x17, x24
    adcs x19, x19, x25
    adc x20, x30, x26
    ldp x21, x22, [sp, #288]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x12, x12, x23
    mul x26, x6, x21
    adcs x13, x13, x24
    mul x23, x7, x21
    adcs x14, x14, x25
    mul x24, x8, x21
    adcs x15, x15, x26
    mul x25, x9, x21
    adcs x16, x16, x23
    mul x26, x10, x21
    adcs x17, x17, x24
    umulh x23, x3, x21
    adcs x19, x19, x25
    umulh x24, x4, x21
    adcs x20, x20, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x13, x13, x23
    umulh x26, x6, x21
    adcs x14, x14, x24
    umulh x23, x7, x21
    adcs x15, x15, x25
    umulh x24, x8, x21
    adcs x16, x16, x26
    umulh x25, x9, x21
    adcs x17, x17, x23
    umulh x26, x10, x21
    adcs x19, x19, x24
    adcs x20, x20, x25
    adc x11, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x13, x13, x23
    stp x12, x13, [sp, #160]
    mul x26, x6, x22
    adcs x14, x14, x24
    mul x23, x7, x22
    adcs x15, x15, x25
    mul x24, x8, x22
    adcs x16, x16, x26
    mul x25, x9, x22
    adcs x17, x17, x23
    mul x26, x10, x22
    adcs x19, x19, x24
    umulh x23, x3, x22
    adcs x20, x20, x25
    umulh x24, x4, x22
    adcs x11, x11, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x14, x14, x23
    umulh x26, x6, x22
    adcs x15, x15, x24
    umulh x23, x7, x22
    adcs x16, x16, x25
    umulh x24, x8, x22
    adcs x17, x17, x26
    umulh x25, x9, x22
    adcs x19, x19, x23
    umulh x26, x10, x22
    adcs x20, x20, x24
    adcs x11, x11, x25
    adc x12, x30, x26
    ldp x21, x22, [sp, #304]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x14, x14, x23
    mul x26, x6, x21
    adcs x15, x15, x24
    mul x23, x7, x21
    adcs x16, x16, x25
    mul x24, x8, x21
    adcs x17, x17, x26
    mul x25, x9, x21
    adcs x19, x19, x23
    mul x26, x10, x21
    adcs x20, x20, x24
    umulh x23, x3, x21
    adcs x11, x11, x25
    umulh x24, x4, x21
    adcs x12, x12, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x15, x15, x23
    umulh x26, x6, x21
    adcs x16, x16, x24
    umulh x23, x7, x21
    adcs x17, x17, x25
    umulh x24, x8, x21
    adcs x19, x19, x26
    umulh x25, x9, x21
    adcs x20, x20, x23
    umulh x26, x10, x21
    adcs x11, x11, x24
    adcs x12, x12, x25
    adc x13, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x15, x15, x23
    stp x14, x15, [sp, #176]
    mul x26, x6, x22
    adcs x16, x16, x24
    mul x23, x7, x22
    adcs x17, x17, x25
    mul x24, x8, x22
    adcs x19, x19, x26
    mul x25, x9, x22
    adcs x20, x20, x23
    mul x26, x10, x22
    adcs x11, x11, x24
    umulh x23, x3, x22
    adcs x12, x12, x25
    umulh x24, x4, x22
    adcs x13, x13, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x16, x16, x23
    umulh x26, x6, x22
    adcs x17, x17, x24
    umulh x23, x7, x22
    adcs x19, x19, x25
    umulh x24, x8, x22
    adcs x20, x20, x26
    umulh x25, x9, x22
    adcs x11, x11, x23
    umulh x26, x10, x22
    adcs x12, x12, x24
    adcs x13, x13, x25
    adc x14, x30, x26
    ldp x23, x24, [x1, #192]
    adds x16, x16, x23
    adcs x17, x17, x24
    ldp x25, x26, [x1, #208]
    adcs x19, x19, x25
    adcs x20, x20, x26
    ldp x23, x24, [x1, #224]
    adcs x11, x11, x23
    adcs x12, x12, x24
    ldp x25, x26, [x1, #240]
    adcs x13, x13, x25
    adcs x14, x14, x26
    cset x27, cs
    ldp x23, x24, [sp, #128]
    ldp x25, x26, [x29, #0]
    subs x23, x23, x25
    sbcs x24, x24, x26
    stp x23, x24, [sp, #0]
    ldp x23, x24, [sp, #144]
    ldp x25, x26, [x29, #16]
    sbcs x23, x23, x25
    sbcs x24, x24, x26
    stp x23, x24, [sp, #16]
    ldp x23, x24, [sp, #160]
    ldp x25, x26, [x29, #32]
    sbcs x23, x23, x25
    sbcs x24, x24, x26
    stp x23, x24, [sp, #32]
    ldp x23, x24, [sp, #176]
    ldp x25, x26, [x29, #48]
    sbcs x23, x23, x25
    sbcs x24, x24, x26
    stp x23, x24, [sp, #48]
    sbcs x3, x16, x3
    sbcs x4, x17, x4
    sbcs x5, x19, x5
    sbcs x6, x20, x6
    sbcs x7, x11, x7
    sbcs x8, x12, x8
    sbcs x9, x13, x9
    sbcs x10, x14, x10
    sbcs xzr, x27, xzr
    ldp x23, x24, [sp, #128]
    ldp x25, x26, [sp, #0]
    csel x23, x23, x25, cc
    csel x24, x24, x26, cc
    stp x23, x24, [x0, #0]
    ldp x23, x24, [sp, #144]
    ldp x25, x26, [sp, #16]
    csel x23, x23, x25, cc
    csel x24, x24, x26, cc
    stp x23, x24, [x0, #16]
    ldp x23, x24, [sp, #160]
    ldp x25, x26, [sp, #32]
    csel x23, x23, x25, cc
    csel x24, x24, x26, cc
    stp x23, x24, [x0, #32]
    ldp x23, x24, [sp, #176]
    ldp x25, x26, [sp, #48]
    csel x23, x23, x25, cc
    csel x24, x24, x26, cc
    stp x23, x24, [x0, #48]
    csel x16, x16, x3, cc
    csel x17, x17, x4, cc
    csel x19, x19, x5, cc
    csel x20, x20, x6, cc
    csel x11, x11, x7, cc
    csel x12, x12, x8, cc
    csel x13, x13, x9, cc
    csel x14, x14, x10, cc
    stp x16, x17, [x0, #64]
    stp x19, x20, [x0, #80]
    stp x11, x12, [x0, #96]
    stp x13, x14, [x0, #112]
    ldp x19, x20, [sp, #320]
    ldp x21, x22, [sp, #336]
    ldp x23, x24, [sp, #352]
    ldp x25, x26, [sp, #368]
    ldp x27, x28, [sp, #384]
    ldp x29, x30, [sp, #400]
    .cfi_restore x19
    .cfi_restore x20
    .cfi_restore x21
    .cfi_restore x22
    .cfi_restore x23
    .cfi_restore x24
    .cfi_restore x25
    .cfi_restore x26
    .cfi_restore x27
    .cfi_restore x28
    .cfi_restore x29
    .cfi_restore x30
    add sp, sp, #416
    .cfi_def_cfa_offset 0
    ret
    .cfi_endproc
    .size fp_aarch64_redc, .-fp_aarch64_redc

    .globl fp_aarch64_mul
    .hidden fp_aarch64_mul
    .type fp_aarch64_mul, %function
    .p2align 4
fp_aarch64_mul:
    .cfi_startproc
    sub sp, sp, #416
    .cfi_def_cfa_offset 416
    stp x19, x20, [sp, #320]
    stp x21, x22, [sp, #336]
    stp x23, x24, [sp, #352]
    stp x25, x26, [sp, #368]
    stp x27, x28, [sp, #384]
    stp x29, x30, [sp, #400]
    .cfi_offset x19, -96
    .cfi_offset x20, -88
    .cfi_offset x21, -80
    .cfi_offset x22, -72
    .cfi_offset x23, -64
    .cfi_offset x24, -56
    .cfi_offset x25, -48
    .cfi_offset x26, -40
    .cfi_offset x27, -32
    .cfi_offset x28, -24
    .cfi_offset x29, -16
    .cfi_offset x30, -8
    ldp x3, x4, [x1, #0]
    ldp x5, x6, [x1, #16]
    ldp x7, x8, [x1, #32]
    ldp x9, x10, [x1, #48]
    ldp x21, x22, [x2, #0]
    mul x11, x3, x21
    mul x12, x4, x21
    umulh x24, x3, x21
    adds x12, x12, x24
    mul x13, x5, x21
    umulh x25, x4, x21
    adcs x13, x13, x25
    mul x14, x6, x21
    umulh x26, x5, x21
    adcs x14, x14, x26
    mul x15, x7, x21
    umulh x23, x6, x21
    adcs x15, x15, x23
    mul x16, x8, x21
    umulh x24, x7, x21
    adcs x16, x16, x24
    mul x17, x9, x21
    umulh x25, x8, x21
    adcs x17, x17, x25
    mul x19, x10, x21
    umulh x26, x9, x21
    adcs x19, x19, x26
    umulh x23, x10, x21
    adc x20, x23, xzr
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x12, x12, x23
    stp x11, x12, [sp, #0]
    mul x26, x6, x22
    adcs x13, x13, x24
    mul x23, x7, x22
    adcs x14, x14, x25
    mul x24, x8, x22
    adcs x15, x15, x26
    mul x25, x9, x22
    adcs x16, x16, x23
    mul x26, x10, x22
    adcs x17, x17, x24
    umulh x23, x3, x22
    adcs x19, x19, x25
    umulh x24, x4, x22
    adcs x20, x20, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x13, x13, x23
    umulh x26, x6, x22
    adcs x14, x14, x24
    umulh x23, x7, x22
    adcs x15, x15, x25
    umulh x24, x8, x22
    adcs x16, x16, x26
    umulh x25, x9, x22
    adcs x17, x17, x23
    umulh x26, x10, x22
    adcs x19, x19, x24
    adcs x20, x20, x25
    adc x11, x30, x26
    ldp x21, x22, [x2, #16]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x13, x13, x23
    mul x26, x6, x21
    adcs x14, x14, x24
    mul x23, x7, x21
    adcs x15, x15, x25
    mul x24, x8, x21
    adcs x16, x16, x26
    mul x25, x9, x21
    adcs x17, x17, x23
    mul x26, x10, x21
    adcs x19, x19, x24
    umulh x23, x3, x21
    adcs x20, x20, x25
    umulh x24, x4, x21
    adcs x11, x11, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x14, x14, x23
    umulh x26, x6, x21
    adcs x15, x15, x24
    umulh x23, x7, x21
    adcs x16, x16, x25
    umulh x24, x8, x21
    adcs x17, x17, x26
    umulh x25, x9, x21
    adcs x19, x19, x23
    umulh x26, x10, x21
    adcs x20, x20, x24
    adcs x11, x11, x25
    adc x12, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x14, x14, x23
    stp x13, x14, [sp, #16]
    mul x26, x6, x22
    adcs x15, x15, x24
    mul x23, x7, x22
    adcs x16, x16, x25
    mul x24, x8, x22
    adcs x17, x17, x26
    mul x25, x9, x22
    adcs x19, x19, x23
    mul x26, x10, x22
    adcs x20, x20, x24
    umulh x23, x3, x22
    adcs x11, x11, x25
    umulh x24, x4, x22
    adcs x12, x12, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x15, x15, x23
    umulh x26, x6, x22
    adcs x16, x16, x24
    umulh x23, x7, x22
    adcs x17, x17, x25
    umulh x24, x8, x22
    adcs x19, x19, x26
    umulh x25, x9, x22
    adcs x20, x20, x23
    umulh x26, x10, x22
    adcs x11, x11, x24
    adcs x12, x12, x25
    adc x13, x30, x26
    ldp x21, x22, [x2, #32]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x15, x15, x23
    mul x26, x6, x21
    adcs x16, x16, x24
    mul x23, x7, x21
    adcs x17, x17, x25
    mul x24, x8, x21
    adcs x19, x19, x26
    mul x25, x9, x21
    adcs x20, x20, x23
    mul x26, x10, x21
    adcs x11, x11, x24
    umulh x23, x3, x21
    adcs x12, x12, x25
    umulh x24, x4, x21
    adcs x13, x13, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x16, x16, x23
    umulh x26, x6, x21
    adcs x17, x17, x24
    umulh x23, x7, x21
    adcs x19, x19, x25
    umulh x24, x8, x21
    adcs x20, x20, x26
    umulh x25, x9, x21
    adcs x11, x11, x23
    umulh x26, x10, x21
    adcs x12, x12, x24
    adcs x13, x13, x25
    adc x14, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x16, x16, x23
    stp x15, x16, [sp, #32]
    mul x26, x6, x22
    adcs x17, x17, x24
    mul x23, x7, x22
    adcs x19, x19, x25
    mul x24, x8, x22
    adcs x20, x20, x26
    mul x25, x9, x22
    adcs x11, x11, x23
    mul x26, x10, x22
    adcs x12, x12, x24
    umulh x23, x3, x22
    adcs x13, x13, x25
    umulh x24, x4, x22
    adcs x14, x14, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x17, x17, x23
    umulh x26, x6, x22
    adcs x19, x19, x24
    umulh x23, x7, x22
    adcs x20, x20, x25
    umulh x24, x8, x22
    adcs x11, x11, x26
    umulh x25, x9, x22
    adcs x12, x12, x23
    umulh x26, x10, x22
    adcs x13, x13, x24
    adcs x14, x14, x25
    adc x15, x30, x26
    ldp x21, x22, [x2, #48]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x17, x17, x23
    mul x26, x6, x21
    adcs x19, x19, x24
    mul x23, x7, x21
    adcs x20, x20, x25
    mul x24, x8, x21
    adcs x11, x11, x26
    mul x25, x9, x21
    adcs x12, x12, x23
    mul x26, x10, x21
    adcs x13, x13, x24
    umulh x23, x3, x21
    adcs x14, x14, x25
    umulh x24, x4, x21
    adcs x15, x15, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x19, x19, x23
    umulh x26, x6, x21
    adcs x20, x20, x24
    umulh x23, x7, x21
    adcs x11, x11, x25
    umulh x24, x8, x21
    adcs x12, x12, x26
    umulh x25, x9, x21
    adcs x13, x13, x23
    umulh x26, x10, x21
    adcs x14, x14, x24
    adcs x15, x15, x25
    adc x16, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x19, x19, x23
    stp x17, x19, [sp, #48]
    mul x26, x6, x22
    adcs x20, x20, x24
    mul x23, x7, x22
    adcs x11, x11, x25
    mul x24, x8, x22
    adcs x12, x12, x26
    mul x25, x9, x22
    adcs x13, x13, x23
    mul x26, x10, x22
    adcs x14, x14, x24
    umulh x23, x3, x22
    adcs x15, x15, x25
    umulh x24, x4, x22
    adcs x16, x16, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x20, x20, x23
    umulh x26, x6, x22
    adcs x11, x11, x24
    umulh x23, x7, x22
    adcs x12, x12, x25
    umulh x24, x8, x22
    adcs x13, x13, x26
    umulh x25, x9, x22
    adcs x14, x14, x23
    umulh x26, x10, x22
    adcs x15, x15, x24
    adcs x16, x16, x25
    adc x17, x30, x26
    ldp x21, x22, [x2, #64]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x20, x20, x23
    mul x26, x6, x21
    adcs x11, x11, x24
    mul x23, x7, x21
    adcs x12, x12, x25
    mul x24, x8, x21
    adcs x13, x13, x26
    mul x25, x9, x21
    adcs x14, x14, x23
    mul x26, x10, x21
    adcs x15, x15, x24
    umulh x23, x3, x21
    adcs x16, x16, x25
    umulh x24, x4, x21
    adcs x17, x17, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x11, x11, x23
    umulh x26, x6, x21
    adcs x12, x12, x24
    umulh x23, x7, x21
    adcs x13, x13, x25
    umulh x24, x8, x21
    adcs x14, x14, x26
    umulh x25, x9, x21
    adcs x15, x15, x23
    umulh x26, x10, x21
    adcs x16, x16, x24
    adcs x17, x17, x25
    adc x19, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x11, x11, x23
    stp x20, x11, [sp, #64]
    mul x26, x6, x22
    adcs x12, x12, x24
    mul x23, x7, x22
    adcs x13, x13, x25
    mul x24, x8, x22
    adcs x14, x14, x26
    mul x25, x9, x22
    adcs x15, x15, x23
    mul x26, x10, x22
    adcs x16, x16, x24
    umulh x23, x3, x22
    adcs x17, x17, x25
    umulh x24, x4, x22
    adcs x19, x19, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x12, x12, x23
    umulh x26, x6, x22
    adcs x13, x13, x24
    umulh x23, x7, x22
    adcs x14, x14, x25
    umulh x24, x8, x22
    adcs x15, x15, x26
    umulh x25, x9, x22
    adcs x16, x16, x23
    umulh x26, x10, x22
    adcs x17, x17, x24
    adcs x19, x19, x25
    adc x20, x30, x26
    ldp x21, x22, [x2, #80]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x12, x12, x23
    mul x26, x6, x21
    adcs x13, x13, x24
    mul x23, x7, x21
    adcs x14, x14, x25
    mul x24, x8, x21
    adcs x15, x15, x26
    mul x25, x9, x21
    adcs x16, x16, x23
    mul x26, x10, x21
    adcs x17, x17, x24
    umulh x23, x3, x21
    adcs x19, x19, x25
    umulh x24, x4, x21
    adcs x20, x20, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x13, x13, x23
    umulh x26, x6, x21
    adcs x14, x14, x24
    umulh x23, x7, x21
    adcs x15, x15, x25
    umulh x24, x8, x21
    adcs x16, x16, x26
    umulh x25, x9, x21
    adcs x17, x17, x23
    umulh x26, x10, x21
    adcs x19, x19, x24
    adcs x20, x20, x25
    adc x11, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x13, x13, x23
    stp x12, x13, [sp, #80]
    mul x26, x6, x22
    adcs x14, x14, x24
    mul x23, x7, x22
    adcs x15, x15, x25
    mul x24, x8, x22
    adcs x16, x16, x26
    mul x25, x9, x22
    adcs x17, x17, x23
    mul x26, x10, x22
    adcs x19, x19, x24
    umulh x23, x3, x22
    adcs x20, x20, x25
    umulh x24, x4, x22
    adcs x11, x11, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x14, x14, x23
    umulh x26, x6, x22
    adcs x15, x15, x24
    umulh x23, x7, x22
    adcs x16, x16, x25
    umulh x24, x8, x22
    adcs x17, x17, x26
    umulh x25, x9, x22
    adcs x19, x19, x23
    umulh x26, x10, x22
    adcs x20, x20, x24
    adcs x11, x11, x25
    adc x12, x30, x26
    ldp x21, x22, [x2, #96]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x14, x14, x23
    mul x26, x6, x21
    adcs x15, x15, x24
    mul x23, x7, x21
    adcs x16, x16, x25
    mul x24, x8, x21
    adcs x17, x17, x26
    mul x25, x9, x21
    adcs x19, x19, x23
    mul x26, x10, x21
    adcs x20, x20, x24
    umulh x23, x3, x21
    adcs x11, x11, x25
    umulh x24, x4, x21
    adcs x12, x12, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x15, x15, x23
    umulh x26, x6, x21
    adcs x16, x16, x24
    umulh x23, x7, x21
    adcs x17, x17, x25
    umulh x24, x8, x21
    adcs x19, x19, x26
    umulh x25, x9, x21
    adcs x20, x20, x23
    umulh x26, x10, x21
    adcs x11, x11, x24
    adcs x12, x12, x25
    adc x13, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x15, x15, x23
    stp x14, x15, [sp, #96]
    mul x26, x6, x22
    adcs x16, x16, x24
    mul x23, x7, x22
    adcs x17, x17, x25
    mul x24, x8, x22
    adcs x19, x19, x26
    mul x25, x9, x22
    adcs x20, x20, x23
    mul x26, x10, x22
    adcs x11, x11, x24
    umulh x23, x3, x22
    adcs x12, x12, x25
    umulh x24, x4, x22
    adcs x13, x13, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x16, x16, x23
    umulh x26, x6, x22
    adcs x17, x17, x24
    umulh x23, x7, x22
    adcs x19, x19, x25
    umulh x24, x8, x22
    adcs x20, x20, x26
    umulh x25, x9, x22
    adcs x11, x11, x23
    umulh x26, x10, x22
    adcs x12, x12, x24
    adcs x13, x13, x25
    adc x14, x30, x26
    ldp x21, x22, [x2, #112]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x16, x16, x23
    mul x26, x6, x21
    adcs x17, x17, x24
    mul x23, x7, x21
    adcs x19, x19, x25
    mul x24, x8, x21
    adcs x20, x20, x26
    mul x25, x9, x21
    adcs x11, x11, x23
    mul x26, x10, x21
    adcs x12, x12, x24
    umulh x23, x3, x21
    adcs x13, x13, x25
    umulh x24, x4, x21
    adcs x14, x14, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x17, x17, x23
    umulh x26, x6, x21
    adcs x19, x19, x24
    umulh x23, x7, x21
    adcs x20, x20, x25
    umulh x24, x8, x21
    adcs x11, x11, x26
    umulh x25, x9, x21
    adcs x12, x12, x23
    umulh x26, x10, x21
    adcs x13, x13, x24
    adcs x14, x14, x25
    adc x15, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x17, x17, x23
    stp x16, x17, [sp, #112]
    mul x26, x6, x22
    adcs x19, x19, x24
    mul x23, x7, x22
    adcs x20, x20, x25
    mul x24, x8, x22
    adcs x11, x11, x26
    mul x25, x9, x22
    adcs x12, x12, x23
    mul x26, x10, x22
    adcs x13, x13, x24
    umulh x23, x3, x22
    adcs x14, x14, x25
    umulh x24, x4, x22
    adcs x15, x15, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x19, x19, x23
    umulh x26, x6, x22
    adcs x20, x20, x24
    umulh x23, x7, x22
    adcs x11, x11, x25
    umulh x24, x8, x22
    adcs x12, x12, x26
    umulh x25, x9, x22
    adcs x13, x13, x23
    umulh x26, x10, x22
    adcs x14, x14, x24
    adcs x15, x15, x25
    adc x16, x30, x26
    stp x19, x20, [sp, #128]
    stp x11, x12, [sp, #144]
    stp x13, x14, [sp, #160]
    stp x15, x16, [sp, #176]
    ldp x19, x20, [sp, #64]
    ldp x11, x12, [sp, #80]
    ldp x13, x14, [sp, #96]
    ldp x15, x16, [sp, #112]
    ldp x3, x4, [x1, #64]
    ldp x5, x6, [x1, #80]
    ldp x7, x8, [x1, #96]
    ldp x9, x10, [x1, #112]
    ldp x21, x22, [x2, #0]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x19, x19, x23
    mul x26, x6, x21
    adcs x20, x20, x24
    mul x23, x7, x21
    adcs x11, x11, x25
    mul x24, x8, x21
    adcs x12, x12, x26
    mul x25, x9, x21
    adcs x13, x13, x23
    mul x26, x10, x21
    adcs x14, x14, x24
    umulh x23, x3, x21
    adcs x15, x15, x25
    umulh x24, x4, x21
    adcs x16, x16, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x20, x20, x23
    umulh x26, x6, x21
    adcs x11, x11, x24
    umulh x23, x7, x21
    adcs x12, x12, x25
    umulh x24, x8, x21
    adcs x13, x13, x26
    umulh x25, x9, x21
    adcs x14, x14, x23
    umulh x26, x10, x21
    adcs x15, x15, x24
    adcs x16, x16, x25
    adc x17, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x20, x20, x23
    stp x19, x20, [sp, #64]
    mul x26, x6, x22
    adcs x11, x11, x24
    mul x23, x7, x22
    adcs x12, x12, x25
    mul x24, x8, x22
    adcs x13, x13, x26
    mul x25, x9, x22
    adcs x14, x14, x23
    mul x26, x10, x22
    adcs x15, x15, x24
    umulh x23, x3, x22
    adcs x16, x16, x25
    umulh x24, x4, x22
    adcs x17, x17, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x11, x11, x23
    umulh x26, x6, x22
    adcs x12, x12, x24
    umulh x23, x7, x22
    adcs x13, x13, x25
    umulh x24, x8, x22
    adcs x14, x14, x26
    umulh x25, x9, x22
    adcs x15, x15, x23
    umulh x26, x10, x22
    adcs x16, x16, x24
    adcs x17, x17, x25
    adc x19, x30, x26
    ldp x21, x22, [x2, #16]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x11, x11, x23
    mul x26, x6, x21
    adcs x12, x12, x24
    mul x23, x7, x21
    adcs x13, x13, x25
    mul x24, x8, x21
    adcs x14, x14, x26
    mul x25, x9, x21
    adcs x15, x15, x23
    mul x26, x10, x21
    adcs x16, x16, x24
    umulh x23, x3, x21
    adcs x17, x17, x25
    umulh x24, x4, x21
    adcs x19, x19, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x12, x12, x23
    umulh x26, x6, x21
    adcs x13, x13, x24
    umulh x23, x7, x21
    adcs x14, x14, x25
    umulh x24, x8, x21
    adcs x15, x15, x26
    umulh x25, x9, x21
    adcs x16, x16, x23
    umulh x26, x10, x21
    adcs x17, x17, x24
    adcs x19, x19, x25
    adc x20, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x12, x12, x23
    stp x11, x12, [sp, #80]
    mul x26, x6, x22
    adcs x13, x13, x24
    mul x23, x7, x22
    adcs x14, x14, x25
    mul x24, x8, x22
    adcs x15, x15, x26
    mul x25, x9, x22
    adcs x16, x16, x23
    mul x26, x10, x22
    adcs x17, x17, x24
    umulh x23, x3, x22
    adcs x19, x19, x25
    umulh x24, x4, x22
    adcs x20, x20, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x13, x13, x23
    umulh x26, x6, x22
    adcs x14, x14, x24
    umulh x23, x7, x22
    adcs x15, x15, x25
    umulh x24, x8, x22
    adcs x16, x16, x26
    umulh x25, x9, x22
    adcs x17, x17, x23
    umulh x26, x10, x22
    adcs x19, x19, x24
    adcs x20, x20, x25
    adc x11, x30, x26
    ldp x21, x22, [x2, #32]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x13, x13, x23
    mul x26, x6, x21
    adcs x14, x14, x24
    mul x23, x7, x21
    adcs x15, x15, x25
    mul x24, x8, x21
    adcs x16, x16, x26
    mul x25, x9, x21
    adcs x17, x17, x23
    mul x26, x10, x21
    adcs x19, x19, x24
    umulh x23, x3, x21
    adcs x20, x20, x25
    umulh x24, x4, x21
    adcs x11, x11, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x14, x14, x23
    umulh x26, x6, x21
    adcs x15, x15, x24
    umulh x23, x7, x21
    adcs x16, x16, x25
    umulh x24, x8, x21
    adcs x17, x17, x26
    umulh x25, x9, x21
    adcs x19, x19, x23
    umulh x26, x10, x21
    adcs x20, x20, x24
    adcs x11, x11, x25
    adc x12, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x14, x14, x23
    stp x13, x14, [sp, #96]
    mul x26, x6, x22
    adcs x15, x15, x24
    mul x23, x7, x22
    adcs x16, x16, x25
    mul x24, x8, x22
    adcs x17, x17, x26
    mul x25, x9, x22
    adcs x19, x19, x23
    mul x26, x10, x22
    adcs x20, x20, x24
    umulh x23, x3, x22
    adcs x11, x11, x25
    umulh x24, x4, x22
    adcs x12, x12, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x15, x15, x23
    umulh x26, x6, x22
    adcs x16, x16, x24
    umulh x23, x7, x22
    adcs x17, x17, x25
    umulh x24, x8, x22
    adcs x19, x19, x26
    umulh x25, x9, x22
    adcs x20, x20, x23
    umulh x26, x10, x22
    adcs x11, x11, x24
    adcs x12, x12, x25
    adc x13, x30, x26
    ldp x21, x22, [x2, #48]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x15, x15, x23
    mul x26, x6, x21
    adcs x16, x16, x24
    mul x23, x7, x21
    adcs x17, x17, x25
    mul x24, x8, x21
    adcs x19, x19, x26
    mul x25, x9, x21
    adcs x20, x20, x23
    mul x26, x10, x21
    adcs x11, x11, x24
    umulh x23, x3, x21
    adcs x12, x12, x25
    umulh x24, x4, x21
    adcs x13, x13, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x16, x16, x23
    umulh x26, x6, x21
    adcs x17, x17, x24
    umulh x23, x7, x21
    adcs x19, x19, x25
    umulh x24, x8, x21
    adcs x20, x20, x26
    umulh x25, x9, x21
    adcs x11, x11, x23
    umulh x26, x10, x21
    adcs x12, x12, x24
    adcs x13, x13, x25
    adc x14, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x16, x16, x23
    stp x15, x16, [sp, #112]
    mul x26, x6, x22
    adcs x17, x17, x24
    mul x23, x7, x22
    adcs x19, x19, x25
    mul x24, x8, x22
    adcs x20, x20, x26
    mul x25, x9, x22
    adcs x11, x11, x23
    mul x26, x10, x22
    adcs x12, x12, x24
    umulh x23, x3, x22
    adcs x13, x13, x25
    umulh x24, x4, x22
    adcs x14, x14, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x17, x17, x23
    umulh x26, x6, x22
    adcs x19, x19, x24
    umulh x23, x7, x22
    adcs x20, x20, x25
    umulh x24, x8, x22
    adcs x11, x11, x26
    umulh x25, x9, x22
    adcs x12, x12, x23
    umulh x26, x10, x22
    adcs x13, x13, x24
    adcs x14, x14, x25
    adc x15, x30, x26
    ldp x23, x24, [sp, #128]
    adds x17, x17, x23
    adcs x19, x19, x24
    ldp x25, x26, [sp, #144]
    adcs x20, x20, x25
    adcs x11, x11, x26
    ldp x23, x24, [sp, #160]
    adcs x12, x12, x23
    adcs x13, x13, x24
    ldp x25, x26, [sp, #176]
    adcs x14, x14, x25
    adcs x15, x15, x26
    cset x27, cs
    ldp x21, x22, [x2, #64]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x17, x17, x23
    mul x26, x6, x21
    adcs x19, x19, x24
    mul x23, x7, x21
    adcs x20, x20, x25
    mul x24, x8, x21
    adcs x11, x11, x26
    mul x25, x9, x21
    adcs x12, x12, x23
    mul x26, x10, x21
    adcs x13, x13, x24
    umulh x23, x3, x21
    adcs x14, x14, x25
    umulh x24, x4, x21
    adcs x15, x15, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x19, x19, x23
    umulh x26, x6, x21
    adcs x20, x20, x24
    umulh x23, x7, x21
    adcs x11, x11, x25
    umulh x24, x8, x21
    adcs x12, x12, x26
    umulh x25, x9, x21
    adcs x13, x13, x23
    umulh x26, x10, x21
    adcs x14, x14, x24
    adcs x15, x15, x25
    adc x16, x30, x26
    add x16, x16, x27
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x19, x19, x23
    stp x17, x19, [sp, #128]
    mul x26, x6, x22
    adcs x20, x20, x24
    mul x23, x7, x22
    adcs x11, x11, x25
    mul x24, x8, x22
    adcs x12, x12, x26
    mul x25, x9, x22
    adcs x13, x13, x23
    mul x26, x10, x22
    adcs x14, x14, x24
    umulh x23, x3, x22
    adcs x15, x15, x25
    umulh x24, x4, x22
    adcs x16, x16, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x20, x20, x23
    umulh x26, x6, x22
    adcs x11, x11, x24
    umulh x23, x7, x22
    adcs x12, x12, x25
    umulh x24, x8, x22
    adcs x13, x13, x26
    umulh x25, x9, x22
    adcs x14, x14, x23
    umulh x26, x10, x22
    adcs x15, x15, x24
    adcs x16, x16, x25
    adc x17, x30, x26
    ldp x21, x22, [x2, #80]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x20, x20, x23
    mul x26, x6, x21
    adcs x11, x11, x24
    mul x23, x7, x21
    adcs x12, x12, x25
    mul x24, x8, x21
    adcs x13, x13, x26
    mul x25, x9, x21
    adcs x14, x14, x23
    mul x26, x10, x21
    adcs x15, x15, x24
    umulh x23, x3, x21
    adcs x16, x16, x25
    umulh x24, x4, x21
    adcs x17, x17, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x11, x11, x23
    umulh x26, x6, x21
    adcs x12, x12, x24
    umulh x23, x7, x21
    adcs x13, x13, x25
    umulh x24, x8, x21
    adcs x14, x14, x26
    umulh x25, x9, x21
    adcs x15, x15, x23
    umulh x26, x10, x21
    adcs x16, x16, x24
    adcs x17, x17, x25
    adc x19, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x11, x11, x23
    stp x20, x11, [sp, #144]
    mul x26, x6, x22
    adcs x12, x12, x24
    mul x23, x7, x22
    adcs x13, x13, x25
    mul x24, x8, x22
    adcs x14, x14, x26
    mul x25, x9, x22
    adcs x15, x15, x23
    mul x26, x10, x22
    adcs x16, x16, x24
    umulh x23, x3, x22
    adcs x17, x17, x25
    umulh x24, x4, x22
    adcs x19, x19, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x12, x12, x23
    umulh x26, x6, x22
    adcs x13, x13, x24
    umulh x23, x7, x22
    adcs x14, x14, x25
    umulh x24, x8, x22
    adcs x15, x15, x26
    umulh x25, x9, x22
    adcs x16, x16, x23
    umulh x26, x10, x22
    adcs x17, x17, x24
    adcs x19, x19, x25
    adc x20, x30, x26
    ldp x21, x22, [x2, #96]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x12, x12, x23
    mul x26, x6, x21
    adcs x13, x13, x24
    mul x23, x7, x21
    adcs x14, x14, x25
    mul x24, x8, x21
    adcs x15, x15, x26
    mul x25, x9, x21
    adcs x16, x16, x23
    mul x26, x10, x21
    adcs x17, x17, x24
    umulh x23, x3, x21
    adcs x19, x19, x25
    umulh x24, x4, x21
    adcs x20, x20, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x13, x13, x23
    umulh x26, x6, x21
    adcs x14, x14, x24
    umulh x23, x7, x21
    adcs x15, x15, x25
    umulh x24, x8, x21
    adcs x16, x16, x26
    umulh x25, x9, x21
    adcs x17, x17, x23
    umulh x26, x10, x21
    adcs x19, x19, x24
    adcs x20, x20, x25
    adc x11, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x13, x13, x23
    stp x12, x13, [sp, #160]
    mul x26, x6, x22
    adcs x14, x14, x24
    mul x23, x7, x22
    adcs x15, x15, x25
    mul x24, x8, x22
    adcs x16, x16, x26
    mul x25, x9, x22
    adcs x17, x17, x23
    mul x26, x10, x22
    adcs x19, x19, x24
    umulh x23, x3, x22
    adcs x20, x20, x25
    umulh x24, x4, x22
    adcs x11, x11, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x14, x14, x23
    umulh x26, x6, x22
    adcs x15, x15, x24
    umulh x23, x7, x22
    adcs x16, x16, x25
    umulh x24, x8, x22
    adcs x17, x17, x26
    umulh x25, x9, x22
    adcs x19, x19, x23
    umulh x26, x10, x22
    adcs x20, x20, x24
    adcs x11, x11, x25
    adc x12, x30, x26
    ldp x21, x22, [x2, #112]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x14, x14, x23
    mul x26, x6, x21
    adcs x15, x15, x24
    mul x23, x7, x21
    adcs x16, x16, x25
    mul x24, x8, x21
    adcs x17, x17, x26
    mul x25, x9, x21
    adcs x19, x19, x23
    mul x26, x10, x21
    adcs x20, x20, x24
    umulh x23, x3, x21
    adcs x11, x11, x25
    umulh x24, x4, x21
    adcs x12, x12, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x15, x15, x23
    umulh x26, x6, x21
    adcs x16, x16, x24
    umulh x23, x7, x21
    adcs x17, x17, x25
    umulh x24, x8, x21
    adcs x19, x19, x26
    umulh x25, x9, x21
    adcs x20, x20, x23
    umulh x26, x10, x21
    adcs x11, x11, x24
    adcs x12, x12, x25
    adc x13, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x15, x15, x23
    stp x14, x15, [sp, #176]
    mul x26, x6, x22
    adcs x16, x16, x24
    mul x23, x7, x22
    adcs x17, x17, x25
    mul x24, x8, x22
    adcs x19, x19, x26
    mul x25, x9, x22
    adcs x20, x20, x23
    mul x26, x10, x22
    adcs x11, x11, x24
    umulh x23, x3, x22
    adcs x12, x12, x25
    umulh x24, x4, x22
    adcs x13, x13, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x16, x16, x23
    umulh x26, x6, x22
    adcs x17, x17, x24
    umulh x23, x7, x22
    adcs x19, x19, x25
    umulh x24, x8, x22
    adcs x20, x20, x26
    umulh x25, x9, x22
    adcs x11, x11, x23
    umulh x26, x10, x22
    adcs x12, x12, x24
    adcs x13, x13, x25
    adc x14, x30, x26
    stp x16, x17, [sp, #192]
    stp x19, x20, [sp, #208]
    stp x11, x12, [sp, #224]
    stp x13, x14, [sp, #240]
    adrp x29, .Lmodulus
    add x29, x29, :lo12:.Lmodulus
    ldr x28, [x29, #128]
    ldp x11, x12, [sp, #0]
    ldp x13, x14, [sp, #16]
    ldp x15, x16, [sp, #32]
    ldp x17, x19, [sp, #48]
    ldp x3, x4, [x29, #0]
    ldp x5, x6, [x29, #16]
    ldp x7, x8, [x29, #32]
    ldp x9, x10, [x29, #48]
    mul x21, x11, x28
    mul x23, x4, x21
    mul x24, x5, x21
    mul x25, x6, x21
    cmp x11, #1
    adcs x12, x12, x23
    mul x26, x7, x21
    adcs x13, x13, x24
    mul x23, x8, x21
    adcs x14, x14, x25
    mul x24, x9, x21
    adcs x15, x15, x26
    mul x25, x10, x21
    adcs x16, x16, x23
    umulh x26, x3, x21
    adcs x17, x17, x24
    umulh x23, x4, x21
    adcs x19, x19, x25
    cset x30, cs
    umulh x24, x5, x21
    adds x12, x12, x26
    umulh x25, x6, x21
    adcs x13, x13, x23
    umulh x26, x7, x21
    adcs x14, x14, x24
    umulh x23, x8, x21
    adcs x15, x15, x25
    umulh x24, x9, x21
    adcs x16, x16, x26
    umulh x25, x10, x21
    adcs x17, x17, x23
    adcs x19, x19, x24
    adc x20, x30, x25
    mul x22, x12, x28
    stp x21, x22, [sp, #256]
    mul x23, x4, x22
    mul x24, x5, x22
    mul x25, x6, x22
    cmp x12, #1
    adcs x13, x13, x23
    mul x26, x7, x22
    adcs x14, x14, x24
    mul x23, x8, x22
    adcs x15, x15, x25
    mul x24, x9, x22
    adcs x16, x16, x26
    mul x25, x10, x22
    adcs x17, x17, x23
    umulh x26, x3, x22
    adcs x19, x19, x24
    umulh x23, x4, x22
    adcs x20, x20, x25
    cset x30, cs
    umulh x24, x5, x22
    adds x13, x13, x26
    umulh x25, x6, x22
    adcs x14, x14, x23
    umulh x26, x7, x22
    adcs x15, x15, x24
    umulh x23, x8, x22
    adcs x16, x16, x25
    umulh x24, x9, x22
    adcs x17, x17, x26
    umulh x25, x10, x22
    adcs x19, x19, x23
    adcs x20, x20, x24
    adc x11, x30, x25
    mul x21, x13, x28
    mul x23, x4, x21
    mul x24, x5, x21
    mul x25, x6, x21
    cmp x13, #1
    adcs x14, x14, x23
    mul x26, x7, x21
    adcs x15, x15, x24
    mul x23, x8, x21
    adcs x16, x16, x25
    mul x24, x9, x21
    adcs x17, x17, x26
    mul x25, x10, x21
    adcs x19, x19, x23
    umulh x26, x3, x21
    adcs x20, x20, x24
    umulh x23, x4, x21
    adcs x11, x11, x25
    cset x30, cs
    umulh x24, x5, x21
    adds x14, x14, x26
    umulh x25, x6, x21
    adcs x15, x15, x23
    umulh x26, x7, x21
    adcs x16, x16, x24
    umulh x23, x8, x21
    adcs x17, x17, x25
    umulh x24, x9, x21
    adcs x19, x19, x26
    umulh x25, x10, x21
    adcs x20, x20, x23
    adcs x11, x11, x24
    adc x12, x30, x25
    mul x22, x14, x28
    stp x21, x22, [sp, #272]
    mul x23, x4, x22
    mul x24, x5, x22
    mul x25, x6, x22
    cmp x14, #1
    adcs x15, x15, x23
    mul x26, x7, x22
    adcs x16, x16, x24
    mul x23, x8, x22
    adcs x17, x17, x25
    mul x24, x9, x22
    adcs x19, x19, x26
    mul x25, x10, x22
    adcs x20, x20, x23
    umulh x26, x3, x22
    adcs x11, x11, x24
    umulh x23, x4, x22
    adcs x12, x12, x25
    cset x30, cs
    umulh x24, x5, x22
    adds x15, x15, x26
    umulh x25, x6, x22
    adcs x16, x16, x23
    umulh x26, x7, x22
    adcs x17, x17, x24
    umulh x23, x8, x22
    adcs x19, x19, x25
    umulh x24, x9, x22
    adcs x20, x20, x26
    umulh x25, x10, x22
    adcs x11, x11, x23
    adcs x12, x12, x24
    adc x13, x30, x25
    mul x21, x15, x28
    mul x23, x4, x21
    mul x24, x5, x21
    mul x25, x6, x21
    cmp x15, #1
    adcs x16, x16, x23
    mul x26, x7, x21
    adcs x17, x17, x24
    mul x23, x8, x21
    adcs x19, x19, x25
    mul x24, x9, x21
    adcs x20, x20, x26
    mul x25, x10, x21
    adcs x11, x11, x23
    umulh x26, x3, x21
    adcs x12, x12, x24
    umulh x23, x4, x21
    adcs x13, x13, x25
    cset x30, cs
    umulh x24, x5, x21
    adds x16, x16, x26
    umulh x25, x6, x21
    adcs x17, x17, x23
    umulh x26, x7, x21
    adcs x19, x19, x24
    umulh x23, x8, x21
    adcs x20, x20, x25
    umulh x24, x9, x21
    adcs x11, x11, x26
    umulh x25, x10, x21
    adcs x12, x12, x23
    adcs x13, x13, x24
    adc x14, x30, x25
    mul x22, x16, x28
    stp x21, x22, [sp, #288]
    mul x23, x4, x22
    mul x24, x5, x22
    mul x25, x6, x22
    cmp x16, #1
    adcs x17, x17, x23
    mul x26, x7, x22
    adcs x19, x19, x24
    mul x23, x8, x22
    adcs x20, x20, x25
    mul x24, x9, x22
    adcs x11, x11, x26
    mul x25, x10, x22
    adcs x12, x12, x23
    umulh x26, x3, x22
    adcs x13, x13, x24
    umulh x23, x4, x22
    adcs x14, x14, x25
    cset x30, cs
    umulh x24, x5, x22
    adds x17, x17, x26
    umulh x25, x6, x22
    adcs x19, x19, x23
    umulh x26, x7, x22
    adcs x20, x20, x24
    umulh x23, x8, x22
    adcs x11, x11, x25
    umulh x24, x9, x22
    adcs x12, x12, x26
    umulh x25, x10, x22
    adcs x13, x13, x23
    adcs x14, x14, x24
    adc x15, x30, x25
    mul x21, x17, x28
    mul x23, x4, x21
    mul x24, x5, x21
    mul x25, x6, x21
    cmp x17, #1
    adcs x19, x19, x23
    mul x26, x7, x21
    adcs x20, x20, x24
    mul x23, x8, x21
    adcs x11, x11, x25
    mul x24, x9, x21
    adcs x12, x12, x26
    mul x25, x10, x21
    adcs x13, x13, x23
    umulh x26, x3, x21
    adcs x14, x14, x24
    umulh x23, x4, x21
    adcs x15, x15, x25
    cset x30, cs
    umulh x24, x5, x21
    adds x19, x19, x26
    umulh x25, x6, x21
    adcs x20, x20, x23
    umulh x26, x7, x21
    adcs x11, x11, x24
    umulh x23, x8, x21
    adcs x12, x12, x25
    umulh x24, x9, x21
    adcs x13, x13, x26
    umulh x25, x10, x21
    adcs x14, x14, x23
    adcs x15, x15, x24
    adc x16, x30, x25
    mul x22, x19, x28
    stp x21, x22, [sp, #304]
    mul x23, x4, x22
    mul x24, x5, x22
    mul x25, x6, x22
    cmp x19, #1
    adcs x20, x20, x23
    mul x26, x7, x22
    adcs x11, x11, x24
    mul x23, x8, x22
    adcs x12, x12, x25
    mul x24, x9, x22
    adcs x13, x13, x26
    mul x25, x10, x22
    adcs x14, x14, x23
    umulh x26, x3, x22
    adcs x15, x15, x24
    umulh x23, x4, x22
    adcs x16, x16, x25
    cset x30, cs
    umulh x24, x5, x22
    adds x20, x20, x26
    umulh x25, x6, x22
    adcs x11, x11, x23
    umulh x26, x7, x22
    adcs x12, x12, x24
    umulh x23, x8, x22
    adcs x13, x13, x25
    umulh x24, x9, x22
    adcs x14, x14, x26
    umulh x25, x10, x22
    adcs x15, x15, x23
    adcs x16, x16, x24
    adc x17, x30, x25
    ldp x23, x24, [sp, #64]
    adds x20, x20, x23
    adcs x11, x11, x24
    ldp x25, x26, [sp, #80]
    adcs x12, x12, x25
    adcs x13, x13, x26
    ldp x23, x24, [sp, #96]
    adcs x14, x14, x23
    adcs x15, x15, x24
    ldp x25, x26, [sp, #112]
    adcs x16, x16, x25
    adcs x17, x17, x26
    cset x27, cs
    ldp x3, x4, [x29, #64]
    ldp x5, x6, [x29, #80]
    ldp x7, x8, [x29, #96]
    ldp x9, x10, [x29, #112]
    ldp x21, x22, [sp, #256]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x20, x20, x23
    mul x26, x6, x21
    adcs x11, x11, x24
    mul x23, x7, x21
    adcs x12, x12, x25
    mul x24, x8, x21
    adcs x13, x13, x26
    mul x25, x9, x21
    adcs x14, x14, x23
    mul x26, x10, x21
    adcs x15, x15, x24
    umulh x23, x3, x21
    adcs x16, x16, x25
    umulh x24, x4, x21
    adcs x17, x17, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x11, x11, x23
    umulh x26, x6, x21
    adcs x12, x12, x24
    umulh x23, x7, x21
    adcs x13, x13, x25
    umulh x24, x8, x21
    adcs x14, x14, x26
    umulh x25, x9, x21
    adcs x15, x15, x23
    umulh x26, x10, x21
    adcs x16, x16, x24
    adcs x17, x17, x25
    adc x19, x30, x26
    add x19, x19, x27
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x11, x11, x23
    stp x20, x11, [sp, #64]
    mul x26, x6, x22
    adcs x12, x12, x24
    mul x23, x7, x22
    adcs x13, x13, x25
    mul x24, x8, x22
    adcs x14, x14, x26
    mul x25, x9, x22
    adcs x15, x15, x23
    mul x26, x10, x22
    adcs x16, x16, x24
    umulh x23, x3, x22
    adcs x17, x17, x25
    umulh x24, x4, x22
    adcs x19, x19, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x12, x12, x23
    umulh x26, x6, x22
    adcs x13, x13, x24
    umulh x23, x7, x22
    adcs x14, x14, x25
    umulh x24, x8, x22
    adcs x15, x15, x26
    umulh x25, x9, x22
    adcs x16, x16, x23
    umulh x26, x10, x22
    adcs x17, x17, x24
    adcs x19, x19, x25
    adc x20, x30, x26
    ldp x21, x22, [sp, #272]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x12, x12, x23
    mul x26, x6, x21
    adcs x13, x13, x24
    mul x23, x7, x21
    adcs x14, x14, x25
    mul x24, x8, x21
    adcs x15, x15, x26
    mul x25, x9, x21
    adcs x16, x16, x23
    mul x26, x10, x21
    adcs x17, x17, x24
    umulh x23, x3, x21
    adcs x19, x19, x25
    umulh x24, x4, x21
    adcs x20, x20, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x13, x13, x23
    umulh x26, x6, x21
    adcs x14, x14, x24
    umulh x23, x7, x21
    adcs x15, x15, x25
    umulh x24, x8, x21
    adcs x16, x16, x26
    umulh x25, x9, x21
    adcs x17, x17, x23
    umulh x26, x10, x21
    adcs x19, x19, x24
    adcs x20, x20, x25
    adc x11, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x13, x13, x23
    stp x12, x13, [sp, #80]
    mul x26, x6, x22
    adcs x14, x14, x24
    mul x23, x7, x22
    adcs x15, x15, x25
    mul x24, x8, x22
    adcs x16, x16, x26
    mul x25, x9, x22
    adcs x17, x17, x23
    mul x26, x10, x22
    adcs x19, x19, x24
    umulh x23, x3, x22
    adcs x20, x20, x25
    umulh x24, x4, x22
    adcs x11, x11, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x14, x14, x23
    umulh x26, x6, x22
    adcs x15, x15, x24
    umulh x23, x7, x22
    adcs x16, x16, x25
    umulh x24, x8, x22
    adcs x17, x17, x26
    umulh x25, x9, x22
    adcs x19, x19, x23
    umulh x26, x10, x22
    adcs x20, x20, x24
    adcs x11, x11, x25
    adc x12, x30, x26
    ldp x21, x22, [sp, #288]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x14, x14, x23
    mul x26, x6, x21
    adcs x15, x15, x24
    mul x23, x7, x21
    adcs x16, x16, x25
    mul x24, x8, x21
    adcs x17, x17, x26
    mul x25, x9, x21
    adcs x19, x19, x23
    mul x26, x10, x21
    adcs x20, x20, x24
    umulh x23, x3, x21
    adcs x11, x11, x25
    umulh x24, x4, x21
    adcs x12, x12, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x15, x15, x23
    umulh x26, x6, x21
    adcs x16, x16, x24
    umulh x23, x7, x21
    adcs x17, x17, x25
    umulh x24, x8, x21
    adcs x19, x19, x26
    umulh x25, x9, x21
    adcs x20, x20, x23
    umulh x26, x10, x21
    adcs x11, x11, x24
    adcs x12, x12, x25
    adc x13, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x15, x15, x23
    stp x14, x15, [sp, #96]
    mul x26, x6, x22
    adcs x16, x16, x24
    mul x23, x7, x22
    adcs x17, x17, x25
    mul x24, x8, x22
    adcs x19, x19, x26
    mul x25, x9, x22
    adcs x20, x20, x23
    mul x26, x10, x22
    adcs x11, x11, x24
    umulh x23, x3, x22
    adcs x12, x12, x25
    umulh x24, x4, x22
    adcs x13, x13, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x16, x16, x23
    umulh x26, x6, x22
    adcs x17, x17, x24
    umulh x23, x7, x22
    adcs x19, x19, x25
    umulh x24, x8, x22
    adcs x20, x20, x26
    umulh x25, x9, x22
    adcs x11, x11, x23
    umulh x26, x10, x22
    adcs x12, x12, x24
    adcs x13, x13, x25
    adc x14, x30, x26
    ldp x21, x22, [sp, #304]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x16, x16, x23
    mul x26, x6, x21
    adcs x17, x17, x24
    mul x23, x7, x21
    adcs x19, x19, x25
    mul x24, x8, x21
    adcs x20, x20, x26
    mul x25, x9, x21
    adcs x11, x11, x23
    mul x26, x10, x21
    adcs x12, x12, x24
    umulh x23, x3, x21
    adcs x13, x13, x25
    umulh x24, x4, x21
    adcs x14, x14, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x17, x17, x23
    umulh x26, x6, x21
    adcs x19, x19, x24
    umulh x23, x7, x21
    adcs x20, x20, x25
    umulh x24, x8, x21
    adcs x11, x11, x26
    umulh x25, x9, x21
    adcs x12, x12, x23
    umulh x26, x10, x21
    adcs x13, x13, x24
    adcs x14, x14, x25
    adc x15, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x17, x17, x23
    stp x16, x17, [sp, #112]
    mul x26, x6, x22
    adcs x19, x19, x24
    mul x23, x7, x22
    adcs x20, x20, x25
    mul x24, x8, x22
    adcs x11, x11, x26
    mul x25, x9, x22
    adcs x12, x12, x23
    mul x26, x10, x22
    adcs x13, x13, x24
    umulh x23, x3, x22
    adcs x14, x14, x25
    umulh x24, x4, x22
    adcs x15, x15, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x19, x19, x23
    umulh x26, x6, x22
    adcs x20, x20, x24
    umulh x23, x7, x22
    adcs x11, x11, x25
    umulh x24, x8, x22
    adcs x12, x12, x26
    umulh x25, x9, x22
    adcs x13, x13, x23
    umulh x26, x10, x22
    adcs x14, x14, x24
    adcs x15, x15, x25
    adc x16, x30, x26
    ldp x23, x24, [sp, #128]
    adds x19, x19, x23
    adcs x20, x20, x24
    ldp x25, x26, [sp, #144]
    adcs x11, x11, x25
    adcs x12, x12, x26
    ldp x23, x24, [sp, #160]
    adcs x13, x13, x23
    adcs x14, x14, x24
    ldp x25, x26, [sp, #176]
    adcs x15, x15, x25
    adcs x16, x16, x26
    cset x27, cs
    stp x19, x20, [sp, #128]
    stp x11, x12, [sp, #144]
    stp x13, x14, [sp, #160]
    stp x15, x16, [sp, #176]
    ldp x19, x20, [sp, #64]
    ldp x11, x12, [sp, #80]
    ldp x13, x14, [sp, #96]
    ldp x15, x16, [sp, #112]
    ldp x3, x4, [x29, #0]
    ldp x5, x6, [x29, #16]
    ldp x7, x8, [x29, #32]
    ldp x9, x10, [x29, #48]
    mul x21, x19, x28
    mul x23, x4, x21
    mul x24, x5, x21
    mul x25, x6, x21
    cmp x19, #1
    adcs x20, x20, x23
    mul x26, x7, x21
    adcs x11, x11, x24
    mul x23, x8, x21
    adcs x12, x12, x25
    mul x24, x9, x21
    adcs x13, x13, x26
    mul x25, x10, x21
    adcs x14, x14, x23
    umulh x26, x3, x21
    adcs x15, x15, x24
    umulh x23, x4, x21
    adcs x16, x16, x25
    cset x30, cs
    umulh x24, x5, x21
    adds x20, x20, x26
    umulh x25, x6, x21
    adcs x11, x11, x23
    umulh x26, x7, x21
    adcs x12, x12, x24
    umulh x23, x8, x21
    adcs x13, x13, x25
    umulh x24, x9, x21
    adcs x14, x14, x26
    umulh x25, x10, x21
    adcs x15, x15, x23
    adcs x16, x16, x24
    adc x17, x30, x25
    mul x22, x20, x28
    stp x21, x22, [sp, #256]
    mul x23, x4, x22
    mul x24, x5, x22
    mul x25, x6, x22
    cmp x20, #1
    adcs x11, x11, x23
    mul x26, x7, x22
    adcs x12, x12, x24
    mul x23, x8, x22
    adcs x13, x13, x25
    mul x24, x9, x22
    adcs x14, x14, x26
    mul x25, x10, x22
    adcs x15, x15, x23
    umulh x26, x3, x22
    adcs x16, x16, x24
    umulh x23, x4, x22
    adcs x17, x17, x25
    cset x30, cs
    umulh x24, x5, x22
    adds x11, x11, x26
    umulh x25, x6, x22
    adcs x12, x12, x23
    umulh x26, x7, x22
    adcs x13, x13, x24
    umulh x23, x8, x22
    adcs x14, x14, x25
    umulh x24, x9, x22
    adcs x15, x15, x26
    umulh x25, x10, x22
    adcs x16, x16, x23
    adcs x17, x17, x24
    adc x19, x30, x25
    mul x21, x11, x28
    mul x23, x4, x21
    mul x24, x5, x21
    mul x25, x6, x21
    cmp x11, #1
    adcs x12, x12, x23
    mul x26, x7, x21
    adcs x13, x13, x24
    mul x23, x8, x21
    adcs x14, x14, x25
    mul x24, x9, x21
    adcs x15, x15, x26
    mul x25, x10, x21
    adcs x16, x16, x23
    umulh x26, x3, x21
    adcs x17, x17, x24
    umulh x23, x4, x21
    adcs x19, x19, x25
    cset x30, cs
    umulh x24, x5, x21
    adds x12, x12, x26
    umulh x25, x6, x21
    adcs x13, x13, x23
    umulh x26, x7, x21
    adcs x14, x14, x24
    umulh x23, x8, x21
    adcs x15, x15, x25
    umulh x24, x9, x21
    adcs x16, x16, x26
    umulh x25, x10, x21
    adcs x17, x17, x23
    adcs x19, x19, x24
    adc x20, x30, x25
    mul x22, x12, x28
    stp x21, x22, [sp, #272]
    mul x23, x4, x22
    mul x24, x5, x22
    mul x25, x6, x22
    cmp x12, #1
    adcs x13, x13, x23
    mul x26, x7, x22
    adcs x14, x14, x24
    mul x23, x8, x22
    adcs x15, x15, x25
    mul x24, x9, x22
    adcs x16, x16, x26
    mul x25, x10, x22
    adcs x17, x17, x23
    umulh x26, x3, x22
    adcs x19, x19, x24
    umulh x23, x4, x22
    adcs x20, x20, x25
    cset x30, cs
    umulh x24, x5, x22
    adds x13, x13, x26
    umulh x25, x6, x22
    adcs x14, x14, x23
    umulh x26, x7, x22
    adcs x15, x15, x24
    umulh x23, x8, x22
    adcs x16, x16, x25
    umulh x24, x9, x22
    adcs x17, x17, x26
    umulh x25, x10, x22
    adcs x19, x19, x23
    adcs x20, x20, x24
    adc x11, x30, x25
    mul x21, x13, x28
    mul x23, x4, x21
    mul x24, x5, x21
    mul x25, x6, x21
    cmp x13, #1
    adcs x14, x14, x23
    mul x26, x7, x21
    adcs x15, x15, x24
    mul x23, x8, x21
    adcs x16, x16, x25
    mul x24, x9, x21
    adcs x17, x17, x26
    mul x25, x10, x21
    adcs x19, x19, x23
    umulh x26, x3, x21
    adcs x20, x20, x24
    umulh x23, x4, x21
    adcs x11, x11, x25
    cset x30, cs
    umulh x24, x5, x21
    adds x14, x14, x26
    umulh x25, x6, x21
    adcs x15, x15, x23
    umulh x26, x7, x21
    adcs x16, x16, x24
    umulh x23, x8, x21
    adcs x17, x17, x25
    umulh x24, x9, x21
    adcs x19, x19, x26
    umulh x25, x10, x21
    adcs x20, x20, x23
    adcs x11, x11, x24
    adc x12, x30, x25
    mul x22, x14, x28
    stp x21, x22, [sp, #288]
    mul x23, x4, x22
    mul x24, x5, x22
    mul x25, x6, x22
    cmp x14, #1
    adcs x15, x15, x23
    mul x26, x7, x22
    adcs x16, x16, x24
    mul x23, x8, x22
    adcs x17, x17, x25
    mul x24, x9, x22
    adcs x19, x19, x26
    mul x25, x10, x22
    adcs x20, x20, x23
    umulh x26, x3, x22
    adcs x11, x11, x24
    umulh x23, x4, x22
    adcs x12, x12, x25
    cset x30, cs
    umulh x24, x5, x22
    adds x15, x15, x26
    umulh x25, x6, x22
    adcs x16, x16, x23
    umulh x26, x7, x22
    adcs x17, x17, x24
    umulh x23, x8, x22
    adcs x19, x19, x25
    umulh x24, x9, x22
    adcs x20, x20, x26
    umulh x25, x10, x22
    adcs x11, x11, x23
    adcs x12, x12, x24
    adc x13, x30, x25
    mul x21, x15, x28
    mul x23, x4, x21
    mul x24, x5, x21
    mul x25, x6, x21
    cmp x15, #1
    adcs x16, x16, x23
    mul x26, x7, x21
    adcs x17, x17, x24
    mul x23, x8, x21
    adcs x19, x19, x25
    mul x24, x9, x21
    adcs x20, x20, x26
    mul x25, x10, x21
    adcs x11, x11, x23
    umulh x26, x3, x21
    adcs x12, x12, x24
    umulh x23, x4, x21
    adcs x13, x13, x25
    cset x30, cs
    umulh x24, x5, x21
    adds x16, x16, x26
    umulh x25, x6, x21
    adcs x17, x17, x23
    umulh x26, x7, x21
    adcs x19, x19, x24
    umulh x23, x8, x21
    adcs x20, x20, x25
    umulh x24, x9, x21
    adcs x11, x11, x26
    umulh x25, x10, x21
    adcs x12, x12, x23
    adcs x13, x13, x24
    adc x14, x30, x25
    mul x22, x16, x28
    stp x21, x22, [sp, #304]
    mul x23, x4, x22
    mul x24, x5, x22
    mul x25, x6, x22
    cmp x16, #1
    adcs x17, x17, x23
    mul x26, x7, x22
    adcs x19, x19, x24
    mul x23, x8, x22
    adcs x20, x20, x25
    mul x24, x9, x22
    adcs x11, x11, x26
    mul x25, x10, x22
    adcs x12, x12, x23
    umulh x26, x3, x22
    adcs x13, x13, x24
    umulh x23, x4, x22
    adcs x14, x14, x25
    cset x30, cs
    umulh x24, x5, x22
    adds x17, x17, x26
    umulh x25, x6, x22
    adcs x19, x19, x23
    umulh x26, x7, x22
    adcs x20, x20, x24
    umulh x23, x8, x22
    adcs x11, x11, x25
    umulh x24, x9, x22
    adcs x12, x12, x26
    umulh x25, x10, x22
    adcs x13, x13, x23
    adcs x14, x14, x24
    adc x15, x30, x25
    ldp x23, x24, [sp, #128]
    adds x17, x17, x23
    adcs x19, x19, x24
    ldp x25, x26, [sp, #144]
    adcs x20, x20, x25
    adcs x11, x11, x26
    ldp x23, x24, [sp, #160]
    adcs x12, x12, x23
    adcs x13, x13, x24
    ldp x25, x26, [sp, #176]
    adcs x14, x14, x25
    adcs x15, x15, x26
    adc x27, x27, xzr
    ldp x3, x4, [x29, #64]
    ldp x5, x6, [x29, #80]
    ldp x7, x8, [x29, #96]
    ldp x9, x10, [x29, #112]
    ldp x21, x22, [sp, #256]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x17, x17, x23
    mul x26, x6, x21
    adcs x19, x19, x24
    mul x23, x7, x21
    adcs x20, x20, x25
    mul x24, x8, x21
    adcs x11, x11, x26
    mul x25, x9, x21
    adcs x12, x12, x23
    mul x26, x10, x21
    adcs x13, x13, x24
    umulh x23, x3, x21
    adcs x14, x14, x25
    umulh x24, x4, x21
    adcs x15, x15, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x19, x19, x23
    umulh x26, x6, x21
    adcs x20, x20, x24
    umulh x23, x7, x21
    adcs x11, x11, x25
    umulh x24, x8, x21
    adcs x12, x12, x26
    umulh x25, x9, x21
    adcs x13, x13, x23
    umulh x26, x10, x21
    adcs x14, x14, x24
    adcs x15, x15, x25
    adc x16, x30, x26
    add x16, x16, x27
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x19, x19, x23
    stp x17, x19, [sp, #128]
    mul x26, x6, x22
    adcs x20, x20, x24
    mul x23, x7, x22
    adcs x11, x11, x25
    mul x24, x8, x22
    adcs x12, x12, x26
    mul x25, x9, x22
    adcs x13, x13, x23
    mul x26, x10, x22
    adcs x14, x14, x24
    umulh x23, x3, x22
    adcs x15, x15, x25
    umulh x24, x4, x22
    adcs x16, x16, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x20, x20, x23
    umulh x26, x6, x22
    adcs x11, x11, x24
    umulh x23, x7, x22
    adcs x12, x12, x25
    umulh x24, x8, x22
    adcs x13, x13, x26
    umulh x25, x9, x22
    adcs x14, x14, x23
    umulh x26, x10, x22
    adcs x15, x15, x24
    adcs x16, x16, x25
    adc x17, x30, x26
    ldp x21, x22, [sp, #272]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x20, x20, x23
    mul x26, x6, x21
    adcs x11, x11, x24
    mul x23, x7, x21
    adcs x12, x12, x25
    mul x24, x8, x21
    adcs x13, x13, x26
    mul x25, x9, x21
    adcs x14, x14, x23
    mul x26, x10, x21
    adcs x15, x15, x24
    umulh x23, x3, x21
    adcs x16, x16, x25
    umulh x24, x4, x21
    adcs x17, x17, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x11, x11, x23
    umulh x26, x6, x21
    adcs x12, x12, x24
    umulh x23, x7, x21
    adcs x13, x13, x25
    umulh x24, x8, x21
    adcs x14, x14, x26
    umulh x25, x9, x21
    adcs x15, x15, x23
    umulh x26, x10, x21
    adcs x16, x16, x24
    adcs x17, x17, x25
    adc x19, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x11, x11, x23
    stp x20, x11, [sp, #144]
    mul x26, x6, x22
    adcs x12, x12, x24
    mul x23, x7, x22
    adcs x13, x13, x25
    mul x24, x8, x22
    adcs x14, x14, x26
    mul x25, x9, x22
    adcs x15, x15, x23
    mul x26, x10, x22
    adcs x16, x16, x24
    umulh x23, x3, x22
    adcs x17, x17, x25
    umulh x24, x4, x22
    adcs x19, x19, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x12, x12, x23
    umulh x26, x6, x22
    adcs x13, x13, x24
    umulh x23, x7, x22
    adcs x14, x14, x25
    umulh x24, x8, x22
    adcs x15, x15, x26
    umulh x25, x9, x22
    adcs x16, x16, x23
    umulh x26, x10, x22
    adcs x17, x17, x24
    adcs x19, x19, x25
    adc x20, x30, x26
    ldp x21, x22, [sp, #288]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x12, x12, x23
    mul x26, x6, x21
    adcs x13, x13, x24
    mul x23, x7, x21
    adcs x14, x14, x25
    mul x24, x8, x21
    adcs x15, x15, x26
    mul x25, x9, x21
    adcs x16, x16, x23
    mul x26, x10, x21
    adcs x17, x17, x24
    umulh x23, x3, x21
    adcs x19, x19, x25
    umulh x24, x4, x21
    adcs x20, x20, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x13, x13, x23
    umulh x26, x6, x21
    adcs x14, x14, x24
    umulh x23, x7, x21
    adcs x15, x15, x25
    umulh x24, x8, x21
    adcs x16, x16, x26
    umulh x25, x9, x21
    adcs x17, x17, x23
    umulh x26, x10, x21
    adcs x19, x19, x24
    adcs x20, x20, x25
    adc x11, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x13, x13, x23
    stp x12, x13, [sp, #160]
    mul x26, x6, x22
    adcs x14, x14, x24
    mul x23, x7, x22
    adcs x15, x15, x25
    mul x24, x8, x22
    adcs x16, x16, x26
    mul x25, x9, x22
    adcs x17, x17, x23
    mul x26, x10, x22
    adcs x19, x19, x24
    umulh x23, x3, x22
    adcs x20, x20, x25
    umulh x24, x4, x22
    adcs x11, x11, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x14, x14, x23
    umulh x26, x6, x22
    adcs x15, x15, x24
    umulh x23, x7, x22
    adcs x16, x16, x25
    umulh x24, x8, x22
    adcs x17, x17, x26
    umulh x25, x9, x22
    adcs x19, x19, x23
    umulh x26, x10, x22
    adcs x20, x20, x24
    adcs x11, x11, x25
    adc x12, x30, x26
    ldp x21, x22, [sp, #304]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x14, x14, x23
    mul x26, x6, x21
    adcs x15, x15, x24
    mul x23, x7, x21
    adcs x16, x16, x25
    mul x24, x8, x21
    adcs x17, x17, x26
    mul x25, x9, x21
    adcs x19, x19, x23
    mul x26, x10, x21
    adcs x20, x20, x24
    umulh x23, x3, x21
    adcs x11, x11, x25
    umulh x24, x4, x21
    adcs x12, x12, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x15, x15, x23
    umulh x26, x6, x21
    adcs x16, x16, x24
    umulh x23, x7, x21
    adcs x17, x17, x25
    umulh x24, x8, x21
    adcs x19, x19, x26
    umulh x25, x9, x21
    adcs x20, x20, x23
    umulh x26, x10, x21
    adcs x11, x11, x24
    adcs x12, x12, x25
    adc x13, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x15, x15, x23
    stp x14, x15, [sp, #176]
    mul x26, x6, x22
    adcs x16, x16, x24
    mul x23, x7, x22
    adcs x17, x17, x25
    mul x24, x8, x22
    adcs x19, x19, x26
    mul x25, x9, x22
    adcs x20, x20, x23
    mul x26, x10, x22
    adcs x11, x11, x24
    umulh x23, x3, x22
    adcs x12, x12, x25
    umulh x24, x4, x22
    adcs x13, x13, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x16, x16, x23
    umulh x26, x6, x22
    adcs x17, x17, x24
    umulh x23, x7, x22
    adcs x19, x19, x25
    umulh x24, x8, x22
    adcs x20, x20, x26
    umulh x25, x9, x22
    adcs x11, x11, x23
    umulh x26, x10, x22
    adcs x12, x12, x24
    adcs x13, x13, x25
    adc x14, x30, x26
    ldp x23, x24, [sp, #192]
    adds x16, x16, x23
    adcs x17, x17, x24
    ldp x25, x26, [sp, #208]
    adcs x19, x19, x25
    adcs x20, x20, x26
    ldp x23, x24, [sp, #224]
    adcs x11, x11, x23
    adcs x12, x12, x24
    ldp x25, x26, [sp, #240]
    adcs x13, x13, x25
    adcs x14, x14, x26
    cset x27, cs
    ldp x23, x24, [sp, #128]
    ldp x25, x26, [x29, #0]
    subs x23, x23, x25
    sbcs x24, x24, x26
    stp x23, x24, [sp, #0]
    ldp x23, x24, [sp, #144]
    ldp x25, x26, [x29, #16]
    sbcs x23, x23, x25
    sbcs x24, x24, x26
    stp x23, x24, [sp, #16]
    ldp x23, x24, [sp, #160]
    ldp x25, x26, [x29, #32]
    sbcs x23, x23, x25
    sbcs x24, x24, x26
    stp x23, x24, [sp, #32]
    ldp x23, x24, [sp, #176]
    ldp x25, x26, [x29, #48]
    sbcs x23, x23, x25
    sbcs x24, x24, x26
    stp x23, x24, [sp, #48]
    sbcs x3, x16, x3
    sbcs x4, x17, x4
    sbcs x5, x19, x5
    sbcs x6, x20, x6
    sbcs x7, x11, x7
    sbcs x8, x12, x8
    sbcs x9, x13, x9
    sbcs x10, x14, x10
    sbcs xzr, x27, xzr
    ldp x23, x24, [sp, #128]
    ldp x25, x26, [sp, #0]
    csel x23, x23, x25, cc
    csel x24, x24, x26, cc
    stp x23, x24, [x0, #0]
    ldp x23, x24, [sp, #144]
    ldp x25, x26, [sp, #16]
    csel x23, x23, x25, cc
    csel x24, x24, x26, cc
    stp x23, x24, [x0, #16]
    ldp x23, x24, [sp, #160]
    ldp x25, x26, [sp, #32]
    csel x23, x23, x25, cc
    csel x24, x24, x26, cc
    stp x23, x24, [x0, #32]
    ldp x23, x24, [sp, #176]
    ldp x25, x26, [sp, #48]
    csel x23, x23, x25, cc
    csel x24, x24, x26, cc
    stp x23, x24, [x0, #48]
    csel x16, x16, x3, cc
    csel x17, x17, x4, cc
    csel x19, x19, x5, cc
    csel x20, x20, x6, cc
    csel x11, x11, x7, cc
    csel x12, x12, x8, cc
    csel x13, x13, x9, cc
    csel x14, x14, x10, cc
    stp x16, x17, [x0, #64]
    stp x19, x20, [x0, #80]
    stp x11, x12, [x0, #96]
    stp x13, x14, [x0, #112]
    ldp x19, x20, [sp, #320]
    ldp x21, x22, [sp, #336]
    ldp x23, x24, [sp, #352]
    ldp x25, x26, [sp, #368]
    ldp x27, x28, [sp, #384]
    ldp x29, x30, [sp, #400]
    .cfi_restore x19
    .cfi_restore x20
    .cfi_restore x21
    .cfi_restore x22
    .cfi_restore x23
    .cfi_restore x24
    .cfi_restore x25
    .cfi_restore x26
    .cfi_restore x27
    .cfi_restore x28
    .cfi_restore x29
    .cfi_restore x30
    add sp, sp, #416
    .cfi_def_cfa_offset 0
    ret
    .cfi_endproc
    .size fp_aarch64_mul, .-fp_aarch64_mul

    .globl fp_aarch64_sqr
    .hidden fp_aarch64_sqr
    .type fp_aarch64_sqr, %function
    .p2align 4
fp_aarch64_sqr:
    .cfi_startproc
    sub sp, sp, #416
    .cfi_def_cfa_offset 416
    stp x19, x20, [sp, #320]
    stp x21, x22, [sp, #336]
    stp x23, x24, [sp, #352]
    stp x25, x26, [sp, #368]
    stp x27, x28, [sp, #384]
    stp x29, x30, [sp, #400]
    .cfi_offset x19, -96
    .cfi_offset x20, -88
    .cfi_offset x21, -80
    .cfi_offset x22, -72
    .cfi_offset x23, -64
    .cfi_offset x24, -56
    .cfi_offset x25, -48
    .cfi_offset x26, -40
    .cfi_offset x27, -32
    .cfi_offset x28, -24
    .cfi_offset x29, -16
    .cfi_offset x30, -8
    ldp x3, x4, [x1, #0]
    ldp x5, x6, [x1, #16]
    ldp x7, x8, [x1, #32]
    ldp x9, x10, [x1, #48]
    mul x11, x4, x3
    mul x12, x5, x3
    umulh x24, x4, x3
    adds x12, x12, x24
    mul x13, x6, x3
    umulh x25, x5, x3
    adcs x13, x13, x25
    mul x14, x7, x3
    umulh x26, x6, x3
    adcs x14, x14, x26
    mul x15, x8, x3
    umulh x23, x7, x3
    adcs x15, x15, x23
    mul x16, x9, x3
    umulh x24, x8, x3
    adcs x16, x16, x24
    mul x17, x10, x3
    umulh x25, x9, x3
    adcs x17, x17, x25
    umulh x23, x10, x3
    adc x19, x23, xzr
    stp x11, x12, [sp, #8]
    mul x23, x5, x4
    mul x24, x6, x4
    mul x25, x7, x4
    adds x13, x13, x23
    mul x26, x8, x4
    adcs x14, x14, x24
    mul x23, x9, x4
    adcs x15, x15, x25
    mul x24, x10, x4
    adcs x16, x16, x26
    umulh x25, x5, x4
    adcs x17, x17, x23
    umulh x26, x6, x4
    adcs x19, x19, x24
    cset x30, cs
    umulh x23, x7, x4
    adds x14, x14, x25
    umulh x24, x8, x4
    adcs x15, x15, x26
    umulh x25, x9, x4
    adcs x16, x16, x23
    umulh x26, x10, x4
    adcs x17, x17, x24
    adcs x19, x19, x25
    adc x20, x30, x26
    stp x13, x14, [sp, #24]
    mul x23, x6, x5
    mul x24, x7, x5
    mul x25, x8, x5
    adds x15, x15, x23
    mul x26, x9, x5
    adcs x16, x16, x24
    mul x23, x10, x5
    adcs x17, x17, x25
    umulh x24, x6, x5
    adcs x19, x19, x26
    umulh x25, x7, x5
    adcs x20, x20, x23
    cset x30, cs
    umulh x26, x8, x5
    adds x16, x16, x24
    umulh x23, x9, x5
    adcs x17, x17, x25
    umulh x24, x10, x5
    adcs x19, x19, x26
    adcs x20, x20, x23
    adc x11, x30, x24
    stp x15, x16, [sp, #40]
    mul x23, x7, x6
    mul x24, x8, x6
    mul x25, x9, x6
    adds x17, x17, x23
    mul x26, x10, x6
    adcs x19, x19, x24
    umulh x23, x7, x6
    adcs x20, x20, x25
    umulh x24, x8, x6
    adcs x11, x11, x26
    cset x30, cs
    umulh x25, x9, x6
    adds x19, x19, x23
    umulh x26, x10, x6
    adcs x20, x20, x24
    adcs x11, x11, x25
    adc x12, x30, x26
    stp x17, x19, [sp, #56]
    mul x23, x8, x7
    mul x24, x9, x7
    mul x25, x10, x7
    adds x20, x20, x23
    umulh x26, x8, x7
    adcs x11, x11, x24
    umulh x23, x9, x7
    adcs x12, x12, x25
    cset x30, cs
    umulh x24, x10, x7
    adds x11, x11, x26
    adcs x12, x12, x23
    adc x13, x30, x24
    stp x20, x11, [sp, #72]
    mul x23, x9, x8
    mul x24, x10, x8
    umulh x25, x9, x8
    adds x12, x12, x23
    umulh x26, x10, x8
    adcs x13, x13, x24
    cset x30, cs
    adds x13, x13, x25
    adc x14, x30, x26
    stp x12, x13, [sp, #88]
    mul x23, x10, x9
    umulh x24, x10, x9
    adds x14, x14, x23
    cset x30, cs
    add x15, x30, x24
    stp x14, x15, [sp, #104]
    ldr x17, [sp, #112]
    mov x19, xzr
    ldp x11, x12, [sp, #64]
    ldp x13, x14, [sp, #80]
    ldp x15, x16, [sp, #96]
    ldp x3, x4, [x1, #64]
    ldp x5, x6, [x1, #80]
    ldp x7, x8, [x1, #96]
    ldp x9, x10, [x1, #112]
    ldp x21, x22, [x1, #0]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x11, x11, x23
    mul x26, x6, x21
    adcs x12, x12, x24
    mul x23, x7, x21
    adcs x13, x13, x25
    mul x24, x8, x21
    adcs x14, x14, x26
    mul x25, x9, x21
    adcs x15, x15, x23
    mul x26, x10, x21
    adcs x16, x16, x24
    umulh x23, x3, x21
    adcs x17, x17, x25
    umulh x24, x4, x21
    adcs x19, x19, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x12, x12, x23
    umulh x26, x6, x21
    adcs x13, x13, x24
    umulh x23, x7, x21
    adcs x14, x14, x25
    umulh x24, x8, x21
    adcs x15, x15, x26
    umulh x25, x9, x21
    adcs x16, x16, x23
    umulh x26, x10, x21
    adcs x17, x17, x24
    adcs x19, x19, x25
    adc x20, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x12, x12, x23
    stp x11, x12, [sp, #64]
    mul x26, x6, x22
    adcs x13, x13, x24
    mul x23, x7, x22
    adcs x14, x14, x25
    mul x24, x8, x22
    adcs x15, x15, x26
    mul x25, x9, x22
    adcs x16, x16, x23
    mul x26, x10, x22
    adcs x17, x17, x24
    umulh x23, x3, x22
    adcs x19, x19, x25
    umulh x24, x4, x22
    adcs x20, x20, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x13, x13, x23
    umulh x26, x6, x22
    adcs x14, x14, x24
    umulh x23, x7, x22
    adcs x15, x15, x25
    umulh x24, x8, x22
    adcs x16, x16, x26
    umulh x25, x9, x22
    adcs x17, x17, x23
    umulh x26, x10, x22
    adcs x19, x19, x24
    adcs x20, x20, x25
    adc x11, x30, x26
    ldp x21, x22, [x1, #16]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x13, x13, x23
    mul x26, x6, x21
    adcs x14, x14, x24
    mul x23, x7, x21
    adcs x15, x15, x25
    mul x24, x8, x21
    adcs x16, x16, x26
    mul x25, x9, x21
    adcs x17, x17, x23
    mul x26, x10, x21
    adcs x19, x19, x24
    umulh x23, x3, x21
    adcs x20, x20, x25
    umulh x24, x4, x21
    adcs x11, x11, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x14, x14, x23
    umulh x26, x6, x21
    adcs x15, x15, x24
    umulh x23, x7, x21
    adcs x16, x16, x25
    umulh x24, x8, x21
    adcs x17, x17, x26
    umulh x25, x9, x21
    adcs x19, x19, x23
    umulh x26, x10, x21
    adcs x20, x20, x24
    adcs x11, x11, x25
    adc x12, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x14, x14, x23
    stp x13, x14, [sp, #80]
    mul x26, x6, x22
    adcs x15, x15, x24
    mul x23, x7, x22
    adcs x16, x16, x25
    mul x24, x8, x22
    adcs x17, x17, x26
    mul x25, x9, x22
    adcs x19, x19, x23
    mul x26, x10, x22
    adcs x20, x20, x24
    umulh x23, x3, x22
    adcs x11, x11, x25
    umulh x24, x4, x22
    adcs x12, x12, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x15, x15, x23
    umulh x26, x6, x22
    adcs x16, x16, x24
    umulh x23, x7, x22
    adcs x17, x17, x25
    umulh x24, x8, x22
    adcs x19, x19, x26
    umulh x25, x9, x22
    adcs x20, x20, x23
    umulh x26, x10, x22
    adcs x11, x11, x24
    adcs x12, x12, x25
    adc x13, x30, x26
    ldp x21, x22, [x1, #32]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x15, x15, x23
    mul x26, x6, x21
    adcs x16, x16, x24
    mul x23, x7, x21
    adcs x17, x17, x25
    mul x24, x8, x21
    adcs x19, x19, x26
    mul x25, x9, x21
    adcs x20, x20, x23
    mul x26, x10, x21
    adcs x11, x11, x24
    umulh x23, x3, x21
    adcs x12, x12, x25
    umulh x24, x4, x21
    adcs x13, x13, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x16, x16, x23
    umulh x26, x6, x21
    adcs x17, x17, x24
    umulh x23, x7, x21
    adcs x19, x19, x25
    umulh x24, x8, x21
    adcs x20, x20, x26
    umulh x25, x9, x21
    adcs x11, x11, x23
    umulh x26, x10, x21
    adcs x12, x12, x24
    adcs x13, x13, x25
    adc x14, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x16, x16, x23
    stp x15, x16, [sp, #96]
    mul x26, x6, x22
    adcs x17, x17, x24
    mul x23, x7, x22
    adcs x19, x19, x25
    mul x24, x8, x22
    adcs x20, x20, x26
    mul x25, x9, x22
    adcs x11, x11, x23
    mul x26, x10, x22
    adcs x12, x12, x24
    umulh x23, x3, x22
    adcs x13, x13, x25
    umulh x24, x4, x22
    adcs x14, x14, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x17, x17, x23
    umulh x26, x6, x22
    adcs x19, x19, x24
    umulh x23, x7, x22
    adcs x20, x20, x25
    umulh x24, x8, x22
    adcs x11, x11, x26
    umulh x25, x9, x22
    adcs x12, x12, x23
    umulh x26, x10, x22
    adcs x13, x13, x24
    adcs x14, x14, x25
    adc x15, x30, x26
    ldp x21, x22, [x1, #48]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x17, x17, x23
    mul x26, x6, x21
    adcs x19, x19, x24
    mul x23, x7, x21
    adcs x20, x20, x25
    mul x24, x8, x21
    adcs x11, x11, x26
    mul x25, x9, x21
    adcs x12, x12, x23
    mul x26, x10, x21
    adcs x13, x13, x24
    umulh x23, x3, x21
    adcs x14, x14, x25
    umulh x24, x4, x21
    adcs x15, x15, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x19, x19, x23
    umulh x26, x6, x21
    adcs x20, x20, x24
    umulh x23, x7, x21
    adcs x11, x11, x25
    umulh x24, x8, x21
    adcs x12, x12, x26
    umulh x25, x9, x21
    adcs x13, x13, x23
    umulh x26, x10, x21
    adcs x14, x14, x24
    adcs x15, x15, x25
    adc x16, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x19, x19, x23
    stp x17, x19, [sp, #112]
    mul x26, x6, x22
    adcs x20, x20, x24
    mul x23, x7, x22
    adcs x11, x11, x25
    mul x24, x8, x22
    adcs x12, x12, x26
    mul x25, x9, x22
    adcs x13, x13, x23
    mul x26, x10, x22
    adcs x14, x14, x24
    umulh x23, x3, x22
    adcs x15, x15, x25
    umulh x24, x4, x22
    adcs x16, x16, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x20, x20, x23
    umulh x26, x6, x22
    adcs x11, x11, x24
    umulh x23, x7, x22
    adcs x12, x12, x25
    umulh x24, x8, x22
    adcs x13, x13, x26
    umulh x25, x9, x22
    adcs x14, x14, x23
    umulh x26, x10, x22
    adcs x15, x15, x24
    adcs x16, x16, x25
    adc x17, x30, x26
    str x20, [sp, #128]
    mul x23, x4, x3
    mul x24, x5, x3
    mul x25, x6, x3
    adds x11, x11, x23
    mul x26, x7, x3
    adcs x12, x12, x24
    mul x23, x8, x3
    adcs x13, x13, x25
    mul x24, x9, x3
    adcs x14, x14, x26
    mul x25, x10, x3
    adcs x15, x15, x23
    umulh x26, x4, x3
    adcs x16, x16, x24
    umulh x23, x5, x3
    adcs x17, x17, x25
    cset x30, cs
    umulh x24, x6, x3
    adds x12, x12, x26
    umulh x25, x7, x3
    adcs x13, x13, x23
    umulh x26, x8, x3
    adcs x14, x14, x24
    umulh x23, x9, x3
    adcs x15, x15, x25
    umulh x24, x10, x3
    adcs x16, x16, x26
    adcs x17, x17, x23
    adc x19, x30, x24
    stp x11, x12, [sp, #136]
    mul x23, x5, x4
    mul x24, x6, x4
    mul x25, x7, x4
    adds x13, x13, x23
    mul x26, x8, x4
    adcs x14, x14, x24
    mul x23, x9, x4
    adcs x15, x15, x25
    mul x24, x10, x4
    adcs x16, x16, x26
    umulh x25, x5, x4
    adcs x17, x17, x23
    umulh x26, x6, x4
    adcs x19, x19, x24
    cset x30, cs
    umulh x23, x7, x4
    adds x14, x14, x25
    umulh x24, x8, x4
    adcs x15, x15, x26
    umulh x25, x9, x4
    adcs x16, x16, x23
    umulh x26, x10, x4
    adcs x17, x17, x24
    adcs x19, x19, x25
    adc x11, x30, x26
    stp x13, x14, [sp, #152]
    mul x23, x6, x5
    mul x24, x7, x5
    mul x25, x8, x5
    adds x15, x15, x23
    mul x26, x9, x5
    adcs x16, x16, x24
    mul x23, x10, x5
    adcs x17, x17, x25
    umulh x24, x6, x5
    adcs x19, x19, x26
    umulh x25, x7, x5
    adcs x11, x11, x23
    cset x30, cs
    umulh x26, x8, x5
    adds x16, x16, x24
    umulh x23, x9, x5
    adcs x17, x17, x25
    umulh x24, x10, x5
    adcs x19, x19, x26
    adcs x11, x11, x23
    adc x12, x30, x24
    stp x15, x16, [sp, #168]
    mul x23, x7, x6
    mul x24, x8, x6
    mul x25, x9, x6
    adds x17, x17, x23
    mul x26, x10, x6
    adcs x19, x19, x24
    umulh x23, x7, x6
    adcs x11, x11, x25
    umulh x24, x8, x6
    adcs x12, x12, x26
    cset x30, cs
    umulh x25, x9, x6
    adds x19, x19, x23
    umulh x26, x10, x6
    adcs x11, x11, x24
    adcs x12, x12, x25
    adc x13, x30, x26
    stp x17, x19, [sp, #184]
    mul x23, x8, x7
    mul x24, x9, x7
    mul x25, x10, x7
    adds x11, x11, x23
    umulh x26, x8, x7
    adcs x12, x12, x24
    umulh x23, x9, x7
    adcs x13, x13, x25
    cset x30, cs
    umulh x24, x10, x7
    adds x12, x12, x26
    adcs x13, x13, x23
    adc x14, x30, x24
    stp x11, x12, [sp, #200]
    mul x23, x9, x8
    mul x24, x10, x8
    umulh x25, x9, x8
    adds x13, x13, x23
    umulh x26, x10, x8
    adcs x14, x14, x24
    cset x30, cs
    adds x14, x14, x25
    adc x15, x30, x26
    stp x13, x14, [sp, #216]
    mul x23, x10, x9
    umulh x24, x10, x9
    adds x15, x15, x23
    cset x30, cs
    add x16, x30, x24
    stp x15, x16, [sp, #232]
    mov x5, xzr
    mov x3, xzr
    ldp x21, x22, [x1, #0]
    ldr x4, [sp, #8]
    mul x7, x21, x21
    umulh x8, x21, x21
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adds x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [sp, #0]
    ldp x3, x4, [sp, #16]
    mul x7, x22, x22
    umulh x8, x22, x22
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [sp, #16]
    ldp x21, x22, [x1, #16]
    ldp x3, x4, [sp, #32]
    mul x7, x21, x21
    umulh x8, x21, x21
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [sp, #32]
    ldp x3, x4, [sp, #48]
    mul x7, x22, x22
    umulh x8, x22, x22
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [sp, #48]
    ldp x21, x22, [x1, #32]
    ldp x3, x4, [sp, #64]
    mul x7, x21, x21
    umulh x8, x21, x21
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [sp, #64]
    ldp x3, x4, [sp, #80]
    mul x7, x22, x22
    umulh x8, x22, x22
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [sp, #80]
    ldp x21, x22, [x1, #48]
    ldp x3, x4, [sp, #96]
    mul x7, x21, x21
    umulh x8, x21, x21
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [sp, #96]
    ldp x3, x4, [sp, #112]
    mul x7, x22, x22
    umulh x8, x22, x22
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [sp, #112]
    ldp x21, x22, [x1, #64]
    ldp x3, x4, [sp, #128]
    mul x7, x21, x21
    umulh x8, x21, x21
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [sp, #128]
    ldp x3, x4, [sp, #144]
    mul x7, x22, x22
    umulh x8, x22, x22
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [sp, #144]
    ldp x21, x22, [x1, #80]
    ldp x3, x4, [sp, #160]
    mul x7, x21, x21
    umulh x8, x21, x21
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [sp, #160]
    ldp x3, x4, [sp, #176]
    mul x7, x22, x22
    umulh x8, x22, x22
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [sp, #176]
    ldp x21, x22, [x1, #96]
    ldp x3, x4, [sp, #192]
    mul x7, x21, x21
    umulh x8, x21, x21
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [sp, #192]
    ldp x3, x4, [sp, #208]
    mul x7, x22, x22
    umulh x8, x22, x22
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [sp, #208]
    ldp x21, x22, [x1, #112]
    ldp x3, x4, [sp, #224]
    mul x7, x21, x21
    umulh x8, x21, x21
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [sp, #224]
    ldr x3, [sp, #240]
    mov x4, xzr
    mul x7, x22, x22
    umulh x8, x22, x22
    extr x6, x3, x5, #63
    extr x3, x4, x3, #63
    mov x5, x4
    adcs x7, x7, x6
    adcs x8, x8, x3
    stp x7, x8, [sp, #240]
    adrp x29, .Lmodulus
    add x29, x29, :lo12:.Lmodulus
    ldr x28, [x29, #128]
    ldp x11, x12, [sp, #0]
    ldp x13, x14, [sp, #16]
    ldp x15, x16, [sp, #32]
    ldp x17, x19, [sp, #48]
    ldp x3, x4, [x29, #0]
    ldp x5, x6, [x29, #16]
    ldp x7, x8, [x29, #32]
    ldp x9, x10, [x29, #48]
    mul x21, x11, x28
    mul x23, x4, x21
    mul x24, x5, x21
    mul x25, x6, x21
    cmp x11, #1
    adcs x12, x12, x23
    mul x26, x7, x21
    adcs x13, x13, x24
    mul x23, x8, x21
    adcs x14, x14, x25
    mul x24, x9, x21
    adcs x15, x15, x26
    mul x25, x10, x21
    adcs x16, x16, x23
    umulh x26, x3, x21
    adcs x17, x17, x24
    umulh x23, x4, x21
    adcs x19, x19, x25
    cset x30, cs
    umulh x24, x5, x21
    adds x12, x12, x26
    umulh x25, x6, x21
    adcs x13, x13, x23
    umulh x26, x7, x21
    adcs x14, x14, x24
    umulh x23, x8, x21
    adcs x15, x15, x25
    umulh x24, x9, x21
    adcs x16, x16, x26
    umulh x25, x10, x21
    adcs x17, x17, x23
    adcs x19, x19, x24
    adc x20, x30, x25
    mul x22, x12, x28
    stp x21, x22, [sp, #256]
    mul x23, x4, x22
    mul x24, x5, x22
    mul x25, x6, x22
    cmp x12, #1
    adcs x13, x13, x23
    mul x26, x7, x22
    adcs x14, x14, x24
    mul x23, x8, x22
    adcs x15, x15, x25
    mul x24, x9, x22
    adcs x16, x16, x26
    mul x25, x10, x22
    adcs x17, x17, x23
    umulh x26, x3, x22
    adcs x19, x19, x24
    umulh x23, x4, x22
    adcs x20, x20, x25
    cset x30, cs
    umulh x24, x5, x22
    adds x13, x13, x26
    umulh x25, x6, x22
    adcs x14, x14, x23
    umulh x26, x7, x22
    adcs x15, x15, x24
    umulh x23, x8, x22
    adcs x16, x16, x25
    umulh x24, x9, x22
    adcs x17, x17, x26
    umulh x25, x10, x22
    adcs x19, x19, x23
    adcs x20, x20, x24
    adc x11, x30, x25
    mul x21, x13, x28
    mul x23, x4, x21
    mul x24, x5, x21
    mul x25, x6, x21
    cmp x13, #1
    adcs x14, x14, x23
    mul x26, x7, x21
    adcs x15, x15, x24
    mul x23, x8, x21
    adcs x16, x16, x25
    mul x24, x9, x21
    adcs x17, x17, x26
    mul x25, x10, x21
    adcs x19, x19, x23
    umulh x26, x3, x21
    adcs x20, x20, x24
    umulh x23, x4, x21
    adcs x11, x11, x25
    cset x30, cs
    umulh x24, x5, x21
    adds x14, x14, x26
    umulh x25, x6, x21
    adcs x15, x15, x23
    umulh x26, x7, x21
    adcs x16, x16, x24
    umulh x23, x8, x21
    adcs x17, x17, x25
    umulh x24, x9, x21
    adcs x19, x19, x26
    umulh x25, x10, x21
    adcs x20, x20, x23
    adcs x11, x11, x24
    adc x12, x30, x25
    mul x22, x14, x28
    stp x21, x22, [sp, #272]
    mul x23, x4, x22
    mul x24, x5, x22
    mul x25, x6, x22
    cmp x14, #1
    adcs x15, x15, x23
    mul x26, x7, x22
    adcs x16, x16, x24
    mul x23, x8, x22
    adcs x17, x17, x25
    mul x24, x9, x22
    adcs x19, x19, x26
    mul x25, x10, x22
    adcs x20, x20, x23
    umulh x26, x3, x22
    adcs x11, x11, x24
    umulh x23, x4, x22
    adcs x12, x12, x25
    cset x30, cs
    umulh x24, x5, x22
    adds x15, x15, x26
    umulh x25, x6, x22
    adcs x16, x16, x23
    umulh x26, x7, x22
    adcs x17, x17, x24
    umulh x23, x8, x22
    adcs x19, x19, x25
    umulh x24, x9, x22
    adcs x20, x20, x26
    umulh x25, x10, x22
    adcs x11, x11, x23
    adcs x12, x12, x24
    adc x13, x30, x25
    mul x21, x15, x28
    mul x23, x4, x21
    mul x24, x5, x21
    mul x25, x6, x21
    cmp x15, #1
    adcs x16, x16, x23
    mul x26, x7, x21
    adcs x17, x17, x24
    mul x23, x8, x21
    adcs x19, x19, x25
    mul x24, x9, x21
    adcs x20, x20, x26
    mul x25, x10, x21
    adcs x11, x11, x23
    umulh x26, x3, x21
    adcs x12, x12, x24
    umulh x23, x4, x21
    adcs x13, x13, x25
    cset x30, cs
    umulh x24, x5, x21
    adds x16, x16, x26
    umulh x25, x6, x21
    adcs x17, x17, x23
    umulh x26, x7, x21
    adcs x19, x19, x24
    umulh x23, x8, x21
    adcs x20, x20, x25
    umulh x24, x9, x21
    adcs x11, x11, x26
    umulh x25, x10, x21
    adcs x12, x12, x23
    adcs x13, x13, x24
    adc x14, x30, x25
    mul x22, x16, x28
    stp x21, x22, [sp, #288]
    mul x23, x4, x22
    mul x24, x5, x22
    mul x25, x6, x22
    cmp x16, #1
    adcs x17, x17, x23
    mul x26, x7, x22
    adcs x19, x19, x24
    mul x23, x8, x22
    adcs x20, x20, x25
    mul x24, x9, x22
    adcs x11, x11, x26
    mul x25, x10, x22
    adcs x12, x12, x23
    umulh x26, x3, x22
    adcs x13, x13, x24
    umulh x23, x4, x22
    adcs x14, x14, x25
    cset x30, cs
    umulh x24, x5, x22
    adds x17, x17, x26
    umulh x25, x6, x22
    adcs x19, x19, x23
    umulh x26, x7, x22
    adcs x20, x20, x24
    umulh x23, x8, x22
    adcs x11, x11, x25
    umulh x24, x9, x22
    adcs x12, x12, x26
    umulh x25, x10, x22
    adcs x13, x13, x23
    adcs x14, x14, x24
    adc x15, x30, x25
    mul x21, x17, x28
    mul x23, x4, x21
    mul x24, x5, x21
    mul x25, x6, x21
    cmp x17, #1
    adcs x19, x19, x23
    mul x26, x7, x21
    adcs x20, x20, x24
    mul x23, x8, x21
    adcs x11, x11, x25
    mul x24, x9, x21
    adcs x12, x12, x26
    mul x25, x10, x21
    adcs x13, x13, x23
    umulh x26, x3, x21
    adcs x14, x14, x24
    umulh x23, x4, x21
    adcs x15, x15, x25
    cset x30, cs
    umulh x24, x5, x21
    adds x19, x19, x26
    umulh x25, x6, x21
    adcs x20, x20, x23
    umulh x26, x7, x21
    adcs x11, x11, x24
    umulh x23, x8, x21
    adcs x12, x12, x25
    umulh x24, x9, x21
    adcs x13, x13, x26
    umulh x25, x10, x21
    adcs x14, x14, x23
    adcs x15, x15, x24
    adc x16, x30, x25
    mul x22, x19, x28
    stp x21, x22, [sp, #304]
    mul x23, x4, x22
    mul x24, x5, x22
    mul x25, x6, x22
    cmp x19, #1
    adcs x20, x20, x23
    mul x26, x7, x22
    adcs x11, x11, x24
    mul x23, x8, x22
    adcs x12, x12, x25
    mul x24, x9, x22
    adcs x13, x13, x26
    mul x25, x10, x22
    adcs x14, x14, x23
    umulh x26, x3, x22
    adcs x15, x15, x24
    umulh x23, x4, x22
    adcs x16, x16, x25
    cset x30, cs
    umulh x24, x5, x22
    adds x20, x20, x26
    umulh x25, x6, x22
    adcs x11, x11, x23
    umulh x26, x7, x22
    adcs x12, x12, x24
    umulh x23, x8, x22
    adcs x13, x13, x25
    umulh x24, x9, x22
    adcs x14, x14, x26
    umulh x25, x10, x22
    adcs x15, x15, x23
    adcs x16, x16, x24
    adc x17, x30, x25
    ldp x23, x24, [sp, #64]
    adds x20, x20, x23
    adcs x11, x11, x24
    ldp x25, x26, [sp, #80]
    adcs x12, x12, x25
    adcs x13, x13, x26
    ldp x23, x24, [sp, #96]
    adcs x14, x14, x23
    adcs x15, x15, x24
    ldp x25, x26, [sp, #112]
    adcs x16, x16, x25
    adcs x17, x17, x26
    cset x27, cs
    ldp x3, x4, [x29, #64]
    ldp x5, x6, [x29, #80]
    ldp x7, x8, [x29, #96]
    ldp x9, x10, [x29, #112]
    ldp x21, x22, [sp, #256]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x20, x20, x23
    mul x26, x6, x21
    adcs x11, x11, x24
    mul x23, x7, x21
    adcs x12, x12, x25
    mul x24, x8, x21
    adcs x13, x13, x26
    mul x25, x9, x21
    adcs x14, x14, x23
    mul x26, x10, x21
    adcs x15, x15, x24
    umulh x23, x3, x21
    adcs x16, x16, x25
    umulh x24, x4, x21
    adcs x17, x17, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x11, x11, x23
    umulh x26, x6, x21
    adcs x12, x12, x24
    umulh x23, x7, x21
    adcs x13, x13, x25
    umulh x24, x8, x21
    adcs x14, x14, x26
    umulh x25, x9, x21
    adcs x15, x15, x23
    umulh x26, x10, x21
    adcs x16, x16, x24
    adcs x17, x17, x25
    adc x19, x30, x26
    add x19, x19, x27
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x11, x11, x23
    stp x20, x11, [sp, #64]
    mul x26, x6, x22
    adcs x12, x12, x24
    mul x23, x7, x22
    adcs x13, x13, x25
    mul x24, x8, x22
    adcs x14, x14, x26
    mul x25, x9, x22
    adcs x15, x15, x23
    mul x26, x10, x22
    adcs x16, x16, x24
    umulh x23, x3, x22
    adcs x17, x17, x25
    umulh x24, x4, x22
    adcs x19, x19, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x12, x12, x23
    umulh x26, x6, x22
    adcs x13, x13, x24
    umulh x23, x7, x22
    adcs x14, x14, x25
    umulh x24, x8, x22
    adcs x15, x15, x26
    umulh x25, x9, x22
    adcs x16, x16, x23
    umulh x26, x10, x22
    adcs x17, x17, x24
    adcs x19, x19, x25
    adc x20, x30, x26
    ldp x21, x22, [sp, #272]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x12, x12, x23
    mul x26, x6, x21
    adcs x13, x13, x24
    mul x23, x7, x21
    adcs x14, x14, x25
    mul x24, x8, x21
    adcs x15, x15, x26
    mul x25, x9, x21
    adcs x16, x16, x23
    mul x26, x10, x21
    adcs x17, x17, x24
    umulh x23, x3, x21
    adcs x19, x19, x25
    umulh x24, x4, x21
    adcs x20, x20, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x13, x13, x23
    umulh x26, x6, x21
    adcs x14, x14, x24
    umulh x23, x7, x21
    adcs x15, x15, x25
    umulh x24, x8, x21
    adcs x16, x16, x26
    umulh x25, x9, x21
    adcs x17, x17, x23
    umulh x26, x10, x21
    adcs x19, x19, x24
    adcs x20, x20, x25
    adc x11, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x13, x13, x23
    stp x12, x13, [sp, #80]
    mul x26, x6, x22
    adcs x14, x14, x24
    mul x23, x7, x22
    adcs x15, x15, x25
    mul x24, x8, x22
    adcs x16, x16, x26
    mul x25, x9, x22
    adcs x17, x17, x23
    mul x26, x10, x22
    adcs x19, x19, x24
    umulh x23, x3, x22
    adcs x20, x20, x25
    umulh x24, x4, x22
    adcs x11, x11, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x14, x14, x23
    umulh x26, x6, x22
    adcs x15, x15, x24
    umulh x23, x7, x22
    adcs x16, x16, x25
    umulh x24, x8, x22
    adcs x17, x17, x26
    umulh x25, x9, x22
    adcs x19, x19, x23
    umulh x26, x10, x22
    adcs x20, x20, x24
    adcs x11, x11, x25
    adc x12, x30, x26
    ldp x21, x22, [sp, #288]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x14, x14, x23
    mul x26, x6, x21
    adcs x15, x15, x24
    mul x23, x7, x21
    adcs x16, x16, x25
    mul x24, x8, x21
    adcs x17, x17, x26
    mul x25, x9, x21
    adcs x19, x19, x23
    mul x26, x10, x21
    adcs x20, x20, x24
    umulh x23, x3, x21
    adcs x11, x11, x25
    umulh x24, x4, x21
    adcs x12, x12, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x15, x15, x23
    umulh x26, x6, x21
    adcs x16, x16, x24
    umulh x23, x7, x21
    adcs x17, x17, x25
    umulh x24, x8, x21
    adcs x19, x19, x26
    umulh x25, x9, x21
    adcs x20, x20, x23
    umulh x26, x10, x21
    adcs x11, x11, x24
    adcs x12, x12, x25
    adc x13, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x15, x15, x23
    stp x14, x15, [sp, #96]
    mul x26, x6, x22
    adcs x16, x16, x24
    mul x23, x7, x22
    adcs x17, x17, x25
    mul x24, x8, x22
    adcs x19, x19, x26
    mul x25, x9, x22
    adcs x20, x20, x23
    mul x26, x10, x22
    adcs x11, x11, x24
    umulh x23, x3, x22
    adcs x12, x12, x25
    umulh x24, x4, x22
    adcs x13, x13, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x16, x16, x23
    umulh x26, x6, x22
    adcs x17, x17, x24
    umulh x23, x7, x22
    adcs x19, x19, x25
    umulh x24, x8, x22
    adcs x20, x20, x26
    umulh x25, x9, x22
    adcs x11, x11, x23
    umulh x26, x10, x22
    adcs x12, x12, x24
    adcs x13, x13, x25
    adc x14, x30, x26
    ldp x21, x22, [sp, #304]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x16, x16, x23
    mul x26, x6, x21
    adcs x17, x17, x24
    mul x23, x7, x21
    adcs x19, x19, x25
    mul x24, x8, x21
    adcs x20, x20, x26
    mul x25, x9, x21
    adcs x11, x11, x23
    mul x26, x10, x21
    adcs x12, x12, x24
    umulh x23, x3, x21
    adcs x13, x13, x25
    umulh x24, x4, x21
    adcs x14, x14, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x17, x17, x23
    umulh x26, x6, x21
    adcs x19, x19, x24
    umulh x23, x7, x21
    adcs x20, x20, x25
    umulh x24, x8, x21
    adcs x11, x11, x26
    umulh x25, x9, x21
    adcs x12, x12, x23
    umulh x26, x10, x21
    adcs x13, x13, x24
    adcs x14, x14, x25
    adc x15, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x17, x17, x23
    stp x16, x17, [sp, #112]
    mul x26, x6, x22
    adcs x19, x19, x24
    mul x23, x7, x22
    adcs x20, x20, x25
    mul x24, x8, x22
    adcs x11, x11, x26
    mul x25, x9, x22
    adcs x12, x12, x23
    mul x26, x10, x22
    adcs x13, x13, x24
    umulh x23, x3, x22
    adcs x14, x14, x25
    umulh x24, x4, x22
    adcs x15, x15, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x19, x19, x23
    umulh x26, x6, x22
    adcs x20, x20, x24
    umulh x23, x7, x22
    adcs x11, x11, x25
    umulh x24, x8, x22
    adcs x12, x12, x26
    umulh x25, x9, x22
    adcs x13, x13, x23
    umulh x26, x10, x22
    adcs x14, x14, x24
    adcs x15, x15, x25
    adc x16, x30, x26
    ldp x23, x24, [sp, #128]
    adds x19, x19, x23
    adcs x20, x20, x24
    ldp x25, x26, [sp, #144]
    adcs x11, x11, x25
    adcs x12, x12, x26
    ldp x23, x24, [sp, #160]
    adcs x13, x13, x23
    adcs x14, x14, x24
    ldp x25, x26, [sp, #176]
    adcs x15, x15, x25
    adcs x16, x16, x26
    cset x27, cs
    stp x19, x20, [sp, #128]
    stp x11, x12, [sp, #144]
    stp x13, x14, [sp, #160]
    stp x15, x16, [sp, #176]
    ldp x19, x20, [sp, #64]
    ldp x11, x12, [sp, #80]
    ldp x13, x14, [sp, #96]
    ldp x15, x16, [sp, #112]
    ldp x3, x4, [x29, #0]
    ldp x5, x6, [x29, #16]
    ldp x7, x8, [x29, #32]
    ldp x9, x10, [x29, #48]
    mul x21, x19, x28
    mul x23, x4, x21
    mul x24, x5, x21
    mul x25, x6, x21
    cmp x19, #1
    adcs x20, x20, x23
    mul x26, x7, x21
    adcs x11, x11, x24
    mul x23, x8, x21
    adcs x12, x12, x25
    mul x24, x9, x21
    adcs x13, x13, x26
    mul x25, x10, x21
    adcs x14, x14, x23
    umulh x26, x3, x21
    adcs x15, x15, x24
    umulh x23, x4, x21
    adcs x16, x16, x25
    cset x30, cs
    umulh x24, x5, x21
    adds x20, x20, x26
    umulh x25, x6, x21
    adcs x11, x11, x23
    umulh x26, x7, x21
    adcs x12, x12, x24
    umulh x23, x8, x21
    adcs x13, x13, x25
    umulh x24, x9, x21
    adcs x14, x14, x26
    umulh x25, x10, x21
    adcs x15, x15, x23
    adcs x16, x16, x24
    adc x17, x30, x25
    mul x22, x20, x28
    stp x21, x22, [sp, #256]
    mul x23, x4, x22
    mul x24, x5, x22
    mul x25, x6, x22
    cmp x20, #1
    adcs x11, x11, x23
    mul x26, x7, x22
    adcs x12, x12, x24
    mul x23, x8, x22
    adcs x13, x13, x25
    mul x24, x9, x22
    adcs x14, x14, x26
    mul x25, x10, x22
    adcs x15, x15, x23
    umulh x26, x3, x22
    adcs x16, x16, x24
    umulh x23, x4, x22
    adcs x17, x17, x25
    cset x30, cs
    umulh x24, x5, x22
    adds x11, x11, x26
    umulh x25, x6, x22
    adcs x12, x12, x23
    umulh x26, x7, x22
    adcs x13, x13, x24
    umulh x23, x8, x22
    adcs x14, x14, x25
    umulh x24, x9, x22
    adcs x15, x15, x26
    umulh x25, x10, x22
    adcs x16, x16, x23
    adcs x17, x17, x24
    adc x19, x30, x25
    mul x21, x11, x28
    mul x23, x4, x21
    mul x24, x5, x21
    mul x25, x6, x21
    cmp x11, #1
    adcs x12, x12, x23
    mul x26, x7, x21
    adcs x13, x13, x24
    mul x23, x8, x21
    adcs x14, x14, x25
    mul x24, x9, x21
    adcs x15, x15, x26
    mul x25, x10, x21
    adcs x16, x16, x23
    umulh x26, x3, x21
    adcs x17, x17, x24
    umulh x23, x4, x21
    adcs x19, x19, x25
    cset x30, cs
    umulh x24, x5, x21
    adds x12, x12, x26
    umulh x25, x6, x21
    adcs x13, x13, x23
    umulh x26, x7, x21
    adcs x14, x14, x24
    umulh x23, x8, x21
    adcs x15, x15, x25
    umulh x24, x9, x21
    adcs x16, x16, x26
    umulh x25, x10, x21
    adcs x17, x17, x23
    adcs x19, x19, x24
    adc x20, x30, x25
    mul x22, x12, x28
    stp x21, x22, [sp, #272]
    mul x23, x4, x22
    mul x24, x5, x22
    mul x25, x6, x22
    cmp x12, #1
    adcs x13, x13, x23
    mul x26, x7, x22
    adcs x14, x14, x24
    mul x23, x8, x22
    adcs x15, x15, x25
    mul x24, x9, x22
    adcs x16, x16, x26
    mul x25, x10, x22
    adcs x17, x17, x23
    umulh x26, x3, x22
    adcs x19, x19, x24
    umulh x23, x4, x22
    adcs x20, x20, x25
    cset x30, cs
    umulh x24, x5, x22
    adds x13, x13, x26
    umulh x25, x6, x22
    adcs x14, x14, x23
    umulh x26, x7, x22
    adcs x15, x15, x24
    umulh x23, x8, x22
    adcs x16, x16, x25
    umulh x24, x9, x22
    adcs x17, x17, x26
    umulh x25, x10, x22
    adcs x19, x19, x23
    adcs x20, x20, x24
    adc x11, x30, x25
    mul x21, x13, x28
    mul x23, x4, x21
    mul x24, x5, x21
    mul x25, x6, x21
    cmp x13, #1
    adcs x14, x14, x23
    mul x26, x7, x21
    adcs x15, x15, x24
    mul x23, x8, x21
    adcs x16, x16, x25
    mul x24, x9, x21
    adcs x17, x17, x26
    mul x25, x10, x21
    adcs x19, x19, x23
    umulh x26, x3, x21
    adcs x20, x20, x24
    umulh x23, x4, x21
    adcs x11, x11, x25
    cset x30, cs
    umulh x24, x5, x21
    adds x14, x14, x26
    umulh x25, x6, x21
    adcs x15, x15, x23
    umulh x26, x7, x21
    adcs x16, x16, x24
    umulh x23, x8, x21
    adcs x17, x17, x25
    umulh x24, x9, x21
    adcs x19, x19, x26
    umulh x25, x10, x21
    adcs x20, x20, x23
    adcs x11, x11, x24
    adc x12, x30, x25
    mul x22, x14, x28
    stp x21, x22, [sp, #288]
    mul x23, x4, x22
    mul x24, x5, x22
    mul x25, x6, x22
    cmp x14, #1
    adcs x15, x15, x23
    mul x26, x7, x22
    adcs x16, x16, x24
    mul x23, x8, x22
    adcs x17, x17, x25
    mul x24, x9, x22
    adcs x19, x19, x26
    mul x25, x10, x22
    adcs x20, x20, x23
    umulh x26, x3, x22
    adcs x11, x11, x24
    umulh x23, x4, x22
    adcs x12, x12, x25
    cset x30, cs
    umulh x24, x5, x22
    adds x15, x15, x26
    umulh x25, x6, x22
    adcs x16, x16, x23
    umulh x26, x7, x22
    adcs x17, x17, x24
    umulh x23, x8, x22
    adcs x19, x19, x25
    umulh x24, x9, x22
    adcs x20, x20, x26
    umulh x25, x10, x22
    adcs x11, x11, x23
    adcs x12, x12, x24
    adc x13, x30, x25
    mul x21, x15, x28
    mul x23, x4, x21
    mul x24, x5, x21
    mul x25, x6, x21
    cmp x15, #1
    adcs x16, x16, x23
    mul x26, x7, x21
    adcs x17, x17, x24
    mul x23, x8, x21
    adcs x19, x19, x25
    mul x24, x9, x21
    adcs x20, x20, x26
    mul x25, x10, x21
    adcs x11, x11, x23
    umulh x26, x3, x21
    adcs x12, x12, x24
    umulh x23, x4, x21
    adcs x13, x13, x25
    cset x30, cs
    umulh x24, x5, x21
    adds x16, x16, x26
    umulh x25, x6, x21
    adcs x17, x17, x23
    umulh x26, x7, x21
    adcs x19, x19, x24
    umulh x23, x8, x21
    adcs x20, x20, x25
    umulh x24, x9, x21
    adcs x11, x11, x26
    umulh x25, x10, x21
    adcs x12, x12, x23
    adcs x13, x13, x24
    adc x14, x30, x25
    mul x22, x16, x28
    stp x21, x22, [sp, #304]
    mul x23, x4, x22
    mul x24, x5, x22
    mul x25, x6, x22
    cmp x16, #1
    adcs x17, x17, x23
    mul x26, x7, x22
    adcs x19, x19, x24
    mul x23, x8, x22
    adcs x20, x20, x25
    mul x24, x9, x22
    adcs x11, x11, x26
    mul x25, x10, x22
    adcs x12, x12, x23
    umulh x26, x3, x22
    adcs x13, x13, x24
    umulh x23, x4, x22
    adcs x14, x14, x25
    cset x30, cs
    umulh x24, x5, x22
    adds x17, x17, x26
    umulh x25, x6, x22
    adcs x19, x19, x23
    umulh x26, x7, x22
    adcs x20, x20, x24
    umulh x23, x8, x22
    adcs x11, x11, x25
    umulh x24, x9, x22
    adcs x12, x12, x26
    umulh x25, x10, x22
    adcs x13, x13, x23
    adcs x14, x14, x24
    adc x15, x30, x25
    ldp x23, x24, [sp, #128]
    adds x17, x17, x23
    adcs x19, x19, x24
    ldp x25, x26, [sp, #144]
    adcs x20, x20, x25
    adcs x11, x11, x26
    ldp x23, x24, [sp, #160]
    adcs x12, x12, x23
    adcs x13, x13, x24
    ldp x25, x26, [sp, #176]
    adcs x14, x14, x25
    adcs x15, x15, x26
    adc x27, x27, xzr
    ldp x3, x4, [x29, #64]
    ldp x5, x6, [x29, #80]
    ldp x7, x8, [x29, #96]
    ldp x9, x10, [x29, #112]
    ldp x21, x22, [sp, #256]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x17, x17, x23
    mul x26, x6, x21
    adcs x19, x19, x24
    mul x23, x7, x21
    adcs x20, x20, x25
    mul x24, x8, x21
    adcs x11, x11, x26
    mul x25, x9, x21
    adcs x12, x12, x23
    mul x26, x10, x21
    adcs x13, x13, x24
    umulh x23, x3, x21
    adcs x14, x14, x25
    umulh x24, x4, x21
    adcs x15, x15, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x19, x19, x23
    umulh x26, x6, x21
    adcs x20, x20, x24
    umulh x23, x7, x21
    adcs x11, x11, x25
    umulh x24, x8, x21
    adcs x12, x12, x26
    umulh x25, x9, x21
    adcs x13, x13, x23
    umulh x26, x10, x21
    adcs x14, x14, x24
    adcs x15, x15, x25
    adc x16, x30, x26
    add x16, x16, x27
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x19, x19, x23
    stp x17, x19, [sp, #128]
    mul x26, x6, x22
    adcs x20, x20, x24
    mul x23, x7, x22
    adcs x11, x11, x25
    mul x24, x8, x22
    adcs x12, x12, x26
    mul x25, x9, x22
    adcs x13, x13, x23
    mul x26, x10, x22
    adcs x14, x14, x24
    umulh x23, x3, x22
    adcs x15, x15, x25
    umulh x24, x4, x22
    adcs x16, x16, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x20, x20, x23
    umulh x26, x6, x22
    adcs x11, x11, x24
    umulh x23, x7, x22
    adcs x12, x12, x25
    umulh x24, x8, x22
    adcs x13, x13, x26
    umulh x25, x9, x22
    adcs x14, x14, x23
    umulh x26, x10, x22
    adcs x15, x15, x24
    adcs x16, x16, x25
    adc x17, x30, x26
    ldp x21, x22, [sp, #272]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x20, x20, x23
    mul x26, x6, x21
    adcs x11, x11, x24
    mul x23, x7, x21
    adcs x12, x12, x25
    mul x24, x8, x21
    adcs x13, x13, x26
    mul x25, x9, x21
    adcs x14, x14, x23
    mul x26, x10, x21
    adcs x15, x15, x24
    umulh x23, x3, x21
    adcs x16, x16, x25
    umulh x24, x4, x21
    adcs x17, x17, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x11, x11, x23
    umulh x26, x6, x21
    adcs x12, x12, x24
    umulh x23, x7, x21
    adcs x13, x13, x25
    umulh x24, x8, x21
    adcs x14, x14, x26
    umulh x25, x9, x21
    adcs x15, x15, x23
    umulh x26, x10, x21
    adcs x16, x16, x24
    adcs x17, x17, x25
    adc x19, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x11, x11, x23
    stp x20, x11, [sp, #144]
    mul x26, x6, x22
    adcs x12, x12, x24
    mul x23, x7, x22
    adcs x13, x13, x25
    mul x24, x8, x22
    adcs x14, x14, x26
    mul x25, x9, x22
    adcs x15, x15, x23
    mul x26, x10, x22
    adcs x16, x16, x24
    umulh x23, x3, x22
    adcs x17, x17, x25
    umulh x24, x4, x22
    adcs x19, x19, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x12, x12, x23
    umulh x26, x6, x22
    adcs x13, x13, x24
    umulh x23, x7, x22
    adcs x14, x14, x25
    umulh x24, x8, x22
    adcs x15, x15, x26
    umulh x25, x9, x22
    adcs x16, x16, x23
    umulh x26, x10, x22
    adcs x17, x17, x24
    adcs x19, x19, x25
    adc x20, x30, x26
    ldp x21, x22, [sp, #288]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x12, x12, x23
    mul x26, x6, x21
    adcs x13, x13, x24
    mul x23, x7, x21
    adcs x14, x14, x25
    mul x24, x8, x21
    adcs x15, x15, x26
    mul x25, x9, x21
    adcs x16, x16, x23
    mul x26, x10, x21
    adcs x17, x17, x24
    umulh x23, x3, x21
    adcs x19, x19, x25
    umulh x24, x4, x21
    adcs x20, x20, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x13, x13, x23
    umulh x26, x6, x21
    adcs x14, x14, x24
    umulh x23, x7, x21
    adcs x15, x15, x25
    umulh x24, x8, x21
    adcs x16, x16, x26
    umulh x25, x9, x21
    adcs x17, x17, x23
    umulh x26, x10, x21
    adcs x19, x19, x24
    adcs x20, x20, x25
    adc x11, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x13, x13, x23
    stp x12, x13, [sp, #160]
    mul x26, x6, x22
    adcs x14, x14, x24
    mul x23, x7, x22
    adcs x15, x15, x25
    mul x24, x8, x22
    adcs x16, x16, x26
    mul x25, x9, x22
    adcs x17, x17, x23
    mul x26, x10, x22
    adcs x19, x19, x24
    umulh x23, x3, x22
    adcs x20, x20, x25
    umulh x24, x4, x22
    adcs x11, x11, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x14, x14, x23
    umulh x26, x6, x22
    adcs x15, x15, x24
    umulh x23, x7, x22
    adcs x16, x16, x25
    umulh x24, x8, x22
    adcs x17, x17, x26
    umulh x25, x9, x22
    adcs x19, x19, x23
    umulh x26, x10, x22
    adcs x20, x20, x24
    adcs x11, x11, x25
    adc x12, x30, x26
    ldp x21, x22, [sp, #304]
    mul x23, x3, x21
    mul x24, x4, x21
    mul x25, x5, x21
    adds x14, x14, x23
    mul x26, x6, x21
    adcs x15, x15, x24
    mul x23, x7, x21
    adcs x16, x16, x25
    mul x24, x8, x21
    adcs x17, x17, x26
    mul x25, x9, x21
    adcs x19, x19, x23
    mul x26, x10, x21
    adcs x20, x20, x24
    umulh x23, x3, x21
    adcs x11, x11, x25
    umulh x24, x4, x21
    adcs x12, x12, x26
    cset x30, cs
    umulh x25, x5, x21
    adds x15, x15, x23
    umulh x26, x6, x21
    adcs x16, x16, x24
    umulh x23, x7, x21
    adcs x17, x17, x25
    umulh x24, x8, x21
    adcs x19, x19, x26
    umulh x25, x9, x21
    adcs x20, x20, x23
    umulh x26, x10, x21
    adcs x11, x11, x24
    adcs x12, x12, x25
    adc x13, x30, x26
    mul x23, x3, x22
    mul x24, x4, x22
    mul x25, x5, x22
    adds x15, x15, x23
    stp x14, x15, [sp, #176]
    mul x26, x6, x22
    adcs x16, x16, x24
    mul x23, x7, x22
    adcs x17, x17, x25
    mul x24, x8, x22
    adcs x19, x19, x26
    mul x25, x9, x22
    adcs x20, x20, x23
    mul x26, x10, x22
    adcs x11, x11, x24
    umulh x23, x3, x22
    adcs x12, x12, x25
    umulh x24, x4, x22
    adcs x13, x13, x26
    cset x30, cs
    umulh x25, x5, x22
    adds x16, x16, x23
    umulh x26, x6, x22
    adcs x17, x17, x24
    umulh x23, x7, x22
    adcs x19, x19, x25
    umulh x24, x8, x22
    adcs x20, x20, x26
    umulh x25, x9, x22
    adcs x11, x11, x23
    umulh x26, x10, x22
    adcs x12, x12, x24
    adcs x13, x13, x25
    adc x14, x30, x26
    ldp x23, x24, [sp, #192]
    adds x16, x16, x23
    adcs x17, x17, x24
    ldp x25, x26, [sp, #208]
    adcs x19, x19, x25
    adcs x20, x20, x26
    ldp x23, x24, [sp, #224]
    adcs x11, x11, x23
    adcs x12, x12, x24
    ldp x25, x26, [sp, #240]
    adcs x13, x13, x25
    adcs x14, x14, x26
    cset x27, cs
    ldp x23, x24, [sp, #128]
    ldp x25, x26, [x29, #0]
    subs x23, x23, x25
    sbcs x24, x24, x26
    stp x23, x24, [sp, #0]
    ldp x23, x24, [sp, #144]
    ldp x25, x26, [x29, #16]
    sbcs x23, x23, x25
    sbcs x24, x24, x26
    stp x23, x24, [sp, #16]
    ldp x23, x24, [sp, #160]
    ldp x25, x26, [x29, #32]
    sbcs x23, x23, x25
    sbcs x24, x24, x26
    stp x23, x24, [sp, #32]
    ldp x23, x24, [sp, #176]
    ldp x25, x26, [x29, #48]
    sbcs x23, x23, x25
    sbcs x24, x24, x26
    stp x23, x24, [sp, #48]
    sbcs x3, x16, x3
    sbcs x4, x17, x4
    sbcs x5, x19, x5
    sbcs x6, x20, x6
    sbcs x7, x11, x7
    sbcs x8, x12, x8
    sbcs x9, x13, x9
    sbcs x10, x14, x10
    sbcs xzr, x27, xzr
    ldp x23, x24, [sp, #128]
    ldp x25, x26, [sp, #0]
    csel x23, x23, x25, cc
    csel x24, x24, x26, cc
    stp x23, x24, [x0, #0]
    ldp x23, x24, [sp, #144]
    ldp x25, x26, [sp, #16]
    csel x23, x23, x25, cc
    csel x24, x24, x26, cc
    stp x23, x24, [x0, #16]
    ldp x23, x24, [sp, #160]
    ldp x25, x26, [sp, #32]
    csel x23, x23, x25, cc
    csel x24, x24, x26, cc
    stp x23, x24, [x0, #32]
    ldp x23, x24, [sp, #176]
    ldp x25, x26, [sp, #48]
    csel x23, x23, x25, cc
    csel x24, x24, x26, cc
    stp x23, x24, [x0, #48]
    csel x16, x16, x3, cc
    csel x17, x17, x4, cc
    csel x19, x19, x5, cc
    csel x20, x20, x6, cc
    csel x11, x11, x7, cc
    csel x12, x12, x8, cc
    csel x13, x13, x9, cc
    csel x14, x14, x10, cc
    stp x16, x17, [x0, #64]
    stp x19, x20, [x0, #80]
    stp x11, x12, [x0, #96]
    stp x13, x14, [x0, #112]
    ldp x19, x20, [sp, #320]
    ldp x21, x22, [sp, #336]
    ldp x23, x24, [sp, #352]
    ldp x25, x26, [sp, #368]
    ldp x27, x28, [sp, #384]
    ldp x29, x30, [sp, #400]
    .cfi_restore x19
    .cfi_restore x20
    .cfi_restore x21
    .cfi_restore x22
    .cfi_restore x23
    .cfi_restore x24
    .cfi_restore x25
    .cfi_restore x26
    .cfi_restore x27
    .cfi_restore x28
    .cfi_restore x29
    .cfi_restore x30
    add sp, sp, #416
    .cfi_def_cfa_offset 0
    ret
    .cfi_endproc
    .size fp_aarch64_sqr, .-fp_aarch64_sqr

    .globl fp_aarch64_add
    .hidden fp_aarch64_add
    .type fp_aarch64_add, %function
    .p2align 4
fp_aarch64_add:
    .cfi_startproc
    sub sp, sp, #416
    .cfi_def_cfa_offset 416
    stp x19, x20, [sp, #320]
    stp x21, x22, [sp, #336]
    stp x23, x24, [sp, #352]
    stp x25, x26, [sp, #368]
    stp x27, x28, [sp, #384]
    stp x29, x30, [sp, #400]
    .cfi_offset x19, -96
    .cfi_offset x20, -88
    .cfi_offset x21, -80
    .cfi_offset x22, -72
    .cfi_offset x23, -64
    .cfi_offset x24, -56
    .cfi_offset x25, -48
    .cfi_offset x26, -40
    .cfi_offset x27, -32
    .cfi_offset x28, -24
    .cfi_offset x29, -16
    .cfi_offset x30, -8
    adrp x29, .Lmodulus
    add x29, x29, :lo12:.Lmodulus
    ldp x3, x4, [x1, #0]
    ldp x5, x6, [x1, #16]
    ldp x7, x8, [x1, #32]
    ldp x9, x10, [x1, #48]
    ldp x11, x12, [x1, #64]
    ldp x13, x14, [x1, #80]
    ldp x15, x16, [x1, #96]
    ldp x17, x19, [x1, #112]
    ldp x23, x24, [x2, #0]
    adds x3, x3, x23
    adcs x4, x4, x24
    ldp x25, x26, [x2, #16]
    adcs x5, x5, x25
    adcs x6, x6, x26
    ldp x23, x24, [x2, #32]
    adcs x7, x7, x23
    adcs x8, x8, x24
    ldp x25, x26, [x2, #48]
    adcs x9, x9, x25
    adcs x10, x10, x26
    ldp x23, x24, [x2, #64]
    adcs x11, x11, x23
    adcs x12, x12, x24
    ldp x25, x26, [x2, #80]
    adcs x13, x13, x25
    adcs x14, x14, x26
    ldp x23, x24, [x2, #96]
    adcs x15, x15, x23
    adcs x16, x16, x24
    ldp x25, x26, [x2, #112]
    adcs x17, x17, x25
    adcs x19, x19, x26
    cset x27, cs
    stp x3, x4, [sp, #0]
    stp x5, x6, [sp, #16]
    stp x7, x8, [sp, #32]
    stp x9, x10, [sp, #48]
    stp x11, x12, [sp, #64]
    stp x13, x14, [sp, #80]
    stp x15, x16, [sp, #96]
    stp x17, x19, [sp, #112]
    ldp x23, x24, [x29, #0]
    subs x3, x3, x23
    sbcs x4, x4, x24
    ldp x25, x26, [x29, #16]
    sbcs x5, x5, x25
    sbcs x6, x6, x26
    ldp x23, x24, [x29, #32]
    sbcs x7, x7, x23
    sbcs x8, x8, x24
    ldp x25, x26, [x29, #48]
    sbcs x9, x9, x25
    sbcs x10, x10, x26
    ldp x23, x24, [x29, #64]
    sbcs x11, x11, x23
    sbcs x12, x12, x24
    ldp x25, x26, [x29, #80]
    sbcs x13, x13, x25
    sbcs x14, x14, x26
    ldp x23, x24, [x29, #96]
    sbcs x15, x15, x23
    sbcs x16, x16, x24
    ldp x25, x26, [x29, #112]
    sbcs x17, x17, x25
    sbcs x19, x19, x26
    sbcs xzr, x27, xzr
    ldp x23, x24, [sp, #0]
    csel x3, x23, x3, cc
    csel x4, x24, x4, cc
    ldp x23, x24, [sp, #16]
    csel x5, x23, x5, cc
    csel x6, x24, x6, cc
    ldp x23, x24, [sp, #32]
    csel x7, x23, x7, cc
    csel x8, x24, x8, cc
    ldp x23, x24, [sp, #48]
    csel x9, x23, x9, cc
    csel x10, x24, x10, cc
    ldp x23, x24, [sp, #64]
    csel x11, x23, x11, cc
    csel x12, x24, x12, cc
    ldp x23, x24, [sp, #80]
    csel x13, x23, x13, cc
    csel x14, x24, x14, cc
    ldp x23, x24, [sp, #96]
    csel x15, x23, x15, cc
    csel x16, x24, x16, cc
    ldp x23, x24, [sp, #112]
    csel x17, x23, x17, cc
    csel x19, x24, x19, cc
    stp x3, x4, [x0, #0]
    stp x5, x6, [x0, #16]
    stp x7, x8, [x0, #32]
    stp x9, x10, [x0, #48]
    stp x11, x12, [x0, #64]
    stp x13, x14, [x0, #80]
    stp x15, x16, [x0, #96]
    stp x17, x19, [x0, #112]
    ldp x19, x20, [sp, #320]
    ldp x21, x22, [sp, #336]
    ldp x23, x24, [sp, #352]
    ldp x25, x26, [sp, #368]
    ldp x27, x28, [sp, #384]
    ldp x29, x30, [sp, #400]
    .cfi_restore x19
    .cfi_restore x20
    .cfi_restore x21
    .cfi_restore x22
    .cfi_restore x23
    .cfi_restore x24
    .cfi_restore x25
    .cfi_restore x26
    .cfi_restore x27
    .cfi_restore x28
    .cfi_restore x29
    .cfi_restore x30
    add sp, sp, #416
    .cfi_def_cfa_offset 0
    ret
    .cfi_endproc
    .size fp_aarch64_add, .-fp_aarch64_add

    .globl fp_aarch64_reduce_once
    .hidden fp_aarch64_reduce_once
    .type fp_aarch64_reduce_once, %function
    .p2align 4
fp_aarch64_reduce_once:
    .cfi_startproc
    sub sp, sp, #416
    .cfi_def_cfa_offset 416
    stp x19, x20, [sp, #320]
    stp x21, x22, [sp, #336]
    stp x23, x24, [sp, #352]
    stp x25, x26, [sp, #368]
    stp x27, x28, [sp, #384]
    stp x29, x30, [sp, #400]
    .cfi_offset x19, -96
    .cfi_offset x20, -88
    .cfi_offset x21, -80
    .cfi_offset x22, -72
    .cfi_offset x23, -64
    .cfi_offset x24, -56
    .cfi_offset x25, -48
    .cfi_offset x26, -40
    .cfi_offset x27, -32
    .cfi_offset x28, -24
    .cfi_offset x29, -16
    .cfi_offset x30, -8
    adrp x29, .Lmodulus
    add x29, x29, :lo12:.Lmodulus
    ldr x27, [x0, #128]
    ldp x3, x4, [x0, #0]
    ldp x5, x6, [x0, #16]
    ldp x7, x8, [x0, #32]
    ldp x9, x10, [x0, #48]
    ldp x11, x12, [x0, #64]
    ldp x13, x14, [x0, #80]
    ldp x15, x16, [x0, #96]
    ldp x17, x19, [x0, #112]
    ldp x23, x24, [x29, #0]
    subs x3, x3, x23
    sbcs x4, x4, x24
    ldp x25, x26, [x29, #16]
    sbcs x5, x5, x25
    sbcs x6, x6, x26
    ldp x23, x24, [x29, #32]
    sbcs x7, x7, x23
    sbcs x8, x8, x24
    ldp x25, x26, [x29, #48]
    sbcs x9, x9, x25
    sbcs x10, x10, x26
    ldp x23, x24, [x29, #64]
    sbcs x11, x11, x23
    sbcs x12, x12, x24
    ldp x25, x26, [x29, #80]
    sbcs x13, x13, x25
    sbcs x14, x14, x26
    ldp x23, x24, [x29, #96]
    sbcs x15, x15, x23
    sbcs x16, x16, x24
    ldp x25, x26, [x29, #112]
    sbcs x17, x17, x25
    sbcs x19, x19, x26
    sbcs x27, x27, xzr
    csel x27, xzr, x27, cc
    ldp x23, x24, [x0, #0]
    csel x3, x23, x3, cc
    csel x4, x24, x4, cc
    ldp x23, x24, [x0, #16]
    csel x5, x23, x5, cc
    csel x6, x24, x6, cc
    ldp x23, x24, [x0, #32]
    csel x7, x23, x7, cc
    csel x8, x24, x8, cc
    ldp x23, x24, [x0, #48]
    csel x9, x23, x9, cc
    csel x10, x24, x10, cc
    ldp x23, x24, [x0, #64]
    csel x11, x23, x11, cc
    csel x12, x24, x12, cc
    ldp x23, x24, [x0, #80]
    csel x13, x23, x13, cc
    csel x14, x24, x14, cc
    ldp x23, x24, [x0, #96]
    csel x15, x23, x15, cc
    csel x16, x24, x16, cc
    ldp x23, x24, [x0, #112]
    csel x17, x23, x17, cc
    csel x19, x24, x19, cc
    stp x3, x4, [x0, #0]
    stp x5, x6, [x0, #16]
    stp x7, x8, [x0, #32]
    stp x9, x10, [x0, #48]
    stp x11, x12, [x0, #64]
    stp x13, x14, [x0, #80]
    stp x15, x16, [x0, #96]
    stp x17, x19, [x0, #112]
    str x27, [x0, #128]
    ldp x19, x20, [sp, #320]
    ldp x21, x22, [sp, #336]
    ldp x23, x24, [sp, #352]
    ldp x25, x26, [sp, #368]
    ldp x27, x28, [sp, #384]
    ldp x29, x30, [sp, #400]
    .cfi_restore x19
    .cfi_restore x20
    .cfi_restore x21
    .cfi_restore x22
    .cfi_restore x23
    .cfi_restore x24
    .cfi_restore x25
    .cfi_restore x26
    .cfi_restore x27
    .cfi_restore x28
    .cfi_restore x29
    .cfi_restore x30
    add sp, sp, #416
    .cfi_def_cfa_offset 0
    ret
    .cfi_endproc
    .size fp_aarch64_reduce_once, .-fp_aarch64_reduce_once

    .globl fp_aarch64_sub
    .hidden fp_aarch64_sub
    .type fp_aarch64_sub, %function
    .p2align 4
fp_aarch64_sub:
    .cfi_startproc
    sub sp, sp, #416
    .cfi_def_cfa_offset 416
    stp x19, x20, [sp, #320]
    stp x21, x22, [sp, #336]
    stp x23, x24, [sp, #352]
    stp x25, x26, [sp, #368]
    stp x27, x28, [sp, #384]
    stp x29, x30, [sp, #400]
    .cfi_offset x19, -96
    .cfi_offset x20, -88
    .cfi_offset x21, -80
    .cfi_offset x22, -72
    .cfi_offset x23, -64
    .cfi_offset x24, -56
    .cfi_offset x25, -48
    .cfi_offset x26, -40
    .cfi_offset x27, -32
    .cfi_offset x28, -24
    .cfi_offset x29, -16
    .cfi_offset x30, -8
    adrp x29, .Lmodulus
    add x29, x29, :lo12:.Lmodulus
    ldp x3, x4, [x1, #0]
    ldp x5, x6, [x1, #16]
    ldp x7, x8, [x1, #32]
    ldp x9, x10, [x1, #48]
    ldp x11, x12, [x1, #64]
    ldp x13, x14, [x1, #80]
    ldp x15, x16, [x1, #96]
    ldp x17, x19, [x1, #112]
    ldp x23, x24, [x2, #0]
    subs x3, x3, x23
    sbcs x4, x4, x24
    ldp x25, x26, [x2, #16]
    sbcs x5, x5, x25
    sbcs x6, x6, x26
    ldp x23, x24, [x2, #32]
    sbcs x7, x7, x23
    sbcs x8, x8, x24
    ldp x25, x26, [x2, #48]
    sbcs x9, x9, x25
    sbcs x10, x10, x26
    ldp x23, x24, [x2, #64]
    sbcs x11, x11, x23
    sbcs x12, x12, x24
    ldp x25, x26, [x2, #80]
    sbcs x13, x13, x25
    sbcs x14, x14, x26
    ldp x23, x24, [x2, #96]
    sbcs x15, x15, x23
    sbcs x16, x16, x24
    ldp x25, x26, [x2, #112]
    sbcs x17, x17, x25
    sbcs x19, x19, x26
    csetm x27, cc
    ldp x23, x24, [x29, #0]
    and x23, x23, x27
    and x24, x24, x27
    adds x3, x3, x23
    adcs x4, x4, x24
    ldp x25, x26, [x29, #16]
    and x25, x25, x27
    and x26, x26, x27
    adcs x5, x5, x25
    adcs x6, x6, x26
    ldp x23, x24, [x29, #32]
    and x23, x23, x27
    and x24, x24, x27
    adcs x7, x7, x23
    adcs x8, x8, x24
    ldp x25, x26, [x29, #48]
    and x25, x25, x27
    and x26, x26, x27
    adcs x9, x9, x25
    adcs x10, x10, x26
    ldp x23, x24, [x29, #64]
    and x23, x23, x27
    and x24, x24, x27
    adcs x11, x11, x23
    adcs x12, x12, x24
    ldp x25, x26, [x29, #80]
    and x25, x25, x27
    and x26, x26, x27
    adcs x13, x13, x25
    adcs x14, x14, x26
    ldp x23, x24, [x29, #96]
    and x23, x23, x27
    and x24, x24, x27
    adcs x15, x15, x23
    adcs x16, x16, x24
    ldp x25, x26, [x29, #112]
    and x25, x25, x27
    and x26, x26, x27
    adcs x17, x17, x25
    adcs x19, x19, x26
    stp x3, x4, [x0, #0]
    stp x5, x6, [x0, #16]
    stp x7, x8, [x0, #32]
    stp x9, x10, [x0, #48]
    stp x11, x12, [x0, #64]
    stp x13, x14, [x0, #80]
    stp x15, x16, [x0, #96]
    stp x17, x19, [x0, #112]
    ldp x19, x20, [sp, #320]
    ldp x21, x22, [sp, #336]
    ldp x23, x24, [sp, #352]
    ldp x25, x26, [sp, #368]
    ldp x27, x28, [sp, #384]
    ldp x29, x30, [sp, #400]
    .cfi_restore x19
    .cfi_restore x20
    .cfi_restore x21
    .cfi_restore x22
    .cfi_restore x23
    .cfi_restore x24
    .cfi_restore x25
    .cfi_restore x26
    .cfi_restore x27
    .cfi_restore x28
    .cfi_restore x29
    .cfi_restore x30
    add sp, sp, #416
    .cfi_def_cfa_offset 0
    ret
    .cfi_endproc
    .size fp_aarch64_sub, .-fp_aarch64_sub

    .globl fp_aarch64_wide_sub
    .hidden fp_aarch64_wide_sub
    .type fp_aarch64_wide_sub, %function
    .p2align 4
fp_aarch64_wide_sub:
    .cfi_startproc
    sub sp, sp, #416
    .cfi_def_cfa_offset 416
    stp x19, x20, [sp, #320]
    stp x21, x22, [sp, #336]
    stp x23, x24, [sp, #352]
    stp x25, x26, [sp, #368]
    stp x27, x28, [sp, #384]
    stp x29, x30, [sp, #400]
    .cfi_offset x19, -96
    .cfi_offset x20, -88
    .cfi_offset x21, -80
    .cfi_offset x22, -72
    .cfi_offset x23, -64
    .cfi_offset x24, -56
    .cfi_offset x25, -48
    .cfi_offset x26, -40
    .cfi_offset x27, -32
    .cfi_offset x28, -24
    .cfi_offset x29, -16
    .cfi_offset x30, -8
    adrp x29, .Lmodulus
    add x29, x29, :lo12:.Lmodulus
    ldp x3, x4, [x0, #0]
    ldp x5, x6, [x0, #16]
    ldp x7, x8, [x0, #32]
    ldp x9, x10, [x0, #48]
    ldp x11, x12, [x0, #64]
    ldp x13, x14, [x0, #80]
    ldp x15, x16, [x0, #96]
    ldp x17, x19, [x0, #112]
    ldp x23, x24, [x1, #0]
    subs x3, x3, x23
    sbcs x4, x4, x24
    ldp x25, x26, [x1, #16]
    sbcs x5, x5, x25
    sbcs x6, x6, x26
    ldp x23, x24, [x1, #32]
    sbcs x7, x7, x23
    sbcs x8, x8, x24
    ldp x25, x26, [x1, #48]
    sbcs x9, x9, x25
    sbcs x10, x10, x26
    ldp x23, x24, [x1, #64]
    sbcs x11, x11, x23
    sbcs x12, x12, x24
    ldp x25, x26, [x1, #80]
    sbcs x13, x13, x25
    sbcs x14, x14, x26
    ldp x23, x24, [x1, #96]
    sbcs x15, x15, x23
    sbcs x16, x16, x24
    ldp x25, x26, [x1, #112]
    sbcs x17, x17, x25
    sbcs x19, x19, x26
    stp x3, x4, [x0, #0]
    stp x5, x6, [x0, #16]
    stp x7, x8, [x0, #32]
    stp x9, x10, [x0, #48]
    stp x11, x12, [x0, #64]
    stp x13, x14, [x0, #80]
    stp x15, x16, [x0, #96]
    stp x17, x19, [x0, #112]
    ldp x3, x4, [x0, #128]
    ldp x5, x6, [x0, #144]
    ldp x7, x8, [x0, #160]
    ldp x9, x10, [x0, #176]
    ldp x11, x12, [x0, #192]
    ldp x13, x14, [x0, #208]
    ldp x15, x16, [x0, #224]
    ldp x17, x19, [x0, #240]
    ldp x23, x24, [x1, #128]
    sbcs x3, x3, x23
    sbcs x4, x4, x24
    ldp x25, x26, [x1, #144]
    sbcs x5, x5, x25
    sbcs x6, x6, x26
    ldp x23, x24, [x1, #160]
    sbcs x7, x7, x23
    sbcs x8, x8, x24
    ldp x25, x26, [x1, #176]
    sbcs x9, x9, x25
    sbcs x10, x10, x26
    ldp x23, x24, [x1, #192]
    sbcs x11, x11, x23
    sbcs x12, x12, x24
    ldp x25, x26, [x1, #208]
    sbcs x13, x13, x25
    sbcs x14, x14, x26
    ldp x23, x24, [x1, #224]
    sbcs x15, x15, x23
    sbcs x16, x16, x24
    ldp x25, x26, [x1, #240]
    sbcs x17, x17, x25
    sbcs x19, x19, x26
    csetm x27, cc
    ldp x23, x24, [x29, #0]
    and x23, x23, x27
    and x24, x24, x27
    adds x3, x3, x23
    adcs x4, x4, x24
    ldp x25, x26, [x29, #16]
    and x25, x25, x27
    and x26, x26, x27
    adcs x5, x5, x25
    adcs x6, x6, x26
    ldp x23, x24, [x29, #32]
    and x23, x23, x27
    and x24, x24, x27
    adcs x7, x7, x23
    adcs x8, x8, x24
    ldp x25, x26, [x29, #48]
    and x25, x25, x27
    and x26, x26, x27
    adcs x9, x9, x25
    adcs x10, x10, x26
    ldp x23, x24, [x29, #64]
    and x23, x23, x27
    and x24, x24, x27
    adcs x11, x11, x23
    adcs x12, x12, x24
    ldp x25, x26, [x29, #80]
    and x25, x25, x27
    and x26, x26, x27
    adcs x13, x13, x25
    adcs x14, x14, x26
    ldp x23, x24, [x29, #96]
    and x23, x23, x27
    and x24, x24, x27
    adcs x15, x15, x23
    adcs x16, x16, x24
    ldp x25, x26, [x29, #112]
    and x25, x25, x27
    and x26, x26, x27
    adcs x17, x17, x25
    adcs x19, x19, x26
    stp x3, x4, [x0, #128]
    stp x5, x6, [x0, #144]
    stp x7, x8, [x0, #160]
    stp x9, x10, [x0, #176]
    stp x11, x12, [x0, #192]
    stp x13, x14, [x0, #208]
    stp x15, x16, [x0, #224]
    stp x17, x19, [x0, #240]
    ldp x19, x20, [sp, #320]
    ldp x21, x22, [sp, #336]
    ldp x23, x24, [sp, #352]
    ldp x25, x26, [sp, #368]
    ldp x27, x28, [sp, #384]
    ldp x29, x30, [sp, #400]
    .cfi_restore x19
    .cfi_restore x20
    .cfi_restore x21
    .cfi_restore x22
    .cfi_restore x23
    .cfi_restore x24
    .cfi_restore x25
    .cfi_restore x26
    .cfi_restore x27
    .cfi_restore x28
    .cfi_restore x29
    .cfi_restore x30
    add sp, sp, #416
    .cfi_def_cfa_offset 0
    ret
    .cfi_endproc
    .size fp_aarch64_wide_sub, .-fp_aarch64_wide_sub

    .globl fp_aarch64_accumulate
    .hidden fp_aarch64_accumulate
    .type fp_aarch64_accumulate, %function
    .p2align 4
fp_aarch64_accumulate:
    .cfi_startproc
    sub sp, sp, #416
    .cfi_def_cfa_offset 416
    stp x19, x20, [sp, #320]
    stp x21, x22, [sp, #336]
    stp x23, x24, [sp, #352]
    stp x25, x26, [sp, #368]
    stp x27, x28, [sp, #384]
    stp x29, x30, [sp, #400]
    .cfi_offset x19, -96
    .cfi_offset x20, -88
    .cfi_offset x21, -80
    .cfi_offset x22, -72
    .cfi_offset x23, -64
    .cfi_offset x24, -56
    .cfi_offset x25, -48
    .cfi_offset x26, -40
    .cfi_offset x27, -32
    .cfi_offset x28, -24
    .cfi_offset x29, -16
    .cfi_offset x30, -8
    ldp x3, x4, [x0, #0]
    ldp x5, x6, [x0, #16]
    ldp x7, x8, [x0, #32]
    ldp x9, x10, [x0, #48]
    ldp x11, x12, [x0, #64]
    ldp x13, x14, [x0, #80]
    ldp x15, x16, [x0, #96]
    ldp x17, x19, [x0, #112]
    ldp x23, x24, [x1, #0]
    adds x3, x3, x23
    adcs x4, x4, x24
    ldp x25, x26, [x1, #16]
    adcs x5, x5, x25
    adcs x6, x6, x26
    ldp x23, x24, [x1, #32]
    adcs x7, x7, x23
    adcs x8, x8, x24
    ldp x25, x26, [x1, #48]
    adcs x9, x9, x25
    adcs x10, x10, x26
    ldp x23, x24, [x1, #64]
    adcs x11, x11, x23
    adcs x12, x12, x24
    ldp x25, x26, [x1, #80]
    adcs x13, x13, x25
    adcs x14, x14, x26
    ldp x23, x24, [x1, #96]
    adcs x15, x15, x23
    adcs x16, x16, x24
    ldp x25, x26, [x1, #112]
    adcs x17, x17, x25
    adcs x19, x19, x26
    stp x3, x4, [x0, #0]
    stp x5, x6, [x0, #16]
    stp x7, x8, [x0, #32]
    stp x9, x10, [x0, #48]
    stp x11, x12, [x0, #64]
    stp x13, x14, [x0, #80]
    stp x15, x16, [x0, #96]
    stp x17, x19, [x0, #112]
    ldp x3, x4, [x0, #128]
    ldp x5, x6, [x0, #144]
    ldp x7, x8, [x0, #160]
    ldp x9, x10, [x0, #176]
    ldp x11, x12, [x0, #192]
    ldp x13, x14, [x0, #208]
    ldp x15, x16, [x0, #224]
    ldp x17, x19, [x0, #240]
    ldp x23, x24, [x1, #128]
    adcs x3, x3, x23
    adcs x4, x4, x24
    ldp x25, x26, [x1, #144]
    adcs x5, x5, x25
    adcs x6, x6, x26
    ldp x23, x24, [x1, #160]
    adcs x7, x7, x23
    adcs x8, x8, x24
    ldp x25, x26, [x1, #176]
    adcs x9, x9, x25
    adcs x10, x10, x26
    ldp x23, x24, [x1, #192]
    adcs x11, x11, x23
    adcs x12, x12, x24
    ldp x25, x26, [x1, #208]
    adcs x13, x13, x25
    adcs x14, x14, x26
    ldp x23, x24, [x1, #224]
    adcs x15, x15, x23
    adcs x16, x16, x24
    ldp x25, x26, [x1, #240]
    adcs x17, x17, x25
    adcs x19, x19, x26
    cset x27, cs
    stp x3, x4, [x0, #128]
    stp x5, x6, [x0, #144]
    stp x7, x8, [x0, #160]
    stp x9, x10, [x0, #176]
    stp x11, x12, [x0, #192]
    stp x13, x14, [x0, #208]
    stp x15, x16, [x0, #224]
    stp x17, x19, [x0, #240]
    ldr x3, [x0, #256]
    add x3, x3, x27
    str x3, [x0, #256]
    ldp x19, x20, [sp, #320]
    ldp x21, x22, [sp, #336]
    ldp x23, x24, [sp, #352]
    ldp x25, x26, [sp, #368]
    ldp x27, x28, [sp, #384]
    ldp x29, x30, [sp, #400]
    .cfi_restore x19
    .cfi_restore x20
    .cfi_restore x21
    .cfi_restore x22
    .cfi_restore x23
    .cfi_restore x24
    .cfi_restore x25
    .cfi_restore x26
    .cfi_restore x27
    .cfi_restore x28
    .cfi_restore x29
    .cfi_restore x30
    add sp, sp, #416
    .cfi_def_cfa_offset 0
    ret
    .cfi_endproc
    .size fp_aarch64_accumulate, .-fp_aarch64_accumulate
#endif
    .section .note.GNU-stack, "", %progbits
