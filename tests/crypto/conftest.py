"""Vectors and corruptions of SAKKE hold on every backend of the field that this processor has."""

from __future__ import annotations

import pytest

from crypto._core import ffi, lib

CHOSEN = ffi.string(lib.fp_backend_name()).decode()
BACKENDS = [name for name in ("portable", "x86_64", "aarch64") if lib.fp_backend_use(name.encode())]
lib.fp_backend_use(CHOSEN.encode())

ON_EVERY_BACKEND = {
    "test_sakke",
    "test_mikey_vectors",
    "test_a_thousand_random_corruptions_of_encapsulated_data_are_rejected",
    "test_both_compress_and_decompress_alike",
}


@pytest.fixture
def backend(request):
    """The field runs on the named kernels for one test."""
    assert lib.fp_backend_use(request.param.encode())
    yield request.param
    assert lib.fp_backend_use(CHOSEN.encode())


def pytest_generate_tests(metafunc):
    module = metafunc.module.__name__.rsplit(".", 1)[-1]
    if ON_EVERY_BACKEND & {module, metafunc.function.__name__}:
        metafunc.fixturenames.insert(0, "backend")
        metafunc.parametrize("backend", BACKENDS, indirect=True)
