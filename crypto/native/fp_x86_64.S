/* Written by generate_fp_x86_64.py; do not edit. */
#if defined(__x86_64__) && defined(__ELF__)
    .section .rodata.fp_x86_64, "a", @progbits
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
.Lcomplement:
    .quad 0x99927f850157a015
    .quad 0x7f3a20ef53853178
    .quad 0x031c17dc767a824f
    .quad 0x606b2950a968e0e0
    .quad 0x5830c3ade3c3f655
    .quad 0x49500b57ce7ad57d
    .quad 0xaed53a329a97e31e
    .quad 0x1d939b78cd94b32b
    .quad 0xca92d80b5999592f
    .quad 0x186e4c60083775e6
    .quad 0xdd78cf2ace5a634f
    .quad 0x0bf554d81d03f0e4
    .quad 0x41651ca74c1fe5d1
    .quad 0xbe93f31e634b7d9e
    .quad 0x9a39ee67252f9a85
    .quad 0x668544e0f5a9c025
.Ln0:
    .quad 0x290420077c8f2f3d
    .text

    .globl fp_x86_64_mul_wide
    .hidden fp_x86_64_mul_wide
    .type fp_x86_64_mul_wide, @function
    .p2align 5
fp_x86_64_mul_wide:
    .cfi_startproc
    push %rbx
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbx, 0
    push %rbp
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbp, 0
    push %r12
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r12, 0
    push %r13
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r13, 0
    push %r14
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r14, 0
    push %r15
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r15, 0
    sub $336, %rsp
    .cfi_adjust_cfa_offset 336
    mov %rdx, %rcx
    xor %ebp, %ebp
    mov 0(%rcx), %rdx
    mulx 0(%rsi), %rax, %r9
    mov %rax, 0(%rdi)
    mulx 8(%rsi), %rax, %r10
    add %rax, %r9
    mulx 16(%rsi), %rax, %r11
    adc %rax, %r10
    mulx 24(%rsi), %rax, %r12
    adc %rax, %r11
    mulx 32(%rsi), %rax, %r13
    adc %rax, %r12
    mulx 40(%rsi), %rax, %r14
    adc %rax, %r13
    mulx 48(%rsi), %rax, %r15
    adc %rax, %r14
    mulx 56(%rsi), %rax, %r8
    adc %rax, %r15
    adc $0, %r8
    mov 8(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r9
    mov %r9, 8(%rdi)
    adox %rbx, %r10
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 56(%rsi), %rax, %r9
    adcx %rax, %r8
    adox %rbp, %r9
    adcx %rbp, %r9
    mov 16(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r10
    mov %r10, 16(%rdi)
    adox %rbx, %r11
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 56(%rsi), %rax, %r10
    adcx %rax, %r9
    adox %rbp, %r10
    adcx %rbp, %r10
    mov 24(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r11
    mov %r11, 24(%rdi)
    adox %rbx, %r12
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 56(%rsi), %rax, %r11
    adcx %rax, %r10
    adox %rbp, %r11
    adcx %rbp, %r11
    mov 32(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r12
    mov %r12, 32(%rdi)
    adox %rbx, %r13
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 56(%rsi), %rax, %r12
    adcx %rax, %r11
    adox %rbp, %r12
    adcx %rbp, %r12
    mov 40(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r13
    mov %r13, 40(%rdi)
    adox %rbx, %r14
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 56(%rsi), %rax, %r13
    adcx %rax, %r12
    adox %rbp, %r13
    adcx %rbp, %r13
    mov 48(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r14
    mov %r14, 48(%rdi)
    adox %rbx, %r15
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 56(%rsi), %rax, %r14
    adcx %rax, %r13
    adox %rbp, %r14
    adcx %rbp, %r14
    mov 56(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r15
    mov %r15, 56(%rdi)
    adox %rbx, %r8
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 56(%rsi), %rax, %r15
    adcx %rax, %r14
    adox %rbp, %r15
    adcx %rbp, %r15
    mov 64(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r8
    mov %r8, 64(%rdi)
    adox %rbx, %r9
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 56(%rsi), %rax, %r8
    adcx %rax, %r15
    adox %rbp, %r8
    adcx %rbp, %r8
    mov 72(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r9
    mov %r9, 72(%rdi)
    adox %rbx, %r10
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 56(%rsi), %rax, %r9
    adcx %rax, %r8
    adox %rbp, %r9
    adcx %rbp, %r9
    mov 80(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r10
    mov %r10, 80(%rdi)
    adox %rbx, %r11
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 56(%rsi), %rax, %r10
    adcx %rax, %r9
    adox %rbp, %r10
    adcx %rbp, %r10
    mov 88(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r11
    mov %r11, 88(%rdi)
    adox %rbx, %r12
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 56(%rsi), %rax, %r11
    adcx %rax, %r10
    adox %rbp, %r11
    adcx %rbp, %r11
    mov 96(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r12
    mov %r12, 96(%rdi)
    adox %rbx, %r13
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 56(%rsi), %rax, %r12
    adcx %rax, %r11
    adox %rbp, %r12
    adcx %rbp, %r12
    mov 104(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r13
    mov %r13, 104(%rdi)
    adox %rbx, %r14
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 56(%rsi), %rax, %r13
    adcx %rax, %r12
    adox %rbp, %r13
    adcx %rbp, %r13
    mov 112(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r14
    mov %r14, 112(%rdi)
    adox %rbx, %r15
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 56(%rsi), %rax, %r14
    adcx %rax, %r13
    adox %rbp, %r14
    adcx %rbp, %r14
    mov 120(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r15
    mov %r15, 120(%rdi)
    adox %rbx, %r8
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 56(%rsi), %rax, %r15
    adcx %rax, %r14
    adox %rbp, %r15
    adcx %rbp, %r15
    mov %r8, 128(%rdi)
    mov %r9, 136(%rdi)
    mov %r10, 144(%rdi)
    mov %r11, 152(%rdi)
    mov %r12, 160(%rdi)
    mov %r13, 168(%rdi)
    mov %r14, 176(%rdi)
    mov %r15, 184(%rdi)
    mov 64(%rdi), %r8
    mov 72(%rdi), %r9
    mov 80(%rdi), %r10
    mov 88(%rdi), %r11
    mov 96(%rdi), %r12
    mov 104(%rdi), %r13
    mov 112(%rdi), %r14
    mov 120(%rdi), %r15
    mov 0(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r8
    mov %r8, 64(%rdi)
    adox %rbx, %r9
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 120(%rsi), %rax, %r8
    adcx %rax, %r15
    adox %rbp, %r8
    adcx %rbp, %r8
    mov 8(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r9
    mov %r9, 72(%rdi)
    adox %rbx, %r10
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 120(%rsi), %rax, %r9
    adcx %rax, %r8
    adox %rbp, %r9
    adcx %rbp, %r9
    mov 16(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r10
    mov %r10, 80(%rdi)
    adox %rbx, %r11
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 120(%rsi), %rax, %r10
    adcx %rax, %r9
    adox %rbp, %r10
    adcx %rbp, %r10
    mov 24(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r11
    mov %r11, 88(%rdi)
    adox %rbx, %r12
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 120(%rsi), %rax, %r11
    adcx %rax, %r10
    adox %rbp, %r11
    adcx %rbp, %r11
    mov 32(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r12
    mov %r12, 96(%rdi)
    adox %rbx, %r13
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 120(%rsi), %rax, %r12
    adcx %rax, %r11
    adox %rbp, %r12
    adcx %rbp, %r12
    mov 40(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r13
    mov %r13, 104(%rdi)
    adox %rbx, %r14
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 120(%rsi), %rax, %r13
    adcx %rax, %r12
    adox %rbp, %r13
    adcx %rbp, %r13
    mov 48(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r14
    mov %r14, 112(%rdi)
    adox %rbx, %r15
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 120(%rsi), %rax, %r14
    adcx %rax, %r13
    adox %rbp, %r14
    adcx %rbp, %r14
    mov 56(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r15
    mov %r15, 120(%rdi)
    adox %rbx, %r8
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 120(%rsi), %rax, %r15
    adcx %rax, %r14
    adox %rbp, %r15
    adcx %rbp, %r15
    add 128(%rdi), %r8
    adc 136(%rdi), %r9
    adc 144(%rdi), %r10
    adc 152(%rdi), %r11
    adc 160(%rdi), %r12
    adc 168(%rdi), %r13
    adc 176(%rdi), %r14
    adc 184(%rdi), %r15
    mov $0, %eax
    adc $0, %rax
    mov %rax, 320(%rsp)
    mov 64(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r8
    mov %r8, 128(%rdi)
    adox %rbx, %r9
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 120(%rsi), %rax, %r8
    adcx %rax, %r15
    adox 320(%rsp), %r8
    adcx %rbp, %r8
    mov 72(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r9
    mov %r9, 136(%rdi)
    adox %rbx, %r10
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 120(%rsi), %rax, %r9
    adcx %rax, %r8
    adox %rbp, %r9
    adcx %rbp, %r9
    mov 80(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r10
    mov %r10, 144(%rdi)
    adox %rbx, %r11
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 120(%rsi), %rax, %r10
    adcx %rax, %r9
    adox %rbp, %r10
    adcx %rbp, %r10
    mov 88(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r11
    mov %r11, 152(%rdi)
    adox %rbx, %r12
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 120(%rsi), %rax, %r11
    adcx %rax, %r10
    adox %rbp, %r11
    adcx %rbp, %r11
    mov 96(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r12
    mov %r12, 160(%rdi)
    adox %rbx, %r13
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 120(%rsi), %rax, %r12
    adcx %rax, %r11
    adox %rbp, %r12
    adcx %rbp, %r12
    mov 104(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r13
    mov %r13, 168(%rdi)
    adox %rbx, %r14
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 120(%rsi), %rax, %r13
    adcx %rax, %r12
    adox %rbp, %r13
    adcx %rbp, %r13
    mov 112(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r14
    mov %r14, 176(%rdi)
    adox %rbx, %r15
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 120(%rsi), %rax, %r14
    adcx %rax, %r13
    adox %rbp, %r14
    adcx %rbp, %r14
    mov 120(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r15
    mov %r15, 184(%rdi)
    adox %rbx, %r8
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 120(%rsi), %rax, %r15
    adcx %rax, %r14
    adox %rbp, %r15
    adcx %rbp, %r15
    mov %r8, 192(%rdi)
    mov %r9, 200(%rdi)
    mov %r10, 208(%rdi)
    mov %r11, 216(%rdi)
    mov %r12, 224(%rdi)
    mov %r13, 232(%rdi)
    mov %r14, 240(%rdi)
    mov %r15, 248(%rdi)
    add $336, %rsp
    .cfi_adjust_cfa_offset -336
    pop %r15
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r15
    pop %r14
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r14
    pop %r13
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r13
    pop %r12
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r12
    pop %rbp
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbp
    pop %rbx
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbx
    ret
    .cfi_endproc
    .size fp_x86_64_mul_wide, .-fp_x86_64_mul_wide

    .globl fp_x86_64_sqr_wide
    .hidden fp_x86_64_sqr_wide
    .type fp_x86_64_sqr_wide, @function
    .p2align 5
fp_x86_64_sqr_wide:
    .cfi_startproc
    push %rbx
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbx, 0
    push %rbp
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbp, 0
    push %r12
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r12, 0
    push %r13
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r13, 0
    push %r14
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r14, 0
    push %r15
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r15, 0
    sub $336, %rsp
    .cfi_adjust_cfa_offset 336
    xor %ebp, %ebp
    mov 0(%rsi), %rdx
    mulx 8(%rsi), %rax, %r9
    mov %rax, 8(%rdi)
    mulx 16(%rsi), %rax, %r10
    add %rax, %r9
    mulx 24(%rsi), %rax, %r11
    adc %rax, %r10
    mulx 32(%rsi), %rax, %r12
    adc %rax, %r11
    mulx 40(%rsi), %rax, %r13
    adc %rax, %r12
    mulx 48(%rsi), %rax, %r14
    adc %rax, %r13
    mulx 56(%rsi), %rax, %r8
    adc %rax, %r14
    adc $0, %r8
    mov %r9, 16(%rdi)
    mov 8(%rsi), %rdx
    xor %eax, %eax
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r10
    mov %r10, 24(%rdi)
    adox %rbx, %r11
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r8
    mulx 56(%rsi), %rax, %r10
    adcx %rax, %r8
    adox %rbp, %r10
    adcx %rbp, %r10
    mov %r11, 32(%rdi)
    mov 16(%rsi), %rdx
    xor %eax, %eax
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r12
    mov %r12, 40(%rdi)
    adox %rbx, %r13
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r8
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r10
    mulx 56(%rsi), %rax, %r12
    adcx %rax, %r10
    adox %rbp, %r12
    adcx %rbp, %r12
    mov %r13, 48(%rdi)
    mov 24(%rsi), %rdx
    xor %eax, %eax
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r14
    mov %r14, 56(%rdi)
    adox %rbx, %r8
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r10
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r12
    mulx 56(%rsi), %rax, %r14
    adcx %rax, %r12
    adox %rbp, %r14
    adcx %rbp, %r14
    mov %r8, 64(%rdi)
    mov 32(%rsi), %rdx
    xor %eax, %eax
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r10
    mov %r10, 72(%rdi)
    adox %rbx, %r12
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r14
    mulx 56(%rsi), %rax, %r10
    adcx %rax, %r14
    adox %rbp, %r10
    adcx %rbp, %r10
    mov %r12, 80(%rdi)
    mov 40(%rsi), %rdx
    xor %eax, %eax
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r14
    mov %r14, 88(%rdi)
    adox %rbx, %r10
    mulx 56(%rsi), %rax, %r14
    adcx %rax, %r10
    adox %rbp, %r14
    adcx %rbp, %r14
    mov %r10, 96(%rdi)
    mov 48(%rsi), %rdx
    xor %eax, %eax
    mulx 56(%rsi), %rax, %rbx
    adcx %rax, %r14
    mov %r14, 104(%rdi)
    mov %rbx, %r14
    adox %rbp, %r14
    adcx %rbp, %r14
    mov %r14, 112(%rdi)
    mov 64(%rdi), %r8
    mov 72(%rdi), %r9
    mov 80(%rdi), %r10
    mov 88(%rdi), %r11
    mov 96(%rdi), %r12
    mov 104(%rdi), %r13
    mov 112(%rdi), %r14
    mov %rbp, %r15
    mov 0(%rsi), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r8
    mov %r8, 64(%rdi)
    adox %rbx, %r9
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 120(%rsi), %rax, %r8
    adcx %rax, %r15
    adox %rbp, %r8
    adcx %rbp, %r8
    mov 8(%rsi), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r9
    mov %r9, 72(%rdi)
    adox %rbx, %r10
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 120(%rsi), %rax, %r9
    adcx %rax, %r8
    adox %rbp, %r9
    adcx %rbp, %r9
    mov 16(%rsi), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r10
    mov %r10, 80(%rdi)
    adox %rbx, %r11
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 120(%rsi), %rax, %r10
    adcx %rax, %r9
    adox %rbp, %r10
    adcx %rbp, %r10
    mov 24(%rsi), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r11
    mov %r11, 88(%rdi)
    adox %rbx, %r12
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 120(%rsi), %rax, %r11
    adcx %rax, %r10
    adox %rbp, %r11
    adcx %rbp, %r11
    mov 32(%rsi), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r12
    mov %r12, 96(%rdi)
    adox %rbx, %r13
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 120(%rsi), %rax, %r12
    adcx %rax, %r11
    adox %rbp, %r12
    adcx %rbp, %r12
    mov 40(%rsi), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r13
    mov %r13, 104(%rdi)
    adox %rbx, %r14
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 120(%rsi), %rax, %r13
    adcx %rax, %r12
    adox %rbp, %r13
    adcx %rbp, %r13
    mov 48(%rsi), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r14
    mov %r14, 112(%rdi)
    adox %rbx, %r15
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 120(%rsi), %rax, %r14
    adcx %rax, %r13
    adox %rbp, %r14
    adcx %rbp, %r14
    mov 56(%rsi), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r15
    mov %r15, 120(%rdi)
    adox %rbx, %r8
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 120(%rsi), %rax, %r15
    adcx %rax, %r14
    adox %rbp, %r15
    adcx %rbp, %r15
    mov %r8, 128(%rdi)
    mov 64(%rsi), %rdx
    xor %eax, %eax
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r9
    mov %r9, 136(%rdi)
    adox %rbx, %r10
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 120(%rsi), %rax, %r9
    adcx %rax, %r15
    adox %rbp, %r9
    adcx %rbp, %r9
    mov %r10, 144(%rdi)
    mov 72(%rsi), %rdx
    xor %eax, %eax
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r11
    mov %r11, 152(%rdi)
    adox %rbx, %r12
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r9
    mulx 120(%rsi), %rax, %r11
    adcx %rax, %r9
    adox %rbp, %r11
    adcx %rbp, %r11
    mov %r12, 160(%rdi)
    mov 80(%rsi), %rdx
    xor %eax, %eax
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r13
    mov %r13, 168(%rdi)
    adox %rbx, %r14
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r9
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r11
    mulx 120(%rsi), %rax, %r13
    adcx %rax, %r11
    adox %rbp, %r13
    adcx %rbp, %r13
    mov %r14, 176(%rdi)
    mov 88(%rsi), %rdx
    xor %eax, %eax
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r15
    mov %r15, 184(%rdi)
    adox %rbx, %r9
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r11
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r13
    mulx 120(%rsi), %rax, %r15
    adcx %rax, %r13
    adox %rbp, %r15
    adcx %rbp, %r15
    mov %r9, 192(%rdi)
    mov 96(%rsi), %rdx
    xor %eax, %eax
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r11
    mov %r11, 200(%rdi)
    adox %rbx, %r13
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r15
    mulx 120(%rsi), %rax, %r11
    adcx %rax, %r15
    adox %rbp, %r11
    adcx %rbp, %r11
    mov %r13, 208(%rdi)
    mov 104(%rsi), %rdx
    xor %eax, %eax
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r15
    mov %r15, 216(%rdi)
    adox %rbx, %r11
    mulx 120(%rsi), %rax, %r15
    adcx %rax, %r11
    adox %rbp, %r15
    adcx %rbp, %r15
    mov %r11, 224(%rdi)
    mov 112(%rsi), %rdx
    xor %eax, %eax
    mulx 120(%rsi), %rax, %rbx
    adcx %rax, %r15
    mov %r15, 232(%rdi)
    mov %rbx, %r15
    adox %rbp, %r15
    adcx %rbp, %r15
    mov %r15, 240(%rdi)
    xor %eax, %eax
    mov 0(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov %rbp, %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 0(%rdi)
    mov 8(%rdi), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 8(%rdi)
    mov 8(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 16(%rdi), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 16(%rdi)
    mov 24(%rdi), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 24(%rdi)
    mov 16(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 32(%rdi), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 32(%rdi)
    mov 40(%rdi), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 40(%rdi)
    mov 24(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 48(%rdi), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 48(%rdi)
    mov 56(%rdi), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 56(%rdi)
    mov 32(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 64(%rdi), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 64(%rdi)
    mov 72(%rdi), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 72(%rdi)
    mov 40(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 80(%rdi), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 80(%rdi)
    mov 88(%rdi), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 88(%rdi)
    mov 48(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 96(%rdi), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 96(%rdi)
    mov 104(%rdi), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 104(%rdi)
    mov 56(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 112(%rdi), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 112(%rdi)
    mov 120(%rdi), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 120(%rdi)
    mov 64(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 128(%rdi), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 128(%rdi)
    mov 136(%rdi), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 136(%rdi)
    mov 72(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 144(%rdi), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 144(%rdi)
    mov 152(%rdi), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 152(%rdi)
    mov 80(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 160(%rdi), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 160(%rdi)
    mov 168(%rdi), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 168(%rdi)
    mov 88(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 176(%rdi), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 176(%rdi)
    mov 184(%rdi), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 184(%rdi)
    mov 96(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 192(%rdi), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 192(%rdi)
    mov 200(%rdi), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 200(%rdi)
    mov 104(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 208(%rdi), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 208(%rdi)
    mov 216(%rdi), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 216(%rdi)
    mov 112(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 224(%rdi), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 224(%rdi)
    mov 232(%rdi), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 232(%rdi)
    mov 120(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 240(%rdi), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 240(%rdi)
    mov %rbp, %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 248(%rdi)
    add $336, %rsp
    .cfi_adjust_cfa_offset -336
    pop %r15
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r15
    pop %r14
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r14
    pop %r13
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r13
    pop %r12
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r12
    pop %rbp
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbp
    pop %rbx
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbx
    ret
    .cfi_endproc
    .size fp_x86_64_sqr_wide, .-fp_x86_64_sqr_wide

    .globl fp_x86_64_redc
    .hidden fp_x86_64_redc
    .type fp_x86_64_redc, @function
    .p2align 5
fp_x86_64_redc:
    .cfi_startproc
    push %rbx
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbx, 0
    push %rbp
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbp, 0
    push %r12
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r12, 0
    push %r13
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r13, 0
    push %r14
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r14, 0
    push %r15
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r15, 0
    sub $336, %rsp
    .cfi_adjust_cfa_offset 336
    xor %ebp, %ebp
    mov %rdi, 328(%rsp)
    mov 0(%rsi), %r8
    mov 8(%rsi), %r9
    mov 16(%rsi), %r10
    mov 24(%rsi), %r11
    mov 32(%rsi), %r12
    mov 40(%rsi), %r13
    mov 48(%rsi), %r14
    mov 56(%rsi), %r15
    mov %r8, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 256(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+56(%rip), %rax, %r8
    adcx %rax, %r15
    adox %rbp, %r8
    adcx %rbp, %r8
    mov %r9, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 264(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+56(%rip), %rax, %r9
    adcx %rax, %r8
    adox %rbp, %r9
    adcx %rbp, %r9
    mov %r10, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 272(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+56(%rip), %rax, %r10
    adcx %rax, %r9
    adox %rbp, %r10
    adcx %rbp, %r10
    mov %r11, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 280(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+56(%rip), %rax, %r11
    adcx %rax, %r10
    adox %rbp, %r11
    adcx %rbp, %r11
    mov %r12, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 288(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+56(%rip), %rax, %r12
    adcx %rax, %r11
    adox %rbp, %r12
    adcx %rbp, %r12
    mov %r13, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 296(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+56(%rip), %rax, %r13
    adcx %rax, %r12
    adox %rbp, %r13
    adcx %rbp, %r13
    mov %r14, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 304(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+56(%rip), %rax, %r14
    adcx %rax, %r13
    adox %rbp, %r14
    adcx %rbp, %r14
    mov %r15, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 312(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+56(%rip), %rax, %r15
    adcx %rax, %r14
    adox %rbp, %r15
    adcx %rbp, %r15
    add 64(%rsi), %r8
    adc 72(%rsi), %r9
    adc 80(%rsi), %r10
    adc 88(%rsi), %r11
    adc 96(%rsi), %r12
    adc 104(%rsi), %r13
    adc 112(%rsi), %r14
    adc 120(%rsi), %r15
    mov $0, %eax
    adc $0, %rax
    mov %rax, 320(%rsp)
    mov 256(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r8
    mov %r8, 64(%rsp)
    adox %rbx, %r9
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+120(%rip), %rax, %r8
    adcx %rax, %r15
    adox 320(%rsp), %r8
    adcx %rbp, %r8
    mov 264(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r9
    mov %r9, 72(%rsp)
    adox %rbx, %r10
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+120(%rip), %rax, %r9
    adcx %rax, %r8
    adox %rbp, %r9
    adcx %rbp, %r9
    mov 272(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r10
    mov %r10, 80(%rsp)
    adox %rbx, %r11
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+120(%rip), %rax, %r10
    adcx %rax, %r9
    adox %rbp, %r10
    adcx %rbp, %r10
    mov 280(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r11
    mov %r11, 88(%rsp)
    adox %rbx, %r12
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+120(%rip), %rax, %r11
    adcx %rax, %r10
    adox %rbp, %r11
    adcx %rbp, %r11
    mov 288(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r12
    mov %r12, 96(%rsp)
    adox %rbx, %r13
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+120(%rip), %rax, %r12
    adcx %rax, %r11
    adox %rbp, %r12
    adcx %rbp, %r12
    mov 296(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r13
    mov %r13, 104(%rsp)
    adox %rbx, %r14
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+120(%rip), %rax, %r13
    adcx %rax, %r12
    adox %rbp, %r13
    adcx %rbp, %r13
    mov 304(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r14
    mov %r14, 112(%rsp)
    adox %rbx, %r15
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+120(%rip), %rax, %r14
    adcx %rax, %r13
    adox %rbp, %r14
    adcx %rbp, %r14
    mov 312(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r15
    mov %r15, 120(%rsp)
    adox %rbx, %r8
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+120(%rip), %rax, %r15
    adcx %rax, %r14
    adox %rbp, %r15
    adcx %rbp, %r15
    add 128(%rsi), %r8
    adc 136(%rsi), %r9
    adc 144(%rsi), %r10
    adc 152(%rsi), %r11
    adc 160(%rsi), %r12
    adc 168(%rsi), %r13
    adc 176(%rsi), %r14
    adc 184(%rsi), %r15
    mov $0, %eax
    adc $0, %rax
    mov %rax, 320(%rsp)
    mov %r8, 128(%rsp)
    mov %r9, 136(%rsp)
    mov %r10, 144(%rsp)
    mov %r11, 152(%rsp)
    mov %r12, 160(%rsp)
    mov %r13, 168(%rsp)
    mov %r14, 176(%rsp)
    mov %r15, 184(%rsp)
    mov 64(%rsp), %r8
    mov 72(%rsp), %r9
    mov 80(%rsp), %r10
    mov 88(%rsp), %r11
    mov 96(%rsp), %r12
    mov 104(%rsp), %r13
    mov 112(%rsp), %r14
    mov 120(%rsp), %r15
    mov %r8, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 256(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+56(%rip), %rax, %r8
    adcx %rax, %r15
    adox %rbp, %r8
    adcx %rbp, %r8
    mov %r9, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 264(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+56(%rip), %rax, %r9
    adcx %rax, %r8
    adox %rbp, %r9
    adcx %rbp, %r9
    mov %r10, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 272(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+56(%rip), %rax, %r10
    adcx %rax, %r9
    adox %rbp, %r10
    adcx %rbp, %r10
    mov %r11, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 280(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+56(%rip), %rax, %r11
    adcx %rax, %r10
    adox %rbp, %r11
    adcx %rbp, %r11
    mov %r12, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 288(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+56(%rip), %rax, %r12
    adcx %rax, %r11
    adox %rbp, %r12
    adcx %rbp, %r12
    mov %r13, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 296(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+56(%rip), %rax, %r13
    adcx %rax, %r12
    adox %rbp, %r13
    adcx %rbp, %r13
    mov %r14, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 304(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+56(%rip), %rax, %r14
    adcx %rax, %r13
    adox %rbp, %r14
    adcx %rbp, %r14
    mov %r15, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 312(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+56(%rip), %rax, %r15
    adcx %rax, %r14
    adox %rbp, %r15
    adcx %rbp, %r15
    add 128(%rsp), %r8
    adc 136(%rsp), %r9
    adc 144(%rsp), %r10
    adc 152(%rsp), %r11
    adc 160(%rsp), %r12
    adc 168(%rsp), %r13
    adc 176(%rsp), %r14
    adc 184(%rsp), %r15
    adcq $0, 320(%rsp)
    mov 256(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r8
    mov %r8, 128(%rsp)
    adox %rbx, %r9
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+120(%rip), %rax, %r8
    adcx %rax, %r15
    adox 320(%rsp), %r8
    adcx %rbp, %r8
    mov 264(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r9
    mov %r9, 136(%rsp)
    adox %rbx, %r10
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+120(%rip), %rax, %r9
    adcx %rax, %r8
    adox %rbp, %r9
    adcx %rbp, %r9
    mov 272(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r10
    mov %r10, 144(%rsp)
    adox %rbx, %r11
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+120(%rip), %rax, %r10
    adcx %rax, %r9
    adox %rbp, %r10
    adcx %rbp, %r10
    mov 280(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r11
    mov %r11, 152(%rsp)
    adox %rbx, %r12
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+120(%rip), %rax, %r11
    adcx %rax, %r10
    adox %rbp, %r11
    adcx %rbp, %r11
    mov 288(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r12
    mov %r12, 160(%rsp)
    adox %rbx, %r13
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+120(%rip), %rax, %r12
    adcx %rax, %r11
    adox %rbp, %r12
    adcx %rbp, %r12
    mov 296(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r13
    mov %r13, 168(%rsp)
    adox %rbx, %r14
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+120(%rip), %rax, %r13
    adcx %rax, %r12
    adox %rbp, %r13
    adcx %rbp, %r13
    mov 304(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r14
    mov %r14, 176(%rsp)
    adox %rbx, %r15
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+120(%rip), %rax, %r14
    adcx %rax, %r13
    adox %rbp, %r14
    adcx %rbp, %r14
    mov 312(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r15
    mov %r15, 184(%rsp)
    adox %rbx, %r8
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+120(%rip), %rax, %r15
    adcx %rax, %r14
    adox %rbp, %r15
    adcx %rbp, %r15
    add 192(%rsi), %r8
    adc 200(%rsi), %r9
    adc 208(%rsi), %r10
    adc 216(%rsi), %r11
    adc 224(%rsi), %r12
    adc 232(%rsi), %r13
    adc 240(%rsi), %r14
    adc 248(%rsi), %r15
    mov $0, %eax
    adc $0, %rax
    mov %rax, 320(%rsp)
    mov %r8, 192(%rsp)
    mov %r9, 200(%rsp)
    mov %r10, 208(%rsp)
    mov %r11, 216(%rsp)
    mov %r12, 224(%rsp)
    mov %r13, 232(%rsp)
    mov %r14, 240(%rsp)
    mov %r15, 248(%rsp)
    mov 328(%rsp), %rdi
    mov 320(%rsp), %rdx
    mov 128(%rsp), %rax
    sub .Lmodulus+0(%rip), %rax
    mov %rax, 0(%rsp)
    mov 136(%rsp), %rax
    sbb .Lmodulus+8(%rip), %rax
    mov %rax, 8(%rsp)
    mov 144(%rsp), %rax
    sbb .Lmodulus+16(%rip), %rax
    mov %rax, 16(%rsp)
    mov 152(%rsp), %rax
    sbb .Lmodulus+24(%rip), %rax
    mov %rax, 24(%rsp)
    mov 160(%rsp), %rax
    sbb .Lmodulus+32(%rip), %rax
    mov %rax, 32(%rsp)
    mov 168(%rsp), %rax
    sbb .Lmodulus+40(%rip), %rax
    mov %rax, 40(%rsp)
    mov 176(%rsp), %rax
    sbb .Lmodulus+48(%rip), %rax
    mov %rax, 48(%rsp)
    mov 184(%rsp), %rax
    sbb .Lmodulus+56(%rip), %rax
    mov %rax, 56(%rsp)
    mov 192(%rsp), %r8
    sbb .Lmodulus+64(%rip), %r8
    mov 200(%rsp), %r9
    sbb .Lmodulus+72(%rip), %r9
    mov 208(%rsp), %r10
    sbb .Lmodulus+80(%rip), %r10
    mov 216(%rsp), %r11
    sbb .Lmodulus+88(%rip), %r11
    mov 224(%rsp), %r12
    sbb .Lmodulus+96(%rip), %r12
    mov 232(%rsp), %r13
    sbb .Lmodulus+104(%rip), %r13
    mov 240(%rsp), %r14
    sbb .Lmodulus+112(%rip), %r14
    mov 248(%rsp), %r15
    sbb .Lmodulus+120(%rip), %r15
    sbb $0, %rdx
    cmovc %rbp, %rdx
    mov 0(%rsp), %rax
    cmovc 128(%rsp), %rax
    mov %rax, 0(%rdi)
    mov 8(%rsp), %rax
    cmovc 136(%rsp), %rax
    mov %rax, 8(%rdi)
    mov 16(%rsp), %rax
    cmovc 144(%rsp), %rax
    mov %rax, 16(%rdi)
    mov 24(%rsp), %rax
    cmovc 152(%rsp), %rax
    mov %rax, 24(%rdi)
    mov 32(%rsp), %rax
    cmovc 160(%rsp), %rax
    mov %rax, 32(%rdi)
    mov 40(%rsp), %rax
    cmovc 168(%rsp), %rax
    mov %rax, 40(%rdi)
    mov 48(%rsp), %rax
    cmovc 176(%rsp), %rax
    mov %rax, 48(%rdi)
    mov 56(%rsp), %rax
    cmovc 184(%rsp), %rax
    mov %rax, 56(%rdi)
    cmovc 192(%rsp), %r8
    mov %r8, 64(%rdi)
    cmovc 200(%rsp), %r9
    mov %r9, 72(%rdi)
    cmovc 208(%rsp), %r10
    mov %r10, 80(%rdi)
    cmovc 216(%rsp), %r11
    mov %r11, 88(%rdi)
    cmovc 224(%rsp), %r12
    mov %r12, 96(%rdi)
    cmovc 232(%rsp), %r13
    mov %r13, 104(%rdi)
    cmovc 240(%rsp), %r14
    mov %r14, 112(%rdi)
    cmovc 248(%rsp), %r15
    mov %r15, 120(%rdi)
    add $336, %rsp
    .cfi_adjust_cfa_offset -336
    pop %r15
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r15
    pop %r14
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r14
    pop %r13
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r13
    pop %r12
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r12
    pop %rbp
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbp
    pop %rbx
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbx
    ret
    .cfi_endproc
    .size fp_x86_64_redc, .-fp_x86_64_redc

    .globl fp_x86_64_mul
    .hidden fp_x86_64_mul
    .type fp_x86_64_mul, @function
    .p2align 5
fp_x86_64_mul:
    .cfi_startproc
    push %rbx
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbx, 0
    push %rbp
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbp, 0
    push %r12
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r12, 0
    push %r13
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r13, 0
    push %r14
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r14, 0
    push %r15
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r15, 0
    sub $336, %rsp
    .cfi_adjust_cfa_offset 336
    mov %rdx, %rcx
    xor %ebp, %ebp
    mov %rdi, 328(%rsp)
    mov 0(%rcx), %rdx
    mulx 0(%rsi), %rax, %r9
    mov %rax, 0(%rsp)
    mulx 8(%rsi), %rax, %r10
    add %rax, %r9
    mulx 16(%rsi), %rax, %r11
    adc %rax, %r10
    mulx 24(%rsi), %rax, %r12
    adc %rax, %r11
    mulx 32(%rsi), %rax, %r13
    adc %rax, %r12
    mulx 40(%rsi), %rax, %r14
    adc %rax, %r13
    mulx 48(%rsi), %rax, %r15
    adc %rax, %r14
    mulx 56(%rsi), %rax, %r8
    adc %rax, %r15
    adc $0, %r8
    mov 8(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r9
    mov %r9, 8(%rsp)
    adox %rbx, %r10
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 56(%rsi), %rax, %r9
    adcx %rax, %r8
    adox %rbp, %r9
    adcx %rbp, %r9
    mov 16(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r10
    mov %r10, 16(%rsp)
    adox %rbx, %r11
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 56(%rsi), %rax, %r10
    adcx %rax, %r9
    adox %rbp, %r10
    adcx %rbp, %r10
    mov 24(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r11
    mov %r11, 24(%rsp)
    adox %rbx, %r12
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 56(%rsi), %rax, %r11
    adcx %rax, %r10
    adox %rbp, %r11
    adcx %rbp, %r11
    mov 32(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r12
    mov %r12, 32(%rsp)
    adox %rbx, %r13
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 56(%rsi), %rax, %r12
    adcx %rax, %r11
    adox %rbp, %r12
    adcx %rbp, %r12
    mov 40(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r13
    mov %r13, 40(%rsp)
    adox %rbx, %r14
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 56(%rsi), %rax, %r13
    adcx %rax, %r12
    adox %rbp, %r13
    adcx %rbp, %r13
    mov 48(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r14
    mov %r14, 48(%rsp)
    adox %rbx, %r15
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 56(%rsi), %rax, %r14
    adcx %rax, %r13
    adox %rbp, %r14
    adcx %rbp, %r14
    mov 56(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r15
    mov %r15, 56(%rsp)
    adox %rbx, %r8
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 56(%rsi), %rax, %r15
    adcx %rax, %r14
    adox %rbp, %r15
    adcx %rbp, %r15
    mov 64(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r8
    mov %r8, 64(%rsp)
    adox %rbx, %r9
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 56(%rsi), %rax, %r8
    adcx %rax, %r15
    adox %rbp, %r8
    adcx %rbp, %r8
    mov 72(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r9
    mov %r9, 72(%rsp)
    adox %rbx, %r10
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 56(%rsi), %rax, %r9
    adcx %rax, %r8
    adox %rbp, %r9
    adcx %rbp, %r9
    mov 80(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r10
    mov %r10, 80(%rsp)
    adox %rbx, %r11
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 56(%rsi), %rax, %r10
    adcx %rax, %r9
    adox %rbp, %r10
    adcx %rbp, %r10
    mov 88(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r11
    mov %r11, 88(%rsp)
    adox %rbx, %r12
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 56(%rsi), %rax, %r11
    adcx %rax, %r10
    adox %rbp, %r11
    adcx %rbp, %r11
    mov 96(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r12
    mov %r12, 96(%rsp)
    adox %rbx, %r13
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 56(%rsi), %rax, %r12
    adcx %rax, %r11
    adox %rbp, %r12
    adcx %rbp, %r12
    mov 104(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r13
    mov %r13, 104(%rsp)
    adox %rbx, %r14
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 56(%rsi), %rax, %r13
    adcx %rax, %r12
    adox %rbp, %r13
    adcx %rbp, %r13
    mov 112(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r14
    mov %r14, 112(%rsp)
    adox %rbx, %r15
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 56(%rsi), %rax, %r14
    adcx %rax, %r13
    adox %rbp, %r14
    adcx %rbp, %r14
    mov 120(%rcx), %rdx
    xor %eax, %eax
    mulx 0(%rsi), %rax, %rbx
    adcx %rax, %r15
    mov %r15, 120(%rsp)
    adox %rbx, %r8
    mulx 8(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 56(%rsi), %rax, %r15
    adcx %rax, %r14
    adox %rbp, %r15
    adcx %rbp, %r15
    mov %r8, 128(%rsp)
    mov %r9, 136(%rsp)
    mov %r10, 144(%rsp)
    mov %r11, 152(%rsp)
    mov %r12, 160(%rsp)
    mov %r13, 168(%rsp)
    mov %r14, 176(%rsp)
    mov %r15, 184(%rsp)
    mov 64(%rsp), %r8
    mov 72(%rsp), %r9
    mov 80(%rsp), %r10
    mov 88(%rsp), %r11
    mov 96(%rsp), %r12
    mov 104(%rsp), %r13
    mov 112(%rsp), %r14
    mov 120(%rsp), %r15
    mov 0(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r8
    mov %r8, 64(%rsp)
    adox %rbx, %r9
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 120(%rsi), %rax, %r8
    adcx %rax, %r15
    adox %rbp, %r8
    adcx %rbp, %r8
    mov 8(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r9
    mov %r9, 72(%rsp)
    adox %rbx, %r10
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 120(%rsi), %rax, %r9
    adcx %rax, %r8
    adox %rbp, %r9
    adcx %rbp, %r9
    mov 16(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r10
    mov %r10, 80(%rsp)
    adox %rbx, %r11
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 120(%rsi), %rax, %r10
    adcx %rax, %r9
    adox %rbp, %r10
    adcx %rbp, %r10
    mov 24(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r11
    mov %r11, 88(%rsp)
    adox %rbx, %r12
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 120(%rsi), %rax, %r11
    adcx %rax, %r10
    adox %rbp, %r11
    adcx %rbp, %r11
    mov 32(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r12
    mov %r12, 96(%rsp)
    adox %rbx, %r13
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 120(%rsi), %rax, %r12
    adcx %rax, %r11
    adox %rbp, %r12
    adcx %rbp, %r12
    mov 40(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r13
    mov %r13, 104(%rsp)
    adox %rbx, %r14
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 120(%rsi), %rax, %r13
    adcx %rax, %r12
    adox %rbp, %r13
    adcx %rbp, %r13
    mov 48(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r14
    mov %r14, 112(%rsp)
    adox %rbx, %r15
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 120(%rsi), %rax, %r14
    adcx %rax, %r13
    adox %rbp, %r14
    adcx %rbp, %r14
    mov 56(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r15
    mov %r15, 120(%rsp)
    adox %rbx, %r8
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 120(%rsi), %rax, %r15
    adcx %rax, %r14
    adox %rbp, %r15
    adcx %rbp, %r15
    add 128(%rsp), %r8
    adc 136(%rsp), %r9
    adc 144(%rsp), %r10
    adc 152(%rsp), %r11
    adc 160(%rsp), %r12
    adc 168(%rsp), %r13
    adc 176(%rsp), %r14
    adc 184(%rsp), %r15
    mov $0, %eax
    adc $0, %rax
    mov %rax, 320(%rsp)
    mov 64(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r8
    mov %r8, 128(%rsp)
    adox %rbx, %r9
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 120(%rsi), %rax, %r8
    adcx %rax, %r15
    adox 320(%rsp), %r8
    adcx %rbp, %r8
    mov 72(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r9
    mov %r9, 136(%rsp)
    adox %rbx, %r10
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 120(%rsi), %rax, %r9
    adcx %rax, %r8
    adox %rbp, %r9
    adcx %rbp, %r9
    mov 80(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r10
    mov %r10, 144(%rsp)
    adox %rbx, %r11
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 120(%rsi), %rax, %r10
    adcx %rax, %r9
    adox %rbp, %r10
    adcx %rbp, %r10
    mov 88(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r11
    mov %r11, 152(%rsp)
    adox %rbx, %r12
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 120(%rsi), %rax, %r11
    adcx %rax, %r10
    adox %rbp, %r11
    adcx %rbp, %r11
    mov 96(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r12
    mov %r12, 160(%rsp)
    adox %rbx, %r13
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 120(%rsi), %rax, %r12
    adcx %rax, %r11
    adox %rbp, %r12
    adcx %rbp, %r12
    mov 104(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r13
    mov %r13, 168(%rsp)
    adox %rbx, %r14
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 120(%rsi), %rax, %r13
    adcx %rax, %r12
    adox %rbp, %r13
    adcx %rbp, %r13
    mov 112(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r14
    mov %r14, 176(%rsp)
    adox %rbx, %r15
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 120(%rsi), %rax, %r14
    adcx %rax, %r13
    adox %rbp, %r14
    adcx %rbp, %r14
    mov 120(%rcx), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r15
    mov %r15, 184(%rsp)
    adox %rbx, %r8
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 120(%rsi), %rax, %r15
    adcx %rax, %r14
    adox %rbp, %r15
    adcx %rbp, %r15
    mov %r8, 192(%rsp)
    mov %r9, 200(%rsp)
    mov %r10, 208(%rsp)
    mov %r11, 216(%rsp)
    mov %r12, 224(%rsp)
    mov %r13, 232(%rsp)
    mov %r14, 240(%rsp)
    mov %r15, 248(%rsp)
    mov 0(%rsp), %r8
    mov 8(%rsp), %r9
    mov 16(%rsp), %r10
    mov 24(%rsp), %r11
    mov 32(%rsp), %r12
    mov 40(%rsp), %r13
    mov 48(%rsp), %r14
    mov 56(%rsp), %r15
    mov %r8, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 256(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+56(%rip), %rax, %r8
    adcx %rax, %r15
    adox %rbp, %r8
    adcx %rbp, %r8
    mov %r9, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 264(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+56(%rip), %rax, %r9
    adcx %rax, %r8
    adox %rbp, %r9
    adcx %rbp, %r9
    mov %r10, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 272(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+56(%rip), %rax, %r10
    adcx %rax, %r9
    adox %rbp, %r10
    adcx %rbp, %r10
    mov %r11, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 280(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+56(%rip), %rax, %r11
    adcx %rax, %r10
    adox %rbp, %r11
    adcx %rbp, %r11
    mov %r12, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 288(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+56(%rip), %rax, %r12
    adcx %rax, %r11
    adox %rbp, %r12
    adcx %rbp, %r12
    mov %r13, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 296(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+56(%rip), %rax, %r13
    adcx %rax, %r12
    adox %rbp, %r13
    adcx %rbp, %r13
    mov %r14, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 304(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+56(%rip), %rax, %r14
    adcx %rax, %r13
    adox %rbp, %r14
    adcx %rbp, %r14
    mov %r15, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 312(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+56(%rip), %rax, %r15
    adcx %rax, %r14
    adox %rbp, %r15
    adcx %rbp, %r15
    add 64(%rsp), %r8
    adc 72(%rsp), %r9
    adc 80(%rsp), %r10
    adc 88(%rsp), %r11
    adc 96(%rsp), %r12
    adc 104(%rsp), %r13
    adc 112(%rsp), %r14
    adc 120(%rsp), %r15
    mov $0, %eax
    adc $0, %rax
    mov %rax, 320(%rsp)
    mov 256(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r8
    mov %r8, 64(%rsp)
    adox %rbx, %r9
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+120(%rip), %rax, %r8
    adcx %rax, %r15
    adox 320(%rsp), %r8
    adcx %rbp, %r8
    mov 264(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r9
    mov %r9, 72(%rsp)
    adox %rbx, %r10
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+120(%rip), %rax, %r9
    adcx %rax, %r8
    adox %rbp, %r9
    adcx %rbp, %r9
    mov 272(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r10
    mov %r10, 80(%rsp)
    adox %rbx, %r11
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+120(%rip), %rax, %r10
    adcx %rax, %r9
    adox %rbp, %r10
    adcx %rbp, %r10
    mov 280(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r11
    mov %r11, 88(%rsp)
    adox %rbx, %r12
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+120(%rip), %rax, %r11
    adcx %rax, %r10
    adox %rbp, %r11
    adcx %rbp, %r11
    mov 288(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r12
    mov %r12, 96(%rsp)
    adox %rbx, %r13
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+120(%rip), %rax, %r12
    adcx %rax, %r11
    adox %rbp, %r12
    adcx %rbp, %r12
    mov 296(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r13
    mov %r13, 104(%rsp)
    adox %rbx, %r14
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+120(%rip), %rax, %r13
    adcx %rax, %r12
    adox %rbp, %r13
    adcx %rbp, %r13
    mov 304(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r14
    mov %r14, 112(%rsp)
    adox %rbx, %r15
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+120(%rip), %rax, %r14
    adcx %rax, %r13
    adox %rbp, %r14
    adcx %rbp, %r14
    mov 312(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r15
    mov %r15, 120(%rsp)
    adox %rbx, %r8
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+120(%rip), %rax, %r15
    adcx %rax, %r14
    adox %rbp, %r15
    adcx %rbp, %r15
    add 128(%rsp), %r8
    adc 136(%rsp), %r9
    adc 144(%rsp), %r10
    adc 152(%rsp), %r11
    adc 160(%rsp), %r12
    adc 168(%rsp), %r13
    adc 176(%rsp), %r14
    adc 184(%rsp), %r15
    mov $0, %eax
    adc $0, %rax
    mov %rax, 320(%rsp)
    mov %r8, 128(%rsp)
    mov %r9, 136(%rsp)
    mov %r10, 144(%rsp)
    mov %r11, 152(%rsp)
    mov %r12, 160(%rsp)
    mov %r13, 168(%rsp)
    mov %r14, 176(%rsp)
    mov %r15, 184(%rsp)
    mov 64(%rsp), %r8
    mov 72(%rsp), %r9
    mov 80(%rsp), %r10
    mov 88(%rsp), %r11
    mov 96(%rsp), %r12
    mov 104(%rsp), %r13
    mov 112(%rsp), %r14
    mov 120(%rsp), %r15
    mov %r8, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 256(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+56(%rip), %rax, %r8
    adcx %rax, %r15
    adox %rbp, %r8
    adcx %rbp, %r8
    mov %r9, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 264(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+56(%rip), %rax, %r9
    adcx %rax, %r8
    adox %rbp, %r9
    adcx %rbp, %r9
    mov %r10, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 272(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+56(%rip), %rax, %r10
    adcx %rax, %r9
    adox %rbp, %r10
    adcx %rbp, %r10
    mov %r11, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 280(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+56(%rip), %rax, %r11
    adcx %rax, %r10
    adox %rbp, %r11
    adcx %rbp, %r11
    mov %r12, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 288(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+56(%rip), %rax, %r12
    adcx %rax, %r11
    adox %rbp, %r12
    adcx %rbp, %r12
    mov %r13, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 296(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+56(%rip), %rax, %r13
    adcx %rax, %r12
    adox %rbp, %r13
    adcx %rbp, %r13
    mov %r14, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 304(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+56(%rip), %rax, %r14
    adcx %rax, %r13
    adox %rbp, %r14
    adcx %rbp, %r14
    mov %r15, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 312(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+56(%rip), %rax, %r15
    adcx %rax, %r14
    adox %rbp, %r15
    adcx %rbp, %r15
    add 128(%rsp), %r8
    adc 136(%rsp), %r9
    adc 144(%rsp), %r10
    adc 152(%rsp), %r11
    adc 160(%rsp), %r12
    adc 168(%rsp), %r13
    adc 176(%rsp), %r14
    adc 184(%rsp), %r15
    adcq $0, 320(%rsp)
    mov 256(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r8
    mov %r8, 128(%rsp)
    adox %rbx, %r9
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+120(%rip), %rax, %r8
    adcx %rax, %r15
    adox 320(%rsp), %r8
    adcx %rbp, %r8
    mov 264(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r9
    mov %r9, 136(%rsp)
    adox %rbx, %r10
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+120(%rip), %rax, %r9
    adcx %rax, %r8
    adox %rbp, %r9
    adcx %rbp, %r9
    mov 272(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r10
    mov %r10, 144(%rsp)
    adox %rbx, %r11
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+120(%rip), %rax, %r10
    adcx %rax, %r9
    adox %rbp, %r10
    adcx %rbp, %r10
    mov 280(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r11
    mov %r11, 152(%rsp)
    adox %rbx, %r12
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+120(%rip), %rax, %r11
    adcx %rax, %r10
    adox %rbp, %r11
    adcx %rbp, %r11
    mov 288(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r12
    mov %r12, 160(%rsp)
    adox %rbx, %r13
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+120(%rip), %rax, %r12
    adcx %rax, %r11
    adox %rbp, %r12
    adcx %rbp, %r12
    mov 296(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r13
    mov %r13, 168(%rsp)
    adox %rbx, %r14
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+120(%rip), %rax, %r13
    adcx %rax, %r12
    adox %rbp, %r13
    adcx %rbp, %r13
    mov 304(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r14
    mov %r14, 176(%rsp)
    adox %rbx, %r15
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+120(%rip), %rax, %r14
    adcx %rax, %r13
    adox %rbp, %r14
    adcx %rbp, %r14
    mov 312(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r15
    mov %r15, 184(%rsp)
    adox %rbx, %r8
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+120(%rip), %rax, %r15
    adcx %rax, %r14
    adox %rbp, %r15
    adcx %rbp, %r15
    add 192(%rsp), %r8
    adc 200(%rsp), %r9
    adc 208(%rsp), %r10
    adc 216(%rsp), %r11
    adc 224(%rsp), %r12
    adc 232(%rsp), %r13
    adc 240(%rsp), %r14
    adc 248(%rsp), %r15
    mov $0, %eax
    adc $0, %rax
    mov %rax, 320(%rsp)
    mov %r8, 192(%rsp)
    mov %r9, 200(%rsp)
    mov %r10, 208(%rsp)
    mov %r11, 216(%rsp)
    mov %r12, 224(%rsp)
    mov %r13, 232(%rsp)
    mov %r14, 240(%rsp)
    mov %r15, 248(%rsp)
    mov 328(%rsp), %rdi
    mov 320(%rsp), %rdx
    mov 128(%rsp), %rax
    sub .Lmodulus+0(%rip), %rax
    mov %rax, 0(%rsp)
    mov 136(%rsp), %rax
    sbb .Lmodulus+8(%rip), %rax
    mov %rax, 8(%rsp)
    mov 144(%rsp), %rax
    sbb .Lmodulus+16(%rip), %rax
    mov %rax, 16(%rsp)
    mov 152(%rsp), %rax
    sbb .Lmodulus+24(%rip), %rax
    mov %rax, 24(%rsp)
    mov 160(%rsp), %rax
    sbb .Lmodulus+32(%rip), %rax
    mov %rax, 32(%rsp)
    mov 168(%rsp), %rax
    sbb .Lmodulus+40(%rip), %rax
    mov %rax, 40(%rsp)
    mov 176(%rsp), %rax
    sbb .Lmodulus+48(%rip), %rax
    mov %rax, 48(%rsp)
    mov 184(%rsp), %rax
    sbb .Lmodulus+56(%rip), %rax
    mov %rax, 56(%rsp)
    mov 192(%rsp), %r8
    sbb .Lmodulus+64(%rip), %r8
    mov 200(%rsp), %r9
    sbb .Lmodulus+72(%rip), %r9
    mov 208(%rsp), %r10
    sbb .Lmodulus+80(%rip), %r10
    mov 216(%rsp), %r11
    sbb .Lmodulus+88(%rip), %r11
    mov 224(%rsp), %r12
    sbb .Lmodulus+96(%rip), %r12
    mov 232(%rsp), %r13
    sbb .Lmodulus+104(%rip), %r13
    mov 240(%rsp), %r14
    sbb .Lmodulus+112(%rip), %r14
    mov 248(%rsp), %r15
    sbb .Lmodulus+120(%rip), %r15
    sbb $0, %rdx
    cmovc %rbp, %rdx
    mov 0(%rsp), %rax
    cmovc 128(%rsp), %rax
    mov %rax, 0(%rdi)
    mov 8(%rsp), %rax
    cmovc 136(%rsp), %rax
    mov %rax, 8(%rdi)
    mov 16(%rsp), %rax
    cmovc 144(%rsp), %rax
    mov %rax, 16(%rdi)
    mov 24(%rsp), %rax
    cmovc 152(%rsp), %rax
    mov %rax, 24(%rdi)
    mov 32(%rsp), %rax
    cmovc 160(%rsp), %rax
    mov %rax, 32(%rdi)
    mov 40(%rsp), %rax
    cmovc 168(%rsp), %rax
    mov %rax, 40(%rdi)
    mov 48(%rsp), %rax
    cmovc 176(%rsp), %rax
    mov %rax, 48(%rdi)
    mov 56(%rsp), %rax
    cmovc 184(%rsp), %rax
    mov %rax, 56(%rdi)
    cmovc 192(%rsp), %r8
    mov %r8, 64(%rdi)
    cmovc 200(%rsp), %r9
    mov %r9, 72(%rdi)
    cmovc 208(%rsp), %r10
    mov %r10, 80(%rdi)
    cmovc 216(%rsp), %r11
    mov %r11, 88(%rdi)
    cmovc 224(%rsp), %r12
    mov %r12, 96(%rdi)
    cmovc 232(%rsp), %r13
    mov %r13, 104(%rdi)
    cmovc 240(%rsp), %r14
    mov %r14, 112(%rdi)
    cmovc 248(%rsp), %r15
    mov %r15, 120(%rdi)
    add $336, %rsp
    .cfi_adjust_cfa_offset -336
    pop %r15
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r15
    pop %r14
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r14
    pop %r13
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r13
    pop %r12
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r12
    pop %rbp
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbp
    pop %rbx
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbx
    ret
    .cfi_endproc
    .size fp_x86_64_mul, .-fp_x86_64_mul

    .globl fp_x86_64_sqr
    .hidden fp_x86_64_sqr
    .type fp_x86_64_sqr, @function
    .p2align 5
fp_x86_64_sqr:
    .cfi_startproc
    push %rbx
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbx, 0
    push %rbp
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbp, 0
    push %r12
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r12, 0
    push %r13
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r13, 0
    push %r14
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r14, 0
    push %r15
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r15, 0
    sub $336, %rsp
    .cfi_adjust_cfa_offset 336
    xor %ebp, %ebp
    mov %rdi, 328(%rsp)
    mov 0(%rsi), %rdx
    mulx 8(%rsi), %rax, %r9
    mov %rax, 8(%rsp)
    mulx 16(%rsi), %rax, %r10
    add %rax, %r9
    mulx 24(%rsi), %rax, %r11
    adc %rax, %r10
    mulx 32(%rsi), %rax, %r12
    adc %rax, %r11
    mulx 40(%rsi), %rax, %r13
    adc %rax, %r12
    mulx 48(%rsi), %rax, %r14
    adc %rax, %r13
    mulx 56(%rsi), %rax, %r8
    adc %rax, %r14
    adc $0, %r8
    mov %r9, 16(%rsp)
    mov 8(%rsi), %rdx
    xor %eax, %eax
    mulx 16(%rsi), %rax, %rbx
    adcx %rax, %r10
    mov %r10, 24(%rsp)
    adox %rbx, %r11
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r8
    mulx 56(%rsi), %rax, %r10
    adcx %rax, %r8
    adox %rbp, %r10
    adcx %rbp, %r10
    mov %r11, 32(%rsp)
    mov 16(%rsi), %rdx
    xor %eax, %eax
    mulx 24(%rsi), %rax, %rbx
    adcx %rax, %r12
    mov %r12, 40(%rsp)
    adox %rbx, %r13
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r8
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r10
    mulx 56(%rsi), %rax, %r12
    adcx %rax, %r10
    adox %rbp, %r12
    adcx %rbp, %r12
    mov %r13, 48(%rsp)
    mov 24(%rsi), %rdx
    xor %eax, %eax
    mulx 32(%rsi), %rax, %rbx
    adcx %rax, %r14
    mov %r14, 56(%rsp)
    adox %rbx, %r8
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r10
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r12
    mulx 56(%rsi), %rax, %r14
    adcx %rax, %r12
    adox %rbp, %r14
    adcx %rbp, %r14
    mov %r8, 64(%rsp)
    mov 32(%rsi), %rdx
    xor %eax, %eax
    mulx 40(%rsi), %rax, %rbx
    adcx %rax, %r10
    mov %r10, 72(%rsp)
    adox %rbx, %r12
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r14
    mulx 56(%rsi), %rax, %r10
    adcx %rax, %r14
    adox %rbp, %r10
    adcx %rbp, %r10
    mov %r12, 80(%rsp)
    mov 40(%rsi), %rdx
    xor %eax, %eax
    mulx 48(%rsi), %rax, %rbx
    adcx %rax, %r14
    mov %r14, 88(%rsp)
    adox %rbx, %r10
    mulx 56(%rsi), %rax, %r14
    adcx %rax, %r10
    adox %rbp, %r14
    adcx %rbp, %r14
    mov %r10, 96(%rsp)
    mov 48(%rsi), %rdx
    xor %eax, %eax
    mulx 56(%rsi), %rax, %rbx
    adcx %rax, %r14
    mov %r14, 104(%rsp)
    mov %rbx, %r14
    adox %rbp, %r14
    adcx %rbp, %r14
    mov %r14, 112(%rsp)
    mov 64(%rsp), %r8
    mov 72(%rsp), %r9
    mov 80(%rsp), %r10
    mov 88(%rsp), %r11
    mov 96(%rsp), %r12
    mov 104(%rsp), %r13
    mov 112(%rsp), %r14
    mov %rbp, %r15
    mov 0(%rsi), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r8
    mov %r8, 64(%rsp)
    adox %rbx, %r9
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 120(%rsi), %rax, %r8
    adcx %rax, %r15
    adox %rbp, %r8
    adcx %rbp, %r8
    mov 8(%rsi), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r9
    mov %r9, 72(%rsp)
    adox %rbx, %r10
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 120(%rsi), %rax, %r9
    adcx %rax, %r8
    adox %rbp, %r9
    adcx %rbp, %r9
    mov 16(%rsi), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r10
    mov %r10, 80(%rsp)
    adox %rbx, %r11
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 120(%rsi), %rax, %r10
    adcx %rax, %r9
    adox %rbp, %r10
    adcx %rbp, %r10
    mov 24(%rsi), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r11
    mov %r11, 88(%rsp)
    adox %rbx, %r12
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 120(%rsi), %rax, %r11
    adcx %rax, %r10
    adox %rbp, %r11
    adcx %rbp, %r11
    mov 32(%rsi), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r12
    mov %r12, 96(%rsp)
    adox %rbx, %r13
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 120(%rsi), %rax, %r12
    adcx %rax, %r11
    adox %rbp, %r12
    adcx %rbp, %r12
    mov 40(%rsi), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r13
    mov %r13, 104(%rsp)
    adox %rbx, %r14
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 120(%rsi), %rax, %r13
    adcx %rax, %r12
    adox %rbp, %r13
    adcx %rbp, %r13
    mov 48(%rsi), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r14
    mov %r14, 112(%rsp)
    adox %rbx, %r15
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 120(%rsi), %rax, %r14
    adcx %rax, %r13
    adox %rbp, %r14
    adcx %rbp, %r14
    mov 56(%rsi), %rdx
    xor %eax, %eax
    mulx 64(%rsi), %rax, %rbx
    adcx %rax, %r15
    mov %r15, 120(%rsp)
    adox %rbx, %r8
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 120(%rsi), %rax, %r15
    adcx %rax, %r14
    adox %rbp, %r15
    adcx %rbp, %r15
    mov %r8, 128(%rsp)
    mov 64(%rsi), %rdx
    xor %eax, %eax
    mulx 72(%rsi), %rax, %rbx
    adcx %rax, %r9
    mov %r9, 136(%rsp)
    adox %rbx, %r10
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 120(%rsi), %rax, %r9
    adcx %rax, %r15
    adox %rbp, %r9
    adcx %rbp, %r9
    mov %r10, 144(%rsp)
    mov 72(%rsi), %rdx
    xor %eax, %eax
    mulx 80(%rsi), %rax, %rbx
    adcx %rax, %r11
    mov %r11, 152(%rsp)
    adox %rbx, %r12
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r9
    mulx 120(%rsi), %rax, %r11
    adcx %rax, %r9
    adox %rbp, %r11
    adcx %rbp, %r11
    mov %r12, 160(%rsp)
    mov 80(%rsi), %rdx
    xor %eax, %eax
    mulx 88(%rsi), %rax, %rbx
    adcx %rax, %r13
    mov %r13, 168(%rsp)
    adox %rbx, %r14
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r9
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r11
    mulx 120(%rsi), %rax, %r13
    adcx %rax, %r11
    adox %rbp, %r13
    adcx %rbp, %r13
    mov %r14, 176(%rsp)
    mov 88(%rsi), %rdx
    xor %eax, %eax
    mulx 96(%rsi), %rax, %rbx
    adcx %rax, %r15
    mov %r15, 184(%rsp)
    adox %rbx, %r9
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r11
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r13
    mulx 120(%rsi), %rax, %r15
    adcx %rax, %r13
    adox %rbp, %r15
    adcx %rbp, %r15
    mov %r9, 192(%rsp)
    mov 96(%rsi), %rdx
    xor %eax, %eax
    mulx 104(%rsi), %rax, %rbx
    adcx %rax, %r11
    mov %r11, 200(%rsp)
    adox %rbx, %r13
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r15
    mulx 120(%rsi), %rax, %r11
    adcx %rax, %r15
    adox %rbp, %r11
    adcx %rbp, %r11
    mov %r13, 208(%rsp)
    mov 104(%rsi), %rdx
    xor %eax, %eax
    mulx 112(%rsi), %rax, %rbx
    adcx %rax, %r15
    mov %r15, 216(%rsp)
    adox %rbx, %r11
    mulx 120(%rsi), %rax, %r15
    adcx %rax, %r11
    adox %rbp, %r15
    adcx %rbp, %r15
    mov %r11, 224(%rsp)
    mov 112(%rsi), %rdx
    xor %eax, %eax
    mulx 120(%rsi), %rax, %rbx
    adcx %rax, %r15
    mov %r15, 232(%rsp)
    mov %rbx, %r15
    adox %rbp, %r15
    adcx %rbp, %r15
    mov %r15, 240(%rsp)
    xor %eax, %eax
    mov 0(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov %rbp, %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 0(%rsp)
    mov 8(%rsp), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 8(%rsp)
    mov 8(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 16(%rsp), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 16(%rsp)
    mov 24(%rsp), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 24(%rsp)
    mov 16(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 32(%rsp), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 32(%rsp)
    mov 40(%rsp), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 40(%rsp)
    mov 24(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 48(%rsp), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 48(%rsp)
    mov 56(%rsp), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 56(%rsp)
    mov 32(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 64(%rsp), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 64(%rsp)
    mov 72(%rsp), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 72(%rsp)
    mov 40(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 80(%rsp), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 80(%rsp)
    mov 88(%rsp), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 88(%rsp)
    mov 48(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 96(%rsp), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 96(%rsp)
    mov 104(%rsp), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 104(%rsp)
    mov 56(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 112(%rsp), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 112(%rsp)
    mov 120(%rsp), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 120(%rsp)
    mov 64(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 128(%rsp), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 128(%rsp)
    mov 136(%rsp), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 136(%rsp)
    mov 72(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 144(%rsp), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 144(%rsp)
    mov 152(%rsp), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 152(%rsp)
    mov 80(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 160(%rsp), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 160(%rsp)
    mov 168(%rsp), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 168(%rsp)
    mov 88(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 176(%rsp), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 176(%rsp)
    mov 184(%rsp), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 184(%rsp)
    mov 96(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 192(%rsp), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 192(%rsp)
    mov 200(%rsp), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 200(%rsp)
    mov 104(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 208(%rsp), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 208(%rsp)
    mov 216(%rsp), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 216(%rsp)
    mov 112(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 224(%rsp), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 224(%rsp)
    mov 232(%rsp), %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 232(%rsp)
    mov 120(%rsi), %rdx
    mulx %rdx, %rax, %rbx
    mov 240(%rsp), %r8
    adcx %r8, %r8
    adox %rax, %r8
    mov %r8, 240(%rsp)
    mov %rbp, %r9
    adcx %r9, %r9
    adox %rbx, %r9
    mov %r9, 248(%rsp)
    mov 0(%rsp), %r8
    mov 8(%rsp), %r9
    mov 16(%rsp), %r10
    mov 24(%rsp), %r11
    mov 32(%rsp), %r12
    mov 40(%rsp), %r13
    mov 48(%rsp), %r14
    mov 56(%rsp), %r15
    mov %r8, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 256(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+56(%rip), %rax, %r8
    adcx %rax, %r15
    adox %rbp, %r8
    adcx %rbp, %r8
    mov %r9, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 264(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+56(%rip), %rax, %r9
    adcx %rax, %r8
    adox %rbp, %r9
    adcx %rbp, %r9
    mov %r10, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 272(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+56(%rip), %rax, %r10
    adcx %rax, %r9
    adox %rbp, %r10
    adcx %rbp, %r10
    mov %r11, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 280(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+56(%rip), %rax, %r11
    adcx %rax, %r10
    adox %rbp, %r11
    adcx %rbp, %r11
    mov %r12, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 288(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+56(%rip), %rax, %r12
    adcx %rax, %r11
    adox %rbp, %r12
    adcx %rbp, %r12
    mov %r13, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 296(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+56(%rip), %rax, %r13
    adcx %rax, %r12
    adox %rbp, %r13
    adcx %rbp, %r13
    mov %r14, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 304(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+56(%rip), %rax, %r14
    adcx %rax, %r13
    adox %rbp, %r14
    adcx %rbp, %r14
    mov %r15, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 312(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+56(%rip), %rax, %r15
    adcx %rax, %r14
    adox %rbp, %r15
    adcx %rbp, %r15
    add 64(%rsp), %r8
    adc 72(%rsp), %r9
    adc 80(%rsp), %r10
    adc 88(%rsp), %r11
    adc 96(%rsp), %r12
    adc 104(%rsp), %r13
    adc 112(%rsp), %r14
    adc 120(%rsp), %r15
    mov $0, %eax
    adc $0, %rax
    mov %rax, 320(%rsp)
    mov 256(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r8
    mov %r8, 64(%rsp)
    adox %rbx, %r9
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+120(%rip), %rax, %r8
    adcx %rax, %r15
    adox 320(%rsp), %r8
    adcx %rbp, %r8
    mov 264(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r9
    mov %r9, 72(%rsp)
    adox %rbx, %r10
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+120(%rip), %rax, %r9
    adcx %rax, %r8
    adox %rbp, %r9
    adcx %rbp, %r9
    mov 272(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r10
    mov %r10, 80(%rsp)
    adox %rbx, %r11
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+120(%rip), %rax, %r10
    adcx %rax, %r9
    adox %rbp, %r10
    adcx %rbp, %r10
    mov 280(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r11
    mov %r11, 88(%rsp)
    adox %rbx, %r12
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+120(%rip), %rax, %r11
    adcx %rax, %r10
    adox %rbp, %r11
    adcx %rbp, %r11
    mov 288(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r12
    mov %r12, 96(%rsp)
    adox %rbx, %r13
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+120(%rip), %rax, %r12
    adcx %rax, %r11
    adox %rbp, %r12
    adcx %rbp, %r12
    mov 296(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r13
    mov %r13, 104(%rsp)
    adox %rbx, %r14
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+120(%rip), %rax, %r13
    adcx %rax, %r12
    adox %rbp, %r13
    adcx %rbp, %r13
    mov 304(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r14
    mov %r14, 112(%rsp)
    adox %rbx, %r15
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+120(%rip), %rax, %r14
    adcx %rax, %r13
    adox %rbp, %r14
    adcx %rbp, %r14
    mov 312(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r15
    mov %r15, 120(%rsp)
    adox %rbx, %r8
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+120(%rip), %rax, %r15
    adcx %rax, %r14
    adox %rbp, %r15
    adcx %rbp, %r15
    add 128(%rsp), %r8
    adc 136(%rsp), %r9
    adc 144(%rsp), %r10
    adc 152(%rsp), %r11
    adc 160(%rsp), %r12
    adc 168(%rsp), %r13
    adc 176(%rsp), %r14
    adc 184(%rsp), %r15
    mov $0, %eax
    adc $0, %rax
    mov %rax, 320(%rsp)
    mov %r8, 128(%rsp)
    mov %r9, 136(%rsp)
    mov %r10, 144(%rsp)
    mov %r11, 152(%rsp)
    mov %r12, 160(%rsp)
    mov %r13, 168(%rsp)
    mov %r14, 176(%rsp)
    mov %r15, 184(%rsp)
    mov 64(%rsp), %r8
    mov 72(%rsp), %r9
    mov 80(%rsp), %r10
    mov 88(%rsp), %r11
    mov 96(%rsp), %r12
    mov 104(%rsp), %r13
    mov 112(%rsp), %r14
    mov 120(%rsp), %r15
    mov %r8, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 256(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+56(%rip), %rax, %r8
    adcx %rax, %r15
    adox %rbp, %r8
    adcx %rbp, %r8
    mov %r9, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 264(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+56(%rip), %rax, %r9
    adcx %rax, %r8
    adox %rbp, %r9
    adcx %rbp, %r9
    mov %r10, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 272(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+56(%rip), %rax, %r10
    adcx %rax, %r9
    adox %rbp, %r10
    adcx %rbp, %r10
    mov %r11, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 280(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+56(%rip), %rax, %r11
    adcx %rax, %r10
    adox %rbp, %r11
    adcx %rbp, %r11
    mov %r12, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 288(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+56(%rip), %rax, %r12
    adcx %rax, %r11
    adox %rbp, %r12
    adcx %rbp, %r12
    mov %r13, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 296(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+56(%rip), %rax, %r13
    adcx %rax, %r12
    adox %rbp, %r13
    adcx %rbp, %r13
    mov %r14, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 304(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+56(%rip), %rax, %r14
    adcx %rax, %r13
    adox %rbp, %r14
    adcx %rbp, %r14
    mov %r15, %rdx
    imul .Ln0(%rip), %rdx
    mov %rdx, 312(%rsp)
    xor %eax, %eax
    mulx .Lmodulus+0(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+8(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+16(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+24(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+32(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+40(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+48(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+56(%rip), %rax, %r15
    adcx %rax, %r14
    adox %rbp, %r15
    adcx %rbp, %r15
    add 128(%rsp), %r8
    adc 136(%rsp), %r9
    adc 144(%rsp), %r10
    adc 152(%rsp), %r11
    adc 160(%rsp), %r12
    adc 168(%rsp), %r13
    adc 176(%rsp), %r14
    adc 184(%rsp), %r15
    adcq $0, 320(%rsp)
    mov 256(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r8
    mov %r8, 128(%rsp)
    adox %rbx, %r9
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+120(%rip), %rax, %r8
    adcx %rax, %r15
    adox 320(%rsp), %r8
    adcx %rbp, %r8
    mov 264(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r9
    mov %r9, 136(%rsp)
    adox %rbx, %r10
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+120(%rip), %rax, %r9
    adcx %rax, %r8
    adox %rbp, %r9
    adcx %rbp, %r9
    mov 272(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r10
    mov %r10, 144(%rsp)
    adox %rbx, %r11
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+120(%rip), %rax, %r10
    adcx %rax, %r9
    adox %rbp, %r10
    adcx %rbp, %r10
    mov 280(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r11
    mov %r11, 152(%rsp)
    adox %rbx, %r12
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+120(%rip), %rax, %r11
    adcx %rax, %r10
    adox %rbp, %r11
    adcx %rbp, %r11
    mov 288(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r12
    mov %r12, 160(%rsp)
    adox %rbx, %r13
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+120(%rip), %rax, %r12
    adcx %rax, %r11
    adox %rbp, %r12
    adcx %rbp, %r12
    mov 296(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r13
    mov %r13, 168(%rsp)
    adox %rbx, %r14
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r14
    adox %rbx, %r15
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+120(%rip), %rax, %r13
    adcx %rax, %r12
    adox %rbp, %r13
    adcx %rbp, %r13
    mov 304(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r14
    mov %r14, 176(%rsp)
    adox %rbx, %r15
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r15
    adox %rbx, %r8
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+120(%rip), %rax, %r14
    adcx %rax, %r13
    adox %rbp, %r14
    adcx %rbp, %r14
    mov 312(%rsp), %rdx
    xor %eax, %eax
    mulx .Lmodulus+64(%rip), %rax, %rbx
    adcx %rax, %r15
    mov %r15, 184(%rsp)
    adox %rbx, %r8
    mulx .Lmodulus+72(%rip), %rax, %rbx
    adcx %rax, %r8
    adox %rbx, %r9
    mulx .Lmodulus+80(%rip), %rax, %rbx
    adcx %rax, %r9
    adox %rbx, %r10
    mulx .Lmodulus+88(%rip), %rax, %rbx
    adcx %rax, %r10
    adox %rbx, %r11
    mulx .Lmodulus+96(%rip), %rax, %rbx
    adcx %rax, %r11
    adox %rbx, %r12
    mulx .Lmodulus+104(%rip), %rax, %rbx
    adcx %rax, %r12
    adox %rbx, %r13
    mulx .Lmodulus+112(%rip), %rax, %rbx
    adcx %rax, %r13
    adox %rbx, %r14
    mulx .Lmodulus+120(%rip), %rax, %r15
    adcx %rax, %r14
    adox %rbp, %r15
    adcx %rbp, %r15
    add 192(%rsp), %r8
    adc 200(%rsp), %r9
    adc 208(%rsp), %r10
    adc 216(%rsp), %r11
    adc 224(%rsp), %r12
    adc 232(%rsp), %r13
    adc 240(%rsp), %r14
    adc 248(%rsp), %r15
    mov $0, %eax
    adc $0, %rax
    mov %rax, 320(%rsp)
    mov %r8, 192(%rsp)
    mov %r9, 200(%rsp)
    mov %r10, 208(%rsp)
    mov %r11, 216(%rsp)
    mov %r12, 224(%rsp)
    mov %r13, 232(%rsp)
    mov %r14, 240(%rsp)
    mov %r15, 248(%rsp)
    mov 328(%rsp), %rdi
    mov 320(%rsp), %rdx
    mov 128(%rsp), %rax
    sub .Lmodulus+0(%rip), %rax
    mov %rax, 0(%rsp)
    mov 136(%rsp), %rax
    sbb .Lmodulus+8(%rip), %rax
    mov %rax, 8(%rsp)
    mov 144(%rsp), %rax
    sbb .Lmodulus+16(%rip), %rax
    mov %rax, 16(%rsp)
    mov 152(%rsp), %rax
    sbb .Lmodulus+24(%rip), %rax
    mov %rax, 24(%rsp)
    mov 160(%rsp), %rax
    sbb .Lmodulus+32(%rip), %rax
    mov %rax, 32(%rsp)
    mov 168(%rsp), %rax
    sbb .Lmodulus+40(%rip), %rax
    mov %rax, 40(%rsp)
    mov 176(%rsp), %rax
    sbb .Lmodulus+48(%rip), %rax
    mov %rax, 48(%rsp)
    mov 184(%rsp), %rax
    sbb .Lmodulus+56(%rip), %rax
    mov %rax, 56(%rsp)
    mov 192(%rsp), %r8
    sbb .Lmodulus+64(%rip), %r8
    mov 200(%rsp), %r9
    sbb .Lmodulus+72(%rip), %r9
    mov 208(%rsp), %r10
    sbb .Lmodulus+80(%rip), %r10
    mov 216(%rsp), %r11
    sbb .Lmodulus+88(%rip), %r11
    mov 224(%rsp), %r12
    sbb .Lmodulus+96(%rip), %r12
    mov 232(%rsp), %r13
    sbb .Lmodulus+104(%rip), %r13
    mov 240(%rsp), %r14
    sbb .Lmodulus+112(%rip), %r14
    mov 248(%rsp), %r15
    sbb .Lmodulus+120(%rip), %r15
    sbb $0, %rdx
    cmovc %rbp, %rdx
    mov 0(%rsp), %rax
    cmovc 128(%rsp), %rax
    mov %rax, 0(%rdi)
    mov 8(%rsp), %rax
    cmovc 136(%rsp), %rax
    mov %rax, 8(%rdi)
    mov 16(%rsp), %rax
    cmovc 144(%rsp), %rax
    mov %rax, 16(%rdi)
    mov 24(%rsp), %rax
    cmovc 152(%rsp), %rax
    mov %rax, 24(%rdi)
    mov 32(%rsp), %rax
    cmovc 160(%rsp), %rax
    mov %rax, 32(%rdi)
    mov 40(%rsp), %rax
    cmovc 168(%rsp), %rax
    mov %rax, 40(%rdi)
    mov 48(%rsp), %rax
    cmovc 176(%rsp), %rax
    mov %rax, 48(%rdi)
    mov 56(%rsp), %rax
    cmovc 184(%rsp), %rax
    mov %rax, 56(%rdi)
    cmovc 192(%rsp), %r8
    mov %r8, 64(%rdi)
    cmovc 200(%rsp), %r9
    mov %r9, 72(%rdi)
    cmovc 208(%rsp), %r10
    mov %r10, 80(%rdi)
    cmovc 216(%rsp), %r11
    mov %r11, 88(%rdi)
    cmovc 224(%rsp), %r12
    mov %r12, 96(%rdi)
    cmovc 232(%rsp), %r13
    mov %r13, 104(%rdi)
    cmovc 240(%rsp), %r14
    mov %r14, 112(%rdi)
    cmovc 248(%rsp), %r15
    mov %r15, 120(%rdi)
    add $336, %rsp
    .cfi_adjust_cfa_offset -336
    pop %r15
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r15
    pop %r14
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r14
    pop %r13
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r13
    pop %r12
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r12
    pop %rbp
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbp
    pop %rbx
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbx
    ret
    .cfi_endproc
    .size fp_x86_64_sqr, .-fp_x86_64_sqr

    .globl fp_x86_64_add
    .hidden fp_x86_64_add
    .type fp_x86_64_add, @function
    .p2align 5
fp_x86_64_add:
    .cfi_startproc
    sub $336, %rsp
    .cfi_adjust_cfa_offset 336
    xor %eax, %eax
    mov 0(%rsi), %rax
    adcx 0(%rdx), %rax
    mov %rax, 0(%rsp)
    adox .Lcomplement+0(%rip), %rax
    mov %rax, 128(%rsp)
    mov 8(%rsi), %rax
    adcx 8(%rdx), %rax
    mov %rax, 8(%rsp)
    adox .Lcomplement+8(%rip), %rax
    mov %rax, 136(%rsp)
    mov 16(%rsi), %rax
    adcx 16(%rdx), %rax
    mov %rax, 16(%rsp)
    adox .Lcomplement+16(%rip), %rax
    mov %rax, 144(%rsp)
    mov 24(%rsi), %rax
    adcx 24(%rdx), %rax
    mov %rax, 24(%rsp)
    adox .Lcomplement+24(%rip), %rax
    mov %rax, 152(%rsp)
    mov 32(%rsi), %rax
    adcx 32(%rdx), %rax
    mov %rax, 32(%rsp)
    adox .Lcomplement+32(%rip), %rax
    mov %rax, 160(%rsp)
    mov 40(%rsi), %rax
    adcx 40(%rdx), %rax
    mov %rax, 40(%rsp)
    adox .Lcomplement+40(%rip), %rax
    mov %rax, 168(%rsp)
    mov 48(%rsi), %rax
    adcx 48(%rdx), %rax
    mov %rax, 48(%rsp)
    adox .Lcomplement+48(%rip), %rax
    mov %rax, 176(%rsp)
    mov 56(%rsi), %rax
    adcx 56(%rdx), %rax
    mov %rax, 56(%rsp)
    adox .Lcomplement+56(%rip), %rax
    mov %rax, 184(%rsp)
    mov 64(%rsi), %rax
    adcx 64(%rdx), %rax
    mov %rax, 64(%rsp)
    adox .Lcomplement+64(%rip), %rax
    mov %rax, 192(%rsp)
    mov 72(%rsi), %rax
    adcx 72(%rdx), %rax
    mov %rax, 72(%rsp)
    adox .Lcomplement+72(%rip), %rax
    mov %rax, 200(%rsp)
    mov 80(%rsi), %rax
    adcx 80(%rdx), %rax
    mov %rax, 80(%rsp)
    adox .Lcomplement+80(%rip), %rax
    mov %rax, 208(%rsp)
    mov 88(%rsi), %rax
    adcx 88(%rdx), %rax
    mov %rax, 88(%rsp)
    adox .Lcomplement+88(%rip), %rax
    mov %rax, 216(%rsp)
    mov 96(%rsi), %rax
    adcx 96(%rdx), %rax
    mov %rax, 96(%rsp)
    adox .Lcomplement+96(%rip), %rax
    mov %rax, 224(%rsp)
    mov 104(%rsi), %rax
    adcx 104(%rdx), %rax
    mov %rax, 104(%rsp)
    adox .Lcomplement+104(%rip), %rax
    mov %rax, 232(%rsp)
    mov 112(%rsi), %rax
    adcx 112(%rdx), %rax
    mov %rax, 112(%rsp)
    adox .Lcomplement+112(%rip), %rax
    mov %rax, 240(%rsp)
    mov 120(%rsi), %rax
    adcx 120(%rdx), %rax
    mov %rax, 120(%rsp)
    adox .Lcomplement+120(%rip), %rax
    mov %rax, 248(%rsp)
    mov $0, %eax
    seto %al
    adc $0, %eax
    mov 128(%rsp), %rax
    cmovz 0(%rsp), %rax
    mov %rax, 0(%rdi)
    mov 136(%rsp), %rax
    cmovz 8(%rsp), %rax
    mov %rax, 8(%rdi)
    mov 144(%rsp), %rax
    cmovz 16(%rsp), %rax
    mov %rax, 16(%rdi)
    mov 152(%rsp), %rax
    cmovz 24(%rsp), %rax
    mov %rax, 24(%rdi)
    mov 160(%rsp), %rax
    cmovz 32(%rsp), %rax
    mov %rax, 32(%rdi)
    mov 168(%rsp), %rax
    cmovz 40(%rsp), %rax
    mov %rax, 40(%rdi)
    mov 176(%rsp), %rax
    cmovz 48(%rsp), %rax
    mov %rax, 48(%rdi)
    mov 184(%rsp), %rax
    cmovz 56(%rsp), %rax
    mov %rax, 56(%rdi)
    mov 192(%rsp), %rax
    cmovz 64(%rsp), %rax
    mov %rax, 64(%rdi)
    mov 200(%rsp), %rax
    cmovz 72(%rsp), %rax
    mov %rax, 72(%rdi)
    mov 208(%rsp), %rax
    cmovz 80(%rsp), %rax
    mov %rax, 80(%rdi)
    mov 216(%rsp), %rax
    cmovz 88(%rsp), %rax
    mov %rax, 88(%rdi)
    mov 224(%rsp), %rax
    cmovz 96(%rsp), %rax
    mov %rax, 96(%rdi)
    mov 232(%rsp), %rax
    cmovz 104(%rsp), %rax
    mov %rax, 104(%rdi)
    mov 240(%rsp), %rax
    cmovz 112(%rsp), %rax
    mov %rax, 112(%rdi)
    mov 248(%rsp), %rax
    cmovz 120(%rsp), %rax
    mov %rax, 120(%rdi)
    add $336, %rsp
    .cfi_adjust_cfa_offset -336
    ret
    .cfi_endproc
    .size fp_x86_64_add, .-fp_x86_64_add

    .globl fp_x86_64_sub
    .hidden fp_x86_64_sub
    .type fp_x86_64_sub, @function
    .p2align 5
fp_x86_64_sub:
    .cfi_startproc
    sub $336, %rsp
    .cfi_adjust_cfa_offset 336
    xor %eax, %eax
    stc
    mov 0(%rdx), %rax
    not %rax
    adcx 0(%rsi), %rax
    mov %rax, 0(%rsp)
    adox .Lmodulus+0(%rip), %rax
    mov %rax, 128(%rsp)
    mov 8(%rdx), %rax
    not %rax
    adcx 8(%rsi), %rax
    mov %rax, 8(%rsp)
    adox .Lmodulus+8(%rip), %rax
    mov %rax, 136(%rsp)
    mov 16(%rdx), %rax
    not %rax
    adcx 16(%rsi), %rax
    mov %rax, 16(%rsp)
    adox .Lmodulus+16(%rip), %rax
    mov %rax, 144(%rsp)
    mov 24(%rdx), %rax
    not %rax
    adcx 24(%rsi), %rax
    mov %rax, 24(%rsp)
    adox .Lmodulus+24(%rip), %rax
    mov %rax, 152(%rsp)
    mov 32(%rdx), %rax
    not %rax
    adcx 32(%rsi), %rax
    mov %rax, 32(%rsp)
    adox .Lmodulus+32(%rip), %rax
    mov %rax, 160(%rsp)
    mov 40(%rdx), %rax
    not %rax
    adcx 40(%rsi), %rax
    mov %rax, 40(%rsp)
    adox .Lmodulus+40(%rip), %rax
    mov %rax, 168(%rsp)
    mov 48(%rdx), %rax
    not %rax
    adcx 48(%rsi), %rax
    mov %rax, 48(%rsp)
    adox .Lmodulus+48(%rip), %rax
    mov %rax, 176(%rsp)
    mov 56(%rdx), %rax
    not %rax
    adcx 56(%rsi), %rax
    mov %rax, 56(%rsp)
    adox .Lmodulus+56(%rip), %rax
    mov %rax, 184(%rsp)
    mov 64(%rdx), %rax
    not %rax
    adcx 64(%rsi), %rax
    mov %rax, 64(%rsp)
    adox .Lmodulus+64(%rip), %rax
    mov %rax, 192(%rsp)
    mov 72(%rdx), %rax
    not %rax
    adcx 72(%rsi), %rax
    mov %rax, 72(%rsp)
    adox .Lmodulus+72(%rip), %rax
    mov %rax, 200(%rsp)
    mov 80(%rdx), %rax
    not %rax
    adcx 80(%rsi), %rax
    mov %rax, 80(%rsp)
    adox .Lmodulus+80(%rip), %rax
    mov %rax, 208(%rsp)
    mov 88(%rdx), %rax
    not %rax
    adcx 88(%rsi), %rax
    mov %rax, 88(%rsp)
    adox .Lmodulus+88(%rip), %rax
    mov %rax, 216(%rsp)
    mov 96(%rdx), %rax
    not %rax
    adcx 96(%rsi), %rax
    mov %rax, 96(%rsp)
    adox .Lmodulus+96(%rip), %rax
    mov %rax, 224(%rsp)
    mov 104(%rdx), %rax
    not %rax
    adcx 104(%rsi), %rax
    mov %rax, 104(%rsp)
    adox .Lmodulus+104(%rip), %rax
    mov %rax, 232(%rsp)
    mov 112(%rdx), %rax
    not %rax
    adcx 112(%rsi), %rax
    mov %rax, 112(%rsp)
    adox .Lmodulus+112(%rip), %rax
    mov %rax, 240(%rsp)
    mov 120(%rdx), %rax
    not %rax
    adcx 120(%rsi), %rax
    mov %rax, 120(%rsp)
    adox .Lmodulus+120(%rip), %rax
    mov %rax, 248(%rsp)
    mov 128(%rsp), %rax
    cmovc 0(%rsp), %rax
    mov %rax, 0(%rdi)
    mov 136(%rsp), %rax
    cmovc 8(%rsp), %rax
    mov %rax, 8(%rdi)
    mov 144(%rsp), %rax
    cmovc 16(%rsp), %rax
    mov %rax, 16(%rdi)
    mov 152(%rsp), %rax
    cmovc 24(%rsp), %rax
    mov %rax, 24(%rdi)
    mov 160(%rsp), %rax
    cmovc 32(%rsp), %rax
    mov %rax, 32(%rdi)
    mov 168(%rsp), %rax
    cmovc 40(%rsp), %rax
    mov %rax, 40(%rdi)
    mov 176(%rsp), %rax
    cmovc 48(%rsp), %rax
    mov %rax, 48(%rdi)
    mov 184(%rsp), %rax
    cmovc 56(%rsp), %rax
    mov %rax, 56(%rdi)
    mov 192(%rsp), %rax
    cmovc 64(%rsp), %rax
    mov %rax, 64(%rdi)
    mov 200(%rsp), %rax
    cmovc 72(%rsp), %rax
    mov %rax, 72(%rdi)
    mov 208(%rsp), %rax
    cmovc 80(%rsp), %rax
    mov %rax, 80(%rdi)
    mov 216(%rsp), %rax
    cmovc 88(%rsp), %rax
    mov %rax, 88(%rdi)
    mov 224(%rsp), %rax
    cmovc 96(%rsp), %rax
    mov %rax, 96(%rdi)
    mov 232(%rsp), %rax
    cmovc 104(%rsp), %rax
    mov %rax, 104(%rdi)
    mov 240(%rsp), %rax
    cmovc 112(%rsp), %rax
    mov %rax, 112(%rdi)
    mov 248(%rsp), %rax
    cmovc 120(%rsp), %rax
    mov %rax, 120(%rdi)
    add $336, %rsp
    .cfi_adjust_cfa_offset -336
    ret
    .cfi_endproc
    .size fp_x86_64_sub, .-fp_x86_64_sub

    .globl fp_x86_64_wide_sub
    .hidden fp_x86_64_wide_sub
    .type fp_x86_64_wide_sub, @function
    .p2align 5
fp_x86_64_wide_sub:
    .cfi_startproc
    push %rbx
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbx, 0
    push %rbp
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbp, 0
    push %r12
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r12, 0
    push %r13
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r13, 0
    push %r14
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r14, 0
    push %r15
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r15, 0
    sub $336, %rsp
    .cfi_adjust_cfa_offset 336
    mov 0(%rsi), %rax
    sub %rax, 0(%rdi)
    mov 8(%rsi), %rax
    sbb %rax, 8(%rdi)
    mov 16(%rsi), %rax
    sbb %rax, 16(%rdi)
    mov 24(%rsi), %rax
    sbb %rax, 24(%rdi)
    mov 32(%rsi), %rax
    sbb %rax, 32(%rdi)
    mov 40(%rsi), %rax
    sbb %rax, 40(%rdi)
    mov 48(%rsi), %rax
    sbb %rax, 48(%rdi)
    mov 56(%rsi), %rax
    sbb %rax, 56(%rdi)
    mov 64(%rsi), %rax
    sbb %rax, 64(%rdi)
    mov 72(%rsi), %rax
    sbb %rax, 72(%rdi)
    mov 80(%rsi), %rax
    sbb %rax, 80(%rdi)
    mov 88(%rsi), %rax
    sbb %rax, 88(%rdi)
    mov 96(%rsi), %rax
    sbb %rax, 96(%rdi)
    mov 104(%rsi), %rax
    sbb %rax, 104(%rdi)
    mov 112(%rsi), %rax
    sbb %rax, 112(%rdi)
    mov 120(%rsi), %rax
    sbb %rax, 120(%rdi)
    mov 128(%rsi), %rax
    sbb %rax, 128(%rdi)
    mov 136(%rsi), %rax
    sbb %rax, 136(%rdi)
    mov 144(%rsi), %rax
    sbb %rax, 144(%rdi)
    mov 152(%rsi), %rax
    sbb %rax, 152(%rdi)
    mov 160(%rsi), %rax
    sbb %rax, 160(%rdi)
    mov 168(%rsi), %rax
    sbb %rax, 168(%rdi)
    mov 176(%rsi), %rax
    sbb %rax, 176(%rdi)
    mov 184(%rsi), %rax
    sbb %rax, 184(%rdi)
    mov 192(%rsi), %rax
    sbb %rax, 192(%rdi)
    mov 200(%rsi), %rax
    sbb %rax, 200(%rdi)
    mov 208(%rsi), %rax
    sbb %rax, 208(%rdi)
    mov 216(%rsi), %rax
    sbb %rax, 216(%rdi)
    mov 224(%rsi), %rax
    sbb %rax, 224(%rdi)
    mov 232(%rsi), %rax
    sbb %rax, 232(%rdi)
    mov 240(%rsi), %rax
    sbb %rax, 240(%rdi)
    mov 248(%rsi), %rax
    sbb %rax, 248(%rdi)
    sbb %rcx, %rcx
    mov .Lmodulus+0(%rip), %rbx
    and %rcx, %rbx
    mov %rbx, 128(%rsp)
    mov .Lmodulus+8(%rip), %rbx
    and %rcx, %rbx
    mov %rbx, 136(%rsp)
    mov .Lmodulus+16(%rip), %rbx
    and %rcx, %rbx
    mov %rbx, 144(%rsp)
    mov .Lmodulus+24(%rip), %rbx
    and %rcx, %rbx
    mov %rbx, 152(%rsp)
    mov .Lmodulus+32(%rip), %rbx
    and %rcx, %rbx
    mov %rbx, 160(%rsp)
    mov .Lmodulus+40(%rip), %rbx
    and %rcx, %rbx
    mov %rbx, 168(%rsp)
    mov .Lmodulus+48(%rip), %rbx
    and %rcx, %rbx
    mov %rbx, 176(%rsp)
    mov .Lmodulus+56(%rip), %rbx
    and %rcx, %rbx
    mov %rbx, 184(%rsp)
    mov .Lmodulus+64(%rip), %rbx
    and %rcx, %rbx
    mov %rbx, 192(%rsp)
    mov .Lmodulus+72(%rip), %rbx
    and %rcx, %rbx
    mov %rbx, 200(%rsp)
    mov .Lmodulus+80(%rip), %rbx
    and %rcx, %rbx
    mov %rbx, 208(%rsp)
    mov .Lmodulus+88(%rip), %rbx
    and %rcx, %rbx
    mov %rbx, 216(%rsp)
    mov .Lmodulus+96(%rip), %rbx
    and %rcx, %rbx
    mov %rbx, 224(%rsp)
    mov .Lmodulus+104(%rip), %rbx
    and %rcx, %rbx
    mov %rbx, 232(%rsp)
    mov .Lmodulus+112(%rip), %rbx
    and %rcx, %rbx
    mov %rbx, 240(%rsp)
    mov .Lmodulus+120(%rip), %rbx
    and %rcx, %rbx
    mov %rbx, 248(%rsp)
    mov 128(%rsp), %rax
    add %rax, 128(%rdi)
    mov 136(%rsp), %rax
    adc %rax, 136(%rdi)
    mov 144(%rsp), %rax
    adc %rax, 144(%rdi)
    mov 152(%rsp), %rax
    adc %rax, 152(%rdi)
    mov 160(%rsp), %rax
    adc %rax, 160(%rdi)
    mov 168(%rsp), %rax
    adc %rax, 168(%rdi)
    mov 176(%rsp), %rax
    adc %rax, 176(%rdi)
    mov 184(%rsp), %rax
    adc %rax, 184(%rdi)
    mov 192(%rsp), %rax
    adc %rax, 192(%rdi)
    mov 200(%rsp), %rax
    adc %rax, 200(%rdi)
    mov 208(%rsp), %rax
    adc %rax, 208(%rdi)
    mov 216(%rsp), %rax
    adc %rax, 216(%rdi)
    mov 224(%rsp), %rax
    adc %rax, 224(%rdi)
    mov 232(%rsp), %rax
    adc %rax, 232(%rdi)
    mov 240(%rsp), %rax
    adc %rax, 240(%rdi)
    mov 248(%rsp), %rax
    adc %rax, 248(%rdi)
    add $336, %rsp
    .cfi_adjust_cfa_offset -336
    pop %r15
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r15
    pop %r14
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r14
    pop %r13
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r13
    pop %r12
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r12
    pop %rbp
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbp
    pop %rbx
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbx
    ret
    .cfi_endproc
    .size fp_x86_64_wide_sub, .-fp_x86_64_wide_sub

    .globl fp_x86_64_reduce_once
    .hidden fp_x86_64_reduce_once
    .type fp_x86_64_reduce_once, @function
    .p2align 5
fp_x86_64_reduce_once:
    .cfi_startproc
    push %rbx
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbx, 0
    push %rbp
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbp, 0
    push %r12
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r12, 0
    push %r13
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r13, 0
    push %r14
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r14, 0
    push %r15
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r15, 0
    sub $336, %rsp
    .cfi_adjust_cfa_offset 336
    xor %ebp, %ebp
    mov 128(%rdi), %rdx
    mov 0(%rdi), %rax
    sub .Lmodulus+0(%rip), %rax
    mov %rax, 0(%rsp)
    mov 8(%rdi), %rax
    sbb .Lmodulus+8(%rip), %rax
    mov %rax, 8(%rsp)
    mov 16(%rdi), %rax
    sbb .Lmodulus+16(%rip), %rax
    mov %rax, 16(%rsp)
    mov 24(%rdi), %rax
    sbb .Lmodulus+24(%rip), %rax
    mov %rax, 24(%rsp)
    mov 32(%rdi), %rax
    sbb .Lmodulus+32(%rip), %rax
    mov %rax, 32(%rsp)
    mov 40(%rdi), %rax
    sbb .Lmodulus+40(%rip), %rax
    mov %rax, 40(%rsp)
    mov 48(%rdi), %rax
    sbb .Lmodulus+48(%rip), %rax
    mov %rax, 48(%rsp)
    mov 56(%rdi), %rax
    sbb .Lmodulus+56(%rip), %rax
    mov %rax, 56(%rsp)
    mov 64(%rdi), %r8
    sbb .Lmodulus+64(%rip), %r8
    mov 72(%rdi), %r9
    sbb .Lmodulus+72(%rip), %r9
    mov 80(%rdi), %r10
    sbb .Lmodulus+80(%rip), %r10
    mov 88(%rdi), %r11
    sbb .Lmodulus+88(%rip), %r11
    mov 96(%rdi), %r12
    sbb .Lmodulus+96(%rip), %r12
    mov 104(%rdi), %r13
    sbb .Lmodulus+104(%rip), %r13
    mov 112(%rdi), %r14
    sbb .Lmodulus+112(%rip), %r14
    mov 120(%rdi), %r15
    sbb .Lmodulus+120(%rip), %r15
    sbb $0, %rdx
    cmovc %rbp, %rdx
    mov 0(%rsp), %rax
    cmovc 0(%rdi), %rax
    mov %rax, 0(%rdi)
    mov 8(%rsp), %rax
    cmovc 8(%rdi), %rax
    mov %rax, 8(%rdi)
    mov 16(%rsp), %rax
    cmovc 16(%rdi), %rax
    mov %rax, 16(%rdi)
    mov 24(%rsp), %rax
    cmovc 24(%rdi), %rax
    mov %rax, 24(%rdi)
    mov 32(%rsp), %rax
    cmovc 32(%rdi), %rax
    mov %rax, 32(%rdi)
    mov 40(%rsp), %rax
    cmovc 40(%rdi), %rax
    mov %rax, 40(%rdi)
    mov 48(%rsp), %rax
    cmovc 48(%rdi), %rax
    mov %rax, 48(%rdi)
    mov 56(%rsp), %rax
    cmovc 56(%rdi), %rax
    mov %rax, 56(%rdi)
    cmovc 64(%rdi), %r8
    mov %r8, 64(%rdi)
    cmovc 72(%rdi), %r9
    mov %r9, 72(%rdi)
    cmovc 80(%rdi), %r10
    mov %r10, 80(%rdi)
    cmovc 88(%rdi), %r11
    mov %r11, 88(%rdi)
    cmovc 96(%rdi), %r12
    mov %r12, 96(%rdi)
    cmovc 104(%rdi), %r13
    mov %r13, 104(%rdi)
    cmovc 112(%rdi), %r14
    mov %r14, 112(%rdi)
    cmovc 120(%rdi), %r15
    mov %r15, 120(%rdi)
    mov %rdx, 128(%rdi)
    add $336, %rsp
    .cfi_adjust_cfa_offset -336
    pop %r15
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r15
    pop %r14
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r14
    pop %r13
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r13
    pop %r12
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r12
    pop %rbp
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbp
    pop %rbx
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbx
    ret
    .cfi_endproc
    .size fp_x86_64_reduce_once, .-fp_x86_64_reduce_once

    .globl fp_x86_64_accumulate
    .hidden fp_x86_64_accumulate
    .type fp_x86_64_accumulate, @function
    .p2align 5
fp_x86_64_accumulate:
    .cfi_startproc
    sub $336, %rsp
    .cfi_adjust_cfa_offset 336
    mov 0(%rsi), %rax
    add %rax, 0(%rdi)
    mov 8(%rsi), %rax
    adc %rax, 8(%rdi)
    mov 16(%rsi), %rax
    adc %rax, 16(%rdi)
    mov 24(%rsi), %rax
    adc %rax, 24(%rdi)
    mov 32(%rsi), %rax
    adc %rax, 32(%rdi)
    mov 40(%rsi), %rax
    adc %rax, 40(%rdi)
    mov 48(%rsi), %rax
    adc %rax, 48(%rdi)
    mov 56(%rsi), %rax
    adc %rax, 56(%rdi)
    mov 64(%rsi), %rax
    adc %rax, 64(%rdi)
    mov 72(%rsi), %rax
    adc %rax, 72(%rdi)
    mov 80(%rsi), %rax
    adc %rax, 80(%rdi)
    mov 88(%rsi), %rax
    adc %rax, 88(%rdi)
    mov 96(%rsi), %rax
    adc %rax, 96(%rdi)
    mov 104(%rsi), %rax
    adc %rax, 104(%rdi)
    mov 112(%rsi), %rax
    adc %rax, 112(%rdi)
    mov 120(%rsi), %rax
    adc %rax, 120(%rdi)
    mov 128(%rsi), %rax
    adc %rax, 128(%rdi)
    mov 136(%rsi), %rax
    adc %rax, 136(%rdi)
    mov 144(%rsi), %rax
    adc %rax, 144(%rdi)
    mov 152(%rsi), %rax
    adc %rax, 152(%rdi)
    mov 160(%rsi), %rax
    adc %rax, 160(%rdi)
    mov 168(%rsi), %rax
    adc %rax, 168(%rdi)
    mov 176(%rsi), %rax
    adc %rax, 176(%rdi)
    mov 184(%rsi), %rax
    adc %rax, 184(%rdi)
    mov 192(%rsi), %rax
    adc %rax, 192(%rdi)
    mov 200(%rsi), %rax
    adc %rax, 200(%rdi)
    mov 208(%rsi), %rax
    adc %rax, 208(%rdi)
    mov 216(%rsi), %rax
    adc %rax, 216(%rdi)
    mov 224(%rsi), %rax
    adc %rax, 224(%rdi)
    mov 232(%rsi), %rax
    adc %rax, 232(%rdi)
    mov 240(%rsi), %rax
    adc %rax, 240(%rdi)
    mov 248(%rsi), %rax
    adc %rax, 248(%rdi)
    adcq $0, 256(%rdi)
    add $336, %rsp
    .cfi_adjust_cfa_offset -336
    ret
    .cfi_endproc
    .size fp_x86_64_accumulate, .-fp_x86_64_accumulate
#endif
    .section .note.GNU-stack, "", %progbits
