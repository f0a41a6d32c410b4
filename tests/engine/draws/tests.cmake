foreach(test random kernels)
  mera_add_test(engine/draws/test_${test}.c LAYER draws LABELS unit)
endforeach()
